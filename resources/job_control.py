"""Job control: a job is stopped, or run again."""

from dataclasses import dataclass

import dagster as dg

from resources.intake import Intake
from resources.job_ledger import JobLedger
from resources.job_records import JobState


@dataclass(frozen=True)
class JobControl:
    """Acts on the runs of jobs; what a job has made stays in either case."""

    instance: dg.DagsterInstance
    ledger: JobLedger
    intake: Intake

    def cancel(self, job: str) -> JobState:
        """Stop the job's run, if it has not ended; `UnknownJob` when there is no such job."""
        state = self.ledger.state(job)
        run = self.ledger.last_run(job)
        if state.ended or run is None:
            return state
        if run.status in {dg.DagsterRunStatus.QUEUED, dg.DagsterRunStatus.NOT_STARTED}:
            self.instance.report_run_canceled(run)
        else:
            self.instance.run_coordinator.cancel_run(run.run_id)
        return self.ledger.state(job)

    def retry(self, job: str) -> bool:
        """Have the daemon run the job again; False while it runs. `UnknownJob` when there is none.

        What failed is tried again, what was made is found and kept.
        """
        if not self.ledger.state(job).ended:
            return False
        self.intake.ask_again(job)
        return True
