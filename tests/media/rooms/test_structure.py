"""The structure score: high for the same room however it is furnished and lit, else low."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from media.errors import CorruptMedia
from media.limits import MediaLimits
from media.rooms.judgement import MIN_CHANGED, judge_result
from media.rooms.structure import KEPT, structure_score
from tests.media.pictures import encoded
from tests.media.room_scenes import RoomScene, empty_room, furnish_crudely

Pixels = NDArray[np.uint8]
LIMITS = MediaLimits()
SEEDS = (502, 506, 507, 511)
KEPT_WELL, LOST = 0.8, 0.5


@cache
def room(seed: int) -> RoomScene:
    return empty_room(seed, 640)


def png(pixels: NDArray[np.generic]) -> bytes:
    return encoded(Image.fromarray(np.asarray(pixels)), compress_level=1)


def moved(photo: Pixels, matrix: list[list[float]]) -> Pixels:
    height, width = photo.shape[:2]
    made = cv2.warpPerspective(
        photo, np.array(matrix), (width, height), borderMode=cv2.BORDER_REFLECT
    )
    return np.asarray(made, np.uint8)


def shifted(photo: Pixels, across: float, down: float) -> Pixels:
    """The photo moved by shares of its width and height."""
    height, width = photo.shape[:2]
    return moved(photo, [[1, 0, across * width], [0, 1, down * height], [0, 0, 1]])


def zoomed(photo: Pixels, factor: float) -> Pixels:
    height, width = photo.shape[:2]
    rest = (1 - factor) / 2
    return moved(photo, [[factor, 0, rest * width], [0, factor, rest * height], [0, 0, 1]])


def turned(photo: Pixels, degrees: float) -> Pixels:
    height, width = photo.shape[:2]
    around = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return moved(photo, [*around.tolist(), [0, 0, 1]])


def relit(photo: Pixels) -> Pixels:
    """Darker tones, warmer light that comes from the left, and the losses of JPEG."""
    light = (photo / 255) ** 1.4 * [1.15, 1.0, 0.8]
    light *= np.linspace(1.25, 0.8, photo.shape[1])[None, :, None]
    levels = np.clip(255 * light, 0, 255).astype(np.uint8)
    packed = cv2.imencode(".jpg", levels[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 75])[1]
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR), np.uint8)[..., ::-1]


def covered(photo: Pixels, seed: int, share: float) -> tuple[Pixels, NDArray[np.bool_]]:
    """Patterned things, most of them low, over so much of a photo; and where they are."""
    rng = np.random.default_rng(seed)
    height, width = photo.shape[:2]
    made, added = photo.copy(), np.zeros((height, width), bool)
    while added.mean() < share:
        side = (rng.uniform(0.12, 0.35, 2) * [height, width]).astype(int)
        middle = (rng.uniform([0.5, 0], [0.9, 1]) * [height, width]).astype(int)
        first = np.maximum(middle - side // 2, 0)
        part = (slice(first[0], first[0] + side[0]), slice(first[1], first[1] + side[1]))
        shape = made[part].shape[:2]
        weave = cv2.resize(rng.uniform(0.6, 1, (9, 7)), shape[::-1], interpolation=cv2.INTER_LINEAR)
        made[part] = (rng.uniform(30, 250, 3) * weave[..., None]).astype(np.uint8)
        added[part] = True
    return made, added


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_room_in_another_light_is_kept(seed: int) -> None:
    photo = room(seed).photo
    assert structure_score(photo, photo) == 1.0
    assert structure_score(photo, relit(photo)) > 0.95
    assert structure_score(photo, relit((photo * 0.25).astype(np.uint8))) > 0.9


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_room_furnished_is_kept(seed: int) -> None:
    photo = room(seed).photo
    furnished = furnish_crudely(room(seed), seed).photo
    assert structure_score(photo, furnished) >= KEPT_WELL
    assert structure_score(photo, relit(furnished)) >= KEPT_WELL


@pytest.mark.parametrize("seed", SEEDS)
def test_a_camera_that_moved_is_noticed(seed: int) -> None:
    photo = room(seed).photo
    furnished = furnish_crudely(room(seed), seed).photo
    results = [
        shifted(furnished, 0.02, 0),
        shifted(furnished, 0, -0.03),
        shifted(photo, 0.05, 0),
        zoomed(photo, 1.04),
        zoomed(furnished, 0.95),
        turned(photo, 2),
        photo[:, ::-1],
    ]
    scores = [structure_score(photo, result) for result in results]
    assert max(scores) <= LOST, scores


def test_another_room_is_noticed() -> None:
    photos = [room(seed).photo for seed in SEEDS]
    scores = [
        structure_score(photo, other) for photo in photos for other in photos if other is not photo
    ]
    assert max(scores) <= LOST


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_known_to_be_added_is_left_out(seed: int) -> None:
    photo = room(seed).photo
    result, added = covered(photo, seed, 0.45)
    assert structure_score(photo, result, added) > 0.85
    elsewhere = shifted(result, 0.02, 0.02)
    assert structure_score(photo, elsewhere, added) <= LOST


def test_a_result_may_have_another_size() -> None:
    photo = room(507).photo
    height, width = photo.shape[:2]
    for factor in (0.6, 2.5):
        size = (round(width * factor), round(height * factor))
        result = np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), np.uint8)
        assert structure_score(photo, result) > 0.95
        assert structure_score(photo, shifted(result, 0.03, 0.03)) <= LOST


def test_a_cropped_result_is_noticed() -> None:
    photo = room(507).photo
    height, width = photo.shape[:2]
    assert structure_score(photo, photo[: int(0.95 * height), int(0.05 * width) :]) <= LOST


@pytest.mark.parametrize("size", [(1, 1), (3, 400), (300, 500)])
def test_a_photo_without_edges_has_nothing_to_lose(size: tuple[int, int]) -> None:
    plain = np.full((*size, 3), 128, np.uint8)
    assert structure_score(plain, plain) == 1.0
    assert structure_score(plain, room(507).photo) == 1.0


def test_a_blank_result_keeps_nothing() -> None:
    photo = room(507).photo
    assert structure_score(photo, np.full_like(photo, 200)) == 0.0


def test_noise_is_no_room() -> None:
    photo = room(507).photo
    noise = np.random.default_rng(1).integers(0, 256, photo.shape, np.uint8)
    assert structure_score(photo, noise) <= LOST


def test_a_furnished_room_needs_no_review() -> None:
    photo, result = room(507).photo, furnish_crudely(room(507), 1).photo
    judged = judge_result(png(photo), png(result), LIMITS)
    assert judged.review is None
    assert judged.structure_score >= KEPT
    really = np.abs(photo.astype(int) - result).max(axis=-1) > 40
    assert judged.changed_share == pytest.approx(float(really.mean()), abs=0.12)


def test_a_moved_room_is_to_be_reviewed() -> None:
    photo = room(507).photo
    judged = judge_result(png(photo), png(shifted(photo, 0.03, 0.02)), LIMITS)
    assert judged.structure_score < KEPT
    assert judged.review is not None
    assert "own lines" in judged.review


def test_a_picture_that_hardly_differs_is_to_be_reviewed() -> None:
    photo = room(507).photo
    again = encoded(Image.fromarray(photo), "JPEG", quality=60)
    judged = judge_result(png(photo), again, LIMITS)
    assert judged.changed_share < MIN_CHANGED
    assert judged.review is not None
    assert "hardly differs" in judged.review


def test_the_mask_of_what_was_added_may_come_in_any_size() -> None:
    photo = room(511).photo
    result, added = covered(photo, 3, 0.6)
    large = np.repeat(np.repeat(added, 2, axis=0), 2, axis=1)
    scores = [
        judge_result(png(photo), png(result), LIMITS, png(mask)).structure_score
        for mask in (added, large, added.astype(np.uint8) * 255)
    ]
    assert min(scores) > 0.85
    assert max(scores) - min(scores) < 0.1


def test_a_result_that_is_cut_off_is_refused() -> None:
    photo = png(room(507).photo)
    with pytest.raises(CorruptMedia):
        judge_result(photo, photo[: len(photo) // 2], LIMITS)


def test_real_rooms_are_told_apart_from_moved_and_other_ones(corpus: Path) -> None:
    paths = sorted((corpus / "image" / "room").glob("*.jpg"))
    photos = [np.asarray(Image.open(path).convert("RGB")) for path in paths]
    assert len(photos) == 24
    kept, lost = [], []
    for number, photo in enumerate(photos):
        result, _ = covered(photo, number, 0.3)
        kept.append(structure_score(photo, relit(result)))
        lost.append(structure_score(photo, shifted(result, 0.025, 0)))
        lost.append(structure_score(photo, photo[:, ::-1]))
        lost.append(structure_score(photo, photos[(number + 1) % len(photos)]))
    assert min(kept) >= KEPT
    assert np.mean(np.array(kept) >= KEPT_WELL) >= 0.9
    assert max(lost) <= LOST
