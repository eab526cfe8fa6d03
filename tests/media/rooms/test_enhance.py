"""Enhancing: what is wrong with a photo is put right, and what is well is left alone."""

import math
from functools import cache
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from media.errors import UnsupportedType
from media.limits import MediaLimits
from media.rooms.camera import RoomCamera
from media.rooms.enhance import enhanced, enhanced_pixels
from media.rooms.line_segments import straight_segments
from media.rooms.linear_light import linear_light, luma_of, srgb_levels
from media.rooms.straighten import FOCAL_SHARE, Tilt, find_tilt, leveling, straightened
from tests.media.pictures import encoded
from tests.media.room_scenes import RoomScene, empty_room

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float64]
LIMITS = MediaLimits()
WELL = (48, 59)
"""Rooms that were photographed upright, well exposed and without a cast."""
TILTED = (42, 46, 54, 57)
"""Rooms photographed from a camera that looked 4 to 8 degrees down."""


@cache
def room(seed: int) -> RoomScene:
    return empty_room(seed, 700)


def in_other_light(photo: Pixels, gains: tuple[float, float, float]) -> Pixels:
    return srgb_levels(np.asarray(linear_light(photo) * np.array(gains), np.float32))


def stops(photo: Pixels) -> NDArray[np.float32]:
    return np.asarray(np.log2(np.maximum(luma_of(linear_light(photo)), 1e-4)), np.float32)


def warmth(photo: Pixels) -> float:
    """Stops of red against blue in the middle of a photo's pixels."""
    light = np.maximum(linear_light(photo), 1e-4)
    return float(np.median(np.log2(light[..., 0] / light[..., 2])))


def difference(first: Pixels, second: Pixels) -> float:
    return float(np.abs(first.astype(int) - second).mean())


def lean_deg(photo: Pixels) -> float:
    """How far the usual upright edge of a photo leans, weighted by length."""
    grey = np.asarray(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), np.uint8)
    edges = straight_segments(grey)
    leans = np.abs(np.degrees(np.arctan2(edges.directions[:, 0], edges.directions[:, 1])))
    leans = np.minimum(leans, 180 - leans)
    upright = leans < 12
    order = np.argsort(leans[upright])
    lengths = edges.lengths_px[upright][order].cumsum()
    return float(leans[upright][order][np.searchsorted(lengths, lengths[-1] / 2)])


@pytest.mark.parametrize("seed", WELL)
def test_a_good_photo_is_left_as_it_is(seed: int) -> None:
    result, words = enhanced_pixels(room(seed).photo)
    assert words == "left as it is"
    assert np.array_equal(result, room(seed).photo)


@pytest.mark.parametrize("seed", WELL)
def test_a_dark_photo_is_lifted_and_keeps_its_highlights(seed: int) -> None:
    dark = in_other_light(room(seed).photo, (0.25, 0.25, 0.25))
    result, words = enhanced_pixels(dark)
    assert words.startswith("exposure +")
    lifted = float(np.median(stops(result)) - np.median(stops(dark)))
    assert 0.6 < lifted < 2.4
    assert (result.max(axis=-1) >= 254).mean() < 0.01
    # What was brighter stays brighter, in patches large enough for noise not to matter.
    before, after = (
        cv2.resize(stops(each), (24, 16), interpolation=cv2.INTER_AREA).ravel()
        for each in (dark, result)
    )
    assert np.corrcoef(before, after)[0, 1] > 0.95


def test_a_window_keeps_its_detail_while_the_room_is_lifted() -> None:
    photo = np.full((400, 600, 3), 28, np.uint8)
    photo[80:260, 330:520] = 215
    photo[80:260:12, 330:520] = 250
    noise = np.random.default_rng(1).normal(0, 1, photo.shape)
    photo = np.clip(photo + noise, 0, 255).astype(np.uint8)
    result, words = enhanced_pixels(photo)
    assert "exposure +" in words
    assert result[300:].mean() > 1.6 * photo[300:].mean()
    bars, panes = result[80:260:12, 340:510], result[86:260:12, 340:510]
    assert bars.mean() - panes.mean() > 20
    assert panes.max() < 250


def test_bright_slats_before_a_dark_room_are_not_blown() -> None:
    photo = np.full((400, 600, 3), 30, np.uint8)
    photo[60:300:8] = photo[61:300:8] = photo[62:300:8] = 225
    result, words = enhanced_pixels(photo)
    assert "exposure +" in words
    assert result[320:].mean() > 1.4 * photo[320:].mean()
    assert result[60:300:8].max() < 231


