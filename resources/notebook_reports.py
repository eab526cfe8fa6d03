"""Notebooks as pages: each run headless in a process of its own, within a time limit."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from resources.settings import PROJECT_ROOT

NOTEBOOKS = PROJECT_ROOT / "notebooks"
TIME_LIMIT_S = 300.0

_OF_A_NOTEBOOK = "marimo.App("
_OF_AN_ERROR = ("Error:", "Exception:", "error:")


@dataclass(frozen=True)
class NotebookPage:
    """What came of one notebook: a page, or why there is none."""

    name: str
    html: bytes | None = field(repr=False)
    problem: str | None = None
    """One line for a person; None when every cell ran."""


def notebooks_in(folder: Path = NOTEBOOKS) -> Sequence[Path]:
    """The marimo notebooks of a folder, by name; other modules there are none."""
    return sorted(path for path in folder.glob("*.py") if _OF_A_NOTEBOOK in path.read_text())


def notebook_page(notebook: Path, time_limit_s: float = TIME_LIMIT_S) -> NotebookPage:
    """Run a notebook and return its page, without its code.

    It looks at the installation that this process's environment describes. When a cell fails or
    the time is up there is no page: half of one would be taken for the whole.
    """
    with TemporaryDirectory(prefix="notebook-") as folder:
        # marimo leaves notes beside a notebook, and an installed package may not be writable.
        copied = Path(shutil.copy(notebook, folder))
        page = copied.with_suffix(".html")
        command = [sys.executable, "-m", "marimo", "export", "html", str(copied)]
        told = _run([*command, "--no-include-code", "-f", "-o", str(page)], time_limit_s)
        if told is not None or not page.exists():
            return NotebookPage(notebook.stem, None, told or "marimo wrote no page")
        return NotebookPage(notebook.stem, page.read_bytes())


def _run(command: Sequence[str], time_limit_s: float) -> str | None:
    """Run a command to its end; one line that tells what went wrong, None when nothing did."""
    running = subprocess.Popen(  # noqa: S603 - our own interpreter on a notebook of ours
        command,
        cwd=PROJECT_ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
        # A group of its own, so that its media workers can be stopped with it.
        start_new_session=True,
    )
    try:
        _, said = running.communicate(timeout=time_limit_s)
    except subprocess.TimeoutExpired:
        return f"not done after {time_limit_s:g} seconds"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    return None if running.returncode == 0 else _problem(said, running.returncode)


def _problem(said: str, exit_code: int) -> str:
    """The first line that names an error, else the last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    named = [line for line in lines if any(word in line for word in _OF_AN_ERROR)]
    return [*named, *reversed(lines), f"marimo ended with {exit_code}"][0]
