"""The command that serves: `showroom up` starts everything and stops it cleanly."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import console

if TYPE_CHECKING:
    from resources.settings import Settings

STOP_WITHIN_S = 20
"""How long parts may take to stop before they are killed."""


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command()(up)


def up(
    port: Annotated[int | None, typer.Option(help="Port of the Dagster UI.")] = None,
) -> None:
    """Start the app, the Dagster UI, the daemon and the API; Ctrl-C stops them."""
    from filelock import Timeout

    from media.errors import InvalidRequest
    from media.pipeline import all_pipelines
    from resources.dagster_home import open_instance, up_lock
    from resources.deployments import Deployment

    deployment = Deployment.from_environment()
    settings = deployment.settings
    lock = up_lock(settings)
    try:
        # Whoever asks whether it is up holds the lock for a moment.
        lock.acquire(timeout=1)
    except Timeout:
        raise InvalidRequest(f"showroom is up already over {settings.home}") from None
    deployment.inbox.prepare(all_pipelines())
    # Opened once before the processes start: they would race to make the same databases.
    with open_instance(settings):
        pass
    console.print(f"App         http://127.0.0.1:{settings.app_port}")
    console.print(f"Dagster UI  http://127.0.0.1:{port or settings.port}")
    console.print(f"API         http://127.0.0.1:{settings.api_port}")
    console.print(f"Inbox       {deployment.store.description}/inbox/library/")
    # Letting go of the lock is what tells the sensor, which may be waiting for files, to end.
    environment = {**os.environ, "DAGSTER_HOME": str(settings.dagster_home)}
    raise typer.Exit(supervise(_commands(settings, port), environment, lock.release))


def _commands(settings: "Settings", port: int | None) -> dict[str, list[str]]:
    from resources.settings import PROJECT_ROOT

    workspace = ["-w", str(PROJECT_ROOT / "workspace.yaml")]
    address = ["-h", "127.0.0.1", "-p", str(port or settings.port)]
    api = ["--factory", "api.main:installed_app", "--port", str(settings.api_port)]
    return {
        "app": [sys.executable, "-m", "dashboards"],
        "ui": [sys.executable, "-m", "dagster_webserver", *address, *workspace],
        "daemon": [sys.executable, "-m", "orchestration.daemon", "run", *workspace],
        # Its access log would keep the addresses of published links.
        "api": [sys.executable, "-m", "uvicorn", "--no-access-log", "--host", "127.0.0.1", *api],
    }


def supervise(
    commands: Mapping[str, Sequence[str]],
    environment: Mapping[str, str],
    on_stop: Callable[[], None],
) -> int:
    """Run commands until one ends or a signal comes, then stop them all; the exit code.

    The code is 0 after a signal, 1 when a command ended by itself.
    """
    from resources.settings import PROJECT_ROOT

    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    processes = {
        name: subprocess.Popen(  # noqa: S603 - our own commands
            command,
            cwd=PROJECT_ROOT,
            env=dict(environment),
            start_new_session=True,
        )
        for name, command in commands.items()
    }
    ended: list[str] = []
    while not stopping.wait(0.2) and not ended:
        ended = [name for name, process in processes.items() if process.poll() is not None]
    on_stop()
    console.print("Stopping." if not ended else f"Stopping: {ended[0]} has ended by itself.")
    for process in processes.values():
        process.terminate()
    for name, process in processes.items():
        try:
            process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            console.print(f"{name} did not stop within {STOP_WITHIN_S} s and was killed.")
            process.kill()
            process.wait()
    return 1 if ended else 0
