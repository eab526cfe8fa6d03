"""The search page: products, pictures like a picture, duplicates, and whose pictures are shown."""

import threading
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.searching.duplicate_groups import (
    visible_groups,
    why_kept,
    why_words,
    without_versions,
)
from dashboards.searching.match_cards import ShownProduct, price_words, web_address
from dashboards.searching.picture_catch_up import CatchUps, said_of
from dashboards.searching.picture_finder import visible_alike
from media.duplicates import Duplicate, DuplicateGroup
from resources.deployments import Deployment, settings_from_environment
from resources.image_index import CaughtUp, ImageIndex, SimilarImage
from tests.dashboards.conftest import Filled, OpenPage, UseHome, said

STRANGER = "ann@example.com"


def searched(page: AppTest, words: str) -> AppTest:
    """The page after somebody looked for words."""
    page.text_input(key="q").set_value(words)
    return page.run()


def cards(page: AppTest) -> list[str]:
    """What the cards of the page say, in their order."""
    bodies = [str(html.proto.body) for html in page.get("html")]
    return [body for body in bodies if body.startswith('<div class="match"><b>')]


def names(page: AppTest) -> list[str]:
    """The names on the cards."""
    return [card.partition("<b>")[2].partition("</b>")[0] for card in cards(page)]


def keys_of(filled: Filled, pipeline: str) -> list[str]:
    """The keys of the indexed pictures of a pipeline."""
    with Deployment(settings_from_environment()) as deployment:
        table = deployment.fashion.image_index.table
        return sorted(table.rows(f"pipeline = '{pipeline}'")["id"])


