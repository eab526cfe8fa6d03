"""What the notebooks' tests share: an installation with a little of everything, made once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.settings import PREFIX, Settings
from tests.filled_installation import fill

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
        fill(JobRunner.over(deployment, instance), folder)
        yield deployment
