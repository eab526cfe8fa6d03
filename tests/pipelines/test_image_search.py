"""Pictures of all pipelines: found by likeness, near-duplicates told, reported ones withheld."""

from pathlib import Path

import pytest
from PIL import Image, ImageFilter

from media.errors import InvalidRequest
from media.pipelines.design import DESIGNS
from orchestration.cli.copying import copy_outputs
from orchestration.once import JobRunner
from orchestration.search_upkeep import search_job
from resources.settings import PROJECT_ROOT
from tests.pipelines.job_tables import rows

PHOTO = PROJECT_ROOT / "data" / "samples" / "living-room.jpg"
OTHER = PROJECT_ROOT / "data" / "samples" / "house-at-dusk.jpg"


@pytest.fixture
def filled(runner: JobRunner, tmp_path: Path) -> JobRunner:
    """A runner over an installation with photos, lesser copies of one, and a design."""
    image = Image.open(PHOTO).convert("RGB")
    small = tmp_path / "small.jpg"
    image.resize((image.width // 3, image.height // 3)).save(small, quality=70)
    soft = tmp_path / "soft.jpg"
    image.filter(ImageFilter.GaussianBlur(4)).save(soft, quality=90)
    submissions = runner.deployment.submissions
    uploaded = submissions.submit("library", [PHOTO, OTHER, small, soft], {"presets": "sm"})
    assert runner.run_job(uploaded) == "done"
    designed = submissions.submit("design", [], {"prompt": "red dress", "images": 2})
    assert runner.run_job(designed) == "done"
    return runner


def test_pictures_are_found_by_likeness_and_near_duplicates_are_told(filled: JobRunner) -> None:
    index = filled.deployment.fashion.image_index
    done = index.catch_up()
    assert (done.added, done.unreadable, done.pictures) == (6, 0, 6)
    assert index.catch_up().added == 0
    named = index.table.rows(columns=["embedder", "embedder_version"]).unique().row(0)
    assert "-".join(named) == index.embeddings.name
    by_file = index.similar(PHOTO.read_bytes(), 10)
    assert by_file[0].filename == "living-room.jpg"
    assert by_file[0].similarity == pytest.approx(1, abs=1e-3)
    assert {found.pipeline for found in by_file} == {"library", "design"}
    by_key = index.similar(by_file[0].key, 2)
    assert {found.filename for found in by_key} == {"small.jpg", "soft.jpg"}
    parts = {part.name for part in filled.deployment.fashion.embeddings.embedder.parts}
    assert set(by_key[0].cosines) == parts
    with pytest.raises(InvalidRequest, match="no picture"):
        index.similar("outputs/nowhere.jpg")

    [group] = index.duplicates()
    names = dict(index.table.rows(columns=["id", "filename"]).rows())
    assert names[group.keep] == "living-room.jpg"
    assert {names[other.key] for other in group.others} == {"small.jpg", "soft.jpg"}


def test_what_was_reported_is_withheld_and_what_is_gone_is_forgotten(
    filled: JobRunner, tmp_path: Path
) -> None:
    deployment = filled.deployment
    index = deployment.fashion.image_index
    index.catch_up()
    [design] = [job for job in filled.ledger.jobs() if job.pipeline == "design"]
    first, second = rows(filled, DESIGNS, design.job)["key"]
    assert second in {found.key for found in index.similar(first)}
    deployment.reports.report(second, "not for children")
    assert second not in {found.key for found in index.similar(first)}
    details = filled.ledger.job(design.job)
    reported = deployment.reports.reported().keys()
    copied = copy_outputs(details, deployment.store, tmp_path / "out", reported)
    assert [key for key, _ in copied] == [first]

    deployment.store.delete([o.key for o in deployment.store.objects("tables/designs/")])
    done = index.catch_up()
    assert (done.removed, done.pictures) == (2, 4)


def test_the_schedule_indexes_what_can_be_read_and_tries_the_rest_once(filled: JobRunner) -> None:
    store = filled.deployment.store
    key = next(o.key for o in store.objects("originals/") if o.key.endswith(".jpg"))
    store.put(key, b"damaged")
    upkeep = filled.definitions.get_job(search_job.name)
    assert upkeep.execute_in_process(instance=filled.instance).success
    index = filled.deployment.fashion.image_index
    indexed = index.table.rows(columns=["pipeline"])
    assert sorted(indexed["pipeline"]) == ["design"] * 2 + ["library"] * 4
    assert index.table.rows("vector IS NULL")["id"].to_list() == [key]
    again = index.catch_up()
    assert (again.added, again.unreadable) == (0, 0)
