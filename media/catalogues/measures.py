"""Ratings, stock and how intricate work may be: words and numbers as values of one scale."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from media.catalogues.plain_text import is_empty, line, shown
from media.errors import InvalidValue

_YES = frozenset(["true", "yes", "y", "1", "on", "si", "oui", "ja", "da", "x"])
_NO = frozenset(["false", "no", "n", "0", "off", "non", "nein", "-1"])
_WORDS = {
    "in_stock": "instock available onstock ready auflager lieferbar verfügbar enstock",
    "limited": "limited limitedavailability lowstock lowinventory fewleft lastpieces",
    "preorder": "preorder presale backorder onbackorder backordered comingsoon madetoorder",
    "out_of_stock": """outofstock oos soldout unavailable notavailable discontinued instoreonly
        ausverkauft nichtverfügbar nichtlieferbar rupturedestock""",
}
_STOCK = {word: meant for meant, words in _WORDS.items() for word in words.split()}
_LEVELS = {"low": 0.3, "simple": 0.3, "medium": 0.6, "mid": 0.6, "high": 1.0, "any": 1.0}
_RATING = re.compile(r"([0-9]*[.,]?[0-9]+) ?(?:(?:/|out of|von|of) ?5|stars?|★+)?", re.IGNORECASE)
_MOST_CHARACTERS = 100
_RATING_KEYS = ("rate", "average", "value", "score", "ratingvalue", "rating", "stars")
_BETWEEN = re.compile(r" ?(?:-|–|—|…|\.\.+|\bto\b|\bbis\b) ?")  # noqa: RUF001 - as written


def read_boolean(value: Any) -> bool | None:
    """A truth value however it is written; None for what is none."""
    word = str(value).strip().lower()
    return True if word in _YES else False if word in _NO else None


def read_number(value: Any) -> Decimal | None:
    """An exact number, with a point or a comma for its decimals; None for what is none."""
    try:
        number = Decimal(str(value).strip().replace(",", "."))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def read_availability(value: Any) -> str | None:
    """A word of `AVAILABILITIES` from a word, truth value or number of pieces; None for none."""
    if is_empty(value):
        return None
    text = (line(value) or "").lower()
    word = re.sub(r"[\W_]", "", text.rpartition("/")[2])
    if word in _STOCK:
        return _STOCK[word]
    if (number := read_number(text)) is not None:
        return "in_stock" if number > 0 else "out_of_stock"
    told = read_boolean(text)
    return None if told is None else ("in_stock" if told else "out_of_stock")


def read_rating(value: Any) -> float | None:
    """A rating of 0 to 5, also as `4.5/5` or `4,5 stars`; InvalidValue for any other."""
    if isinstance(value, dict):
        parts = {re.sub(r"[\W_]", "", str(key)).casefold(): part for key, part in value.items()}
        value = next((parts[key] for key in _RATING_KEYS if not is_empty(parts.get(key))), None)
    if is_empty(value):
        return None
    found = _RATING.fullmatch(line(value) or "")
    rating = float(found[1].replace(",", ".")) if found else -1.0
    if not 0 <= rating <= 5:
        raise InvalidValue(f"the rating is {shown(value)}; write a number from 0 to 5")
    return rating


def read_complexity(value: Any) -> tuple[float | None, float | None]:
    """The least and the most of `low - high`, `0.2-0.8` or an object with min and max.

    low, medium and high are 0.3, 0.6 and 1; a level alone is the most. Raises InvalidValue.
    """
    if is_empty(value):
        return None, None
    if isinstance(value, dict):
        parts = {str(key).lower(): part for key, part in value.items()}
        low = next((parts[key] for key in ("min", "from", "low") if key in parts), None)
        high = next((parts[key] for key in ("max", "to", "high") if key in parts), None)
        return read_level(low), read_level(high)
    text = (line(value) or "")[:_MOST_CHARACTERS]
    ends = value if isinstance(value, list) else _BETWEEN.split(text)
    if ends[0] == "":
        # What seems to be a range without its first end is a negative number.
        return None, read_level(text)
    if len(ends) > 2:
        levels = [level for end in ends if (level := read_level(end)) is not None]
        return (min(levels), max(levels)) if levels else (None, None)
    least, most = (None, ends[0]) if len(ends) == 1 else ends
    return read_level(least), read_level(most)


def read_level(value: Any) -> float | None:
    """One level of complexity, 0 to 1; InvalidValue for what is none."""
    if is_empty(value):
        return None
    text = str(value).strip().lower()
    if text in _LEVELS:
        return _LEVELS[text]
    percent = text.endswith("%")
    number = read_number(text.rstrip("% "))
    level = -1.0 if number is None else float(number) / (100 if percent else 1)
    if not 0 <= level <= 1:
        raise InvalidValue(
            f"the complexity is {shown(value)}; write 0 to 1, or low, medium or high"
        )
    return level
