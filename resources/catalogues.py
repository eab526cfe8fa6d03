"""Catalogues: products and ateliers as rows, and what is current of all imports.

Every import is kept. What is current of a catalogue is the newest ready row of each id, unless
that row removes it; so an older job that is made again changes nothing that came later.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from media.errors import READY, ShowroomError
from media.pipelines.catalogue import ATELIERS, PRODUCT_EMBEDDINGS, PRODUCT_INDEX, PRODUCTS
from media.tables import Table
from resources.catalogue_files import CatalogueFiles
from resources.contact_seal import ContactSeal
from resources.product_index import ProductIndex
from resources.tables import Tables

if TYPE_CHECKING:
    from media.pipelines.catalogue import CatalogueParameters

Row = dict[str, Any]
ParametersOf = Callable[[str], "CatalogueParameters"]

_READY = pl.col("status") == "ready"


@dataclass(frozen=True)
class Catalogues:
    """Reads a job's catalogues and knows what is current of all."""

    files: CatalogueFiles
    tables: Tables
    seal: ContactSeal

    def products(self, files: pl.DataFrame, parameters_of: ParametersOf) -> pl.DataFrame:
        """The rows of `products`: what was read, what was not, and what the job removes."""
        read = self._read(files, "products", PRODUCTS, parameters_of)
        return pl.concat([read, *self._removals(files, read, PRODUCTS, parameters_of)])

    def ateliers(self, files: pl.DataFrame, parameters_of: ParametersOf) -> pl.DataFrame:
        """The rows of `ateliers`, their contacts encrypted."""
        read = self._read(files, "ateliers", ATELIERS, parameters_of)
        sealed = [text and self.seal.seal(text) for text in read["contact"]]
        read = read.with_columns(pl.Series("contact", sealed, pl.String()))
        return pl.concat([read, *self._removals(files, read, ATELIERS, parameters_of)])

    def current_products(self, catalogues: Iterable[str] | None = None) -> pl.DataFrame:
        """The products of the catalogues named, else of all, as their last import left them."""
        return self._current(PRODUCTS, catalogues)

    def current_ateliers(self) -> pl.DataFrame:
        """The ateliers of all catalogues, as their last import left them."""
        return self._current(ATELIERS, None)

    def indexed(
        self, products: pl.DataFrame, embeddings: pl.DataFrame, index: ProductIndex
    ) -> pl.DataFrame:
        """The rows of `product_index`, one per catalogue; the index is what they tell.

        Products that a later job has imported again are that job's to index.
        """
        ready = products.filter(_READY)
        rows = []
        for (name,), touched in ready.group_by("catalogue", maintain_order=True):
            last = self._last(PRODUCTS, [str(name)]).select("product", last_job="job")
            own = touched.join(last, on="product").filter(pl.col("job") == pl.col("last_job"))
            gone, there = own.filter("is_removed"), own.filter(~pl.col("is_removed"))
            vectors = self._vectors_of(there, embeddings, index)
            index.upsert(there.drop("last_job"), vectors)
            index.remove([(str(name), product) for product in gone["product"]])
            summary = index.summary()
            rows.append(
                {
                    **{column: touched[column][0] for column in ("job", "item")},
                    **READY,
                    "catalogue": name,
                    "embedder": index.embedder,
                    "embedder_version": index.embedder_version,
                    "upserted": there.height,
                    "removed": gone.height,
                    "products": summary.products,
                    "with_vector": summary.with_vector,
                    "index": summary.index,
                    "index_version": summary.version,
                }
            )
        if rows:
            index.tend()
        return PRODUCT_INDEX.rows(rows)

    def _vectors_of(
        self, products: pl.DataFrame, embeddings: pl.DataFrame, index: ProductIndex
    ) -> pl.DataFrame:
        """The products' vectors: this job's, else the last of the same picture.

        A picture whose address is silent today keeps the vector it had yesterday.
        """
        own = embeddings.filter(_READY)
        missing = products.drop_nulls("image").join(own, on=["catalogue", "product"], how="anti")
        earlier = self.tables.rows_with(
            PRODUCT_EMBEDDINGS, "product", set(missing["product"])
        ).filter(
            pl.col("embedder") == index.embedder,
            pl.col("embedder_version") == index.embedder_version,
        )
        same = earlier.join(
            missing.select("catalogue", "product", "image"),
            on=["catalogue", "product", "image"],
            how="semi",
        ).unique(["catalogue", "product"], keep="last")
        return pl.concat([own, same])

    def _read(
        self, files: pl.DataFrame, kind: str, table: Table, parameters_of: ParametersOf
    ) -> pl.DataFrame:
        """The rows of all files of a kind; an id that a file before has taken is refused."""
        from media.catalogues.duplicates import refuse_repeated

        wanted = files.filter(_READY, pl.col("kind") == kind).to_dicts()
        frames = [table.empty()]
        for file in wanted:
            asked = parameters_of(file["item"])
            frames.append(self._rows_of(file, asked, table))
        of_each = pl.concat(frames).partition_by("catalogue", maintain_order=True)
        return pl.concat([table.empty(), *(refuse_repeated(r, table_id(table)) for r in of_each)])

    def _rows_of(self, file: Row, asked: "CatalogueParameters", table: Table) -> pl.DataFrame:
        own = {name: file[name] for name in ("job", "item", "filename")}
        try:
            read = self.files.read(file, asked).rows
        except ShowroomError as error:
            return table.rows([{**own, **error.outcome(), "catalogue": asked.catalogue}])
        whole = read.with_columns(
            **{name: pl.lit(value) for name, value in own.items()},
            catalogue=pl.lit(asked.catalogue),
        )
        return whole.select(table.schema.names()).cast(table.schema)

    def _removals(
        self, files: pl.DataFrame, read: pl.DataFrame, table: Table, parameters_of: ParametersOf
    ) -> list[pl.DataFrame]:
        """Rows that remove what was named, and what the files lack where that was asked."""
        rows: dict[tuple[str, str], Row] = {}
        every_file_was_read = files.filter(~_READY).is_empty()
        identity = table_id(table)
        of_kind = set(files.filter(pl.col("kind") == table.name)["item"])
        for item in files["item"].unique(maintain_order=True):
            asked = parameters_of(item)
            current = self._before(table, asked.catalogue, str(files["job"][0]))
            gone = set(asked.remove) if table is PRODUCTS else set()
            if asked.remove_missing and every_file_was_read and item in of_kind:
                # An id whose entry is broken today is not missing.
                gone |= set(current[identity]) - set(read[identity].drop_nulls())
            for row in current.filter(pl.col(identity).is_in(list(gone))).to_dicts():
                filename = files.filter(pl.col("item") == item)["filename"][0]
                own = {"job": files["job"][0], "item": item, "filename": filename, "line": None}
                rows[asked.catalogue, row[identity]] = {**row, **own, "is_removed": True}
        return [table.rows(list(rows.values()))] if rows else []

    def _before(self, table: Table, catalogue: str, job: str) -> pl.DataFrame:
        """What was current of a catalogue when a job began; the same whenever it is made again."""
        earlier = self.tables.rows_with(table, "catalogue", {catalogue}).filter(pl.col("job") < job)
        return _latest(earlier, table).filter(~pl.col("is_removed"))

    def _current(self, table: Table, catalogues: Iterable[str] | None) -> pl.DataFrame:
        return self._last(table, catalogues).filter(~pl.col("is_removed"))

    def _last(self, table: Table, catalogues: Iterable[str] | None) -> pl.DataFrame:
        if catalogues is None:
            return _latest(self.tables.ready_rows(table), table)
        return _latest(self.tables.rows_with(table, "catalogue", set(catalogues)), table)


def table_id(table: Table) -> str:
    """The column that holds a table's ids."""
    return {PRODUCTS.name: "product", ATELIERS.name: "atelier"}[table.name]


def _latest(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    identity: Sequence[str] = ["catalogue", table_id(table)]
    return rows.unique(identity, keep="last", maintain_order=True)
