"""`showroom`: the command line. Importing it is quick; each command imports what it needs."""

import sys

import typer

from media.errors import ShowroomError
from orchestration.cli import (
    demo,
    describing,
    doctor,
    linking,
    reading,
    reviewing,
    searching,
    serving,
    submitting,
)
from orchestration.cli.output import errors

app = typer.Typer(
    name="showroom",
    help="Raw uploads become media that sells.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for module in (
    submitting,
    reading,
    reviewing,
    linking,
    describing,
    searching,
    serving,
    doctor,
    demo,
):
    module.add_to(app)


def main() -> None:
    """Run the command line; what Showroom knows by name is said in one line, exit code 2."""
    try:
        app()
    except ShowroomError as error:
        errors.print(f"showroom: {error}", markup=False, style="red")
        sys.exit(2)


if __name__ == "__main__":
    main()
