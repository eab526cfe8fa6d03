"""A furnished room as one set of triangles: pieces put at their places."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from media.furniture.meshes import turn_matrix
from media.furniture.pieces import Paint, Piece

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]


@dataclass(frozen=True)
class Placed:
    """A piece in a room: where the middle of its footprint is, how far it is turned and lifted.

    `turn_rad` 0 looks towards the camera's end of the room; a quarter turn looks along -x.
    """

    piece: Piece
    x_m: float
    z_m: float
    turn_rad: float = 0.0
    lift_m: float = 0.0
    on_wall: bool = False

    @cached_property
    def corners_m(self) -> NDArray[np.float64]:
        """The footprint's corners (4, 2) as x and z, going round."""
        half = np.array([self.piece.width_m, self.piece.depth_m]) / 2
        around = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * half
        if self.on_wall:
            around[:, 1] -= half[1]
        matrix = turn_matrix(self.turn_rad)[np.ix_([0, 2], [0, 2])]
        found: NDArray[np.float64] = around @ matrix.T + [self.x_m, self.z_m]
        return found

    @cached_property
    def box_m(self) -> NDArray[np.float64]:
        """The eight corners (8, 3) of the box around the piece."""
        floor = self.corners_m
        low = self.lift_m - (self.piece.height_m / 2 if self.on_wall else 0)
        levels = (low, low + self.piece.height_m)
        return np.array([[x, level, z] for level in levels for x, z in floor])


@dataclass(frozen=True)
class Scene:
    """All triangles of a room's furniture.

    Points, normals and texture are (n, 3), triangles (m, 3); `part_of` (m,) says which of
    `paints` a triangle has, `thin` (m,) whether it is seen from both sides.
    """

    points: Floats
    normals: Floats
    texture: Floats
    triangles: Indices
    part_of: Indices
    thin: NDArray[np.bool_]
    paints: tuple[Paint, ...]

    @cached_property
    def facets(self) -> Indices:
        """A number (m,) that triangles share which are of one part and look the same way."""
        a, b, c = self.triangles.T
        own = self.normals[a] + self.normals[b] + self.normals[c]
        axis = np.argmax(np.abs(own), axis=1)
        ahead = np.take_along_axis(own, axis[:, None], axis=1)[:, 0] > 0
        found: Indices = self.part_of * 6 + axis.astype(np.int32) * 2 + ahead
        return found

    def corner_points(self) -> Floats:
        """The points (m, 3 corners, 3) of every triangle."""
        found: Floats = self.points[self.triangles]
        return found


def scene_of(placed: Sequence[Placed]) -> Scene:
    """Put pieces at their places."""
    points, normals, texture, triangles, part_of, thin = [], [], [], [], [], []
    paints: list[Paint] = []
    count = 0
    for each in placed:
        matrix = turn_matrix(each.turn_rad).T.astype(np.float32)
        shift = np.array([each.x_m, each.lift_m, each.z_m], np.float32)
        for part in each.piece.parts:
            mesh = part.mesh
            points.append(mesh.points @ matrix + shift)
            normals.append(mesh.normals @ matrix)
            texture.append(mesh.texture)
            triangles.append(mesh.triangles + np.int32(count))
            part_of.append(np.full(len(mesh.triangles), len(paints), np.int32))
            thin.append(np.full(len(mesh.triangles), mesh.thin))
            paints.append(part.paint)
            count += len(mesh.points)
    return Scene(
        np.concatenate(points),
        np.concatenate(normals),
        np.concatenate(texture),
        np.concatenate(triangles),
        np.concatenate(part_of),
        np.concatenate(thin),
        tuple(paints),
    )
