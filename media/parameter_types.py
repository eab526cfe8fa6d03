"""Types that the parameters of several pipelines share."""

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from media.hex_colors import parse_hex_color


def _split(value: Any) -> Any:
    """A list may be given as `a,b`, as on a command line."""
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


def _color(value: str) -> str:
    parse_hex_color(value)
    return value


Names = Annotated[tuple[str, ...], BeforeValidator(_split)]
"""Several words, or one text with commas between them."""

Color = Annotated[str, AfterValidator(_color)]
"""A colour as #rgb or #rrggbb."""
