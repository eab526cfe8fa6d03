"""Specs: what was said stands, what was not follows from the seed and the fields."""

from decimal import Decimal

import pytest

from media.designs.brief import OCCASIONS, Brief
from media.garments.colors import color_name, companion_color, named_color
from media.garments.customs import budget_band
from media.garments.spec import garment_spec
from media.garments.vocabulary import GARMENTS

SEEDS = range(1, 25)


def test_what_was_said_is_the_same_for_every_seed() -> None:
    brief = Brief("red floral midi dress with puff sleeves and a belt, cotton, v-neck")
    for seed in SEEDS:
        spec = garment_spec(brief, seed)
        said = (spec.garment, spec.pattern, spec.length, spec.sleeve, spec.fabric, spec.neckline)
        assert said == ("dress", "floral", "midi", "puff", "cotton", "v-neck")
        assert spec.colors[0].name == "red"
        assert "belt" in spec.decorations


def test_the_same_seed_chooses_the_same_and_seeds_differ() -> None:
    brief = Brief("red dress")
    assert garment_spec(brief, 9) == garment_spec(brief, 9)
    assert len({garment_spec(brief, seed) for seed in SEEDS}) > 15


def test_what_is_refused_is_never_chosen() -> None:
    brief = Brief("", palette=("red",))
    refusing = Brief("dress, no belt, no ruffles, not satin, no floral", budget=Decimal(200))
    assert any(
        "belt" in garment_spec(Brief("dress", budget=Decimal(200)), s).decorations for s in SEEDS
    )
    for seed in SEEDS:
        spec = garment_spec(refusing, seed)
        assert not {"belt", "ruffles"} & set(spec.decorations)
        assert spec.fabric != "satin"
        assert spec.pattern == "solid"
    assert any(garment_spec(brief, seed).pattern != "solid" for seed in SEEDS)


def test_the_palette_colours_a_brief_that_names_none_and_adds_to_one_that_does() -> None:
    plain = garment_spec(Brief("midi dress", palette=("#8b1e3f", "cream")), 1)
    assert [color.hex for color in plain.colors] == ["#8b1e3f", "#efe4cb"]
    named = garment_spec(Brief("teal striped dress", palette=("coral",)), 1)
    assert [color.name for color in named.colors] == ["teal", "coral"]


def test_an_occasion_chooses_length_and_fabric() -> None:
    for seed in SEEDS:
        assert garment_spec(Brief("dress", occasion="evening"), seed).length == "maxi"
        assert garment_spec(Brief("dress", occasion="work"), seed).length in ("knee", "midi")
    fabrics = {
        occasion: frozenset(
            garment_spec(Brief("dress", occasion=occasion), s).fabric for s in SEEDS
        )
        for occasion in OCCASIONS
    }
    assert fabrics["wedding"].isdisjoint({"denim", "jersey"})
    assert len(set(fabrics.values())) > 6


def test_a_budget_chooses_how_rich_it_is() -> None:
    modest, luxury = (
        [garment_spec(Brief("dress", budget=Decimal(each)), seed) for seed in SEEDS]
        for each in (40, 4000)
    )
    assert {spec.fabric for spec in modest} <= {"cotton", "crepe", "linen", "jersey", "denim"}
    assert {spec.fabric for spec in luxury} & {"satin", "velvet", "lace", "tulle", "sequin"}
    assert all(not spec.decorations for spec in modest)
    assert all(len(spec.decorations) >= 2 for spec in luxury)
    assert budget_band(Decimal(9000), "JPY") == budget_band(Decimal(60), "USD") == "modest"


def test_body_type_and_silhouette_are_kept() -> None:
    spec = garment_spec(Brief("dress", body_type="tall", silhouette="mermaid"), 3)
    assert (spec.body_type, spec.silhouette, spec.length) == ("tall", "mermaid", "maxi")


def test_a_look_has_two_garments_each_as_described() -> None:
    look = garment_spec(Brief("white blouse and navy pleated skirt"), 4)
    assert look.garment == "total_look"
    upper, lower = look.pieces
    assert (upper.garment, upper.colors[0].name) == ("blouse", "white")
    assert (lower.garment, lower.colors[0].name) == ("skirt", "navy")
    assert "pleats" in lower.decorations
    assert "worn with" in look.words()


def test_a_suit_is_of_one_cloth() -> None:
    upper, lower = garment_spec(Brief("a grey suit"), 4).pieces
    assert (upper.garment, upper.colors, upper.fabric) == ("blazer", lower.colors, lower.fabric)


@pytest.mark.parametrize("garment", GARMENTS)
def test_words_name_the_garment_its_colour_and_its_fabric(garment: str) -> None:
    spec = garment_spec(Brief(f"teal {garment}"), 6)
    words = spec.words()
    assert words.startswith("teal")
    assert garment in words
    assert words.endswith(spec.fabric)
    assert "  " not in words


def test_words_read_like_a_shop_s() -> None:
    brief = Brief("red floral a-line midi dress with puff sleeves, crew neck, cotton, belt")
    assert garment_spec(brief, 1).words() == (
        "red and ivory floral midi a-line dress with a crew neck, puff sleeves and a belt, cotton"
    )


def test_colours_have_names_and_names_have_colours() -> None:
    navy = named_color("navy")
    assert navy is not None
    assert color_name(navy.rgb) == "navy"
    assert named_color("nothing at all") is None
    assert companion_color(navy).lightness > 80
    for words, wanted in (("light grey", "light grey"), ("Light Gray", "light grey")):
        found = named_color(words)
        assert found is not None
        assert found.name == wanted
