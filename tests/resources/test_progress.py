"""Progress: anyone can see how far a job is, and following it changes nothing."""

import threading
from collections.abc import Iterator

import pytest

from resources.deployments import Deployment
from resources.progress import JobProgress, each

JOB = "01K0000000000000000000000A"


def test_nothing_is_known_before_the_first_result(anywhere: Deployment) -> None:
    assert anywhere.progress.of(JOB) is None


def test_results_pass_through_and_the_end_is_written(anywhere: Deployment) -> None:
    assert list(anywhere.progress.follow(JOB, "uploads", iter("abc"), 3)) == ["a", "b", "c"]
    assert anywhere.progress.of(JOB) == JobProgress(step="uploads", done=3, total=3)
    list(anywhere.progress.follow(JOB, "image_variants", iter("ab"), 2))
    assert anywhere.progress.of(JOB) == JobProgress(step="image_variants", done=2, total=2)


def test_the_first_result_is_written_at_once(deployment: Deployment) -> None:
    following = deployment.progress.follow(JOB, "uploads", iter("abc"), 3)
    assert next(following) == "a"
    assert next(following) == "b"
    assert deployment.progress.of(JOB) == JobProgress(step="uploads", done=1, total=3)


def test_an_error_among_the_results_ends_the_following(deployment: Deployment) -> None:
    def results() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    following = deployment.progress.follow(JOB, "uploads", results(), 2)
    with pytest.raises(ValueError, match="broken"):
        list(following)


def test_each_keeps_the_order_and_works_side_by_side() -> None:
    both = threading.Barrier(2)

    def meet(number: int) -> int:
        both.wait(timeout=30)
        return number * 10

    assert list(each(meet, [3, 1, 2, 0], 2)) == [30, 10, 20, 0]


def test_each_ends_with_the_first_error() -> None:
    def fail_at_three(number: int) -> int:
        if number == 3:
            raise ValueError("three")
        return number

    results = each(fail_at_three, range(10), 4)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="three"):
        next(results)
    assert list(results) == []
