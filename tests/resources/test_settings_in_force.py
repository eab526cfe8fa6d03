"""Settings in force: told as they are, without a secret."""

from pathlib import Path

from pydantic import SecretStr

from resources.settings import Settings
from resources.settings_in_force import settings_in_force


def test_what_differs_is_marked_and_secrets_are_not_told(tmp_path: Path) -> None:
    settings = Settings(
        home=tmp_path,
        port=4000,
        gemini_api_key=SecretStr("very-secret"),
        gemini_url="https://ann:hidden@example.com/v1",
    )
    rows = {row.variable: row for row in settings_in_force(settings)}
    changed = {name for name, row in rows.items() if row.is_changed}
    assert changed == {
        "SHOWROOM_HOME",
        "SHOWROOM_PORT",
        "SHOWROOM_GEMINI_API_KEY",
        "SHOWROOM_GEMINI_URL",
    }
    assert (rows["SHOWROOM_PORT"].value, rows["SHOWROOM_PORT"].default) == ("4000", "3000")
    assert rows["SHOWROOM_GEMINI_API_KEY"].value == "set, not shown"
    assert rows["SHOWROOM_REPLICATE_API_TOKEN"].value == ""
    told = "".join(row.value for row in rows.values())
    assert "very-secret" not in told
    assert "hidden" not in told
    assert all(row.description for row in rows.values())
