"""Which pictures do we keep twice? Near-duplicates side by side, and the bytes that could go."""
# mypy: disable-error-code="no-untyped-def,no-untyped-call"
# ruff: noqa: PLR1711

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Duplicates")

with app.setup:
    import marimo as mo
    import polars as pl

    from notebooks.charts import bars
    from notebooks.pictures import Shown, sheet
    from resources.deployments import Deployment


@app.cell
def _():
    mo.md("""
    # Which pictures do we keep twice?

    Pictures are near-duplicates when their bytes are equal, when their perceptual hashes differ in
    few of 64 bits and their colours agree, or when many local features stand in one arrangement.
    Of each group the sharpest is kept; among equally sharp ones the one with the most pixels.

    Pictures made of one item, such as the same view on two backgrounds, were **asked for**: they
    are shown, and their bytes are not counted. Nothing is removed here: rows of tables name these
    pictures, so a person decides.
    """)
    return


@app.cell
def _():
    deployment = Deployment.from_environment()
    return (deployment,)


@app.cell
def _(deployment):
    image_index = deployment.fashion.image_index
    pictures = image_index.table.rows(
        columns=["id", "pipeline", "job", "item", "filename", "width_px", "height_px"]
    )
    mo.stop(
        pictures.is_empty(),
        mo.md("""
        No pictures are indexed yet: every five minutes, while `make dev` runs, new pictures are;
        `showroom duplicates` does it at once.
        """),
    )
    facts_of = {row["id"]: row for row in pictures.to_dicts()}
    return facts_of, image_index, pictures


@app.cell
def _(deployment, facts_of, image_index):
    def _bytes(key):
        stored = deployment.store.head(key)
        return 0 if stored is None else stored.bytes

    def _item(key):
        return tuple(facts_of[key][name] for name in ("pipeline", "job", "item"))

    groups = image_index.duplicates()
    others = pl.DataFrame(
        [
            {
                "group": _number,
                "filename": facts_of[_other.key]["filename"],
                "pipeline": facts_of[_other.key]["pipeline"],
                "why": _other.why,
                "kind": _other.why.split(",")[0],
                "bytes": _bytes(_other.key),
                "asked_for": _item(_other.key) == _item(_group.keep),
                "kept": facts_of[_group.keep]["filename"],
                "key": _other.key,
            }
            for _number, _group in enumerate(groups, start=1)
            for _other in _group.others
        ],
        schema={
            "group": pl.Int64(),
            **dict.fromkeys(("filename", "pipeline", "why", "kind"), pl.String()),
            "bytes": pl.Int64(),
            "asked_for": pl.Boolean(),
            **dict.fromkeys(("kept", "key"), pl.String()),
        },
    )
    spare = others.filter(~pl.col("asked_for"))
    spare_bytes = int(spare["bytes"].sum())
    return groups, others, spare, spare_bytes


@app.cell
def _(groups, pictures, spare, spare_bytes):
    mo.hstack(
        [
            mo.stat(pictures.height, label="pictures compared"),
            mo.stat(len(groups), label="groups"),
            mo.stat(spare.height, label="pictures that could go"),
            mo.stat(f"{spare_bytes / 1e6:.2f} MB", label="bytes that could go"),
        ],
        justify="start",
    )
    return


@app.cell
def _(groups, others, spare):
    mo.stop(
        not groups,
        mo.md("No two pictures are near-duplicates as of the last time pictures were indexed."),
    )
    by_kind = (
        spare.group_by("kind", "pipeline")
        .agg(pictures=pl.len(), bytes=pl.col("bytes").sum())
        .sort("kind", "pipeline")
    )
    mo.vstack(
        [
            bars(by_kind, "kind", "bytes", "Bytes that could go, by reason", "bytes", "pipeline")
            if spare.height
            else mo.md("All of these were asked for: none could go."),
            mo.ui.table(
                others.select(pl.exclude("kind")),
                selection=None,
                page_size=15,
            ),
        ]
    )
    return


@app.cell
def _(groups):
    per_page = 10
    _pages = -(-len(groups) // per_page)
    page = mo.ui.number(start=1, stop=max(1, _pages), value=1, label=f"Page, of {_pages}")
    return page, per_page


@app.cell
def _(deployment, facts_of, groups, page, per_page):
    _columns = 5

    def _shown(key, note):
        facts = facts_of[key]
        return Shown(key, f"{facts['width_px']}x{facts['height_px']}", note)

    def _row(group):
        listed = [_shown(group.keep, "kept")]
        listed += [
            _shown(other.key, other.why.removeprefix("perceptual "))
            for other in group.others[: _columns - 1]
        ]
        return [*listed, *[None] * (_columns - len(listed))]

    _first = (page.value - 1) * per_page
    _rows = [shown for group in groups[_first : _first + per_page] for shown in _row(group)]
    mo.vstack(
        [
            mo.md("""
            ## Side by side

            A row is a group: the picture to keep, then up to four that could go, with the reason.
            """),
            page,
            mo.image(sheet(deployment, _rows, columns=_columns, tile_px=150)),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
