"""Ids that come more than once in one import, whichever file they come in."""

import polars as pl

from media.catalogues.duplicates import refuse_repeated
from tests.media.catalogues.tables import read


def test_of_two_files_the_first_keeps_the_id() -> None:
    first = read("id,name,price\n1,One,1\n2,Two,-2\n", "a.csv").rows
    second = read("id,name,price\n\n2,Two,2\n1,Again,3\n", "b.csv").rows
    rows = refuse_repeated(pl.concat([first, second]), "product")
    assert rows.schema == first.schema
    assert rows.select("filename", "line", "status", "reason").rows() == [
        ("a.csv", 2, "ready", None),
        ("a.csv", 3, "refused", "invalid_price"),
        ("b.csv", 3, "ready", None),
        ("b.csv", 4, "refused", "duplicate_id"),
    ]
    assert "line 2 of a.csv" in rows["detail"][3]
    assert rows.row(3, named=True)["price"] is None


def test_a_later_contact_is_not_kept() -> None:
    rows = read("id,name,email\n1,a,a@example.org\n1,b,b@example.org\n", contents="ateliers").rows
    assert rows["contact"].is_null().to_list() == [False, True]


def test_rows_without_repetitions_come_back_as_they_are() -> None:
    rows = read("id,name\n1,One\n2,Two\n").rows
    assert refuse_repeated(rows, "product").equals(rows)
