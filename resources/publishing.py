"""Publishing: which of a job's outputs leave the store, as people have decided about them."""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from media.reviews import Decision
from resources.job_records import ItemRecord, OutputRecord


class LeftOut(StrEnum):
    """Why outputs are kept back, as it is said of how many there are."""

    REPORTED = "were reported and are withheld"
    REJECTED = "were rejected and are left out"
    NOT_APPROVED = "are not approved; showroom review decides"
    FOR_REVIEW = "wait for review; approve them, or --unreviewed copies them too"


def left_out(
    items: Iterable[ItemRecord],
    reported: Collection[str],
    decisions: Mapping[str, Decision],
    *,
    unreviewed: bool = False,
    approved: bool = False,
) -> dict[str, LeftOut]:
    """The keys of a job's outputs that are to be kept back, each with why.

    Reported pictures are, whatever was decided, and so are rejected ones. What a person has
    approved counts as reviewed; with `approved` all else is kept back.
    """

    def why(output: OutputRecord) -> LeftOut | None:
        decision = decisions.get(output.key, Decision(output.key)).decision
        if output.key in reported:
            return LeftOut.REPORTED
        if decision == "rejected":
            return LeftOut.REJECTED
        if decision == "approved":
            return None
        if approved:
            return LeftOut.NOT_APPROVED
        return LeftOut.FOR_REVIEW if output.needs_review and not unreviewed else None

    outputs = [output for item in items for output in item.outputs]
    return {output.key: reason for output in outputs if (reason := why(output)) is not None}