def test_a_photo_that_is_dark_all_over_gets_more_light_all_over() -> None:
    dark = in_other_light(room(59).photo, (0.2, 0.2, 0.2))
    result, _ = enhanced_pixels(dark)
    brightest = [float(np.percentile(stops(each), 97)) for each in (dark, result)]
    assert brightest[1] - brightest[0] > 1.55


def test_dark_walls_in_a_bright_room_stay_dark() -> None:
    photo = np.full((400, 600, 3), 215, np.uint8)
    photo[150:300, 100:300] = 40
    result, _ = enhanced_pixels(photo)
    assert abs(float(result[160:290, 110:290].mean()) - 40) < 8


def test_black_stays_black() -> None:
    result, words = enhanced_pixels(np.zeros((60, 90, 3), np.uint8))
    assert words == "left as it is"
    assert result.max() == 0


@pytest.mark.parametrize("seed", [45, 48])
@pytest.mark.parametrize(("cast_stops", "word"), [(1.2, "cooled"), (-1.2, "warmed")])
def test_a_cast_is_mostly_taken_out(seed: int, cast_stops: float, word: str) -> None:
    photo = room(seed).photo
    tinted = in_other_light(photo, (2 ** (cast_stops / 2), 1.0, 2 ** (-cast_stops / 2)))
    result, words = enhanced_pixels(tinted)
    assert f"white balance {word}" in words
    left = abs(warmth(result) - warmth(photo)) / abs(warmth(tinted) - warmth(photo))
    assert left < 0.5


@pytest.mark.parametrize("panelled", [slice(0, 200), slice(220, 400)])
def test_warm_panelling_in_a_neutral_room_stays_warm(panelled: slice) -> None:
    photo = np.full((400, 600, 3), 190, np.uint8)
    photo[panelled] = (180, 125, 80)
    result, words = enhanced_pixels(photo)
    assert "white balance" not in words
    assert abs(warmth(result[panelled]) - warmth(photo[panelled])) < 0.02


@pytest.mark.parametrize("seed", TILTED)
def test_uprights_become_upright(seed: int) -> None:
    photo = room(seed).photo
    tilt = find_tilt(photo)
    assert tilt is not None
    assert lean_deg(photo) > 0.6
    assert lean_deg(straightened(photo, tilt)) < 0.3
    assert "verticals straightened" in enhanced_pixels(photo)[1]


@pytest.mark.parametrize("seed", TILTED)
def test_the_tilt_of_a_known_camera_is_found(seed: int) -> None:
    camera, tilt = room(seed).camera, find_tilt(room(seed).photo)
    assert tilt is not None
    longest_px = max(camera.width_px, camera.height_px)
    # Where uprights meet tells the pitch only together with the focal length.
    seen = math.atan(math.tan(camera.pitch_rad) * FOCAL_SHARE * longest_px / camera.focal_px)
    assert math.degrees(tilt.pitch_rad - seen) == pytest.approx(0, abs=0.8)
    assert math.degrees(tilt.roll_rad - camera.roll_rad) == pytest.approx(0, abs=0.25)


@pytest.mark.parametrize("size", [(900, 600), (600, 900)])
@pytest.mark.parametrize("tilt", [Tilt(0.1, 0.03), Tilt(-0.12, -0.05), Tilt(0.0, 0.04)])
def test_straightening_undoes_the_camera_s_lean(size: tuple[int, int], tilt: Tilt) -> None:
    width, height = size
    camera = RoomCamera(
        width,
        height,
        FOCAL_SHARE * max(size),
        pitch_rad=tilt.pitch_rad,
        roll_rad=tilt.roll_rad,
    )
    posts = [[(x, y, 4.0) for y in (0.8, 2.0)] for x in (-1.2, 0.1, 0.9)]
    seen, _ = camera.project(posts)
    from_photo = np.linalg.inv(leveling(tilt, width, height))
    level = np.concatenate([seen - 0.5, np.ones((3, 2, 1))], axis=-1) @ from_photo.T
    x = level[..., 0] / level[..., 2]
    assert x[:, 0] == pytest.approx(x[:, 1], abs=0.01)


