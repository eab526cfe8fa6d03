"""Products as shops and customers show them, for the tests of descriptors."""

import numpy as np
from PIL import Image

from tests.media.pictures import encoded
from tests.media.product_scenes import PRODUCTS, compose, draw_product
from tests.media.surfaces import draw_background

Color = tuple[int, int, int]


def photographed(kind: str, seed: int, ground: str = "plain", side_px: int = 420) -> Image.Image:
    """A product of the seed's pattern, on a ground of the kind asked for."""
    product = draw_product(kind, seed, round(side_px * 0.8))
    background = draw_background(ground, seed + len(ground), (side_px, side_px))
    return Image.fromarray(compose(product, background, seed).rgb)


def plain_colored(kind: str, color: Color, ground: Color = (244, 244, 242)) -> bytes:
    """A product in one colour on another, as PNG; its middle is a little lighter."""
    alpha = draw_product(kind, 0, 380).alpha[..., None]
    light = np.linspace(0.85, 1.1, 380, dtype=np.float32)[:, None, None]
    rgb = alpha * light * np.asarray(color) + (1 - alpha) * np.asarray(ground)
    picture = Image.fromarray(np.clip(rgb, 0, 255).astype(np.uint8))
    framed = Image.new("RGB", (460, 440), ground)
    framed.paste(picture, (40, 30))
    return encoded(framed)


def cut_out(kind: str, color: Color) -> Image.Image:
    """The same with an alpha of its own, `RGBA`."""
    alpha = Image.fromarray((draw_product(kind, 0, 380).alpha * 255).astype(np.uint8))
    picture = Image.new("RGBA", (460, 440))
    picture.paste((*color, 255), (40, 30, 420, 410), alpha)
    return picture


KINDS = tuple(PRODUCTS)
