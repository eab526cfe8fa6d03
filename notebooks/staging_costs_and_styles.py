"""What do staged rooms cost, and how well do they keep the room? By style, room and provider."""
# mypy: disable-error-code="no-untyped-def,no-untyped-call"
# ruff: noqa: PLR1711

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Staging: costs and styles")

with app.setup:
    import marimo as mo
    import polars as pl

    from media.pipelines.staging import STAGED_IMAGES, STAGING_PROMPTS
    from notebooks.charts import bars, histogram
    from notebooks.pictures import Shown, sheet
    from notebooks.reading import rows_of
    from resources.deployments import Deployment


@app.cell
def _():
    mo.md("""
    # What do staged rooms cost, and how well do they keep the room?

    Costs are in **US dollars**, as the provider charged them; the built-in offline provider charges
    nothing. The **structure score** says how far edges outside the furniture stayed where they were
    in the photo, 0 to 1: a low one means that walls, windows or the view changed.
    """)
    return


@app.cell
def _():
    deployment = Deployment.from_environment()
    return (deployment,)


@app.cell
def _(deployment):
    wanted = ("job", "item", "name", "mode", "style", "room_type")
    judged = ("status", "reason", "structure_score", "changed_part", "needs_review", "review")
    asked_for = rows_of(
        deployment,
        STAGING_PROMPTS,
        ("job", "item", "name", "estimated_cost_usd"),
        "status = 'ready'",
    )
    staged = rows_of(
        deployment,
        STAGED_IMAGES,
        (*wanted, *judged, "filename", "key", "provider", "model", "cost_usd", "seconds"),
    ).join(asked_for, on=["job", "item", "name"], how="left", maintain_order="left")
    mo.stop(
        staged.is_empty(),
        mo.md(f"""
        No staged rooms yet: drop a photo of an empty room into
        `{deployment.store.description}/inbox/staging/` while `make dev` runs, or run `make demo`.
        """),
    )
    made = staged.filter(pl.col("status") == "ready")
    return made, staged


@app.cell
def _(made, staged):
    total_usd = float(staged["cost_usd"].sum())
    summary = {
        "pictures made": made.height,
        "not made": staged.height - made.height,
        "to be looked at": int(made["needs_review"].sum()),
        "spent, USD": f"{total_usd:.2f}",
    }
    mo.hstack([mo.stat(value, label=label) for label, value in summary.items()], justify="start")
    return (total_usd,)


@app.cell
def _(made, staged, total_usd):
    _by = ["style", "room_type", "mode", "provider"]
    pictures_by = made.group_by(_by).agg(pictures=pl.len()).sort(_by)
    cost_by = staged.group_by(_by).agg(cost_usd=pl.col("cost_usd").sum()).sort(_by)
    _charts = [
        bars(pictures_by, "style", "pictures", "Pictures by style", "pictures", "provider"),
        bars(pictures_by, "room_type", "pictures", "Pictures by room", "pictures", "provider"),
        bars(pictures_by, "mode", "pictures", "Pictures by what was done", "pictures", "provider"),
    ]
    if total_usd > 0:
        _charts += [
            bars(cost_by, "style", "cost_usd", "Cost by style", "US dollars", "provider"),
            bars(cost_by, "room_type", "cost_usd", "Cost by room", "US dollars", "provider"),
        ]
    _free = "Nothing was charged: every picture came from the offline provider."
    mo.vstack([mo.md("## Pictures and cost"), *_charts, *([] if total_usd > 0 else [mo.md(_free)])])
    return


@app.cell
def _(staged):
    estimates = (
        staged.group_by("provider", "model")
        .agg(
            pictures=pl.len(),
            estimated_usd=pl.col("estimated_cost_usd").sum().round(4),
            charged_usd=pl.col("cost_usd").sum().round(4),
            seconds_each=pl.col("seconds").mean().round(2),
        )
        .with_columns(difference_usd=(pl.col("charged_usd") - pl.col("estimated_usd")).round(4))
        .sort("provider", "model")
    )
    mo.vstack(
        [
            mo.md("""
            ## Estimated against charged

            The estimate is written down before anything is paid, and the budget of a job is checked
            against it. A difference above 0 means that the listed price is too low: set
            `SHOWROOM_REPLICATE_COST_USD`. One below 0 is mostly work that was paid for before and
            found again, or pictures that were never made.
            """),
            mo.ui.table(estimates, selection=None),
        ]
    )
    return


@app.cell
def _(made):
    scored = made.filter(pl.col("structure_score").is_not_null())
    by_style = (
        scored.group_by("style", "provider")
        .agg(
            pictures=pl.len(),
            median_score=pl.col("structure_score").median().round(3),
            least_score=pl.col("structure_score").min().round(3),
            to_review=pl.col("needs_review").sum(),
        )
        .sort("median_score")
    )
    mo.vstack(
        [mo.md("## Is it still the same room?\n\nNo picture has been judged yet.")]
        if scored.is_empty()
        else [
            mo.md("## Is it still the same room?"),
            histogram(
                scored,
                "structure_score",
                "Structure scores of all judged pictures",
                "structure score, 0 to 1",
                "provider",
            ),
            mo.ui.table(by_style, selection=None, page_size=20),
        ]
    )
    return (scored,)


@app.cell
def _(deployment, scored):
    _ends = scored.sort("structure_score", "job", "item", "name")
    _rows = pl.concat([_ends.head(4), _ends.slice(4).tail(4)]).to_dicts()
    _pictures = [
        Shown(
            row["key"],
            f"{row['structure_score']:.2f} {row['style'] or row['mode']}",
            row["review"] or row["room_type"],
        )
        for row in _rows
    ]
    _shown = [
        mo.md("The lowest scores first, then the highest."),
        mo.image(sheet(deployment, _pictures, columns=4, tile_px=190)) if _pictures else None,
    ]
    mo.vstack(_shown if _pictures else [])
    return


if __name__ == "__main__":
    app.run()
