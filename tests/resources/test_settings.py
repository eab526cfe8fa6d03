"""Settings: every variable is known or named as unknown, every wrong value is named."""

import os
from pathlib import Path

import pytest

from media.errors import InvalidSetting
from media.limits import MediaLimits
from resources.deployments import Deployment, settings_from_environment
from resources.settings import PROJECT_ROOT, Settings


def test_the_defaults_need_nothing_but_a_disk() -> None:
    settings = settings_from_environment()
    assert settings.home == PROJECT_ROOT / "data"
    assert settings.store_url == str(PROJECT_ROOT / "data" / "store")
    assert settings.limits == MediaLimits()
    assert settings.dagster_home == settings.home / "dagster"
    assert settings.warehouse_path == settings.home / "showroom.duckdb"


def test_everything_lies_in_the_home_that_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWROOM_HOME", str(tmp_path / "elsewhere"))
    with Deployment.from_environment() as deployment:
        deployment.store.put("jobs/x", b"x")
        deployment.inbox.prepare(["library"])
    assert deployment.store.folder == tmp_path / "elsewhere" / "store"
    assert [path.name for path in tmp_path.iterdir()] == ["elsewhere"]


def test_a_relative_home_is_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHOWROOM_HOME", "rooms")
    monkeypatch.setenv("SHOWROOM_STORE", "store")
    settings = settings_from_environment()
    assert settings.home == tmp_path / "rooms"
    assert settings.store_url == str(tmp_path / "store")


def test_a_tilde_is_the_users_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    monkeypatch.setenv("SHOWROOM_HOME", "~/rooms")
    monkeypatch.setenv("SHOWROOM_STORE", "~/store")
    settings = settings_from_environment()
    assert settings.home == Path("/somewhere/rooms")
    assert settings.store_url == "/somewhere/store"


def test_a_bucket_is_left_as_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOWROOM_STORE", "s3://bucket/rooms")
    assert settings_from_environment().store_url == "s3://bucket/rooms"


def test_the_caps_of_the_settings_are_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    caps = ("MAX_UPLOAD_BYTES", "MAX_PIXELS", "MAX_FRAMES", "MAX_PAGES", "MAX_PAGE_PIXELS")
    for value, name in enumerate(caps, start=11):
        monkeypatch.setenv(f"SHOWROOM_{name}", str(value))
    assert settings_from_environment().limits == MediaLimits(11, 12, 13, 14, 15)


def test_unknown_variables_are_named_with_those_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOWROOM_HOEM", "x")
    monkeypatch.setenv("SHOWROOM_ZZZ", "x")
    with pytest.raises(InvalidSetting) as raised:
        settings_from_environment()
    unknown, _, known = str(raised.value).partition(": ")
    assert unknown == "SHOWROOM_HOEM, SHOWROOM_ZZZ"
    assert all(f"SHOWROOM_{name.upper()}" in known for name in Settings.model_fields)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WORKERS", "-1"),
        ("WORKERS", "two"),
        ("WORKER_MEMORY_BYTES", "0"),
        ("WORKER_TIME_S", "0"),
        ("WORKER_TIME_S", "nan"),
        ("MAX_PIXELS", "0"),
        ("JOB_ITEMS", "501"),
        ("JOB_ITEMS", "0"),
        ("INBOX_SETTLE_S", "-1"),
        ("INBOX_POLL_S", "0"),
        ("REFUSED_DAYS", "1.5"),
        ("COMPACT_AFTER", "0"),
        ("PORT", "65536"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"SHOWROOM_{name}", value)
    with pytest.raises(InvalidSetting) as raised:
        settings_from_environment()
    assert f"{name.lower()}: " in str(raised.value).lower()


def test_every_wrong_value_is_named_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOWROOM_PORT", "0")
    monkeypatch.setenv("SHOWROOM_WORKERS", "x")
    with pytest.raises(InvalidSetting) as raised:
        settings_from_environment()
    assert "port: " in str(raised.value)
    assert "workers: " in str(raised.value)


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_parts_are_made_once_and_looking_starts_no_worker(settings: Settings) -> None:
    with Deployment(settings) as deployment:
        assert deployment.store is deployment.store
        deployment.intake.look()
        deployment.warehouse.query("SELECT 1", [])
        assert "workers" not in vars(deployment)
        assert deployment.originals.workers is deployment.renditions.workers


def test_a_closed_deployment_can_be_used_again(settings: Settings) -> None:
    with Deployment(settings) as deployment:
        first = deployment.workers.run(os.getpid)
    with deployment:
        assert deployment.workers.run(os.getpid) != first
        assert deployment.originals.workers is deployment.workers
