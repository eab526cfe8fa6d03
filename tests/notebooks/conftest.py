"""What the notebooks' tests share: an installation with a little of everything, made once."""

import gc
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.settings import PREFIX, Settings
from tests.filled_installation import fill

UseHome = Callable[[Path], None]


@pytest.fixture(autouse=True)
def _main_module_stays() -> Iterator[None]:
    """No notebook stays the main module: workers that later tests start would load it."""
    before = sys.modules["__main__"]
    yield
    # What a run has not let go of would put its own back later.
    gc.collect()
    sys.modules["__main__"] = before


@pytest.fixture
def use_home(monkeypatch: pytest.MonkeyPatch) -> UseHome:
    """Makes an installation the one that the environment describes."""

    def use(home: Path) -> None:
        monkeypatch.setenv(f"{PREFIX}HOME", str(home))
        monkeypatch.setenv(f"{PREFIX}WORKERS", "1")
        # A notebook is the main module while it runs, so its workers load all that it imports.
        monkeypatch.setenv(f"{PREFIX}WORKER_MEMORY_BYTES", "2000000000")

    return use


@pytest.fixture(scope="package")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """A shop, a design, a staged room, a photo in two sizes, a clip, and a file that is none."""
    folder = tmp_path_factory.mktemp("notebooks")
    settings = Settings(home=folder / "home", inbox_settle_s=0, workers=2)
    with Deployment(settings) as deployment, open_instance(settings) as instance:
        fill(JobRunner.over(deployment, instance), folder)
        yield deployment
