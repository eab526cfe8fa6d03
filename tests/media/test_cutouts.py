"""Cutouts: the product, all of it, and nothing of what it lay on."""

from io import BytesIO

import cv2
import numpy as np
import pytest
from PIL import Image

from media.cutouts import Cutout, CutoutOptions, cut_out
from media.errors import CorruptMedia, EmptyMask, TooLarge
from media.limits import MediaLimits
from tests.media.pictures import decoded, encoded, photo
from tests.media.product_scenes import (
    PRODUCTS,
    Product,
    Scene,
    compose,
    draw_product,
    draw_scene,
)
from tests.media.surfaces import Pixels, Plane

LIMITS = MediaLimits()
OPTIONS = CutoutOptions()
Color = tuple[int, int, int]
LEAST_IOU = {"plain": 0.95, "gradient": 0.95, "fabric": 0.9}


def cut(picture: Pixels | Image.Image, image_format: str = "PNG") -> Cutout:
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    (made,) = cut_out(encoded(image, image_format), OPTIONS, LIMITS)
    return made


def levels(made: Cutout) -> Pixels:
    image = decoded(made.data)
    assert image.mode == "RGBA"
    assert image.size == (made.width_px, made.height_px)
    return np.asarray(image)


def overlap(made: Cutout, alpha: Plane) -> float:
    found, true = levels(made)[..., 3] > 127, alpha > 0.5
    return float((found & true).sum() / (found | true).sum())


def colored(product: Product, color: tuple[int, int, int]) -> Product:
    """The product with its light and shade, in one colour."""
    light = product.rgb.astype(np.float32).mean(-1, keepdims=True)
    shade = np.clip(light / np.median(light[product.alpha > 0.5]), 0.7, 1.1)
    return Product(np.clip(shade * np.array(color), 0, 255).astype(np.uint8), product.alpha)


def on_plain(
    kind: str, color: Color, background: Color, *, y: float = 0.5, shadow: float = 0.3
) -> Scene:
    product = colored(draw_product(kind, 1, 360), color)
    backdrop = np.full((500, 500, 3), background, np.uint8)
    return compose(product, backdrop, 1, center=(0.5, y), shadow=shadow)


@pytest.mark.parametrize("background", LEAST_IOU)
def test_finds_the_product_on_every_kind_of_calm_background(background: str) -> None:
    found = []
    for seed in range(len(PRODUCTS)):
        scene = draw_scene(background, seed, 500, 500)
        found.append(overlap(cut(scene.rgb, "JPEG"), scene.alpha))
    assert np.mean(found) >= LEAST_IOU[background]


def test_is_as_large_as_the_upright_picture() -> None:
    scene = draw_scene("plain", 4, 640, 400)
    exif = Image.Exif()
    exif[0x0112] = 6
    turned = Image.fromarray(np.ascontiguousarray(np.rot90(scene.rgb)))
    (made,) = cut_out(encoded(turned, "JPEG", exif=exif.tobytes(), quality=95), OPTIONS, LIMITS)
    assert (made.name, made.format, made.width_px, made.height_px) == ("cutout", "png", 640, 400)
    assert overlap(made, scene.alpha) > 0.95


@pytest.mark.parametrize(("kind", "hole"), [("mug", (0.73, 0.48)), ("bag", (0.5, 0.25))])
def test_a_handle_stays_open(kind: str, hole: tuple[float, float]) -> None:
    scene = on_plain(kind, (40, 90, 160), (225, 222, 218))
    x, y = (int(250 + 360 * (share - 0.5)) for share in hole)
    assert scene.alpha[y, x] == 0
    alpha = levels(cut(scene.rgb))[..., 3]
    assert alpha[y, x] == 0
    ring = (scene.alpha > 0.9) & (np.hypot(*np.ogrid[-y : 500 - y, -x : 500 - x]) < 100)
    assert (alpha[ring] > 127).mean() > 0.9


def test_a_print_in_the_colour_of_the_background_is_no_hole() -> None:
    product = colored(draw_product("tee", 1, 360), (150, 30, 40))
    product.rgb[150:190, 150:210] = (238, 236, 232)
    scene = compose(product, np.full((500, 500, 3), (225, 222, 218), np.uint8), 1)
    alpha = levels(cut(scene.rgb))[..., 3]
    assert (alpha[225:255, 225:275] > 127).all()


def test_a_shadow_is_left_behind() -> None:
    scene = on_plain("bottle", (170, 40, 50), (228, 228, 224), shadow=0.45)
    alpha = levels(cut(scene.rgb))[..., 3]
    darker = scene.rgb.astype(float).mean(-1) < 205
    around = cv2.dilate((scene.alpha > 0).astype(np.uint8), np.ones((7, 7), np.uint8)) == 0
    shadow = darker & around
    assert shadow.sum() > 500
    assert (alpha[shadow] > 127).mean() < 0.02


def test_a_product_that_runs_over_the_border_is_cut_out() -> None:
    scene = on_plain("trousers", (40, 50, 90), (215, 210, 200), y=0.75)
    assert scene.alpha[-1].max() == 1
    assert overlap(cut(scene.rgb), scene.alpha) > 0.95


@pytest.mark.parametrize(
    "picture",
    [
        Image.new("RGB", (400, 300), (240, 240, 240)),
        Image.new("L", (300, 300), 0),
        Image.linear_gradient("L"),
        Image.new("RGBA", (60, 60), (200, 10, 10, 0)),
        Image.new("RGB", (1, 1), (9, 9, 9)),
        photo(500, 5),
    ],
)
def test_a_picture_of_nothing_is_refused(picture: Image.Image) -> None:
    with pytest.raises(EmptyMask):
        cut(picture)


