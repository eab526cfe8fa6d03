"""The installation behind the pages: opened once for all who look, and found again by each page."""

from contextlib import ExitStack
from pathlib import Path

import streamlit as st

from resources.deployments import Deployment, settings_from_environment
from resources.job_desk import JobDesk, open_desk


def desk() -> JobDesk:
    """The job desk of the installation that the environment describes.

    Raises InvalidSetting where the environment describes none.
    """
    settings = settings_from_environment()
    return _opened(settings.home, settings.store_url)[0]


def _close(opened: tuple[JobDesk, ExitStack]) -> None:
    opened[1].close()


@st.cache_resource(show_spinner=False, on_release=_close)
def _opened(home: Path, store: str) -> tuple[JobDesk, ExitStack]:
    """One for each installation, since tests look at several."""
    return open_installation()


def open_installation() -> tuple[JobDesk, ExitStack]:
    """The desk, and what closes it; two calls open two."""
    with ExitStack() as opening:
        deployment = opening.enter_context(Deployment.from_environment())
        opened = opening.enter_context(open_desk(deployment))
        return opened, opening.pop_all()
