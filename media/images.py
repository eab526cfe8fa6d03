"""Opening untrusted images: allow-listed, capped before decoding, upright, sRGB.

Everything a decoder can raise on bad bytes becomes a refusal in one place, `decoding`.
"""

import math
import re
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

from PIL import AvifImagePlugin, Image, ImageFile, UnidentifiedImageError

from media.color import to_srgb, uses_alpha
from media.errors import CorruptMedia, Refusal, TooLarge
from media.formats import MediaFormat, detect_format, require_kind
from media.limits import MediaLimits

_PLUGINS = {
    "jpeg": "JPEG",
    "png": "PNG",
    "webp": "WEBP",
    "gif": "GIF",
    "tiff": "TIFF",
    "bmp": "BMP",
    "avif": "AVIF",
    "heic": "HEIF",
}
_ORIENTATION = 0x0112
# The decoder's shrinking averages well; what is left to Lanczos is the last half. A larger
# margin doubles the time and memory of large photos for no difference that can be seen.
_DRAFT_MARGIN = 1.5
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_RESIZABLE_MODES = frozenset({"L", "LA", "RGB", "RGBA", "CMYK", "YCbCr", "LAB"})
_OUT_OF_MEMORY = re.compile(r"out of memory|memory allocation", re.IGNORECASE)
_PIXELS_IN_MESSAGE = re.compile(r"\((\d+) pixels\)")


@dataclass(frozen=True)
class Still:
    """One decoded picture, upright and sRGB, possibly smaller than its source."""

    image: Image.Image
    """`RGB` or `RGBA`, without metadata."""
    size_px: tuple[int, int]
    """Upright width and height of the source."""
    has_alpha: bool
    """Whether a pixel of the source is not opaque."""


@contextmanager
def decoding(limits: MediaLimits) -> Iterator[None]:
    """Turn whatever a decoder raises on bad bytes into CorruptMedia or TooLarge.

    Decoders raise OSError, ValueError, SyntaxError, TypeError, IndexError, struct.error and
    more for bytes that are wrong, and nothing else runs inside this block, so any exception
    there means the bytes. Running out of memory is no statement about the bytes: it leaves as
    MemoryError, also where a codec reports it as an OSError. Pillow's own bomb check is set to
    the limits, because some plugins allocate before the size can be seen from outside.
    """
    before = Image.MAX_IMAGE_PIXELS
    # Pillow warns above this number and refuses above twice this number.
    Image.MAX_IMAGE_PIXELS = math.ceil(limits.max_pixels / 2)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (Refusal, MemoryError):
        raise
    except Image.DecompressionBombError as error:
        raise _bomb(error, limits) from error
    except UnidentifiedImageError as error:
        raise CorruptMedia("The image's header is damaged, or of a rare unknown kind.") from error
    except Exception as error:
        if _OUT_OF_MEMORY.search(str(error)):
            raise MemoryError(str(error)) from error
        detail = str(error).rstrip(".") or type(error).__name__
        raise CorruptMedia(f"The image cannot be decoded to its end: {detail}.") from error
    finally:
        Image.MAX_IMAGE_PIXELS = before


def open_image(data: bytes, limits: MediaLimits) -> ImageFile.ImageFile:
    """Return the image with its header read and its pixels not yet decoded.

    Raises EmptyFile, UnsupportedType, CorruptMedia, or TooLarge for more than
    `limits.max_pixels` pixels.
    """
    media_format = detect_format(data)
    require_kind(media_format, {"image"})
    _prepare_decoder(media_format)
    with decoding(limits):
        image = Image.open(BytesIO(data), formats=[_PLUGINS[media_format.name]])
    width, height = image.size
    if width < 1 or height < 1:
        raise CorruptMedia(f"The image says it is {width} x {height} pixels.")
    if width * height > limits.max_pixels:
        raise TooLarge(
            f"The image is {width:,} x {height:,} = {width * height:,} pixels; "
            f"at most {limits.max_pixels:,} are taken."
        )
    return image


def load_still(
    data: bytes, limits: MediaLimits, needed_scale: Callable[[tuple[int, int]], float]
) -> Still:
    """Decode the first picture of an image, upright and sRGB.

    `needed_scale` is given the upright size and returns the scale below which no pixel is
    needed (1 for all): a large source is then decoded and kept no larger than that, which
    saves most of the time and memory. The returned picture is exactly the source's size times
    that scale, rounded. Raises what `open_image` raises.
    """
    image = open_image(data, limits)
    header_px = image.size
    if image.format in ("JPEG", "MPO"):
        _draft(image, needed_scale(_upright(header_px, read_orientation(image))))
    drafted = image.size != header_px
    with decoding(limits):
        image.load()
    source_px = header_px if drafted else image.size
    # After loading: PNG keeps EXIF behind the pixels, TIFF and HEIC are turned by their decoder.
    orientation = read_orientation(image)
    size_px = _upright(source_px, orientation)
    scale = min(1.0, needed_scale(size_px))
    goal_px = (max(1, round(source_px[0] * scale)), max(1, round(source_px[1] * scale)))
    with decoding(limits):
        has_alpha = uses_alpha(image)
        picture = _shrunk_srgb(image, goal_px)
    return Still(turn_upright(picture, orientation), size_px, has_alpha)


def read_orientation(image: Image.Image) -> int:
    """Return the EXIF orientation, 1 to 8; 1 where there is none or it cannot be read."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            value = image.getexif().get(_ORIENTATION, 1)
    except Exception:  # noqa: BLE001 - the parser raises anything on bad EXIF, and the picture is fine
        return 1
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def turn_upright(image: Image.Image, orientation: int) -> Image.Image:
    """Return the picture turned and mirrored by an EXIF orientation of 1 to 8."""
    turn = _TURNS.get(orientation)
    return image if turn is None else image.transpose(turn)


def _prepare_decoder(media_format: MediaFormat) -> None:
    # One thread each: thread stacks and arenas would eat the worker's address space.
    if media_format.name == "heic":
        import pillow_heif

        pillow_heif.register_heif_opener(
            thumbnails=False, depth_images=False, aux_images=False, decode_threads=1
        )
    elif media_format.name == "avif":
        AvifImagePlugin.DEFAULT_MAX_THREADS = 1


def _draft(image: ImageFile.ImageFile, scale: float) -> None:
    """Let the JPEG decoder shrink by 2, 4 or 8, leaving enough to resample from."""
    if scale * _DRAFT_MARGIN < 1:
        width, height = (max(1, math.ceil(side * scale * _DRAFT_MARGIN)) for side in image.size)
        image.draft(None, (width, height))


def _shrunk_srgb(image: Image.Image, goal_px: tuple[int, int]) -> Image.Image:
    """Resize first where the mode allows: color conversion then runs on fewer pixels."""
    if image.size == goal_px:
        return to_srgb(image)
    if image.mode not in _RESIZABLE_MODES or "transparency" in image.info:
        image = to_srgb(image)
    shrunk = image.resize(goal_px, Image.Resampling.LANCZOS, reducing_gap=2.0)
    return to_srgb(shrunk)


def _upright(size_px: tuple[int, int], orientation: int) -> tuple[int, int]:
    return (size_px[1], size_px[0]) if orientation >= 5 else size_px


def _bomb(error: Exception, limits: MediaLimits) -> TooLarge:
    found = _PIXELS_IN_MESSAGE.search(str(error))
    pixels = f"{int(found[1]):,}" if found else "too many"
    return TooLarge(f"The image holds {pixels} pixels; at most {limits.max_pixels:,} are taken.")
