"""What the scripts beside it share: a home with jobs in it, `showroom up`, a tab, small pictures.

It all happens in Chromium, which has to be installed.
"""

import argparse
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import httpx
from PIL import Image
from playwright.sync_api import Page, sync_playwright

FOLDER = Path(__file__).resolve().parent
PORT, API_PORT, APP_PORT = 3050, 3051, 3052
_ROOT = FOLDER.parent.parent
_SAMPLES = _ROOT / "data" / "samples"
_COMMAND = str(_ROOT / ".venv" / "bin" / "showroom")
_COLORS = (256, 160, 96)

_MORE_JOBS = [
    ["staging", "staging/empty-room.jpg", "--set", "style=modern,industrial"],
    ["staging", "staging/empty-room.jpg", "--set", "style=traditional", "--set", "variations=3"],
    ["staging", "staging/empty-room.jpg", "living-room.jpg", "--set", "style=contemporary"],
    ["library", "house-at-dusk.jpg", "lookbook.avif", "half uploaded.jpg"],
    ["library", "living-room.jpg", "brochure.pdf"],
]
_PEOPLE = ("ada@example.org", "bo@example.org")

Scheme = Literal["light", "dark"]


def asked_home(description: str | None, take_all: Callable[[Mapping[str, str]], None]) -> None:
    """Have all pictures taken of the home on the command line, or of a temporary one.

    `take_all` gets the environment of `showroom`. A home that is new is filled first.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("home", nargs="?", type=Path, help="an installation's home")
    home = parser.parse_args().home
    with tempfile.TemporaryDirectory() as folder:
        home = home or Path(folder) / "home"
        ports = {"PORT": PORT, "API_PORT": API_PORT, "APP_PORT": APP_PORT}
        settings = {f"SHOWROOM_{name}": str(port) for name, port in ports.items()}
        environment = {**os.environ, "SHOWROOM_HOME": str(home), **settings}
        if not (home / "store" / "jobs").exists():
            _fill(environment)
        take_all(environment)


def _fill(environment: Mapping[str, str]) -> None:
    """The demo's jobs, and more of some pipelines for plots to have points."""
    run(environment, "demo")
    for number, (pipeline, *rest) in enumerate(_MORE_JOBS):
        files = [str(_SAMPLES / each) if "." in each and "=" not in each else each for each in rest]
        owner = ["--owner", _PEOPLE[number % 2], "--project", "Elm Street 4"]
        run(environment, "submit", pipeline, *files, *owner)
    run(environment, "run", "--once")


def sample(name: str) -> Path:
    """One of our own files."""
    return _SAMPLES / name


def run(environment: Mapping[str, str], *arguments: str) -> str:
    """What a command of `showroom` prints."""
    done = subprocess.run(  # noqa: S603 - our own command
        [_COMMAND, *arguments], env=dict(environment), cwd=_ROOT, check=True, stdout=subprocess.PIPE
    )
    return done.stdout.decode()


@contextmanager
def served(environment: Mapping[str, str], url: str) -> Iterator[None]:
    """`showroom up`, from when `url` answers."""
    up = subprocess.Popen(  # noqa: S603 - our own command
        [_COMMAND, "up"],
        env=dict(environment),
        cwd=_ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def answers() -> bool:
        with suppress(httpx.TransportError):
            return httpx.get(url).is_success
        return False

    try:
        wait_until(answers)
        yield
    finally:
        up.send_signal(signal.SIGINT)
        up.wait()


def wait_until(holds: Callable[[], bool], seconds: float = 300) -> None:
    """Look twice a second until it holds; `TimeoutError` after so long."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            raise TimeoutError(f"waited {seconds} s for {holds}")
        time.sleep(0.5)


@contextmanager
def tab(size_px: tuple[int, int], scheme: Scheme = "light") -> Iterator[Page]:
    """A tab of a browser of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        width_px, height_px = size_px
        yield browser.new_page(
            viewport={"width": width_px, "height": height_px}, color_scheme=scheme
        )
        browser.close()


def keep(page: Page, path: Path, max_bytes: int, rest_ms: int = 3000) -> None:
    """Store what a page shows as a PNG of few colours, once charts and graphs are at rest."""
    page.wait_for_timeout(rest_ms)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    path.parent.mkdir(parents=True, exist_ok=True)
    for colors in _COLORS:
        few = picture.quantize(colors, kmeans=1, dither=Image.Dither.NONE)
        few.save(path, optimize=True)
        if path.stat().st_size <= max_bytes:
            break
    sys.stdout.write(f"{path.name}: {path.stat().st_size:,} bytes\n")
