"""The vector index: what is written is found, exactly or nearly, until it is removed."""

import shutil
from datetime import timedelta
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from media.errors import StoreUnavailable
from resources.object_store import ObjectStore
from resources.settings import Settings
from resources.vector_index import VectorIndex
from tests.resources.vector_rows import LAYOUT, best, open_index, random_rows, vector_of


def ids(found: pl.DataFrame) -> list[str]:
    return found["id"].to_list()


def test_an_index_that_was_never_written_has_no_rows(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    assert index.count() == 0
    assert index.rows(columns=["id", "price"]).columns == ["id", "price"]
    assert index.nearest(vector_of(random_rows(1), 0)).columns == ["id", "similarity"]
    assert index.matching("dress").columns == ["id", "bm25"]
    assert (index.describe().rows, index.facts) == (0, {})
    index.delete(["1"])
    index.delete_where("price > 1")
    index.upsert(random_rows(0))
    index.tend()
    assert list(tmp_path.iterdir()) == []


def test_the_nearest_are_those_that_brute_force_finds(tmp_path: Path) -> None:
    rows = random_rows(300)
    index = open_index(tmp_path)
    index.upsert(rows)
    query = vector_of(random_rows(1, seed=9), 0)
    found = index.nearest(query, limit=10, columns=["id", "price"])
    assert ids(found) == best(rows, query, 10)
    assert found["similarity"][0] == pytest.approx(max(rows["vector"].to_numpy() @ query))
    # A query may be of any length: parts that are weighed anew make it so.
    assert ids(index.nearest(query * np.float32(3), limit=10)) == ids(found)


def test_a_filter_is_applied_before_the_best_are_taken(tmp_path: Path) -> None:
    rows = random_rows(300)
    index = open_index(tmp_path)
    index.upsert(rows)
    query = vector_of(rows, 7)
    where = "kind = 'coat' AND price >= 280"
    wanted = rows.filter(pl.col("kind") == "coat", pl.col("price") >= 280)
    assert ids(index.nearest(query, where, 100)) == best(wanted, query, 100)
    assert index.count(where) == wanted.height
    assert set(ids(index.rows(where))) == set(wanted["id"])
    assert index.nearest(query, "price < 0").is_empty()


def test_rows_without_a_vector_are_there_and_like_nothing(tmp_path: Path) -> None:
    rows = random_rows(10).with_columns(
        vector=pl.when(pl.col("price") < 4).then(None).otherwise("vector")
    )
    index = open_index(tmp_path)
    index.upsert(rows)
    assert (index.describe().rows, index.describe().with_vector) == (10, 6)
    assert len(index.nearest(vector_of(rows, 9), limit=50)) == 6
    assert ids(index.matching("number3")) == ["00003"]


def test_an_upsert_replaces_rows_of_the_same_id(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    index.upsert(random_rows(20))
    changed = random_rows(5, seed=3).with_columns(price=pl.col("price") + 1000)
    index.upsert(changed)
    assert index.count() == 20
    assert set(ids(index.rows("price >= 1000"))) == {f"{n:05d}" for n in range(5)}
    assert ids(index.nearest(vector_of(changed, 2), limit=1)) == ["00002"]


def test_a_reader_that_is_open_sees_a_deletion_and_an_addition_at_once(tmp_path: Path) -> None:
    rows = random_rows(50)
    writer, reader = open_index(tmp_path), open_index(tmp_path)
    writer.upsert(rows)
    assert ids(reader.nearest(vector_of(rows, 7), limit=1)) == ["00007"]
    writer.delete(["00007", "not there"])
    assert "00007" not in ids(reader.nearest(vector_of(rows, 7), limit=50))
    assert reader.matching("number7").is_empty()
    writer.delete_where("price < 40")
    assert reader.count() == 10
    writer.upsert(rows[7:8])
    assert ids(reader.nearest(vector_of(rows, 7), limit=1)) == ["00007"]


def test_words_are_found_in_other_forms_and_scripts_and_with_filters(tmp_path: Path) -> None:
    texts = ["A red dress", "Two dresses, blue", "Robe d'été", "赤いドレス", "Coat"]
    rows = random_rows(5).with_columns(words=pl.Series(texts))
    index = open_index(tmp_path)
    index.upsert(rows)
    for text, wanted in (
        ("DRESS", {"00000", "00001"}),
        ("ete", {"00002"}),
        ("ドレス", {"00003"}),
        ("blue coats", {"00001", "00004"}),
        ("nothing of it", set()),
        ("!? ' \" AND (", set()),
        ("", set()),
    ):
        assert set(ids(index.matching(text))) == wanted, text
    assert ids(index.matching("red dress")) == ["00000", "00001"]
    assert ids(index.matching("dress", "price > 0", limit=1)) == ["00001"]
    index.tend()
    assert ids(index.matching("red dress")) == ["00000", "00001"]


@pytest.mark.parametrize(("exact_below", "kind"), [(20_000, "exact"), (1500, "IVF_RQ")])
def test_a_larger_table_is_indexed_by_its_size_and_still_finds_them(
    tmp_path: Path, exact_below: int, kind: str
) -> None:
    index = open_index(tmp_path, exact_below)
    rows = random_rows(9000)
    index.upsert(rows)
    index.tend()
    later = random_rows(100, first=9000)
    index.upsert(later)
    index.delete(["00000"])
    for _ in range(2):
        assert index.describe().searched_by == kind
        whole = pl.concat([rows[1:], later])
        for where, kept in ((None, whole), ("price < 400", whole.filter(pl.col("price") < 400))):
            hits = 0
            for query in random_rows(20, seed=5)["vector"].to_numpy():
                wanted = best(kept, query, 20)
                hits += len(set(wanted) & set(ids(index.nearest(query, where, 20))))
            assert hits >= (400 if kind == "exact" else 388)
        assert ids(index.nearest(vector_of(later, 3), limit=1)) == ["09003"]
        index.tend()


def test_the_index_changes_its_kind_as_the_table_grows(tmp_path: Path) -> None:
    index = open_index(tmp_path, exact_below=1500)
    kinds = []
    for first in range(0, 2000, 500):
        index.upsert(random_rows(500, first))
        index.tend()
        kinds.append(index.describe().searched_by)
    assert kinds == ["exact", "exact", "IVF_RQ", "IVF_RQ"]
    index.delete_where("price >= 1200")
    index.tend()
    assert index.describe().searched_by == "exact"


def test_tending_changes_nothing_when_there_is_nothing_to_do(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    for first in range(0, 1200, 200):
        index.upsert(random_rows(200, first))
    index.tend()
    version = index.describe().version
    index.tend()
    assert index.describe().version == version


def test_old_versions_are_kept_for_their_readers_and_then_forgotten(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    for seed in range(5):
        index.upsert(random_rows(50, seed=seed))
    versions = tmp_path / "vectors.lance" / "_versions"
    before = len(list(versions.iterdir()))
    index.tend()
    assert len(list(versions.iterdir())) >= before
    index.tend(grace=timedelta(0))
    assert len(list(versions.glob("*.manifest"))) == 1
    assert index.count() == 50


def test_a_table_remembers_what_it_was_made_with(tmp_path: Path) -> None:
    open_index(tmp_path).upsert(random_rows(1))
    index = open_index(tmp_path)
    index.tend()
    assert index.facts["made_by"] == "tests"


def test_a_table_that_was_removed_is_made_again(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    index.upsert(random_rows(30))
    shutil.rmtree(tmp_path / "vectors.lance")
    assert index.count() == 0
    index.upsert(random_rows(20))
    assert index.count() == 20


def test_an_index_lies_in_a_bucket_as_in_a_folder(bucket_settings: Settings) -> None:
    store = ObjectStore.from_settings(bucket_settings)
    rows = random_rows(40)
    writer, reader = (
        VectorIndex.from_settings(bucket_settings, store, "things", LAYOUT) for _ in range(2)
    )
    assert reader.count() == 0
    writer.upsert(rows)
    assert ids(reader.nearest(vector_of(rows, 7), "price > 3", 1)) == ["00007"]
    writer.delete(["00007"])
    assert ids(reader.nearest(vector_of(rows, 8), limit=1)) == ["00008"]
    writer.tend()
    assert reader.count() == 39
    assert any(found.key.endswith(".lance") for found in store.objects("lance/things.lance/"))


def test_a_store_that_cannot_be_read_is_an_outage(tmp_path: Path) -> None:
    index = open_index(tmp_path)
    index.upsert(random_rows(10))
    for manifest in (tmp_path / "vectors.lance" / "_versions").iterdir():
        manifest.write_bytes(b"nothing of the kind")
    with pytest.raises(StoreUnavailable, match="cannot be read"):
        open_index(tmp_path).count()
