"""A room being furnished: what stands where, and whether one more piece may.

A piece may stand where its footprint is inside the room, on floor that is seen and bare, off the
doors' floor, clear of the others, in the frame, not too near, and not before a window if tall;
and where one still gets to every door.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from media.furniture.openings import Door, door_corners, doors_of, keep_out
from media.furniture.scenes import Placed
from media.rooms.survey import RoomSurvey, Wall

Numbers = NDArray[np.float64]

TURNS: dict[Wall, float] = {"back": 0.0, "left": -np.pi / 2, "right": np.pi / 2}
"""How a piece is turned whose back is at a wall."""
WALL_GAP_M = 0.03
WALKWAY_M = 0.6
NEAREST_M = 1.0
"""Nothing stands nearer to the camera than this."""
FREE_SHARE = 0.97
_SEEN_SHARE = 0.45
_TALL_M = 1.28
_BESIDE_WALL_M = 0.5
_CELL_M = 0.06
_CROWDED = 0.40
"""Largest share of the furnished floor that may be stood on."""


@dataclass(frozen=True)
class Wish:
    """What is asked of a place beyond the rules that hold for all."""

    in_frame: float = 0.94
    """Least share of the piece's outline that lies inside the photo."""
    clear_front_m: float = 0.0
    """Floor before the piece that must be free of others."""
    may_hide: float = 0.28
    """Largest share of the main piece's outline that may be hidden by it."""


