"""Cells that a spreadsheet would run are told from ordinary text that begins like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.catalogues.formulas import formula_column, is_formula


@pytest.mark.parametrize(
    "text",
    [
        *("=cmd|' /C calc'!A0", "=1+1", '=HYPERLINK("https://x.example")', "=A1", " =SUM(1)"),
        *("+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0"),
        *('+HYPERLINK("x")', "-(1)+WEBSERVICE(A1)", "\t=1+1", "\uff1d1+1"),
    ],
)
def test_a_formula_is_found(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize(
    "text",
    [
        *("-20 degree jacket", "-20 degree jacket (blue)", "@home", "-5.00", "- washed", "-"),
        *("+49 170 (0) 123", "=) smile", "=", "@brand | great!", "a=1+1", "", "email@x.example"),
    ],
)
def test_ordinary_text_is_none(text: str) -> None:
    assert not is_formula(text)


def test_formulas_are_found_inside_lists_and_objects() -> None:
    assert formula_column({"a": "x", "b": ["y", {"c": "=1+1"}]}) == "b"
    assert formula_column({"a": ["x"], "b": 1, "c": None}) is None


@given(st.sampled_from("=+-@"), st.text(max_size=50))
def test_every_function_call_after_a_sign_is_found(sign: str, rest: str) -> None:
    assert is_formula(f"{sign}SUM({rest}")
    assert not is_formula(f"x{sign}SUM({rest}")
