"""Killed at any moment, `showroom run --once` finishes what was begun, once."""

import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import polars as pl
import psutil
import pytest
from PIL import Image

from media import keys
from media.pipelines import product_video
from media.pipelines.library import PIPELINE
from orchestration.once import JobRunner
from resources.product_search import ProductQuery
from resources.settings import PROJECT_ROOT
from tests.conftest import MakePicture
from tests.pipelines.fashion_files import SHOP, garment, write_shop

Drop = Callable[[str, bytes], Path]
PHOTOS = 12

# What the process is seen to have written when it is killed: a key prefix of the store.
MOMENTS = {
    "as it claims": "claims/",
    "as it stores originals": "originals/",
    "as the first table is written": "tables/uploads/",
    "as it makes variants": "outputs/",
    "as the variants are listed": "tables/image_variants/",
    "as the last table is written": "tables/pdf_pages/",
}


@pytest.mark.parametrize("prefix", MOMENTS.values(), ids=MOMENTS.keys())
def test_a_killed_run_is_finished_by_the_next(
    runner: JobRunner, drop: Drop, make_picture: MakePicture, prefix: str
) -> None:
    for number in range(PHOTOS):
        drop(f"{number:02}.jpg", make_picture(1500, 1000, color=f"hsl({number * 30}, 80%, 50%)"))
    store = runner.deployment.store
    assert store.folder is not None
    _kill_when(store.folder / prefix, runner.deployment.settings.home)
    for stored in store.objects("outputs/"):
        Image.open(io.BytesIO(store.get(stored.key))).load()

    assert _run_once(runner.deployment.settings.home).wait(120) == 0

    jobs = runner.ledger.jobs()
    assert {job.state for job in jobs} == {"done"}
    items = [item for job in jobs for item in runner.ledger.job(job.job).items]
    assert sorted(item.filename for item in items) == [f"{n:02}.jpg" for n in range(PHOTOS)]
    assert {(item.status, len(item.outputs)) for item in items} == {("ready", 5)}
    for table in PIPELINE.tables:
        frames = [runner.deployment.tables.read(table, job.job) for job in jobs]
        rows = pl.concat([frame for frame in frames if frame is not None])
        names = [name for name in ("job", "item", "name") if name in rows.columns]
        assert not rows.select(names).is_duplicated().any()
    assert list(store.objects(keys.INBOX)) == []
    assert list(store.objects(keys.CLAIMS)) == []


CLIP_MOMENTS = {
    "as it stores frames": "outputs/",
    "as the frames are listed": "tables/frames/",
    "as the last table but one is written": "tables/cutouts/",
}


@pytest.mark.parametrize("prefix", CLIP_MOMENTS.values(), ids=CLIP_MOMENTS.keys())
def test_a_killed_run_of_a_clip_is_finished_by_the_next(runner: JobRunner, prefix: str) -> None:
    clip = PROJECT_ROOT / "data" / "samples" / "armchair-turning-round.mp4"
    params = {"sizes": "300x300", "versions": "transparent,solid"}
    job = runner.deployment.submissions.submit("product_video", [clip], params)
    store = runner.deployment.store
    assert store.folder is not None
    _kill_when(store.folder / prefix, runner.deployment.settings.home)

    assert _run_once(runner.deployment.settings.home).wait(120) == 0

    details = runner.ledger.job(job)
    [item] = details.items
    assert (details.state, item.status) == ("done", "ready")
    names = [output.name for output in item.outputs]
    assert len(names) == len(set(names)) > 0
    for table in product_video.PIPELINE.tables:
        rows = runner.deployment.tables.read(table, job)
        assert rows is not None
        told = [name for name in ("item", "frame", "version") if name in rows.columns]
        assert not rows.select(told).is_duplicated().any()
    assert list(store.objects(keys.CLAIMS)) == []


def test_an_import_killed_twice_is_finished_by_the_next(runner: JobRunner, tmp_path: Path) -> None:
    job = runner.deployment.submissions.submit("catalogue", write_shop(tmp_path / "shop"), {})
    store = runner.deployment.store
    assert store.folder is not None
    for moment in ("features", "lance"):
        _kill_when(store.folder / moment, runner.deployment.settings.home)

    assert _run_once(runner.deployment.settings.home).wait(120) == 0

    assert runner.ledger.job(job).state == "done"
    search = runner.deployment.fashion.product_search
    for row in SHOP:
        color, shape = row["name"].split()
        found = search.search(ProductQuery(image=garment(color, shape), limit=50)).matches
        assert found[0].product == row["id"]
        assert len(found) == len(SHOP)
    assert list(store.objects(keys.CLAIMS)) == []


def _run_once(home: Path) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "orchestration.cli.main", "run", "--once"],
        cwd=PROJECT_ROOT,
        env={**os.environ, "SHOWROOM_HOME": str(home), "SHOWROOM_INBOX_SETTLE_S": "0"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _kill_when(folder: Path, home: Path) -> None:
    """Start the run, and kill it as soon as something is written below `folder`."""
    process = _run_once(home)
    workers: list[psutil.Process] = []
    while process.poll() is None and not any(p.is_file() for p in folder.rglob("*")):
        workers = psutil.Process(process.pid).children(recursive=True) or workers
    process.send_signal(signal.SIGKILL)
    process.wait()
    # Workers notice that nobody listens any more and end by themselves.
    _, alive = psutil.wait_procs(workers, timeout=30)
    assert alive == []
