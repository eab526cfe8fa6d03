"""The page that describes every view and column for those who ask in SQL: `docs/tables.md`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from media.pipeline import SHARED_TABLES, all_pipelines
from media.tables import ROW_COLUMNS, Column, Table

SHARED = "all pipelines"
"""What the tables that belong to no pipeline are listed under."""


@dataclass(frozen=True)
class Question:
    """Something worth knowing, in words and in SQL."""

    words: str
    sql: str


QUESTIONS = (
    Question(
        "What was refused, and why?",
        """\
SELECT reason, count(*) AS files, any_value(detail) AS example
FROM uploads
WHERE status = 'refused'
GROUP BY reason
ORDER BY files DESC, reason""",
    ),
    Question(
        "What did staging cost, and how often did it fail, by model?",
        """\
SELECT provider, model,
       count(*) FILTER (WHERE status = 'ready') AS pictures,
       count(*) FILTER (WHERE status <> 'ready') AS failures,
       sum(cost_usd) AS cost_usd
FROM staged_images
GROUP BY provider, model
ORDER BY cost_usd DESC NULLS LAST""",
    ),
    Question(
        "Which styles do people approve? The newest decision about a picture counts.",
        """\
WITH current AS (
    SELECT key, arg_max(decision, decided_at) AS decision
    FROM reviews
    GROUP BY key
)
SELECT style,
       count(*) AS decided,
       avg(CASE decision WHEN 'approved' THEN 1 ELSE 0 END) AS approved_part
FROM (SELECT DISTINCT key, style FROM staged_images WHERE status = 'ready')
JOIN current USING (key)
WHERE decision <> 'undecided'
GROUP BY style
ORDER BY approved_part DESC, style""",
    ),
)

OPEN_VECTORS = """\
import lance
vectors = lance.dataset("data/store/lance/NAME.lance")
print(vectors.schema, vectors.to_table(columns=["id", "vector"], limit=5))"""
"""How to look into a table of vectors."""

_OPENING = """\
# Tables

Made from the declarations in `media/`: `showroom tables --markdown > docs/tables.md`.

Every table is a view of `showroom.duckdb`, which lies in the home (`SHOWROOM_HOME`, else `data`).
Open it read only: then any number may read while jobs run, and new rows appear by themselves.

    showroom sql "SELECT count(*) FROM uploads"
    duckdb -readonly data/showroom.duckdb

In Python that is `duckdb.connect("data/showroom.duckdb", read_only=True)`. `showroom sql` and
`showroom doctor` make the file, and `showroom up` makes it anew every 15 minutes. It holds views
only; the rows stay in the store's Parquet files. Where the store is a bucket, the views look at a
local mirror, which these commands bring up to date.

Vectors that are searched lie in Lance, one folder a table, under `lance/` in the store. A name ends
with its embedder and the version; vectors of two embedders are never compared. With pylance:

"""

_COMMON = """\
## Columns that every view starts with

A row is something that was made, or that could not be made: then its reason tells why, and most
other columns are null.

"""


def documented_tables() -> dict[str, tuple[Table, ...]]:
    """All tables there are, by the pipeline that they belong to."""
    own = {name: pipeline.tables for name, pipeline in all_pipelines().items()}
    return {**own, SHARED: SHARED_TABLES}


def tables_page(tables: Mapping[str, Sequence[Table]]) -> str:
    """The page, in Markdown; `tables` by the pipeline that they belong to."""
    return "\n".join([*_page(tables), ""])


def sql_type(dtype: pl.DataType) -> str:
    """The type that DuckDB gives a column of this polars type; `KeyError` for an unknown one."""
    if isinstance(dtype, pl.List):
        inner = dtype.inner
        return sql_type(inner if isinstance(inner, pl.DataType) else inner()) + "[]"
    if isinstance(dtype, pl.Decimal):
        return f"DECIMAL({dtype.precision},{dtype.scale})"
    return _SQL_TYPES[dtype]


_SQL_TYPES: Mapping[pl.DataType, str] = {
    pl.String(): "VARCHAR",
    pl.Boolean(): "BOOLEAN",
    pl.Int64(): "BIGINT",
    pl.Float32(): "FLOAT",
    pl.Float64(): "DOUBLE",
    pl.Datetime("us", "UTC"): "TIMESTAMP WITH TIME ZONE",
}


def _page(tables: Mapping[str, Sequence[Table]]) -> Iterator[str]:
    yield _OPENING + _indented(OPEN_VECTORS) + "\n"
    yield "## Three questions\n"
    for question in QUESTIONS:
        yield f"{question.words}\n\n{_indented(question.sql)}\n"
    yield _COMMON + _column_table(ROW_COLUMNS)
    for owner, owned in tables.items():
        yield f"\n## Tables of {_owner(owner)}"
        for table in owned:
            yield f"\n### `{table.name}`\n\n{table.description}\n"
            yield _column_table(table.own_columns)


def _owner(owner: str) -> str:
    return owner if owner == SHARED else f"`{owner}`"


def _column_table(columns: Sequence[Column]) -> str:
    rows = [
        f"| `{column.name}` | {sql_type(column.dtype)} | {_cell(column.description)} |"
        for column in columns
    ]
    return "\n".join(["| column | type | meaning |", "|---|---|---|", *rows])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _indented(code: str) -> str:
    return "\n".join(f"    {line}" if line else "" for line in code.splitlines())
