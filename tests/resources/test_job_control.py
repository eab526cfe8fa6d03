"""Job control: what cancelling and running again do to runs and wishes."""

import dagster as dg
import pytest

from media.errors import UnknownJob
from orchestration.once import JobRunner
from resources.job_ledger import PARTITION_TAG
from resources.job_records import JobState
from tests.conftest import MakePicture
from tests.resources.board_jobs import submitted, unstarted_run


def test_a_job_whose_run_has_not_started_is_cancelled(
    runner: JobRunner, make_picture: MakePicture
) -> None:
    job = submitted(runner.deployment, make_picture())
    run = unstarted_run(runner, job)
    assert runner.control.cancel(job) is JobState.CANCELLED
    found = runner.instance.get_run_by_id(run.run_id)
    assert found is not None
    assert found.status is dg.DagsterRunStatus.CANCELED


def test_a_job_without_a_run_or_that_has_ended_stays_as_it_is(
    runner: JobRunner, make_picture: MakePicture
) -> None:
    waiting = submitted(runner.deployment, make_picture())
    assert runner.control.cancel(waiting) is JobState.WAITING
    done = submitted(runner.deployment, make_picture(color="navy"))
    runner.run_job(done)
    assert runner.control.cancel(done) is JobState.DONE
    [run] = runner.instance.get_runs(dg.RunsFilter(tags={PARTITION_TAG: done}))
    assert run.status is dg.DagsterRunStatus.SUCCESS


def test_a_job_that_has_ended_is_wished_to_run_again(
    runner: JobRunner, make_picture: MakePicture
) -> None:
    job = submitted(runner.deployment, make_picture())
    unstarted_run(runner, job)
    assert not runner.control.retry(job)
    assert not runner.deployment.intake.retries()
    runner.control.cancel(job)
    assert runner.control.retry(job)
    assert list(runner.deployment.intake.retries().values()) == [job]


def test_there_is_nothing_to_do_about_a_job_that_there_is_not(runner: JobRunner) -> None:
    for act in (runner.control.cancel, runner.control.retry):
        for job in ("01M7Z8T1Q73HF4K7RQB10TEQHB", "../../secrets", ""):
            with pytest.raises(UnknownJob):
                act(job)
