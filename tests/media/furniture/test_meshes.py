"""Parts are closed and look outwards; pieces stand on the floor, centred, in real sizes."""

from collections.abc import Callable

import numpy as np
import pytest

from media.furniture import beds, decor, plants, seating, storage, tables, wall_decor
from media.furniture.looks import Look, choose_look
from media.furniture.meshes import Mesh, bounds
from media.furniture.pieces import Piece
from media.furniture.solids import box, cylinder, lathe
from media.rooms.vocabulary import STYLES, Style

STANDING: dict[str, tuple[Callable[[Look], Piece], tuple[float, float, float]]] = {
    "sofa": (lambda look: seating.sofa(look, 3), (2.3, 0.95, 0.85)),
    "armchair": (seating.armchair, (0.85, 0.95, 0.85)),
    "chair": (seating.dining_chair, (0.5, 0.5, 0.88)),
    "office chair": (seating.office_chair, (0.64, 0.6, 1.07)),
    "coffee table": (tables.coffee_table, (1.0, 0.75, 0.45)),
    "dining table": (lambda look: tables.dining_table(look, 1.6, 0.9), (1.6, 0.9, 1.2)),
    "bed": (lambda look: beds.bed(look, 1.6), (1.75, 2.15, 1.1)),
    "wardrobe": (storage.wardrobe, (1.2, 0.6, 2.0)),
    "bookcase": (storage.bookcase, (0.88, 0.33, 1.85)),
    "floor lamp": (decor.floor_lamp, (0.42, 0.42, 1.55)),
    "plant": (plants.plant, (0.7, 0.7, 1.05)),
}


def volume(mesh: Mesh) -> float:
    """What a closed mesh encloses: signed tetrahedra from the origin; negative if inside out."""
    a, b, c = (mesh.points[mesh.triangles[:, corner]].astype(float) for corner in range(3))
    return float((a * np.cross(b, c)).sum() / 6)


def look_of(style: Style, seed: int = 1) -> Look:
    return choose_look(style, np.random.default_rng(seed))


def test_solids_are_closed_and_turned_outwards() -> None:
    assert volume(box((1, 2, 3), 0.001)) == pytest.approx(6, rel=0.01)
    assert volume(box((0.6, 0.2, 0.6), 0.09)) < volume(box((0.6, 0.2, 0.6), 0.01))
    assert volume(cylinder(0.5, 2.0, 64)) == pytest.approx(np.pi / 2, rel=0.01)
    assert volume(lathe([(0, 0), (1, 0), (0, 3)], 64)) == pytest.approx(np.pi, rel=0.01)


def test_a_padded_box_bulges_without_opening_at_its_edges() -> None:
    flat, padded = box((0.6, 0.2, 0.6), 0.05), box((0.6, 0.2, 0.6), 0.05, 0.03)
    assert volume(padded) > volume(flat) * 1.1
    low, high = bounds([padded])
    assert high[1] == pytest.approx(0.13, abs=0.004)
    # Every edge of a closed surface is met by its twin: the number of places is that of a sphere.
    places, ends = np.unique(np.round(padded.points, 5), axis=0, return_inverse=True)
    faces = ends[padded.triangles]
    edges = np.sort(faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2), axis=1)
    _, times = np.unique(edges, axis=0, return_counts=True)
    assert (times == 2).all()
    assert len(places) - len(faces) // 2 == 2
    assert low[1] == pytest.approx(-0.13, abs=0.004)


def test_turning_a_mesh_by_a_quarter_makes_what_looked_ahead_look_left() -> None:
    arrow = box((0.1, 0.1, 0.1)).at(0, 0, -1).turned(np.pi / 2)
    np.testing.assert_allclose(arrow.points.mean(axis=0), [-1, 0, 0], atol=1e-5)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", STANDING)
def test_a_piece_stands_on_the_floor_in_its_real_size(name: str, style: Style) -> None:
    make, size = STANDING[name]
    piece = make(look_of(style))
    low, high = bounds([part.mesh for part in piece.parts])
    assert -0.01 < low[1] < 0.012
    np.testing.assert_allclose((low + high)[[0, 2]], 0, atol=1e-4)
    np.testing.assert_allclose([piece.width_m, piece.depth_m, piece.height_m], size, atol=0.28)
    for part in piece.parts:
        np.testing.assert_allclose(np.linalg.norm(part.mesh.normals, axis=1), 1, atol=1e-3)
        assert part.mesh.triangles.max() < len(part.mesh.points)


def test_what_hangs_has_its_back_on_the_wall() -> None:
    for make in (wall_decor.wall_mirror, wall_decor.wall_hooks):
        piece = make(look_of("modern"))
        low, high = bounds([part.mesh for part in piece.parts])
        assert high[2] == pytest.approx(0, abs=1e-5)
        assert low[1] == pytest.approx(-high[1], abs=1e-4)


def test_styles_differ_in_form_and_not_in_colour_alone() -> None:
    counts = {len(seating.dining_chair(look_of(style)).parts[0].mesh.points) for style in STYLES}
    assert len(counts) >= 3
    leather = seating.sofa(look_of("industrial"), 2)
    assert "leather" in {part.paint.material for part in leather.parts}
