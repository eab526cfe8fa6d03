"""The command that examines the installation: what is configured, what works, what is missing."""

import typer

from orchestration.cli.output import AsJson, console, print_json


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command()(doctor)


def doctor(json: AsJson = False) -> None:
    """Tell what is configured, what works, what is missing and how to get it."""
    from resources.deployments import Deployment
    from resources.health import examine

    with Deployment.from_environment() as deployment:
        findings = examine(deployment)
    if json:
        print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            mark = "[green]ok[/]  " if finding.ok else "[red]bad[/] "
            console.print(f"{mark} [bold]{finding.name}[/]: {finding.found}")
            if not finding.ok:
                console.print(f"     {finding.remedy}", style="yellow")
    raise typer.Exit(0 if all(finding.ok for finding in findings) else 1)
