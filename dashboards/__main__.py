"""Serves the app: `python -m dashboards`, which `showroom up` runs.

Libraries are loaded, workers started and the run history read while the server starts, so that the
first person who looks does not wait for them.
"""

import threading

# Every worker process loads this module again: what it imports, each of them would hold.


def main() -> None:
    """Serve until a signal comes."""
    from streamlit.web import cli

    from resources.deployments import settings_from_environment
    from resources.settings import PROJECT_ROOT

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
    import logging

    from dashboards.charts.counted import counted_rows
    from dashboards.installation import desk
    from resources.job_board import JobFilter

    try:
        opened = desk()
        opened.deployment.start_workers()
        opened.board.page(JobFilter(), limit=1)
        settings = opened.deployment.settings
        counted_rows(settings.home, settings.store_url)
    except Exception:
        logging.getLogger(__name__).warning("the app could not get ready ahead", exc_info=True)


if __name__ == "__main__":
    main()
