"""Searching from the command line, in processes of their own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestration.once import JobRunner
from resources.settings import PROJECT_ROOT
from tests.pipelines.fashion_files import write_shop

Showroom = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def showroom(runner: JobRunner) -> Showroom:
    """Runs `showroom` over the runner's installation."""
    home = str(runner.deployment.settings.home)

    def call(*arguments: object) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "orchestration.cli.main", *map(str, arguments)],
            cwd=PROJECT_ROOT,
            env={**os.environ, "SHOWROOM_HOME": home},
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


def test_a_shop_is_searched_compared_and_reported(
    runner: JobRunner, showroom: Showroom, tmp_path: Path
) -> None:
    submissions = runner.deployment.submissions
    catalogue = submissions.submit("catalogue", write_shop(tmp_path / "shop"), {})
    assert runner.run_job(catalogue) == "done"
    designed = submissions.submit("design", [], {"prompt": "red dress", "images": 2})
    assert runner.run_job(designed) == "done"

    wanted = tmp_path / "shop" / "p02.jpg"
    found = told(showroom("search", "--image", wanted, "--max-price", "149.99", "--json"))
    assert "p02" not in {match["product"] for match in found["matches"]}
    found = told(
        showroom(
            *("search", "--image", wanted, "--text", "blue dress", "--max-price", "150"),
            *("--category", "Dresses", "--like", "south", "--same-product", "--json"),
        )
    )
    best = found["matches"][0]
    assert (best["product"], best["price"], best["parts"]["brand"]) == ("p02", "150.0000", 1.0)
    assert {match["category"] for match in found["matches"]} == {"dresses"}
    table = showroom("search", "--text", "trousers")
    assert "black" in table.stdout
    assert "words were looked up" in table.stderr

    outputs = runner.ledger.job(designed).items[0].outputs
    similar = told(showroom("similar", outputs[0].key, "--json"))
    assert [each["key"] for each in similar] == [outputs[1].key]
    assert showroom("report", outputs[1].key, "--why", "not ours").returncode == 0
    assert told(showroom("similar", outputs[0].key, "--json")) == []
    copied = showroom("get", designed, tmp_path / "out")
    assert "1 were reported and are withheld" in copied.stdout
    assert len(list((tmp_path / "out").rglob("*.webp"))) == 1
    assert told(showroom("report", outputs[1].key, "--withdraw", "--json"))["withdrawn"] == 1
    assert len(told(showroom("similar", outputs[0].key, "--json"))) == 1
    assert told(showroom("duplicates", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["search"], "say what to look for"),
        (["search", "--image", "nowhere.jpg"], "is not a file"),
        (["search", "--text", "a", "--max-price", "cheap"], "not a number"),
        (["similar", "outputs/nowhere.jpg"], "there is no picture"),
        (["report", "outputs/nowhere.jpg", "--why", "bad"], "no picture under"),
    ],
)
def test_what_cannot_be_searched_is_said_in_a_line(
    showroom: Showroom, arguments: list[str], complaint: str
) -> None:
    process = showroom(*arguments)
    assert process.returncode == 2
    assert complaint in " ".join(process.stderr.replace("│", " ").split())
    assert "Traceback" not in process.stderr
