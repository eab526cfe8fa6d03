"""The run launcher: each run in a fresh process, forked from one that has everything imported.

A new Python process spends seconds on imports before a run can begin; a fork of a server that
has them takes some hundredths. Each run has its own process, so it can be stopped, or killed by
the machine, alone, and the daemon can tell.
"""

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext
from typing import Any, Self

import dagster as dg
import psutil
from dagster._core.launcher.base import (
    CheckRunHealthResult,
    LaunchRunContext,
    ResumeRunContext,
    RunLauncher,
    WorkerStatus,
)
from dagster._grpc.types import ExecuteRunArgs, ResumeRunArgs
from dagster._serdes import ConfigurableClass, ConfigurableClassData

from orchestration.run_processes import PROCESS_TAG, is_gone, process_name

_PRELOADED = ["orchestration.definitions", "dagster._cli"]


class ForkserverRunLauncher(RunLauncher[dg.DagsterInstance], ConfigurableClass):
    """Launches runs as forks of a warm server; works wherever one machine runs the daemon."""

    def __init__(self, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._inst_data = inst_data

    @property
    def inst_data(self) -> ConfigurableClassData | None:
        """How the instance's settings name this class."""
        return self._inst_data

    @classmethod
    def config_type(cls) -> Mapping[str, Any]:
        """There is nothing to set."""
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData, config_value: Mapping[str, Any]
    ) -> Self:
        """Made by the instance from its settings."""
        del config_value
        return cls(inst_data)

    def launch_run(self, context: LaunchRunContext) -> None:
        """Start the run's process; its name goes into the run's tags."""
        self._start(context.dagster_run, ExecuteRunArgs)

    @property
    def supports_resume_run(self) -> bool:
        """Yes: tables are replaced and objects named by content, so any step can run again."""
        return True

    def resume_run(self, context: ResumeRunContext) -> None:
        """Start another process for a run whose own is gone."""
        self._start(context.dagster_run, ResumeRunArgs)

    def _start(
        self, run: dg.DagsterRun, kind_of_start: type[ExecuteRunArgs] | type[ResumeRunArgs]
    ) -> None:
        origin = run.job_code_origin
        if origin is None:
            raise RuntimeError(f"run {run.run_id} does not say where its code is")
        arguments = kind_of_start(
            job_origin=origin, run_id=run.run_id, instance_ref=self._instance.get_ref()
        ).get_command_args()
        process = warm_context().Process(
            target=_carry_out, args=(arguments,), name=f"run {run.run_id}"
        )
        process.start()
        self._instance.add_run_tags(run.run_id, {PROCESS_TAG: process_name(process.pid or 0)})

    def terminate(self, run_id: str) -> bool:
        """Interrupt the run's process; whether there was one."""
        run = self._instance.get_run_by_id(run_id)
        if run is None or run.is_finished or PROCESS_TAG not in run.tags or is_gone(run):
            return False
        self._instance.report_run_canceling(run)
        pid = int(run.tags[PROCESS_TAG].rsplit(":", 2)[1])
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(pid).send_signal(signal.SIGINT)
        return True

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Yes: a process is there or it is not."""
        return True

    def check_run_worker_health(self, run: dg.DagsterRun) -> CheckRunHealthResult:
        """Whether the run's process is still there."""
        if PROCESS_TAG not in run.tags:
            return CheckRunHealthResult(WorkerStatus.UNKNOWN, "the run names no process yet")
        if is_gone(run):
            return CheckRunHealthResult(WorkerStatus.FAILED, "the run's process is gone")
        return CheckRunHealthResult(WorkerStatus.RUNNING)


def warm_context() -> ForkServerContext:
    """The context whose server has what a run needs imported."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _carry_out(arguments: list[str]) -> None:
    """In the run's own process: what `dagster api execute_run ...` (or `resume_run`) does."""
    from dagster._cli import create_dagster_cli

    os.setpgrp()
    sys.argv = ["dagster"]
    create_dagster_cli().main(  # type: ignore[no-untyped-call]
        args=arguments[arguments.index("api") :], standalone_mode=True
    )
