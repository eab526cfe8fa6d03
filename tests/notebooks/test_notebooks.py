"""Every notebook runs: where there is nothing yet, and where its figures are the tables'."""

import importlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from media.pipeline import all_tables
from media.pipelines.library import UPLOADS
from media.pipelines.product_video import CANDIDATE_FRAMES, FRAME_SCORES
from media.pipelines.staging import STAGED_IMAGES
from media.tables import Table
from resources.deployments import Deployment
from resources.notebook_reports import notebooks_in
from tests.notebooks.conftest import UseHome

NOTHING_YET = {
    "explore_warehouse": "Nothing has been made yet",
    "frame_quality": "No clips yet",
    "staging_costs_and_styles": "No staged rooms yet",
    "search_quality": "No products yet",
    "duplicates": "No pictures are indexed yet",
}

Shown = tuple[str, dict[str, Any]]
Run = Callable[[str], Shown]


@contextmanager
def run(name: str) -> Iterator[Shown]:
    """What a notebook's cells show, as one text, and what they define; raises what they raise."""
    outputs, definitions = importlib.import_module(f"notebooks.{name}").app.run()
    try:
        yield "\n".join(out.text for out in outputs if hasattr(out, "text")), dict(definitions)
    finally:
        if deployment := definitions.get("deployment"):
            deployment.close()


@pytest.fixture
def run_filled(filled: Deployment, use_home: UseHome) -> Iterator[Run]:
    """Runs a notebook over the filled installation, whose parts stay until the test ends."""
    use_home(filled.settings.home)
    with ExitStack() as running:
        yield lambda name: running.enter_context(run(name))


def ready(deployment: Deployment, table: Table) -> pl.DataFrame:
    return deployment.tables.ready_rows(table)


def test_every_notebook_is_told_of_here() -> None:
    assert {path.stem for path in notebooks_in()} == set(NOTHING_YET)


@pytest.mark.parametrize("name", NOTHING_YET)
def test_an_empty_installation_is_told_what_to_do(
    name: str, tmp_path: Path, use_home: UseHome
) -> None:
    use_home(tmp_path / "home")
    with run(name) as (text, _):
        assert NOTHING_YET[name] in text
        assert "make dev" in text
    assert not (tmp_path / "home" / "store" / "lance").exists()


def test_the_warehouse_is_listed_with_its_rows_and_refusals(
    run_filled: Run, filled: Deployment
) -> None:
    text, found = run_filled("explore_warehouse")
    rows_of = dict(found["overview"].select("table", "rows").rows())
    assert set(rows_of) == {table.name for table in all_tables()}
    assert rows_of["uploads"] == 3
    assert rows_of["frame_scores"] == ready(filled, FRAME_SCORES).height
    assert found["overview"].filter(pl.col("table") == "uploads")["refused"].item() == 1
    assert found["jobs_a_day"].select("pipeline", "jobs", "items").sort("pipeline").rows() == [
        ("catalogue", 1, 7),
        ("design", 1, 1),
        ("library", 1, 3),
        ("product_video", 1, 1),
        ("staging", 1, 1),
    ]
    [refused] = found["refusals"].filter(pl.col("table") == "uploads").to_dicts()
    assert refused["item"] == "0003"
    assert refused["reason"] in text
    # The fullest table is shown first.
    assert found["table"].name == max(rows_of, key=lambda name: rows_of[name])
    assert found["newest"].height == min(200, max(rows_of.values()))
    assert "vector" not in found["newest"].columns


def test_a_clips_frames_and_candidates_are_those_of_the_tables(
    run_filled: Run, filled: Deployment
) -> None:
    text, found = run_filled("frame_quality")
    scores = ready(filled, FRAME_SCORES)
    candidates = ready(filled, CANDIDATE_FRAMES)
    assert found["scores"]["sharpness"].sort().to_list() == scores["sharpness"].sort().to_list()
    assert found["candidates"]["frame"].to_list() == candidates["frame"].sort().to_list()
    below = scores.filter(pl.col("sharpness") < 5.0).height
    assert 0 < below < scores.height
    assert found["dropped"] == below
    assert f"{candidates.height} became candidates" in text.replace("\n", " ")
    assert int(found["sharpness_of_all"]["frames"].sum()) == scores.height
    assert text.count("data:image/jpeg;base64,") == 1


def test_a_staged_room_is_told_with_its_cost_and_its_score(
    run_filled: Run, filled: Deployment
) -> None:
    text, found = run_filled("staging_costs_and_styles")
    [staged] = ready(filled, STAGED_IMAGES).to_dicts()
    assert found["pictures_by"].rows() == [("modern", "living_room", staged["mode"], "offline", 1)]
    assert found["total_usd"] == 0
    assert "Nothing was charged" in text
    [estimate] = found["estimates"].to_dicts()
    assert (estimate["provider"], estimate["pictures"]) == ("offline", 1)
    assert estimate["difference_usd"] == 0
    [style] = found["by_style"].to_dicts()
    assert style["median_score"] == pytest.approx(staged["structure_score"], abs=1e-3)
    assert text.count("data:image/jpeg;base64,") == 1


def test_the_search_is_judged_by_the_categories_of_neighbours(run_filled: Run) -> None:
    text, found = run_filled("search_quality")
    assert found["products"].height == 8
    assert found["with_vector"] == pytest.approx(7 / 8)
    # What is alone in its category is not judged, and finds no product of its own picture.
    assert found["neighbours"].height == 7
    assert found["judged"].height == 6
    [alone] = found["neighbours"].filter(pl.col("category") == "scarves").to_dicts()
    nearest = found["known"].row(alone["nearest"], named=True)
    assert nearest["product"] != "p01"
    assert dict(found["by_category"].select("category", "products").rows()) == {
        "dresses": 2,
        "tops": 2,
        "trousers": 2,
    }
    shape_of = found["known"]["category_key"].to_list()
    hits = [shape_of[row["row"]] == shape_of[row["nearest"]] for row in found["judged"].to_dicts()]
    assert found["hit_at_1"] == pytest.approx(sum(hits) / 6)
    assert 0 < found["precision_at_5"] <= 0.4
    assert "88%" in text


def test_copies_are_shown_side_by_side_with_the_bytes_that_could_go(
    run_filled: Run, filled: Deployment
) -> None:
    text, found = run_filled("duplicates")
    [copy] = found["spare"].to_dicts()
    small = ready(filled, UPLOADS).filter(pl.col("filename") == "small.jpg")
    assert (copy["filename"], copy["kept"]) == ("small.jpg", "large.jpg")
    assert copy["why"].startswith("perceptual hash")
    assert found["spare_bytes"] == small["bytes"].item()
    assert "data:image/jpeg;base64," in text
