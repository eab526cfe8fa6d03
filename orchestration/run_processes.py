"""Which process carries out a run, so that a run whose process is gone can be told."""

import os
import socket

import dagster as dg
import psutil

PROCESS_TAG = "showroom/process"

# A start is reckoned from when the machine was booted, and that moves as its clock is set.
_CLOCK_STEP_MS = 10_000


def this_process() -> str:
    """A name for this process that no later process of the machine will have."""
    return process_name(os.getpid())


def process_name(pid: int) -> str:
    """`host:pid:start`, the start in milliseconds of Unix time, since pids are reused."""
    return f"{socket.gethostname()}:{pid}:{int(psutil.Process(pid).create_time() * 1000)}"


def is_gone(run: dg.DagsterRun) -> bool:
    """Whether the run was begun by a process of this machine that has ended since.

    False for a run of another machine or one that never began: nothing is known of it here.
    """
    name = run.tags.get(PROCESS_TAG)
    if name is None:
        return False
    host, pid, started_ms = name.rsplit(":", 2)
    if host != socket.gethostname():
        return False
    try:
        process = psutil.Process(int(pid))
        another = abs(process.create_time() * 1000 - int(started_ms)) > _CLOCK_STEP_MS
        return another or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
