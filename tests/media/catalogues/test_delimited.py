"""Tables in text: any delimiter, encoding and line end; what is broken disturbs nothing else."""

import codecs
import csv
import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.catalogues.delimited import delimited_listing
from media.errors import UnreadableCatalogue
from tests.media.catalogues.tables import read, ready, refused, written

ROWS = [
    ["id", "name", "price", "description"],
    ["a1", "Café dress", "12.50", "plain"],
    ["a2", "Skirt, long", "20.00", 'said to be "new"'],
    ["a3", "Top; short", "9.00", "two\nlines | and\ttabs"],
]
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1252"]
)
def test_delimiter_and_encoding_are_told_from_the_bytes(delimiter: str, encoding: str) -> None:
    contents = read(written(ROWS, delimiter).encode(encoding))
    assert contents.format == "csv"
    assert [(row["product"], row["name"]) for row in ready(contents)] == [
        ("a1", "Café dress"),
        ("a2", "Skirt, long"),
        ("a3", "Top; short"),
    ]
    assert ready(contents)[1]["description"] == 'said to be "new"'
    assert ready(contents)[2]["description"] == "two\nlines | and tabs"


def test_a_byte_that_windows_leaves_undefined_is_latin_1() -> None:
    data = b"id,name\n1,Caf\xe9\x81\n"
    assert ready(read(data))[0]["name"] == "Café"


def test_a_damaged_byte_costs_its_own_row_and_no_other_one_its_accents() -> None:
    rows = "".join(f"{number},Café {number}\n" for number in range(1, 9)).encode()
    contents = read(b"id,name\n" + rows + b"9,Caf\xe9\n")
    assert refused(contents) == [(10, "broken_row")]
    assert {row["name"][:4] for row in ready(contents)} == {"Café"}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_counted_as_an_editor_counts_them(end: str) -> None:
    lines = ["id,name,description", '1,One,"a', "", 'b"', "", "2,Two,c", "3,,d"]
    contents = read(end.join(lines))
    assert [row["line"] for row in ready(contents)] == [2, 6]
    assert refused(contents) == [(7, "name_missing")]


def test_the_line_that_spreadsheets_name_the_delimiter_in_is_no_header() -> None:
    contents = read("sep=|\nid|name, in full\n1|One, two\n", columns={"name": "name, in full"})
    assert [(row["line"], row["name"]) for row in ready(contents)] == [(3, "One, two")]


def test_rows_with_too_many_or_too_few_cells_are_broken_and_alone() -> None:
    contents = read("id,name,price\n1,One,1\n2,Two\n3,Three,3,4\n4,Four,4\n5,Five,5,,\n")
    assert [row["product"] for row in ready(contents)] == ["1", "4", "5"]
    assert refused(contents) == [(3, "broken_row"), (4, "broken_row")]
    assert contents.rows["name"].to_list() == ["One", "Two", "Three", "Four", "Five"]
    assert "2 cells, the header 3" in contents.rows["detail"][1]


@pytest.mark.parametrize("torn", ['2,"Two,2', '2,Two,"2', '2,"Tw"o,2', '2,"Two"",2'])
def test_a_quote_that_does_not_end_swallows_no_other_row(torn: str) -> None:
    rows = "".join(f'{number},"Name {number}",{number}\n' for number in range(3, 60))
    contents = read(f'id,name,price\n1,"One",1\n{torn}\n{rows}')
    assert {row["product"] for row in ready(contents)} >= {"1", *map(str, range(3, 60))}
    assert (3, "broken_row") in refused(contents)


def test_a_row_with_a_surplus_cell_and_a_line_break_is_one_bad_row() -> None:
    contents = read('id,name\n1,"One\nand, more",x\n2,Two\n')
    assert refused(contents) == [(2, "broken_row")]
    assert [row["line"] for row in ready(contents)] == [4]


def test_quotes_that_never_end_cannot_cost_for_ever() -> None:
    with pytest.raises(UnreadableCatalogue, match="quotes that do not end"):
        read("id,name\n" + '1,"x\n' * 5000)


def test_empty_rows_and_columns_without_a_name_are_left_out() -> None:
    contents = read("id,,name,name\n1,x,One,Other\n,,,\n\n2,y,Two,Other\n")
    assert [(row["line"], row["name"]) for row in ready(contents)] == [(2, "One"), (5, "Two")]
    assert contents.columns == ("id=id", "name=name")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\x00", b"id,name\n1,\x00\x01\x02", b"just one column\nof text\n"]
)
def test_what_is_no_table_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableCatalogue):
        read(data)


def test_cut_utf_16_is_refused() -> None:
    with pytest.raises(UnreadableCatalogue, match="UTF-8"):
        read(codecs.BOM_UTF16_LE + "id,name\n1,One".encode("utf-16-le")[:-1])


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=8),
    st.sampled_from([",", ";", "\t", "|"]),
    # Writers that end lines with LF leave a CR in a cell without quotes, where it ends a line.
    st.sampled_from([("\r\n", csv.QUOTE_MINIMAL), ("\n", csv.QUOTE_ALL)]),
)
def test_any_table_that_is_written_is_read_back(
    rows: list[list[str]], delimiter: str, manner: tuple[str, Any]
) -> None:
    text = io.StringIO()
    end, quoting = manner
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerows([["id", "name", "price"], *rows])
    data = b"\xef\xbb\xbf" + text.getvalue().encode()
    listing = delimited_listing(data, lambda name: name in {"id", "name", "price"})
    entries = list(listing)
    assert listing.columns == ("id", "name", "price")
    assert [entry.fault for entry in entries] == [None] * len(entries)
    assert [list(entry.cells.values()) for entry in entries] == [row for row in rows if any(row)]


@given(st.binary(max_size=300))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    try:
        listing = delimited_listing(data, lambda _: False)
        assert [entry.line for entry in listing] == sorted({entry.line for entry in listing})
    except UnreadableCatalogue:
        pass