def test_noise_alone_is_refused() -> None:
    noise = np.random.default_rng(2).normal(200, 3, (300, 300, 3)).clip(0, 255)
    with pytest.raises(EmptyMask):
        cut(noise.astype(np.uint8))


def test_a_product_in_the_colour_of_its_background_is_flagged() -> None:
    scene = on_plain("dress", (214, 210, 204), (216, 212, 206), shadow=0.2)
    try:
        made = cut(scene.rgb)
    except EmptyMask:
        return
    assert made.review
    assert made.mask_quality < 0.7


@pytest.mark.parametrize("seed", range(4))
def test_clutter_that_defeats_the_search_is_flagged(seed: int) -> None:
    scene = draw_scene("clutter", 40 + seed, 500, 500)
    made = cut(scene.rgb)
    assert overlap(made, scene.alpha) > 0.9 or made.review


@pytest.mark.parametrize("size_px", [(24, 24), (64, 48), (200, 200), (1600, 60), (40, 900)])
def test_small_and_long_pictures_work(size_px: tuple[int, int]) -> None:
    width, height = size_px
    picture = np.full((height, width, 3), 235, np.uint8)
    inside = (slice(height // 4, height - height // 4), slice(width // 4, width - width // 4))
    picture[inside] = (160, 40, 60)
    made = cut(picture)
    true = np.zeros((height, width), np.float32)
    true[inside] = 1
    assert (made.width_px, made.height_px) == size_px
    assert overlap(made, true) > 0.85


def test_a_grey_picture_works() -> None:
    scene = draw_scene("gradient", 0, 400, 400)
    made = cut(Image.fromarray(scene.rgb).convert("L"))
    assert overlap(made, scene.alpha) > 0.9


def test_a_cutout_keeps_its_own_alpha() -> None:
    product = draw_product("mug", 3, 300)
    alpha = (product.alpha * 255).round().astype(np.uint8)
    made = cut(Image.fromarray(np.dstack([product.rgb, alpha])))
    result = levels(made)
    assert (result[..., 3] == alpha).all()
    assert (result[alpha == 255][:, :3] == product.rgb[alpha == 255]).all()
    assert (result[alpha == 0] == 0).all()
    assert made.review is None


def test_rounded_corners_are_no_cutout() -> None:
    scene = on_plain("tee", (150, 30, 40), (225, 222, 218))
    opaque = np.full((500, 500), 255, np.uint8)
    opaque[:9, :9] = 0
    made = cut(Image.fromarray(np.dstack([scene.rgb, opaque])))
    assert overlap(made, scene.alpha) > 0.95


def test_the_same_bytes_give_the_same_cutout() -> None:
    scene = draw_scene("fabric", 2, 400, 500)
    data = encoded(Image.fromarray(scene.rgb), "JPEG")
    first = cut_out(data, OPTIONS, LIMITS)
    cut_out(encoded(Image.fromarray(draw_scene("plain", 1, 300, 300).rgb)), OPTIONS, LIMITS)
    assert cut_out(data, OPTIONS, LIMITS) == first


@pytest.mark.parametrize(
    ("product", "old", "new"),
    [
        ((30, 40, 90), (245, 245, 245), (0, 0, 0)),
        ((235, 225, 60), (25, 25, 30), (255, 255, 255)),
        ((200, 60, 50), (60, 190, 90), (20, 20, 120)),
    ],
)
def test_no_halo_of_the_old_background(
    product: tuple[int, int, int], old: tuple[int, int, int], new: tuple[int, int, int]
) -> None:
    flat = draw_product("bottle", 1, 360)
    flat = Product(np.full_like(flat.rgb, product), flat.alpha)
    scene = compose(flat, np.full((500, 500, 3), old, np.uint8), 1, shadow=0)
    result = levels(cut(scene.rgb)).astype(np.float32)
    alpha = result[..., 3:] / 255
    laid = result[..., :3] * alpha + np.array(new) * (1 - alpha)
    # What lies between product and new background is right; the old one may not be among it.
    mixed = np.array(product) * alpha + np.array(new) * (1 - alpha)
    seen = alpha[..., 0] > 0
    away = np.array(old, np.float32) - np.array(product)
    share = ((laid - mixed)[seen] @ away) / (away @ away)
    assert np.percentile(share, 99.5) < 0.15
    assert abs(laid - mixed)[seen].mean() < 4


def test_transparent_pixels_keep_no_colour() -> None:
    result = levels(cut(draw_scene("plain", 5, 300, 300).rgb))
    assert (result[result[..., 3] == 0] == 0).all()


def test_bad_bytes_and_large_pictures_are_refused() -> None:
    with pytest.raises(CorruptMedia):
        cut_out(encoded(photo(90, 90), "PNG")[:400], OPTIONS, LIMITS)
    with pytest.raises(TooLarge):
        cut_out(encoded(photo(90, 90)), OPTIONS, MediaLimits(max_pixels=8000))


@pytest.mark.parametrize("work_px", [0, 63, 5000])
def test_a_size_the_search_is_not_made_for_is_an_error(work_px: int) -> None:
    with pytest.raises(ValueError, match="work_px"):
        CutoutOptions(work_px=work_px)


def test_a_larger_search_works_too() -> None:
    scene = draw_scene("plain", 2, 800, 800)
    file = BytesIO()
    Image.fromarray(scene.rgb).save(file, "PNG")
    (made,) = cut_out(file.getvalue(), CutoutOptions(work_px=720), LIMITS)
    assert overlap(made, scene.alpha) > 0.95
