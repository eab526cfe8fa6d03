"""Partitions: one job is one partition."""

import dagster as dg


def jobs_of(pipeline: str) -> dg.DynamicPartitionsDefinition:
    """The partitions of a pipeline: one per job, keyed by the job's id."""
    return dg.DynamicPartitionsDefinition(name=f"{pipeline}_jobs")


catalogue_jobs = jobs_of("catalogue")
design_jobs = jobs_of("design")
library_jobs = jobs_of("library")
product_video_jobs = jobs_of("product_video")
staging_jobs = jobs_of("staging")
