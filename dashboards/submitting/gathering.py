"""Gathering: the part of the submit page where files and addresses are put together."""

import streamlit as st

from dashboards.submitting import state as submit_state
from dashboards.submitting.direct_upload import direct_upload
from dashboards.submitting.offers import extensions_of, limits_of, most_bytes_of, offer_of
from dashboards.submitting.samples import samples_of
from dashboards.submitting.sending import Gathered, addresses_in, discard, send_uploaded
from media.errors import ShowroomError
from media.pipeline import Pipeline
from resources.deployments import Deployment

_FILES, _ADDRESSES, _SAMPLES = "Files", "Web addresses", "A sample of ours"


def gather(deployment: Deployment, pipeline: Pipeline, key: str) -> Gathered:
    """Show where files are dropped, addresses pasted or samples taken; what is there now."""
    samples = samples_of(pipeline)
    way = st.segmented_control(
        "Where are they?",
        [_FILES, _ADDRESSES, *([_SAMPLES] if samples else [])],
        default=_FILES,
        required=True,
        key=f"{key}-way",
        label_visibility="collapsed",
        disabled=submit_state.going() is not None,
        persist_state="page",
    )
    if way == _ADDRESSES:
        text = st.text_area(
            "Web addresses, one per line",
            key=f"{key}-urls",
            placeholder="https://example.com/living-room.jpg",
            help="Public addresses. They are fetched when the job runs.",
            height=140,
            persist_state="page",
        )
        return Gathered(urls=addresses_in(text or ""))
    if way == _SAMPLES:
        names = ", ".join(path.name for path in samples[:3])
        more = f" and {len(samples) - 3} more" if len(samples) > 3 else ""
        st.info(f"To try it out: {names}{more}.", icon=":material/auto_awesome:")
        return Gathered(samples=samples)
    if deployment.direct_uploads.offered:
        return _in_the_browser(deployment, pipeline, key)
    most_bytes = most_bytes_of(pipeline, deployment.submissions)
    files = st.file_uploader(
        f"Drop {offer_of(pipeline).takes} here",
        extensions_of(pipeline) or None,
        accept_multiple_files=True,
        key=f"{key}-files",
        max_upload_size=max(1, most_bytes // 1_000_000),
    )
    st.caption(limits_of(pipeline, most_bytes))
    return Gathered(files=files)


def _in_the_browser(deployment: Deployment, pipeline: Pipeline, key: str) -> Gathered:
    """Files that go straight to the bucket; once they have arrived they become a job."""
    going = submit_state.going()
    most_bytes = most_bytes_of(pipeline, deployment.submissions)
    st.markdown("On their way" if going else f"Drop {offer_of(pipeline).takes} here")
    choice = direct_upload(
        f"{key}-direct",
        extensions_of(pipeline),
        limits_of(pipeline, most_bytes),
        most_bytes,
        going.upload if going else None,
    )
    if going and choice.arrived is not None:
        submit_state.end(_completed(deployment, going, choice.arrived))
        st.rerun()
    return Gathered(chosen=choice.files)


def _completed(
    deployment: Deployment, going: submit_state.Going, arrived: tuple[int, ...]
) -> submit_state.Outcome | None:
    """How the upload ended; None when every file of it was cancelled."""
    pipeline = going.order.pipeline
    if not arrived:
        discard(deployment, going.upload)
        return None
    try:
        job = send_uploaded(deployment, going.order, going.upload, arrived)
    except ShowroomError as error:
        discard(deployment, going.upload)
        return submit_state.Outcome(pipeline, problem=str(error))
    return submit_state.Outcome(pipeline, job)
