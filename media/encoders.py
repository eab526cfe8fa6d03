"""Writing renditions: one setting per format, chosen once.

Measured on three photographs of 0.5 to 3.7 megapixels, CPU milliseconds per megapixel and
size against the plain encoder of the same format and quality:

| format | settings                     | ms/MP     | size                                     |
|--------|------------------------------|-----------|------------------------------------------|
| WebP   | method 4                     | 80 to 90  | 1.00 (method 2: 30 ms, 1.03; 6: slower)  |
| JPEG   | progressive, optimized, 4:2:0| 7 to 12   | 0.8 to 0.9 of baseline at 3 ms           |
| AVIF   | speed 8                      | 40 to 130 | 1.0 to 1.3 of speed 6 at 180 to 350 ms   |
| PNG    | zlib level 6                 | 180       | 0.93 of level 4 at 80 ms                 |

Nothing but pixels is written: no EXIF, XMP, profile, comment or text. The pixels are sRGB,
which is what a reader assumes where no profile is present.
"""

from io import BytesIO
from typing import Any

from PIL import Image

from media.color import flatten

_PILLOW_NAMES = {"webp": "WEBP", "jpeg": "JPEG", "png": "PNG", "avif": "AVIF"}
# VP8_ENC_ERROR_OUT_OF_MEMORY and VP8_ENC_ERROR_BITSTREAM_OUT_OF_MEMORY of libwebp's encode.h.
_WEBP_OUT_OF_MEMORY = frozenset({"encoding error 1", "encoding error 2"})

WEBP_METHOD = 4
"""Effort of the WebP encoder, 0 to 6."""


def encode(
    image: Image.Image, image_format: str, quality: int, background: tuple[int, int, int]
) -> bytes:
    """Return an `RGB` or `RGBA` picture without metadata as an encoded file.

    `image_format` is one of `presets.OUTPUT_FORMATS`, `quality` 1 to 100. Alpha is kept where
    the format has it and laid over `background` for JPEG. Raises MemoryError where the encoder
    runs out of it.
    """
    if image_format == "jpeg":
        image = flatten(image, background)
    output = BytesIO()
    try:
        image.save(output, _PILLOW_NAMES[image_format], **_settings(image_format, quality))
    except ValueError as error:
        if str(error) in _WEBP_OUT_OF_MEMORY:
            raise MemoryError("The WebP encoder ran out of memory.") from error
        raise
    return output.getvalue()


def _settings(image_format: str, quality: int) -> dict[str, Any]:
    if image_format == "webp":
        return {"quality": quality, "method": WEBP_METHOD}
    if image_format == "jpeg":
        return {
            "quality": quality,
            "progressive": True,
            "optimize": True,
            "subsampling": "4:2:0",
        }
    if image_format == "avif":
        return {"quality": quality, "speed": 8, "max_threads": 1}
    return {"compress_level": 6}
