"""Child jobs: a job's originals once more, with some parameters changed for good."""

import json
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest
from pydantic import JsonValue

from media import keys
from media.errors import READY, EmptyFile, InvalidParameter, InvalidRequest
from media.pipelines.design import BRIEFS
from media.pipelines.library import UPLOADS
from media.requests import JobRequest, Parameters
from media.tables import Table
from resources.child_jobs import originals_of
from resources.deployments import Deployment
from resources.object_store import ObjectStore


def original(number: int) -> str:
    return keys.original(f"{number:064x}", "jpg")


def claimed(deployment: Deployment, job: str) -> JobRequest:
    return next(
        request
        for request in deployment.intake.claim(deployment.intake.look())
        if request.job == job
    )


def taken_in(
    deployment: Deployment, request: JobRequest, table: Table, refused: Collection[str] = ()
) -> JobRequest:
    """The request, its items stored as originals, save those refused."""
    rows = []
    for number, item in enumerate(request.items, start=1):
        own = {"job": request.job, "item": item.item, "filename": item.filename}
        if item.item in refused:
            rows.append({**own, **EmptyFile("empty").outcome(), "key": f"refused/{number}"})
            continue
        if item.url is None:
            deployment.store.put(original(number), deployment.uploads.read(item))
        rows.append({**own, **READY, "key": original(number)})
    deployment.tables.write(table, request.job, table.rows(rows))
    return request


@pytest.fixture
def parent(deployment: Deployment, tmp_path: Path) -> JobRequest:
    """A library job of a photo, of one that was refused, and of a URL."""
    photos = [tmp_path / name for name in ("front door.jpg", "empty.jpg")]
    for photo in photos:
        photo.write_bytes(photo.name.encode())
    job = deployment.submissions.submit(
        "library",
        [*photos, "https://shop.example/chair.jpg"],
        {"presets": "sm", "quality": 80},
        "ada",
        "Elm Street 4",
    )
    return taken_in(deployment, claimed(deployment, job), UPLOADS, refused={"0002"})


def again(
    deployment: Deployment,
    parent: JobRequest,
    changes: Mapping[str, JsonValue] | None = None,
    items: Collection[str] | None = None,
) -> JobRequest:
    """The child as it is claimed: so its request is one that is taken."""
    originals = originals_of(parent, deployment.tables)
    job = deployment.submissions.again(parent, originals, changes or {}, items, "ben")
    return claimed(deployment, job)


def nothing_was_submitted(store: ObjectStore, parent: JobRequest) -> bool:
    own = keys.submission_prefix(parent.job)
    return all(stored.key.startswith(own) for stored in store.objects(keys.SUBMISSIONS))


def test_a_child_has_its_parents_originals_and_names(
    deployment: Deployment, parent: JobRequest
) -> None:
    child = again(deployment, parent, {"quality": 60})
    assert (child.parent_job, child.owner, child.project) == (parent.job, "ben", "Elm Street 4")
    assert child.params == {"presets": "sm", "quality": 60}
    assert [(item.item, item.filename, item.key, item.url) for item in child.items] == [
        ("0001", "front door.jpg", original(1), None),
        ("0003", "chair.jpg", original(3), None),
    ]
    assert deployment.uploads.read(child.items[0]) == b"front door.jpg"
    # Nothing was copied, and draining the child takes no original away.
    prefix = keys.submission_prefix(child.job)
    assert [stored.key for stored in deployment.store.objects(prefix)] == [
        keys.submission_request(child.job)
    ]
    taken_in_again = UPLOADS.rows(
        [{"job": child.job, "item": item.item, **READY, "key": item.key} for item in child.items]
    )
    deployment.tables.write(UPLOADS, child.job, taken_in_again)
    assert child.job in deployment.intake.drain()
    assert deployment.store.head(original(1)) is not None


def test_a_parameter_can_be_taken_away(deployment: Deployment, parent: JobRequest) -> None:
    assert again(deployment, parent, {"quality": None}).params == {"presets": "sm"}


