"""Imports of catalogues: what was taken of each, what was not and why, and a new one."""

from collections.abc import Sequence

import polars as pl
import streamlit as st
from pydantic import JsonValue

from dashboards.page import JOBS, empty_state, plainly
from dashboards.submitting.sending import Gathered, Order, obstacle, send
from dashboards.viewer import Viewer
from dashboards.words import STATES, age, plural
from media.errors import ShowroomError
from media.pipeline import pipeline_named
from media.pipelines.catalogue import ATELIERS, CATALOGUE_FILES, PRODUCT_EMBEDDINGS, PRODUCTS
from resources.job_board import JobFilter
from resources.job_desk import JobDesk
from resources.job_records import JobRecord, JobState
from resources.tables import Tables

_PIPELINE = "catalogue"
_ON_A_PAGE = 10
_LISTED = 500
"""Rows that were not taken and are listed; a file may have a hundred thousand."""
_EXTENSIONS = ("csv", "tsv", "json", "jsonl", "parquet", "jpg", "jpeg", "png", "webp", "avif")
_IMPORTED = "imported job"
_LOOK_EVERY_S = 3


def show_imports(made: JobDesk, viewer: Viewer) -> None:
    """A form that imports, and below it what came of earlier imports."""
    with st.expander("Import a file", icon=":material/upload:", expanded=True):
        _form(made, viewer)
    asked = JobFilter(pipeline=_PIPELINE, owner=viewer.only_owner)
    total = made.board.page(asked, limit=0).total
    if not total:
        empty_state(
            ":material/upload_file:",
            "Nothing was imported yet",
            "Put a table of products or ateliers in above, with the pictures that it names.",
        )
        return
    st.subheader("Earlier imports", anchor=False)
    pages = -(-total // _ON_A_PAGE)
    page = min(pages, st.pagination(pages, key="import page")) if pages > 1 else 1
    offset = (page - 1) * _ON_A_PAGE
    jobs = made.board.page(asked, offset, _ON_A_PAGE).jobs
    every = _LOOK_EVERY_S if _is_moving(jobs) else None
    st.fragment(_list, run_every=every)(made, asked, offset, is_looking=every is not None)


def what_was_taken(tables: Tables, jobs: Sequence[str]) -> pl.DataFrame:
    """Per job: `files`, `products`, `ateliers`, `bad` (entries not taken), `pictures_missing`."""
    files = tables.rows_of_jobs(CATALOGUE_FILES, jobs, ["job", "filename", "kind"])
    names = (
        files.filter(pl.col("kind").fill_null("") != "image")
        .group_by("job")
        .agg(files=pl.col("filename").unique(maintain_order=True))
    )
    ready = pl.col("status") == "ready"
    told = names
    for table, name in ((PRODUCTS, "products"), (ATELIERS, "ateliers")):
        rows = tables.rows_of_jobs(table, jobs, ["job", "status", "is_removed"])
        counted = rows.group_by("job").agg(
            (ready & ~pl.col("is_removed").fill_null(value=False)).sum().alias(name),
            (~ready).sum().alias(f"bad_{name}"),
        )
        told = told.join(counted, on="job", how="full", coalesce=True)
    pictures = tables.rows_of_jobs(PRODUCT_EMBEDDINGS, jobs, ["job", "status"])
    missing = pictures.group_by("job").agg(pictures_missing=(~ready).sum())
    told = told.join(missing, on="job", how="full", coalesce=True)
    return told.select(
        "job",
        "files",
        pl.col("products", "ateliers").fill_null(0),
        bad=pl.col("bad_products").fill_null(0) + pl.col("bad_ateliers").fill_null(0),
        pictures_missing=pl.col("pictures_missing").fill_null(0),
    )


def not_taken(tables: Tables, job: str) -> pl.DataFrame:
    """What a job did not take: `File`, `Row`, `Id` and `Why`, as people read it."""
    frames = []
    for table, identity in (
        (CATALOGUE_FILES, None),
        (PRODUCTS, "product"),
        (ATELIERS, "atelier"),
        (PRODUCT_EMBEDDINGS, "product"),
    ):
        line = ["line"] if "line" in table.schema else []
        own = [identity] if identity else []
        columns = ["job", "filename", *line, *own, "status", "detail"]
        rows = tables.rows_of_jobs(table, [job], columns).filter(pl.col("status") != "ready")
        frames.append(
            rows.select(
                File="filename",
                Row="line" if line else pl.lit(None, pl.Int64),
                Id=identity or pl.lit(None, pl.String),
                Why="detail",
            )
        )
    return pl.concat(frames).head(_LISTED)


def _is_moving(jobs: Sequence[JobRecord]) -> bool:
    return any(not job.state.ended for job in jobs)


def _list(made: JobDesk, asked: JobFilter, offset: int, *, is_looking: bool) -> None:
    jobs = made.board.page(asked, offset, _ON_A_PAGE).jobs
    if is_looking and not _is_moving(jobs):
        # Drawn anew, the page looks no more.
        st.rerun()
    with plainly():
        tables = made.deployment.tables
        taken = what_was_taken(tables, [job.job for job in jobs])
        by_job = {row["job"]: row for row in taken.to_dicts()}
        for job in jobs:
            _import(tables, job, by_job.get(job.job, {}))


def _import(tables: Tables, job: JobRecord, taken: dict[str, object]) -> None:
    counts = {
        name: value if isinstance(value := taken.get(name), int) else 0
        for name in ("products", "ateliers", "bad", "pictures_missing")
    }
    files = taken.get("files")
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(", ".join(files) if isinstance(files, list) and files else "Import")
            words, icon, color = STATES[job.state]
            st.badge(words, icon=icon, color=color)
            st.caption(age(job.submitted_at))
            st.page_link(JOBS, label="Job", query_params={"job": job.job})
        st.markdown(_said(counts, job.state))
        if counts["bad"] or counts["pictures_missing"]:
            with st.expander("What was not taken, and why"):
                rows = not_taken(tables, job.job)
                st.dataframe(rows, hide_index=True, width="stretch")
                if rows.height == _LISTED:
                    st.caption(f"The first {_LISTED}; `showroom sql` knows the others.")


def _said(counts: dict[str, int], state: JobState) -> str:
    """What came of an import, as a sentence."""
    taken = [
        plural(counts[name], noun)
        for name, noun in (("products", "product"), ("ateliers", "atelier"))
        if counts[name]
    ]
    if not (taken or counts["bad"]):
        waits = "Waits to be read." if state is JobState.WAITING else "Being read."
        return "Nothing was taken." if state.ended else waits
    said = " and ".join(taken) + " taken" if taken else "Nothing taken"
    if counts["bad"]:
        said += f", :orange[{plural(counts['bad'], 'row')} not taken]"
    if counts["pictures_missing"]:
        said += f", :orange[{plural(counts['pictures_missing'], 'picture')} missing]"
    return said + "."


def _form(made: JobDesk, viewer: Viewer) -> None:
    if job := st.session_state.get(_IMPORTED):
        st.success("The import is on its way; it is the first of those below.")
        st.page_link(JOBS, label="See the job", query_params={"job": job})
        if not made.runs_by_itself():
            st.warning(
                "Nothing runs it yet: start Showroom with `showroom up` in a terminal.",
                icon=":material/power_settings_new:",
            )
    # Another number makes an empty form.
    key = f"import {st.session_state.get('imports', 0)}"
    files = st.file_uploader(
        "A table of products or ateliers, and the pictures that it names",
        type=list(_EXTENSIONS),
        accept_multiple_files=True,
        key=key,
        help="CSV, JSON or JSON lines, as shops export them. Pictures may also be web addresses "
        "in the table.",
    )
    name, currency, removing = st.columns(3, vertical_alignment="bottom")
    params: dict[str, JsonValue] = {
        "catalogue": (name.text_input("Catalogue", "main", key=f"{key} name") or "").strip(),
        "currency": (
            currency.text_input(
                "Currency of prices that name none", "USD", max_chars=3, key=f"{key} currency"
            )
            or ""
        ).strip(),
        "remove_missing": removing.toggle(
            "Remove what the file lacks",
            key=f"{key} removing",
            help="What this catalogue had before and the file does not have is removed from it.",
        ),
    }
    gathered = Gathered(files=files)
    why = _why_not(made, gathered, params)
    pressed = st.button(
        "Import",
        type="primary",
        icon=":material/upload:",
        disabled=why is not None,
        help=why,
        key=f"{key} go",
    )
    if why and files:
        st.caption(f":material/info: {why}")
    if pressed:
        with plainly():
            order = Order(_PIPELINE, params, viewer.name)
            st.session_state[_IMPORTED] = send(made.deployment, order, gathered)
            st.session_state["imports"] = st.session_state.get("imports", 0) + 1
            made.board.look_again()
            st.rerun()


def _why_not(made: JobDesk, gathered: Gathered, params: dict[str, JsonValue]) -> str | None:
    """Why this cannot be imported yet, as a sentence; None when it can."""
    pipeline = pipeline_named(_PIPELINE)
    try:
        pipeline.parse(params)
    except ShowroomError as error:
        return str(error)
    if not gathered.count:
        return "Put a file in first."
    return obstacle(pipeline, gathered, params, None, made.deployment.settings.max_upload_bytes)
