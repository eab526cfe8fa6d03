"""Where a picture goes in its rendition: fit modes and anchors, as plain arithmetic.

No mode makes a picture larger than its source unless `enlarge` is set. What that means when
the source is smaller than the box, by mode:

| mode    | result                              | source smaller than the box, no `enlarge`    |
|---------|-------------------------------------|----------------------------------------------|
| fit     | inside the box, ratio kept          | the source's own size                        |
| fill    | stretched to exactly the box        | the box's shape, no side above the source's  |
| cover   | box filled, the rest cropped away   | the largest box-shaped crop of the source    |
| contain | inside, padded to exactly the box   | own size, still padded to exactly the box    |

A box with one side left open keeps the ratio in every mode, as `fit` does; with both open it
is the source's own size.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

MAX_SIDE_PX = 16_383
"""The longest side of a rendition: what WebP can hold (RFC 9649, 2.6)."""


class Fit(StrEnum):
    """How a picture meets its box."""

    FIT = "fit"
    FILL = "fill"
    COVER = "cover"
    CONTAIN = "contain"


class Anchor(StrEnum):
    """Which part a crop keeps, or where something smaller is placed."""

    CENTER = "center"
    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"
    TOP_LEFT = "top_left"
    TOP_RIGHT = "top_right"
    BOTTOM_LEFT = "bottom_left"
    BOTTOM_RIGHT = "bottom_right"

    @property
    def fractions(self) -> tuple[float, float]:
        """How far right and how far down, each 0, 0.5 or 1."""
        across = 0.0 if "left" in self.value else 1.0 if "right" in self.value else 0.5
        down = 0.0 if "top" in self.value else 1.0 if "bottom" in self.value else 0.5
        return across, down


@dataclass(frozen=True)
class Plan:
    """How to make one rendition: crop, resize, place on a canvas.

    Two plans that are equal give the same picture.
    """

    crop_px: tuple[float, float, float, float]
    """Left, top, right, bottom, in pixels of the upright source."""
    picture_px: tuple[int, int]
    """Width and height the crop is resized to."""
    canvas_px: tuple[int, int]
    """Width and height of the rendition; larger than the picture only when padded."""
    offset_px: tuple[int, int]
    """Where the picture's top left corner lies on the canvas."""
    scale: float
    """Rendition pixels per source pixel; the larger of both axes where they differ."""


def plan_rendition(
    source_px: tuple[float, float],
    box_px: tuple[int | None, int | None],
    *,
    fit: Fit = Fit.FIT,
    anchor: Anchor = Anchor.CENTER,
    enlarge: bool = False,
) -> Plan:
    """Return how a source of width and height `source_px` is brought into `box_px`.

    Every side of the result is at least 1 and at most MAX_SIDE_PX pixels. `source_px` may be
    fractional (a document page in points). Raises ValueError for a source without area.
    """
    width, height = source_px
    if not (width > 0 and height > 0):
        raise ValueError(f"A picture of {width} x {height} has no area.")
    box_width, box_height = box_px
    if box_width is None or box_height is None or fit == Fit.FIT:
        return _inside(source_px, (box_width or math.inf, box_height or math.inf), enlarge)
    box = (box_width, box_height)
    if fit == Fit.FILL:
        return _stretched(source_px, box, enlarge)
    if fit == Fit.COVER:
        return _covered(source_px, box, anchor, enlarge)
    return _padded(source_px, box, anchor, enlarge)


def place(inner_px: tuple[int, int], outer_px: tuple[int, int], anchor: Anchor) -> tuple[int, int]:
    """Return left and top of a box of `inner_px` placed in `outer_px` by `anchor`."""
    across, down = anchor.fractions
    return (
        math.floor((outer_px[0] - inner_px[0]) * across),
        math.floor((outer_px[1] - inner_px[1]) * down),
    )


def _inside(source: tuple[float, float], box: tuple[float, float], enlarge: bool) -> Plan:
    width, height = source
    scale = min(box[0] / width, box[1] / height)
    if math.isinf(scale) or (scale > 1 and not enlarge):
        scale = 1.0
    scale = min(scale, MAX_SIDE_PX / width, MAX_SIDE_PX / height)
    size = _scaled(source, scale)
    return Plan((0, 0, width, height), size, size, (0, 0), scale)


def _stretched(source: tuple[float, float], box: tuple[int, int], enlarge: bool) -> Plan:
    width, height = source
    shrink = 1.0 if enlarge else min(1.0, width / box[0], height / box[1])
    size = _scaled(box, shrink)
    return Plan((0, 0, width, height), size, size, (0, 0), max(size[0] / width, size[1] / height))


def _covered(
    source: tuple[float, float], box: tuple[int, int], anchor: Anchor, enlarge: bool
) -> Plan:
    width, height = source
    across, down = anchor.fractions
    source_per_box = min(width / box[0], height / box[1])
    crop = (min(width, box[0] * source_per_box), min(height, box[1] * source_per_box))
    if source_per_box < 1 and not enlarge:
        # Whole pixels, so that the crop is copied and not resampled.
        size = _scaled(crop, 1.0)
        left, top = place(size, (math.floor(width), math.floor(height)), anchor)
        return Plan((left, top, left + size[0], top + size[1]), size, size, (0, 0), 1.0)
    left_edge, top_edge = (width - crop[0]) * across, (height - crop[1]) * down
    edges = (left_edge, top_edge, min(width, left_edge + crop[0]), min(height, top_edge + crop[1]))
    return Plan(edges, box, box, (0, 0), 1 / source_per_box)


def _padded(
    source: tuple[float, float], box: tuple[int, int], anchor: Anchor, enlarge: bool
) -> Plan:
    inside = _inside(source, box, enlarge)
    offset = place(inside.picture_px, box, anchor)
    return Plan(inside.crop_px, inside.picture_px, box, offset, inside.scale)


def _scaled(size: tuple[float, float], scale: float) -> tuple[int, int]:
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
