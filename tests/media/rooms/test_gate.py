"""The gate: empty rooms pass, furnished ones and what is no room do not."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageOps

from media.errors import FloorNotFree, LayoutUnclear
from media.rooms.estimate import estimate_layout
from media.rooms.floor import below_horizon
from media.rooms.floor_steps import step_across
from media.rooms.gate import require_stageable
from media.rooms.surveying import survey_room
from tests.media.room_scenes import empty_room, furnish_crudely
from tests.media.rooms.scene_truth import true_layout

SAMPLES = Path(__file__).resolve().parents[3] / "data" / "samples"
EMPTY_SEEDS, FURNISHED_SEEDS = range(540, 550), range(560, 567)


def verdict(photo: NDArray[np.uint8]) -> str | None:
    """The reason a photo is refused for; None when it passes."""
    layout = estimate_layout(photo)
    try:
        require_stageable(photo, layout, survey_room(photo, layout))
    except (LayoutUnclear, FloorNotFree) as error:
        return error.reason
    return None


def opened(path: Path) -> NDArray[np.uint8]:
    with Image.open(path) as picture:
        return np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))


def test_empty_rooms_pass() -> None:
    refused = [seed for seed in EMPTY_SEEDS if verdict(empty_room(seed, 480).photo)]
    assert len(refused) <= len(EMPTY_SEEDS) // 5, refused


def test_the_empty_room_of_the_samples_passes() -> None:
    """Boards in a herringbone, sun on the floor, and rendered by other code than the scenes."""
    assert verdict(opened(SAMPLES / "staging" / "empty-room.jpg")) is None


def test_the_furnished_room_of_the_samples_does_not() -> None:
    assert verdict(opened(SAMPLES / "living-room.jpg")) is not None


def test_furnished_rooms_do_not() -> None:
    scenes = {seed: furnish_crudely(empty_room(seed, 400), seed) for seed in FURNISHED_SEEDS}
    reasons = {seed: verdict(scene.photo) for seed, scene in scenes.items()}
    assert [seed for seed, reason in reasons.items() if reason is None] == []
    assert sum(reason == "floor_not_free" for reason in reasons.values()) > len(reasons) // 2


def test_furnished_rooms_of_the_corpus_do_not(corpus: Path) -> None:
    """All of them are: bedrooms with beds, kitchens and bathrooms with what is built in."""
    with (corpus / "MANIFEST.csv").open(encoding="utf-8", newline="") as manifest:
        rows = [row for row in csv.DictReader(manifest) if row["category"] == "room"]
    assert len(rows) == 24
    reasons = [verdict(opened(corpus / row["path"])) for row in rows]
    assert None not in reasons
    assert reasons.count("floor_not_free") > len(reasons) // 2


def test_photos_of_anything_else_do_not(corpus: Path) -> None:
    with (corpus / "MANIFEST.csv").open(encoding="utf-8", newline="") as manifest:
        rows = list(csv.DictReader(manifest))
    others = [row for row in rows if row["category"] in ("room_or_object", "real_photo")]
    others += [row for row in rows if row["category"] == "retrieval_class"][::80]
    pictures = [row["path"] for row in others if row["expected_outcome"] == "process"]
    assert len(pictures) > 8
    assert [path for path in pictures if verdict(opened(corpus / path)) is None] == []


@pytest.mark.parametrize("level", [0, 120, 255])
def test_a_blank_picture_is_no_room(level: int) -> None:
    assert verdict(np.full((480, 640, 3), level, np.uint8)) == "layout_unclear"


def test_noise_is_no_room() -> None:
    rng = np.random.default_rng(4)
    assert verdict(rng.integers(0, 256, (480, 640, 3), dtype=np.uint8)) == "layout_unclear"


def test_a_photo_with_hardly_any_floor_is_refused_with_what_to_do() -> None:
    scene = empty_room(541, 560)
    photo = scene.photo[: round(0.75 * scene.photo.shape[0])]
    layout = estimate_layout(photo)
    with pytest.raises((LayoutUnclear, FloorNotFree)) as refusal:
        require_stageable(photo, layout, survey_room(photo, layout))
    assert "photograph" in str(refusal.value) or "step back" in str(refusal.value)


def test_the_front_of_a_thing_is_a_step_and_boards_are_not() -> None:
    scene = empty_room(10, 560)
    assert scene.plan.floor.kind == "planks"
    layout = true_layout(scene)
    down, _, z_m = below_horizon(scene.camera)
    front = down & (z_m < 0.6 * scene.back_m)
    photo = scene.photo.copy()
    photo[front] = (photo[front] * 0.6).astype(np.uint8)
    assert step_across(scene.photo, layout) < 8
    assert step_across(photo, layout) > 15
