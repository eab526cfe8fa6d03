"""A table of vectors that is searched: one Lance dataset in the store, under `lance/`.

Likeness is the dot product. A few rows are compared one by one. From `_INDEXED_FROM` rows on they
are indexed: up to `exact_below` by an index that keeps the vectors as they are and is read whole,
which is exact, then by 4-bit codes of all vectors (RaBitQ) whose best are compared again exactly.
Rows that came after the index was made are compared one by one until `tend` is called.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import polars as pl

from media import keys
from resources.lance_table import LanceTable
from resources.object_store import ObjectStore
from resources.settings import Settings

if TYPE_CHECKING:
    import numpy as np
    from lance import LanceDataset
    from numpy.typing import NDArray

GRACE = timedelta(hours=1)
"""How long a version is kept for those who are still reading it."""

_INDEXED_FROM = 1_000
_ROWS_PER_PART = 4_096
_CODE_BITS = 4
_REFINED = 3
"""How many times the rows asked for are compared exactly."""
_EVERY_PART = 1_000_000
"""More parts than an index has: the codes are quick enough to be read whole, so no filter and no
weighing of a query's parts can lead past the best."""
_ANEW_ABOVE = 0.25
"""Share of rows unknown to the index above which it is made anew."""
_EXACT, _CODED = "IVF_FLAT", "IVF_RQ"
_VECTOR, _HAS_VECTOR = "vector", "has_vector"


@dataclass(frozen=True)
class IndexLayout:
    """What a table of vectors holds: `id`, which is unique, `vector`, and columns of one's own."""

    schema: pl.Schema
    """With `id` as String and `vector` as Array(Float32, dimensions); vectors may be null."""
    of_few_values: Sequence[str] = ()
    """Columns that conditions ask for one of a few values."""
    of_many_values: Sequence[str] = ()
    """Columns that conditions ask for ranges, or for one of many values."""
    words: str | None = None
    """The column of text that `matching` looks through."""
    facts: Mapping[str, str] = field(default_factory=dict)
    """Kept with the table from when it is made."""

    @property
    def dimensions(self) -> int:
        """Of the vectors."""
        dtype = self.schema[_VECTOR]
        return dtype.size if isinstance(dtype, pl.Array) else 0


@dataclass(frozen=True)
class IndexFacts:
    """What a table of vectors is like at the moment."""

    rows: int
    with_vector: int
    searched_by: str
    """`exact`, or the kind of index."""
    version: int


