"""Jobs done again with other parameters: what exists is found, and the tables name the parent."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from pydantic import SecretStr

from media.jobs_table import JOBS
from media.pipeline import all_tables
from media.pipelines.catalogue import ATELIERS, CATALOGUE_FILES, PRODUCTS
from media.pipelines.design import BRIEFS, DESIGNS
from media.pipelines.library import IMAGE_VARIANTS
from media.pipelines.staging import STAGED_IMAGES
from media.requests import Parameters
from orchestration.once import JobRunner
from resources.child_jobs import originals_of
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from resources.settings import PROJECT_ROOT, Settings
from tests.conftest import MakePicture
from tests.pipelines.fashion_files import ATELIERS as SEWERS
from tests.pipelines.fashion_files import write_csv, write_shop
from tests.pipelines.job_tables import rows
from tests.resources.file_server import FileServer, file

ROOM = PROJECT_ROOT / "data" / "samples" / "staging" / "empty-room.jpg"


def done(runner: JobRunner, job: str) -> str:
    assert runner.run_job(job) == "done", runner.ledger.job(job).error
    return job


def again(runner: JobRunner, parent: str, changes: Parameters) -> str:
    """The child of a job that has run, run too."""
    deployment = runner.deployment
    request = deployment.intake.request(parent)
    originals = originals_of(request, deployment.tables)
    return done(runner, deployment.submissions.again(request, originals, changes))


def test_a_room_staged_again_in_another_style_keeps_what_was_made(runner: JobRunner) -> None:
    deployment = runner.deployment
    asked: Parameters = {"room_type": "bedroom", "style": "modern", "seed": 7}
    parent = done(runner, deployment.submissions.submit("staging", [ROOM], asked, "ada", "Elm"))
    child = again(runner, parent, {"style": "modern,industrial"})
    [before], [same, other] = (
        rows(runner, STAGED_IMAGES, job).to_dicts() for job in (parent, child)
    )
    assert (same["name"], other["name"]) == ("modern-1", "industrial-1")
    assert same["key"] == before["key"] != other["key"]
    assert len(list(deployment.store.objects("outputs/staging/"))) == 2
    assert same["cost_usd"] == 0
    [told] = deployment.warehouse.query(
        "SELECT parents.owner, jobs.project, jobs.items, count(*) AS pictures "
        "FROM jobs JOIN jobs AS parents ON parents.job = jobs.parent_job "
        "JOIN staged_images ON staged_images.job = jobs.job GROUP BY ALL",
        all_tables(),
    )
    assert told == {"owner": "ada", "project": "Elm", "items": 1, "pictures": 2}
    assert rows(runner, JOBS, child)["parent_job"].to_list() == [parent]


def test_an_idea_is_designed_again_with_other_words(runner: JobRunner) -> None:
    submissions = runner.deployment.submissions
    parent = done(runner, submissions.submit("design", [], {"prompt": "red dress", "images": 1}))
    child = again(runner, parent, {"prompt": "long green coat"})
    [brief] = rows(runner, BRIEFS, child).to_dicts()
    assert (brief["prompt"], brief["images"]) == ("long green coat", 1)
    assert rows(runner, DESIGNS, child)["garment"].to_list() == ["coat"]


def test_a_catalogue_is_imported_anew_from_the_same_file(runner: JobRunner, tmp_path: Path) -> None:
    files = write_shop(tmp_path / "shop")
    parent = done(runner, runner.deployment.submissions.submit("catalogue", files, {}))
    child = again(runner, parent, {"catalogue": "outlet"})
    first, second = (rows(runner, PRODUCTS, job) for job in (parent, child))
    assert set(second["catalogue"]) == {"outlet"}
    assert set(second["status"]) == {"ready"}
    assert second["product"].to_list() == first["product"].to_list()


def test_a_catalogue_that_names_people_is_opened_to_be_imported_again(
    settings: Settings, tmp_path: Path
) -> None:
    key = SecretStr(Fernet.generate_key().decode())
    changed = settings.model_copy(update={"contact_key": key})
    sewers = [{**row, "email": "who@atelier.example"} for row in SEWERS]
    file = write_csv(tmp_path / "ateliers.csv", sewers)
    with Deployment(changed) as deployment, open_instance(changed) as instance:
        runner = JobRunner.over(deployment, instance)
        parent = done(runner, deployment.submissions.submit("catalogue", [file], {}))
        child = again(runner, parent, {})
        both = [rows(runner, CATALOGUE_FILES, job).row(0, named=True) for job in (parent, child)]
        assert [row["status"] for row in both] == ["ready", "ready"]
        assert both[0]["key"] == both[1]["key"]
        assert both[0]["key"].endswith(".sealed")
        assert rows(runner, ATELIERS, child)["atelier"].len() == len(SEWERS)


@pytest.fixture
def intranet(settings: Settings) -> Iterator[JobRunner]:
    """A runner over an installation that may fetch from this machine."""
    changed = settings.model_copy(update={"url_networks": "127.0.0.0/8"})
    with Deployment(changed) as deployment, open_instance(changed) as instance:
        yield JobRunner.over(deployment, instance)


def test_what_was_fetched_is_not_fetched_again(
    intranet: JobRunner, make_picture: MakePicture
) -> None:
    with FileServer() as server:
        server.routes["/a.jpg"] = file(make_picture())
        submissions = intranet.deployment.submissions
        parent = done(
            intranet, submissions.submit("library", [server.url("/a.jpg")], {"presets": "sm"})
        )
        asked_once = len(server.requests)
        child = again(intranet, parent, {"presets": "thumbnail"})
        assert len(server.requests) == asked_once
    [variant] = rows(intranet, IMAGE_VARIANTS, child).to_dicts()
    assert (variant["status"], variant["filename"]) == ("ready", "a.jpg")
