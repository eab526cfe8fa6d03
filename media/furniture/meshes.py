"""Triangle meshes: points with normals, moved, turned and joined.

A piece stands on y = 0 around the origin, looks along -z (towards who enters) and has its back
at +z; metres and radians throughout. Triangles of a closed mesh turn the same way round when
seen from outside, so those that face away need not be drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float32]
Indices = NDArray[np.int32]


@dataclass(frozen=True)
class Mesh:
    """Points and unit normals (n, 3), triangles (m, 3) of indices into them.

    `texture` (n, 3) is where a point lies in the material, in metres, first along its grain; it
    stays when the mesh is moved. `thin` is a surface without an inside, like a leaf, that is
    seen from both sides.
    """

    points: Floats
    normals: Floats
    triangles: Indices
    texture: Floats
    thin: bool = False

    def at(self, x: float, y: float, z: float) -> "Mesh":
        """The mesh moved by so much."""
        return replace(self, points=self.points + np.asarray((x, y, z), np.float32))

    def turned(self, angle_rad: float) -> "Mesh":
        """Turned around the upright axis; a quarter turn makes what faced -z face -x."""
        return self._rotated(turn_matrix(angle_rad))

    def leaned(self, angle_rad: float) -> "Mesh":
        """Tipped around the x axis; positive leans the top back, towards +z."""
        cos, sin = np.cos(angle_rad), np.sin(angle_rad)
        return self._rotated(np.array([[1, 0, 0], [0, cos, -sin], [0, sin, cos]]))

    def tilted(self, angle_rad: float) -> "Mesh":
        """Tipped around the z axis; positive leans the top to the right."""
        cos, sin = np.cos(angle_rad), np.sin(angle_rad)
        return self._rotated(np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]]))

    def _rotated(self, matrix: ArrayLike) -> "Mesh":
        turned = np.asarray(matrix, np.float32).T
        return replace(self, points=self.points @ turned, normals=self.normals @ turned)


def turn_matrix(angle_rad: float) -> NDArray[np.float64]:
    """3 x 3, the rotation of `Mesh.turned`."""
    cos, sin = np.cos(angle_rad), np.sin(angle_rad)
    return np.array([[cos, 0, sin], [0, 1, 0], [-sin, 0, cos]])


def joined(meshes: Sequence[Mesh]) -> Mesh:
    """One mesh of several; it is thin if the first is."""
    starts = np.cumsum([0, *(len(mesh.points) for mesh in meshes[:-1])])
    triangles = [m.triangles + np.int32(s) for m, s in zip(meshes, starts, strict=True)]
    return Mesh(
        np.concatenate([mesh.points for mesh in meshes]),
        np.concatenate([mesh.normals for mesh in meshes]),
        np.concatenate(triangles),
        np.concatenate([mesh.texture for mesh in meshes]),
        meshes[0].thin,
    )


def grained(mesh: Mesh) -> Mesh:
    """The mesh in a material whose grain runs along its longest side."""
    extent = mesh.points.max(axis=0) - mesh.points.min(axis=0)
    return replace(mesh, texture=mesh.points[:, np.argsort(-extent, kind="stable")])


def mesh_of_grids(points: ArrayLike, normals: ArrayLike, thin: bool = False) -> Mesh:
    """The surface through grids of points (..., rows, columns, 3), with normals of that shape."""
    places = np.asarray(points, np.float32)
    directions = np.asarray(normals, np.float32)
    places, directions = np.broadcast_arrays(places, directions)
    rows, columns = places.shape[-3:-1]
    grids = places.size // (3 * rows * columns)
    index = np.arange(grids * rows * columns, dtype=np.int32).reshape(grids, rows, columns)
    a, b = index[:, :-1, :-1].ravel(), index[:, :-1, 1:].ravel()
    c, d = index[:, 1:, 1:].ravel(), index[:, 1:, :-1].ravel()
    triangles = np.concatenate([np.stack([a, b, c], -1), np.stack([a, c, d], -1)])
    flat = places.reshape(-1, 3)
    unit = directions.reshape(-1, 3)
    unit = unit / np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-9)
    return Mesh(flat, unit, _wound(flat, unit, triangles), flat, thin)


def bounds(meshes: Sequence[Mesh]) -> tuple[Floats, Floats]:
    """The lowest and the highest corner (3,) of the box around all points."""
    low = np.min([mesh.points.min(axis=0) for mesh in meshes], axis=0)
    high = np.max([mesh.points.max(axis=0) for mesh in meshes], axis=0)
    return low, high


def _wound(points: Floats, normals: Floats, triangles: Indices) -> Indices:
    """The triangles of any size, each turned so that its own normal agrees with its points'."""
    first, second, third = (points[triangles[:, corner]] for corner in range(3))
    own = np.cross(second - first, third - first)
    wanted = normals[triangles[:, 0]] + normals[triangles[:, 1]] + normals[triangles[:, 2]]
    solid = np.einsum("ij,ij->i", own, own) > 1e-24
    against = np.einsum("ij,ij->i", own, wanted) < 0
    turned = np.where(against[:, None], triangles[:, ::-1], triangles)
    return np.asarray(turned[solid], np.int32)
