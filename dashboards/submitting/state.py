"""What the submit page remembers between two looks: an upload on its way, and how it ended."""

from dataclasses import dataclass

import streamlit as st

from dashboards.submitting.sending import Order
from resources.direct_uploads import Upload

_ROUND, _GOING, _OUTCOME = "submit-round", "submit-going", "submit-outcome"


@dataclass(frozen=True)
class Going:
    """An upload that is on its way from the browser to the store."""

    upload: Upload
    order: Order


@dataclass(frozen=True)
class Outcome:
    """How sending ended: a job, or why there is none."""

    pipeline: str
    job: str = ""
    problem: str = ""


def form_key(pipeline: str) -> str:
    """What the widgets of this form begin their keys with; another one once something was sent."""
    return f"submit-{st.session_state.get(_ROUND, 0)}-{pipeline}"


def going() -> Going | None:
    """The upload that is on its way."""
    found: Going | None = st.session_state.get(_GOING)
    return found


def begin(upload: Upload, order: Order) -> None:
    """Remember that the browser is to send files."""
    st.session_state.pop(_OUTCOME, None)
    st.session_state[_GOING] = Going(upload, order)


def end(outcome: Outcome | None) -> None:
    """Forget the upload; an outcome is told at the next look, and a job empties the form."""
    st.session_state.pop(_GOING, None)
    st.session_state.pop(_OUTCOME, None)
    if outcome is None:
        return
    st.session_state[_OUTCOME] = outcome
    if outcome.job:
        st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1


def outcome() -> Outcome | None:
    """How the last sending ended, until the next one."""
    found: Outcome | None = st.session_state.get(_OUTCOME)
    return found
