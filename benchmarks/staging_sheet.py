"""A sheet of staged previews: every room type in three styles, each in another drawn room.

`python -m benchmarks.staging_sheet --out FILE [--estimated] [--first-room N]` writes a picture for
a person to judge, and prints the processor time of every preview. With `--estimated` the rooms are
read off their photos, and those that the gate refuses are passed over; else their true boxes,
doors and windows are used.
"""

import argparse
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import cv2
from PIL import Image

from media.contact_sheets import Tile, contact_sheet
from media.errors import FloorNotFree, Refusal
from media.furniture.preview import staged_preview
from media.rooms.estimate import estimate_layout
from media.rooms.gate import require_stageable
from media.rooms.survey import RoomSurvey
from media.rooms.surveying import survey_room
from media.rooms.vocabulary import ROOM_TYPES, STYLES, Style
from tests.media.furniture.true_surveys import survey_of
from tests.media.room_scenes import RoomScene, empty_room

STYLES_SHOWN = 3
_WIDTH_PX, _TILE_PX = 1200, 420

Room = tuple[int, RoomScene, RoomSurvey]


def staging_sheet(first_room: int, is_estimated: bool) -> list[Tile]:
    """One tile for each room type and style, in the drawn rooms from `first_room` on."""
    rooms = _rooms(first_room, is_estimated)
    tiles = []
    for row, room_type in enumerate(ROOM_TYPES):
        for column in range(STYLES_SHOWN):
            style = STYLES[(row + column * 2) % len(STYLES)]
            tiles.append(_tile(next(rooms), room_type, style))
    return tiles


def _rooms(first_room: int, is_estimated: bool) -> Iterator[Room]:
    seed = first_room
    while True:
        scene = empty_room(seed, _WIDTH_PX)
        try:
            yield seed, scene, _read(scene) if is_estimated else survey_of(scene)
        except Refusal as refused:
            print(f"room {seed} passed over: {refused.reason}")
        seed += 1


def _read(scene: RoomScene) -> RoomSurvey:
    layout = estimate_layout(scene.photo)
    survey = survey_room(scene.photo, layout)
    require_stageable(scene.photo, layout, survey)
    return survey


def _tile(room: Room, room_type: str, style: Style) -> Tile:
    seed, scene, survey = room
    caption = f"{room_type.replace('_', ' ')}, {style} (room {seed})"
    started = time.process_time()
    try:
        made = staged_preview(scene.photo, survey, room_type, style, seed)
    except FloorNotFree as error:
        print(f"{caption}: {error}")
        return Tile(None, caption, str(error))
    print(f"{caption}: {time.process_time() - started:.2f} s, {', '.join(made.placed)}")
    file = BytesIO()
    Image.fromarray(made.pixels).save(file, "PNG")
    return Tile(file.getvalue(), caption)


def main() -> None:
    """Write one sheet."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.staging_sheet", description=main.__doc__
    )
    parser.add_argument("--out", type=Path, required=True, help="a .png or .jpg file")
    parser.add_argument("--estimated", action="store_true", help="read the rooms off their photos")
    parser.add_argument("--first-room", type=int, default=100, help="seed of the first drawn room")
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    tiles = staging_sheet(asked.first_room, asked.estimated)
    sheet = contact_sheet(tiles, columns=STYLES_SHOWN, tile_px=_TILE_PX)
    with Image.open(BytesIO(sheet)) as picture:
        picture.convert("RGB").save(asked.out, quality=78)
    print(asked.out)


if __name__ == "__main__":
    main()
