"""The offline providers: no key, no network; the same shapes as the paid ones."""

from collections.abc import Iterator
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from media.errors import CorruptMedia, EmptyMask
from media.limits import MediaLimits
from media.product_views import ViewFrame
from resources.background_remover import OfflineBackgroundRemover
from resources.media_workers import MediaWorkers
from resources.scene_model import OfflineSceneModel, Scene
from resources.vision_model import OfflineVisionModel
from tests.resources.vendor_servers import cut_ellipse, png


@pytest.fixture(scope="module")
def workers() -> Iterator[MediaWorkers]:
    """Workers for all tests of this file."""
    with MediaWorkers(2, 1_000_000_000, 60.0) as made:
        yield made


def product_photo(color: str = "firebrick", shape: str = "ellipse") -> Image.Image:
    """A product with a highlight on a plain grey wall."""
    picture = Image.new("RGB", (480, 360), (205, 205, 208))
    draw = ImageDraw.Draw(picture)
    getattr(draw, shape)((150, 90, 330, 270), fill=color)
    draw.ellipse((200, 130, 240, 170), fill="white")
    return picture.filter(ImageFilter.GaussianBlur(1))


def jpeg(picture: Image.Image) -> bytes:
    output = BytesIO()
    picture.save(output, "JPEG", quality=92)
    return output.getvalue()


def test_frames_that_look_different_are_different_views(workers: MediaWorkers) -> None:
    looks = [
        product_photo(),
        product_photo("firebrick", "rectangle"),
        product_photo("navy", "rectangle"),
    ]
    shown = [
        ViewFrame(10 * number, number / 3, 20.0 + number % 3, jpeg(looks[number // 3]))
        for number in range(9)
    ]
    judged = OfflineVisionModel(workers).views("clip.mp4", shown, 5)
    assert 2 <= len(judged.views) <= 5
    assert {view.frame for view in judged.views} <= {frame.frame for frame in shown}
    assert sum(view.is_hero for view in judged.views) == len(
        {view.product for view in judged.views}
    )
    assert (judged.made_by.provider, judged.made_by.model) == ("offline", "view-groups")
    assert judged.made_by.cost_usd == 0
    assert judged.made_by.seconds > 0


def test_no_more_views_than_asked_for_and_none_of_no_frames(workers: MediaWorkers) -> None:
    model = OfflineVisionModel(workers)
    looks = [product_photo(), product_photo().rotate(25, fillcolor=(205, 205, 208))]
    shown = [ViewFrame(place, place, 20.0, jpeg(look)) for place, look in enumerate(looks * 3)]
    products = [view.product for view in model.views("clip.mp4", shown, 1).views]
    assert products
    assert len(products) == len(set(products))
    assert model.views("clip.mp4", [], 5).views == ()


def test_a_product_on_a_plain_wall_is_cut_out(workers: MediaWorkers) -> None:
    removed = OfflineBackgroundRemover(workers, MediaLimits()).cut_out(jpeg(product_photo()))
    cutout = removed.cutout
    assert (cutout.format, cutout.width_px, cutout.height_px) == ("png", 480, 360)
    alpha = np.asarray(Image.open(BytesIO(cutout.data)).getchannel("A"))
    assert alpha[180, 240] == 255
    assert alpha[20, 20] == 0
    assert 0 <= cutout.mask_quality <= 1
    assert (removed.made_by.provider, removed.made_by.cost_usd) == ("offline", 0)


def test_a_picture_that_cannot_be_read_is_refused(workers: MediaWorkers) -> None:
    with pytest.raises(CorruptMedia):
        OfflineBackgroundRemover(workers, MediaLimits()).cut_out(jpeg(product_photo())[:200])


@pytest.mark.parametrize("kind", ["real", "creative"])
def test_a_product_is_placed_in_a_drawn_scene(workers: MediaWorkers, kind: str) -> None:
    scene = Scene(kind, "on a beach", 320, 240, 0.1, "jpeg", 85, 3)  # type: ignore[arg-type]
    placed = OfflineSceneModel(workers, MediaLimits()).place(cut_ellipse(product_photo()), scene)
    image = Image.open(BytesIO(placed.data))
    assert (image.format, image.size) == ("JPEG", (320, 240))
    assert (placed.format, placed.width_px, placed.height_px) == ("jpeg", 320, 240)
    assert placed.words
    assert "beach" not in placed.words, "it did not draw what it was asked for, and says it did"
    assert (placed.made_by.provider, placed.made_by.seed) == ("offline", 3)


def test_nothing_is_placed_of_an_empty_cutout(workers: MediaWorkers) -> None:
    scene = Scene("real", None, 320, 240, 0.1, "webp", 85, 3)
    with pytest.raises(EmptyMask):
        OfflineSceneModel(workers, MediaLimits()).place(png(Image.new("RGBA", (90, 90))), scene)
