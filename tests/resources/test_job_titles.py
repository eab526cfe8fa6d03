"""Titles: what jobs are called, whether they wait or are done."""

from orchestration.once import JobRunner
from resources.job_titles import JobTitle, JobTitles
from tests.conftest import MakePicture
from tests.resources.board_jobs import submitted


def test_a_job_is_called_by_its_first_file_or_its_words(
    runner: JobRunner, make_picture: MakePicture
) -> None:
    waiting = submitted(runner.deployment, make_picture(), make_picture(color="navy"))
    other = submitted(runner.deployment, make_picture(), names=("Haus am See.jpg",))
    words = runner.deployment.submissions.submit("design", [], {"prompt": "red dress"})
    records = runner.ledger.jobs()
    expected = {
        waiting: JobTitle("photo.jpg", 2),
        other: JobTitle("Haus am See.jpg", 1),
        words: JobTitle("red dress", 1),
    }
    assert JobTitles(runner.ledger).of(records) == expected
    # Its request is elsewhere by then.
    runner.run_job(waiting)
    assert JobTitles(runner.ledger).of(records) == expected
