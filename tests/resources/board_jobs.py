"""Jobs in the states that tests of the board and of job control ask for."""

from pathlib import Path
from tempfile import TemporaryDirectory

import dagster as dg

from media.requests import Parameters
from orchestration.jobs import job_name
from orchestration.once import JobRunner
from resources.deployments import Deployment
from resources.intake import InboxView
from resources.job_ledger import OWNER_TAG, PARTITION_TAG


def submitted(
    deployment: Deployment,
    *files: bytes,
    owner: str = "local",
    params: Parameters | None = None,
    names: tuple[str, ...] = ("photo.jpg", "second.jpg", "third.jpg"),
) -> str:
    """A library job that waits, of files with these bytes and names."""
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / name for name in names[: len(files)]]
        for path, data in zip(paths, files, strict=True):
            path.write_bytes(data)
        wanted = {"presets": "thumbnail"} if params is None else params
        return deployment.submissions.submit("library", paths, wanted, owner)


def unstarted_run(runner: JobRunner, job: str, **tags: str) -> dg.DagsterRun:
    """A run of a submitted job that the daemon has yet to start; the job is claimed."""
    intake = runner.deployment.intake
    if job in intake.submissions():
        intake.claim(InboxView(fresh={}, arriving=False, submitted=[job]))
    runner.instance.add_dynamic_partitions("library_jobs", [job])
    return runner.instance.create_run_for_job(
        runner.definitions.get_job(job_name("library")),
        tags={PARTITION_TAG: job, **tags},
    )


def owned_by(owner: str) -> dict[str, str]:
    """The tags of a run that say whose job it is."""
    return {OWNER_TAG: owner}
