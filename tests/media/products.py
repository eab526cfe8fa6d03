"""Products drawn for the tests of views, cutouts' gate and commercial images."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from media.product_views import ViewFrame

Draw = Callable[[ImageDraw.ImageDraw], None]


def cutout(
    size_px: tuple[int, int] = (600, 800),
    box: tuple[int, int, int, int] = (150, 100, 450, 700),
    blur_px: float = 0.0,
    seed: int = 3,
) -> Image.Image:
    """A woven box, `RGBA`, transparent around it; its pattern blurred where asked."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[0 : size_px[1], 0 : size_px[0]]
    squares = ((rows // 20 + columns // 20) % 2) * 90 + 70
    levels = np.clip(squares[..., None] + rng.normal(0, 6, (*squares.shape, 3)), 0, 255)
    picture = Image.fromarray(levels.astype(np.uint8), "RGB")
    if blur_px:
        picture = picture.filter(ImageFilter.GaussianBlur(blur_px))
    alpha = Image.new("L", size_px)
    ImageDraw.Draw(alpha).rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=255)
    cut = Image.new("RGBA", size_px)
    cut.paste(picture, mask=alpha)
    cut.putalpha(alpha)
    return cut


def png(image: Image.Image) -> bytes:
    output = BytesIO()
    image.save(output, "PNG")
    return output.getvalue()


def scene(draw: Draw, seed: int = 0, background: tuple[int, int, int] = (236, 236, 232)) -> bytes:
    """A frame of 320 x 240 as JPEG: a drawing on a plain background, with a camera's noise."""
    image = Image.new("RGB", (320, 240), background)
    draw(ImageDraw.Draw(image))
    noise = np.random.default_rng(seed).normal(0, 2, (240, 320, 3))
    levels = np.clip(np.asarray(image, np.float32) + noise, 0, 255).astype(np.uint8)
    output = BytesIO()
    Image.fromarray(levels, "RGB").save(output, "JPEG", quality=90)
    return output.getvalue()


def frame(number: int, data: bytes, sharpness: float = 20.0) -> ViewFrame:
    return ViewFrame(number, number * 0.3, sharpness, data)


def front(draw: ImageDraw.ImageDraw) -> None:
    """A teal case with a light screen, upright in the middle."""
    draw.rectangle((110, 40, 210, 200), fill=(20, 90, 100))
    draw.rectangle((120, 50, 200, 150), fill=(210, 225, 240))


def side(draw: ImageDraw.ImageDraw) -> None:
    """The same case from its narrow side."""
    draw.rectangle((148, 40, 172, 200), fill=(20, 90, 100))


def back(draw: ImageDraw.ImageDraw) -> None:
    """The same case from behind: a lens, no screen."""
    draw.rectangle((110, 40, 210, 200), fill=(20, 90, 100))
    draw.ellipse((120, 50, 150, 80), fill=(10, 10, 12))


def ball(draw: ImageDraw.ImageDraw) -> None:
    """Another product: a red ball."""
    draw.ellipse((60, 60, 220, 220), fill=(200, 40, 30))
