"""Paid calls: kept, found, asked once, paced, and asked again while there is hope."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from media import keys
from media.errors import ProviderRejected, ProviderUnavailable
from resources.deployments import Deployment
from resources.object_store import ObjectStore
from resources.paid_calls import (
    CallRate,
    NotNow,
    PaidCalls,
    digest_of,
    retry_after_s,
)
from resources.settings import Settings

QUESTION = {"picture": b"bytes", "size": 3, "words": ["a", "b"]}


@pytest.fixture
def store(settings: Settings) -> ObjectStore:
    """The store of an installation of the test's own."""
    return ObjectStore.from_settings(settings)


@pytest.fixture
def rate() -> CallRate:
    """A rate with three tries that does not wait for long."""
    return CallRate(1000, first_wait_s=0.001, longest_wait_s=0.2)


class Till:
    """Something that costs money each time it is asked."""

    def __init__(self, answer: bytes = b"answer") -> None:
        self.paid = 0
        self.answer = answer

    def __call__(self) -> bytes:
        """Take the money, give the answer."""
        self.paid += 1
        return self.answer


def refuse() -> bytes:
    raise ProviderRejected("the credit is spent")


def test_an_answer_is_kept_and_found_by_whoever_asks_the_same(anywhere: Deployment) -> None:
    till = Till()
    assert PaidCalls(anywhere.store).once("shop", QUESTION, till) == (b"answer", False)
    # A killed run leaves the store only.
    again = PaidCalls(anywhere.store).once("shop", dict(reversed(QUESTION.items())), till)
    assert again == (b"answer", True)
    assert till.paid == 1
    kept = anywhere.store.get(keys.paid_call("shop", digest_of(QUESTION)))
    assert kept == b"answer"


@pytest.mark.parametrize(
    "other",
    [{"picture": b"other"}, {"size": 4}, {"size": "3"}, {"words": ["b", "a"]}, {"more": None}],
)
def test_another_question_is_asked(store: ObjectStore, other: dict[str, object]) -> None:
    till, calls = Till(), PaidCalls(store)
    calls.once("shop", QUESTION, till)
    assert not calls.once("shop", QUESTION | other, till).found
    assert not calls.once("other shop", QUESTION, till).found
    assert till.paid == 3


def test_a_question_of_something_that_has_no_digest_is_an_error() -> None:
    with pytest.raises(TypeError, match="object"):
        digest_of({"what": object()})


def test_a_call_that_failed_is_not_kept(store: ObjectStore) -> None:
    calls = PaidCalls(store)
    with pytest.raises(ProviderRejected):
        calls.once("shop", QUESTION, refuse)
    assert calls.once("shop", QUESTION, Till()) == (b"answer", False)


def test_an_answer_that_was_forgotten_is_asked_for_again(store: ObjectStore) -> None:
    calls, till = PaidCalls(store), Till()
    calls.once("shop", QUESTION, till)
    calls.forget("shop", QUESTION)
    calls.forget("shop", QUESTION)
    assert not calls.once("shop", QUESTION, till).found
    assert till.paid == 2


def test_threads_that_ask_the_same_at_once_pay_once(store: ObjectStore) -> None:
    calls, till = PaidCalls(store), Till()
    together = threading.Barrier(8)

    def ask(_: int) -> bool:
        together.wait()
        return calls.once("shop", QUESTION, till).found

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(8)))
    assert till.paid == 1
    assert sorted(found) == [False] + [True] * 7


def test_threads_that_ask_different_things_do_not_wait_for_each_other(store: ObjectStore) -> None:
    calls = PaidCalls(store)
    both = threading.Barrier(2, timeout=30)

    def ask(size: int) -> bytes:
        def answer() -> bytes:
            both.wait()
            return b"together"

        return calls.once("shop", {"size": size}, answer).data

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(ask, [1, 2])) == [b"together"] * 2


def test_when_the_first_of_two_threads_fails_the_second_asks(store: ObjectStore) -> None:
    calls, till = PaidCalls(store), Till()
    asking, go_on = threading.Event(), threading.Event()

    def fail() -> bytes:
        asking.set()
        go_on.wait()
        return refuse()

    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(calls.once, "shop", QUESTION, fail)
        asking.wait()
        second = threads.submit(calls.once, "shop", QUESTION, till)
        go_on.set()
        assert isinstance(first.exception(), ProviderRejected)
        assert second.result() == (b"answer", False)


def failing(times: int, hint_s: float | None = None) -> Callable[[], int]:
    """A call that is told to come back so many times; it returns how often it was made."""
    made = []

    def call() -> int:
        made.append(1)
        if len(made) <= times:
            raise NotNow("busy", hint_s)
        return len(made)

    return call


@pytest.mark.parametrize("hint_s", [None, 0.0, 0.02])
def test_a_busy_service_is_asked_again(rate: CallRate, hint_s: float | None) -> None:
    assert rate.ask(failing(2, hint_s)) == 3


def test_after_the_last_try_the_service_counts_as_unavailable(rate: CallRate) -> None:
    call = failing(3)
    with pytest.raises(ProviderUnavailable, match="busy"):
        rate.ask(call)
    assert call() == 4


def test_a_hint_beyond_all_patience_ends_it_at_once(rate: CallRate) -> None:
    call = failing(1, hint_s=36_000)
    with pytest.raises(ProviderUnavailable):
        rate.ask(call)
    assert call() == 2


def test_a_hint_is_waited_for(rate: CallRate) -> None:
    started = time.monotonic()
    rate.ask(failing(1, hint_s=0.05))
    assert time.monotonic() - started >= 0.05


def test_other_errors_are_not_tried_again(rate: CallRate) -> None:
    made = []

    def call() -> None:
        made.append(1)
        raise ProviderRejected("no")

    with pytest.raises(ProviderRejected):
        rate.ask(call)
    assert len(made) == 1


def test_no_more_calls_are_made_in_a_minute_than_the_rate_allows() -> None:
    rate = CallRate(3, minute_s=0.2)
    started = time.monotonic()
    with ThreadPoolExecutor(4) as threads:
        calls = [threads.submit(rate.ask, lambda: None) for _ in range(7)]
        assert [call.result() for call in calls] == [None] * 7
    assert time.monotonic() - started >= 0.4


def test_tries_count_as_calls() -> None:
    rate = CallRate(2, minute_s=0.2, first_wait_s=0.001)
    started = time.monotonic()
    assert rate.ask(failing(2)) == 3
    assert time.monotonic() - started >= 0.2


@pytest.mark.parametrize(
    ("header", "seconds"),
    [(None, None), ("3", 3), ("0.05", 0.05), ("-1", 0), ("soon", None), ("", None)],
)
def test_a_retry_after_header_of_seconds(header: str | None, seconds: float | None) -> None:
    assert retry_after_s(header) == seconds


def test_a_retry_after_header_with_a_date() -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    assert 3500 < (retry_after_s(format_datetime(soon, usegmt=True)) or 0) <= 3600
    assert retry_after_s("Wed, 21 Oct 2015 07:28:00 GMT") == 0
    assert retry_after_s("Wed, 21 Oct 2015 07:28:00 -0000") == 0
