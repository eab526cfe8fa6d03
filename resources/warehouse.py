"""The warehouse: `showroom.duckdb`, one view per table, for anyone who speaks SQL.

The file holds views only; rows stay in the store's Parquet files. So it is small, it is never
out of date about rows, and rebuilding it is writing a new file beside the old one and renaming
it: readers that have the old one open keep it.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from media.tables import Table
from resources.tables import Tables, parquet_bytes, write_whole

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Warehouse:
    """Builds the DuckDB file and asks it questions."""

    def __init__(self, path: Path, tables: Tables) -> None:
        self.path = path
        self._tables = tables

    def rebuild(self, declared: Iterable[Table]) -> None:
        """Write the views of all declared tables, whole, beside whoever is reading."""
        import duckdb

        self.path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.path.parent, prefix=".warehouse-") as folder:
            partial = Path(folder) / self.path.name
            with duckdb.connect(str(partial)) as connection:
                for table in declared:
                    connection.execute(self._view(table))
                    _comment(connection, table)
            partial.replace(self.path)

    def query(self, sql: str, declared: Iterable[Table]) -> list[dict[str, Any]]:
        """The rows of a question as dictionaries; raises `duckdb.Error` on a wrong one."""
        with self.connect(declared) as connection:
            cursor = connection.execute(sql)
            names = [column[0] for column in cursor.description or []]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def connect(self, declared: Iterable[Table]) -> "DuckDBPyConnection":
        """A connection for several questions; it may make temporary tables and nothing else.

        The views are those of today's declarations, and the local mirror of a bucket is brought
        up to date before. Whoever asks closes it.
        """
        import duckdb

        tables = list(declared)
        if not self._is_current(tables):
            self.rebuild(tables)
        for table in tables:
            self._tables.folder(table)
        return duckdb.connect(str(self.path), read_only=True)

    def _is_current(self, declared: Iterable[Table]) -> bool:
        """Whether the file is there and has the views that are declared today."""
        import duckdb

        if not self.path.exists():
            return False
        with duckdb.connect(str(self.path), read_only=True) as connection:
            there = connection.execute(
                "SELECT table_name, column_name FROM information_schema.columns"
            ).fetchall()
        return set(there) >= {(t.name, column.name) for t in declared for column in t.columns}

    def _view(self, table: Table) -> str:
        folder = self._tables.folder(table)
        # A pattern that matches no file is an error to DuckDB; this file also declares the types.
        write_whole(folder / "compacted" / "0-declaration.parquet", parquet_bytes(table.empty()))
        columns = ", ".join(f'"{column.name}"' for column in table.columns)
        files, own, merged = (
            _quoted(_literal(folder) + pattern)
            for pattern in ("/**/*.parquet", "/*.parquet", "/compacted/*.parquet")
        )
        return f"""
            CREATE VIEW "{table.name}" AS
            SELECT {columns}
            FROM read_parquet({files},
                              filename = 'file of the row', union_by_name = true)
            WHERE "file of the row" NOT IN (SELECT file FROM glob({merged}))
               OR job NOT IN (SELECT parse_filename(file, true) FROM glob({own}))
        """  # noqa: S608 - paths are quoted, names are declared in code


def _comment(connection: Any, table: Table) -> None:
    connection.execute(f'COMMENT ON VIEW "{table.name}" IS {_quoted(table.description)}')
    for column in table.columns:
        connection.execute(
            f'COMMENT ON COLUMN "{table.name}"."{column.name}" IS {_quoted(column.description)}'
        )


def _literal(folder: Path) -> str:
    """A folder in a pattern, where brackets, stars and question marks mean themselves."""
    return re.sub(r"[\[*?]", lambda char: f"[{char.group()}]", str(folder))


def _quoted(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