@dataclass(frozen=True)
class FloorPlan:
    """The pieces placed so far in the room of a survey, the main one first."""

    survey: RoomSurvey
    doors: tuple[Door, ...]
    placed: tuple[Placed, ...] = ()

    @classmethod
    def of(cls, survey: RoomSurvey) -> "FloorPlan":
        """An empty room."""
        return cls(survey, tuple(doors_of(survey)))

    def joined_by(self, placed: Placed) -> "FloorPlan":
        """The same room with this piece in it as well."""
        return replace(self, placed=(*self.placed, placed))

    def allows(self, placed: Placed, wish: Wish) -> bool:
        """Whether a piece may be there."""
        if not self._is_in_frame(placed, wish):
            return False
        if placed.on_wall:
            return self._hangs_free(placed) and not self._touches_others(placed, wish)
        return (
            self._is_inside(placed)
            and self._is_on_bare_floor(placed)
            and not self._touches_others(placed, wish)
            and self._leaves_windows(placed)
            and (
                placed.piece.is_flat
                or (self._leaves_ways(placed) and self._leaves_room(placed, wish))
            )
        )

    def wall_behind(self, placed: Placed, within_m: float = _BESIDE_WALL_M) -> Wall | None:
        """The nearest wall to a piece, if one is so near."""
        gaps = self._wall_gaps(placed)
        wall = min(gaps, key=lambda name: gaps[name])
        return wall if gaps[wall] < within_m else None

    def wall_at_back(self, placed: Placed) -> Wall | None:
        """The wall that a piece has its back close to, if it has."""
        for wall, gap in self._wall_gaps(placed).items():
            if gap < 0.12 and abs(placed.turn_rad - TURNS[wall]) < 0.01:
                return wall
        return None

    def bare_wall(self, placed: Placed, low_m: float, high_m: float) -> float:
        """How bare the walls beside a piece are between two heights, 0 to 1; 1 where unseen."""
        shares = [1.0]
        for wall, gap in self._wall_gaps(placed).items():
            surface = self.survey.walls[wall]
            span = self._span(placed, wall)
            if gap < _BESIDE_WALL_M and surface.seen_share((low_m, high_m), span) >= 0.05:
                shares.append(surface.free_share((low_m, high_m), span))
        return min(shares)

    def _wall_gaps(self, placed: Placed) -> dict[Wall, float]:
        corners, layout = placed.corners_m, self.survey.layout
        return {
            "back": layout.back_m - float(corners[:, 1].max()),
            "left": float(corners[:, 0].min()) - layout.left_m,
            "right": layout.right_m - float(corners[:, 0].max()),
        }

    def _span(self, placed: Placed, wall: Wall, margin_m: float = 0.0) -> tuple[float, float]:
        """Where a piece begins and ends along a wall."""
        along = placed.corners_m[:, 0 if wall == "back" else 1]
        return float(along.min()) - margin_m, float(along.max()) + margin_m

    def in_frame(self, placed: Placed) -> float:
        """Share of a piece's outline (its box, as seen) inside the photo; 0 if too near."""
        camera = self.survey.layout.camera
        corners, depth = camera.project(placed.box_m)
        if depth.min() < NEAREST_M:
            return 0.0
        low, high = corners.min(axis=0), corners.max(axis=0)
        size = np.array([camera.width_px, camera.height_px])
        kept = np.clip(np.minimum(high, size) - np.maximum(low, 0), 0, None)
        return float(np.prod(kept / np.maximum(high - low, 1e-6)))

    def hidden_of_doors(self, placed: Placed) -> float:
        """Largest share of a door, as seen, that a piece stands before, 0 to 1."""
        camera, layout = self.survey.layout.camera, self.survey.layout
        own, _ = camera.project(placed.box_m)
        doors = [camera.project(door_corners(door, layout))[0] for door in self.doors]
        return max((_covered(door, own) for door in doors), default=0.0)

    def _is_in_frame(self, placed: Placed, wish: Wish) -> bool:
        return self.in_frame(placed) >= wish.in_frame

    def _is_inside(self, placed: Placed) -> bool:
        corners, layout = placed.corners_m, self.survey.layout
        slack = 0.5 * WALL_GAP_M
        return bool(
            corners[:, 0].min() >= layout.left_m + slack
            and corners[:, 0].max() <= layout.right_m - slack
            and corners[:, 1].max() <= layout.back_m - slack
            and corners[:, 1].min() > 0
        )

    def _is_on_bare_floor(self, placed: Placed) -> bool:
        corners = placed.corners_m
        if any(overlap(corners, keep_out(door, self.survey.layout)) for door in self.doors):
            return False
        (left, front), (right, back) = corners.min(axis=0), corners.max(axis=0)
        rows, columns = (float(front), float(back)), (float(left), float(right))
        floor = self.survey.floor
        if floor.seen_share(rows, columns) < _SEEN_SHARE:
            return False
        return floor.free_share(rows, columns) >= FREE_SHARE

    def _touches_others(self, placed: Placed, wish: Wish) -> bool:
        corners = placed.corners_m
        zone = corners.copy()
        if wish.clear_front_m:
            ahead = -np.array([np.sin(placed.turn_rad), np.cos(placed.turn_rad)])
            zone[:2] += ahead * wish.clear_front_m
        low, high = _levels(placed)
        for other in self.placed:
            if placed.piece.is_flat != other.piece.is_flat:
                continue
            other_low, other_high = _levels(other)
            apart = low >= other_high - 0.005 or other_low >= high - 0.005
            if not apart and overlap(zone, other.corners_m):
                return True
        return False

    def _leaves_windows(self, placed: Placed) -> bool:
        """Tall pieces, and what leans on a wall, need a bare one behind them."""
        if placed.piece.height_m < _TALL_M:
            return True
        return self.bare_wall(placed, 0.9, placed.piece.height_m) >= 0.93

    def _hangs_free(self, placed: Placed) -> bool:
        wall = self.wall_behind(placed)
        if wall is None:
            return False
        half = placed.piece.height_m / 2 + 0.06
        low, high = placed.lift_m - half, placed.lift_m + half
        span = self._span(placed, wall, 0.06)
        surface = self.survey.walls[wall]
        if surface.seen_share((low, high), span) < 0.8:
            return False
        return surface.free_share((low, high), span) >= FREE_SHARE

    def _leaves_room(self, placed: Placed, wish: Wish) -> bool:
        """Not crowded, and the main piece, which came first, is still seen."""
        layout = self.survey.layout
        floor = (layout.right_m - layout.left_m) * max(layout.back_m - 0.8, 0.5)
        pieces = [*self.placed, placed]
        taken = sum(p.piece.width_m * p.piece.depth_m for p in pieces if not _is_aside(p))
        if taken > _CROWDED * floor:
            return False
        return not self.placed or self._hidden_of_main(placed) <= wish.may_hide

    def _hidden_of_main(self, placed: Placed) -> float:
        camera, main = self.survey.layout.camera, self.placed[0]
        own, own_depth = camera.project(placed.box_m)
        other, other_depth = camera.project(main.box_m)
        if own_depth.mean() > other_depth.mean():
            return 0.0
        return _covered(other, own)

    def _leaves_ways(self, placed: Placed) -> bool:
        """Whether all doors are still joined by a way as broad as a person."""
        if not self.doors:
            return True
        layout = self.survey.layout
        low = np.array([layout.left_m, 0.0])
        size = ((np.array([layout.right_m, layout.back_m]) - low) / _CELL_M).astype(int) + 1
        walkable = np.ones((int(size[1]), int(size[0])), np.uint8)
        for each in [*self.placed, placed]:
            if not _is_aside(each):
                cells = np.round((each.corners_m - low) / _CELL_M).astype(np.int32)
                cv2.fillConvexPoly(walkable, cells, 0)
        reach = cv2.distanceTransform(walkable, cv2.DIST_L2, 3) * _CELL_M
        _, part = cv2.connectedComponents((reach >= WALKWAY_M / 2).astype(np.uint8))
        thresholds = [keep_out(door, layout).mean(axis=0) for door in self.doors]
        spots = [np.round((spot - low) / _CELL_M).astype(int) for spot in thresholds]
        inside = [s for s in spots if 0 <= s[0] < size[0] and 0 <= s[1] < size[1]]
        found = {int(part[s[1], s[0]]) for s in inside}
        if not found:
            return True
        largest = int(np.argmax(np.bincount(part[part > 0].ravel(), minlength=1)))
        return found == {largest}


def overlap(first: Numbers, second: Numbers) -> bool:
    """Whether two convex footprints (n, 2) share more than a line: no axis separates them."""
    for corners in (first, second):
        edges = np.roll(corners, -1, axis=0) - corners
        across = np.stack([edges[:, 1], -edges[:, 0]], -1)
        across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-9)
        one, two = first @ across.T, second @ across.T
        gap = np.maximum(one.min(axis=0) - two.max(axis=0), two.min(axis=0) - one.max(axis=0))
        if (gap > -0.004).any():
            return False
    return True


def _covered(outline: Numbers, by: Numbers) -> float:
    """Share of the box around some pixels (n, 2) that the box around others covers."""
    low = np.maximum(outline.min(axis=0), by.min(axis=0))
    high = np.minimum(outline.max(axis=0), by.max(axis=0))
    area = np.prod(outline.max(axis=0) - outline.min(axis=0))
    return float(np.prod(np.clip(high - low, 0, None)) / max(area, 1e-6))


def _is_aside(placed: Placed) -> bool:
    """Whether one can walk where it is: rugs, and what hangs."""
    return placed.piece.is_flat or placed.on_wall


def _levels(placed: Placed) -> tuple[float, float]:
    """The heights between which a piece is."""
    low = placed.lift_m - (placed.piece.height_m / 2 if placed.on_wall else 0)
    return low, low + placed.piece.height_m
