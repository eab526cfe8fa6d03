"""What media workers are given in tests: work that ends well, badly or not at all."""

import ctypes
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from media.errors import CorruptMedia


class AwkwardError(Exception):
    """An error of a library that can be pickled and then not be unpickled."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(f"{text} ({code})")


def double(number: int, *, plus: int = 0) -> int:
    return number * 2 + plus


def own_pid() -> int:
    return os.getpid()


def refuse(text: str) -> None:
    raise CorruptMedia(text)


def divide_by_zero() -> float:
    return 1 / 0


def raise_awkward() -> None:
    raise AwkwardError(7, "awkward")


def return_function() -> Callable[[], int]:
    return lambda: 1


def return_lots(count: int) -> bytes:
    return bytes(count)


def allocate(count: int) -> int:
    return len(bytearray(count))


def take_a_while(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def own_pid_after(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def hang(started: str) -> None:
    Path(started).write_text(str(os.getpid()))
    while True:
        time.sleep(60)


def hoard_memory() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(50_000_000))


def exit_at_once() -> None:
    os._exit(3)


def exit_politely() -> None:
    sys.exit(3)


def die_of(signal_number: int) -> None:
    os.kill(os.getpid(), signal_number)
    time.sleep(60)


def touch_address_zero() -> None:
    ctypes.string_at(0)


def crash_once(marker: str) -> str:
    """Crashes when called first; a `marker` file tells that it was."""
    if Path(marker).exists():
        return "second time"
    Path(marker).touch()
    os._exit(3)
