"""The inbox, in a folder and in a bucket alike: what arrived can be read, kept and drained."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from media.errors import UploadVanished
from resources.deployments import Deployment
from resources.inbox import Arrival

ODD_NAMES = [
    'it\'s "quoted".jpg',
    "Küche und Flur.jpg",
    " leading space.jpg",
    "100%.jpg",
    "%2e%2e",
    "a%2Fb.jpg",
    "-rf.jpg",
    "2024",
    "x" * 180,
    "rooms/second floor/客厅 1.png",
    "rooms/100%/#a1.jpg",
]
UNFINISHED = [
    "a.jpg.part",
    "A.JPG.PARTIAL",
    "b.crdownload",
    "c.tmp",
    "d.filepart",
    ".hidden.jpg",
    ".sync/e.jpg",
    "rooms/.cache/deep/f.jpg",
]

PutUpload = Callable[[str, bytes], None]


@pytest.fixture
def put_upload(anywhere: Deployment) -> PutUpload:
    """Puts an upload in the inbox of `library`, as somebody else's program would."""
    return lambda name, data: anywhere.store.put(f"inbox/library/{name}", data)


def only(arrivals: list[Arrival]) -> Arrival:
    assert len(arrivals) == 1, arrivals
    return arrivals[0]


def test_an_upload_is_listed_with_its_name_size_and_time(
    anywhere: Deployment, put_upload: PutUpload
) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    put_upload("rooms/sofa.jpg", b"12345")
    arrival = only(anywhere.inbox.arrivals("library"))
    assert (arrival.filename, arrival.bytes, arrival.complete) == ("rooms/sofa.jpg", 5, True)
    assert arrival.key == "inbox/library/rooms/sofa.jpg"
    assert before <= arrival.arrived_at <= datetime.now(UTC)
    assert anywhere.inbox.read(arrival.key, arrival.etag) == b"12345"


def test_an_empty_or_missing_inbox_has_no_arrivals(anywhere: Deployment) -> None:
    anywhere.inbox.prepare(["library"])
    assert anywhere.inbox.arrivals("library") == []
    assert anywhere.inbox.arrivals("staging") == []


def test_each_pipeline_has_its_own_arrivals(anywhere: Deployment, put_upload: PutUpload) -> None:
    put_upload("a.jpg", b"x")
    anywhere.store.put("inbox/library2/b.jpg", b"x")
    assert only(anywhere.inbox.arrivals("library")).filename == "a.jpg"
    assert only(anywhere.inbox.arrivals("library2")).filename == "b.jpg"


def test_odd_names_are_told_as_they_are_and_read_back(
    anywhere: Deployment, put_upload: PutUpload
) -> None:
    for name in ODD_NAMES:
        put_upload(name, name.encode())
    arrivals = anywhere.inbox.arrivals("library")
    assert sorted(arrival.filename for arrival in arrivals) == sorted(ODD_NAMES)
    assert [a.key for a in arrivals] == sorted({arrival.key for arrival in arrivals})
    for arrival in arrivals:
        assert anywhere.inbox.read(arrival.key, arrival.etag) == arrival.filename.encode()


def test_partial_and_hidden_files_are_never_complete(
    anywhere: Deployment, put_upload: PutUpload
) -> None:
    for name in UNFINISHED:
        put_upload(name, b"x")
    put_upload("department/partial.part.jpg", b"x")
    complete = {a.filename for a in anywhere.inbox.arrivals("library") if a.complete}
    assert complete == {"department/partial.part.jpg"}


def test_an_upload_that_was_replaced_is_not_read_as_the_old_one(
    anywhere: Deployment, put_upload: PutUpload
) -> None:
    put_upload("a.jpg", b"old")
    old = only(anywhere.inbox.arrivals("library"))
    put_upload("a.jpg", b"newer")
    with pytest.raises(UploadVanished, match="replaced"):
        anywhere.inbox.read(old.key, old.etag)
    new = only(anywhere.inbox.arrivals("library"))
    assert (new.key, new.etag == old.etag) == (old.key, False)
    assert anywhere.inbox.read(new.key, new.etag) == b"newer"
    assert anywhere.inbox.read(new.key, None) == b"newer"


def test_an_upload_that_is_gone_has_vanished(anywhere: Deployment, put_upload: PutUpload) -> None:
    put_upload("a.jpg", b"old")
    arrival = only(anywhere.inbox.arrivals("library"))
    anywhere.store.delete([arrival.key])
    with pytest.raises(UploadVanished):
        anywhere.inbox.read(arrival.key, arrival.etag)


def test_draining_removes_what_was_taken_and_leaves_what_is_new(
    anywhere: Deployment, put_upload: PutUpload
) -> None:
    for name in ("taken.jpg", "replaced.jpg", "100%/odd 1", "gone.jpg"):
        put_upload(name, b"old")
    taken = [(arrival.key, arrival.etag) for arrival in anywhere.inbox.arrivals("library")]
    put_upload("replaced.jpg", b"newer")
    put_upload("unseen.jpg", b"new")
    anywhere.store.delete(["inbox/library/gone.jpg"])
    anywhere.inbox.drain(taken)
    left = [arrival.filename for arrival in anywhere.inbox.arrivals("library")]
    assert left == ["replaced.jpg", "unseen.jpg"]
    anywhere.inbox.drain(taken)
    assert [a.filename for a in anywhere.inbox.arrivals("library")] == left


def test_a_copy_is_kept_under_another_key(anywhere: Deployment, put_upload: PutUpload) -> None:
    put_upload("rooms/100% 1", b"bytes")
    arrival = only(anywhere.inbox.arrivals("library"))
    anywhere.inbox.copy(arrival.key, "refused/J/0001/kept")
    assert anywhere.store.get("refused/J/0001/kept") == b"bytes"
    assert anywhere.inbox.arrivals("library") == [arrival]
