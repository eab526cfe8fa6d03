"""Product search: by picture, by words, by both; ranked, filtered, and honest about how."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest

from media.errors import InvalidRequest
from media.matching.product_score import ScoreWeights
from resources.product_search import ProductQuery, ProductSearch
from tests.resources.grid_embedders import GridEmbedder, WordyEmbedder, picture
from tests.resources.product_rows import embeddings
from tests.resources.product_shop import COLORS, PICTURES, SHOP, ids, open_shop


@pytest.fixture(scope="module")
def search(tmp_path_factory: pytest.TempPathFactory) -> ProductSearch:
    """A shop whose embedder knows no words."""
    return open_shop(tmp_path_factory.mktemp("grid"), GridEmbedder())


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> ProductSearch:
    """The same shop with an embedder that knows words."""
    return open_shop(tmp_path_factory.mktemp("wordy"), WordyEmbedder())


def test_each_product_s_own_picture_finds_it_first(search: ProductSearch) -> None:
    likeness_alone = ProductSearch(search.index, search.embedder, ScoreWeights(1, 0, 0, 0))
    for product, data in PICTURES.items():
        [best, *_] = likeness_alone.search(ProductQuery(image=data)).matches
        assert best.product == product
        assert best.parts.similarity == pytest.approx(1, abs=1e-4)
        assert best.cosines == pytest.approx({"shape": 1, "color": 1}, abs=1e-4)
        assert best.compared_by == "picture by grid 1"


def test_a_score_is_made_of_its_parts_and_orders_the_answer(search: ProductSearch) -> None:
    query = ProductQuery(
        image=PICTURES["06"], budget=Decimal(100), currency="EUR", liked_brands=["étoile"]
    )
    matches = search.search(query).matches
    assert len(matches) == 20
    for match in matches:
        row = SHOP[int(match.product)]
        comparable = row["currency"] == "EUR" and row["price"] is not None
        price = max(0.0, 1 - abs(float(row["price"]) - 100) / 100) if comparable else 0.5
        had = {"in_stock": 1.0, "limited": 0.75, "out_of_stock": 0.0}[row["availability"]]
        parts = match.parts
        assert parts.price == pytest.approx(price)
        assert parts.availability == had
        assert parts.brand == (row["brand"] == "Étoile")
        total = 0.6 * parts.similarity + 0.2 * price + 0.1 * parts.brand + 0.1 * had
        assert match.score == parts.total == pytest.approx(total)
        assert match.within_budget == (row["price"] <= 100 if comparable else None)
    assert [match.score for match in matches] == sorted((m.score for m in matches), reverse=True)
    assert search.search(query).matches == matches


def test_a_vector_asks_the_same_as_its_picture(search: ProductSearch) -> None:
    vector = np.asarray(embeddings(search.embedder, PICTURES)["vector"][5], np.float32)
    by_vector = search.search(ProductQuery(vector=vector)).matches
    assert by_vector == search.search(ProductQuery(image=PICTURES["05"])).matches


def test_words_are_looked_up_in_texts_by_an_embedder_that_knows_none(
    search: ProductSearch,
) -> None:
    answer = search.search(ProductQuery(text="blue coats"))
    assert ids(answer.matches)[0] == "04"
    assert answer.matches[0].parts.similarity == pytest.approx(1)
    assert answer.matches[0].cosines == {}
    assert answer.matches[0].compared_by == "words in texts"
    assert {SHOP[int(n)]["name"] for n in ids(answer.matches)} <= {
        f"{color} {kind}"
        for color in COLORS
        for kind in ("coat", "dress", "shoe")
        if color == "blue" or kind == "coat"
    }
    assert "pictures were not compared" in answer.said[0]
    for text in ("ETOILE", "summer", "dresses"):
        assert search.search(ProductQuery(text=text)).matches


def test_words_are_compared_with_pictures_by_an_embedder_that_knows_them(
    wordy: ProductSearch,
) -> None:
    answer = wordy.search(ProductQuery(text="blue", limit=3))
    assert {SHOP[int(n)]["name"].split()[0] for n in ids(answer.matches)} == {"blue"}
    assert (answer.said, answer.matches[0].compared_by) == ((), "words by grid 2")


def test_a_picture_and_words_count_half_each(search: ProductSearch, wordy: ProductSearch) -> None:
    both = search.search(ProductQuery(image=PICTURES["02"], text="coat", limit=24))
    alone = search.search(ProductQuery(image=PICTURES["02"], limit=24))
    words = search.search(ProductQuery(text="coat", limit=24))
    of_picture = {match.product: match.parts.similarity for match in alone.matches}
    of_words = {match.product: match.parts.similarity for match in words.matches}
    assert len(both.matches) == 24 - ("23" not in of_words)
    for match in both.matches:
        each = of_picture.get(match.product, 0) + of_words.get(match.product, 0)
        assert match.parts.similarity == pytest.approx(each / 2, abs=1e-4)
    assert both.matches[0].compared_by == "picture by grid 1, words in texts"
    assert "picture alone" in both.said[0]
    mixed = wordy.search(ProductQuery(image=PICTURES["02"], text="blue", limit=1)).matches[0]
    assert mixed.compared_by == "picture by grid 2, words by grid 2"


def test_the_parts_of_a_picture_can_count_differently(search: ProductSearch) -> None:
    # The pattern of product 0 in the colour of product 4.
    query = picture("blue", 0)
    weights = ScoreWeights(1, 0, 0, 0)
    likeness_alone = ProductSearch(search.index, search.embedder, weights)
    by_shape = likeness_alone.search(ProductQuery(image=query, part_weights={"shape": 1}))
    by_color = likeness_alone.search(ProductQuery(image=query, part_weights={"color": 1}))
    assert by_shape.matches[0].product == "00"
    assert SHOP[int(by_color.matches[0].product)]["name"].startswith("blue")
    assert by_shape.matches[0].parts.similarity == pytest.approx(1, abs=0.01)
    with pytest.raises(InvalidRequest, match="shape, color"):
        search.search(ProductQuery(image=query, part_weights={"smell": 1}))


def test_the_very_product_goes_first_when_it_is_asked_for(search: ProductSearch) -> None:
    by_price = ProductSearch(
        search.index, search.embedder, ScoreWeights(0, 1, 0, 0), search.features
    )
    query = ProductQuery(image=PICTURES["20"], budget=Decimal(20), currency="EUR")
    assert ids(by_price.search(query).matches)[0] == "01"
    asked = replace(query, same_product=True)
    answer = by_price.search(asked)
    assert ids(answer.matches)[0] == "20"
    assert [match.inliers for match in answer.matches[:2]] == [50, 0]
    assert answer.said == ()
    without = ProductSearch(search.index, search.embedder)
    assert "by its details" in without.search(asked).said[0]


def test_what_the_budget_buys_goes_first_for_designs(search: ProductSearch) -> None:
    query = ProductQuery(
        image=PICTURES["20"], budget=Decimal(30), currency="EUR", within_budget_first=True, limit=8
    )
    matches = search.search(query).matches
    assert [match.within_budget for match in matches[:3]] == [True] * 3
    assert {match.product for match in matches[:3]} == {"00", "01", "02"}
    assert not any(match.within_budget for match in matches[3:])
