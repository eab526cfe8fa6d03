"""Compaction: many files become one, and a reader sees each row once at any moment."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest

from media import keys
from resources.deployments import Deployment
from resources.object_store import ObjectStore
from resources.settings import Settings
from resources.tables import Tables, parquet_bytes
from tests.resources.table_rows import SIZES, job_id, rows_of

GRACE = timedelta(minutes=10)


@pytest.fixture
def tables(anywhere: Deployment) -> Tables:
    return anywhere.tables


@pytest.fixture
def store(anywhere: Deployment) -> ObjectStore:
    return anywhere.store


def write(tables: Tables, numbers: Iterable[int], width_px: int = 0) -> None:
    for number in numbers:
        tables.write(SIZES, job_id(number), rows_of(number, width_px=width_px + number * 10))


def compact(tables: Tables, at_least: int = 2, *, later: bool = False) -> int:
    """Compact now, or when the grace of what was merged before is over."""
    now = datetime.now(UTC) + (2 * GRACE if later else timedelta(0))
    return tables.compact(SIZES, at_least=at_least, grace=GRACE, now=now)


def all_widths(tables: Tables) -> list[int]:
    return tables.rows_with(SIZES, "sha256", ["a"])["width_px"].to_list()


def widths_of(tables: Tables, number: int) -> list[int] | None:
    found = tables.read(SIZES, job_id(number))
    return None if found is None else found["width_px"].to_list()


def files(store: ObjectStore) -> list[str]:
    prefix = keys.table_prefix("sizes")
    return [stored.key.removeprefix(prefix) for stored in store.objects(prefix)]


def test_too_few_files_are_left_as_they_are(tables: Tables, store: ObjectStore) -> None:
    write(tables, [1, 2])
    before = files(store)
    assert compact(tables, at_least=3) == 0
    assert compact(tables, at_least=3, later=True) == 0
    assert files(store) == before


def test_every_row_is_seen_once_before_during_and_after(tables: Tables, store: ObjectStore) -> None:
    write(tables, [1, 2, 3])
    assert all_widths(tables) == [10, 20, 30]

    assert compact(tables) == 3
    merged = f"compacted/{job_id(1)}.parquet"
    assert files(store) == [*(f"{job_id(n)}.parquet" for n in (1, 2, 3)), merged]
    assert all_widths(tables) == [10, 20, 30]
    assert widths_of(tables, 2) == [20, 21]

    compact(tables, at_least=4, later=True)
    write(tables, [4])
    assert all_widths(tables) == [10, 20, 30, 40]
    assert widths_of(tables, 2) == [20, 21]
    assert widths_of(tables, 5) is None


def gone(tables: Tables, store: ObjectStore, numbers: Iterable[int]) -> None:
    """Compact until the jobs' own files are gone; a bucket's clock may tick once a second."""
    own = {f"{job_id(number)}.parquet" for number in numbers}
    compact(tables)
    for _ in range(1000):
        if own.isdisjoint(files(store)):
            return
        compact(tables, at_least=1, later=True)
    raise AssertionError(f"never removed: {files(store)}")


def test_merged_files_go_when_their_grace_is_over_and_not_before(
    tables: Tables, store: ObjectStore
) -> None:
    write(tables, [1, 2])
    compact(tables)
    compact(tables, at_least=3)
    assert len(files(store)) == 3
    gone(tables, store, [1, 2])
    assert files(store) == [f"compacted/{job_id(1)}.parquet"]
    assert all_widths(tables) == [10, 20]


def test_a_job_without_rows_survives(tables: Tables, store: ObjectStore) -> None:
    tables.write(SIZES, job_id(1), SIZES.empty())
    write(tables, [2])
    gone(tables, store, [1, 2])
    assert widths_of(tables, 1) == []
    assert widths_of(tables, 2) == [20, 21]


def test_only_jobs_without_rows_survive(tables: Tables, store: ObjectStore) -> None:
    tables.write(SIZES, job_id(1), SIZES.empty())
    tables.write(SIZES, job_id(2), SIZES.empty())
    gone(tables, store, [1, 2])
    assert widths_of(tables, 1) == widths_of(tables, 2) == []


def test_a_job_made_again_after_it_was_merged_wins_and_is_merged_anew(
    tables: Tables, store: ObjectStore
) -> None:
    write(tables, [1, 2, 3])
    gone(tables, store, [1, 2, 3])
    write(tables, [2], width_px=500)
    assert widths_of(tables, 2) == [520, 521]
    assert all_widths(tables) == [10, 520, 30]
    assert compact(tables, at_least=1) == 1
    assert all_widths(tables) == [10, 520, 30]
    gone(tables, store, [2])
    assert files(store) == [f"compacted/{job_id(1)}.parquet"]
    assert widths_of(tables, 2) == [520, 521]
    assert all_widths(tables) == [10, 520, 30]


def test_a_job_made_again_without_rows_has_none(tables: Tables, store: ObjectStore) -> None:
    write(tables, [1, 2])
    gone(tables, store, [1, 2])
    tables.write(SIZES, job_id(2), SIZES.empty())
    assert all_widths(tables) == [10]
    gone(tables, store, [2])
    assert widths_of(tables, 2) == []
    assert all_widths(tables) == [10]


def test_new_jobs_are_merged_beside_older_merged_ones(tables: Tables, store: ObjectStore) -> None:
    write(tables, [1, 2])
    gone(tables, store, [1, 2])
    write(tables, [3, 4, 5])
    gone(tables, store, [3, 4, 5])
    assert files(store) == [f"compacted/{job_id(n)}.parquet" for n in (1, 3)]
    assert all_widths(tables) == [10, 20, 30, 40, 50]
    assert [widths_of(tables, number) for number in (2, 4)] == [[20, 21], [40, 41]]


def test_a_job_made_again_while_it_is_being_merged_keeps_its_new_rows(settings: Settings) -> None:
    class BusyStore(ObjectStore):
        """A store in which job 2 is made again just before a merged file is written."""

        def put(self, key: str, data: bytes) -> None:
            if key.startswith(keys.compacted_prefix("sizes")) and not self.been_busy:
                self.been_busy = True
                again = parquet_bytes(rows_of(2, width_px=520))
                super().put(keys.job_table("sizes", job_id(2)), again)
            super().put(key, data)

        been_busy = False

    store = BusyStore.from_settings(settings)
    tables = Tables(store, settings.home / "mirror")
    write(tables, [1, 2])
    compact(tables)
    assert widths_of(tables, 2) == [520, 521]
    for _ in range(3):
        compact(tables, later=True)
    assert widths_of(tables, 2) == [520, 521]
    assert all_widths(tables) == [10, 520]
