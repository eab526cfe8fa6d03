"""Deciding about pictures from the command line, and what `get` then copies."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from media import keys
from media.errors import READY, InvalidRequest
from media.pipelines.design import DESIGNS
from media.reviews import REVIEWS
from orchestration.cli import describing, reading, reviewing
from resources.deployments import Deployment

Showroom = Callable[..., Result]

PLAIN, OTHER, DOUBTFUL, REPORTED = range(4)


@pytest.fixture
def showroom(deployment: Deployment) -> Showroom:
    """Runs a command over the test's installation."""
    app = typer.Typer()
    for module in (reading, reviewing, describing):
        module.add_to(app)
    home = str(deployment.settings.home)

    def call(*arguments: object) -> Result:
        environment = {"SHOWROOM_HOME": home, "COLUMNS": "300"}
        return CliRunner().invoke(app, [*map(str, arguments)], env=environment)

    return call


@pytest.fixture
def job(deployment: Deployment) -> str:
    """A design job with four pictures, one of them to be reviewed and one reported."""
    return with_pictures(deployment, 4)


def with_pictures(deployment: Deployment, count: int) -> str:
    job = deployment.submissions.submit("design", [], {"prompt": "a red dress"})
    deployment.intake.claim(deployment.intake.look())
    rows = [
        {"job": job, "item": "0001", **READY, "filename": "brief.json", "name": f"design-{number}"}
        | {"key": key, "needs_review": number == DOUBTFUL}
        for number, key in enumerate(pictures_of(job)[:count])
    ]
    deployment.tables.write(DESIGNS, job, DESIGNS.rows(rows))
    for row in rows:
        deployment.store.put(str(row["key"]), b"a picture")
    if count > REPORTED:
        deployment.reports.report(pictures_of(job)[REPORTED], "not for children")
    return job


def pictures_of(job: str) -> list[str]:
    return [
        keys.output("design", job, "0001", f"design-{number}-ab", "webp") for number in range(4)
    ]


def copied(folder: Path) -> list[int]:
    """The numbers of the pictures that lie in a folder."""
    return sorted(int(path.stem.removeprefix("design-")) for path in folder.rglob("*.webp"))


