"""Fresh installations for measurements, and `showroom` run over them."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.accounting import Cost, clean_environment, run_counted
from resources.deployments import Deployment
from resources.settings import Settings

SHOWROOM = Path(sys.executable).with_name("showroom")


def drop(files: Iterable[Path], home: Path) -> None:
    """Link files into the inbox of the installation in `home`: there whole, at once, for free."""
    inbox = home / "store" / "inbox" / "library"
    inbox.mkdir(parents=True, exist_ok=True)
    for path in files:
        os.link(path, inbox / path.name)


def run_once(home: Path, while_running: Callable[[], None] = lambda: None) -> Cost:
    """`showroom run --once` over the installation in `home`."""
    environment = clean_environment(SHOWROOM_HOME=str(home))
    return run_counted([SHOWROOM, "run", "--once"], environment, while_running)


def installation(home: Path) -> Deployment:
    """The parts of the installation in `home`, with every other setting at its default."""
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    return Deployment(Settings.model_construct(**{**defaults, "home": home}))