def test_without_products_it_leads_to_an_import(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("search", tmp_path / "home")
    assert not page.exception
    assert "No products yet" in said(page)
    assert [getattr(link, "value", None) for link in page.get("page_link")] == [
        "Import a catalogue"
    ]


def test_products_are_found_by_words_with_the_parts_of_their_score(
    filled: Filled, open_page: OpenPage
) -> None:
    page = searched(open_page("search", filled.home), "red top")
    assert not page.exception
    assert names(page)[0] == "red top"
    first = cards(page)[0]
    for told in ("25.50 USD", "In stock", "Score", "Likeness", "Price", "Brand", "Availability"):
        assert told in first
    assert "Words were looked up in the products' texts" in said(page)


def test_filters_are_never_violated(filled: Filled, open_page: OpenPage) -> None:
    page = searched(open_page("search", filled.home), "dress top trousers")
    assert {"red dress", "blue top"} <= set(names(page))
    page.toggle(key="in_stock").set_value(True)
    page.number_input(key="max_price").set_value(80.0)
    page.run()
    found = names(page)
    assert "red dress" in found
    assert not {"blue top", "blue dress", "green trousers"} & set(found)
    page.multiselect(key="brand").set_value(["South"])
    page.multiselect(key="category").set_value(["dresses"])
    page.run()
    assert "Nothing was found" in said(page)
    assert not names(page)


def test_what_is_found_leads_on_to_what_looks_like_it(filled: Filled, open_page: OpenPage) -> None:
    page = searched(open_page("search", filled.home), "red dress")
    similar = [button for button in page.button if button.label == "Similar"]
    similar[0].click()
    page.run()
    assert "originals/" in str(page.query_params["like"])
    page.text_input(key="q").set_value("")
    page.run()
    assert not page.exception
    # By its picture alone: itself, and then what has its outline or its colour.
    assert names(page)[0] == "red dress"
    assert "Like this picture" in said(page)
    [forget] = [button for button in page.button if button.label == "Another picture"]
    forget.click()
    page.run()
    assert "like" not in page.query_params


def test_an_address_with_a_picture_shows_pictures_like_it(
    filled: Filled, open_page: OpenPage, use_home: UseHome
) -> None:
    use_home(filled.home)
    [staged] = keys_of(filled, "staging")
    page = open_page("search", filled.home, like=staged)
    assert not page.exception
    assert "Like this picture" in said(page)
    assert names(page)
    assert all("Alike" in card for card in cards(page))


def test_a_picture_that_is_not_there_is_said(filled: Filled, open_page: OpenPage) -> None:
    page = open_page("search", filled.home, like="outputs/staging/none/0001/none.jpg")
    assert "is not there, or is not yours" in said(page)
    page = open_page("search", filled.home, like="jobs/x/request.json")
    assert "is not there, or is not yours" in said(page)


def test_pictures_of_others_are_neither_found_nor_shown_by_their_key(
    filled: Filled, open_page: OpenPage, use_home: UseHome
) -> None:
    use_home(filled.home)
    [staged] = keys_of(filled, "staging")
    page = open_page("search", filled.home, signed_in=STRANGER, like=staged)
    assert not page.exception
    assert "is not there, or is not yours" in said(page)
    assert not names(page)
    page = open_page("search", filled.home, signed_in=STRANGER, look="Pictures")
    assert "No pictures can be found yet" in said(page)
    page = open_page("search", filled.home, signed_in=STRANGER, look="Duplicates")
    assert "No duplicates" in said(page)
    # Products are the shop's.
    page = searched(open_page("search", filled.home, signed_in=STRANGER), "dress")
    assert "red dress" in names(page)


def test_copies_are_told_with_the_one_to_keep(filled: Filled, open_page: OpenPage) -> None:
    page = open_page("search", filled.home, look="Duplicates")
    assert not page.exception
    words = said(page)
    assert "large.jpg" in words
    assert "small.jpg" in words
    kept = words.index("Keep")
    assert kept < words.index("large.jpg") < words.index("Could go") < words.index("small.jpg")


def test_new_pictures_are_looked_for_in_the_background(
    own_filled: Filled, open_page: OpenPage, use_home: UseHome
) -> None:
    use_home(own_filled.home)
    with Deployment(settings_from_environment()) as deployment:
        table = deployment.fashion.image_index.table
        table.delete(table.rows("pipeline = 'staging'")["id"].to_list())
        before = table.count()
    page = open_page("search", own_filled.home, look="Pictures")
    assert f"{before} pictures can be found" in said(page)
    [look] = [button for button in page.button if button.label == "Look for new pictures"]
    look.click()
    page.run()
    from dashboards.searching.picture_catch_up import _catch_ups

    settings = settings_from_environment()
    running = _catch_ups(settings.home, settings.store_url).last
    assert running is not None
    assert running.result(timeout=60).added == 1
    page.run()
    assert f"{before + 1} pictures can be found" in said(page)


def test_one_catching_up_runs_at_a_time() -> None:
    go_on = threading.Event()
    begun: list[int] = []

    def work() -> CaughtUp:
        begun.append(1)
        assert go_on.wait(10)
        return CaughtUp(1, 0, 0, 1)

    catch_ups = CatchUps()
    first = catch_ups.start(work)
    assert catch_ups.start(work) is first
    go_on.set()
    assert first.result(10).added == 1
    assert catch_ups.start(work).result(10).added == 1
    assert len(begun) == 2


def test_what_catching_up_did_is_a_sentence() -> None:
    assert said_of(CaughtUp(0, 0, 0, 9)) == "There are no new pictures."
    assert said_of(CaughtUp(2, 0, 1, 9)) == (
        "2 new pictures can be found now; 1 picture could not be read."
    )


class Index:
    """An index of so many pictures, the most alike first, that notes how many were asked for."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[int] = []

    def similar(self, _picture: object, limit: int) -> Sequence[SimilarImage]:
        """As many of them."""
        self.asked.append(limit)
        return [
            SimilarImage(str(n), 1 - n / 1000, {}, "library", f"job {n % 10}", "0001", "f", 1, 1)
            for n in range(min(limit, self.count))
        ]


def only_of_job_3(found: SimilarImage) -> SimilarImage | None:
    return replace(found, filename="mine") if found.job == "job 3" else None


@pytest.mark.parametrize(("count", "expected"), [(1000, 24), (35, 4), (0, 0)])
def test_where_others_pictures_are_left_out_enough_are_asked_for(count: int, expected: int) -> None:
    index = Index(count)
    found = visible_alike(index, "key", only_of_job_3)  # type: ignore[arg-type]
    assert [each.key for each in found] == [str(n) for n in range(3, count, 10)][:24]
    assert len(found) == expected
    assert {each.filename for each in found} <= {"mine"}
    assert len(index.asked) <= 5


def test_a_group_whose_best_is_anothers_is_compared_anew(filled: Filled, use_home: UseHome) -> None:
    use_home(filled.home)
    with Deployment(settings_from_environment()) as deployment:
        index: ImageIndex = deployment.fashion.image_index
        groups = [g for g in index.duplicates() if len(g.others) == 1 and "originals/" in g.keep]
        [group] = [g for g in groups if g.others[0].key.startswith("originals/")]
        small = group.others[0].key
        both = DuplicateGroup("another's", (*group.others, Duplicate(group.keep, "same bytes")))
        assert visible_groups(index, [group], {group.keep, small}) == [group]
        assert visible_groups(index, [group], {small}) == []
        [anew] = visible_groups(index, [both], {group.keep, small})
        assert (anew.keep, anew.others[0].key) == (group.keep, small)


def test_versions_of_one_file_are_no_copies_too_many() -> None:
    versions = DuplicateGroup("a", (Duplicate("b", "same bytes"),))
    copies = DuplicateGroup("c", (Duplicate("d", "same bytes"), Duplicate("e", "same bytes")))
    items = {"a": ("job", "1"), "b": ("job", "1"), "c": ("job", "2"), "d": ("job", "2"), "e": ()}
    assert without_versions([versions, copies], items) == ([copies], 1)


def test_why_one_is_kept_and_the_others_are_like_it_is_said_in_words() -> None:
    keep = {"sharpness": 10.0, "width_px": 100, "height_px": 100}
    assert why_kept(keep, [{**keep, "sharpness": 5.0}]) == "The sharpest."
    assert why_kept(keep, [{**keep, "width_px": 50}]).endswith("the largest.")
    assert why_kept(keep, [keep]) == "As good as the others."
    assert why_words("same bytes") == "The same file."
    assert why_words("perceptual hash, 3 of 64 bits apart").startswith("Looks the same: 3 of 64")
    assert why_words("vectors, 0.97 alike") == "Very much alike: 97%."


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "/shop", "https://", "http://[", "", None],
)
def test_only_addresses_of_the_web_are_links(url: str | None) -> None:
    assert web_address(url) is None


def test_an_address_of_the_web_is_a_link() -> None:
    assert web_address(" https://shop.example/p?id=1 ") == "https://shop.example/p?id=1"


def test_prices_are_said_as_they_are() -> None:
    product = ShownProduct.of({"price": Decimal(1250), "currency": "EUR"})
    assert price_words(product) == "1,250.00 EUR"
    dearest = replace(product, price_to=Decimal("1300.5"))
    assert price_words(dearest) == "from 1,250.00 to 1,300.50 EUR"
    assert price_words(replace(product, price=None)) == "No price given"
