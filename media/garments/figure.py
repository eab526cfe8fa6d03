"""The figure that garments are drawn on: a fashion croquis of nine heads, in its own units.

x is 0 at the centre and grows to the wearer's left; y is 0 where neck and shoulder meet and
grows downwards. Widths are from the centre to the side.
"""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Figure:
    """Half widths and heights of the places that clothes hang on."""

    neck: float = 40
    shoulder: float = 104
    chest: float = 97
    waist: float = 73
    hip: float = 99
    shoulder_y: float = 27
    underarm_y: float = 118
    waist_y: float = 248
    hip_y: float = 345
    crotch_y: float = 408
    knee_y: float = 612
    ankle_y: float = 862


_SCALES: dict[str, dict[str, float]] = {
    "petite": {"shoulder": 0.96, "chest": 0.97, "hip": 0.98, "legs": 0.88, "body": 0.95},
    "tall": {"legs": 1.1, "body": 1.03, "hip": 0.98},
    "slim": {"shoulder": 0.96, "chest": 0.92, "waist": 0.9, "hip": 0.91},
    "curvy": {"chest": 1.07, "waist": 0.99, "hip": 1.14},
    "plus": {"shoulder": 1.08, "chest": 1.2, "waist": 1.28, "hip": 1.22, "neck": 1.04},
    "athletic": {"shoulder": 1.08, "chest": 1.04, "waist": 1.03, "hip": 0.97},
}
"""What a body type changes; `legs` and `body` are lengths below and above the waist."""


def figure_for(body_type: str | None) -> Figure:
    """The figure of a body type; the usual one where none was said."""
    scales = _SCALES.get(body_type or "", {})
    usual = Figure()
    widths = {
        name: getattr(usual, name) * scales.get(name, 1.0)
        for name in ("neck", "shoulder", "chest", "waist", "hip")
    }
    body, legs = scales.get("body", 1.0), scales.get("legs", 1.0)
    above = {name: getattr(usual, name) * body for name in ("shoulder_y", "underarm_y", "waist_y")}
    below = {
        name: usual.waist_y * body + (getattr(usual, name) - usual.waist_y) * legs
        for name in ("hip_y", "crotch_y", "knee_y", "ankle_y")
    }
    return replace(usual, **widths, **above, **below)
