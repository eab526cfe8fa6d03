"""Dagster's own home: its run history and its settings, in the installation's home."""

from pathlib import Path

import dagster as dg
import yaml
from dagster._core.instance.ref import InstanceRef
from filelock import FileLock, Timeout

from resources.settings import Settings

CONCURRENT_RUNS = 2
RESUMES = 2
RUNS_IN_A_POOL = 1
"""Runs that ask one paid service at a time: each keeps to the service's rate by itself."""


def dagster_yaml(home: Path) -> str:
    """The instance settings; each line is there for a reason that docs/operating.md gives."""
    return yaml.safe_dump(
        {
            "telemetry": {"enabled": False},
            "nux": {"enabled": False},
            "event_log_storage": {
                "module": "dagster._core.storage.event_log",
                "class": "ConsolidatedSqliteEventLogStorage",
                "config": {"base_dir": str(home / "history")},
            },
            "run_launcher": {
                "module": "orchestration.run_launcher",
                "class": "ForkserverRunLauncher",
            },
            "run_coordinator": {
                "module": "dagster._core.run_coordinator",
                "class": "QueuedRunCoordinator",
                "config": {"dequeue_interval_seconds": 1},
            },
            "run_monitoring": {
                "enabled": True,
                "poll_interval_seconds": 5,
                "start_timeout_seconds": 60,
                "max_resume_run_attempts": RESUMES,
                "free_slots_after_run_end_seconds": 1,
            },
            "concurrency": {
                "runs": {"max_concurrent_runs": CONCURRENT_RUNS},
                "pools": {"default_limit": RUNS_IN_A_POOL},
            },
            "sensors": {"use_threads": True, "num_workers": 2},
        },
        sort_keys=False,
    )


def prepare_home(settings: Settings) -> Path:
    """Make Dagster's home, its settings written whole when they differ; the folder."""
    home = settings.dagster_home
    home.mkdir(parents=True, exist_ok=True)
    wanted, path = dagster_yaml(home), home / "dagster.yaml"
    if not path.exists() or path.read_text() != wanted:
        partial = home / ".dagster.yaml.partial"
        partial.write_text(wanted)
        partial.replace(path)
    return home


def up_lock(settings: Settings) -> FileLock:
    """The lock that `showroom up` holds while it runs."""
    settings.home.mkdir(parents=True, exist_ok=True)
    return FileLock(settings.home / "up.lock")


def is_up(settings: Settings) -> bool:
    """Whether `showroom up` runs over this installation."""
    lock = up_lock(settings)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return True
    lock.release()
    return False


_NO_OUTPUT_KEPT = {
    "compute_logs": {
        "module": "dagster._core.storage.noop_compute_log_manager",
        "class": "NoOpComputeLogManager",
    }
}


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """The instance of this installation, as for a process that somebody looks at.

    What runs in such a process prints to its terminal; keeping that for the UI too would take
    four more processes a run. Runs that the daemon starts keep theirs.
    """
    home = str(prepare_home(settings))
    return dg.DagsterInstance.from_ref(InstanceRef.from_dir(home, overrides=_NO_OUTPUT_KEPT))
