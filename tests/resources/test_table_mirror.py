"""The mirror: over a bucket, a local folder follows what the bucket holds."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from media import keys
from resources.deployments import Deployment
from resources.tables import Tables
from tests.resources.table_rows import SIZES, job_id, rows_of


@pytest.fixture
def writer(bucket_deployment: Deployment) -> Tables:
    return bucket_deployment.tables


@pytest.fixture
def elsewhere(bucket_deployment: Deployment) -> Tables:
    """The same tables seen from another machine, with a mirror of its own."""
    mirror = bucket_deployment.settings.home / "other machine's mirror"
    return Tables(bucket_deployment.store, mirror)


def widths(tables: Tables) -> list[int]:
    return tables.rows_with(SIZES, "sha256", ["a"])["width_px"].to_list()


def test_a_folder_store_needs_no_mirror(deployment: Deployment) -> None:
    deployment.tables.write(SIZES, job_id(1), rows_of(1))
    folder = deployment.tables.folder(SIZES)
    assert folder == deployment.settings.home / "store" / "tables" / "sizes"
    assert not (deployment.settings.home / "mirror").exists()


def test_the_mirror_follows_new_changed_and_deleted_files(
    writer: Tables, elsewhere: Tables, bucket_deployment: Deployment
) -> None:
    writer.write(SIZES, job_id(1), rows_of(1, width_px=10))
    writer.write(SIZES, job_id(2), rows_of(2, width_px=20))
    assert widths(elsewhere) == [10, 20]
    writer.write(SIZES, job_id(2), rows_of(2, width_px=220))
    writer.write(SIZES, job_id(3), rows_of(3, width_px=30))
    bucket_deployment.store.delete([keys.job_table("sizes", job_id(1))])
    assert widths(elsewhere) == [220, 30]
    names = sorted(path.name for path in elsewhere.folder(SIZES).glob("*.parquet"))
    assert names == [f"{job_id(2)}.parquet", f"{job_id(3)}.parquet"]


def test_only_what_has_changed_is_fetched_again(writer: Tables, elsewhere: Tables) -> None:
    writer.write(SIZES, job_id(1), rows_of(1))
    writer.write(SIZES, job_id(2), rows_of(2))
    folder = elsewhere.folder(SIZES)
    before = {path.name: path.stat().st_ino for path in folder.glob("*.parquet")}
    keep_inodes_taken = [path.open("rb") for path in folder.glob("*.parquet")]
    writer.write(SIZES, job_id(2), rows_of(2, width_px=9))
    elsewhere.folder(SIZES)
    after = {path.name: path.stat().st_ino for path in folder.glob("*.parquet")}
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {f"{job_id(2)}.parquet"}
    for file in keep_inodes_taken:
        file.close()


def test_many_readers_may_mirror_at_once(writer: Tables, elsewhere: Tables) -> None:
    for number in range(20):
        writer.write(SIZES, job_id(number), rows_of(number, width_px=number * 10))
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda _: widths(elsewhere), range(8)))
    assert answers == [[number * 10 for number in range(20)]] * 8
