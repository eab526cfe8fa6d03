"""Areas: which part of a photo a model may change, as people write it."""

from dataclasses import dataclass

_FLOOR = "floor"
_HINT = "an area is floor, or LEFT,TOP,RIGHT,BOTTOM in percent of the photo, such as 10,40,90,100"


@dataclass(frozen=True)
class Area:
    """A rectangle in parts of the photo, 0 to 1 from its upper left; None for the floor's area."""

    box: tuple[float, float, float, float] | None


def parse_area(text: str) -> Area:
    """The area that a text names; ValueError with how to write one."""
    if text.strip() == _FLOOR:
        return Area(None)
    try:
        left, top, right, bottom = (float(part) / 100 for part in text.split(","))
    except ValueError:
        raise ValueError(_HINT) from None
    if not (0 <= left < right <= 1 and 0 <= top < bottom <= 1):
        raise ValueError(_HINT)
    return Area((left, top, right, bottom))
