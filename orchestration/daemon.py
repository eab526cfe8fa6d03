"""Dagster's daemon, with the server from which runs are forked already warm.

`python -m orchestration.daemon run -w workspace.yaml` is `dagster-daemon run` otherwise. The
imports stand inside, because each forked process imports its parent's main module again.
"""

SECONDS_BETWEEN_TICKS = 0.3


def main() -> None:
    """Warm up, then be the daemon."""
    from multiprocessing import forkserver

    from dagster._daemon import sensor
    from dagster._daemon.cli import main as daemon

    from orchestration.run_launcher import warm_context

    # Between two ticks the daemon rests five seconds and has no setting for it; files that
    # arrive then would wait as long.
    sensor.MIN_INTERVAL_LOOP_TIME = SECONDS_BETWEEN_TICKS  # type: ignore[assignment]
    warm_context()
    forkserver.ensure_running()
    daemon()


if __name__ == "__main__":
    main()
