"""Variants: every rendition asked for of one image, from one decode."""

from dataclasses import dataclass, field
from functools import partial

from PIL import Image

from media.animations import count_frames, encode_animation
from media.composition import Composer
from media.encoders import encode
from media.geometry import Plan, plan_rendition
from media.hex_colors import parse_hex_color
from media.images import load_still
from media.limits import MediaLimits
from media.presets import RenditionSpec
from media.watermark_press import WatermarkPress
from media.watermarks import Watermark


@dataclass(frozen=True)
class VariantSet:
    """Which renditions to make of an image, and how.

    `background` fills the padding of `contain` and lies under transparency where a rendition
    cannot be transparent. `animated` keeps animations moving in WebP renditions; otherwise,
    and in other formats, the first frame is used. Raises ValueError for values not allowed.
    """

    specs: tuple[RenditionSpec, ...]
    enlarge: bool = False
    background: str = "#ffffff"
    animated: bool = False
    watermark: Watermark | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be made, before anything runs."""
        if len({spec.name for spec in self.specs}) < len(self.specs):
            raise ValueError("Two renditions have the same name.")
        parse_hex_color(self.background)

    def plan(self, spec: RenditionSpec, size_px: tuple[int, int]) -> Plan:
        """Return how `spec` is made from an upright source of this width and height."""
        return plan_rendition(
            size_px, spec.box_px, fit=spec.fit, anchor=spec.anchor, enlarge=self.enlarge
        )

    def needed_scale(self, size_px: tuple[int, int]) -> float:
        """Return the scale of the largest rendition of a source of this width and height."""
        return max(self.plan(spec, size_px).scale for spec in self.specs)


@dataclass(frozen=True)
class Rendition:
    """One encoded output. `format` is one of `presets.OUTPUT_FORMATS`."""

    name: str
    data: bytes = field(repr=False)
    format: str
    width_px: int
    height_px: int
    frames: int = 1


def render_variants(data: bytes, variants: VariantSet, limits: MediaLimits) -> list[Rendition]:
    """Return the renditions of an image in the order of `variants.specs`.

    Upright, sRGB, without metadata, never larger than the source unless `variants.enlarge`.
    Renditions that come out the same are encoded once and share one bytes object. Raises the
    refusals of `media.images.open_image`, and InvalidParameter for a watermark that cannot be
    used.
    """
    if not variants.specs:
        return []
    press = WatermarkPress(variants.watermark, limits) if variants.watermark else None
    composer = Composer(parse_hex_color(variants.background), press)
    still = load_still(data, limits, variants.needed_scale)
    frames = _moving_frames(data, variants, limits)
    encoded: dict[tuple[Plan, str, int], bytes] = {}
    renditions = []
    for spec in variants.specs:
        plan = variants.plan(spec, still.size_px)
        moving = frames if spec.format == "webp" else 1
        key = (plan, spec.format, spec.quality)
        if key not in encoded and moving > 1:
            render = partial(_compose_frame, composer, still.size_px, plan)
            encoded[key] = encode_animation(data, moving, spec.quality, limits, render)
        elif key not in encoded:
            picture = composer.compose(still.image, still.size_px, plan)
            encoded[key] = encode(picture, spec.format, spec.quality, composer.background)
        renditions.append(Rendition(spec.name, encoded[key], spec.format, *plan.canvas_px, moving))
    return renditions


def _compose_frame(
    composer: Composer, size_px: tuple[int, int], plan: Plan, frame: Image.Image
) -> Image.Image:
    return composer.compose(frame, size_px, plan)


def _moving_frames(data: bytes, variants: VariantSet, limits: MediaLimits) -> int:
    """Return how many frames the WebP renditions have."""
    if not variants.animated or all(spec.format != "webp" for spec in variants.specs):
        return 1
    return count_frames(data, limits)
