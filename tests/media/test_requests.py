"""Job requests: what is wrong in a `request.json` is named, and nothing unknown slips through."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from media.errors import InvalidRequest
from media.requests import MAX_PROJECT, JobRequest, RequestedItem, parse_request

JOB = "01K0000000000000000000000A"


def asked(**changes: Any) -> str:
    """A lawful request as JSON, with changes."""
    item = {"item": "0001", "key": f"submissions/{JOB}/0001-a.jpg", "filename": "a.jpg"}
    request = {
        "job": JOB,
        "pipeline": "library",
        "submitted_at": "2026-03-01T12:00:00Z",
        "items": [item],
    }
    return json.dumps(request | changes)


def items(count: int) -> list[dict[str, str]]:
    return [{"item": f"{n:04d}", "key": "k", "filename": "f"} for n in range(1, count + 1)]


def test_a_request_needs_only_job_pipeline_time_and_items() -> None:
    request = parse_request(asked())
    assert (request.job, request.pipeline, request.owner) == (JOB, "library", "local")
    assert request.submitted_at == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert request.items[0].etag is None


def test_a_stored_request_reads_back_the_same() -> None:
    request = JobRequest(
        job=JOB,
        pipeline="library",
        submitted_at=datetime.now(UTC),
        params={"presets": ["md"], "quality": 70},
        items=[RequestedItem(item="0001", key="k", filename="Küche \n.jpg", etag="e", bytes=3)],
        callback_url="https://shop.example/done",
        parent_job=JOB,
    )
    assert parse_request(request.model_dump_json().encode()) == request


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"colour": 1}, "colour: is not known"),
        ({"items": [items(1)[0] | {"size": 1}]}, "items.0.size: is not known"),
        ({"job": "yesterday"}, "job: "),
        ({"job": f"../{JOB}"}, "job: "),
        ({"job": f"{JOB}\n"}, "job: "),
        ({"parent_job": "x"}, "parent_job: "),
        ({"project": "x" * (MAX_PROJECT + 1)}, "project: the name of a project has at most 100"),
        ({"project": ["Elm Street"]}, "project: "),
        ({"submitted_at": "0001-01-01T00:00:00+14:00"}, "submitted_at: "),
        ({"submitted_at": "soon"}, "submitted_at: "),
        ({"pipeline": None}, "pipeline: "),
        ({"params": ["md"]}, "params: "),
        ({"items": []}, "items: "),
        ({"items": items(501)}, "items: "),
        ({"items": [items(1)[0] | {"item": "1"}]}, "items.0.item: "),
        ({"items": [items(1)[0] | {"item": "../1"}]}, "items.0.item: "),
        ({"items": [items(1)[0] | {"bytes": -1}]}, "items.0.bytes: "),
        ({"items": [{"item": "0001", "filename": "f"}]}, "items.0.key: "),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidRequest) as raised:
        parse_request(asked(**changes))
    assert str(raised.value).startswith(f"request.json: {named}")
    assert "\n" not in str(raised.value).strip()


def test_everything_that_is_wrong_is_named_at_once() -> None:
    with pytest.raises(InvalidRequest, match=r"submitted_at: .*; colour: is not known"):
        parse_request(asked(colour=1, submitted_at="soon"))


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b"\x89PNG\r\n", b"[" * 10_000]
)
def test_what_is_no_request_at_all_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(InvalidRequest, match=r"^request\.json: "):
        parse_request(data)


def test_five_hundred_items_are_one_job() -> None:
    assert len(parse_request(asked(items=items(500))).items) == 500


def test_an_items_own_parameters_lie_over_the_jobs() -> None:
    both = [items(2)[0] | {"params": {"quality": 10}}, items(2)[1]]
    request = parse_request(asked(params={"quality": 80, "presets": ["md"]}, items=both))
    assert request.params_of("0001") == {"quality": 10, "presets": ["md"]}
    assert request.params_of("0002") == {"quality": 80, "presets": ["md"]}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("Elm Street 4", "Elm Street 4"),
        ("  Elm\tStreet \n 4\x00", "Elm Street 4"),
        ("Ku\u0308che", "K\u00fcche"),
        ("x" * MAX_PROJECT, "x" * MAX_PROJECT),
        (" \n", None),
        (None, None),
    ],
)
def test_projects_that_read_the_same_are_one(given: str | None, name: str | None) -> None:
    assert parse_request(asked(project=given)).project == name


def test_times_are_kept_in_utc() -> None:
    east = parse_request(asked(submitted_at="2026-03-01T12:00:00+02:00")).submitted_at
    assert east.isoformat() == "2026-03-01T10:00:00+00:00"
    unsaid = parse_request(asked(submitted_at="2026-03-01T12:00:00")).submitted_at
    assert unsaid.isoformat() == "2026-03-01T12:00:00+00:00"
