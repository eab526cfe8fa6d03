"""Commercial images: one product, cut out, on the backgrounds a shop asks for.

The product's own pixels are not touched but for their size: no tint, no retouching.
"""

from dataclasses import dataclass, field

from PIL import Image

from media.encoders import encode
from media.hex_colors import parse_hex_color
from media.images import load_still
from media.limits import MediaLimits
from media.presets import OUTPUT_FORMATS
from media.product_placement import (
    fit_product,
    lay_over,
    plan_placement,
    stand_of,
    trim_to_product,
)
from media.studio_backgrounds import (
    BACKGROUND_KINDS,
    PLAIN_COLOR,
    describe_background,
    studio_background,
)

VERSIONS: tuple[str, ...] = ("transparent", *BACKGROUND_KINDS)
MIN_SIDE_PX, MAX_SIDE_PX = 64, 3072
"""Shortest and longest side: at 3072 px a worker takes under 500 MB, at 4096 px over 1 GB."""
MAX_PADDING = 0.4


@dataclass(frozen=True)
class CommercialOptions:
    """Which images to make of a product.

    `sizes` are widths and heights in pixels; `padding` is the share of the canvas kept free on
    each side. `color` as #rrggbb is the background of `solid` and tints nothing else. `seed`
    chooses the sets of `real` and `creative`. Raises ValueError for values not allowed.
    """

    versions: tuple[str, ...] = VERSIONS
    sizes: tuple[tuple[int, int], ...] = ((1600, 1600),)
    format: str = "webp"
    quality: int = 90
    padding: float = 0.12
    color: str | None = None
    seed: int = 1

    def __post_init__(self) -> None:
        """Refuse what cannot be made, before anything runs."""
        for version in self.versions:
            if version not in VERSIONS:
                raise ValueError(f"'{version}' is not one of {', '.join(VERSIONS)}.")
        for side in (side for size in self.sizes for side in size):
            if not MIN_SIDE_PX <= side <= MAX_SIDE_PX:
                raise ValueError(
                    f"A side goes from {MIN_SIDE_PX} to {MAX_SIDE_PX} pixels, not {side}."
                )
        if self.format not in OUTPUT_FORMATS:
            raise ValueError(f"'{self.format}' is not one of {', '.join(OUTPUT_FORMATS)}.")
        if not 1 <= self.quality <= 100:
            raise ValueError(f"Quality goes from 1 to 100, not {self.quality}.")
        if not 0 <= self.padding <= MAX_PADDING:
            raise ValueError(f"Padding goes from 0 to {MAX_PADDING}, not {self.padding}.")
        if self.seed < 0:
            raise ValueError(f"A seed is 0 or more, not {self.seed}.")
        if self.color is not None:
            parse_hex_color(self.color)

    def format_of(self, version: str) -> str:
        """The format of a version: PNG for a transparent one where JPEG was asked for."""
        return "png" if version == "transparent" and self.format == "jpeg" else self.format


@dataclass(frozen=True)
class CommercialImage:
    """One encoded picture of a product. `format` is one of `presets.OUTPUT_FORMATS`."""

    name: str
    version: str
    data: bytes = field(repr=False)
    format: str
    width_px: int
    height_px: int
    scene: str
    """What the product stands on and before, in words."""


def commercial_images(
    data: bytes, options: CommercialOptions, limits: MediaLimits
) -> list[CommercialImage]:
    """Return every version of a cutout in every size, version by version.

    `data` is a picture with straight alpha, as `media.cutouts.Cutout` holds it. sRGB, without
    metadata; the product is trimmed to its alpha and never enlarged beyond twice its pixels.
    Raises EmptyMask and the refusals of `media.images.open_image`.
    """
    trimmed = trim_to_product(load_still(data, limits, lambda _: 1.0).image.convert("RGBA"))
    images = []
    for version in options.versions:
        for size_px in options.sizes:
            picture, scene = _picture(trimmed, version, size_px, options)
            image_format = options.format_of(version)
            encoded = encode(picture, image_format, options.quality, (255, 255, 255))
            name = f"{version}-{size_px[0]}x{size_px[1]}"
            images.append(CommercialImage(name, version, encoded, image_format, *size_px, scene))
    return images


def _picture(
    trimmed: Image.Image, version: str, size_px: tuple[int, int], options: CommercialOptions
) -> tuple[Image.Image, str]:
    standing = version in ("real", "creative")
    placement = plan_placement(trimmed.size, size_px, options.padding, standing)
    canvas = fit_product(trimmed, placement, size_px)
    if version == "transparent":
        return canvas, "transparent"
    kind = next(kind for kind in BACKGROUND_KINDS if kind == version)
    color = (options.color or PLAIN_COLOR) if kind == "solid" else None
    stand = stand_of(placement, size_px)
    background = studio_background(kind, *size_px, options.seed, color, stand)
    scene = describe_background(kind, options.seed, color)
    return lay_over(background, canvas, shadow=True), scene
