"""Summaries: the counts of many jobs, the same as reading each job tells."""

import pytest

from media.pipeline import all_pipelines
from orchestration.once import JobRunner
from resources.job_records import JobDetails, JobRecord, JobState
from resources.job_summaries import JobSummaries, JobSummary
from tests.conftest import MakePicture
from tests.resources.board_jobs import submitted, unstarted_run


@pytest.fixture
def summaries(runner: JobRunner) -> JobSummaries:
    return JobSummaries(runner.deployment.tables)


def counted(details: JobDetails) -> JobSummary:
    """What a job's items say when they are read one by one."""
    statuses = [item.status for item in details.items]
    return JobSummary(
        items=len(statuses),
        ready=statuses.count("ready"),
        refused=statuses.count("refused"),
        failed=statuses.count("failed"),
        pictures=sum(len(item.outputs) for item in details.items),
        for_review=0,
        cost_usd=details.cost_usd,
    )


def test_many_jobs_are_counted_as_each_is_told(
    runner: JobRunner, summaries: JobSummaries, make_picture: MakePicture
) -> None:
    good = submitted(runner.deployment, make_picture(), make_picture(color="navy"))
    mixed = submitted(runner.deployment, make_picture(color="olive"), b"no picture", b"")
    waiting = submitted(runner.deployment, make_picture())
    for job in (good, mixed):
        runner.run_job(job)
    found = summaries.of(runner.ledger.jobs())
    assert found == {
        good: counted(runner.ledger.job(good)),
        mixed: counted(runner.ledger.job(mixed)),
        waiting: JobSummary(),
    }
    assert found[mixed] == JobSummary(items=3, ready=1, refused=2, pictures=1)


def test_an_ended_job_is_counted_again_after_another_run(
    runner: JobRunner, summaries: JobSummaries, make_picture: MakePicture
) -> None:
    job = submitted(runner.deployment, make_picture())
    run = unstarted_run(runner, job)
    runner.instance.report_run_failed(run)
    assert summaries.of([runner.ledger.record(job)])[job] == JobSummary()
    runner.run_job(job)
    assert summaries.of([runner.ledger.record(job)])[job].pictures == 1


def test_a_job_of_a_pipeline_that_there_is_not_made_nothing(summaries: JobSummaries) -> None:
    job = JobRecord(
        job="01M7Z8T1Q73HF4K7RQB10TEQHB",
        pipeline="libary",
        state=JobState.WAITING,
        submitted_at="2026-11-21T14:40:17Z",
    )
    assert summaries.of([job]) == {job.job: JobSummary()}


def test_jobs_are_found_by_part_of_a_files_name(
    runner: JobRunner, summaries: JobSummaries, make_picture: MakePicture
) -> None:
    names = ("Café (1).jpg", "roof.jpg")
    job = submitted(runner.deployment, make_picture(), make_picture(color="navy"), names=names)
    other = submitted(runner.deployment, make_picture(color="olive"))
    for each in (job, other):
        runner.run_job(each)
    pipelines = all_pipelines().values()
    assert summaries.with_file("CAFÉ (", pipelines) == {job}
    assert summaries.with_file(".jpg", pipelines) == {job, other}
    assert summaries.with_file("c.f", pipelines) == set()
