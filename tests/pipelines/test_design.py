"""Designs through the pipeline, offline: briefs, pictures, products and ateliers, with reasons."""

import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import dagster as dg
import pytest
from PIL import Image

from media.errors import InvalidRequest
from media.pipelines.design import (
    ATELIER_MATCHES,
    BRIEFS,
    DESIGN_EMBEDDINGS,
    DESIGNS,
    ENHANCED_PROMPTS,
    PRODUCT_MATCHES,
)
from media.requests import Parameters
from orchestration.once import JobRunner
from tests.pipelines.fashion_files import ATELIERS, write_csv, write_shop
from tests.pipelines.job_tables import rows

IDEA: Parameters = {
    "prompt": "red floral summer dress with lace",
    "budget": "120",
    "images": 2,
    "location": "Lyon",
    "brands": "North",
}


def run(runner: JobRunner, params: Parameters, briefs: Sequence[Path] = ()) -> str:
    job = runner.deployment.submissions.submit("design", briefs, params)
    assert runner.run_job(job) == "done", runner.ledger.job(job).error
    return job


@pytest.fixture
def shop(runner: JobRunner, tmp_path: Path) -> JobRunner:
    """A runner over an installation that has a small shop and two ateliers."""
    files = [*write_shop(tmp_path / "shop"), write_csv(tmp_path / "ateliers.csv", ATELIERS)]
    job = runner.deployment.submissions.submit("catalogue", files, {})
    assert runner.run_job(job) == "done"
    return runner


def test_an_idea_becomes_pictures_products_and_ateliers(shop: JobRunner) -> None:
    job = run(shop, IDEA)

    brief = rows(shop, BRIEFS, job).row(0, named=True)
    assert (brief["filename"], brief["budget"]) == ("parameters.json", Decimal(120))
    prompts = rows(shop, ENHANCED_PROMPTS, job)
    assert prompts["name"].to_list() == ["design-1", "design-2"]
    assert prompts["seed"].n_unique() == 2
    assert set(prompts["garment"]) == {"dress"}
    assert all(text.startswith("red floral summer dress with lace") for text in prompts["prompt"])
    designs = rows(shop, DESIGNS, job)
    assert set(designs["status"]) == {"ready"}
    assert designs["key"].n_unique() == 2
    for row in designs.to_dicts():
        assert "concept" in row["words"]
        assert (row["provider"], row["cost_usd"], row["moderated_by"]) == ("offline", 0.0, "off")
        image = Image.open(io.BytesIO(shop.deployment.store.get(row["key"])))
        assert (image.format, image.size) == ("WEBP", (768, 1024))
    assert rows(shop, DESIGN_EMBEDDINGS, job)["vector"].null_count() == 0

    matches = rows(shop, PRODUCT_MATCHES, job)
    for _, of_one in matches.group_by("name"):
        # Tops and trousers are no match for a dress, whatever they look like.
        assert of_one["rank"].to_list() == [1, 2]
        assert set(of_one["category"]) == {"dresses"}
        within = of_one["within_budget"].to_list()
        assert within == sorted(within, reverse=True)
        weighed = (
            of_one["similarity"] * 0.6
            + of_one["price_alignment"] * 0.2
            + of_one["brand_match"] * 0.1
            + of_one["availability_part"] * 0.1
        )
        assert weighed.to_list() == pytest.approx(of_one["score"].to_list())
    assert matches.filter(rank=1)["product"].to_list() == ["p01", "p01"]
    ateliers = rows(shop, ATELIER_MATCHES, job)
    assert ateliers["atelier"].to_list() == ["a1", "a1"]
    told = " | ".join(ateliers["reasons"][0])
    assert "dresses" in told
    assert "Lyon" in told
    assert "120" in told
    assert "lace" in ateliers["decorations"][0] or ateliers["fabric"][0] == "lace"
    assert "words" in ateliers["features_by"][0]


