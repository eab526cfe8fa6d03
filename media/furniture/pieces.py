"""What a piece of furniture is: parts, each of one paint, and the room they take."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from media.furniture.meshes import Mesh, bounds, joined

Material = Literal[
    "fabric",
    "leather",
    "wood",
    "lacquer",
    "metal",
    "ceramic",
    "stone",
    "wicker",
    "leaf",
    "rug",
    "art",
    "mirror",
    "shade",
    "screen",
    "books",
]
Rgb = tuple[float, float, float]
"""A colour in sRGB, each channel 0 to 1."""


@dataclass(frozen=True)
class Paint:
    """What a surface is made of; `second` and `pattern` say what a rug or a picture shows."""

    material: Material
    color: Rgb
    second: Rgb = (1.0, 1.0, 1.0)
    pattern: int = 0


@dataclass(frozen=True)
class Part:
    """One mesh in one paint."""

    mesh: Mesh
    paint: Paint


@dataclass(frozen=True)
class Piece:
    """Furniture around the origin, looking along -z, as `media.furniture.meshes` has it.

    What hangs on a wall has its back at z = 0 and is lifted when it is placed.
    """

    name: str
    """In words for people: a two-seat sofa."""
    parts: tuple[Part, ...]
    width_m: float
    depth_m: float
    height_m: float

    @property
    def is_flat(self) -> bool:
        """Whether it lies on the floor, so that other pieces may stand on it."""
        return self.height_m < 0.05


def standing(name: str, parts: Iterable[Part]) -> Piece:
    """A piece of parts made in place, moved so that its footprint is centred on the origin."""
    made = _by_paint(parts)
    low, high = bounds([part.mesh for part in made])
    middle = (low + high) / 2
    moved = [
        replace(part, mesh=part.mesh.at(-float(middle[0]), 0.0, -float(middle[2]))) for part in made
    ]
    size = high - low
    return Piece(name, tuple(moved), float(size[0]), float(size[2]), float(high[1]))


def hanging(name: str, parts: Iterable[Part]) -> Piece:
    """A piece for a wall: centred across and in height, its back at z = 0."""
    made = _by_paint(parts)
    low, high = bounds([part.mesh for part in made])
    x, y = (low[:2] + high[:2]) / 2
    moved = [
        replace(part, mesh=part.mesh.at(-float(x), -float(y), -float(high[2]))) for part in made
    ]
    size = high - low
    return Piece(name, tuple(moved), float(size[0]), float(size[2]), float(size[1]))


def _by_paint(parts: Iterable[Part]) -> tuple[Part, ...]:
    """The parts of the same paint as one, in the order of their first."""
    found: dict[tuple[Paint, bool], list[Mesh]] = {}
    for part in parts:
        found.setdefault((part.paint, part.mesh.thin), []).append(part.mesh)
    return tuple(Part(joined(meshes), paint) for (paint, _), meshes in found.items())
