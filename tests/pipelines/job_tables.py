"""What a job's tables hold, for tests."""

import polars as pl

from media.tables import Table
from orchestration.once import JobRunner


def rows(runner: JobRunner, table: Table, job: str) -> pl.DataFrame:
    """The rows that a job has written to a table."""
    found = runner.deployment.tables.read(table, job)
    assert found is not None
    return found