def test_what_the_budget_allows_comes_before_what_is_more_alike(shop: JobRunner) -> None:
    job = run(shop, {"prompt": "plain blue dress", "budget": "100", "images": 1})
    matches = rows(shop, PRODUCT_MATCHES, job)
    assert matches.select("product", "within_budget").rows() == [("p01", True), ("p02", False)]
    assert matches["score"][1] > matches["score"][0]


def test_the_run_shows_designs_beside_their_products(shop: JobRunner) -> None:
    job = run(shop, {**IDEA, "images": 1})
    event = shop.instance.get_latest_materialization_event(
        dg.AssetKey(["design", "product_matches"])
    )
    assert event is not None
    assert event.asset_materialization is not None
    sheet = event.asset_materialization.metadata["matches"]
    assert "data:image/jpeg;base64," in str(sheet.value)
    drawn = shop.deployment.fashion.design_sheets.sheet_of_job(job)
    assert drawn is not None
    assert Image.open(io.BytesIO(drawn)).width > 1000


def test_a_seed_makes_the_same_picture_and_each_picture_has_its_own(runner: JobRunner) -> None:
    first = rows(runner, DESIGNS, run(runner, {"prompt": "green coat", "seed": 7, "images": 3}))
    assert first["seed"][0] == 7
    assert first["seed"].n_unique() == first["content_sha256"].n_unique() == 3
    # Fewer pictures of the same brief are the first of the same ones.
    again = rows(runner, DESIGNS, run(runner, {"prompt": "green coat", "seed": 7, "images": 1}))
    assert again["key"].to_list() == first["key"].to_list()[:1]
    other = rows(runner, DESIGNS, run(runner, {"prompt": "green coat", "seed": 8, "images": 1}))
    assert other["content_sha256"][0] not in first["content_sha256"].to_list()


def test_briefs_may_be_files_and_a_bad_one_disturbs_no_other(
    runner: JobRunner, tmp_path: Path
) -> None:
    texts = {
        "words.txt": "a navy blazer for work",
        "brief.json": '{"type": "skirt", "palette": "yellow", "images": 2}',
        "unknown.json": '{"colour": "red"}',
        "cut.json": '{"type": "skirt"',
        "nothing.json": "{}",
        "empty.txt": "",
    }
    paths = []
    for name, text in texts.items():
        path = tmp_path / name
        path.write_text(text)
        paths.append(path)
    binary = tmp_path / "binary.txt"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    job = run(runner, {"images": 1}, [*paths, binary])

    briefs = rows(runner, BRIEFS, job)
    assert briefs["reason"].to_list() == [
        *(None, None, "unreadable_brief", "unreadable_brief"),
        *("empty_brief", "empty", "unreadable_brief"),
    ]
    assert "colour" in briefs["detail"][2]
    designs = rows(runner, DESIGNS, job)
    assert designs.select("filename", "garment").rows() == [
        ("words.txt", "blazer"),
        ("brief.json", "skirt"),
        ("brief.json", "skirt"),
    ]


def test_without_a_catalogue_there_are_pictures_and_no_matches(runner: JobRunner) -> None:
    job = run(runner, {"type": "dress", "images": 1})
    assert rows(runner, DESIGNS, job)["status"].to_list() == ["ready"]
    assert rows(runner, PRODUCT_MATCHES, job).is_empty()
    assert rows(runner, ATELIER_MATCHES, job).is_empty()
    [item] = runner.ledger.job(job).items
    assert (item.status, len(item.outputs)) == ("ready", 1)


def test_an_idea_of_nothing_is_said_before_anything_runs(runner: JobRunner) -> None:
    with pytest.raises(InvalidRequest, match="1 to 50 files, not 0"):
        runner.deployment.submissions.submit("design", [], {"budget": "100"})
    with pytest.raises(InvalidRequest, match="budget"):
        runner.deployment.submissions.submit("design", [], {"prompt": "coat", "budget": "-1"})
