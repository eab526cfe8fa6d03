"""Charts of how good pictures are: what people approve, staged rooms, and frames of clips."""

import polars as pl

from dashboards.charts.look import bars, card, histogram
from dashboards.charts.sentences import with_kind, with_provider
from dashboards.words import plural
from resources.insights import Insights

_LOOKS = {"Fine": 2, "Look first": 4}
_DECISIONS = {"Approved": 2, "Rejected": 3}
_FRAMES = {"All frames": 7, "Chosen": 0}
_MOST_BARS = 10
_STRUCTURE_STEP = 0.05


def show_decisions(told: Insights) -> None:
    """Which pictures people approve, by style and by who made them."""
    question = "What do people approve?"
    if told.decisions.is_empty():
        card(question, "Nobody has decided about these pictures yet: see the Review page.")
        return
    styles = pl.col("style").fill_null("").str.replace_all("_", " ").str.to_titlecase()
    named = pl.when(styles == "").then("kind").otherwise(pl.format("{} ({})", styles, "kind"))
    rows = (
        with_kind(told.decisions)
        .with_columns(name=named)
        .group_by("name")
        .agg(pl.col("approved", "rejected").sum())
        .sort(pl.col("approved") + pl.col("rejected"), "name", descending=[True, False])
        .head(_MOST_BARS)
    )
    long = rows.unpivot(["approved", "rejected"], index="name", value_name="pictures")
    long = long.with_columns(
        pl.col("variable").str.to_titlecase().alias("decision"),
        part=pl.col("pictures") / pl.col("pictures").sum().over("name"),
    )
    drawn = bars(
        long,
        "name",
        "part",
        "Part of the pictures decided about",
        color="decision",
        colors=_DECISIONS,
        value_format=".0%",
        tooltip=[("pictures", "Pictures")],
        domain=(0, 1),
    )
    made = card(question, "By style; the newest decision about a picture counts.", drawn)
    by_who = (
        with_provider(told.decisions)
        .group_by("who", maintain_order=True)
        .agg(pl.col("approved", "rejected").sum())
    )
    for row in by_who.to_dicts():
        decided = row["approved"] + row["rejected"]
        made.caption(
            f"Made by {row['who']}: {row['approved'] / decided:.0%} of "
            f"{plural(decided, 'picture')} approved."
        )


def show_structure(told: Insights) -> None:
    """How far staged rooms kept their structure."""
    question = "Do staged rooms stay the same rooms?"
    if told.structure.is_empty():
        card(question, "No room was staged in this time.")
        return
    looks = pl.when("needs_review").then(pl.lit("Look first")).otherwise(pl.lit("Fine"))
    card(
        question,
        "How far the room's own lines stayed where they were: 1 is all of them.",
        histogram(
            told.structure.with_columns(looks=looks),
            "from_score",
            "pictures",
            "Structure kept, 0 to 1",
            "Pictures",
            step=_STRUCTURE_STEP,
            color="looks",
            colors=_LOOKS,
            domain=(0, 1),
        ),
    )


def show_sharpness(told: Insights) -> None:
    """How sharp frames are, and those that were chosen."""
    question = "How sharp are the frames of clips, and those that were chosen?"
    if told.sharpness.is_empty():
        card(question, "No clip was looked at in this time.")
        return
    of_kind = pl.when("is_chosen").then(pl.lit("Chosen")).otherwise(pl.lit("All frames"))
    rows = told.sharpness.with_columns(
        which=of_kind, part=pl.col("frames") / pl.col("frames").sum().over("is_chosen")
    )
    card(
        question,
        "The further to the right the chosen ones lie of all, the better a clip was used.",
        histogram(
            rows,
            "from_sharpness",
            "part",
            "Sharpness (spread of the Laplacian)",
            "Part of the frames",
            step=float(rows["step"][0]),
            color="which",
            colors=_FRAMES,
            is_share=True,
        ),
    )
