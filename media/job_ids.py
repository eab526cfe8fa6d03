"""Job ids: ULIDs, so that ids sort by time and the oldest question ("when?") needs no look-up."""

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime

from ulid import ULID

JOB_ID_PATTERN = re.compile(r"[0-7][0-9A-HJKMNP-TV-Z]{25}")


def new_job_id() -> str:
    """A fresh id for an explicit submission."""
    return str(ULID())


def gathered_job_id(
    pipeline: str, arrived_at: datetime, arrivals: Iterable[tuple[str, str]]
) -> str:
    """The id of a loose drop: the same drop has the same id however often it is seen.

    `arrivals` are (key, etag) pairs in any order; `arrived_at` is when the newest arrived.
    """
    digest = hashlib.sha256(pipeline.encode())
    for key, etag in sorted(arrivals):
        digest.update(f"\0{key}\0{etag}".encode("utf-8", "surrogatepass"))
    milliseconds = int(arrived_at.timestamp() * 1000)
    return str(ULID.from_bytes(milliseconds.to_bytes(6, "big") + digest.digest()[:10]))


def job_created_at(job: str) -> datetime:
    """When the job came to be, UTC, to the millisecond."""
    return datetime.fromtimestamp(ULID.from_str(job).timestamp, UTC)
