"""A room's furniture in its places: the best of the groups that a room type offers.

The main piece is tried everywhere; around each of its best places the companions are added one
by one where they fit, and the arrangement that is worth most is kept.
"""

from collections.abc import Callable, Iterator

import numpy as np

from media.errors import FloorNotFree
from media.furniture.companions import Companion, Group
from media.furniture.floor_plan import FloorPlan, Wish
from media.furniture.looks import Look, choose_look
from media.furniture.places import along_walls, along_walls_sideways, in_middle
from media.furniture.room_groups import (
    bathroom_groups,
    bedroom_groups,
    dining_groups,
    entryway_groups,
    kitchen_groups,
    living_groups,
    office_groups,
    outdoor_groups,
)
from media.furniture.scenes import Placed
from media.rooms.layout import RoomLayout
from media.rooms.survey import RoomSurvey
from media.rooms.vocabulary import Style

_GROUPS: dict[str, Callable[[Look, RoomLayout], Iterator[Group]]] = {
    "living_room": living_groups,
    "bedroom": bedroom_groups,
    "kitchen": kitchen_groups,
    "bathroom": bathroom_groups,
    "dining_room": dining_groups,
    "office": office_groups,
    "entryway": entryway_groups,
    "outdoor": outdoor_groups,
}
_IN_FRAME = (0.999, 0.88)
"""How much of the main piece is in the picture: all of it, or else nearly all."""
_SEEN_OVER_M, _HIDDEN_DOOR = 0.78, 0.15
_TRIED, _COMPARED = 50, 4
"""Places of the main piece that are furnished at most, and complete ones that are compared."""
_COMPANION_WORTH = 0.35
"""What a companion adds, against places of the main piece, which are worth up to 3."""
_WHIM = 0.30
"""How much chance may count against the better place."""


def arranged(survey: RoomSurvey, room_type: str, style: Style, seed: int) -> tuple[Placed, ...]:
    """Pieces for a room in their places, the main one first.

    The same arguments give the same pieces. Raises FloorNotFree where no main piece has a place,
    KeyError for a room type that is none of ROOM_TYPES.
    """
    rng = np.random.default_rng([seed, *room_type.encode(), *style.encode()])
    look = choose_look(style, rng)
    plan = FloorPlan.of(survey)
    groups = list(_GROUPS[room_type](look, survey.layout))
    for in_frame in _IN_FRAME:
        for group in groups:
            best = _best(plan, group, in_frame, rng)
            if best is not None:
                return best
    raise FloorNotFree(
        "No free floor in the photo is large enough for the furniture of this room; "
        "clear the floor, or photograph more of it."
    )


def _best(
    plan: FloorPlan, group: Group, in_frame: float, rng: np.random.Generator
) -> tuple[Placed, ...] | None:
    """The group's most valuable arrangement, or None where none is complete."""
    wish = Wish(in_frame)
    places = [
        place
        for place in _tried(group, plan.survey.layout)
        if plan.allows(place, wish) and not _bars_a_door(plan, place)
    ]
    if not places:
        return None
    values = [_value(plan, place) + _WHIM * rng.random() for place in places]
    complete: list[tuple[tuple[Placed, ...], float]] = []
    for i in np.argsort(-np.asarray(values), kind="stable")[:_TRIED]:
        found = _furnished(plan, group, places[i], values[i])
        if found is not None:
            complete.append(found)
        if len(complete) == _COMPARED:
            break
    return max(complete, key=lambda found: found[1])[0] if complete else None


def _tried(group: Group, layout: RoomLayout) -> Iterator[Placed]:
    """Where a group's main piece might go."""
    if group.anchor == "wall":
        return along_walls(group.main, layout)
    if group.anchor == "side":
        return along_walls_sideways(group.main, layout)
    return in_middle(group.main, layout, group.turns)


def _bars_a_door(plan: FloorPlan, place: Placed) -> bool:
    """Whether the back of a seat seems to stand in a doorway; one sees over tables."""
    return place.piece.height_m > _SEEN_OVER_M and plan.hidden_of_doors(place) > _HIDDEN_DOOR


def _value(plan: FloorPlan, place: Placed) -> float:
    """How good a place of the main piece looks in the photo."""
    camera = plan.survey.layout.camera
    corners, _ = camera.project(place.box_m)
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    centred = 1 - abs(float(middle[0]) / camera.width_px - 0.5) * 2
    size = float(np.prod(corners.max(axis=0) - corners.min(axis=0)))
    large = min(1.0, size / (0.16 * camera.width_px * camera.height_px))
    looks = np.array([-np.sin(place.turn_rad), -np.cos(place.turn_rad)])
    to_camera = -np.array([place.x_m, place.z_m])
    facing = float(looks @ to_camera / max(float(np.linalg.norm(to_camera)), 1e-6))
    if plan.wall_behind(place, within_m=0.12) is None:
        # Chairs and ways need floor on all sides of what stands free.
        depth = abs(place.z_m / plan.survey.layout.back_m - 0.62)
        return 0.9 * centred + 0.6 * facing + 1.2 * (1 - 2 * depth)
    bare = plan.bare_wall(place, 0.3, max(1.0, place.piece.height_m))
    return 0.9 * centred + 0.7 * large + 0.6 * facing + 0.6 * bare


def _furnished(
    plan: FloorPlan, group: Group, main: Placed, value: float
) -> tuple[tuple[Placed, ...], float] | None:
    """The main piece with all companions that fit, and what that is worth.

    None where too few of those fit that the group is nothing without; these are tried first.
    """
    needed = [companion for companion in group.companions if companion.is_needed]
    others = [companion for companion in group.companions if not companion.is_needed]
    current, worth = _joined_by(plan.joined_by(main), main, needed)
    if len(current.placed) - len(plan.placed) - 1 < group.least:
        return None
    current, more = _joined_by(current, main, others)
    return current.placed, value + worth + more


def _joined_by(
    plan: FloorPlan, main: Placed, companions: list[Companion]
) -> tuple[FloorPlan, float]:
    """The plan with each companion at the first of its places that is allowed, and their worth."""
    worth = 0.0
    for companion in companions:
        for place in companion.places(plan, main):
            if plan.allows(place, companion.wish):
                plan = plan.joined_by(place)
                worth += _COMPANION_WORTH * companion.worth
                break
    return plan, worth
