"""Whole files: each format told from its bytes, each bad entry listed with its place and reason."""

import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import polars as pl
import pytest

from media.catalogues.reading import CatalogueContents, read_catalogue
from media.errors import EmptyFile, UnreadableCatalogue
from media.pipelines.catalogue import ATELIERS, PRODUCTS, CatalogueParameters
from resources.media_workers import MediaWorkers
from tests.media.catalogues.tables import only, options, read, ready, refused

PRODUCTS_IN_JSON: list[dict[str, Any]] = [
    {"id": 1, "name": "Dress", "price": 19.99, "categories": ["Women", "Dresses"]},
    {"id": 2, "name": "Skirt", "price": "24.50 EUR", "tags": ["new"], "rating": {"rate": 4.5}},
]


def as_json(entries: list[dict[str, Any]]) -> bytes:
    return json.dumps(entries).encode()


def indented(entries: list[dict[str, Any]]) -> bytes:
    return json.dumps({"shop": "x", "data": {"products": entries}}, indent=2).encode()


def as_lines(entries: list[dict[str, Any]]) -> bytes:
    return "\n".join(json.dumps(entry) for entry in entries).encode()


def as_parquet(entries: list[dict[str, Any]]) -> bytes:
    frame = pl.DataFrame(
        {
            "id": [entry["id"] for entry in entries],
            "name": [entry["name"] for entry in entries],
            "price": pl.Series([19.99, 24.5], dtype=pl.Float32),
            "currency": ["USD", "EUR"],
            "categories": [["Women", "Dresses"], None],
            "tags": [None, ["new"]],
            "rating": [None, 4.5],
            "photo": [b"x", b"y"],
        }
    )
    written = io.BytesIO()
    frame.write_parquet(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("make", "name"),
    [(as_json, "json"), (indented, "json"), (as_lines, "jsonl"), (as_parquet, "parquet")],
)
def test_every_format_gives_the_same_rows(
    make: Callable[[list[dict[str, Any]]], bytes], name: str
) -> None:
    contents = read(make(PRODUCTS_IN_JSON), "any name")
    assert (contents.format, contents.kind) == (name, "products")
    first, second = ready(contents)
    assert (first["product"], first["price"], first["currency"]) == ("1", Decimal("19.99"), "USD")
    assert (first["category"], first["tags"]) == ("Women", ["Dresses"])
    assert (second["price"], second["currency"]) == (Decimal("24.50"), "EUR")
    assert (second["tags"], second["rating"]) == (["new"], 4.5)


def test_rows_have_the_columns_of_their_table() -> None:
    outcome = ("status", "reason", "detail")
    for data, table in (("id,name\n1,a\n", PRODUCTS), ("id,name,specialization\n1,a,b", ATELIERS)):
        rows = read(data, "f.csv", catalogue="spring").rows
        wanted = {name: table.schema[name] for name in outcome}
        wanted |= {column.name: column.dtype for column in table.own_columns}
        assert dict(rows.schema) == wanted
        assert rows.columns == list(wanted)
        row = rows.to_dicts()[0]
        assert (row["filename"], row["catalogue"], row["is_removed"]) == ("f.csv", "spring", False)


def test_entries_of_json_have_the_lines_they_begin_in() -> None:
    data = '{\n "total": 3,\n "items": [\n {"id": 1,\n "name": "a"},\n\n 7,\n {"id": 3}\n]}'
    contents = read(data.replace('{"id": 3}', '{"id": 3, "name": ""}'))
    assert [row["line"] for row in ready(contents)] == [4]
    assert refused(contents) == [(7, "broken_row"), (8, "name_missing")]


def test_a_broken_line_of_json_lines_is_one_bad_row() -> None:
    contents = read('{"id": 1, "name": "a"}\n{"id": 2, "na\n\n{"id": 3, "name": "c"}\n')
    assert [(row["line"], row["product"]) for row in ready(contents)] == [(1, "1"), (4, "3")]
    assert refused(contents) == [(2, "broken_row")]


@pytest.mark.parametrize(
    "data",
    [
        '[{"id": 1, "name": "a"},\n{"id": 2, "na',
        '{"products": [{"id": 1}',
        "[" * 100_000,
        '{"products": ' + '{"a":' * 100_000,
        '[{"id": 1} {"id": 2}]',
    ],
)
def test_json_that_is_cut_or_too_deep_is_refused_with_its_line(data: str) -> None:
    with pytest.raises(UnreadableCatalogue, match=r"line \d"):
        read(data)


