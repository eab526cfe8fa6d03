"""The judge of renditions finds what is wrong with them."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageOps

from benchmarks.renditions_check import wrong_with_image, wrong_with_page
from media.presets import DEFAULT_PRESETS, IMAGE_PRESETS
from resources.object_store import ObjectStore
from resources.settings import Settings

SIZE_PX = (800, 500)


@pytest.fixture
def store(tmp_path: Path) -> ObjectStore:
    return ObjectStore.from_settings(Settings(home=tmp_path))


@pytest.fixture
def original() -> Image.Image:
    light = Image.linear_gradient("L").rotate(90)
    return Image.merge("RGB", (light, Image.linear_gradient("L"), light)).resize(SIZE_PX)


def renditions(store: ObjectStore, picture: Image.Image, **changes: Any) -> list[dict[str, Any]]:
    """Right ones, save those whose name is given other save options or another picture."""
    rows = []
    for name in DEFAULT_PRESETS:
        width_px = IMAGE_PRESETS[name].width_px or 0
        made = picture.copy()
        made.thumbnail((width_px, width_px))
        if name == "thumbnail":
            made = ImageOps.fit(picture, (300, 300))
        change = changes.get(name, {})
        made = change.pop("turned", lambda same: same)(made)
        data = BytesIO()
        made.save(data, "WEBP", **change)
        store.put(f"outputs/{name}", data.getvalue())
        rows.append({"name": name, "key": f"outputs/{name}"})
    return rows


def test_right_renditions_pass(store: ObjectStore, original: Image.Image) -> None:
    assert wrong_with_image(renditions(store, original), SIZE_PX, original, store) is None


def test_a_missing_rendition_is_named(store: ObjectStore, original: Image.Image) -> None:
    rows = renditions(store, original)[:-1]
    assert wrong_with_image(rows, SIZE_PX, original, store) == "no xl"


def test_a_wrong_size_is_told(store: ObjectStore, original: Image.Image) -> None:
    rows = renditions(store, original, md={"turned": lambda made: made.resize((800, 498))})
    assert (
        wrong_with_image(rows, SIZE_PX, original, store) == "md is (800, 498), should be 800 x 500"
    )


@pytest.mark.parametrize("turn", [ImageOps.flip, ImageOps.mirror])
def test_a_picture_that_is_not_upright_is_told(
    store: ObjectStore, original: Image.Image, turn: Any
) -> None:
    wrong = wrong_with_image(renditions(store, turn(original)), SIZE_PX, original, store)
    assert wrong is not None
    assert wrong.startswith("sm does not look like its upright original")


def test_metadata_is_told(store: ObjectStore, original: Image.Image) -> None:
    exif = Image.Exif()
    exif[0x010E] = "where and when"
    rows = renditions(store, original, lg={"exif": exif.tobytes()})
    assert wrong_with_image(rows, SIZE_PX, original, store) == "lg carries exif"
    rows = renditions(store, original, lg={"icc_profile": b"some profile"})
    assert wrong_with_image(rows, SIZE_PX, original, store) == "lg carries icc_profile"


def test_pages_are_drawn_at_the_size_asked_for(store: ObjectStore) -> None:
    sizes = {"thumbnail": (212, 300), "sm": (640, 906), "md": (1024, 1449), "lg": (1920, 2717)}
    rows = []
    for name, size_px in sizes.items():
        data = BytesIO()
        Image.new("RGB", size_px).save(data, "JPEG")
        store.put(f"outputs/{name}", data.getvalue())
        rows.append({"name": f"page-0001-{name}", "key": f"outputs/{name}"})
    assert wrong_with_page(rows, (595.0, 842.0), 0.05, store) is None
    assert wrong_with_page(rows, (612.0, 792.0), 0.05, store) == (
        "page-0001-thumbnail is (212, 300), should be 232 x 300"
    )
