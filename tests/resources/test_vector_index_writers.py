"""Writers and readers of a vector index at the same time, and writers that are killed."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from resources.settings import PROJECT_ROOT
from tests.resources.index_writer import BATCH
from tests.resources.vector_rows import open_index, random_rows, vector_of


def test_readers_notice_nothing_of_a_rebuild(tmp_path: Path) -> None:
    rows = random_rows(1500)
    open_index(tmp_path, 1200).upsert(rows)
    over = threading.Event()

    def rebuild() -> None:
        try:
            for exact_below in (1200, 5000, 1200, 5000):
                index = open_index(tmp_path, exact_below)
                index.tend()
                index.upsert(rows[:100])
        finally:
            over.set()

    reader = open_index(tmp_path)
    builder = threading.Thread(target=rebuild)
    builder.start()
    asked = 0
    while not over.is_set() or asked < 20:
        position = asked % 1500
        assert list(reader.nearest(vector_of(rows, position), limit=1)["id"]) == [f"{position:05d}"]
        assert reader.count() == 1500
        asked += 1
    builder.join()


def test_several_who_make_a_table_at_once_make_one_and_lose_no_row(tmp_path: Path) -> None:
    for attempt in range(3):
        folder = tmp_path / str(attempt)
        folder.mkdir()
        together = threading.Barrier(6)

        def write(
            writer: int, folder: Path = folder, together: threading.Barrier = together
        ) -> None:
            index = open_index(folder)
            together.wait()
            index.upsert(random_rows(3, first=100 * writer))

        with ThreadPoolExecutor(6) as threads:
            list(threads.map(write, range(6)))
        assert open_index(folder).count() == 18


def test_a_new_row_that_several_write_at_once_is_there_once(tmp_path: Path) -> None:
    open_index(tmp_path).upsert(random_rows(10))
    together = threading.Barrier(4)

    def write(writer: int) -> None:
        index = open_index(tmp_path)
        together.wait()
        index.upsert(random_rows(30, first=9000, seed=writer))

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    rows = open_index(tmp_path).rows("price >= 9000", ["id", "price"])
    assert sorted(rows["price"]) == list(range(9000, 9030))


def test_writers_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    def write(writer: int) -> None:
        index = open_index(tmp_path)
        for batch in range(4):
            index.upsert(random_rows(30, first=1000 * writer + 30 * batch))
            index.upsert(random_rows(30, first=9000, seed=writer))
            index.tend()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    found = list(open_index(tmp_path).rows()["id"])
    assert len(found) == len(set(found)) == 4 * 120 + 30


@pytest.mark.parametrize("batches", [1, 4])
def test_what_a_killed_writer_had_written_is_there_and_nothing_half(
    tmp_path: Path, batches: int
) -> None:
    command = [sys.executable, "-m", "tests.resources.index_writer", str(tmp_path)]
    with subprocess.Popen(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        for _ in range(batches):
            assert writer.stdout.readline() == b"written\n"
        # In the middle of the next one, or of indexing it.
        writer.kill()
    index = open_index(tmp_path)
    count = index.count()
    assert count >= batches * BATCH
    assert count % BATCH == 0
    assert index.rows()["id"].n_unique() == count
    sought = random_rows(BATCH, first=(batches - 1) * BATCH)
    assert list(index.nearest(vector_of(sought, 7), limit=1)["id"]) == [sought["id"][7]]
    index.upsert(random_rows(10, first=90_000))
    index.tend()
    assert index.count() == count + 10
