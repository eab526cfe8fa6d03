"""Features of a design: what words tell, how intricate that is, and whose word counts."""

import pytest

from media.garments.vocabulary import GARMENTS, TOTAL_LOOK
from media.matching.design_features import DesignFeatures, ToldFeatures, complexity_of, merged
from media.matching.feature_words import GARMENT_LEVELS
from media.matching.worded_features import decorations_in, fabrics_in, features_from_words


@pytest.mark.parametrize(
    ("prompt", "category", "complexity", "fabric", "decorations"),
    [
        ("a plain red skirt", "skirt", 0.3, None, ()),
        ("a cotton t-shirt with embroidery", "t-shirt", 0.4, "cotton", ("embroidery",)),
        ("floral midi dress", "dress", 0.6, None, ()),
        (
            "silk dress with ruffles, a bow and beads",
            "dress",
            0.9,
            "silk",
            ("ruffles", "bow", "beads"),
        ),
        ("a wool coat", "coat", 1.0, "wool", ()),
        ("evening gown in velvet with sequins", "dress", 1.0, "velvet", ("sequins",)),
        ("a simple dress", "dress", 0.3, None, ()),
        ("a simple t-shirt", "t-shirt", 0.3, None, ()),
        ("a simple linen coat", "coat", 0.6, "linen", ()),
        ("a simple wedding dress", "dress", 1.0, None, ()),
        ("a corset top", "top", 1.0, None, ()),
        ("a lace dress", "dress", 0.7, "lace", ("lace",)),
        ("a dress with lace sleeves", "dress", 0.7, None, ("lace",)),
        ("a dress, lace trim", "dress", 0.7, None, ("lace",)),
        ("satin dress with a lace trim", "dress", 0.7, "satin", ("lace",)),
        ("Robe en soie avec des volants", "dress", 0.7, "silk", ("ruffles",)),
        ("Seidenbluse aus Spitze", "blouse", 0.7, "lace", ("lace",)),
        ("vestido de terciopelo con encaje", "dress", 0.7, "velvet", ("lace",)),
        ("abito in cotone con ricamo", "dress", 0.7, "cotton", ("embroidery",)),
        ("something nice", None, 0.6, None, ()),
    ],
)
def test_words_tell(
    prompt: str,
    category: str | None,
    complexity: float,
    fabric: str | None,
    decorations: tuple[str],
) -> None:
    told_by = "words" if category else ""
    assert merged([features_from_words(None, prompt)]) == DesignFeatures(
        category, complexity, fabric, decorations, told_by
    )


@pytest.mark.parametrize(
    ("prompt", "decorations", "excluded"),
    [
        ("dress without lace", (), {"lace"}),
        ("dress, no ruffles or bows, with beads", ("beads",), {"ruffles", "bow"}),
        ("no lace but sequins", ("sequins",), {"lace"}),
        ("robe sans dentelle avec broderie", ("embroidery",), {"lace"}),
        ("Kleid ohne Rüschen und mit Perlen", ("beads",), {"ruffles"}),
        ("lace-free dress with a bow", ("bow",), {"lace"}),
        ("not too long. Lace sleeves", ("lace",), set()),
    ],
)
def test_what_is_said_not_to_be_there_is_not(
    prompt: str, decorations: tuple[str, ...], excluded: set[str]
) -> None:
    told = features_from_words("dress", prompt)
    assert told.decorations == decorations
    assert told.excluded == excluded
    assert told.fabric is None


def test_the_garment_given_counts_and_details_are_read() -> None:
    told = features_from_words("skirt", "like my favourite coat", ["box pleats", "wool"])
    assert (told.category, told.fabric, told.decorations) == ("skirt", "wool", ("pleats",))
    assert features_from_words(None, "in red", ["a linen blazer"]).category == "blazer"


def test_descriptions_are_read_for_fabrics_and_decorations() -> None:
    text = "Flowing silk and cotton skirt. Embroidered hem, ruffled and embroidered."
    assert fabrics_in(text) == ("silk", "cotton")
    assert decorations_in(text) == ("embroidery", "ruffles")


def test_every_garment_has_a_level() -> None:
    assert GARMENT_LEVELS.keys() == {*GARMENTS, TOTAL_LOOK}


@pytest.mark.parametrize(
    ("category", "level", "decorations", "simple", "complexity"),
    [
        ("skirt", None, 0, False, 0.3),
        ("skirt", None, 3, False, 0.6),
        ("dress", None, 0, False, 0.6),
        ("dress", None, 5, False, 1.0),
        ("coat", None, 0, False, 1.0),
        ("coat", "low", 1, False, 0.4),
        ("skirt", "high", 0, True, 0.6),
        ("skirt", None, 0, True, 0.3),
        (TOTAL_LOOK, None, 0, False, 0.6),
        (None, None, 0, False, 0.6),
    ],
)
def test_complexity_by_hand(
    category: str | None, level: str | None, decorations: int, *, simple: bool, complexity: float
) -> None:
    names = [str(number) for number in range(decorations)]
    assert complexity_of(category, level, names, is_simple=simple) == complexity


def test_a_decoration_counts_once() -> None:
    assert complexity_of("dress", None, ["bow", "bow"]) == 0.7


WORDS = ToldFeatures("words", category="dress", fabric="silk")
SHOT = ToldFeatures("zero-shot", "coat", "high", fabric="wool", decorations=("lace", "bow"))
NEAR = ToldFeatures("neighbours", "skirt", fabric="denim", decorations=("fringe",))


def test_the_first_source_that_tells_a_feature_counts() -> None:
    assert merged([WORDS, SHOT, NEAR]) == DesignFeatures(
        "dress", 1.0, "silk", ("lace", "bow"), "words, zero-shot"
    )
    assert merged([WORDS, NEAR]) == DesignFeatures(
        "dress", 0.7, "silk", ("fringe",), "words, neighbours"
    )
    assert merged([NEAR]).told_by == "neighbours"


def test_what_words_exclude_nobody_can_suggest() -> None:
    strict = ToldFeatures("words", excluded=frozenset({"lace", "denim"}))
    assert merged([strict, SHOT]).decorations == ("bow",)
    assert merged([strict, NEAR]).fabric is None
    assert merged([strict, NEAR]).told_by == "words, neighbours"


def test_nobody_tells_anything() -> None:
    assert merged([]) == DesignFeatures(None, 0.6, None, (), "")
    assert merged([ToldFeatures("words"), ToldFeatures("neighbours")]).told_by == ""
