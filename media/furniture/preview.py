"""An empty room's photo with furniture drawn into it, and which of its pixels changed.

Nothing but furniture, the shadows it throws and the watermark differs from the photo: the
result starts as a copy of it, and only pixels under these three masks are written.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from media.fonts import text_font
from media.furniture.arrangements import arranged
from media.furniture.baked_light import beams_toward, shading_points
from media.furniture.daylight import Daylight, encoded, read_daylight
from media.furniture.layers import Layer, draw_layer
from media.furniture.scenes import scene_of
from media.furniture.shadows import shadow_factor
from media.rooms.camera import RoomCamera
from media.rooms.survey import RoomSurvey
from media.rooms.vocabulary import Style

Pixels = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]

DRAWN_PX = 1440
"""Longest side that furniture is drawn at; for larger photos the layer is enlarged."""
LABEL = "preview"
_LEAST_COVERAGE = 1 / 255
_LEAST_SHADOW = 0.006
_STRIP_ROWS = 256
_NOISE_TILE = 256


@dataclass(frozen=True)
class StagedPreview:
    """A furnished photo and where it differs from the empty one.

    All arrays have the photo's height and width; `pixels` is RGB. A pixel outside of the three
    masks is that of the photo.
    """

    pixels: Pixels
    furniture: Mask
    shadows: Mask
    label: Mask
    placed: tuple[str, ...]
    """The names of the pieces, in words for people."""


def staged_preview(
    photo: Pixels, survey: RoomSurvey, room_type: str, style: Style, seed: int
) -> StagedPreview:
    """Furnish the room of a photo (height, width, 3), RGB, as a survey describes it.

    `room_type` is one of ROOM_TYPES. The same arguments give the same bytes. Raises
    FloorNotFree where no main piece of such a room finds a free place.
    """
    height, width = photo.shape[:2]
    placed = arranged(survey, room_type, style, seed)
    daylight = read_daylight(photo, survey.layout)
    beams = beams_toward(daylight.toward)
    scene = scene_of(placed)
    shading = shading_points(scene)
    scale = min(1.0, DRAWN_PX / max(width, height))
    drawn = survey.layout.camera.scaled_to(
        max(1, round(width * scale)), max(1, round(height * scale))
    )
    layer = draw_layer(scene, drawn, daylight, beams, shading)
    factor = shadow_factor(scene, survey, drawn, beams, shading)
    pixels = photo.copy()
    furniture, shadows = _composed(pixels, layer, factor, daylight, drawn)
    label = _stamped(pixels)
    return StagedPreview(
        pixels, furniture, shadows, label, tuple(each.piece.name for each in placed)
    )


def _composed(
    pixels: Pixels, layer: Layer, factor: Floats, daylight: Daylight, drawn: RoomCamera
) -> tuple[Mask, Mask]:
    """Lay shadows and furniture over a photo, in place, a strip at a time; the two masks."""
    height, width = pixels.shape[:2]
    furniture, shadows = np.zeros((height, width), bool), np.zeros((height, width), bool)
    color, coverage = _whole(layer, drawn)
    noise = _noise(daylight.noise)
    for top in range(0, height, _STRIP_ROWS):
        rows = slice(top, min(height, top + _STRIP_ROWS))
        if not _touches(coverage, factor, rows, height):
            continue
        size = (width, height)
        share = np.clip(_enlarged(coverage, rows, size), 0, 1)
        share = _crisp(share, width / drawn.width_px)
        left = _enlarged(factor, rows, size)
        dark = 1 - left > _LEAST_SHADOW
        solid = share > _LEAST_COVERAGE
        photo = pixels[rows].astype(np.float32)
        photo *= np.where(dark, np.power(np.clip(left, 0.02, 1), 1 / 2.2), 1)[..., None]
        over = (
            _enlarged(color, rows, size)
            + noise[: photo.shape[0], np.arange(width) % _NOISE_TILE, None]
        )
        mixed = photo + np.where(solid, share, 0)[..., None] * (over - photo)
        changed = solid | dark
        pixels[rows][changed] = np.clip(mixed[changed] + 0.5, 0, 255).astype(np.uint8)
        furniture[rows], shadows[rows] = solid, dark & ~solid
    return furniture, shadows


def _whole(layer: Layer, drawn: RoomCamera) -> tuple[Floats, Floats]:
    """Colour in levels and coverage over all of the drawn picture.

    Colour goes on a little beyond the furniture, so that enlarging mixes in no black.
    """
    rows, columns = layer.coverage.shape
    light = layer.light / np.maximum(layer.coverage, 1e-3)[..., None]
    color = encoded(np.asarray(light, np.float32))
    weight = (layer.coverage > 0).astype(np.float32)
    around = (
        cv2.blur(color * weight[..., None], (5, 5))
        / np.maximum(cv2.blur(weight, (5, 5)), 1e-3)[..., None]
    )
    color = np.where(weight[..., None] > 0, color, around)
    whole = np.zeros((drawn.height_px, drawn.width_px, 3), np.float32)
    coverage = np.zeros((drawn.height_px, drawn.width_px), np.float32)
    box = (slice(layer.top, layer.top + rows), slice(layer.left, layer.left + columns))
    whole[box], coverage[box] = color, layer.coverage
    return whole, coverage


def _enlarged(values: Floats, rows: slice, size: tuple[int, int]) -> Floats:
    """Some rows of a drawn picture at the photo's size (width, height)."""
    width, height = size
    if values.shape[:2] == (height, width):
        return values[rows]
    down, right = values.shape[0] / height, values.shape[1] / width
    matrix = np.array([[right, 0, right / 2 - 0.5], [0, down, (rows.start + 0.5) * down - 0.5]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    found = cv2.warpAffine(
        values,
        matrix,
        (width, rows.stop - rows.start),
        flags=flags,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(found, np.float32)


def _crisp(share: Floats, enlarged: float) -> Floats:
    """Coverage whose edge is as narrow as a photo's, however much it was enlarged."""
    if enlarged <= 1.2:
        return share
    steep = min(enlarged, 3.0) * 0.7
    return np.asarray(np.clip((share - 0.5) * max(steep, 1.0) + 0.5, 0, 1), np.float32)


def _touches(coverage: Floats, factor: Floats, rows: slice, height: int) -> bool:
    """Whether anything is drawn in these rows of the photo, or next to them."""
    scale = coverage.shape[0] / height
    low, high = max(0, int(rows.start * scale) - 2), int(rows.stop * scale) + 3
    return bool((coverage[low:high] > 0).any() or (factor[low:high] < 1).any())


def _noise(deviation: float) -> Floats:
    """Grain (strip rows, tile columns) like the photo's, in levels; a little soft, as grain is."""
    rng = np.random.default_rng(7)
    grain = rng.normal(0, 1, (_STRIP_ROWS, _NOISE_TILE)).astype(np.float32)
    soft = cv2.GaussianBlur(grain, (0, 0), 0.6)
    return np.asarray(soft / soft.std() * min(deviation, 4.0), np.float32)


def _stamped(pixels: Pixels) -> Mask:
    """Write the watermark into the lower right corner, in place; the pixels it changed."""
    height, width = pixels.shape[:2]
    size = max(11, round(0.020 * max(height, width)))
    font = text_font(size)
    left, top, right, bottom = (round(edge) for edge in font.getbbox(LABEL))
    shade = max(1, size // 14)
    patch = Image.new("L", (right - left + 2 * shade, bottom - top + 2 * shade))
    ImageDraw.Draw(patch).text((shade - left, shade - top), LABEL, font=font, fill=255)
    ink = np.asarray(patch, np.float32) / 255
    ring = np.clip(cv2.GaussianBlur(ink, (0, 0), shade) * 1.6, 0, 1)
    row = max(0, height - ink.shape[0] - size // 2)
    column = max(0, width - ink.shape[1] - size // 2)
    under = pixels[row : row + ink.shape[0], column : column + ink.shape[1]]
    ink, ring = (part[: under.shape[0], : under.shape[1], None] for part in (ink, ring))
    mixed = under * (1 - 0.65 * ring)
    mixed = mixed + 0.88 * ink * (255 - mixed)
    label = np.zeros((height, width), bool)
    label[row : row + under.shape[0], column : column + under.shape[1]] = ring[..., 0] > 0.01
    written = np.clip(mixed + 0.5, 0, 255).astype(np.uint8)
    np.copyto(under, written, where=ring > 0.01)
    return label
