"""Ids that come more than once: the first entry is taken, later ones are refused."""

import polars as pl

from media.errors import DuplicateId

_KEPT = frozenset(
    {
        "job",
        "item",
        "filename",
        "line",
        "catalogue",
        "name",
        "is_removed",
        "status",
        "reason",
        "detail",
    }
)


def refuse_repeated(rows: pl.DataFrame, id_column: str) -> pl.DataFrame:
    """Rows of one import, in their order, with later ones of an id refused as `duplicate_id`.

    `rows` may come from several files. Only ready rows count, so a bad entry takes no id away.
    A refused row keeps its place, id and name.
    """
    places = rows.select("status", "filename", "line", id_column).with_row_index("row_")
    ready = places.filter(pl.col("status") == "ready")
    is_later = pl.col("row_") != pl.col("row_").first().over(id_column)
    first = ready.filter(~is_later).select(
        id_column, pl.col("filename").alias("first_file_"), pl.col("line").alias("first_line_")
    )
    later = ready.filter(is_later).select("row_", id_column).join(first, on=id_column)
    if later.is_empty():
        return rows
    marked = rows.with_row_index("row_").join(
        later.drop(id_column), on="row_", how="left", maintain_order="left"
    )
    is_refused = pl.col("first_file_").is_not_null()
    kept = _KEPT | {id_column}
    detail = pl.format(
        "the id '{}' is also that of line {} of {}; give each entry an id of its own",
        *(id_column, "first_line_", "first_file_"),
    )
    outcome = {
        "status": pl.lit(DuplicateId.status),
        "reason": pl.lit(DuplicateId.reason),
        "detail": detail,
    }
    return marked.with_columns(
        *(
            pl.when(is_refused).then(None).otherwise(pl.col(c)).alias(c)
            for c in rows.columns
            if c not in kept
        ),
        *(
            pl.when(is_refused).then(new).otherwise(pl.col(c)).alias(c)
            for c, new in outcome.items()
        ),
    ).select(rows.columns)
