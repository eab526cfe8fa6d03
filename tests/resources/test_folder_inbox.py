"""The folder inbox: when a file counts as arrived, and names no bucket could hold."""

import os
import time
from pathlib import Path

import pytest

from media.errors import UploadVanished
from resources.inbox import Arrival, FolderInbox
from resources.object_store import ObjectStore
from resources.settings import Settings

NOT_UNICODE = [b"\xff\xfe.jpg", b"caf\xe9.jpg", b"\xff1", b"\xed\xa0\x80.jpg"]
CONTROL = [b"tab\t.jpg", b"line\n.jpg", b"bell\x07", b"del\x7f.jpg", b"back\\slash.jpg", b"b\\2"]
CODED = [b"100%.jpg", b"%41.jpg", b"%ff.jpg", b"%2e%2e", b"%2f", b"..%2f", b"a#1", b"#22", b"%231"]


@pytest.fixture
def drops(settings: Settings) -> Path:
    """The folder people drop into."""
    folder = settings.home / "store" / "inbox" / "library"
    folder.mkdir(parents=True)
    return folder


def inbox(settings: Settings, settle_s: float) -> FolderInbox:
    store = ObjectStore.from_settings(settings)
    assert store.folder is not None
    return FolderInbox(store, store.folder, settle_s)


def being_written(path: Path) -> None:
    """Leaves `path` as it is in the middle of a write: written at this very moment."""
    while True:
        path.write_bytes(b"half")
        stat = path.stat()
        if stat.st_ctime_ns <= stat.st_mtime_ns:
            return


def finished(path: Path, data: bytes = b"whole") -> None:
    """Writes `path` and sets its times, as copying tools do when they are done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (1_000_000_000, 1_000_000_000))


def complete(settings: Settings, settle_s: float) -> set[str]:
    return {a.filename for a in inbox(settings, settle_s).arrivals("library") if a.complete}


def listed(settings: Settings) -> list[Arrival]:
    return inbox(settings, 0).arrivals("library")


def test_a_file_that_is_being_written_waits_until_it_has_settled(
    settings: Settings, drops: Path
) -> None:
    being_written(drops / "a.jpg")
    assert complete(settings, settle_s=3600) == set()
    assert [a.filename for a in inbox(settings, 3600).arrivals("library")] == ["a.jpg"]
    assert complete(settings, settle_s=0) == {"a.jpg"}


def test_a_file_written_on_with_an_old_write_time_still_waits(
    settings: Settings, drops: Path
) -> None:
    finished(drops / "a.jpg")
    with (drops / "a.jpg").open("ab") as file:
        file.write(b" and more")
    while (stat := (drops / "a.jpg").stat()).st_ctime_ns > stat.st_mtime_ns:
        being_written(drops / "a.jpg")
    assert complete(settings, settle_s=3600) == set()


def test_a_file_renamed_into_place_counts_at_once(settings: Settings, drops: Path) -> None:
    path, other = drops / "a.jpg.part", drops / "a.jpg"
    being_written(path)
    assert complete(settings, settle_s=3600) == set()
    # The clock of a file system ticks every few milliseconds; a rename in the same tick as the
    # write cannot be told from a write.
    path.rename(other)
    while (stat := other.stat()).st_ctime_ns <= stat.st_mtime_ns:
        other.rename(path)
        path.rename(other)
    assert complete(settings, settle_s=3600) == {"a.jpg"}


def test_a_copied_file_with_its_times_set_counts_at_once(settings: Settings, drops: Path) -> None:
    finished(drops / "a.jpg")
    assert complete(settings, settle_s=3600) == {"a.jpg"}


def test_a_write_time_in_the_future_only_makes_a_file_wait(settings: Settings, drops: Path) -> None:
    finished(drops / "a.jpg")
    os.utime(drops / "a.jpg", (time.time() + 1e6, time.time() + 1e6))
    assert complete(settings, settle_s=3600) == set()
    assert complete(settings, settle_s=0) == {"a.jpg"}


def test_an_empty_file_waits_and_then_counts(settings: Settings, drops: Path) -> None:
    finished(drops / "a.jpg", b"")
    assert complete(settings, settle_s=3600) == set()
    assert complete(settings, settle_s=0) == {"a.jpg"}


def test_links_and_other_things_that_are_no_files_are_ignored(
    settings: Settings, drops: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    finished(outside / "secret.jpg")
    (drops / "file-link.jpg").symlink_to(outside / "secret.jpg")
    (drops / "folder-link").symlink_to(outside, target_is_directory=True)
    (drops / "dangling.jpg").symlink_to(outside / "nothing")
    os.mkfifo(drops / "pipe.jpg")
    (drops / "folder.jpg").mkdir()
    assert listed(settings) == []


@pytest.mark.parametrize("names", [NOT_UNICODE, CONTROL, CODED], ids=["bytes", "control", "coded"])
def test_any_name_of_the_file_system_is_read_back_kept_and_drained(
    settings: Settings, drops: Path, names: list[bytes]
) -> None:
    paths = [*names, *(b"in/" + name + b"/" + name for name in names)]
    for path in paths:
        finished(Path(os.fsdecode(os.fsencode(drops) + b"/" + path)), b"bytes of " + path)
    arrivals = listed(settings)
    read = {inbox(settings, 0).read(a.key, a.etag): a.key for a in arrivals}
    assert set(read) == {b"bytes of " + path for path in paths}
    assert len({arrival.key for arrival in arrivals}) == len(paths)
    for arrival in arrivals:
        assert arrival.filename.encode()
        ObjectStore.from_settings(settings).head(arrival.key)  # A key the store can be asked for.
        inbox(settings, 0).copy(arrival.key, "refused/J/0001/kept")
    inbox(settings, 0).drain((arrival.key, arrival.etag) for arrival in arrivals)
    assert listed(settings) == []


@pytest.mark.parametrize(
    "key",
    [
        "inbox/library/../../secret",
        "inbox/library/%2e%2e/%2E%2E/secret",
        "inbox/library/..%2f..%2fsecret",
        "inbox/library/%2Fetc%2Fpasswd",
        "/etc/passwd",
        "inbox/library/%00",
    ],
)
def test_no_key_reaches_outside_of_the_inbox(settings: Settings, drops: Path, key: str) -> None:
    secret = settings.home / "store" / "secret"
    secret.write_bytes(b"secret")
    with pytest.raises(UploadVanished):
        inbox(settings, 0).read(key, None)
    with pytest.raises(UploadVanished):
        inbox(settings, 0).drain([(key, None)])
    assert secret.exists()
    assert drops.exists()


def test_draining_survives_a_folder_that_became_a_file(settings: Settings, drops: Path) -> None:
    finished(drops / "rooms" / "a.jpg")
    finished(drops / "z.jpg")
    taken = [(arrival.key, arrival.etag) for arrival in listed(settings)]
    (drops / "rooms" / "a.jpg").unlink()
    (drops / "rooms").rmdir()
    finished(drops / "rooms", b"a file now")
    inbox(settings, 0).drain(taken)
    assert [arrival.filename for arrival in listed(settings)] == ["rooms"]


def test_a_folder_that_cannot_be_read_keeps_nobody_else_waiting(
    settings: Settings, drops: Path
) -> None:
    finished(drops / "a.jpg")
    finished(drops / "locked" / "b.jpg")
    (drops / "locked").chmod(0)
    try:
        if os.access(drops / "locked", os.R_OK):
            pytest.skip("this user may read every folder")
        assert complete(settings, settle_s=0) == {"a.jpg"}
    finally:
        (drops / "locked").chmod(0o700)
