"""The decision book: what counts about every picture, in memory for a process that stays.

`Reviews` asks the store each time, which is right for a command. A page that is clicked through
asks the book, which reads only the batches that have come since it last looked.
"""

import threading
import time
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from media.reviews import REVIEWS, Decision, newest_decisions
from resources.tables import Tables

_LOOK_AT_MOST_EVERY_S = 1.0


class DecisionBook:
    """The newest decision of each picture; safe to be asked by several threads."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._lock = threading.Lock()
        self._looked_at = -_LOOK_AT_MOST_EVERY_S
        self._batches: frozenset[str] = frozenset()
        self._merged: frozenset[tuple[str, int]] | None = None
        self._decisions: dict[str, Decision] = {}

    def current(self) -> Mapping[str, Decision]:
        """What was last decided by key, at most a second old; nothing of other pictures."""
        with self._lock:
            if time.monotonic() - self._looked_at >= _LOOK_AT_MOST_EVERY_S:
                self._look()
                self._looked_at = time.monotonic()
            return self._decisions

    def look_again(self) -> None:
        """Let the next answer be of now: something was just decided."""
        with self._lock:
            self._looked_at = -_LOOK_AT_MOST_EVERY_S

    def _look(self) -> None:
        folder = self._tables.folder(REVIEWS)
        batches = frozenset(path.stem for path in folder.glob("*.parquet"))
        merged = frozenset(_version(path) for path in folder.glob("compacted/*.parquet"))
        if merged != self._merged or not self._batches <= batches:
            # Batches were merged; what came and was merged between two looks is in there.
            self._decisions = newest_decisions(self._tables.ready_rows(REVIEWS))
        elif fresh := batches - self._batches:
            self._take_in(self._tables.rows_of_jobs(REVIEWS, fresh, list(REVIEWS.schema)))
        self._batches, self._merged = batches, merged

    def _take_in(self, rows: pl.DataFrame) -> None:
        """Add new batches, each decision unless a newer one of its picture is known."""
        # A new dictionary: whoever was given the old one may be reading it.
        newest = dict(self._decisions)
        for key, decision in newest_decisions(rows).items():
            before = newest.get(key)
            if before is None or _is_newer(decision, before):
                newest[key] = decision
        self._decisions = newest


def _version(path: Path) -> tuple[str, int]:
    return path.name, path.stat().st_mtime_ns


def _is_newer(decision: Decision, before: Decision) -> bool:
    if decision.decided_at is None or before.decided_at is None:
        return True
    return decision.decided_at >= before.decided_at
