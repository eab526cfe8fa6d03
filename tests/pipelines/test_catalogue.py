"""Catalogues through the pipeline: products and ateliers in, searchable, and gone when removed."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from media.errors import InvalidRequest
from media.matching.filters import ProductFilters
from media.pipelines.catalogue import (
    ATELIERS,
    CATALOGUE_FILES,
    PRODUCT_EMBEDDINGS,
    PRODUCT_INDEX,
    PRODUCTS,
)
from media.requests import Parameters
from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.product_search import ProductMatch, ProductQuery
from resources.settings import Settings
from tests.pipelines import fashion_files
from tests.pipelines.fashion_files import garment, write_csv, write_shop
from tests.pipelines.job_tables import rows


def run(runner: JobRunner, files: Sequence[Path], params: Parameters | None = None) -> str:
    job = runner.deployment.submissions.submit("catalogue", files, params or {})
    assert runner.run_job(job) == "done", runner.ledger.job(job).error
    return job


def found(runner: JobRunner, query: ProductQuery) -> tuple[ProductMatch, ...]:
    return runner.deployment.fashion.product_search.search(query).matches


def test_a_shop_is_loaded_with_exact_prices_and_found_by_picture_and_by_words(
    runner: JobRunner, tmp_path: Path
) -> None:
    job = run(runner, write_shop(tmp_path / "shop"))

    files = rows(runner, CATALOGUE_FILES, job)
    assert files["kind"].to_list() == ["products", *["image"] * 6]
    assert (files["rows"][0], files["bad_rows"][0], files["format"][0]) == (6, 0, "csv")
    products = rows(runner, PRODUCTS, job)
    assert products["price"].to_list()[3:] == [Decimal(p) for p in ("19.99", "60.00", "1250.00")]
    assert products["availability"][3] == "out_of_stock"
    vectors = rows(runner, PRODUCT_EMBEDDINGS, job)
    assert set(vectors["status"]) == {"ready"}
    assert vectors["sha256"].n_unique() == 6
    index = rows(runner, PRODUCT_INDEX, job).row(0, named=True)
    assert (index["upserted"], index["products"], index["with_vector"]) == (6, 6, 6)

    for row in fashion_files.SHOP:
        color, shape = row["name"].split()
        best = found(runner, ProductQuery(image=garment(color, shape)))[0]
        assert best.product == row["id"]
        assert best.parts.similarity == pytest.approx(1, abs=1e-3)
    worded = found(runner, ProductQuery(text="blue dress"))
    assert worded[0].product == "p02"
    cheap = ProductFilters(max_price=Decimal(60), currency="USD", categories=("tops", "trousers"))
    query = ProductQuery(image=garment("black", "trousers"), filters=cheap)
    assert found(runner, query)[0].product == "p05"
    assert {match.product for match in found(runner, query)} == {"p03", "p04", "p05"}


def test_what_is_wrong_costs_one_row_and_says_where(runner: JobRunner, tmp_path: Path) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_bytes(
        b"\xef\xbb\xbf"
        b"id;name;price;image\r\n"
        b"a1;Red dress;49,90;a1.jpg\r\n"
        b"a2;Half a row\r\n"
        b"a3;Blue top;-5;a3.jpg\r\n"
        b"a1;Red dress again;10;\r\n"
        b"a5;Green skirt;12,50;nowhere.jpg\r\n"
        b"a6;=cmd|' /C calc'!A0;1;\r\n"
        b"a7;Black coat;120;\r\n"
    )
    picture = tmp_path / "a1.jpg"
    picture.write_bytes(garment("red", "dress"))
    not_one = tmp_path / "not-a-catalogue.csv"
    not_one.write_bytes(b"<html><body>nothing</body></html>")
    job = run(runner, [broken, picture, not_one])

    files = rows(runner, CATALOGUE_FILES, job)
    assert files["reason"].to_list() == [None, None, "unreadable_catalogue"]
    products = rows(runner, PRODUCTS, job).sort("line")
    told = products.select("line", "product", "reason").rows()
    assert told == [
        (2, "a1", None),
        (3, "a2", "broken_row"),
        (4, "a3", "invalid_price"),
        (5, "a1", "duplicate_id"),
        (6, "a5", None),
        (7, "a6", "formula"),
        (8, "a7", None),
    ]
    assert products["price"][0] == Decimal("49.90")
    vectors = rows(runner, PRODUCT_EMBEDDINGS, job)
    assert dict(vectors.select("product", "reason").rows()) == {"a1": None, "a5": "image_missing"}
    [item] = [item for item in runner.ledger.job(job).items if item.filename == "broken.csv"]
    assert item.status == "ready"
    names = {match.product for match in found(runner, ProductQuery(text="dress skirt coat"))}
    assert names == {"a1", "a5", "a7"}


def test_another_import_updates_by_id_and_removes_what_is_gone_when_asked(
    runner: JobRunner, tmp_path: Path
) -> None:
    shop = list(fashion_files.SHOP)
    first = run(runner, write_shop(tmp_path / "one", shop))
    changed = [{**shop[0], "price": "70.00"}, *shop[1:4]]
    second = run(runner, write_shop(tmp_path / "two", changed))
    everything = ProductQuery(image=garment("red", "dress"), limit=50)
    before = {match.product: match.price for match in found(runner, everything)}
    assert before["p01"] == Decimal("70.00")
    assert len(before) == 6
    # Vectors of pictures that are known are not made again.
    assert rows(runner, PRODUCT_EMBEDDINGS, second)["seconds"].sum() == 0

    third = run(runner, write_shop(tmp_path / "three", changed), {"remove_missing": True})
    gone = rows(runner, PRODUCTS, third).filter("is_removed")
    assert gone["product"].to_list() == ["p05", "p06"]
    assert {match.product for match in found(runner, everything)} == {"p01", "p02", "p03", "p04"}
    # A job that is made again changes nothing that came after it.
    assert runner.run_job(first) == "done"
    after = {match.product: match.price for match in found(runner, everything)}
    assert (set(after), after["p01"]) == ({"p01", "p02", "p03", "p04"}, Decimal("70.00"))
    assert rows(runner, PRODUCTS, first).height == 6

    run(runner, [], {"remove": "p02"})
    assert {match.product for match in found(runner, everything)} == {"p01", "p03", "p04"}
    current = runner.deployment.fashion.catalogues.current_products()
    assert sorted(current["product"]) == ["p01", "p03", "p04"]


def test_a_file_that_cannot_be_read_removes_nothing(runner: JobRunner, tmp_path: Path) -> None:
    files = write_shop(tmp_path / "shop")
    run(runner, files)
    cut = tmp_path / "cut.json"
    cut.write_text('[{"id": "p01", "name": "Red dr')
    run(runner, [files[0], cut], {"remove_missing": True})
    assert runner.deployment.fashion.catalogues.current_products().height == 6


def test_a_job_without_files_needs_something_to_do(runner: JobRunner) -> None:
    with pytest.raises(InvalidRequest, match="1 to 500 files, not 0"):
        runner.deployment.submissions.submit("catalogue", [], {"catalogue": "shop"})


def test_contacts_lie_encrypted_wherever_they_are_kept(settings: Settings, tmp_path: Path) -> None:
    listed = [
        {**row, "email": f"hello@{row['id']}.example", "phone": "+33 1 23 45 67"}
        for row in fashion_files.ATELIERS
    ]
    path = write_csv(tmp_path / "ateliers.csv", listed)
    key = SecretStr(Fernet.generate_key().decode())
    keyed = settings.model_copy(update={"contact_key": key})
    with Deployment(keyed) as deployment, open_instance(keyed) as instance:
        runner = JobRunner.over(deployment, instance)
        job = run(runner, [path])
        ateliers = rows(runner, ATELIERS, job)
        assert ateliers["status"].to_list() == ["ready", "ready"]
        assert ateliers["price_to"].to_list() == [Decimal(400), Decimal(2000)]
        contact = deployment.fashion.contact_seal.open(ateliers["contact"][0])
        assert "hello@a1.example" in contact
        assert runner.run_job(job) == "done"
        assert rows(runner, ATELIERS, job).drop("contact").equals(ateliers.drop("contact"))
    for stored in (settings.home / "store").rglob("*"):
        if stored.is_file():
            assert b"a1.example" not in stored.read_bytes(), stored


def test_contacts_are_not_taken_without_a_key_and_not_lost(
    runner: JobRunner, tmp_path: Path
) -> None:
    listed = [{**row, "email": "hello@example.org"} for row in fashion_files.ATELIERS]
    path = write_csv(tmp_path / "ateliers.csv", listed)
    job = runner.deployment.submissions.submit("catalogue", [path], {})
    runner.run_job(job)
    file = rows(runner, CATALOGUE_FILES, job).row(0, named=True)
    assert (file["status"], file["reason"]) == ("failed", "contact_key_missing")
    assert "SHOWROOM_CONTACT_KEY" in file["detail"]
    runner.deployment.intake.drain()
    assert list(runner.deployment.store.objects("submissions/")) != []


def test_pictures_are_found_in_the_library_and_under_keys(
    runner: JobRunner, tmp_path: Path
) -> None:
    photo = tmp_path / "red-dress.jpg"
    photo.write_bytes(garment("red", "dress"))
    uploaded = runner.deployment.submissions.submit("library", [photo], {"presets": "sm"})
    assert runner.run_job(uploaded) == "done"
    key = next(o.key for o in runner.deployment.store.objects("originals/"))
    listed = [
        {"id": "1", "name": "By name", "image": "photos/red-dress.jpg"},
        {"id": "2", "name": "By key", "image": key},
        {"id": "3", "name": "By a key that is not there", "image": "originals/00/00.jpg"},
    ]
    job = run(runner, [write_csv(tmp_path / "by.csv", listed)])
    vectors = rows(runner, PRODUCT_EMBEDDINGS, job)
    assert vectors["key"].to_list() == [key, key, None]
    assert vectors["reason"].to_list() == [None, None, "image_missing"]
    assert vectors.filter(pl.col("vector").is_not_null()).height == 2
