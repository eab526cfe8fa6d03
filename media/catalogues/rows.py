"""What the rows of products and of ateliers have in common."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from media.catalogues.columns import ColumnPlan
from media.catalogues.entries import Entry, Kind
from media.catalogues.formulas import formula_column, is_formula
from media.catalogues.plain_text import line, shown
from media.errors import READY, BadRow, FormulaCell, IdMissing, InvalidValue, NameMissing
from media.pipelines.catalogue import CatalogueParameters

Row = dict[str, Any]
Cells = Mapping[str, Any]

MAX_NAME = 500
"""Characters of an id or a name."""

ID_COLUMNS: dict[Kind, str] = {"products": "product", "ateliers": "atelier"}


@dataclass(frozen=True)
class RowReader:
    """Makes rows of entries: good ones, and refused ones with what could be read of them."""

    kind: Kind
    plan: ColumnPlan
    options: CatalogueParameters
    filename: str

    def ready(self, entry: Entry, values: Row) -> Row:
        """A row that can be taken."""
        return {**READY, **self._place(entry), **self.identity(entry.cells), **values}

    def refused(self, entry: Entry, fault: BadRow) -> Row:
        """A row that cannot, with its id and name where they can be read."""
        names = {ID_COLUMNS[self.kind]: "id", "name": "name"}
        read = {column: self._harmless(entry.cells, field) for column, field in names.items()}
        return {**fault.outcome(), **self._place(entry), **read}

    def check(self, entry: Entry) -> None:
        """Raise what is wrong with an entry whatever it means."""
        if entry.fault:
            raise entry.fault
        if column := formula_column(entry.cells):
            raise FormulaCell(
                f"the cell in column {shown(column)} is a formula that a spreadsheet would run; "
                "replace it with plain text"
            )

    def identity(self, cells: Cells) -> Row:
        """Id and name, or the error that says which one is missing."""
        key, name = self.key(cells), self.name(cells)
        if key is None:
            raise IdMissing(f"column {shown(self._column('id'))} is empty; every entry needs one")
        if name is None:
            raise NameMissing(
                f"column {shown(self._column('name'))} is empty; every entry needs a name"
            )
        if max(len(key), len(name)) > MAX_NAME:
            raise InvalidValue(f"an id and a name have at most {MAX_NAME} characters")
        return {ID_COLUMNS[self.kind]: key, "name": name}

    def key(self, cells: Cells) -> str | None:
        """The id of an entry."""
        value = self.plan.first(cells, "id")
        if isinstance(value, bool | list | dict):
            raise InvalidValue("the id is neither a text nor a number")
        return line(value)

    def name(self, cells: Cells) -> str | None:
        """The name of an entry."""
        return line(self.plan.first(cells, "name"))

    def _column(self, field: str) -> str:
        return self.plan.fields[field][0].column

    def _harmless(self, cells: Cells, field: str) -> str | None:
        text = line(self.plan.first(cells, field))
        return None if text is None or is_formula(text) else text[:MAX_NAME]

    def _place(self, entry: Entry) -> Row:
        return {
            "filename": self.filename,
            "line": entry.line,
            "catalogue": self.options.catalogue,
            "is_removed": False,
        }
