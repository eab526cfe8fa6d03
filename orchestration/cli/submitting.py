"""Commands that make something happen: submit, again, run, retry, cancel."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import AsJson, errors, print_json, print_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from media.pipeline import Pipeline
    from media.requests import Parameters
    from resources.deployments import Deployment

Settings = Annotated[
    list[str] | None, typer.Option("--set", help="A parameter: key=value. May be repeated.")
]
Owner = Annotated[str, typer.Option(help="Whose job it is.")]
Wait = Annotated[bool, typer.Option("--wait", help="Wait until the job has ended.")]


def add_to(app: typer.Typer) -> None:
    """Add this file's commands."""
    app.command()(submit)
    app.command()(again)
    app.command()(run)
    app.command()(retry)
    app.command()(cancel)


def submit(  # noqa: PLR0913 - each is an option of the command line
    pipeline: Annotated[str, typer.Argument(help="The pipeline, such as library.")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders of files, or URLs.", metavar="SOURCE..."),
    ] = None,
    *,
    settings: Settings = None,
    owner: Owner = "local",
    project: Annotated[
        str | None, typer.Option(help="The project that the job belongs to, such as one house.")
    ] = None,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Tell what it would cost, and submit nothing.")
    ] = False,
    wait: Wait = False,
    json: AsJson = False,
) -> None:
    """Submit files or URLs as one job; prints the job's id."""
    from media.pipeline import pipeline_named
    from orchestration.cli.parameters import parameters_of
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment:
        named = pipeline_named(pipeline)
        params = parameters_of(named, settings or [], deployment.store)
        files = _all_sources(named, sources or [], params, deployment)
        if estimate:
            _tell_estimate(deployment, pipeline, params, files, json=json)
            return
        job = deployment.submissions.submit(pipeline, files, params, owner, project)
        _tell_submitted(deployment, {"job": job}, wait=wait, json=json)


def _tell_estimate(
    deployment: "Deployment",
    pipeline: str,
    params: "Parameters",
    files: "Sequence[Path | str]",
    *,
    json: bool,
) -> None:
    from dataclasses import asdict

    expected = deployment.estimates.of(pipeline, params, len(files))
    if json:
        print_json(asdict(expected))
        return
    costs = (expected.at_least_usd, expected.at_most_usd)
    between = " to ".join(f"{usd:.3f}" for usd in dict.fromkeys(costs))
    print_table(["pictures", "US dollars"], [[expected.pictures, between]])
    for sentence in expected.said:
        print(sentence)  # noqa: T201


def _tell_submitted(
    deployment: "Deployment", told: dict[str, object], *, wait: bool, json: bool
) -> None:
    """Print the job `told` of and its state, once it has ended if that is waited for; exits."""
    job, state = str(told["job"]), "waiting"
    if wait:
        from orchestration.cli.waiting import wait_for

        state = wait_for(deployment, job).value
    if json:
        print_json({"job": job, "state": state, **told})
    else:
        print(job if not wait else f"{job} {state}")  # noqa: T201
    raise typer.Exit(1 if state in {"failed", "cancelled"} else 0)


def again(
    job: Annotated[str, typer.Argument(help="The job whose files are used again.")],
    items: Annotated[
        list[str] | None, typer.Option("--item", help="Only this item: 0001. May be repeated.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="What is different: key=value, or key= for none. Repeatable."),
    ] = None,
    owner: Owner = "local",
    wait: Wait = False,
    json: AsJson = False,
) -> None:
    """Submit a job's files once more with other parameters; prints the new job's id."""
    from media.pipeline import pipeline_named
    from orchestration.cli.parameters import changes_of
    from resources.child_jobs import originals_of
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment:
        parent = deployment.intake.request(job)
        originals = originals_of(parent, deployment.tables)
        changes = changes_of(pipeline_named(parent.pipeline), settings or [], deployment.store)
        child = deployment.submissions.again(parent, originals, changes, items, owner)
        wanted = items or [item.item for item in parent.items]
        left_out = [item for item in dict.fromkeys(wanted) if item not in originals]
        if left_out:
            errors.print(f"left out, since {job} did not take them in: {', '.join(left_out)}")
        told: dict[str, object] = {"job": child, "parent_job": job, "left_out": left_out}
        _tell_submitted(deployment, told, wait=wait, json=json)


def run(
    once: Annotated[
        bool, typer.Option("--once", help="Stop when nothing waits; the only way to run for now.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Process everything that waits in the inbox, in this process, without a daemon."""
    from orchestration.cli.waiting import job_runner, run_all
    from resources.deployments import Deployment

    if not once:
        raise typer.BadParameter("say --once; `showroom up` runs for good", param_hint="--once")
    with Deployment.from_environment() as deployment:
        # They start in the second that Dagster takes to load.
        deployment.start_workers()
        with job_runner(deployment) as runner:
            ended = run_all(runner)
    if json:
        print_json(ended)
    raise typer.Exit(0 if all(record.state.ended for record in ended) else 1)


def retry(
    job: Annotated[str, typer.Argument(help="The job's id.")],
    wait: Wait = False,
    json: AsJson = False,
) -> None:
    """Run a job again: what failed is tried again, what was made is found and kept."""
    from orchestration.cli.waiting import job_runner, rerun, wait_for
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment:
        with job_runner(deployment) as runner:
            state = rerun(runner, job)
        if wait and not state.ended:
            state = wait_for(deployment, job)
    if json:
        print_json({"job": job, "state": state.value})
    else:
        print(f"{job} {state.value}")  # noqa: T201


def cancel(
    job: Annotated[str, typer.Argument(help="The job's id.")],
    json: AsJson = False,
) -> None:
    """Stop a job that has not ended; what it has made stays."""
    from orchestration.cli.waiting import job_runner
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment, job_runner(deployment) as runner:
        state = runner.control.cancel(job)
    if json:
        print_json({"job": job, "state": state.value})
    else:
        print(f"{job} {state.value}")  # noqa: T201


def _all_sources(
    pipeline: "Pipeline", named: list[str], params: "Parameters", deployment: "Deployment"
) -> list[Path | str]:
    """What is named, and of a catalogue the pictures beside it."""
    from media.pipelines.catalogue import CatalogueParameters
    from orchestration.cli.catalogue_pictures import with_pictures

    sources = _sources(named)
    asked = pipeline.parse(params)
    if not isinstance(asked, CatalogueParameters):
        return sources
    return with_pictures(sources, asked, pipeline.max_items, deployment)


def _sources(named: list[str]) -> list[Path | str]:
    """The URLs and files named, and the files below the folders named, hidden ones left out."""
    found: list[Path | str] = []
    for name in named:
        if re.match(r"[a-z][a-z0-9+.-]*://", name, re.IGNORECASE):
            found.append(name)
        else:
            path = Path(name)
            found += files_below(path) if path.is_dir() else [path]
    return found


def files_below(folder: Path) -> list[Path]:
    """The files below a folder, in order, without hidden ones and those of hidden folders."""
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    )
