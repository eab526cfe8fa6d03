"""The inbox sensor: what arrives becomes jobs, jobs become runs, and the inbox is drained.

A tick does not end at once when there is nothing to do: it keeps looking for up to twenty
seconds, so a dropped file is seen within a second although the daemon starts a tick only every
few seconds.
"""

import json
import time

import dagster as dg
from filelock import FileLock

from assets.partitions import jobs_of
from media.requests import JobRequest
from orchestration.jobs import AssetJob, job_name
from orchestration.run_tags import tags_of
from resources.dagster_home import is_up
from resources.intake import InboxView, Intake
from resources.settings import Settings

LOOK_FOR_S = 20.0
GATHER_S = 2.0
"""How much longer files that are still arriving may hold up those already there."""


def new_jobs(intake: Intake, settings: Settings, look_for_s: float) -> list[JobRequest]:
    """The jobs claimed in up to `look_for_s` seconds of looking; returns once there are some.

    Also drains the inbox of every job whose originals have become safe meanwhile. Ends early
    when `showroom up` is being stopped.
    """
    deadline = time.monotonic() + look_for_s
    was_up = is_up(settings)
    while True:
        started = time.monotonic()
        intake.drain()
        view = _gathered(intake, settings, intake.look())
        if view.anything:
            return _claimed(intake, settings)
        if intake.retries():
            return []
        # Never more than a quarter of the time is spent looking, however long a look takes.
        pause = max(settings.inbox_poll_s, 3 * (time.monotonic() - started))
        if time.monotonic() + pause >= deadline or (was_up and not is_up(settings)):
            return []
        time.sleep(pause)


def _gathered(intake: Intake, settings: Settings, view: InboxView) -> InboxView:
    """The view once a burst has ended, so that two hundred photos are one job and not many."""
    deadline = time.monotonic() + GATHER_S
    while view.anything and view.arriving and time.monotonic() < deadline:
        time.sleep(min(settings.inbox_poll_s, 0.2))
        view = intake.look()
    return view


def _claimed(intake: Intake, settings: Settings) -> list[JobRequest]:
    """Claims under a lock: the daemon and `showroom run --once` may both be looking."""
    settings.home.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.home / "intake.lock"):
        return intake.claim(intake.look())


def run_request(request: JobRequest, run_key: str) -> dg.RunRequest:
    """The run of one claimed job; asking twice under one key makes one run."""
    return dg.RunRequest(
        run_key=run_key,
        job_name=job_name(request.pipeline),
        partition_key=request.job,
        tags=tags_of(request),
    )


def inbox_sensor(jobs: list[AssetJob], *, until_quiet: bool = False) -> dg.SensorDefinition:
    """The sensor over the inboxes of all pipelines.

    With `until_quiet` a tick looks only as long as files are still arriving.
    """

    @dg.sensor(
        name="inbox",
        jobs=jobs,
        minimum_interval_seconds=1,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description="Turns dropped files and submissions into jobs.",
    )
    def inbox(
        context: dg.SensorEvaluationContext,
        intake: dg.ResourceParam[Intake],
        settings: dg.ResourceParam[Settings],
    ) -> dg.SensorResult | dg.SkipReason:
        look_for_s = LOOK_FOR_S
        if until_quiet:
            look_for_s = settings.inbox_settle_s + 1 if intake.look().arriving else 0.0
        return tick(context, intake, settings, look_for_s)

    return inbox


def tick(
    context: dg.SensorEvaluationContext, intake: Intake, settings: Settings, look_for_s: float
) -> dg.SensorResult | dg.SkipReason:
    """One evaluation. The cursor holds what was asked for and is not yet done away with.

    A sensor killed between claiming and answering finds its claims again: those not in the
    cursor are asked for, and a run that exists already is not started twice.
    """
    asked = set(json.loads(context.cursor or "[]"))
    intake.granted(asked & intake.retries().keys())
    wanted = _unasked(intake, asked)
    if not wanted:
        new_jobs(intake, settings, look_for_s)
        wanted = _unasked(intake, asked)
    if not wanted:
        return dg.SkipReason("Nothing has arrived.")
    still_open = asked & (intake.open_claims().keys() | intake.retries().keys())
    return dg.SensorResult(
        run_requests=[run_request(request, key) for key, request in wanted.items()],
        dynamic_partitions_requests=[
            jobs_of(name).build_add_request([r.job for r in wanted.values() if r.pipeline == name])
            for name in sorted({request.pipeline for request in wanted.values()})
        ],
        cursor=json.dumps(sorted(still_open | wanted.keys())),
    )


def _unasked(intake: Intake, asked: set[str]) -> dict[str, JobRequest]:
    """Claims and wished retries that no earlier tick asked to run, by run key."""
    wanted = {job: request for job, request in intake.open_claims().items() if job not in asked}
    for key, job in intake.retries().items():
        if key not in asked:
            wanted[key] = intake.request(job)
    return wanted
