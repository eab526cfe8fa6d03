"""Does the search find what is alike? Each product's nearest neighbours, by category."""
# mypy: disable-error-code="no-untyped-def,no-untyped-call"
# ruff: noqa: PLR1711

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Search quality")

with app.setup:
    import marimo as mo
    import numpy as np
    import polars as pl

    from media.matching.likeness import matrix
    from notebooks.charts import bars, histogram
    from notebooks.neighbours import nearest_others
    from notebooks.pictures import Shown, sheet
    from resources.deployments import Deployment


@app.cell
def _():
    mo.md("""
    # Does the search find what is alike?

    Every product's picture is looked for among all others, itself left out. Where the embedder sees
    what people see, the nearest neighbour is of the same **category**, as the catalogue names it.

    - **hit@1**: share of products whose nearest neighbour is of their own category.
    - **precision@5**: share of the five nearest that are.
    - **likeness**: dot product of two vectors; 1 is the same picture.

    Two products with the same picture are no neighbours, and a product that is alone in its
    category is not counted: there is nothing to find. A catalogue's categories are not the truth:
    a blouse beside a shirt counts as a miss.
    """)
    return


@app.cell
def _():
    deployment = Deployment.from_environment()
    return (deployment,)


@app.cell
def _(deployment):
    index = deployment.fashion.indexed_products
    products = index.table.rows(
        columns=[
            *("id", "catalogue", "product", "name", "category", "category_key"),
            *("image_key", "image_sha256", "vector"),
        ]
    ).sort("id")
    mo.stop(
        products.is_empty(),
        mo.md(f"""
        No products yet: drop a catalogue with its pictures into
        `{deployment.store.description}/inbox/catalogue/` while `make dev` runs, or run `make demo`.
        """),
    )
    known = products.filter(pl.col("vector").is_not_null())
    with_vector = known.height / products.height
    mo.hstack(
        [
            mo.stat(products.height, label="products"),
            mo.stat(f"{with_vector:.0%}", label="have a picture's vector"),
            mo.stat(products["category_key"].n_unique(), label="categories"),
            mo.stat(f"{index.embedder} {index.embedder_version}", label="embedder"),
        ],
        justify="start",
    )
    return known, products


@app.cell
def _(known, products):
    by_catalogue = (
        products.group_by("catalogue")
        .agg(
            products=pl.len(),
            with_vector=pl.col("vector").is_not_null().sum(),
        )
        .with_columns(share=(pl.col("with_vector") / pl.col("products")).round(3))
        .sort("catalogue")
    )
    mo.vstack(
        [
            mo.md("""
            ## Who can be found by picture

            A product without a vector is found by its words only; `product_embeddings` says why it
            has none.
            """),
            mo.ui.table(by_catalogue, selection=None),
        ]
    )
    mo.stop(known.height < 2, mo.md("Fewer than two products have a picture: nothing to compare."))
    return


@app.cell
def _(known):
    _most_asked = 4000
    # Evenly over the catalogue, and always the same ones.
    _step = -(-known.height // _most_asked)
    vectors = matrix(known["vector"])
    found = nearest_others(
        vectors, known["image_sha256"].to_list(), list(range(0, known.height, _step)), count=5
    )
    categories = np.array(known["category_key"].fill_null("").to_list())
    _asked = np.arange(0, known.height, _step)
    _there = found.rows >= 0
    _same = (categories[found.rows] == categories[_asked][:, None]) & _there
    neighbours = pl.DataFrame(
        {
            "row": _asked,
            "category": known["category"].gather(_asked),
            "category_key": categories[_asked],
            "nearest": found.rows[:, 0],
            "likeness": found.likeness[:, 0],
            "hit": _same[:, 0],
            "precision": _same.sum(axis=1) / np.maximum(1, _there.sum(axis=1)),
        }
    ).filter(pl.col("nearest") >= 0)
    _sizes = known.group_by("category_key").agg(size=pl.len())
    judged = neighbours.join(_sizes, on="category_key", maintain_order="left").filter(
        pl.col("category_key") != "", pl.col("size") > 1
    )
    return judged, neighbours


@app.cell
def _(judged):
    mo.stop(
        judged.is_empty(),
        mo.md("No two products with pictures share a category: there is nothing to judge by."),
    )
    hit_at_1 = float(judged["hit"].mean())
    precision_at_5 = float(judged["precision"].mean())
    by_category = (
        judged.group_by("category_key")
        .agg(
            category=pl.col("category").first(),
            products=pl.len(),
            hit_at_1=pl.col("hit").mean().round(3),
            precision_at_5=pl.col("precision").mean().round(3),
        )
        .drop("category_key")
        .sort("products", "category", descending=[True, False])
    )
    mo.vstack(
        [
            mo.md("## By category"),
            mo.hstack(
                [
                    mo.stat(f"{hit_at_1:.0%}", label="hit@1"),
                    mo.stat(f"{precision_at_5:.0%}", label="precision@5"),
                    mo.stat(judged.height, label="products asked"),
                ],
                justify="start",
            ),
            bars(by_category.head(25), "category", "hit_at_1", "hit@1 by category", "hit@1"),
            mo.ui.table(by_category, selection=None, page_size=25),
        ]
    )
    return


@app.cell
def _(neighbours):
    _named = neighbours.with_columns(
        neighbour=pl.when("hit").then(pl.lit("same category")).otherwise(pl.lit("another"))
    ).select("likeness", "neighbour")
    mo.vstack(
        [
            mo.md("""
            ## How alike are neighbours?

            Where hits lie well to the right of misses, likeness can be trusted as a number too.
            """),
            histogram(
                _named,
                "likeness",
                "Likeness of each product and its nearest neighbour",
                "likeness",
                "neighbour",
            ),
        ]
    )
    return


@app.cell
def _(deployment, judged, known):
    # Two that are nearest to each other are one pair.
    worst = (
        judged.filter(~pl.col("hit"))
        .with_columns(
            first=pl.min_horizontal("row", "nearest"), second=pl.max_horizontal("row", "nearest")
        )
        .sort("likeness", "row", descending=[True, False])
        .unique(["first", "second"], keep="first", maintain_order=True)
        .head(6)
    )

    def _pair(row):
        one, other = known.row(row["row"], named=True), known.row(row["nearest"], named=True)
        return [
            Shown(one["image_key"], one["name"] or one["product"], one["category"]),
            Shown(
                other["image_key"],
                other["name"] or other["product"],
                f"{other['category']}, {row['likeness']:.2f} alike",
            ),
        ]

    _pictures = [shown for row in worst.to_dicts() for shown in _pair(row)]
    mo.vstack(
        [
            mo.md("""
            ## The worst misses

            The most alike pairs of different categories: a product, and right of it its neighbour.
            """),
            mo.image(sheet(deployment, _pictures, columns=4))
            if _pictures
            else mo.md("None: every nearest neighbour is of its product's category."),
        ]
    )
    return


if __name__ == "__main__":
    app.run()
