"""How a product lies in its frame: leaning, cropped, centred, with a hand in the way.

Each measure answers only where the picture holds the answer; elsewhere it is None.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Field = NDArray[np.float32]

_MIN_ELONGATION = 1.45
"""Least ratio of the standard deviations along and across the axis for the axis to be clear."""
_MIN_SYMMETRY = 0.85
"""Least overlap (IoU) of a silhouette with its mirror image in its axis."""
_SKIN_BORDER = (0.015, 0.30)
"""Share of the frame's border a hand or arm covers where it comes in; more is background."""
_SKIN_AREA = (0.01, 0.45)
_SKIN_CELL_PX = 5
_SKIN_BACKGROUND = 0.02
"""Share of skin colour in the background above which skin is no evidence."""
_SKIN_CONTRAST = 14.0
"""Least Lab difference of a hand from the background behind it."""


def rotation_deg(silhouette: Mask) -> float | None:
    """How far a product leans from upright or level, -45 to 45, clockwise positive.

    The axis of the silhouette by its second moments (Hu, 1962). None where it has no clear
    axis: it is nearly as wide as long, or it is not alike on both sides of the axis.
    """
    moments = cv2.moments(silhouette.astype(np.uint8), binaryImage=True)
    if moments["m00"] < 1:
        return None
    mu20, mu02, mu11 = (moments[key] / moments["m00"] for key in ("mu20", "mu02", "mu11"))
    spread = np.hypot(2 * mu11, mu20 - mu02)
    along, across = (mu20 + mu02 + spread) / 2, (mu20 + mu02 - spread) / 2
    if across <= 0 or np.sqrt(along / across) < _MIN_ELONGATION:
        return None
    axis_deg = float(np.degrees(0.5 * np.arctan2(2 * mu11, mu20 - mu02)))
    centre = (moments["m10"] / moments["m00"], moments["m01"] / moments["m00"])
    if _symmetry(silhouette, centre, axis_deg) < _MIN_SYMMETRY:
        return None
    # Rows grow downwards, so a growing angle turns clockwise as seen.
    return round((axis_deg + 45) % 90 - 45, 1)


def border_share(silhouette: Mask) -> float:
    """The share of the frame's border that the silhouette covers, 0 to 1."""
    border = np.concatenate(
        [silhouette[0], silhouette[-1], silhouette[1:-1, 0], silhouette[1:-1, -1]]
    )
    return float(border.mean())


def off_centre(silhouette: Mask) -> float:
    """How far the middle of the product's box is from the frame's, in halves of the frame."""
    rows, columns = np.flatnonzero(silhouette.any(axis=1)), np.flatnonzero(silhouette.any(axis=0))
    down = (rows[0] + rows[-1] + 1) / silhouette.shape[0] - 1
    across = (columns[0] + columns[-1] + 1) / silhouette.shape[1] - 1
    return float(np.hypot(down, across))


def sees_hand(lab: Field, background: Field) -> bool | None:
    """Whether skin comes in over the frame's border; None where it cannot be told.

    `lab` is the frame, L 0 to 100, shape (height, width, 3); `background` what is behind the
    product. Skin is a range of Lab hue and chroma that holds for light and dark skin (after
    Chai and Ngan, 1999, who use the same fact in YCbCr). Wood, sand and tan fabrics have it
    too: a background of that colour is no evidence either way, and neither is a region that
    stays inside the frame, which may be the product.
    """
    if _is_skin(background).mean() > _SKIN_BACKGROUND:
        return None
    smooth = np.asarray(cv2.GaussianBlur(lab, (0, 0), 1.2), np.float32)
    stands_out = np.linalg.norm(smooth - background, axis=2) > _SKIN_CONTRAST
    skin = (_is_skin(smooth) & stands_out).astype(np.uint8)
    cell = np.ones((_SKIN_CELL_PX, _SKIN_CELL_PX), np.uint8)
    skin = cv2.morphologyEx(skin, cv2.MORPH_OPEN, cell)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(skin)
    for number in range(1, count):
        share = stats[number, cv2.CC_STAT_AREA] / skin.size
        region = labels == number
        if (
            _SKIN_AREA[0] <= share <= _SKIN_AREA[1]
            and _SKIN_BORDER[0] <= border_share(region) <= _SKIN_BORDER[1]
        ):
            return True
    return False


def _is_skin(lab: Field) -> Mask:
    lightness, a, b = lab[..., 0], lab[..., 1], lab[..., 2]
    chroma = np.hypot(a, b)
    hue = np.degrees(np.arctan2(b, a))
    tone = (hue > 20) & (hue < 75) & (chroma > 9) & (chroma < 42)
    return np.asarray(tone & (lightness > 28) & (lightness < 92), np.bool_)


def _symmetry(silhouette: Mask, centre: tuple[float, float], axis_deg: float) -> float:
    """IoU of the silhouette with its mirror image in the axis through its centre."""
    turn = np.radians(2 * axis_deg)
    cosine, sine = float(np.cos(turn)), float(np.sin(turn))
    mirror = np.asarray([[cosine, sine, 0.0], [sine, -cosine, 0.0]], np.float64)
    mirror[:, 2] = np.asarray(centre) - mirror[:, :2] @ np.asarray(centre)
    height, width = silhouette.shape
    source = silhouette.astype(np.uint8)
    mirrored = cv2.warpAffine(source, mirror, (width, height), flags=cv2.INTER_NEAREST) > 0
    either = int((silhouette | mirrored).sum())
    return float((silhouette & mirrored).sum() / max(1, either))
