"""Backfills: what people re-materialize in the UI, launched as the UI launches it.

GraphQL takes the wish, the daemon's own function turns it into runs; these are carried out in
this process, over the real definitions and an installation in a temporary folder.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from dagster._core.instance.ref import InstanceRef
from dagster._core.remote_origin import InProcessCodeLocationOrigin
from dagster._core.types.loadable_target_origin import LoadableTargetOrigin
from dagster._core.workspace.context import WorkspaceProcessContext
from dagster._core.workspace.load_target import WorkspaceLoadTarget
from dagster._daemon.backfill import execute_backfill_iteration
from dagster_graphql.test.utils import execute_dagster_graphql
from polars.testing import assert_frame_equal

from media import keys
from media.pipelines.library import IMAGE_VARIANTS
from media.pipelines.staging import STAGED_IMAGES
from media.requests import Parameters
from orchestration.definitions import installed
from orchestration.once import JobRunner
from resources.dagster_home import prepare_home
from resources.deployments import Deployment
from resources.intake import InboxView
from resources.settings import PREFIX, PROJECT_ROOT, Settings
from tests.conftest import MakePicture
from tests.pipelines.job_tables import rows
from tests.resources.replicate.http import TOKEN
from tests.resources.replicate.parts import QWEN_USD, photo
from tests.resources.replicate.server import ReplicateServer

LAUNCH = """
mutation Launch($params: LaunchBackfillParams!) {
  launchPartitionBackfill(backfillParams: $params) {
    __typename
    ... on LaunchBackfillSuccess { backfillId }
    ... on PythonError { message }
  }
}
"""
Submit = Callable[[str], str]
LIBRARY = ("library/uploads", "library/image_variants", "library/pdf_pages")
_HERE_AND_NOW = {
    "run_monitoring": {"enabled": False},
    "run_launcher": {
        "module": "dagster._core.launcher.sync_in_memory_run_launcher",
        "class": "SyncInMemoryRunLauncher",
    },
    "run_coordinator": {
        "module": "dagster._core.run_coordinator",
        "class": "DefaultRunCoordinator",
    },
}


class _TheseDefinitions(WorkspaceLoadTarget):
    def create_origins(self) -> Sequence[InProcessCodeLocationOrigin]:
        module = "orchestration.definitions"
        target = LoadableTargetOrigin(module_name=module, working_directory=str(PROJECT_ROOT))
        return [InProcessCodeLocationOrigin(target, location_name=module)]


class Operator:
    """Somebody at the UI, and the daemon behind it."""

    def __init__(self, instance: dg.DagsterInstance) -> None:
        self.instance = instance

    def materialize(self, assets: Sequence[str], jobs: Sequence[str]) -> list[dg.DagsterRun]:
        """Launch a backfill and see it to its end; its runs, by job."""
        with WorkspaceProcessContext(self.instance, _TheseDefinitions()) as workspace:
            answer: Mapping[str, Any] = execute_dagster_graphql(
                workspace.create_request_context(),
                LAUNCH,
                variables={
                    "params": {
                        "assetSelection": [{"path": asset.split("/")} for asset in assets],
                        "partitionNames": list(jobs),
                    }
                },
            ).data["launchPartitionBackfill"]
            backfill = str(answer["backfillId"])
            while not self._has_ended(backfill):
                assert not [*filter(None, execute_backfill_iteration(workspace, _LOGGER))]
        runs = self.instance.get_runs(dg.RunsFilter.for_backfill(backfill))
        return sorted(runs, key=lambda run: run.tags["dagster/partition"])

    def _has_ended(self, backfill: str) -> bool:
        found = self.instance.get_backfill(backfill)
        assert found is not None
        return found.status.value.startswith(("COMPLETED", "FAILED", "CANCELED"))


_LOGGER = dg.get_dagster_logger("backfill")


@pytest.fixture
def replicate() -> Iterator[ReplicateServer]:
    """What answers in place of Replicate."""
    with ReplicateServer() as server:
        yield server


@pytest.fixture
def settings(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Settings]:
    """The settings of the test, in the environment, where the definitions read them."""
    told = {name: str(getattr(settings, name)) for name in settings.model_fields_set}
    if "replicate" in request.fixturenames:
        url = request.getfixturevalue("replicate").url
        told |= {"replicate_api_token": TOKEN, "replicate_url": url}
    for name, value in told.items():
        monkeypatch.setenv(PREFIX + name.upper(), value)
    installed.cache_clear()
    yield Settings()
    installed().close()
    installed.cache_clear()


@pytest.fixture
def operator(settings: Settings) -> Iterator[Operator]:
    """An operator of that installation."""
    home = str(prepare_home(settings))
    reference = InstanceRef.from_dir(home, overrides=_HERE_AND_NOW)
    with dg.DagsterInstance.from_ref(reference) as instance:
        yield Operator(instance)


@pytest.fixture
def submit(deployment: Deployment, tmp_path: Path, make_picture: MakePicture) -> Submit:
    """Submits a library job of one picture of a colour; its id."""

    def put(color: str) -> str:
        path = tmp_path / f"{color}.jpg"
        path.write_bytes(make_picture(400, 300, color))
        return deployment.submissions.submit("library", [path], {"presets": "sm"}, f"{color}@here")

    return put


def claimed(deployment: Deployment, instance: dg.DagsterInstance, job: str) -> str:
    """The job, taken in as the sensor does it, whose run never came to be."""
    deployment.intake.claim(InboxView(fresh={}, arriving=False, submitted=[job]))
    instance.add_dynamic_partitions("library_jobs", [job])
    return job


def table_key(asset: str, job: str) -> str:
    return keys.job_table(asset.rpartition("/")[2], job)


def states(runs: Sequence[dg.DagsterRun]) -> dict[str, str]:
    return {run.tags["dagster/partition"]: run.status.value for run in runs}


def test_one_table_of_several_jobs_is_made_again_and_nothing_else(
    runner: JobRunner, operator: Operator, submit: Submit
) -> None:
    jobs = [submit(color) for color in ("red", "green", "blue")]
    assert [runner.run_job(job) for job in jobs] == ["done"] * 3
    store = runner.deployment.store
    written = {key: store.head(key) for key in map(table_key, LIBRARY, jobs[:1] * 3)}
    lost = rows(runner, IMAGE_VARIANTS, jobs[0])["key"][0]
    store.delete([lost])

    runs = operator.materialize(["library/image_variants"], jobs)

    assert states(runs) == dict.fromkeys(jobs, "SUCCESS")
    assert [run.tags["showroom/owner"] for run in runs] == ["red@here", "green@here", "blue@here"]
    assert {run.tags["showroom/pipeline"] for run in runs} == {"library"}
    assert store.head(lost), "what was lost was not made again"
    replaced = [key for key, before in written.items() if store.head(key) != before]
    assert replaced == [table_key("library/image_variants", jobs[0])]
    assert rows(runner, IMAGE_VARIANTS, jobs[0]).height == 1
    assert [runner.ledger.state(job) for job in jobs] == ["done"] * 3


def test_a_whole_pipeline_can_be_made_of_a_job_that_never_ran(
    runner: JobRunner, operator: Operator, submit: Submit
) -> None:
    done = submit("red")
    assert runner.run_job(done) == "done"
    never = claimed(runner.deployment, operator.instance, submit("green"))

    runs = operator.materialize(LIBRARY, [done, never])

    assert states(runs) == {done: "SUCCESS", never: "SUCCESS"}
    assert rows(runner, IMAGE_VARIANTS, never)["status"].to_list() == ["ready"]
    assert runner.ledger.state(never) == "done"
    assert runner.deployment.intake.drain() == [never]


def test_a_table_is_not_made_of_rows_that_never_were(
    runner: JobRunner, operator: Operator, submit: Submit
) -> None:
    never = claimed(runner.deployment, operator.instance, submit("green"))

    runs = operator.materialize(["library/image_variants"], [never])

    assert states(runs) == {never: "FAILURE"}
    assert runner.deployment.tables.read(IMAGE_VARIANTS, never) is None
    assert "has not written uploads yet" in str(runner.ledger.job(never).error)


def test_pictures_that_were_paid_for_are_found_and_keep_their_cost(
    replicate: ReplicateServer, runner: JobRunner, operator: Operator, tmp_path: Path
) -> None:
    jobs = []
    for seed in (1, 2):
        path = tmp_path / f"{seed}.jpg"
        path.write_bytes(photo(640, 480))
        params: Parameters = {"room_type": "office", "seed": seed}
        jobs.append(runner.deployment.submissions.submit("staging", [path], params))
    assert [runner.run_job(job) for job in jobs] == ["done"] * 2
    assert replicate.charged == 2
    before = {job: rows(runner, STAGED_IMAGES, job).drop("seconds") for job in jobs}

    runs = operator.materialize(["staging/staged_images"], jobs)

    assert states(runs) == dict.fromkeys(jobs, "SUCCESS")
    assert replicate.charged == 2
    for job in jobs:
        assert_frame_equal(rows(runner, STAGED_IMAGES, job).drop("seconds"), before[job])
        assert runner.ledger.job(job).cost_usd == pytest.approx(QWEN_USD)
