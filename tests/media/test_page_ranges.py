"""Page selections: what they mean and what they cannot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import PageOutOfRange, TooLarge
from media.page_ranges import parse_pages, select_pages


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("1", (1,)),
        ("2-4", (2, 3, 4)),
        (" 2 , 5-7 ", (2, 5, 6, 7)),
        ("3,1-3", (3, 1, 2)),
        ("8-", (8, 9, 10)),
        ("all", tuple(range(1, 11))),
        ("ALL", tuple(range(1, 11))),
    ],
)
def test_selections(text: str, pages: tuple[int, ...]) -> None:
    assert select_pages(text, 10, 50) == pages


@pytest.mark.parametrize("text", ["", "0", "-1", "a", "1,,2", "1-2-3", "3-1", "1.5", "²", "1;2"])
def test_nonsense_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        parse_pages(text)


@pytest.mark.parametrize("text", ["11", "9-11", "1,99", "12-"])
def test_missing_page_names_it_and_the_count(text: str) -> None:
    with pytest.raises(PageOutOfRange, match=r"(11|99|12).*has 10"):
        select_pages(text, 10, 50)


def test_too_many_pages_say_how_to_go_on() -> None:
    with pytest.raises(TooLarge, match=r"80 pages.*at most 50.*1-50"):
        select_pages("all", 80, 50)
    with pytest.raises(TooLarge, match="60 pages"):
        select_pages("1-30,51-80", 80, 50)
    assert len(select_pages("1-30,11-40", 80, 50)) == 40


def test_a_document_claiming_a_billion_pages_costs_nothing() -> None:
    with pytest.raises(TooLarge):
        select_pages("all", 10**9, 50)


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9)), min_size=1, max_size=5))
def test_every_named_page_once_in_order(spans: list[tuple[int, int]]) -> None:
    text = ",".join(f"{first}-{first + more}" for first, more in spans)
    expected = dict.fromkeys(p for first, more in spans for p in range(first, first + more + 1))
    assert select_pages(text, 50, 50) == tuple(expected)
