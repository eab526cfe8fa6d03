"""The checks that every table has, and those of some."""

from collections.abc import Mapping

import dagster as dg
import polars as pl

from assets.catalogue.catalogue_file_checks import entries_taken
from assets.checks import check_names, check_objects
from assets.product_video.cutout_checks import masks_trusted
from media.pipelines.catalogue import CATALOGUE_FILES
from media.pipelines.library import IMAGE_VARIANTS
from media.pipelines.product_video import CUTOUTS
from media.tables import Table
from resources.deployments import Deployment

ROW = {"job": "1", "item": "0001", "status": "ready"}


def rows_of(table: Table, *rows: Mapping[str, object]) -> pl.DataFrame:
    return table.rows([{**ROW, **row} for row in rows])


def variants(column: str, *values: str) -> pl.DataFrame:
    return rows_of(IMAGE_VARIANTS, *({column: value} for value in values))


def test_an_object_that_is_gone_is_an_error_that_names_it(deployment: Deployment) -> None:
    deployment.store.put("outputs/library/1/0001/sm.webp", b"picture")
    rows = variants("key", "outputs/library/1/0001/sm.webp", "outputs/library/1/0001/md.webp")
    found = check_objects(rows, deployment.store)
    assert not found.passed
    assert found.severity is dg.AssetCheckSeverity.ERROR
    assert found.metadata["missing 1"].value == "outputs/library/1/0001/md.webp"
    assert check_objects(rows.head(1), deployment.store).passed
    assert check_objects(rows.head(0), deployment.store).passed


def test_not_more_objects_are_looked_for_than_a_check_may_take(deployment: Deployment) -> None:
    rows = variants("key", *(f"outputs/library/1/0001/{n}.webp" for n in range(1001)))
    found = check_objects(rows, deployment.store)
    assert found.metadata["objects"].value == 1001
    assert 100 <= int(str(found.metadata["looked_at"].value)) <= 200


def test_two_pictures_of_an_item_with_one_name_are_an_error() -> None:
    assert check_names(variants("name", "sm", "md")).passed
    found = check_names(variants("name", "sm", "sm", "md"))
    assert not found.passed
    assert found.description == "given twice: 0001 sm"


def test_entries_that_were_not_taken_are_counted_by_file() -> None:
    files: list[Mapping[str, object]] = [
        {"filename": "shop.csv", "rows": 10, "bad_rows": 3},
        {"filename": "more.csv", "rows": 5, "bad_rows": 0},
        {"filename": "dress.jpg"},
    ]
    found = entries_taken(rows_of(CATALOGUE_FILES, *files))
    assert isinstance(found, dg.AssetCheckResult)
    assert (found.passed, found.description) == (False, "shop.csv: 3 of 10")
    assert found.metadata["not_taken"].value == 3
    passed = entries_taken(rows_of(CATALOGUE_FILES, *files[1:]))
    assert isinstance(passed, dg.AssetCheckResult)
    assert passed.passed


def test_a_doubtful_mask_is_named_with_what_is_doubtful() -> None:
    good = {"view": "front", "mask_quality": 0.9, "needs_review": False}
    doubtful = {"view": "back", "mask_quality": 0.4, "needs_review": True, "review": "holes"}
    found = masks_trusted(rows_of(CUTOUTS, good, doubtful))
    assert isinstance(found, dg.AssetCheckResult)
    assert (found.passed, found.description) == (False, "0001 back: holes")
    assert found.metadata["lowest"].value == 0.4
    passed = masks_trusted(rows_of(CUTOUTS, good))
    assert isinstance(passed, dg.AssetCheckResult)
    assert passed.passed
