"""How far a job is: written while it runs, so that anyone can show a bar."""

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from pydantic import BaseModel

from media import keys
from resources.object_store import ObjectStore

A = TypeVar("A")
B = TypeVar("B")

_SECONDS_BETWEEN_WRITES = 1.0


class JobProgress(BaseModel):
    """The running step of a job and how many of its items are through."""

    step: str
    done: int
    total: int

    @property
    def part(self) -> float:
        """What part of the step is done, 0 to 1."""
        return self.done / self.total if self.total else 1.0


class Progress:
    """Writes a job's progress about once a second; a reader may be that much behind."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def follow(self, job: str, step: str, results: Iterable[B], total: int) -> Iterator[B]:
        """`results`, unchanged, counted as they come."""
        written = 0.0
        for done, result in enumerate(results, start=1):
            yield result
            now = time.monotonic()
            if now - written >= _SECONDS_BETWEEN_WRITES or done == total:
                written = now
                record = JobProgress(step=step, done=done, total=total)
                self._store.put(keys.job_progress(job), record.model_dump_json().encode())

    def of(self, job: str) -> JobProgress | None:
        """The last progress written, or None before the first."""
        try:
            return JobProgress.model_validate(json.loads(self._store.get(keys.job_progress(job))))
        except FileNotFoundError:
            return None


def each(function: Callable[[A], B], items: Sequence[A], threads: int) -> Iterator[B]:
    """`function` of every item, in order, `threads` at a time; the first error ends it."""
    pool = ThreadPoolExecutor(threads)
    try:
        yield from pool.map(function, items)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
