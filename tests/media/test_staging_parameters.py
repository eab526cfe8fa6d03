"""Parameters of the staging pipeline: what is meant is taken, what is not is named."""

from typing import Any

import pytest

from media.errors import InvalidParameter
from media.pipeline import pipeline_named
from media.pipelines.staging import StagingParameters
from media.rooms.vocabulary import MODES, ROOM_TYPES, STYLES


def parse(**params: Any) -> StagingParameters:
    parsed = pipeline_named("staging").parse(params)
    assert isinstance(parsed, StagingParameters)
    return parsed


def complaint(**params: Any) -> str:
    with pytest.raises(InvalidParameter) as raised:
        parse(**params)
    return str(raised.value).partition(" (parameters of ")[0]


def test_without_parameters_a_room_is_furnished_once_in_the_modern_style() -> None:
    asked = parse()
    assert (asked.mode, asked.style, asked.variations) == ("furnish", ("modern",), 1)
    assert (asked.room_type, asked.seed, asked.max_cost_usd) == (None, None, None)


def test_styles_come_as_a_list_or_with_commas_each_once_and_empty_means_modern() -> None:
    wanted = ("modern", "scandinavian")
    assert parse(style="modern, scandinavian,modern").style == wanted
    assert parse(style=list(wanted)).style == wanted
    assert parse(style="").style == ("modern",)


def test_a_seed_may_be_text_as_on_a_command_line() -> None:
    assert parse(seed="4294967295").seed == 4294967295


@pytest.mark.parametrize("seed", [0, -1, 4294967296, "many", 1.5, [1]])
def test_a_wrong_seed_is_told_the_range(seed: object) -> None:
    assert complaint(seed=seed).startswith("seed: ")
    if not isinstance(seed, float):
        assert "from 1 to 4294967295" in complaint(seed=seed)


@pytest.mark.parametrize(
    ("params", "named"),
    [
        ({"room_type": "garage"}, ROOM_TYPES),
        ({"style": "modern,gothic"}, ("style: gothic is none of", *STYLES)),
        ({"mode": "paint"}, MODES),
    ],
)
def test_a_wrong_word_is_told_the_right_ones(
    params: dict[str, Any], named: tuple[str, ...]
) -> None:
    told = complaint(**params)
    assert all(word in told for word in named)


@pytest.mark.parametrize(
    "params",
    [
        {"prompt": "too short"},
        {"prompt": "x" * 2001},
        {"prompt": "a sofa \x00 and a table"},
        {"variations": 0},
        {"variations": 11},
        {"max_cost_usd": -1},
        {"quality": 0},
        {"format": "gif"},
        {"area": "walls"},
        {"area": "0,0,50"},
        {"area": "60,0,50,100"},
        {"area": "0,0,50,101"},
        {"area": "nan,0,50,100"},
        {"colour": "red"},
    ],
)
def test_what_cannot_be_meant_is_refused_by_name(params: dict[str, Any]) -> None:
    assert complaint(**params).startswith(next(iter(params)))


@pytest.mark.parametrize("area", ["floor", "0,0,100,100", "12.5, 40, 90, 99.5"])
def test_an_area_is_the_floor_or_a_rectangle_in_percent(area: str) -> None:
    assert parse(area=area).area == area


def test_a_prompt_of_ones_own_is_trimmed_and_put_on_one_line() -> None:
    assert parse(prompt="  A reading corner\nby the window ").prompt == (
        "A reading corner by the window"
    )
