"""An installation with a little of everything, for tests of what people look at."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image

from media.requests import Parameters
from orchestration.once import JobRunner
from resources.settings import PROJECT_ROOT
from tests.pipelines.fashion_files import SHOP, product, write_csv, write_shop

SAMPLES = PROJECT_ROOT / "data" / "samples"


def fill(runner: JobRunner, folder: Path) -> dict[str, str]:
    """A shop, a design, a staged room, a photo in two sizes, a clip, and a file that is none.

    The jobs by pipeline, in the order they were made; `folder` is for the files submitted.
    """
    deployment = runner.deployment

    def run(pipeline: str, files: Sequence[Path], params: Parameters) -> str:
        job = deployment.submissions.submit(pipeline, files, params)
        assert runner.run_job(job) == "done", runner.ledger.job(job).error
        return job

    room = SAMPLES / "staging" / "empty-room.jpg"
    clip = SAMPLES / "armchair-turning-round.mp4"
    jobs = {
        "catalogue": run("catalogue", _shop(folder / "shop"), {}),
        "design": run("design", [], {"prompt": "red dress", "images": 1}),
        "staging": run("staging", [room], {"style": "modern", "room_type": "living_room"}),
        "library": run("library", _photos(folder), {"presets": "sm"}),
        "product_video": run("product_video", [clip], {"versions": "solid", "sizes": "256x256"}),
    }
    deployment.fashion.image_index.catch_up()
    return jobs


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
