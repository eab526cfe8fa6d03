"""Reading words: what is said is found, what is refused is not, and colours find their nouns."""

import csv
from pathlib import Path

import pytest

from media.designs.brief import Brief
from media.garments.color_words import MODIFIERS
from media.garments.reading import read_brief, read_words
from media.garments.spec import pattern_family

PROMPTS = Path(__file__).parent / "prompts.csv"


def colors_of(words: str) -> list[str]:
    """Names of the garment's colours, those of its print behind them."""
    read = read_words(words).colors
    return [color.name for color in (*read.main, *read.prints)]


def test_of_a_hundred_prompts_of_a_crowd_at_least_95_are_read_right() -> None:
    rows = list(csv.DictReader(PROMPTS.read_text().splitlines()))
    wrong = [row["prompt"] for row in rows if not _is_right(row)]
    assert len(rows) == 100
    assert len(wrong) <= 5, wrong


def _is_right(row: dict[str, str]) -> bool:
    read = read_words(row["prompt"])
    wanted = [_base(each) for each in row["colors"].split(";") if each.strip()]
    found = [_base(each) for each in colors_of(row["prompt"])]
    pattern = pattern_family(read.pattern or "solid")
    return (read.garment, found, pattern) == (row["type"], wanted, row["pattern"])


def _base(color: str) -> str:
    """Without the modifiers in front: to one person it is burgundy, to another deep burgundy."""
    words = color.strip().replace("gray", "grey").replace("-", " ").split()
    while len(words) > 1 and words[0] in MODIFIERS:
        words = words[1:]
    return " ".join(words)


@pytest.mark.parametrize(
    ("words", "garment"),
    [
        ("a linen sundress", "dress"),
        ("chunky knit jumper", "sweater"),
        ("a black turtleneck", "sweater"),
        ("t-shirt dress in grey marl", "dress"),
        ("denim jacket", "jacket"),
        ("a navy trench", "coat"),
        ("palazzo pants", "trousers"),
        ("a top to wear with my jeans", "top"),
        ("culottes, camel", "trousers"),
        ("floral playsuit", "jumpsuit"),
        ("a knit midi dress over a shirt", "dress"),
        ("something nice", None),
        ("white shirt and black trousers", "total_look"),
    ],
)
def test_the_garment_is_the_one_that_is_wanted(words: str, garment: str | None) -> None:
    assert read_words(words).garment == garment


@pytest.mark.parametrize(
    ("words", "colors"),
    [
        ("navy blue dress with a white collar", ["navy blue"]),
        ("white blouse with red flowers", ["white", "red"]),
        ("burnt orange cardigan, gold buttons", ["burnt orange"]),
        ("a blazer in forest green", ["forest green"]),
        ("black and white striped tee", ["black", "white"]),
        ("white polka dots on a navy ground, shirt dress", ["navy", "white"]),
        ("coat with buttons in gold, camel", ["camel"]),
        ("dress for a wine tasting", []),
        ("little black dress", ["black"]),
        ("not black but teal skirt", ["teal"]),
        ("dress in #1f4db0", ["cobalt"]),
        ("dark olive green chinos", ["dark olive green"]),
    ],
)
def test_colours_belong_to_what_they_stand_before(words: str, colors: list[str]) -> None:
    assert colors_of(words) == colors


def test_a_part_keeps_its_own_colour() -> None:
    accents = dict(read_words("red dress with a white collar and gold buttons").colors.accents)
    assert {part: color.name for part, color in accents.items()} == {
        "collar": "white",
        "button": "gold",
    }


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("dress with no belt", "decorations", "belt"),
        ("midi dress, without pockets or a bow", "decorations", "pockets"),
        ("plain skirt, no ruffles please", "decorations", "ruffles"),
        ("pocket-free trousers", "decorations", "pockets"),
    ],
)
def test_what_is_not_wanted_is_not_there(words: str, kind: str, value: str) -> None:
    assert value not in getattr(read_words(words), kind)
    assert ("decoration", value) in read_words(words).refused


def test_a_negation_ends_where_something_is_wanted_again() -> None:
    read = read_words("dress with no belt but a big bow, not floral, puff sleeves")
    assert read.decorations == ("bow",)
    assert read.pattern is None
    assert read.sleeve == "puff"


def test_without_sleeves_and_without_a_collar_are_cuts_too() -> None:
    assert read_words("shirt without sleeves").sleeve == "sleeveless"
    assert read_words("jacket, no collar").collar == "none"
    assert read_words("dress, no print").pattern == "solid"


@pytest.mark.parametrize(
    ("words", "field", "value"),
    [
        ("off-the-shoulder top", "neckline", "off the shoulder"),
        ("V-neck dresses", "neckline", "v-neck"),
        ("long puffed sleeves blouse", "sleeve", "balloon"),
        ("short dress with long sleeves", "length", "mini"),
        ("long fitted sleeves", "sleeve", "long"),
        ("silk slip dress", "fabric", "satin"),
        ("cotton skirt with a leather belt", "fabric", "cotton"),
        ("jacket with striped lining", "pattern", None),
        ("blouse to wear under my biker jacket", "fabric", None),
        ("biker jacket", "fabric", "leather"),
        ("Breton top", "pattern", "horizontal stripes"),
        ("mandarin collar shirt", "collar", "stand"),
        ("double-breasted coat", "closure", "double-breasted"),
        ("dress for a cocktail party", "occasion", "party"),
    ],
)
def test_cut_and_cloth_are_found(words: str, field: str, value: str | None) -> None:
    assert getattr(read_words(words), field) == value


def test_fields_count_over_words() -> None:
    brief = Brief("a fitted dress for work", garment="skirt", occasion="party", silhouette="a-line")
    read = read_brief(brief)
    assert (read.garment, read.occasion, read.silhouette) == ("skirt", "party", "a-line")
