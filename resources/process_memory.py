"""What glibc does with memory that a process has freed; other C libraries are left alone."""

import contextlib
import ctypes
import gc
import resource
from pathlib import Path

_M_ARENA_MAX = -8  # glibc's malloc.h


def keep_one_arena() -> None:
    """Keep freed memory in one place for all threads instead of one for each.

    Uploads pass through several threads; what each frees would stay with it.
    """
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def resident_bytes() -> int:
    """What this process has in memory; 0 where the system does not tell."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * resource.getpagesize()
    return 0


def give_back() -> None:
    """Give all memory that is not needed back to the system, as between two jobs."""
    gc.collect()
    trim()


def trim() -> None:
    """Give freed memory back to the system; what waits for garbage collection is not freed."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
