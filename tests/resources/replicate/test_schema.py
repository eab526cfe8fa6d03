"""Inputs held against a model's live schema: what would not be taken is named."""

from copy import deepcopy
from typing import Any

import pytest

from resources.replicate.schema import mismatch
from resources.replicate.staging_models import STAGING_MODELS
from tests.resources.replicate.parts import FILL, KONTEXT, QWEN
from tests.resources.replicate.schemas import SCHEMAS


def inputs_of(name: str) -> dict[str, object]:
    """What the model is asked."""
    mask = "https://files/mask" if name == FILL else None
    return STAGING_MODELS[name].inputs("a sofa", 4_294_967_295, "https://files/photo", mask)


def changed(name: str, field: str, **changes: object) -> dict[str, Any]:
    """The schema of a model with one field changed."""
    schema = deepcopy(SCHEMAS[name])
    schema["components"]["schemas"]["Input"]["properties"][field] |= changes
    return schema


@pytest.mark.parametrize("name", [QWEN, KONTEXT, FILL])
def test_what_the_models_are_asked_is_what_they_take(name: str) -> None:
    assert mismatch(SCHEMAS[name], inputs_of(name)) is None


@pytest.mark.parametrize(
    ("name", "field", "changes", "words"),
    [
        (QWEN, "seed", {"type": "string"}, "`seed` is 4294967295, and must be of type string"),
        (QWEN, "seed", {"maximum": 2**31}, "must be at most 2147483648"),
        (QWEN, "go_fast", {"type": "integer"}, "must be of type integer"),
        (FILL, "guidance", {"minimum": 10}, "`guidance` is 3, and must be at least 10"),
        (KONTEXT, "safety_tolerance", {"maximum": 1}, "must be at most 1"),
        (QWEN, "image", {"type": "array"}, "`image` is 'https://files/photo', and must be of type"),
    ],
)
def test_a_value_that_would_not_be_taken_is_named(
    name: str, field: str, changes: dict[str, object], words: str
) -> None:
    assert words in (mismatch(changed(name, field, **changes), inputs_of(name)) or "")


def test_a_choice_that_is_no_more_is_named_with_those_that_are() -> None:
    schema = deepcopy(SCHEMAS[QWEN])
    schema["components"]["schemas"]["output_format"]["enum"] = ["webp", "jpg"]
    assert mismatch(schema, inputs_of(QWEN)) == (
        "`output_format` is 'png', and must be one of webp, jpg"
    )


def test_a_new_field_that_is_needed_is_named() -> None:
    schema = deepcopy(SCHEMAS[QWEN])
    schema["components"]["schemas"]["Input"]["required"].append("licence")
    assert mismatch(schema, inputs_of(QWEN)) == "it needs `licence`, which is not sent"


@pytest.mark.parametrize("schema", [{}, {"components": None}, {"components": {"schemas": {}}}])
def test_a_schema_that_tells_nothing_lets_everything_pass(schema: dict[str, Any]) -> None:
    assert mismatch(schema, inputs_of(QWEN)) is None
