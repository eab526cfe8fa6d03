"""Thumbnails of pictures of the store: made once, kept on the disk."""

import io
from pathlib import Path

import pytest
from PIL import Image

from resources.deployments import Deployment
from resources.thumbnails import GRID_PX, Thumbnails
from tests.conftest import MakePicture


@pytest.fixture
def thumbnails(deployment: Deployment, tmp_path: Path) -> Thumbnails:
    settings = deployment.settings
    return Thumbnails(deployment.store, deployment.workers, tmp_path / "small", settings.limits)


def kept(thumbnails: Thumbnails) -> int:
    return sum(path.is_file() for path in thumbnails.folder.rglob("*"))


def test_each_key_has_its_own_in_order(thumbnails: Thumbnails, make_picture: MakePicture) -> None:
    sizes = [(800, 600), (600, 800), (100, 80)]
    for number, size in enumerate(sizes):
        thumbnails.store.put(f"outputs/{number}.jpg", make_picture(*size))
    asked = ["outputs/2.jpg", None, "outputs/0.jpg", "outputs/gone.jpg", "outputs/1.jpg"]
    found = [Image.open(io.BytesIO(data)).size if data else None for data in thumbnails.of(asked)]
    assert found == [(100, 80), None, (GRID_PX, 270), None, (270, GRID_PX)]


def test_one_that_was_made_is_found_without_its_picture(
    thumbnails: Thumbnails, make_picture: MakePicture
) -> None:
    thumbnails.store.put("outputs/a.jpg", make_picture())
    [first] = thumbnails.of(["outputs/a.jpg"])
    [large] = thumbnails.of(["outputs/a.jpg"], 700)
    thumbnails.store.delete(["outputs/a.jpg"])
    assert first
    assert large
    assert thumbnails.of(["outputs/a.jpg"]) == [first]
    assert thumbnails.of(["outputs/a.jpg"], 700) == [large]


def test_what_is_no_picture_is_looked_at_once(
    thumbnails: Thumbnails, make_picture: MakePicture
) -> None:
    thumbnails.store.put("originals/clip.mp4", b"no picture")
    assert thumbnails.of(["originals/clip.mp4"]) == [None]
    # Bytes under a key never change; if they are read again, this is seen.
    thumbnails.store.put("originals/clip.mp4", make_picture())
    assert thumbnails.of(["originals/clip.mp4"]) == [None]


def test_what_is_not_there_yet_is_looked_for_again(
    thumbnails: Thumbnails, make_picture: MakePicture
) -> None:
    assert thumbnails.of(["outputs/later.jpg"]) == [None]
    assert kept(thumbnails) == 0
    thumbnails.store.put("outputs/later.jpg", make_picture())
    assert thumbnails.of(["outputs/later.jpg"]) != [None]


def test_names_of_files_do_not_lead_out_of_the_folder(
    thumbnails: Thumbnails, make_picture: MakePicture
) -> None:
    key = "outputs/..%2F..%2Fwide name ü.jpg"
    thumbnails.store.put(key, make_picture())
    assert thumbnails.of([key]) != [None]
    assert kept(thumbnails) == 1
