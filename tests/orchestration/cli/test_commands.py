"""The command line as people and scripts use it, in processes of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from resources.settings import PROJECT_ROOT
from tests.conftest import MakePicture

Showroom = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def showroom(tmp_path: Path) -> Showroom:
    """Runs `showroom` over an installation in the test's folder."""

    def call(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "orchestration.cli.main", *map(str, arguments)],
            cwd=PROJECT_ROOT,
            env={**os.environ, "SHOWROOM_HOME": str(tmp_path / "home"), **environment},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return call


def told(process: "subprocess.CompletedProcess[str]") -> Any:
    """The JSON that a command printed; its errors when it printed none."""
    assert process.stdout, process.stderr
    return json.loads(process.stdout)


def test_the_first_job_from_submission_to_files(
    showroom: Showroom, tmp_path: Path, make_picture: MakePicture
) -> None:
    photo = tmp_path / "front door.jpg"
    photo.write_bytes(make_picture(1200, 900))
    submitted = showroom(
        "submit", "library", photo, "--set", "presets=sm,thumbnail", "--owner", "ada", "--wait",
        "--json",
    )  # fmt: skip
    assert submitted.returncode == 0, submitted.stderr
    answer = told(submitted)
    assert set(answer) == {"job", "state"}
    assert answer["state"] == "done"

    job = told(showroom("job", answer["job"], "--json"))
    assert (job["pipeline"], job["state"], job["owner"]) == ("library", "done", "ada")
    assert job["finished_at"] > job["submitted_at"]
    [item] = job["items"]
    assert (item["item"], item["filename"], item["status"]) == ("0001", "front door.jpg", "ready")
    assert (item["reason"], item["detail"]) == (None, None)
    assert [(o["name"], o["width_px"], o["format"]) for o in item["outputs"]] == [
        ("sm", 640, "webp"), ("thumbnail", 300, "webp"),
    ]  # fmt: skip

    [listed] = told(showroom("jobs", "--json"))
    told_of = {"job", "pipeline", "state", "owner", "project", "run_id"}
    assert set(listed) == told_of | {"submitted_at", "finished_at"}

    rows = told(showroom("sql", "select name, width_px from image_variants order by 2", "--json"))
    assert rows == [{"name": "thumbnail", "width_px": 300}, {"name": "sm", "width_px": 640}]

    assert showroom("get", answer["job"], tmp_path / "out").returncode == 0
    names = sorted(path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*.*p"))
    assert [str(name) for name in names] == [
        "front door.jpg/sm.webp", "front door.jpg/thumbnail.webp",
    ]  # fmt: skip

    again = told(showroom("retry", answer["job"], "--json"))
    assert again == {"job": answer["job"], "state": "done"}


def test_a_submission_waits_for_run_once(
    showroom: Showroom, tmp_path: Path, make_picture: MakePicture
) -> None:
    photo = tmp_path / "a.jpg"
    photo.write_bytes(make_picture())
    job = told(showroom("submit", "library", photo, "--json"))["job"]
    assert told(showroom("job", job, "--json"))["state"] == "waiting"
    ran = showroom("run", "--once", "--json")
    assert ran.returncode == 0, ran.stderr
    assert [(ended["job"], ended["state"]) for ended in told(ran)] == [(job, "done")]
    assert told(showroom("run", "--once", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["submit", "laundry", "README.md"], "laundry"),
        (["submit", "library", "README.md", "--set", "sharpness=9"], "sharpness"),
        (["submit", "library", "README.md", "--set", "quality=101"], "quality"),
        (["submit", "library", "README.md", "--set", "presets=sm,huge"], "huge"),
        (["submit", "library", "no such file.jpg"], "no such file.jpg"),
        (["job", "01J00000000000000000000000"], "01J00000000000000000000000"),
        (["sql", "select nothing from nowhere"], "nowhere"),
    ],
)
def test_what_cannot_be_meant_is_named_in_one_line_before_anything_runs(
    showroom: Showroom, tmp_path: Path, arguments: list[str], named: str
) -> None:
    process = showroom(*arguments)
    assert process.returncode == 2
    assert named in process.stderr
    assert "Traceback" not in process.stderr
    assert not list((tmp_path / "home").glob("store/submissions/*"))


def test_a_wrong_setting_is_named(showroom: Showroom) -> None:
    unknown = showroom("jobs", SHOWROOM_COLOUR="red")
    assert (unknown.returncode, "SHOWROOM_COLOUR" in unknown.stderr) == (2, True)
    wrong = showroom("jobs", SHOWROOM_WORKERS="many")
    assert (wrong.returncode, "workers" in wrong.stderr) == (2, True)


def test_doctor_finds_a_fresh_installation_well(showroom: Showroom) -> None:
    process = showroom("doctor", "--json")
    assert process.returncode == 0, process.stdout
    assert {finding["name"] for finding in told(process)} >= {"store", "media workers", "formats"}


def test_doctor_says_what_is_wrong_and_what_helps(showroom: Showroom, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "store").write_text("a file where a folder must be")
    process = showroom("doctor", "--json")
    assert process.returncode == 1
    [store] = [finding for finding in told(process) if finding["name"] == "store"]
    assert not store["ok"]
    assert "SHOWROOM_STORE" in store["remedy"]


def test_the_demo_shows_a_folder(
    showroom: Showroom, tmp_path: Path, make_picture: MakePicture
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "one.jpg").write_bytes(make_picture())
    (folder / "two.txt").write_text("not a picture")
    process = showroom("demo", folder)
    assert process.returncode == 0, process.stderr
    assert "1 ready, 1 refused" in process.stdout
    assert (tmp_path / "home" / "demo" / "contact-sheet.png").read_bytes()[:4] == b"\x89PNG"
