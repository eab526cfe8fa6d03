"""Media workers: processes in which untrusted bytes are decoded, one item at a time.

A worker gets bytes and gives back bytes and records; it holds no store, no key and no network
client. It may use so much memory and so many seconds; whatever an item does to it, the item's
row says so and the next item finds a healthy worker.
"""

import contextlib
import logging
import os
import pickle
import resource
import signal
import threading
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, CancelledError, Future, InvalidStateError
from concurrent.futures import TimeoutError as FutureTimeout
from dataclasses import dataclass
from multiprocessing import get_context
from traceback import format_exc
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar, cast

from media.errors import DecoderCrashed, OutOfMemory, OutOfTime, ShowroomError, UnexpectedError
from resources.pixel_room import PixelRoom
from resources.process_memory import keep_one_arena, resident_bytes, trim
from resources.settings import Settings

if TYPE_CHECKING:
    from pebble import ProcessExpired, ProcessPool

_log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

_PRELOADED = ("media.probe", "media.variants", "media.documents", "media.contact_sheets")
_MUCH_BYTES = 85_000_000
_PIXELS_A_WORKER = 16_000_000
"""What each worker may have decoded at once, on average: a good camera's picture."""


@dataclass(frozen=True)
class Allowance:
    """What one item may take in its worker; memory counts as address space."""

    memory_bytes: int
    time_s: float


class MediaWorkers:
    """A pool of limited worker processes; use as a context manager, or `close` it."""

    def __init__(self, count: int, memory_bytes: int, time_s: float, most_bytes: int = 0) -> None:
        """`most_bytes` is what an item with an allowance of its own may have at most."""
        self.count = count
        self.allowance = Allowance(memory_bytes, time_s)
        self._most_bytes = max(memory_bytes, most_bytes)
        keep_one_arena()
        self.room = PixelRoom(count * _PIXELS_A_WORKER)
        self._closed = False
        self._renewing = threading.Lock()
        self._asking = threading.Lock()
        self._asked: dict[Future[bytes], ProcessPool] = {}
        self._pool = self._new_pool()

    @classmethod
    def from_settings(cls, settings: Settings) -> "MediaWorkers":
        """Workers with the limits of the settings."""
        count = settings.workers or len(os.sched_getaffinity(0))
        return cls(
            count,
            settings.worker_memory_bytes,
            settings.worker_time_s,
            settings.worker_video_memory_bytes,
        )

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args)` in a worker; waits. Safe to call from many threads.

        Raises the `ShowroomError` that the function raises, `UnexpectedError` for any other,
        and `OutOfTime`, `OutOfMemory` or `DecoderCrashed` when the worker had to be stopped
        or died. A crash is tried once more, since the machine and not the item may have been
        the cause.
        """
        return self.run_within(self.allowance, function, *args, **kwargs)

    def run_within(
        self, allowance: Allowance, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """The same with limits of its own, for work that grows with the item."""
        from pebble import ProcessExpired

        for last_try in (False, True):
            pool = self._pool
            try:
                return cast("T", self._ask(pool, allowance, [function, args, kwargs]))
            except ProcessExpired as error:
                if last_try or self._closed:
                    raise DecoderCrashed(
                        f"decoding it crashed the worker ({_cause(error)})"
                    ) from error
            except (BrokenExecutor, CancelledError, RuntimeError) as error:
                if last_try or self._closed:
                    raise UnexpectedError(f"the media workers stopped: {error}") from error
                self._renew(pool)
        raise AssertionError("unreachable")

    def _ask(self, pool: "ProcessPool", allowance: Allowance, task: list[Any]) -> object:
        """The result of a task, or its error; what befell the worker itself comes as it is."""
        with self._asking:
            future = pool.schedule(
                _outcome, args=[allowance.memory_bytes, *task], timeout=allowance.time_s
            )
            self._asked[future] = pool
        try:
            outcome = pickle.loads(future.result())  # noqa: S301 - our own worker's
        except FutureTimeout as error:
            limit_s = allowance.time_s
            raise OutOfTime(f"working on it took longer than {limit_s:g} seconds") from error
        except MemoryError as error:
            raise OutOfMemory("working on it took more memory than one item may use") from error
        finally:
            with self._asking:
                self._asked.pop(future, None)
        if isinstance(outcome, ShowroomError):
            raise outcome
        if isinstance(outcome, _Unforeseen):
            _log.error("media work failed in a way that has no name\n%s", outcome.trace)
            raise UnexpectedError(outcome.message)
        return outcome[0]

    def close(self) -> None:
        """Stop the workers; work under way is abandoned."""
        self._closed = True
        self._stop(self._pool)

    def __enter__(self) -> "MediaWorkers":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _new_pool(self) -> "ProcessPool":
        from pebble import ProcessPool

        context = get_context("forkserver")
        context.set_forkserver_preload(list(_PRELOADED))
        return ProcessPool(
            max_workers=self.count,
            initializer=_limit_worker,
            initargs=(self._most_bytes,),
            context=context,
        )

    def _renew(self, broken: "ProcessPool") -> None:
        """Replace a pool that has lost its workers while they were idle; once for all threads."""
        with self._renewing:
            if self._pool is broken and not self._closed:
                self._stop(broken)
                self._pool = self._new_pool()

    def _stop(self, pool: "ProcessPool") -> None:
        """Stop a pool, and tell everybody who still waits for it: it may tell nobody itself."""
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()
        with self._asking:
            waiting = [future for future, asked in self._asked.items() if asked is pool]
        for future in waiting:
            with contextlib.suppress(InvalidStateError):
                future.set_exception(BrokenExecutor("the pool was stopped"))


@dataclass(frozen=True)
class _Unforeseen:
    """An error that is none of ours, as text: the error itself may not survive the journey."""

    message: str
    trace: str


def _limit_worker(most_bytes: int) -> None:
    """Runs first in each worker."""
    # Ctrl-C goes to the whole foreground group; the parent decides what becomes of its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    keep_one_arena()
    resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Codecs written in C complain on standard error, a screenful per damaged file; what
    # matters comes back as an exception.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _outcome(
    memory_bytes: int,
    function: Callable[..., Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> bytes:
    """In the worker: a one-tuple of the result, or the error as one of ours, pickled.

    An object that cannot be pickled, or an error that cannot be made again from its pickle,
    would take the whole pool down on its way back.
    """
    _, most_bytes = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (min(memory_bytes, most_bytes), most_bytes))
    try:
        result = function(*args, **kwargs)
        if resident_bytes() > _MUCH_BYTES:
            # The result is copied on its way, and what was freed stays in the way of that.
            trim()
        return pickle.dumps((result,))
    except MemoryError:
        raise
    except ShowroomError as error:
        return pickle.dumps(error)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - it costs one item, by name
        return pickle.dumps(_Unforeseen(f"{type(error).__name__}: {error}", format_exc()))


def _cause(error: "ProcessExpired") -> str:
    code = error.exitcode
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"
