"""The command that shares: link."""

from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import AsJson, console, print_json

if TYPE_CHECKING:
    from resources.published_links import Link


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command()(link)


def link(
    job: Annotated[str, typer.Argument(help="The job's id.")],
    *,
    days: Annotated[
        float | None, typer.Option(help="How long it works, 7 if not said; up to 30.")
    ] = None,
    owner: Annotated[str, typer.Option(help="Who shares.")] = "local",
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="End all links of the job that there are.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Make a link under which anyone sees what is approved of a job, for some days."""
    from media.errors import InvalidRequest
    from resources.deployments import Deployment
    from resources.published_links import DEFAULT_DAYS

    if withdraw and days is not None:
        raise InvalidRequest("--withdraw ends links and --days is of a new one; give one of them.")
    with Deployment.from_environment() as deployment:
        links = deployment.published_links
        if withdraw:
            links.withdraw(job)
            _tell_withdrawn(job, json=json)
            return
        made = links.publish(job, DEFAULT_DAYS if days is None else days, owner)
        # Sizes of a small picture may be one and the same, which people decide about once.
        shown = len({picture.key for picture in links.pictures(job)})
        is_local = not deployment.settings.public_url
    if json:
        print_json({**vars(made), "pictures": shown})
    else:
        _tell(made, shown, is_local=is_local)


def _tell(made: "Link", shown: int, *, is_local: bool) -> None:
    # On a line of its own and never broken, since people copy it.
    console.print(made.url, markup=False, soft_wrap=True)
    until = made.expires_at.astimezone().strftime("%Y-%m-%d %H:%M")
    if shown:
        console.print(f"It shows {shown} picture{'s' if shown > 1 else ''} now, until {until}.")
    else:
        console.print(
            f"It works until {until}. Nothing of the job is approved yet, so it is empty:"
        )
        console.print(f"showroom review --job {made.job} --approve", soft_wrap=True)
    if is_local:
        console.print(
            "Only this machine reaches it, while showroom up runs; SHOWROOM_PUBLIC_URL sets an "
            "address for others.",
            style="dim",
        )


def _tell_withdrawn(job: str, *, json: bool) -> None:
    if json:
        print_json({"job": job, "withdrawn": True})
    else:
        console.print(f"All links of {job} have ended. A new one works: showroom link {job}")