def told(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_get_leaves_out_what_is_reported_or_waits_for_review(
    showroom: Showroom, job: str, tmp_path: Path
) -> None:
    result = showroom("get", job, tmp_path / "out")
    assert copied(tmp_path / "out") == [PLAIN, OTHER]
    assert "1 were reported and are withheld" in result.output
    assert "1 wait for review" in result.output
    assert showroom("get", job, tmp_path / "all", "--unreviewed").exit_code == 0
    assert copied(tmp_path / "all") == [PLAIN, OTHER, DOUBTFUL]


def test_what_is_approved_counts_as_reviewed_and_what_is_rejected_is_never_copied(
    showroom: Showroom, job: str, tmp_path: Path
) -> None:
    pictures = pictures_of(job)
    assert showroom("review", pictures[DOUBTFUL], "--approve").exit_code == 0
    assert showroom("review", pictures[PLAIN], "--reject", "--note", "too dark").exit_code == 0
    result = showroom("get", job, tmp_path / "out")
    assert copied(tmp_path / "out") == [OTHER, DOUBTFUL]
    assert "1 were rejected and are left out" in result.output
    assert showroom("get", job, tmp_path / "all", "--unreviewed").exit_code == 0
    assert copied(tmp_path / "all") == [OTHER, DOUBTFUL]
    showroom("review", pictures[PLAIN], pictures[DOUBTFUL], "--undecided")
    showroom("get", job, tmp_path / "again")
    assert copied(tmp_path / "again") == [PLAIN, OTHER]


def test_only_what_is_approved_is_copied_on_demand(
    showroom: Showroom, job: str, tmp_path: Path
) -> None:
    pictures = pictures_of(job)
    showroom("review", pictures[OTHER], pictures[REPORTED], "--approve")
    showroom("review", pictures[PLAIN], "--favourite")
    result = showroom("get", job, tmp_path / "out", "--approved", "--json")
    assert [found["key"] for found in told(result)] == [pictures[OTHER]]
    assert copied(tmp_path / "out") == [OTHER]
    assert "2 are not approved" in result.stderr
    assert "1 were reported" in result.stderr


def test_all_of_a_job_is_decided_about_at_once_and_reported_ones_stay_withheld(
    showroom: Showroom, deployment: Deployment, job: str, tmp_path: Path
) -> None:
    result = showroom("review", "--job", job, "--approve", "--owner", "ada")
    assert "4 pictures: approved" in result.output
    assert "1 were reported and stay withheld" in result.output
    rows = deployment.tables.ready_rows(REVIEWS)
    assert rows["job"].n_unique() == 1
    assert set(rows.select("key", "owner").rows()) == {(key, "ada") for key in pictures_of(job)}
    showroom("get", job, tmp_path / "out", "--approved")
    assert copied(tmp_path / "out") == [PLAIN, OTHER, DOUBTFUL]


def test_a_program_is_told_what_is_decided_by_now(showroom: Showroom, job: str) -> None:
    key = pictures_of(job)[PLAIN]
    first = told(showroom("review", key, key, "--reject", "--note", "dark", "--json"))
    answer = told(showroom("review", key, "--favourite", "--owner", "ada", "--json"))
    assert answer["batch"] > first["batch"]
    [decision] = answer["decisions"]
    assert decision.pop("decided_at") > first["decisions"][0]["decided_at"]
    assert decision == {
        "key": key,
        "decision": "rejected",
        "is_favourite": True,
        "note": "dark",
        "owner": "ada",
    }
    assert len(first["decisions"]) == 1


def test_without_options_nothing_is_decided_and_all_is_told(
    showroom: Showroom, deployment: Deployment, job: str
) -> None:
    key = pictures_of(job)[OTHER]
    assert told(showroom("review", "--job", job, "--json")) == []
    assert "Nothing was decided about 4." in showroom("review", "--job", job).output
    showroom("review", key, "--approve", "--note", "lovely")
    [decision] = told(showroom("review", "--job", job, "--json"))
    assert (decision["key"], decision["decision"], decision["note"]) == (key, "approved", "lovely")
    assert "lovely" in showroom("review", key).output
    assert deployment.tables.ready_rows(REVIEWS).height == 1


def test_what_cannot_be_meant_is_said_and_nothing_is_kept(
    showroom: Showroom, deployment: Deployment, job: str, tmp_path: Path
) -> None:
    key, empty = pictures_of(job)[PLAIN], with_pictures(deployment, 0)
    wrong: list[tuple[list[object], str]] = [
        (["review", "--approve"], "Name pictures"),
        (["review", key, "--approve", "--reject"], "Give one of"),
        (["review", key, key + "x", "--approve"], "no picture under"),
        (["review", "--job", empty, "--approve"], "has no outputs"),
        (["get", job, tmp_path / "out", "--approved", "--unreviewed"], "give one of them"),
    ]
    for arguments, said in wrong:
        result = showroom(*arguments)
        assert isinstance(result.exception, InvalidRequest), arguments
        assert said in str(result.exception)
    assert deployment.tables.ready_rows(REVIEWS).is_empty()
    assert not (tmp_path / "out").exists()


def test_tables_are_listed_for_people_and_programs(showroom: Showroom) -> None:
    listed = told(showroom("tables", "--json"))
    [reviews] = [table for table in listed if table["table"] == "reviews"]
    assert reviews["pipeline"] == "all pipelines"
    assert [column["name"] for column in reviews["columns"]] == list(REVIEWS.schema)
    assert {"name", "type", "description"} == set(reviews["columns"][0])
    people = showroom("tables").output
    assert all(table["table"] in people for table in listed)
    assert showroom("tables", "--markdown").output.startswith("# Tables\n")
