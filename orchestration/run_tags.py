"""Run tags: whose job a run works on, whoever launched it.

The sensor tags the runs it asks for; those that people launch in the UI, and backfills, know only
their partition. So each run completes its own tags as it begins.
"""

import dagster as dg

from media.errors import UnknownJob
from media.requests import JobRequest
from resources.intake import Intake
from resources.job_ledger import OWNER_TAG, PARTITION_TAG, PROJECT_TAG

PIPELINE_TAG = "showroom/pipeline"


def tags_of(request: JobRequest) -> dict[str, str]:
    """What a run of this job can be found by."""
    tags = {OWNER_TAG: request.owner, PIPELINE_TAG: request.pipeline}
    return tags | ({PROJECT_TAG: request.project} if request.project else {})


def tag_run(instance: dg.DagsterInstance, run: dg.DagsterRun, intake: Intake) -> None:
    """Give a run of one job the tags it lacks; a partition that is no job's is left alone."""
    job = run.tags.get(PARTITION_TAG)
    if job is None:
        return
    try:
        wanted = tags_of(intake.request(job))
    except UnknownJob:
        return
    if missing := {name: value for name, value in wanted.items() if name not in run.tags}:
        instance.add_run_tags(run.run_id, missing)
