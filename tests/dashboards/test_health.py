"""The health page: what works, what helps, and what only operators are shown."""

from pathlib import Path

import pytest

from tests.dashboards.conftest import OpenPage, said


def test_what_works_is_told_with_who_does_what(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page("health", tmp_path / "home")
    words = said(page)
    assert not page.exception
    assert "Everything works" in words
    assert "`showroom up` does not run" in words
    assert "Store of pictures" in words
    assert "<b>Stages rooms</b><span>Built in, offline</span>" in words
    assert "Streamlit 1." in words


def test_settings_are_shown_with_secrets_kept(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWROOM_GEMINI_API_KEY", "very-secret")
    page = open_page("health", tmp_path / "home")
    [table] = page.dataframe
    changed = dict(zip(table.value["Setting"], table.value["Value"], strict=True))
    assert changed["SHOWROOM_HOME"] == str(tmp_path / "home")
    assert changed["SHOWROOM_GEMINI_API_KEY"] == "set, not shown"
    assert "SHOWROOM_PORT" not in changed
    assert "very-secret" not in said(page)
    page.toggle[0].set_value(True).run()
    [table] = page.dataframe
    assert "SHOWROOM_PORT" in list(table.value["Setting"])


def test_settings_are_for_operators_where_people_sign_in(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWROOM_OPERATORS", "Olga@example.com")
    page = open_page("health", tmp_path / "home", signed_in="ann@example.com")
    assert "Everything works" in said(page)
    assert not page.dataframe
    page = open_page("health", tmp_path / "home", signed_in="olga@example.com")
    assert page.dataframe


def test_what_is_broken_says_what_helps_until_it_is_mended(
    open_page: OpenPage, tmp_path: Path
) -> None:
    lance = tmp_path / "home" / "store" / "lance"
    lance.parent.mkdir(parents=True)
    lance.write_bytes(b"no folder")
    page = open_page("health", tmp_path / "home")
    assert not page.exception
    assert "1 thing to mend" in said(page)
    assert "What helps:" in said(page)
    lance.unlink()
    page.run()
    assert "1 thing to mend" in said(page)
    [again] = [button for button in page.button if button.label == "Look again"]
    again.click().run()
    assert "Everything works" in said(page)


def test_a_provider_that_cannot_be_is_said_in_words(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWROOM_STAGING_MODEL", "replicate")
    page = open_page("health", tmp_path / "home")
    assert not page.exception
    assert "SHOWROOM_STAGING_MODEL=replicate needs SHOWROOM_REPLICATE_API_TOKEN" in said(page)
