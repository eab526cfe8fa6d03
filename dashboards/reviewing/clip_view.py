"""A clip, from its frames to its commercial images, and which frames were chosen."""

from typing import TYPE_CHECKING, Any

import polars as pl
import streamlit as st

from dashboards.pictures import Thumb, data_url, large, thumb_strip
from dashboards.reviewing.units import Fact, Row, Unit, title
from dashboards.words import plain
from media.pipelines.product_video import (
    CANDIDATE_FRAMES,
    CUTOUTS,
    FRAME_SCORES,
    PRODUCT_VIEWS,
)

if TYPE_CHECKING:
    import altair as alt

_CHART_POINTS = 1500
"""More would be drawn on top of each other."""
_CHOSEN, _CANDIDATE = "Shows a view", "Sharp enough to be chosen"


def show_product(unit: Unit) -> None:
    """A commercial image."""
    row = unit.row
    of = f"{title(unit.entry)}, of {unit.filename}"
    large(unit.desk, unit.entry.keys[0], of, is_clear=row.get("version") == "transparent")
    if (scene := row.get("scene")) and scene != row.get("version"):
        st.caption(f"Background: {plain(scene)}.")


def product_facts(unit: Unit) -> tuple[Fact, ...]:
    """How good the frame and its mask are, as facts."""
    told: list[Fact] = []
    if (cutout := _of_view(unit, unit.rows(CUTOUTS))) and cutout["mask_quality"] is not None:
        quality = f"{cutout['mask_quality']:.0%}"
        told.append(("Cut out", quality, "How far the edge of the product can be trusted."))
    if (view := _of_view(unit, unit.rows(PRODUCT_VIEWS))) and view["quality"] is not None:
        quality = f"{view['quality']} of 100, at {view['time_s']:.1f} s"
        told.append(("Frame", quality, "How good the frame is that it was made of."))
    return tuple(told)


def show_frames(unit: Unit) -> None:
    """The clip over time: scores, candidates, the frames that were chosen; one of them larger."""
    scores, candidates = unit.rows(FRAME_SCORES), unit.rows(CANDIDATE_FRAMES)
    if not scores or not candidates:
        return
    views = {row["frame"]: row for row in unit.rows(PRODUCT_VIEWS)}
    st.markdown("#### The clip, frame by frame")
    pictures = unit.desk.thumbnails.of([row["key"] for row in candidates])
    st.altair_chart(
        filmstrip(scores, candidates, set(views), pictures),
        width="stretch",
        alt="How sharp each frame of the clip is, over time",
        key=f"filmstrip-{unit.job.job}-{unit.entry.item}",
    )
    shown = _shown_frame(unit, candidates)
    thumbs = [
        Thumb(
            f"{row['time_s']:.1f} s" + (", chosen" if row["frame"] in views else ""),
            f"Frame at {row['time_s']:.2f} s, score {row['score']:.0f}",
            data,
            is_favourite=row["frame"] in views,
        )
        for row, data in zip(candidates, pictures, strict=True)
    ]
    look = f"frame-{unit.job.job}-{unit.entry.item}"

    def pick(number: int) -> None:
        st.session_state[look] = candidates[number]["frame"]

    thumb_strip(thumbs, shown, pick, label="Frames to choose from", key=f"strip-{look}")
    _compare(unit, candidates[shown])
    for tip in sorted({row["tips"] for row in candidates if row["tips"]}):
        st.caption(f":material/lightbulb: {plain(tip)}")


def _compare(unit: Unit, frame: Row) -> None:
    """The frame that is looked at beside the picture's own cutout."""
    left, right = st.columns(2)
    with left:
        large(unit.desk, frame["key"], f"Frame at {frame['time_s']:.2f} s", place="frame")
        st.caption(f"The frame at {frame['time_s']:.2f} s, score {frame['score']:.0f}.")
    if cutout := _of_view(unit, unit.rows(CUTOUTS)):
        with right:
            large(unit.desk, cutout["key"], "The product cut out", is_clear=True, place="cutout")
            quality = cutout["mask_quality"]
            words = "" if quality is None else f", its edge to be trusted to {quality:.0%}"
            st.caption(f"The product cut out{words}.")
            if cutout["review"]:
                st.caption(f":material/visibility: {plain(cutout['review'])}")


def _shown_frame(unit: Unit, candidates: list[Row]) -> int:
    """The number of the frame that was picked, else of the one this picture was made of."""
    frames = [row["frame"] for row in candidates]
    picked = st.session_state.get(f"frame-{unit.job.job}-{unit.entry.item}")
    own = unit.row.get("frame")
    return next((frames.index(each) for each in (picked, own) if each in frames), 0)


def _of_view(unit: Unit, rows: list[Row]) -> Row | None:
    """The row of the product and view that the entry shows."""
    wanted = (unit.row.get("product"), unit.row.get("view"))
    return next((row for row in rows if (row["product"], row["view"]) == wanted), None)


def filmstrip(
    scores: list[Row], candidates: list[Row], chosen: set[int], pictures: list[bytes | None]
) -> "alt.LayerChart | alt.FacetChart":
    """Scores over time as a line, candidates as dots with their picture, chosen ones larger.

    `chosen` are numbers of frames; `pictures` belong to `candidates`, in order.
    """
    import altair as alt

    thinned = scores[:: max(1, len(scores) // _CHART_POINTS)]
    line = [{"time_s": row["time_s"], "score": max(0.0, row["score"])} for row in thinned]
    dots: list[dict[str, Any]] = [
        {
            "time_s": row["time_s"],
            "score": max(0.0, row["score"]),
            "what": _CHOSEN if row["frame"] in chosen else _CANDIDATE,
            "image": data_url(data),
        }
        for row, data in zip(candidates, pictures, strict=True)
    ]
    time = alt.X("time_s:Q", title="Time in the clip, s")
    score = alt.Y("score:Q", title="Score: sharpness less motion")
    colors = alt.Scale(domain=[_CHOSEN, _CANDIDATE], range=["#c58a5c", "#3d6b7d"])
    return alt.layer(
        alt.Chart(pl.DataFrame(line))
        .mark_area(line=True, opacity=0.18, interpolate="monotone")
        .encode(x=time, y=score),
        alt.Chart(pl.DataFrame(dots))
        .mark_circle(opacity=1)
        .encode(
            x=time,
            y=score,
            color=alt.Color("what:N", scale=colors, legend=alt.Legend(title=None, orient="top")),
            size=alt.condition(f"datum.what == '{_CHOSEN}'", alt.value(180), alt.value(60)),
            tooltip=[
                alt.Tooltip("image:N"),
                alt.Tooltip("time_s:Q", title="Time, s", format=".2f"),
                alt.Tooltip("score:Q", title="Score", format=".0f"),
            ],
        ),
    ).properties(height=220)
