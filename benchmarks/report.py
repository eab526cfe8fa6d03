"""The report: one section per subject, each line with its target and whether it is met."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measured thing in words; `met` is None where nothing is demanded."""

    what: str
    value: str
    target: str = ""
    met: bool | None = None

    @classmethod
    def at_least(cls, what: str, ratio: float, target: float, note: str = "") -> "Line":
        """A ratio that may not be below its target."""
        return cls(what, f"{ratio:.2f}x{note}", f">= {target:g}x", ratio >= target)

    @classmethod
    def at_most(cls, what: str, value: float, target: float, unit: str) -> "Line":
        """A measure that may not be above its target."""
        return cls(what, f"{_short(value)} {unit}", f"<= {target:g} {unit}", value <= target)


def print_section(title: str, lines: Sequence[Line]) -> None:
    """Print one subject's lines; a target that is not met says MISSED."""
    print(f"\n{title}")
    for line in lines:
        verdict = "" if line.met is None else "met" if line.met else "MISSED"
        print(f"  {line.what:<44} {line.value:>26}   {line.target:<11} {verdict}".rstrip())
    print(end="", flush=True)


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"
