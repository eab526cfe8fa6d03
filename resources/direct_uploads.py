"""Direct uploads: a browser puts large files straight into a bucket, past this process.

    begin -> one signed address a file -> the browser puts them -> Submissions.complete

Until the request of a submission is written, what lies under its keys is no job; what is never
completed is removed after a while.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from media import keys
from media.errors import InvalidRequest
from media.job_ids import JOB_ID_PATTERN, new_job_id
from media.requests import MAX_ITEMS, RequestedItem
from media.reviews import as_text
from resources.object_store import ObjectStore, StoredObject

UPLOAD_S = 3600
"""How long after its beginning a file may start to be put."""
MOST_BYTES = 5_000_000_000
"""What one put may carry, in S3 and the services that are like it."""


@dataclass(frozen=True)
class SignedPut:
    """Where one file is put, by an HTTP PUT of its bytes and nothing else."""

    position: int
    filename: str
    key: str
    url: str = field(repr=False)
    expires_at: datetime
    """UTC; a put that has begun by then may go on."""


@dataclass(frozen=True)
class Upload:
    """Files on their way to become the job of this id."""

    job: str
    puts: tuple[SignedPut, ...]


@dataclass(frozen=True)
class DirectUploads:
    """Lets whoever has an address put one file each; a folder cannot offer that."""

    store: ObjectStore

    @property
    def offered(self) -> bool:
        """Whether the store can sign addresses; else files go through this process."""
        return self.store.signed_url(keys.SUBMISSIONS, "PUT", UPLOAD_S) is not None

    def begin(self, files: Sequence[tuple[str, int]]) -> Upload:
        """An address for each file, given by name and size in bytes as the browser tells them.

        Raises `InvalidRequest` where uploads are not offered, and for files that cannot be meant.
        The sizes are looked at again when the upload is completed.
        """
        if not 1 <= len(files) <= MAX_ITEMS:
            raise InvalidRequest(f"an upload has 1 to {MAX_ITEMS} files, not {len(files)}")
        if large := [name for name, size in files if not 0 <= size <= MOST_BYTES]:
            raise InvalidRequest(
                f"a file of an upload has 0 to {MOST_BYTES:,} bytes; others: {', '.join(large)}"
            )
        job = new_job_id()
        expires_at = datetime.now(UTC) + timedelta(seconds=UPLOAD_S)
        return Upload(
            job,
            tuple(
                self._put(job, position, as_text(name), expires_at)
                for position, (name, _) in enumerate(files, start=1)
            ),
        )

    def _put(self, job: str, position: int, name: str, expires_at: datetime) -> SignedPut:
        key = keys.submission_file(job, position, name)
        url = self.store.signed_url(key, "PUT", UPLOAD_S)
        if url is None:
            raise InvalidRequest(
                "this installation keeps its files in a folder, where nothing can be uploaded "
                "directly; submit the files as usual"
            )
        return SignedPut(position, name, key, url, expires_at)

    def remove_abandoned(self, now: datetime, older_than: timedelta) -> int:
        """Remove files put for jobs that were never sent; how many there were.

        A job's files stay while the newest of them is younger than `older_than`.
        """
        of_jobs: dict[str, list[StoredObject]] = defaultdict(list)
        for stored in self.store.objects(keys.SUBMISSIONS):
            job = stored.key.removeprefix(keys.SUBMISSIONS).partition("/")[0]
            if JOB_ID_PATTERN.fullmatch(job):
                of_jobs[job].append(stored)
        abandoned = [
            stored.key
            for job, found in of_jobs.items()
            if not _is_sent(job, found)
            and all(now - each.modified_at > older_than for each in found)
            for stored in found
        ]
        self.store.delete(abandoned)
        return len(abandoned)


def _is_sent(job: str, found: Sequence[StoredObject]) -> bool:
    """Whether what lies under a submission's keys has its request, or had a wrong one."""
    requests = {keys.submission_request(job), keys.submission_rejection(job)}
    return any(stored.key in requests for stored in found)


def uploaded_items(
    store: ObjectStore, job: str, files: Sequence[tuple[str, str]], most_bytes: int
) -> list[RequestedItem]:
    """The items of a job whose files, (key, name) each, were put under its keys, in order.

    What counts is what lies in the store. Raises `InvalidRequest` for a job that was sent before,
    and for a file that is not there or is larger than `most_bytes`, by name; one too large is
    deleted.
    """
    _require_unsent(store, job)
    prefix = keys.submission_prefix(job)
    there = {stored.key: stored for stored in store.objects(prefix)}
    names = {key: as_text(name) for key, name in files}
    if len(names) < len(files):
        raise InvalidRequest("a file of this upload is named twice")
    if strange := [name for key, name in names.items() if not key.startswith(prefix)]:
        raise InvalidRequest(f"not a file of this upload: {', '.join(strange)}")
    if missing := [name for key, name in names.items() if key not in there]:
        raise InvalidRequest(f"not uploaded, or not to the end: {', '.join(missing)}")
    _require_small(store, {key: there[key] for key in names}, names, most_bytes)
    return [
        RequestedItem(
            item=f"{position:04d}",
            key=key,
            filename=name,
            etag=there[key].etag,
            bytes=there[key].bytes,
        )
        for position, (key, name) in enumerate(names.items(), start=1)
    ]


def _require_unsent(store: ObjectStore, job: str) -> None:
    if not JOB_ID_PATTERN.fullmatch(job):
        raise InvalidRequest(f"{job!r} is not the id of an upload")
    if any(
        store.head(key)
        for key in (keys.submission_request(job), keys.claim(job), keys.job_request(job))
    ):
        raise InvalidRequest(f"this upload was sent already; it is job {job}")


def _require_small(
    store: ObjectStore,
    found: Mapping[str, StoredObject],
    names: Mapping[str, str],
    most_bytes: int,
) -> None:
    large = [key for key, stored in found.items() if stored.bytes > most_bytes]
    if large:
        store.delete(large)
        raise InvalidRequest(
            f"at most {most_bytes:,} bytes are taken of a file; larger and removed: "
            + ", ".join(f"{names[key]} ({found[key].bytes:,} bytes)" for key in large)
        )