@pytest.mark.parametrize("tilt", [Tilt(0.1, 0.03), Tilt(-0.14, 0.0), Tilt(0.05, -0.08)])
def test_the_straightened_part_is_the_largest_without_empty_corners(tilt: Tilt) -> None:
    width, height = 901, 601
    corners = np.array([[0, 0, 1], [900, 0, 1], [900, 600, 1], [0, 600, 1]])
    seen = corners @ leveling(tilt, width, height).T
    seen = seen[:, :2] / seen[:, 2:]
    margins = np.concatenate([seen, [900, 600] - seen], axis=1)
    assert margins.min() > -0.01
    # It could grow no further: it touches at least three sides of the photo.
    assert (margins.min(axis=0) < 0.01).sum() >= 3


@pytest.mark.parametrize("degrees", [14, -14])
def test_a_view_meant_to_look_up_or_down_is_left_alone(degrees: float) -> None:
    photo = room(48).photo
    height, width = photo.shape[:2]
    looking = np.linalg.inv(leveling(Tilt(math.radians(degrees), 0.0), width, height))
    made = cv2.warpPerspective(photo, looking, (width, height), flags=cv2.WARP_INVERSE_MAP)
    assert find_tilt(np.asarray(made, np.uint8)) is None


def test_a_picture_without_uprights_is_not_turned() -> None:
    rng = np.random.default_rng(3)
    noise = rng.integers(0, 256, (300, 400, 3), np.uint8)
    assert find_tilt(noise) is None
    assert find_tilt(np.full((300, 400, 3), 90, np.uint8)) is None


@pytest.mark.parametrize("seed", [*TILTED, *WELL])
def test_enhancing_twice_changes_little_more(seed: int) -> None:
    damaged = in_other_light(room(seed).photo, (0.42, 0.35, 0.25))
    once, _ = enhanced_pixels(damaged)
    twice, _ = enhanced_pixels(once)
    assert difference(once, twice) < 0.35 * difference(damaged, once)


def test_large_and_small_copies_are_enhanced_alike() -> None:
    dark = in_other_light(room(46).photo, (0.3, 0.3, 0.2))
    large = np.asarray(cv2.resize(dark, None, fx=3, fy=3, interpolation=cv2.INTER_CUBIC), np.uint8)
    small, words = enhanced_pixels(dark)
    result, large_words = enhanced_pixels(large)
    assert words.split(",")[:2] == large_words.split(",")[:2]
    again = cv2.resize(result, small.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert difference(np.asarray(again, np.uint8), small) < 5


@pytest.mark.parametrize("size", [(1, 1), (2, 900), (900, 2), (37, 23)])
def test_odd_sizes_come_out_as_they_went_in(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(5).integers(0, 120, (*size, 3), np.uint8)
    assert enhanced_pixels(noise)[0].shape == noise.shape


@pytest.mark.parametrize("image_format", ["jpeg", "webp", "png"])
def test_the_published_photo_has_the_size_of_the_upright_original(image_format: str) -> None:
    photo = Image.fromarray(in_other_light(room(46).photo, (0.3, 0.3, 0.3)))
    exif = Image.Exif()
    exif[0x0112] = 6
    made = enhanced(encoded(photo, "JPEG", exif=exif), image_format, 85, LIMITS)
    picture = Image.open(BytesIO(made.data))
    assert picture.format == image_format.upper()
    assert picture.size == (made.width_px, made.height_px) == photo.size[::-1]
    assert made.format == image_format
    assert not picture.getexif()
    assert made.words.startswith("exposure +")


def test_the_same_photo_gives_the_same_bytes() -> None:
    photo = encoded(Image.fromarray(in_other_light(room(42).photo, (0.4, 0.3, 0.2))))
    assert enhanced(photo, "jpeg", 85, LIMITS) == enhanced(photo, "jpeg", 85, LIMITS)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(UnsupportedType):
        enhanced(b"not a picture, though long enough to be looked at", "jpeg", 85, LIMITS)


def test_real_rooms_come_out_no_worse(corpus: Path) -> None:
    for path in sorted((corpus / "image" / "room").glob("*.jpg"))[::2]:
        photo = np.asarray(Image.open(path).convert("RGB"))
        result, words = enhanced_pixels(photo)
        assert result.shape == photo.shape
        blown = [(each.min(axis=-1) >= 252).mean() for each in (photo, result)]
        assert blown[1] <= blown[0] + 0.02, path.name
        assert np.median(stops(result)) >= np.median(stops(photo)) - 0.5, path.name
        if "straightened" in words:
            assert lean_deg(result) <= lean_deg(photo), path.name
