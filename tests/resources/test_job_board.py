"""The board: what a page is told of all jobs, and that it follows what happens."""

import dagster as dg
import pytest

from media import keys
from media.job_ids import new_job_id
from orchestration.once import JobRunner
from resources.job_board import JobBoard, JobFilter
from resources.job_ledger import PARTITION_TAG
from resources.job_records import JobState
from tests.conftest import MakePicture
from tests.resources.board_jobs import owned_by, submitted, unstarted_run


@pytest.fixture
def board(runner: JobRunner) -> JobBoard:
    return JobBoard(runner.instance, runner.ledger)


def shown(board: JobBoard, wanted: JobFilter | None = None) -> list[str]:
    board.look_again()
    return [job.job for job in board.page(wanted or JobFilter()).jobs]


def state(board: JobBoard, job: str) -> JobState:
    board.look_again()
    found = board.find(job)
    assert found is not None
    return found.state


def test_a_job_is_followed_from_submission_to_its_end(
    runner: JobRunner, board: JobBoard, make_picture: MakePicture
) -> None:
    assert shown(board) == []
    job = submitted(runner.deployment, make_picture(), owner="ann")
    assert state(board, job) is JobState.WAITING
    run = unstarted_run(runner, job, **owned_by("ann"))
    assert state(board, job) is JobState.WAITING
    runner.instance.report_dagster_event(
        dg.DagsterEvent("PIPELINE_START", "library"), run_id=run.run_id
    )
    assert state(board, job) is JobState.RUNNING
    runner.instance.report_run_failed(run)
    assert state(board, job) is JobState.FAILED
    runner.run_job(job)
    assert state(board, job) is JobState.DONE
    found = board.find(job)
    assert found is not None
    assert (found.owner, found.pipeline) == ("ann", "library")
    assert found.finished_at is not None
    assert found.finished_at > found.submitted_at


def test_it_says_the_same_as_the_ledger(
    runner: JobRunner, board: JobBoard, make_picture: MakePicture
) -> None:
    runner.run_job(submitted(runner.deployment, make_picture(), owner="ann"))
    submitted(runner.deployment, make_picture())
    board.look_again()
    assert list(board.page(JobFilter()).jobs) == runner.ledger.jobs()


def test_pages_are_cut_from_the_newest_on(
    runner: JobRunner, board: JobBoard, make_picture: MakePicture
) -> None:
    jobs = [submitted(runner.deployment, make_picture()) for _ in range(5)]
    newest = sorted(jobs, reverse=True)
    assert shown(board) == newest
    page = board.page(JobFilter(), offset=3, limit=3)
    assert [job.job for job in page.jobs] == newest[3:]
    assert page.total == 5


def test_filters_say_which_jobs_are_meant(
    runner: JobRunner, board: JobBoard, make_picture: MakePicture
) -> None:
    anns = submitted(runner.deployment, make_picture(), owner="ann")
    bens = submitted(runner.deployment, make_picture(), owner="ben")
    failed = submitted(runner.deployment, make_picture(), owner="ben")
    runner.instance.report_run_failed(unstarted_run(runner, failed, **owned_by("ben")))
    assert shown(board, JobFilter(owner="ann")) == [anns]
    assert shown(board, JobFilter(owner="ben", state=JobState.WAITING)) == [bens]
    assert shown(board, JobFilter(among={anns, failed})) == sorted([anns, failed], reverse=True)
    assert shown(board, JobFilter(pipeline="staging")) == []
    assert board.states(JobFilter(owner="ben")) == {JobState.WAITING: 1, JobState.FAILED: 1}
    assert board.with_id(anns[10:].lower()) == {anns}


def test_a_run_started_in_the_ui_takes_nobodys_job_away(
    runner: JobRunner, board: JobBoard, make_picture: MakePicture
) -> None:
    job = submitted(runner.deployment, make_picture(), owner="ann")
    runner.run_job(job)
    unstarted_run(runner, job)
    assert state(board, job) is JobState.WAITING
    assert shown(board, JobFilter(owner="ann")) == [job]


def test_runs_of_other_partitions_are_no_jobs(runner: JobRunner, board: JobBoard) -> None:
    job = runner.definitions.get_job("library_job")
    runner.instance.create_run_for_job(job, tags={PARTITION_TAG: "2026-11-16"})
    assert shown(board) == []


def test_a_submission_that_cannot_be_meant_hides_no_other(
    runner: JobRunner, board: JobBoard, make_picture: MakePicture
) -> None:
    broken, unknown = new_job_id(), new_job_id()
    good = submitted(runner.deployment, make_picture())
    asked = runner.deployment.store.get(keys.submission_request(good))
    runner.deployment.store.put(keys.submission_request(broken), b"{no json")
    runner.deployment.store.put(
        keys.submission_request(unknown),
        asked.replace(good.encode(), unknown.encode()).replace(b'"library"', b'"libary"'),
    )
    assert good in shown(board)
    assert good in [job.job for job in runner.ledger.jobs()]
    assert runner.ledger.job(unknown).error is None


def test_a_job_that_was_rejected_leaves_the_board(
    runner: JobRunner, board: JobBoard, make_picture: MakePicture
) -> None:
    job = submitted(runner.deployment, make_picture())
    assert shown(board) == [job]
    runner.deployment.store.put(
        keys.submission_rejection(job), b'{"reason": "invalid_request", "detail": "no such size"}'
    )
    runner.deployment.store.delete([keys.submission_request(job)])
    assert shown(board) == []
    assert board.find(job) is None
    assert runner.ledger.job(job).error == "no such size"


def test_a_table_made_anew_does_not_speak_for_its_job(
    runner: JobRunner, board: JobBoard, make_picture: MakePicture
) -> None:
    job = submitted(runner.deployment, make_picture())
    runner.instance.report_run_failed(unstarted_run(runner, job, **owned_by("ann")))
    chosen = frozenset({dg.AssetKey(["library", "image_variants"])})
    runner.instance.add_run(
        dg.DagsterRun(
            "library_job",
            status=dg.DagsterRunStatus.SUCCESS,
            asset_selection=chosen,
            tags={PARTITION_TAG: job},
        )
    )
    assert state(board, job) is runner.ledger.state(job) is JobState.FAILED
    runner.run_job(job)
    assert state(board, job) is runner.ledger.state(job) is JobState.DONE
