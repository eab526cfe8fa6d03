"""Commands that make something happen: submit, run, retry, cancel."""

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import AsJson, print_json

if TYPE_CHECKING:
    from media.pipeline import Pipeline
    from media.requests import Parameters
    from resources.deployments import Deployment


def add_to(app: typer.Typer) -> None:
    """Add this file's commands."""
    app.command()(submit)
    app.command()(run)
    app.command()(retry)
    app.command()(cancel)


def submit(
    pipeline: Annotated[str, typer.Argument(help="The pipeline, such as library.")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(help="Files, folders of files, or URLs.", metavar="SOURCE..."),
    ] = None,
    settings: Annotated[
        list[str] | None, typer.Option("--set", help="A parameter: key=value. May be repeated.")
    ] = None,
    owner: Annotated[str, typer.Option(help="Whose job it is.")] = "local",
    wait: Annotated[bool, typer.Option("--wait", help="Wait until the job has ended.")] = False,
    json: AsJson = False,
) -> None:
    """Submit files or URLs as one job; prints the job's id."""
    from media.pipeline import pipeline_named
    from resources.deployments import Deployment

    with Deployment.from_environment() as deployment:
        named = pipeline_named(pipeline)
        params = _parameters(named, settings or [], deployment)
        job = deployment.submissions.submit(
            pipeline, _all_sources(named, sources or [], params, deployment), params, owner
        )
        state = "waiting"
        if wait:
            from orchestration.cli.waiting import wait_for

            state = wait_for(deployment, job).value
        if json:
            print_json({"job": job, "state": state})
        else:
            print(job if not wait else f"{job} {state}")  # noqa: T201
        raise typer.Exit(1 if state in {"failed", "cancelled"} else 0)


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
    wait: Annotated[bool, typer.Option("--wait", help="Wait until the job has ended.")] = False,
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
        state = runner.cancel(job)
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


def _parameters(
    pipeline: "Pipeline", settings: list[str], deployment: "Deployment"
) -> "Parameters":
    """`key=value` settings as parameters; a file that one names is stored, its key is the value."""
    from media.errors import InvalidParameter

    params: Parameters = {}
    for setting in settings:
        name, equals, value = setting.partition("=")
        if not equals:
            raise InvalidParameter(f"--set {setting}: write key=value")
        params[name] = _stored(Path(value), deployment) if _names_a_file(pipeline, name) else value
    pipeline.parse(params)
    return params


def _names_a_file(pipeline: "Pipeline", name: str) -> bool:
    schema = pipeline.parameters.model_json_schema()["properties"].get(name, {})
    return bool(schema.get("file")) or any(part.get("file") for part in schema.get("anyOf", []))


def _stored(path: Path, deployment: "Deployment") -> str:
    from media import keys
    from media.errors import InvalidParameter

    if not path.is_file():
        raise InvalidParameter(f"{path} is not a file")
    data = path.read_bytes()
    extension = "".join(char for char in path.suffix.lower() if char.isalnum())[:8] or "bin"
    key = keys.original(hashlib.sha256(data).hexdigest(), extension)
    deployment.store.put(key, data)
    return key
