"""Commands that tell: jobs, job, sql, get."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import AsJson, console, errors, print_json, print_table

if TYPE_CHECKING:
    from resources.job_records import ItemRecord, JobDetails


def add_to(app: typer.Typer) -> None:
    """Add this file's commands."""
    app.command()(jobs)
    app.command()(job)
    app.command()(sql)
    app.command()(get)


def jobs(
    limit: Annotated[int, typer.Option(min=1, help="How many, newest first.")] = 50,
    json: AsJson = False,
) -> None:
    """List jobs, newest first."""
    from orchestration.cli.waiting import job_runner
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment, job_runner(deployment) as runner:
        found = runner.ledger.jobs(limit)
    if json:
        print_json(found)
    elif not found:
        console.print("No jobs yet. Drop files into the inbox, or: showroom submit library FILE...")
    else:
        print_table(
            ["job", "pipeline", "state", "submitted", "finished"],
            [[j.job, j.pipeline, j.state, j.submitted_at, j.finished_at] for j in found],
        )


def job(
    job: Annotated[str, typer.Argument(help="The job's id.")],
    json: AsJson = False,
) -> None:
    """Tell everything about one job: state, items, reasons, outputs, timings."""
    details = _details(job)
    if json:
        print_json(details)
        return
    took = (
        f" in {(details.finished_at - details.submitted_at).total_seconds():.1f} s"
        if (details.finished_at)
        else ""
    )
    console.print(f"[bold]{details.job}[/]  {details.pipeline}  {details.state}{took}")
    if details.progress:
        progress = details.progress
        console.print(f"{details.percent} %, {progress.step}: {progress.done} of {progress.total}")
    if details.error:
        console.print(details.error, style="red", markup=False)
    print_table(
        ["item", "file", "status", "outputs", "why"],
        [
            [
                item.item,
                item.filename,
                item.status,
                len(item.outputs) or "",
                _why(item),
            ]
            for item in details.items
        ],
    )
    if details.cost_usd:
        console.print(f"cost: {details.cost_usd:.3f} USD")
    if details.timings:
        steps = ", ".join(
            f"{timing.step.rsplit('__', 1)[-1]} {timing.seconds:.1f} s"
            for timing in details.timings
            if timing.seconds is not None
        )
        console.print(f"steps: {steps}", style="dim")


def _why(item: "ItemRecord") -> str:
    """Why an item is not ready, or what of it is not."""
    if item.reason:
        return f"{item.reason}: {item.detail}"
    reasons = Counter(withheld.reason for withheld in item.withheld)
    told = [f"{count} withheld: {reason}" for reason, count in reasons.items()]
    if waiting := sum(1 for output in item.outputs if output.needs_review):
        told.append(f"{waiting} for review")
    return ", ".join(told)


def sql(
    query: Annotated[str, typer.Argument(help='Such as "select count(*) from uploads".')],
    json: AsJson = False,
) -> None:
    """Ask the warehouse a question in SQL."""
    import duckdb

    from media.errors import InvalidRequest
    from media.pipeline import all_tables
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment:
        try:
            rows = deployment.warehouse.query(query, all_tables())
        except duckdb.Error as error:
            raise InvalidRequest(str(error)) from error
    if json:
        print_json(rows)
    elif rows:
        print_table(list(rows[0]), [list(row.values()) for row in rows])
    else:
        console.print("No rows.")


def get(
    job: Annotated[str, typer.Argument(help="The job's id.")],
    folder: Annotated[Path, typer.Argument(help="Where to copy to; made when missing.")],
    unreviewed: Annotated[
        bool, typer.Option("--unreviewed", help="Also what a person should look at first.")
    ] = False,
    approved: Annotated[
        bool, typer.Option("--approved", help="Only what a person has approved.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Copy a job's outputs out of the store, named after the uploads."""
    from media.errors import InvalidRequest
    from orchestration.cli.copying import copy_outputs
    from resources.deployments import Deployment
    from resources.publishing import left_out

    if unreviewed and approved:
        raise InvalidRequest("--approved leaves out what --unreviewed asks for; give one of them")
    details = _details(job)
    made = [output.key for item in details.items for output in item.outputs]
    with Deployment.from_environment() as deployment:
        left = left_out(
            details.items,
            deployment.reports.reported().keys(),
            deployment.reviews.of_keys(made),
            unreviewed=unreviewed,
            approved=approved,
        )
        # What waits for review is among what is left out.
        copied = copy_outputs(details, deployment.store, folder, left.keys(), unreviewed=True)
    if json:
        print_json([{"key": key, "path": str(path)} for key, path in copied])
    else:
        console.print(f"{len(copied)} files in {folder}")
    told = errors if json else console
    for reason, count in Counter(left[key] for key in made if key in left).items():
        told.print(f"{count} {reason}")


def _details(job: str) -> "JobDetails":
    from orchestration.cli.waiting import job_runner
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment, job_runner(deployment) as runner:
        return runner.ledger.job(job)