def test_a_damaged_parquet_file_is_refused() -> None:
    with pytest.raises(UnreadableCatalogue, match="export it again"):
        read(as_parquet(PRODUCTS_IN_JSON)[:-40])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK\x03\x04\x14\x00\x00\x00", "save the table as CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"<!doctype html><p>", "a web page"),
        (b"name,displayName\na,b\n", "columns=id="),
        (b"id,price\na,5\n", "columns=name="),
        (b"id,name\n", "no products"),
        (b"[]", "lists no products"),
        (b"[1, 2]", "lists no products"),
        (b"1,a@example.org,99887766\n2,b,c\n", "of: 1$"),
    ],
)
def test_a_file_without_products_says_what_to_do(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableCatalogue, match=says):
        read(data)


@pytest.mark.parametrize("data", [b"", b" \n "])
def test_an_empty_file_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyFile):
        read(data)


def test_the_parameters_name_columns_before_any_guess() -> None:
    data = "id,SKU,name,Net price,VAT price\n1,A-7,One,5,6\n"
    row = only(read(data, columns="id=SKU,price=net PRICE"))
    assert (row["product"], row["price"]) == ("A-7", 5)
    contents = read(data, columns={"id": "SKU", "price": "Net price"})
    assert contents.columns == ("id=SKU", "price=Net price", "name=name")
    assert contents.ignored == ("id", "VAT price")


@pytest.mark.parametrize(("columns", "says"), [("price=Cost", "Cost"), ("prise=SKU", "prise")])
def test_a_mapped_column_that_is_not_there_is_named(columns: str, says: str) -> None:
    with pytest.raises(UnreadableCatalogue, match=says):
        read("id,SKU,name\n1,2,3\n", columns=columns)


def test_a_currency_that_there_is_not_is_refused() -> None:
    with pytest.raises(UnreadableCatalogue, match="currency=ABC"):
        read("id,name\n1,2\n", currency="ABC")


def test_of_entries_with_the_same_id_the_first_good_one_is_taken() -> None:
    contents = read("id,name,price\n1,bad,-5\n1,One,5\n2,Two,1\n1,Again,6\n1,Third,7\n")
    assert [(row["line"], row["name"]) for row in ready(contents)] == [(3, "One"), (4, "Two")]
    assert refused(contents) == [(2, "invalid_price"), (5, "duplicate_id"), (6, "duplicate_id")]
    later = contents.rows.row(3, named=True)
    assert "line 3 of shop.csv" in later["detail"]
    assert (later["name"], later["price"]) == ("Again", None)


def test_a_row_is_refused_with_what_could_be_read_of_it() -> None:
    contents = read(
        "id,name,price,rating\n,No id,1,\nx,,1,\ny,Bad,one,\nz,Formula,=1+1,\nr,Rated,1,7\n"
        '=1+1,"=HYPERLINK(""a"")",1,\n'
    )
    rows = contents.rows.select("line", "reason", "product", "name").rows()
    assert rows == [
        (2, "id_missing", None, "No id"),
        (3, "name_missing", "x", None),
        (4, "invalid_price", "y", "Bad"),
        (5, "formula", "z", "Formula"),
        (6, "invalid_value", "r", "Rated"),
        (7, "formula", None, None),
    ]
    assert (contents.count, contents.bad) == (6, 6)
    assert contents.rows["detail"].null_count() == 0


def test_control_characters_and_lone_surrogates_do_not_reach_the_tables() -> None:
    row = only(read('[{"id": "1\\u0000", "name": "a\\ud800b\\u0007", "price": null}]'))
    assert (row["product"], row["name"], row["price"]) == ("1", "ab", None)


def test_it_runs_in_a_media_worker() -> None:
    with MediaWorkers(1, 1_000_000_000, 60) as workers:
        found: list[CatalogueContents] = [
            workers.run(read_catalogue, data, "f", options())
            for data in (b"id,name\n1,a\n", as_parquet(PRODUCTS_IN_JSON))
        ]
        with pytest.raises(UnreadableCatalogue):
            workers.run(read_catalogue, b"[" * 100_000, "f", CatalogueParameters(columns={}))
    assert [contents.count for contents in found] == [1, 2]
