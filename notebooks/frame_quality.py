"""How good are the frames of our clips? Sharpness and motion, what was chosen, what was not."""
# mypy: disable-error-code="no-untyped-def,no-untyped-call"
# ruff: noqa: PLR1711

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Frame quality")

with app.setup:
    import marimo as mo
    import polars as pl

    from media.pipeline import pipeline_named
    from media.pipelines.product_video import (
        CANDIDATE_FRAMES,
        COMMERCIAL_IMAGES,
        CUTOUTS,
        FRAME_SCORES,
        PRODUCT_VIEWS,
        SOURCE_VIDEOS,
    )
    from notebooks.charts import bars, histogram, over_time
    from notebooks.pictures import Shown, sheet
    from notebooks.reading import asked, of_item, rows_of
    from resources.deployments import Deployment


@app.cell
def _():
    mo.md("""
    # How good are the frames of our clips?

    Of every frame two things are measured. **Sharpness** is the standard deviation of the Laplacian
    of the luma, in grey levels: 0 is a flat or thoroughly blurred picture, and what is good depends
    on the product, so compare frames of one clip rather than clips. **Motion** is the mean
    difference to the frame before, 0 to 1. The **score** is sharpness less motion, weighed; the
    best-scored frames, some time apart, become candidates, and the best candidate of each view is
    cut out and shown.
    """)
    return


@app.cell
def _():
    deployment = Deployment.from_environment()
    return (deployment,)


@app.cell
def _(deployment):
    clips = rows_of(
        deployment,
        SOURCE_VIDEOS,
        ("job", "item", "filename", "duration_s", "fps", "frames", "width_px", "height_px"),
        "status = 'ready'",
    )
    mo.stop(
        clips.is_empty(),
        mo.md(f"""
        No clips yet: drop one into `{deployment.store.description}/inbox/product_video/` while
        `make dev` runs, or run `make demo`.
        """),
    )
    labels = {
        f"{row['filename']} ({row['job'][-6:]}/{row['item']})": (row["job"], row["item"])
        for row in clips.reverse().to_dicts()
    }
    chosen_clip = mo.ui.dropdown(labels, value=next(iter(labels)), label="Clip")
    mo.vstack(
        [
            mo.md(f"## One clip over time\n\n{clips.height} clips; the newest is shown first."),
            chosen_clip,
        ]
    )
    return chosen_clip, clips


@app.cell
def _(chosen_clip, deployment):
    of_clip = of_item(*chosen_clip.value)
    measured = ("frame", "time_s", "sharpness", "motion", "score")
    scores = rows_of(
        deployment,
        FRAME_SCORES,
        ("job", "item", *measured),
        f"status = 'ready' AND {of_clip}",
    ).sort("time_s")
    candidates = rows_of(
        deployment,
        CANDIDATE_FRAMES,
        ("job", "item", *measured, "key", "tips"),
        f"status = 'ready' AND {of_clip}",
    ).sort("time_s")
    views = rows_of(
        deployment,
        PRODUCT_VIEWS,
        ("job", "item", "frame", "product", "view", "is_hero", "quality", "sharpness", "key"),
        f"status = 'ready' AND {of_clip}",
    )
    return candidates, scores, views


@app.cell
def _(chosen_clip, deployment):
    job, item = chosen_clip.value
    request = deployment.intake.request(job)
    parameters = pipeline_named(request.pipeline).parse(request.params_of(item))
    return (parameters,)


