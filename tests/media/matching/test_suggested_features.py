"""Features that pictures suggest: by the products they are like, and by comparing with words."""

import numpy as np
import pytest
from numpy.typing import NDArray

from media.garments.vocabulary import GARMENTS
from media.matching.design_features import ToldFeatures
from media.matching.neighbour_features import NEIGHBOURS, Neighbour, features_from_neighbours
from media.matching.zero_shot_features import (
    LABEL_PROMPTS,
    MOST_DECORATIONS,
    PROMPTS,
    UNDECORATED,
    features_from_similarities,
)

Vector = NDArray[np.float32]


def products(
    count: int, category: str | None, words: str, similarity: float = 0.8
) -> list[Neighbour]:
    return [Neighbour(similarity, category, words)] * count


def test_the_category_with_most_weight_wins() -> None:
    near = products(4, "Dresses", "", 0.9) + products(5, "Skirts", "", 0.5)
    assert features_from_neighbours(near).category == "dress"
    assert features_from_neighbours(products(2, "Dresses", "") + products(3, "Skirts", "")) == (
        ToldFeatures("neighbours", "skirt")
    )


def test_a_scattered_vote_tells_nothing() -> None:
    scattered = [Neighbour(0.8, name, "of silk with lace") for name in GARMENTS[:5]]
    assert features_from_neighbours(scattered) == ToldFeatures("neighbours")
    tied = products(3, "Dresses", "") + products(3, "Skirts", "")
    assert features_from_neighbours(tied).category is None
    unknown = products(7, "Shoes", "") + products(3, "Dresses", "")
    assert features_from_neighbours(unknown).category is None


def test_nobody_near_tells_nothing() -> None:
    assert features_from_neighbours([]) == ToldFeatures("neighbours")
    assert features_from_neighbours(products(9, "Dresses", "", 0.0)) == ToldFeatures("neighbours")
    assert features_from_neighbours(products(9, "Dresses", "", -0.4)) == ToldFeatures("neighbours")


def test_the_name_tells_where_the_category_does_not() -> None:
    assert features_from_neighbours(products(3, "Sale", "Linen trousers")).category == "trousers"
    assert features_from_neighbours(products(3, None, "Sommerkleid")).category == "dress"


def test_only_the_nearest_vote_whatever_their_order() -> None:
    near = products(NEIGHBOURS, "Coats", "", 0.9)
    more = products(60, "Dresses", "", 0.89)
    assert features_from_neighbours(more + near).category == "coat"


def test_fabric_and_decorations_are_those_of_the_category_that_won() -> None:
    near = [
        *products(3, "Dresses", "Silk dress with lace"),
        *products(2, "Dresses", "Silk dress with a bow"),
        *products(2, "Dresses", "Cotton dress with lace"),
        *products(4, "Coats", "Wool coat with fringe"),
    ]
    assert features_from_neighbours(near) == ToldFeatures(
        "neighbours", "dress", fabric="silk", decorations=("lace",)
    )


def test_a_fabric_that_few_name_is_not_told() -> None:
    few = products(2, "Dresses", "Silk dress") + products(8, "Dresses", "Dress")
    assert features_from_neighbours(few).fabric is None
    enough = products(4, "Dresses", "Silk dress") + products(8, "Dresses", "Dress")
    assert features_from_neighbours(enough).fabric == "silk"


def toward(**similarities: float) -> tuple[Vector, dict[str, Vector]]:
    """A picture, and vectors of the prompts that are as similar to it as told; others 0.2."""
    told = {
        LABEL_PROMPTS[feature][label]: value
        for name, value in similarities.items()
        for feature, _, label in [name.partition("_")]
        if feature in LABEL_PROMPTS
    }
    vectors = {}
    for prompt in PROMPTS:
        cosine = told.get(prompt, 0.2)
        vectors[prompt] = np.array([cosine, (1 - cosine**2) ** 0.5], np.float32)
    return np.array([1, 0], np.float32), vectors


def test_a_leading_label_is_told_and_a_narrow_one_is_not() -> None:
    clear = features_from_similarities(*toward(category_dress=0.28, fabric_silk=0.28))
    assert (clear.source, clear.category, clear.fabric) == ("zero-shot", "dress", "silk")
    assert clear.level is None
    close = features_from_similarities(*toward(category_dress=0.28, category_skirt=0.279))
    assert close.category is None


def test_the_margin_follows_the_scale() -> None:
    picture, prompts = toward(level_high=0.22, level_low=0.2)
    assert features_from_similarities(picture, prompts).level == "high"
    assert features_from_similarities(picture, prompts, logit_scale=5).level is None


def test_decorations_are_told_against_none() -> None:
    picture, prompts = toward(decoration_lace=0.24, decoration_bow=0.26, decoration_beads=0.21)
    assert features_from_similarities(picture, prompts).decorations == ("bow", "lace")
    plain = {**prompts, UNDECORATED: prompts[LABEL_PROMPTS["decoration"]["bow"]]}
    assert features_from_similarities(picture, plain).decorations == ()


def test_no_more_decorations_than_a_picture_can_tell() -> None:
    names = ("ruffles", "lace", "sequins", "beads", "fringe")
    picture, prompts = toward(
        **{f"decoration_{name}": 0.3 + n / 100 for n, name in enumerate(names)}
    )
    told = features_from_similarities(picture, prompts).decorations
    assert told == tuple(reversed(names))[:MOST_DECORATIONS]


def test_every_label_has_a_prompt_of_its_own() -> None:
    assert LABEL_PROMPTS["category"].keys() == set(GARMENTS)
    assert len(set(PROMPTS)) == len(PROMPTS)
    picture, prompts = toward()
    del prompts[UNDECORATED]
    with pytest.raises(KeyError):
        features_from_similarities(picture, prompts)
