"""Prompts: the customer's words first, every field heard, nothing put into anybody's mouth."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from media.designs.brief import BODY_TYPES, OCCASIONS, SILHOUETTES, Brief
from media.designs.prompts import MAX_ADDED_WORDS, enhanced_prompt
from media.errors import EmptyBrief
from media.garments.spec import garment_spec
from media.garments.vocabulary import GARMENTS, TOTAL_LOOK

BRIEF = Brief("something that moves when I dance")
FULL = Brief(
    "Silk wrap dress with tiny flowers",
    "dress",
    "wedding",
    ("#8b1e3f", "cream"),
    "wrap",
    "plus",
    Decimal(900),
    "EUR",
)


def test_the_customers_words_come_first_and_whole() -> None:
    text = enhanced_prompt(FULL, None, 1).text
    assert text.startswith("Silk wrap dress with tiny flowers. ")
    assert enhanced_prompt(replace(BRIEF, prompt="  a\n red   dress! "), None, 1).text.startswith(
        "a red dress! "
    )


@pytest.mark.parametrize(
    "change",
    [
        *({"garment": each} for each in (*GARMENTS[1:], TOTAL_LOOK)),
        *({"occasion": each} for each in OCCASIONS),
        *({"silhouette": each} for each in SILHOUETTES),
        *({"body_type": each} for each in BODY_TYPES),
        *({"budget": Decimal(each)} for each in (50, 200, 600, 5000)),
        {"palette": ("sage",)},
        {"prompt": "something else"},
    ],
)
def test_every_field_changes_the_prompt_and_the_words_it_adds(change: dict[str, Any]) -> None:
    plain, changed = (
        enhanced_prompt(BRIEF, None, 1),
        enhanced_prompt(replace(BRIEF, **change), None, 1),
    )
    assert plain.text != changed.text


def test_a_currency_changes_what_a_budget_means() -> None:
    texts = {
        enhanced_prompt(replace(BRIEF, budget=Decimal(5000), currency=each), None, 1).text
        for each in ("USD", "JPY")
    }
    assert len(texts) == 2


def test_colours_are_named_and_keep_their_value() -> None:
    text = enhanced_prompt(replace(BRIEF, palette=("#0b7d57", "off-white")), None, 1).text
    assert "emerald (#0b7d57)" in text
    assert "off-white" in text


def test_it_is_deterministic_and_variations_are_photographed_differently() -> None:
    assert enhanced_prompt(FULL, None, 2) == enhanced_prompt(FULL, None, 2)
    assert enhanced_prompt(FULL, None, 1).text != enhanced_prompt(FULL, None, 2).text


def test_what_the_seed_would_choose_is_not_asked_of_a_model() -> None:
    brief = Brief("red dress")
    text = enhanced_prompt(brief, None, 1).text
    for word in ("sleeve", "neck", "belt", "midi", "cotton"):
        assert word not in text
    spec = garment_spec(brief, 3)
    assert spec.words() in enhanced_prompt(brief, spec, 1).text


def test_the_text_is_the_words_and_what_was_added_in_order() -> None:
    made = enhanced_prompt(FULL, None, 1)
    places = [made.text.lower().index(phrase.lower()) for phrase in made.added]
    assert places == sorted(places)
    assert made.garment == "dress"


@pytest.mark.parametrize("spec_seed", [None, 1, 2, 3])
def test_at_most_75_words_are_added(spec_seed: int | None) -> None:
    spec = garment_spec(FULL, spec_seed) if spec_seed else None
    added = enhanced_prompt(FULL, spec, 1).added
    assert sum(len(phrase.split()) for phrase in added) <= MAX_ADDED_WORDS


@pytest.mark.parametrize(
    "brief",
    [
        Brief("a dress"),
        Brief("", garment="coat"),
        Brief("", palette=("red",)),
        Brief("", occasion="beach"),
        Brief("", silhouette="wrap"),
    ],
)
def test_one_wish_is_enough(brief: Brief) -> None:
    assert enhanced_prompt(brief, None, 1).text


@pytest.mark.parametrize(
    "brief", [Brief(""), Brief(" \n "), Brief("", body_type="tall", budget=Decimal(100))]
)
def test_a_brief_that_asks_for_nothing_is_refused_with_the_way_out(brief: Brief) -> None:
    with pytest.raises(EmptyBrief, match="say in words"):
        enhanced_prompt(brief, None, 1)


def test_variations_are_counted_from_1() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        enhanced_prompt(FULL, None, 0)
