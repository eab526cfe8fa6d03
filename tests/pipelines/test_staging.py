"""Rooms through the pipeline, offline: examined, described, staged or refused with a reason."""

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import dagster as dg
import polars as pl
import pytest
from PIL import Image

from media.errors import InvalidParameter, InvalidRequest
from media.pipelines.staging import ROOM_LAYOUTS, ROOM_PHOTOS, STAGED_IMAGES, STAGING_PROMPTS
from media.requests import Parameters
from orchestration.once import JobRunner
from resources.settings import PROJECT_ROOT
from tests.conftest import MakePicture
from tests.media.room_scenes import empty_room, furnish_crudely
from tests.pipelines.job_tables import rows

ROOM = PROJECT_ROOT / "data" / "samples" / "staging" / "empty-room.jpg"
Save = Callable[[str, bytes], Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    def write(name: str, data: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


def run(runner: JobRunner, photos: Sequence[Path], params: Parameters) -> str:
    job = runner.deployment.submissions.submit("staging", photos, params)
    assert runner.run_job(job) == "done"
    return job


def jpeg(width_px: int, seed: int, *, furnished: bool = False) -> bytes:
    scene = empty_room(seed, width_px)
    shown = furnish_crudely(scene, seed) if furnished else scene
    buffer = io.BytesIO()
    Image.fromarray(shown.photo).save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def test_a_room_is_staged_in_every_style_and_variation(runner: JobRunner) -> None:
    params: Parameters = {
        "room_type": "bedroom",
        "style": "modern,scandinavian",
        "variations": 2,
        "seed": 7,
    }
    job = run(runner, [ROOM], params)

    layout = rows(runner, ROOM_LAYOUTS, job).row(0, named=True)
    assert (layout["is_room"], layout["obstacle"], layout["note"]) == (True, None, None)
    assert (layout["width_px"], layout["height_px"]) == (1500, 1000)
    prompts = rows(runner, STAGING_PROMPTS, job)
    names = ["modern-1", "modern-2", "scandinavian-1", "scandinavian-2"]
    assert prompts["name"].to_list() == names
    assert set(prompts["source"]) == {"exact"}
    assert prompts.filter(pl.col("variation") == 1)["seed"].to_list() == [7, 7]
    staged = rows(runner, STAGED_IMAGES, job)
    assert staged["name"].to_list() == names
    assert set(staged["status"]) == {"ready"}
    assert staged["key"].n_unique() == 4
    assert staged.select("provider", "cost_usd", "prediction").unique().row(0) == (
        *("offline", 0.0),
        None,
    )
    for row in staged.to_dicts():
        assert row["words"].startswith("offline preview, ")
        assert "bed" in row["words"].partition(": ")[2]
        assert row["structure_score"] > 0.8
        assert 0.02 < row["changed_part"] < 0.7
        image = Image.open(io.BytesIO(runner.deployment.store.get(row["key"])))
        assert (image.format, image.size) == ("JPEG", (1500, 1000))
    details = runner.ledger.job(job)
    assert details.cost_usd == 0
    assert [output.name for output in details.items[0].outputs] == names


def test_the_run_shows_before_and_after_and_checks_the_pictures(runner: JobRunner) -> None:
    job = run(runner, [ROOM], {"room_type": "living_room"})
    key = dg.AssetKey(["staging", "staged_images"])
    event = runner.instance.get_latest_materialization_event(key)
    assert event is not None
    materialization = event.asset_materialization
    assert materialization is not None
    sheet = materialization.metadata["before_after"]
    assert isinstance(sheet, dg.MarkdownMetadataValue)
    assert "data:image/jpeg;base64," in str(sheet.md_str)
    run_record = runner.ledger.last_run(job)
    assert run_record is not None
    evaluations = [
        entry.dagster_event.asset_check_evaluation_data
        for entry in runner.instance.all_logs(
            run_record.run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION
        )
        if entry.dagster_event
    ]
    of_images = {check.check_name: check.passed for check in evaluations if check.asset_key == key}
    assert of_images == {
        "outcomes": True,
        "objects_there": True,
        "names_unique": True,
        "shape_kept": True,
        "structure_kept": True,
        "something_changed": True,
        "not_blank": True,
    }


def test_each_photo_that_cannot_be_staged_says_why_and_disturbs_no_other(
    runner: JobRunner, save: Save, make_picture: MakePicture
) -> None:
    photos = [
        ROOM,
        save("furnished.jpg", jpeg(1000, 5, furnished=True)),
        save("no-room.jpg", make_picture(900, 600)),
        save("small.jpg", make_picture(511, 300)),
        save("cut.jpg", ROOM.read_bytes()[:9000]),
        save("text.jpg", b"not a picture"),
    ]
    job = run(runner, photos, {"room_type": "living_room"})
    taken = rows(runner, ROOM_PHOTOS, job)
    assert taken["reason"].to_list() == [
        *(None, None, None),
        *("too_small", "corrupt", "unsupported_type"),
    ]
    assert "512" in taken["detail"][3]
    layouts = rows(runner, ROOM_LAYOUTS, job)
    assert layouts["is_room"].to_list()[::2] == [True, False]
    assert "not look like" in layouts["note"][2]
    staged = rows(runner, STAGED_IMAGES, job)
    assert staged["status"].to_list() == ["ready", "refused", "refused"]
    assert staged["reason"][1] in {"floor_not_free", "layout_unclear"}
    assert staged["reason"][2] == "layout_unclear"
    assert staged["reason"][1] in str(layouts["obstacle"][1])


def test_a_photo_can_be_enhanced_and_what_needs_a_model_says_so(runner: JobRunner) -> None:
    job = run(runner, [ROOM], {"mode": "enhance", "format": "png"})
    staged = rows(runner, STAGED_IMAGES, job).row(0, named=True)
    assert (staged["status"], staged["style"], staged["format"]) == ("ready", None, "png")
    for mode in ("declutter", "empty", "restyle"):
        job = run(runner, [ROOM], {"mode": mode})
        staged = rows(runner, STAGED_IMAGES, job).row(0, named=True)
        assert staged["reason"] == "mode_not_offered"
        assert "SHOWROOM_REPLICATE_API_TOKEN" in staged["detail"]


@pytest.mark.parametrize("params", [{"area": "floor"}, {"model": "qwen/qwen-image-edit"}])
def test_what_the_offline_provider_cannot_do_is_not_passed_over(
    runner: JobRunner, params: Parameters
) -> None:
    job = run(runner, [ROOM], params)
    assert rows(runner, STAGED_IMAGES, job)["reason"].to_list() == ["mode_not_offered"]


def test_the_same_photo_is_examined_and_staged_once(runner: JobRunner, save: Save) -> None:
    params: Parameters = {"room_type": "living_room"}
    copy = save("copy.jpg", ROOM.read_bytes())
    first = run(runner, [ROOM, copy], params)
    made = runner.deployment.store.objects("outputs/staging/")
    assert len(list(made)) == 1
    second = run(runner, [ROOM], params)
    assert len(list(runner.deployment.store.objects("outputs/staging/"))) == 1
    of_both = [rows(runner, STAGED_IMAGES, job) for job in (first, second)]
    assert of_both[0]["key"].to_list() == [of_both[1]["key"][0]] * 2
    # Another seed is another picture.
    third = run(runner, [ROOM], {**params, "seed": 99})
    assert rows(runner, STAGED_IMAGES, third)["key"][0] != of_both[1]["key"][0]


def test_a_job_takes_fifty_photos_and_says_so_before_anything_is_stored(runner: JobRunner) -> None:
    submissions = runner.deployment.submissions
    with pytest.raises(InvalidRequest, match="1 to 50 files, not 51"):
        submissions.submit("staging", [ROOM] * 51, {})
    with pytest.raises(InvalidParameter, match="modern, contemporary"):
        submissions.submit("staging", [ROOM], {"style": "gothic"})
    assert list(runner.deployment.store.objects("")) == []
