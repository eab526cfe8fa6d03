"""The catalogue page: products, ateliers, and what came of imports."""

from decimal import Decimal
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.catalogues.ateliers import complexity_words, prices_words
from dashboards.catalogues.imports import not_taken, what_was_taken
from orchestration.once import JobRunner
from resources.contact_seal import ContactSeal
from resources.dagster_home import open_instance
from resources.deployments import Deployment, settings_from_environment
from tests.dashboards.conftest import Filled, OpenPage, UseHome, said
from tests.dashboards.test_search import names
from tests.pipelines.fashion_files import product, write_csv

KEY = "R3VhcmRlZCBieSBhIGtleSBvZiB0aGUgdGVzdHMhISE="
CONTACT = "mara@atelier.example"
ATELIER = {
    "atelier_id": "a1",
    "name": "Mara & <b>Co</b>",
    "location": "Porto",
    "specialization": "linen",
    "categories": "dress, skirt",
    "min_price": "40",
    "max_price": "180",
    "currency": "EUR",
    "complexity_min": "0.1",
    "complexity_max": "0.9",
    "rating": "4.5",
    "contact": CONTACT,
    "url": "javascript:alert(1)",
}


@pytest.fixture
def with_import(
    own_filled: Filled, use_home: UseHome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Filled:
    """The filled installation with ateliers, and with a product whose price is none."""
    use_home(own_filled.home)
    monkeypatch.setenv("SHOWROOM_CONTACT_KEY", KEY)
    rows = [
        product(21, "red", "dress", "10.00", image="", name="<img src=x> scarf"),
        product(22, "red", "dress", "cheap", image=""),
        product(23, "red", "dress", "10.00", image="nowhere.jpg"),
    ]
    files = [write_csv(tmp_path / "more.csv", rows), write_csv(tmp_path / "sewers.csv", [ATELIER])]
    settings = settings_from_environment()
    with Deployment(settings) as deployment, open_instance(settings) as instance:
        runner = JobRunner.over(deployment, instance)
        job = deployment.submissions.submit("catalogue", files, {"catalogue": "second"})
        assert runner.run_job(job) == "done", runner.ledger.job(job).error
    return Filled(own_filled.home, {**own_filled.jobs, "second": job})


def page_of(open_page: OpenPage, filled: Filled, part: str, **more: str) -> AppTest:
    page = open_page("catalogue", filled.home, part=part, **more)
    assert not page.exception
    return page


def test_without_products_it_says_how_to_import_some(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("catalogue", tmp_path / "home")
    assert not page.exception
    assert "No products yet" in said(page)
    page = open_page("catalogue", tmp_path / "home", part="Ateliers")
    assert "No ateliers yet" in said(page)
    page = open_page("catalogue", tmp_path / "home", part="Imports")
    assert "Nothing was imported yet" in said(page)


def test_products_are_browsed_by_words_and_filters(filled: Filled, open_page: OpenPage) -> None:
    page = page_of(open_page, filled, "Products")
    assert "8 products, 1 of them without a picture." in said(page)
    assert len(names(page)) == 8
    page.text_input(key="words").set_value("DRESS red")
    page.run()
    assert set(names(page)) == {"red dress"}
    page.text_input(key="words").set_value("")
    page.multiselect(key="availability").set_value(["out_of_stock"])
    page.run()
    assert names(page) == ["blue top"]


def test_from_a_product_it_goes_on_to_what_looks_like_it(
    filled: Filled, open_page: OpenPage
) -> None:
    page = page_of(open_page, filled, "Products")
    similar = [button for button in page.button if button.label == "Similar"]
    similar[0].click()
    page.run()
    assert "originals/" in str(page.query_params["like"])
    assert "Like this picture" in said(page)


def test_ateliers_are_shown_and_operators_alone_reach_them(
    with_import: Filled, open_page: OpenPage
) -> None:
    page = page_of(open_page, with_import, "Ateliers")
    [card] = names(page)
    # What a file says is shown as text and is no markup of ours.
    assert card == "Mara &amp; &lt;b&gt;Co&lt;/b&gt; ★ 4.5"
    words = said(page)
    for told in ("Porto", "dress, skirt", "simple to intricate", "40 to 180 EUR"):
        assert told in words
    assert "Open" not in words
    assert CONTACT not in words
    [contact] = [button for button in page.button if button.label == "Contact"]
    contact.click()
    page.run()
    assert CONTACT in said(page)
    stranger = page_of(open_page, with_import, "Ateliers", signed_in="ann@example.com")
    assert "Porto" in said(stranger)
    assert not [button for button in stranger.button if button.label == "Contact"]


def test_an_import_tells_what_was_not_taken_and_why(
    with_import: Filled, open_page: OpenPage
) -> None:
    page = page_of(open_page, with_import, "Imports")
    words = said(page)
    assert "more.csv, sewers.csv" in words
    assert "2 products and 1 atelier taken" in words
    assert "1 row not taken" in words
    assert "1 picture missing" in words
    listed = page.dataframe[0].value
    assert [(int(row), name) for row, name in zip(listed["Row"], listed["Id"], strict=True)] == [
        (3, "p22"),
        (4, "p23"),
    ]
    assert "cheap" in listed["Why"].iloc[0]
    others = page_of(open_page, with_import, "Imports", signed_in="ann@example.com")
    assert "Nothing was imported yet" in said(others)


def test_what_was_taken_is_counted_for_several_jobs(with_import: Filled, use_home: UseHome) -> None:
    first, second = with_import.jobs["catalogue"], with_import.jobs["second"]
    with Deployment(settings_from_environment()) as deployment:
        told = what_was_taken(deployment.tables, [first, second])
        counts = {row.pop("job"): row for row in told.to_dicts()}
        assert counts[first]["products"] == 8
        assert counts[first]["bad"] == 0
        assert counts[first]["files"] == ["products.csv"]
        assert (counts[second]["products"], counts[second]["ateliers"]) == (2, 1)
        assert not_taken(deployment.tables, first).is_empty()
        assert what_was_taken(deployment.tables, []).is_empty()


def test_without_a_file_or_with_a_wrong_currency_nothing_is_imported(
    filled: Filled, open_page: OpenPage
) -> None:
    page = page_of(open_page, filled, "Imports")
    [go] = [button for button in page.button if button.label == "Import"]
    assert go.disabled
    assert go.help == "Put a file in first."
    [currency] = [box for box in page.text_input if box.label.startswith("Currency")]
    currency.set_value("12")
    page.run()
    [go] = [button for button in page.button if button.label == "Import"]
    assert "three letters" in str(go.help)


def test_work_and_prices_are_said_in_words() -> None:
    assert complexity_words(0.1, 0.2) == "simple"
    assert complexity_words(0.4, None) == "usual to intricate"
    assert complexity_words(None, None) == "not said"
    assert prices_words(Decimal(40), None, "EUR") == "from 40 EUR"
    assert prices_words(None, Decimal(1500), None) == "up to 1,500"
    assert prices_words(None, None, "EUR") == "not said"


def test_the_tests_key_is_a_key() -> None:
    assert ContactSeal([KEY]).open(ContactSeal([KEY]).seal("a")) == "a"
