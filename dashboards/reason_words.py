"""Reasons in words: what the codes of refusals and failures mean, for people."""

from collections.abc import Iterator
from functools import cache

from media.errors import ShowroomError


def reason_name(reason: str) -> str:
    """A reason's code as a name: `Time limit`."""
    return reason.replace("_", " ").capitalize()


def reason_words(reason: str) -> str:
    """What a reason's code means, as a sentence; its name where nobody knows more."""
    return _meanings().get(reason, reason_name(reason) + ".")


@cache
def _meanings() -> dict[str, str]:
    return {error.reason: (error.__doc__ or "").splitlines()[0] for error in _with_reason()}


def _with_reason(error: type[ShowroomError] = ShowroomError) -> Iterator[type[ShowroomError]]:
    """The errors that have a reason of their own and say what it means."""
    for each in error.__subclasses__():
        if "reason" in vars(each) and each.__doc__:
            yield each
        yield from _with_reason(each)
