"""What the values of parameters are called, where their own names do not say it well."""

from collections.abc import Mapping

from media.presets import IMAGE_PRESETS, PDF_PRESETS, RenditionSpec

VALUES: Mapping[str, str] = {
    "webp": "WebP",
    "jpeg": "JPEG",
    "png": "PNG",
    "avif": "AVIF",
    "declutter": "Tidy up",
    "empty": "Empty",
    "enhance": "Improve",
    "restyle": "Restyle",
    "total_look": "Total look",
    "t-shirt": "T-shirt",
    "a-line": "A-line",
    "plus": "Plus size",
    "solid": "Plain colour",
    "real": "Real place",
    "auto": "Find out",
    "new": "Fetch new ones",
    "all": "Fetch all anew",
    "none": "Fetch none",
    "fit": "Fit inside",
    "fill": "Stretch",
    "cover": "Fill and crop",
    "contain": "Fit and pad",
    "center": "Middle",
}

_PRESETS = {
    "thumbnail": "Thumbnail",
    "sm": "Small",
    "md": "Medium",
    "lg": "Large",
    "xl": "Extra large",
    "og": "Link preview",
    "twitter": "X post",
    "instagram_square": "Instagram square",
    "instagram_portrait": "Instagram portrait",
    "instagram_story": "Instagram story",
    "webp": "Original size",
}


def value_words(pipeline: str, name: str, value: str) -> str:
    """A value of a parameter as people say it: `Living room`, `Small, 640 px`."""
    if pipeline == "library" and name.endswith("presets"):
        presets = PDF_PRESETS if name.startswith("pdf") else IMAGE_PRESETS
        if value in presets:
            return _preset_words(presets[value])
    return VALUES.get(value) or value.replace("_", " ").capitalize()


def _preset_words(spec: RenditionSpec) -> str:
    called = _PRESETS.get(spec.name, spec.name)
    if spec.width_px and spec.height_px:
        return f"{called}, {spec.width_px} x {spec.height_px}"
    return f"{called}, {spec.width_px} px" if spec.width_px else called
