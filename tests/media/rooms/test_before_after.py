"""Before and after: the photo at the left, the result at the right, the words below."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.rooms.before_after import MAX_PAIRS, PAGE_PX, BeforeAfter, before_after_sheet
from media.score_plots import INK, MAT
from tests.media.pictures import BLUE, RED, decoded, encoded

PAPER, QUIET = (250, 250, 248), (246, 238, 235)


def solid(color: tuple[int, int, int], size: tuple[int, int] = (900, 600)) -> bytes:
    return encoded(Image.new("RGB", size, color))


def sheet(*pairs: BeforeAfter) -> Image.Image:
    return decoded(before_after_sheet(pairs)).convert("RGB")


def near(image: Image.Image, color: tuple[int, int, int], by: int = 14) -> NDArray[np.bool_]:
    """Where a page has a colour, but for what JPEG loses."""
    levels = np.asarray(image).astype(int)
    return np.asarray(np.abs(levels - color).max(axis=-1) <= by, np.bool_)


def box(found: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what was found, the ends included."""
    rows, columns = np.flatnonzero(found.any(axis=1)), np.flatnonzero(found.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]), int(rows[-1])


def test_the_photo_is_at_the_left_and_the_result_at_the_right() -> None:
    page = sheet(BeforeAfter(solid(RED), solid(BLUE), "kitchen"))
    red, blue = box(near(page, RED)), box(near(page, BLUE))
    assert page.width == PAGE_PX
    assert red[2] < PAGE_PX / 2 < blue[0]
    assert abs(red[1] - blue[1]) <= 2
    assert abs(red[3] - blue[3]) <= 2
    assert (red[2] - red[0] + 1) / (red[3] - red[1] + 1) - 1.5 < 0.02


def test_caption_and_note_stand_below_their_pair() -> None:
    plain = sheet(BeforeAfter(solid(RED), solid(BLUE), ""))
    captioned = sheet(BeforeAfter(solid(RED), solid(BLUE), "modern kitchen", "seed 4711"))
    bottom = box(near(captioned, BLUE))[3]
    assert not near(plain, INK, 60)[bottom + 3 :].any()
    words = near(captioned, INK, 60)[bottom + 3 :]
    assert words.any()
    assert box(words)[0] < 60


def test_where_there_is_no_result_the_reason_stands_in_a_quiet_field() -> None:
    reason = "Furniture stands on most of the floor; photograph the empty room."
    page = sheet(BeforeAfter(solid(RED), None, "kitchen", reason))
    left, top, right, bottom = box(near(page, QUIET, 2))
    assert left > PAGE_PX / 2
    assert abs(top - box(near(page, RED))[1]) <= 3
    field = np.asarray(page.crop((left, top, right, bottom)).convert("L"))
    rows = np.flatnonzero((field < 190).any(axis=1))
    assert len(rows)
    assert abs(rows.mean() / len(field) - 0.5) < 0.1


def test_bytes_that_are_no_picture_become_a_quiet_field() -> None:
    page = sheet(BeforeAfter(b"nothing", b"at all", "kitchen"))
    quiet = box(near(page, QUIET, 2))
    assert quiet[0] < 40
    assert quiet[2] > PAGE_PX - 40


def test_a_result_of_other_proportions_is_fitted_and_not_stretched() -> None:
    page = sheet(BeforeAfter(solid(RED, (600, 1200)), solid(BLUE, (400, 400)), ""))
    red, blue = box(near(page, RED)), box(near(page, BLUE))
    assert abs((red[3] - red[1]) / (red[2] - red[0]) - 2) < 0.05
    assert abs((blue[3] - blue[1]) / (blue[2] - blue[0]) - 1) < 0.02
    assert near(page, MAT, 2).any()


def test_small_pictures_are_not_enlarged() -> None:
    page = sheet(BeforeAfter(solid(RED, (60, 40)), solid(BLUE, (60, 40)), ""))
    left, top, right, bottom = box(near(page, RED))
    assert abs(right - left + 1 - 60) <= 4
    assert abs(bottom - top + 1 - 40) <= 4


def test_pairs_stand_below_each_other_in_order() -> None:
    page = sheet(
        BeforeAfter(solid(RED), solid(RED), "first"), BeforeAfter(solid(BLUE), None, "second")
    )
    assert box(near(page, RED))[3] < box(near(page, BLUE))[1]


def test_a_full_sheet_stays_small_and_says_what_is_left_out() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (600, 400, 3), np.uint8)
    picture = encoded(Image.fromarray(noise), "JPEG", quality=80)
    pair = BeforeAfter(picture, picture, "a long caption " * 40, "and a note " * 40)
    full = before_after_sheet([pair] * MAX_PAIRS)
    more = before_after_sheet([pair] * (MAX_PAIRS + 3))
    size, larger = decoded(full).size, decoded(more).size
    assert size[0] * size[1] < 8_000_000
    assert size[1] < larger[1] < size[1] + 60
    assert len(more) < 4_000_000


def test_a_caption_that_is_too_long_ends_on_the_page() -> None:
    for caption in ("long words " * 60, "x" * 900, "\x00\n\t"):
        page = sheet(BeforeAfter(solid(RED), solid(BLUE), caption))
        margin = np.asarray(page)[:, -16:].astype(int)
        assert np.abs(margin - PAPER).max() < 12


def test_no_pairs_make_an_empty_page() -> None:
    page = sheet()
    assert page.width == PAGE_PX
    assert near(page, PAPER, 2).all()


def test_the_same_pairs_give_the_same_bytes() -> None:
    pair = BeforeAfter(solid(RED), solid(BLUE), "kitchen", "seed 1")
    assert before_after_sheet([pair]) == before_after_sheet([pair])
