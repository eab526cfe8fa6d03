"""The house rules that no linter knows."""

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from media.pipeline import all_pipelines
from resources.settings import PROJECT_ROOT

PACKAGES = ("media", "resources", "assets", "orchestration", "api", "dashboards", "notebooks")
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "manager", "common", "misc"}
MAX_LINES = 300


def modules() -> Iterator[Path]:
    """Every module of the product."""
    for package in PACKAGES:
        yield from sorted((PROJECT_ROOT / package).rglob("*.py"))


@pytest.mark.parametrize("package", PACKAGES)
def test_the_generic_package_names_resolve_inside_this_repository(package: str) -> None:
    found = importlib.import_module(package).__file__
    assert found is not None
    assert Path(found).is_relative_to(PROJECT_ROOT)


def test_package_files_hold_a_docstring_only() -> None:
    for path in modules():
        if path.name == "__init__.py":
            body = ast.parse(path.read_text()).body
            assert len(body) == 1, path
            assert isinstance(body[0], ast.Expr), path


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [path for path in modules() if path.stem in FORBIDDEN_NAMES] == []


def test_files_can_be_read_in_one_go() -> None:
    # The error tree is a list of names and is looked up, not read.
    long = {
        str(path): lines
        for path in modules()
        if (lines := _lines(path)) > MAX_LINES and path.name != "errors.py"
    }
    assert long == {}


def test_only_deployments_reads_the_environment() -> None:
    # Children get the environment they are started in; that is not reading a setting.
    allowed = {"resources/deployments.py", "orchestration/cli/serving.py"}
    readers = {
        str(path.relative_to(PROJECT_ROOT))
        for path in modules()
        if re.search(r"os\.environ|getenv", path.read_text())
    }
    assert readers == allowed


def test_no_asset_file_postpones_annotations() -> None:
    for path in (PROJECT_ROOT / "assets").rglob("*.py"):
        assert "from __future__ import annotations" not in path.read_text(), path


def test_every_pipeline_has_its_folder_of_assets_and_each_folder_its_pipeline() -> None:
    folders = {path.parent.name for path in (PROJECT_ROOT / "assets").glob("*/__init__.py")}
    assert folders == set(all_pipelines())


def test_pyproject_has_no_section_that_would_beat_the_workspace_file() -> None:
    pyproject = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())
    assert "dagster" not in pyproject["tool"]
    assert set(pyproject["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == set(PACKAGES)


def test_the_lock_file_pins_everything_and_names_no_host() -> None:
    lock = (PROJECT_ROOT / "requirements.lock").read_text()
    assert "://" not in lock
    pinned = {
        line.split("==")[0] for line in lock.splitlines() if "==" in line and line[0].isalpha()
    }
    pyproject = tomllib.loads((PROJECT_ROOT / "pyproject.toml").read_text())
    wanted = pyproject["project"]["dependencies"] + pyproject["dependency-groups"]["dev"]
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in wanted}
    assert names <= pinned


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())
