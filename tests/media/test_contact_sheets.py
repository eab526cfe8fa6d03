"""Contact sheets: every tile in its place."""

import pytest
from PIL import Image

from media.contact_sheets import Tile, contact_sheet
from tests.media.pictures import BLUE, RED, decoded, encoded, near, photo, pixel

MARGIN, GAP = 28, 20


def sheet(tiles: list[Tile], **options: int) -> Image.Image:
    return decoded(contact_sheet(tiles, **options))  # type: ignore[arg-type]


def solid(color: tuple[int, ...], size: tuple[int, int] = (200, 200)) -> bytes:
    return encoded(Image.new("RGB" if len(color) == 3 else "RGBA", size, color))


def test_tiles_run_row_by_row() -> None:
    page = sheet([Tile(solid(c), "x") for c in (RED, BLUE, BLUE)], columns=2, tile_px=100)
    assert page.width == 2 * MARGIN + 2 * 100 + GAP
    assert pixel(page, MARGIN + 50, MARGIN + 50) == RED
    assert pixel(page, MARGIN + 100 + GAP + 50, MARGIN + 50) == BLUE
    below = (page.height - 2 * MARGIN + GAP) // 2
    assert pixel(page, MARGIN + 50, MARGIN + below + 50) == BLUE
    assert pixel(page, MARGIN + 100 + GAP + 50, MARGIN + below + 50) == pixel(page, 1, 1)


def test_pictures_are_centred_and_never_enlarged() -> None:
    page = sheet([Tile(solid(RED, (40, 20)), "x")], tile_px=100)
    red = Image.new("L", page.size)
    red.putdata([255 if p == RED else 0 for p in page.get_flattened_data()])
    assert red.getbbox() == (MARGIN + 30, MARGIN + 40, MARGIN + 70, MARGIN + 60)


def test_checkerboard_shows_through() -> None:
    page = sheet([Tile(solid((255, 0, 0, 0)), "x")], tile_px=100)
    area = page.crop((MARGIN, MARGIN, MARGIN + 100, MARGIN + 100))
    assert len(area.getcolors() or []) == 2


def test_a_refused_item_is_a_quiet_tile_with_its_reason() -> None:
    tiles = [Tile(None, "a.jpg", "The file is empty."), Tile(b"rubbish", "b.jpg")]
    page = sheet(tiles, tile_px=150)
    for left in (MARGIN, MARGIN + 150 + GAP):
        area = page.crop((left, MARGIN, left + 150, MARGIN + 150))
        colors = area.getcolors(100_000) or []
        assert len(colors) > 5
        assert max(colors)[1] == pixel(page, left, MARGIN)
    assert pixel(page, MARGIN, MARGIN) != pixel(page, 1, 1)


def test_captions_stay_below_their_own_tile() -> None:
    page = sheet([Tile(solid(RED), "W" * 200, "w" * 300), Tile(solid(RED), "")], tile_px=100)
    beside = page.crop((MARGIN + 100, MARGIN + 100, page.width, page.height))
    assert beside.getcolors() == [(beside.width * beside.height, pixel(page, 1, 1))]
    under = page.crop((MARGIN, MARGIN + 100, MARGIN + 100, page.height))
    assert len(under.getcolors(100_000) or []) > 5


@pytest.mark.parametrize("name", ["line\nbreak\x00.jpg", "日本語.jpg", "", "a" * 100_000])
def test_any_name_is_a_caption(name: str) -> None:
    assert sheet([Tile(solid(RED), name, name), Tile(None, name, name)]).width > 0


def test_no_tiles_and_many() -> None:
    assert sheet([]).width > 0
    small = encoded(photo(64, 48), "WEBP")
    page = sheet([Tile(small, f"{n}.jpg") for n in range(120)], columns=10, tile_px=64)
    assert page.width == 2 * MARGIN + 10 * 64 + 9 * GAP


def test_jpeg_on_request() -> None:
    data = contact_sheet([Tile(solid(RED), "x")], tile_px=100, image_format="jpeg")
    image = decoded(data)
    assert image.format == "JPEG"
    assert near(pixel(image, MARGIN + 50, MARGIN + 50), RED)


def test_impossible_grids() -> None:
    with pytest.raises(ValueError, match="at least one"):
        contact_sheet([], columns=0)