@app.cell
def _(candidates, parameters, scores):
    # A long clip has more frames than a page has pixels: the sharpest of each stretch is drawn.
    _stretch = max(1, scores.height // 1500)
    drawn = (
        scores.with_columns(stretch=pl.int_range(pl.len()) // _stretch)
        .sort("sharpness", descending=True)
        .unique("stretch", keep="first")
        .sort("time_s")
        .select("frame", "time_s", "sharpness", "motion")
    )
    dropped = scores.filter(pl.col("sharpness") < parameters.min_sharpness).height
    _share = dropped / max(1, scores.height)
    mo.vstack(
        [
            over_time(
                drawn,
                "sharpness",
                "Sharpness; dots are the candidates, the dashed line the least that is taken",
                "sharpness, grey levels",
                marked=candidates.select("frame", "time_s", "sharpness", "score"),
                floor=parameters.min_sharpness,
            ),
            over_time(drawn, "motion", "Motion", "motion, 0 to 1"),
            mo.md(f"""
            {scores.height} frames were scored, {candidates.height} became candidates, and
            {dropped} ({_share:.0%}) were less sharp than {parameters.min_sharpness:g} and dropped.
            """),
            *[mo.md(f"To record better: {_tip}") for _tip in candidates["tips"].drop_nulls()[:1]],
        ]
    )
    return


@app.cell
def _(candidates, deployment, views):
    _hero = {row["frame"]: row["view"] for row in views.filter("is_hero").to_dicts()}
    _view = {row["frame"]: row["view"] for row in views.to_dicts()}

    def _note(frame):
        if frame in _hero:
            return f"{_hero[frame]}, shown first"
        return _view.get(frame, "")

    # The views' frames first, then the best of the rest.
    _shown = (
        candidates.with_columns(is_view=pl.col("frame").is_in(list(_view)))
        .sort("is_view", "score", descending=True)
        .head(12)
        .sort("time_s")
    )
    _pictures = [
        Shown(
            row["key"], f"{row['time_s']:.2f} s, sharp {row['sharpness']:.1f}", _note(row["frame"])
        )
        for row in _shown.to_dicts()
    ]
    mo.vstack(
        [
            mo.md("""
            ### The frames that were chosen

            Up to twelve candidates in the order of the clip; those that became a view say which.
            """),
            mo.image(sheet(deployment, _pictures, columns=4))
            if _pictures
            else mo.md("No frame of this clip was sharp enough to be a candidate."),
        ]
    )
    return


@app.cell
def _(clips, deployment):
    sharpness_of_all = asked(
        deployment,
        """SELECT filename AS clip, round(sharpness * 2) / 2 AS sharpness, count(*) AS frames
           FROM frame_scores WHERE status = 'ready' GROUP BY ALL ORDER BY ALL""",
        {"clip": pl.String(), "sharpness": pl.Float64(), "frames": pl.Int64()},
    )
    # More colours than that cannot be told apart.
    _color = "clip" if sharpness_of_all["clip"].n_unique() <= 8 else None
    mo.vstack(
        [
            mo.md(f"""
            ## All clips

            {clips.height} clips, {clips["duration_s"].sum():.1f} s of film,
            {int(sharpness_of_all["frames"].sum()):,} frames scored.
            """),
            histogram(
                sharpness_of_all,
                "sharpness",
                "Sharpness of all scored frames",
                "sharpness, grey levels",
                _color,
                counted="frames",
            ),
        ]
    )
    return


@app.cell
def _(clips, deployment):
    outcomes = asked(
        deployment,
        " UNION ALL ".join(
            f"""SELECT '{table.name}' AS step, {words} AS why, count(*) AS pictures
                FROM "{table.name}" WHERE status <> 'ready' OR {doubted} GROUP BY ALL"""  # noqa: S608
            for table, words, doubted in (
                (SOURCE_VIDEOS, "reason", "FALSE"),
                (CANDIDATE_FRAMES, "reason", "FALSE"),
                (PRODUCT_VIEWS, "reason", "FALSE"),
                (CUTOUTS, "coalesce(reason, 'to review: ' || review)", "needs_review"),
                (COMMERCIAL_IMAGES, "coalesce(reason, 'to review: ' || review)", "needs_review"),
            )
        ),
        {"step": pl.String(), "why": pl.String(), "pictures": pl.Int64()},
    )
    mo.vstack(
        [
            mo.md(f"""
            ## What the gate dropped of {clips.height} clips

            A cutout that is empty, cut off by its frame, or blurred is never published: its row is
            refused with the reason. One that is only doubtful is made, and a person should look.
            """),
            bars(outcomes, "why", "pictures", "Held back, by reason and step", "pictures", "step")
            if outcomes.height
            else mo.md("Nothing was held back: every view of every clip came through."),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
