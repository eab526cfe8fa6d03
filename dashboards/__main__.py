"""Serves the app: `python -m dashboards`, which `showroom up` runs.

Libraries are loaded and the run history is read while the server starts, so that the first person
who looks does not wait for them.
"""

import logging
import threading

from streamlit.web import cli

from dashboards.installation import desk
from resources.deployments import settings_from_environment
from resources.job_board import JobFilter
from resources.settings import PROJECT_ROOT

_log = logging.getLogger(__name__)


def main() -> None:
    """Serve until a signal comes."""
    settings = settings_from_environment()
    threading.Thread(target=_get_ready, name="getting ready", daemon=True).start()
    options = {
        "server.address": "127.0.0.1",
        "server.port": str(settings.app_port),
        # People of this installation sign in with what its own home says.
        "secrets.files": str(settings.home / "secrets.toml"),
    }
    flags = [part for name, value in options.items() for part in (f"--{name}", value)]
    cli.main(["run", str(PROJECT_ROOT / "dashboards" / "review.py"), *flags])


def _get_ready() -> None:
    """What every page needs; a fault here is told to the first who looks."""
    try:
        opened = desk()
        opened.deployment.start_workers()
        opened.board.page(JobFilter(), limit=1)
    except Exception:  # noqa: BLE001 - the page that meets it says it to a person
        _log.warning("the app could not get ready ahead", exc_info=True)


if __name__ == "__main__":
    main()
