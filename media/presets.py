"""The named renditions: what a preset means, as data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from media.geometry import MAX_SIDE_PX, Anchor, Fit

OUTPUT_FORMATS = ("webp", "jpeg", "png", "avif")
"""Formats a rendition can be written in."""


@dataclass(frozen=True)
class RenditionSpec:
    """One rendition to make: its name, its box, how the picture meets the box, its encoding.

    A side that is None is open. `quality` is 1 to 100; PNG is lossless and ignores it.
    Raises ValueError with a sentence when a value is not allowed.
    """

    name: str
    width_px: int | None = None
    height_px: int | None = None
    fit: Fit = Fit.FIT
    anchor: Anchor = Anchor.CENTER
    format: str = "webp"
    quality: int = 85

    def __post_init__(self) -> None:
        """Refuse what cannot be made, before anything runs."""
        if self.format not in OUTPUT_FORMATS:
            raise ValueError(f"'{self.format}' is not one of {', '.join(OUTPUT_FORMATS)}.")
        if not 1 <= self.quality <= 100:
            raise ValueError(f"Quality goes from 1 to 100, not {self.quality}.")
        for side in (self.width_px, self.height_px):
            if side is not None and not 1 <= side <= MAX_SIDE_PX:
                raise ValueError(f"A side goes from 1 to {MAX_SIDE_PX} pixels, not {side}.")

    @property
    def box_px(self) -> tuple[int | None, int | None]:
        """Width and height of the box."""
        return self.width_px, self.height_px


def _named(*specs: RenditionSpec) -> Mapping[str, RenditionSpec]:
    return MappingProxyType({spec.name: spec for spec in specs})


def _social(name: str, width_px: int, height_px: int) -> RenditionSpec:
    # JPEG: link previews and upload forms of social networks take it everywhere.
    return RenditionSpec(name, width_px, height_px, Fit.COVER, format="jpeg", quality=90)


IMAGE_PRESETS = _named(
    RenditionSpec("thumbnail", 300, 300, Fit.COVER),
    RenditionSpec("sm", 640),
    RenditionSpec("md", 1024),
    RenditionSpec("lg", 1920),
    RenditionSpec("xl", 2560),
    _social("og", 1200, 630),
    _social("twitter", 1200, 675),
    _social("instagram_square", 1080, 1080),
    _social("instagram_portrait", 1080, 1350),
    _social("instagram_story", 1080, 1920),
    RenditionSpec("webp"),
)
"""Image presets by name. Those by size are WebP: alpha kept, a third smaller than JPEG."""

PDF_PRESETS = _named(
    RenditionSpec("thumbnail", 300, 300),
    RenditionSpec("sm", 640),
    RenditionSpec("md", 1024),
    RenditionSpec("lg", 1920),
)
"""Document page presets by name; a page's thumbnail shows the whole page."""

DEFAULT_PRESETS = ("thumbnail", "sm", "md", "lg", "xl")
"""Image presets made when none are named."""

DEFAULT_PDF_PRESETS = ("thumbnail", "sm", "md", "lg")
"""Document page presets made when none are named."""


def select_presets(
    names: Iterable[str],
    presets: Mapping[str, RenditionSpec] = IMAGE_PRESETS,
    *,
    format: str | None = None,  # noqa: A002 - the word people use for it
    quality: int | None = None,
) -> tuple[RenditionSpec, ...]:
    """Return the presets of these names, in their order, each name once.

    `format` and `quality` replace the presets' own. Raises ValueError naming the unknown
    presets and the known ones.
    """
    wanted = list(dict.fromkeys(names))
    unknown = [name for name in wanted if name not in presets]
    if unknown:
        raise ValueError(f"Unknown preset {', '.join(unknown)}; there are {', '.join(presets)}.")
    return tuple(
        replace(
            presets[name],
            format=format or presets[name].format,
            quality=presets[name].quality if quality is None else quality,
        )
        for name in wanted
    )
