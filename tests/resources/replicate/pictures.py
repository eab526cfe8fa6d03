"""Pictures that models on Replicate paint of a photo, good ones and bad."""

from collections.abc import Callable, Mapping
from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

Painter = Callable[[bytes, int], bytes]
"""From a photo and a seed to a PNG."""

_MODEL_PIXELS = 1_070_000


def staged(photo: bytes, seed: int) -> bytes:
    """The photo with a sofa in it; its colour is the seed's."""
    picture = _opened(photo)
    width, height = picture.size
    color = (seed * 53 % 200, seed * 101 % 200, seed * 17 % 200)
    sofa = (width // 4, height * 2 // 3, width * 3 // 4, height * 9 // 10)
    ImageDraw.Draw(picture).rectangle(sofa, fill=color)
    return _png(picture)


def canvas(inputs: Mapping[str, Any]) -> bytes:
    """What a model of words paints on: something in every corner, of the size it is asked for."""
    if "width" in inputs:
        size_px = int(inputs["width"]), int(inputs["height"])
    else:
        width, height = (int(side) for side in inputs["aspect_ratio"].split(":"))
        unit_px = (_MODEL_PIXELS / (width * height)) ** 0.5 / 32
        size_px = round(width * unit_px) * 32, round(height * unit_px) * 32
    noise = np.random.default_rng(len(inputs["prompt"])).integers(40, 220, (6, 5, 3), np.uint8)
    return _png(Image.fromarray(noise).resize(size_px, Image.Resampling.BICUBIC))


def unchanged(photo: bytes, _seed: int) -> bytes:
    """The photo, encoded anew."""
    return _png(_opened(photo))


def blank(photo: bytes, _seed: int) -> bytes:
    """Black: what models answer that have looked away."""
    return _png(Image.new("RGB", _opened(photo).size))


def wrong_shape(photo: bytes, seed: int) -> bytes:
    """A square."""
    return _png(_opened(staged(photo, seed)).resize((512, 512)))


def small(photo: bytes, seed: int) -> bytes:
    """Far fewer pixels than were sent."""
    picture = _opened(staged(photo, seed))
    return _png(picture.reduce(4))


def _opened(data: bytes) -> Image.Image:
    """The photo at about one megapixel at most, as models see it."""
    image = Image.open(BytesIO(data)).convert("RGB")
    scale = min(1.0, (_MODEL_PIXELS / (image.width * image.height)) ** 0.5)
    return image.resize((round(image.width * scale), round(image.height * scale)))


def _png(picture: Image.Image) -> bytes:
    output = BytesIO()
    picture.save(output, "PNG", compress_level=1)
    return output.getvalue()


PAINTERS: Mapping[str, Painter] = {
    "succeeded": staged,
    "unchanged": unchanged,
    "blank": blank,
    "wrong_shape": wrong_shape,
    "small": small,
}