def test_some_items_can_be_chosen(deployment: Deployment, parent: JobRequest) -> None:
    assert [item.item for item in again(deployment, parent, items=["0003"]).items] == ["0003"]
    assert [item.item for item in again(deployment, parent, items=["0003", "0002"]).items] == [
        "0003"
    ]


def test_an_items_own_parameters_stay_unless_they_are_changed(
    deployment: Deployment, parent: JobRequest
) -> None:
    own: Parameters = {"quality": 10, "presets": "md"}
    items = [item.model_copy(update={"params": own}) for item in parent.items]
    child = again(deployment, parent.model_copy(update={"items": items}), {"quality": 60})
    assert child.params_of("0001") == {"quality": 60, "presets": "md"}


@pytest.mark.parametrize(
    ("changes", "items", "error", "named"),
    [
        ({"qualty": 1}, None, InvalidParameter, "qualty: is not known"),
        ({"presets": None, "sizes": "no size"}, None, InvalidParameter, "no size"),
        ({}, ["0009"], InvalidRequest, "no item 0009; its items are 0001 to 0003"),
        ({}, ["0002"], InvalidRequest, "submit the files anew"),
        ({}, [], InvalidRequest, "submit the files anew"),
    ],
)
def test_what_cannot_be_done_again_is_said_before_anything_is_stored(
    deployment: Deployment,
    parent: JobRequest,
    changes: Parameters,
    items: list[str] | None,
    error: type[InvalidRequest],
    named: str,
) -> None:
    with pytest.raises(error, match=named):
        again(deployment, parent, changes, items)
    assert nothing_was_submitted(deployment.store, parent)


def test_a_job_that_has_not_run_has_no_originals_yet(
    deployment: Deployment, tmp_path: Path
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(b"photo")
    waiting = claimed(deployment, deployment.submissions.submit("library", [photo], {}))
    with pytest.raises(InvalidRequest, match="wait until it has run"):
        originals_of(waiting, deployment.tables)


def designed(deployment: Deployment, params: Parameters, *briefs: Path) -> JobRequest:
    job = deployment.submissions.submit("design", briefs, params)
    return taken_in(deployment, claimed(deployment, job), BRIEFS)


def test_another_idea_counts_over_the_one_that_was_submitted_without_a_file(
    deployment: Deployment,
) -> None:
    parent = designed(deployment, {"prompt": "red dress", "images": 2, "seed": 7})
    child = again(deployment, parent, {"prompt": "green coat", "seed": None})
    [row] = deployment.fashion.designs_made.briefs(child).to_dicts()
    assert (row["prompt"], row["images"]) == ("green coat", 2)
    assert json.loads(row["asked"])["seed"] is None
    assert row["filename"] == "parameters.json"


def test_a_change_counts_over_what_a_briefs_file_says_and_nothing_else_does(
    deployment: Deployment, tmp_path: Path
) -> None:
    plain, full = tmp_path / "plain.txt", tmp_path / "full.json"
    plain.write_text("a red dress")
    full.write_text('{"prompt": "a blue dress", "images": 3, "occasion": "wedding"}')
    parent = designed(deployment, {"images": 2}, plain, full)
    child = again(deployment, parent, {"images": 1, "seed": 9})
    # What the first file says is not changed, so it is the same file.
    assert child.items[0].key == original(1)
    rows = deployment.fashion.designs_made.briefs(child).to_dicts()
    assert [(row["prompt"], row["images"], row["occasion"]) for row in rows] == [
        ("a red dress", 1, None),
        ("a blue dress", 1, "wedding"),
    ]
    assert [json.loads(row["asked"])["seed"] for row in rows] == [9, 9]
    assert json.loads(deployment.store.get(rows[1]["key"])) == {
        "images": 1,
        "occasion": "wedding",
        "prompt": "a blue dress",
        "seed": 9,
    }
