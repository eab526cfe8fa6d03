"""What Dagster loads: every pipeline's assets and checks, the jobs, sensors and schedules."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter

import dagster as dg

from assets.pipelines import load_pipelines
from orchestration.inbox_sensor import inbox_sensor
from orchestration.jobs import pipeline_job
from orchestration.notebook_reports import notebook_job, notebook_reports, notebook_schedule
from orchestration.run_tags import tag_run
from orchestration.search_upkeep import search_assets, search_job, search_schedule
from orchestration.upkeep import upkeep_assets, upkeep_job, upkeep_schedule
from resources.deployments import Deployment
from resources.table_io import TableIOManager


def definitions_of(
    deployment: Callable[[], Deployment], *, until_quiet: bool = False
) -> dg.Definitions:
    """The definitions over an installation, which is made only when something runs.

    With `until_quiet` the inbox sensor answers as soon as nothing more is arriving.
    """
    pipelines = load_pipelines()
    jobs = [pipeline_job(loaded) for loaded in pipelines]
    return dg.Definitions(
        assets=[
            *(asset for loaded in pipelines for asset in loaded.assets),
            *upkeep_assets,
            *search_assets,
            notebook_reports,
        ],
        asset_checks=[check for loaded in pipelines for check in loaded.checks],
        jobs=[*jobs, upkeep_job, search_job, notebook_job],
        sensors=[inbox_sensor(jobs, until_quiet=until_quiet)],
        schedules=[upkeep_schedule, search_schedule, notebook_schedule],
        resources=_resources(deployment),
        # What is re-materialized in the UI runs as its job would: a process a step costs seconds.
        executor=dg.in_process_executor,
    )


def _resources(deployment: Callable[[], Deployment]) -> dict[str, dg.ResourceDefinition]:
    def part(name: str) -> dg.ResourceDefinition:
        return dg.ResourceDefinition(lambda _: attrgetter(name)(deployment()))

    def table_io(context: dg.InitResourceContext) -> TableIOManager:
        installed = deployment()
        if context.instance is not None and context.run is not None:
            tag_run(context.instance, context.run, installed.intake)
        return TableIOManager(installed.store, installed.tables, installed.workers)

    parts = (
        *("settings", "store", "intake", "originals", "video_originals", "renditions"),
        *("clips", "filmstrips", "studio", "rooms", "room_sheets", "tables", "warehouse"),
    )
    of_fashion = (
        *("catalogues", "product_pictures", "indexed_products", "catalogue_upkeep"),
        *("designs_made", "design_matches", "design_sheets"),
    )
    return {
        **{name: part(name) for name in parts},
        **{name: part(f"fashion.{name}") for name in of_fashion},
        "indexed_images": part("fashion.image_index"),
        "io_manager": dg.IOManagerDefinition(table_io),
    }


@cache
def installed() -> Deployment:
    """The installation of this process."""
    return Deployment.from_environment()


defs = definitions_of(installed)
