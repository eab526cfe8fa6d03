"""What is there? The tables of the warehouse, their columns and rows, jobs and refusals by day."""
# mypy: disable-error-code="no-untyped-def,no-untyped-call"
# ruff: noqa: PLR1711

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Explore the warehouse")

with app.setup:
    import marimo as mo
    import polars as pl

    from media.pipeline import all_pipelines, all_tables, table_named
    from notebooks.charts import bars, days
    from notebooks.reading import asked, with_days
    from resources.deployments import Deployment


@app.cell
def _():
    mo.md("""
    # What is in the warehouse?

    `showroom.duckdb` has one view per table. Every table has a row per thing that a job made or
    looked at, and each row says whether it is **ready**, **refused** (the input is bad and always
    will be) or **failed** (it should have worked; the job can be run again). Anyone who speaks SQL
    may ask the same: `showroom sql "SELECT ..."`.
    """)
    return


@app.cell
def _():
    deployment = Deployment.from_environment()
    return (deployment,)


@app.cell
def _(deployment):
    counting = " UNION ALL ".join(
        f"""SELECT '{table.name}' AS "table", count(*) AS rows, count(DISTINCT job) AS jobs,
            count(*) FILTER (status = 'ready') AS ready,
            count(*) FILTER (status = 'refused') AS refused,
            count(*) FILTER (status = 'failed') AS failed FROM "{table.name}" """  # noqa: S608
        for table in all_tables()
    )
    counts = asked(
        deployment,
        counting,
        {
            "table": pl.String(),
            **dict.fromkeys(("rows", "jobs", "ready", "refused", "failed"), pl.Int64()),
        },
    )
    pipeline_of = {
        table.name: pipeline.name
        for pipeline in all_pipelines().values()
        for table in pipeline.tables
    }
    overview = counts.with_columns(
        pipeline=pl.col("table").replace_strict(pipeline_of, default=None),
        meaning=pl.col("table").replace_strict({t.name: t.description for t in all_tables()}),
    )
    total_rows = int(counts["rows"].sum())
    mo.vstack(
        [
            mo.md(f"## Tables\n\n{counts.height} tables, {total_rows:,} rows."),
            mo.ui.table(overview, selection=None, page_size=30),
        ]
    )
    return overview, total_rows


@app.cell
def _(deployment, total_rows):
    mo.stop(
        total_rows == 0,
        mo.md(f"""
        Nothing has been made yet: run `make demo`, or drop a file into
        `{deployment.store.description}/inbox/library/` while `make dev` runs.
        """),
    )
    firsts = " UNION ALL ".join(
        f"SELECT '{p.name}' AS pipeline, job, status, reason FROM \"{p.first_table.name}\""  # noqa: S608
        for p in all_pipelines().values()
    )
    items = with_days(
        asked(
            deployment,
            firsts,
            dict.fromkeys(("pipeline", "job", "status", "reason"), pl.String()),
        )
    )
    return (items,)


@app.cell
def _(items):
    jobs_a_day = (
        items.group_by("day", "pipeline")
        .agg(jobs=pl.col("job").n_unique(), items=pl.len())
        .sort("day", "pipeline")
    )
    mo.vstack(
        [
            mo.md("""
            ## Jobs a day

            A job is one submission of 1 to 500 items, or what was dropped into an inbox together.
            Its day is in its id.
            """),
            days(jobs_a_day, "jobs", "Jobs by day and pipeline", "jobs", "pipeline"),
            days(jobs_a_day, "items", "Items by day and pipeline", "items", "pipeline"),
        ]
    )
    return


@app.cell
def _(deployment):
    bad = " UNION ALL ".join(
        f"SELECT DISTINCT '{table.name}' AS \"table\", job, item, status, reason, detail "  # noqa: S608
        f"FROM \"{table.name}\" WHERE status <> 'ready'"
        for table in all_tables()
    )
    names = ("table", "job", "item", "status", "reason", "detail")
    refusals = with_days(asked(deployment, bad, dict.fromkeys(names, pl.String())))
    return (refusals,)


@app.cell
def _(refusals, total_rows):
    by_reason = (
        refusals.group_by("reason", "status", "table").agg(items=pl.len()).sort("items", "reason")
    )
    by_day = refusals.group_by("day", "reason").agg(items=pl.len()).sort("day", "reason")
    examples = refusals.unique("reason", keep="last", maintain_order=True).select(
        "reason", "detail", "table", "job", "item"
    )
    mo.vstack(
        [mo.md(f"## What was refused, and why\n\nNone of {total_rows:,} rows was refused.")]
        if refusals.is_empty()
        else [
            mo.md("""
            ## What was refused, and why

            Items by the reason code of their rows. The sentence of each is what its owner was told;
            an item is counted once per table that could not have it.
            """),
            bars(by_reason, "reason", "items", "Items not ready, by reason", "items", "table"),
            days(by_day, "items", "Items not ready, by day and reason", "items", "reason"),
            mo.ui.table(examples, selection=None, page_size=20),
        ]
    )
    return


@app.cell
def _(overview):
    fullest = overview.sort("rows", descending=True)["table"][0]
    chosen = mo.ui.dropdown(sorted(overview["table"]), value=fullest, label="Table")
    return (chosen,)


@app.cell
def _(chosen):
    table = table_named(chosen.value)
    columns = pl.DataFrame(
        [
            {"column": c.name, "type": str(c.dtype), "meaning and unit": c.description}
            for c in table.columns
        ]
    )
    mo.vstack(
        [
            mo.md("## Look into a table"),
            chosen,
            mo.md(table.description),
            mo.ui.table(columns, selection=None, page_size=40),
        ]
    )
    return (table,)


@app.cell
def _(deployment, table):
    # A vector is hundreds of numbers that mean nothing one by one.
    readable = {name: dtype for name, dtype in table.schema.items() if name != "vector"}
    listed = ", ".join(f'"{name}"' for name in readable)
    newest = asked(
        deployment,
        f'SELECT {listed} FROM "{table.name}" ORDER BY job DESC, item LIMIT 200',  # noqa: S608
        readable,
    )
    mo.vstack(
        [
            mo.md("The newest rows, 200 at most."),
            mo.ui.table(newest, selection=None, page_size=10),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