class VectorIndex:
    """One table of vectors. It is made when it is first written; until then it has no rows.

    Conditions are Lance's SQL. Safe to use from several threads. An outage is `StoreUnavailable`.
    """

    def __init__(self, table: LanceTable, layout: IndexLayout, exact_below: int = 20_000) -> None:
        self.layout = layout
        self._table = table
        self._exact_below = exact_below

    @classmethod
    def from_settings(
        cls, settings: Settings, store: ObjectStore, name: str, layout: IndexLayout
    ) -> "VectorIndex":
        """The table `name` in the store of an installation."""
        table = LanceTable.in_store(settings, store, keys.vector_table(name))
        return cls(table, layout, settings.search_exact_below)

    def upsert(self, rows: pl.DataFrame) -> None:
        """Add rows, replacing those of the same id; ids are unique among `rows`."""
        if rows.is_empty():
            return
        known = rows.select(self.layout.schema.names()).cast(self.layout.schema)
        arrow = known.with_columns(pl.col(_VECTOR).is_not_null().alias(_HAS_VECTOR)).to_arrow()
        if not self._is_made:
            self._table.make(pl.DataFrame(schema=self._columns), "id", self.layout.facts)
        self._table.write(self._index_columns)
        self._table.write(
            lambda table: (
                table.merge_insert("id")
                .when_matched_update_all()
                .when_not_matched_insert_all()
                .execute(arrow)
            )
        )

    def delete(self, ids: Sequence[str]) -> None:
        """Remove rows; those already gone are no error."""
        if not ids or not self._is_made:
            return
        gone = pl.DataFrame({"id": sorted(set(ids))}).to_arrow()
        self._table.write(
            lambda table: table.merge_insert("id").when_matched_delete().execute(gone)
        )

    def delete_where(self, where: str) -> None:
        """Remove all rows of which a condition holds."""
        if self._is_made:
            self._table.write(lambda table: table.delete(where))

    def count(self, where: str | None = None) -> int:
        """How many rows there are, or of how many a condition holds."""
        with self._table.latest() as table:
            return 0 if table is None else table.count_rows(where)

    def rows(self, where: str | None = None, columns: Sequence[str] = ("id",)) -> pl.DataFrame:
        """`columns` of the rows of which a condition holds, in no order."""
        return self._asked(columns, filter=where)

    def nearest(
        self,
        vector: "NDArray[np.float32]",
        where: str | None = None,
        limit: int = 20,
        columns: Sequence[str] = ("id",),
    ) -> pl.DataFrame:
        """`columns` and `similarity` of the rows most like `vector`, the most alike first.

        Of the rows of which the condition holds and that have a vector, so `limit` of them come
        where there are as many.
        """
        query = {
            "column": _VECTOR,
            "q": vector,
            "k": limit,
            "metric": "dot",
            "minimum_nprobes": _EVERY_PART,
            "refine_factor": _REFINED,
        }
        found = self._asked([*columns, "_distance"], nearest=query, filter=where, prefilter=True)
        likeness = found.with_columns(similarity=1 - pl.col("_distance")).drop("_distance")
        return _best_first(likeness, "similarity")

    def matching(
        self, text: str, where: str | None = None, limit: int = 20, columns: Sequence[str] = ("id",)
    ) -> pl.DataFrame:
        """`columns` and `bm25` of the rows whose words are those of `text`, the best first."""
        from lance.query import MatchQuery

        if self.layout.words is None:
            raise TypeError("this table has no column of words")
        found = self._asked(
            [*columns, "_score"],
            full_text_query=MatchQuery(text, self.layout.words),
            filter=where,
            prefilter=True,
            limit=limit,
        )
        return _best_first(found.rename({"_score": "bm25"}), "bm25")

    def tend(self, grace: timedelta = GRACE) -> None:
        """Gather small files, index what is new, and forget versions older than `grace`.

        Where nothing is to be done, nothing is.
        """
        if not self._is_made:
            return
        write = self._table.write
        write(self._index_columns)
        write(lambda table: table.optimize.compact_files())
        write(self._index_vectors)
        others = [f"{column}_idx" for column in self._column_indices]
        write(lambda table: table.optimize.optimize_indices(index_names=others))
        write(lambda table: table.cleanup_old_versions(older_than=grace))

    def describe(self) -> IndexFacts:
        """What the table is like now."""
        with self._table.latest() as table:
            if table is None:
                return IndexFacts(0, 0, "exact", 0)
            kind, _ = _kinds(table).get(_VECTOR, (_EXACT, 0))
            searched_by = "exact" if kind == _EXACT else kind
            with_vector = table.count_rows(_HAS_VECTOR)
            return IndexFacts(table.count_rows(), with_vector, searched_by, table.version)

    @property
    def facts(self) -> dict[str, str]:
        """What was kept with the table when it was made; empty while there is none."""
        with self._table.latest() as table:
            kept = {} if table is None else table.schema.metadata or {}
            return {name.decode(): value.decode() for name, value in kept.items()}

    @property
    def _is_made(self) -> bool:
        with self._table.latest() as table:
            return table is not None

    @property
    def _columns(self) -> pl.Schema:
        return pl.Schema({**self.layout.schema, _HAS_VECTOR: pl.Boolean()})

    def _asked(self, columns: Sequence[str], **question: Any) -> pl.DataFrame:
        """What the newest version answers."""
        known = {**self.layout.schema, "_distance": pl.Float32(), "_score": pl.Float32()}
        schema = pl.Schema({name: known[name] for name in columns})
        with self._table.latest() as table:
            # A table that a writer is only just making has nothing to look words up in.
            if table is None or table.count_rows() == 0:
                return schema.to_frame()
            scanner = table.scanner(list(columns), disable_scoring_autoprojection=True, **question)
            return pl.DataFrame(pl.from_arrow(scanner.to_table())).cast(schema)

    @property
    def _column_indices(self) -> dict[str, tuple[Any, dict[str, Any]]]:
        """Kind and settings of the index of each column that is asked for."""
        indices: dict[str, tuple[Any, dict[str, Any]]] = {
            **{column: ("BTREE", {}) for column in ("id", *self.layout.of_many_values)},
            **{column: ("BITMAP", {}) for column in self.layout.of_few_values},
        }
        if self.layout.words is not None:
            # Words of any script, without accents, in the root form that English has.
            how = {"base_tokenizer": "icu/split", "language": "English", "stem": True}
            indices[self.layout.words] = ("INVERTED", how)
        return indices

    def _index_columns(self, table: "LanceDataset") -> None:
        there = _kinds(table)
        for column, (kind, how) in self._column_indices.items():
            if column not in there:
                table.create_scalar_index(column, kind, **how)

    def _index_vectors(self, table: "LanceDataset") -> None:
        rows = table.count_rows()
        if rows < _INDEXED_FROM:
            return
        coded = rows >= self._exact_below and self.layout.dimensions % 8 == 0
        wanted = _CODED if coded else _EXACT
        kind, indexed = _kinds(table).get(_VECTOR, (None, 0))
        if kind == wanted and rows - indexed <= _ANEW_ABOVE * rows:
            table.optimize.optimize_indices(index_names=[f"{_VECTOR}_idx"])
        elif table.count_rows(_HAS_VECTOR):
            codes: dict[str, Any] = {"num_bits": _CODE_BITS} if coded else {}
            parts = max(1, rows // _ROWS_PER_PART)
            table.create_index(
                _VECTOR, wanted, metric="dot", num_partitions=parts, replace=True, **codes
            )


def _best_first(found: pl.DataFrame, by: str) -> pl.DataFrame:
    """Ties by id where ids were asked for, so that answers are the same each time."""
    ids = ["id"] if "id" in found.columns else []
    return found.sort([by, *ids], descending=[True, *(False for _ in ids)])


def _kinds(table: "LanceDataset") -> dict[str, tuple[str, int]]:
    """For each indexed column the kind of its index, and how many rows that knows."""
    return {
        index.field_names[0]: (index.index_type, index.num_rows_indexed)
        for index in table.describe_indices()
    }
