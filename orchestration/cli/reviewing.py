"""The command that decides: review."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from orchestration.cli.output import AsJson, console, print_json, print_table

if TYPE_CHECKING:
    from media.reviews import Decision, Verdict
    from resources.deployments import Deployment


def add_to(app: typer.Typer) -> None:
    """Add this file's command."""
    app.command()(review)


def review(  # noqa: PLR0913 - each is an option of the command line
    keys: Annotated[
        list[str] | None, typer.Argument(help="Keys of pictures in the store.", metavar="KEY...")
    ] = None,
    *,
    job: Annotated[str | None, typer.Option(help="All outputs of this job.")] = None,
    approve: Annotated[bool, typer.Option("--approve", help="They may be shown.")] = False,
    reject: Annotated[bool, typer.Option("--reject", help="They are never copied.")] = False,
    undecided: Annotated[bool, typer.Option("--undecided", help="Take a decision back.")] = False,
    favourite: Annotated[
        bool | None, typer.Option("--favourite/--no-favourite", help="One of the best, or not.")
    ] = None,
    note: Annotated[str | None, typer.Option(help="Why, in words.")] = None,
    owner: Annotated[str, typer.Option(help="Who decides.")] = "local",
    json: AsJson = False,
) -> None:
    """Approve or reject pictures, or mark favourites; without options, tell what was decided."""
    from media.reviews import revised
    from resources.deployments import Deployment

    decision = _verdict(approve=approve, reject=reject, undecided=undecided)
    says_nothing = decision is None and favourite is None and note is None
    with Deployment.from_environment() as deployment:
        reviews = deployment.reviews
        named = _named(keys or [], job, deployment)
        before = reviews.of_keys(named)
        if says_nothing:
            _tell([before[key] for key in named if key in before], len(named), json=json)
            return
        changed = [
            revised(key, before.get(key), decision=decision, is_favourite=favourite, note=note)
            for key in named
        ]
        batch = reviews.decide(changed, owner)
        decided = reviews.of_keys(named)
        reported = len(deployment.reports.reported().keys() & set(named))
    if json:
        print_json({"batch": batch, "decisions": [vars(decided[key]) for key in named]})
        return
    console.print(f"{len(named)} pictures: {_told(decision, favourite)}")
    if reported:
        console.print(f"{reported} were reported and stay withheld")


def _verdict(*, approve: bool, reject: bool, undecided: bool) -> "Verdict | None":
    from media.errors import InvalidRequest
    from media.reviews import VERDICTS

    chosen = [
        verdict
        for verdict, is_said in zip(VERDICTS, (approve, reject, undecided), strict=True)
        if is_said
    ]
    if len(chosen) > 1:
        raise InvalidRequest("Give one of --approve, --reject and --undecided.")
    return chosen[0] if chosen else None


def _named(keys: Sequence[str], job: str | None, deployment: "Deployment") -> list[str]:
    """The keys that are given, and those of the job's outputs, each once."""
    from media.errors import InvalidRequest
    from orchestration.cli.waiting import job_runner

    if not keys and job is None:
        raise InvalidRequest("Name pictures by their keys, or all of a job's by --job.")
    if job is None:
        return list(dict.fromkeys(keys))
    with job_runner(deployment) as runner:
        items = runner.ledger.job(job).items
    outputs = [output.key for item in items for output in item.outputs]
    if not outputs:
        raise InvalidRequest(f"{job} has no outputs; showroom job {job} tells why.")
    return list(dict.fromkeys([*keys, *outputs]))


def _tell(decisions: "Sequence[Decision]", named: int, *, json: bool) -> None:
    if json:
        print_json([vars(decision) for decision in decisions])
        return
    if decisions:
        print_table(
            ["key", "decision", "favourite", "note", "owner", "decided"],
            [
                [d.key, d.decision, "yes" if d.is_favourite else "", d.note, d.owner, d.decided_at]
                for d in decisions
            ],
        )
    if undecided := named - len(decisions):
        console.print(f"Nothing was decided about {undecided}.")


def _told(decision: "Verdict | None", favourite: bool | None) -> str:
    marked = {True: "favourites", False: "no favourites", None: None}[favourite]
    return ", ".join(part for part in (decision, marked) if part) or "noted"
