"""Calls of paid services: at a measured pace, again while a service is busy, never paid twice.

What a service answered is kept in the store under a digest of the question, as soon as it is
there. A run that was killed, or another job with the same bytes and parameters, finds it.
"""

import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import NamedTuple, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_exponential_jitter, wait_random

from media import keys
from media.errors import ProviderUnavailable
from resources.object_store import ObjectStore

T = TypeVar("T")

Question = Mapping[str, object]
"""All that decides an answer, by name: numbers, texts, lists and bytes."""


class PaidAnswer(NamedTuple):
    """What a service answered, and whether it was found: then nothing was paid for it now."""

    data: bytes
    found: bool


class PaidCalls:
    """Answers kept by question; threads of one process that ask the same pay once.

    Two processes that ask the same in the same moment both pay; a job runs in one process.
    """

    def __init__(self, store: ObjectStore) -> None:
        self._store = store
        self._turns = Turns()

    def once(self, provider: str, question: Question, ask: Callable[[], bytes]) -> PaidAnswer:
        """The kept answer to the question, or what `ask` returns, kept.

        Whatever `ask` raises comes out and nothing is kept, so it should raise for an answer
        that cannot be used.
        """
        key = keys.paid_call(provider, digest_of(question))
        with self._turns.of(key):
            try:
                return PaidAnswer(self._store.get(key), found=True)
            except FileNotFoundError:
                answer = ask()
                self._store.put(key, answer)
                return PaidAnswer(answer, found=False)

    def forget(self, provider: str, question: Question) -> None:
        """Drop a kept answer that turned out not to be usable, so that it is asked for again."""
        self._store.delete([keys.paid_call(provider, digest_of(question))])


class Turns:
    """Turns of threads at keys; keys nobody asks for take no room."""

    def __init__(self) -> None:
        self._turns: dict[str, _Turn] = {}
        self._taking_turns = threading.Lock()

    @contextmanager
    def of(self, key: str) -> Iterator[None]:
        """One thread at a time for a key."""
        with self._taking_turns:
            turn = self._turns.setdefault(key, _Turn())
            turn.waiting += 1
        try:
            with turn.lock:
                yield
        finally:
            with self._taking_turns:
                turn.waiting -= 1
                if not turn.waiting:
                    del self._turns[key]


class _Turn:
    """A lock, and how many threads hold it or wait for it."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.waiting = 0


def digest_of(question: Question) -> str:
    """SHA-256 of a question as 64 hexadecimal digits; the order of its names does not count."""
    text = json.dumps(question, sort_keys=True, default=_hashed)
    return hashlib.sha256(text.encode()).hexdigest()


def _hashed(value: object) -> str:
    if isinstance(value, bytes):
        return "sha256:" + hashlib.sha256(value).hexdigest()
    raise TypeError(f"A question cannot hold {type(value).__name__}.")


class NotNow(Exception):
    """A service could not be asked this time; it may say in how many seconds to try again."""

    def __init__(self, message: str, hint_s: float | None = None) -> None:
        super().__init__(message)
        self.hint_s = hint_s


class CallRate:
    """How a service is asked: so many calls a minute, and so many tries while it is busy.

    All threads that share it together make at most `calls_per_minute` calls in any
    `minute_s` seconds. Waits between tries double from `first_wait_s` up to `longest_wait_s`,
    with jitter. A hint of the service is obeyed, plus jitter, unless it asks for more than
    `longest_wait_s`: then waiting is left to whoever runs the job again.
    """

    def __init__(
        self,
        calls_per_minute: int,
        tries: int = 3,
        *,
        first_wait_s: float = 1.0,
        longest_wait_s: float = 60.0,
        minute_s: float = 60.0,
    ) -> None:
        from pyrate_limiter import InMemoryBucket, Limiter, Rate, SingleBucketFactory

        self._tries = tries
        self._first_wait_s = first_wait_s
        self._longest_wait_s = longest_wait_s
        self._bucket = InMemoryBucket([Rate(calls_per_minute, round(minute_s * 1000))])
        # The library would clear out old calls in a thread of its own, which a fork loses.
        self._limiter = Limiter(SingleBucketFactory(self._bucket, schedule_leak=False))

    def ask(self, call: Callable[[], T]) -> T:
        """`call()`, again while it raises `NotNow`; in the end `ProviderUnavailable`."""
        retrying = Retrying(
            retry=retry_if_exception_type(NotNow),
            wait=self._wait_s,
            stop=self._is_over,
            reraise=True,
        )
        try:
            result: T = retrying(self._in_turn, call)
        except NotNow as error:
            raise ProviderUnavailable(str(error)) from error
        return result

    def _in_turn(self, call: Callable[[], T]) -> T:
        self._limiter.try_acquire()
        self._bucket.leak(self._bucket.now())  # type: ignore[no-untyped-call]
        return call()

    def _wait_s(self, state: RetryCallState) -> float:
        hint_s = _hint_s(state)
        if hint_s is None:
            return wait_exponential_jitter(
                self._first_wait_s, self._longest_wait_s, jitter=self._first_wait_s
            )(state)
        return hint_s + wait_random(0, self._first_wait_s)(state)

    def _is_over(self, state: RetryCallState) -> bool:
        too_long = (_hint_s(state) or 0) > self._longest_wait_s
        return too_long or stop_after_attempt(self._tries)(state)


def _hint_s(state: RetryCallState) -> float | None:
    error = state.outcome.exception() if state.outcome else None
    return error.hint_s if isinstance(error, NotNow) else None


def retry_after_s(header: str | None) -> float | None:
    """Seconds that a Retry-After header asks for; None without one or when it cannot be read.

    RFC 9110, 10.2.3: a number of seconds, or a date. Services also send fractions.
    """
    if header is None:
        return None
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return None
    # A date of -0000 comes without a zone and is UTC (RFC 5322, 3.3).
    return max(0.0, (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
