"""What the notebooks' tests share: an installation with a little of everything, made once."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from PIL import Image

from media.requests import Parameters
from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.settings import PREFIX, PROJECT_ROOT, Settings
from tests.pipelines.fashion_files import SHOP, product, write_csv, write_shop

SAMPLES = PROJECT_ROOT / "data" / "samples"

UseHome = Callable[[Path], None]


@pytest.fixture
def use_home(monkeypatch: pytest.MonkeyPatch) -> UseHome:
    """Makes an installation the one that the environment describes."""

    def use(home: Path) -> None:
        monkeypatch.setenv(f"{PREFIX}HOME", str(home))
        monkeypatch.setenv(f"{PREFIX}WORKERS", "1")

    return use


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A shop, a design, a staged room, a photo in two sizes, a clip, and a file that is none."""
    folder = tmp_path_factory.mktemp("notebooks")
    settings = Settings(home=folder / "home", inbox_settle_s=0, workers=2)
    with Deployment(settings) as deployment, open_instance(settings) as instance:
        runner = JobRunner.over(deployment, instance)

        def run(pipeline: str, files: Sequence[Path], params: Parameters) -> None:
            job = deployment.submissions.submit(pipeline, files, params)
            assert runner.run_job(job) == "done", runner.ledger.job(job).error

        run("catalogue", _shop(folder / "shop"), {})
        run("design", [], {"prompt": "red dress", "images": 1})
        room = SAMPLES / "staging" / "empty-room.jpg"
        run("staging", [room], {"style": "modern", "room_type": "living_room"})
        run("library", _photos(folder), {"presets": "sm"})
        clip = SAMPLES / "armchair-turning-round.mp4"
        run("product_video", [clip], {"versions": "solid", "sizes": "256x256"})
        deployment.fashion.image_index.catch_up()
        yield deployment


def _shop(folder: Path) -> list[Path]:
    """The test shop, and a product that has no picture and one that is alone of its kind."""
    files = write_shop(folder)
    alone = product(8, "red", "dress", "30.00", category="scarves", image="p01.jpg")
    rows = [*SHOP, product(7, "green", "top", "10.00", image=""), alone]
    return [write_csv(folder / "products.csv", rows), *files[1:]]


def _photos(folder: Path) -> list[Path]:
    """A photo, the same in a third of its size, and bytes that are no picture."""
    large, small, broken = (folder / name for name in ("large.jpg", "small.jpg", "broken.jpg"))
    image = Image.open(SAMPLES / "living-room.jpg").convert("RGB")
    image.save(large, quality=92)
    image.resize((image.width // 3, image.height // 3)).save(small, quality=80)
    broken.write_bytes(b"no picture")
    return [large, small, broken]
