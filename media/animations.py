"""Animated GIF, WebP, PNG and AVIF as animated WebP, one frame in memory at a time."""

from collections.abc import Callable, Iterator
from io import BytesIO

from PIL import Image, ImageFile

from media.color import to_srgb
from media.encoders import WEBP_METHOD
from media.errors import CorruptMedia, TooLarge
from media.images import decoding, open_image, read_orientation, turn_upright
from media.limits import MediaLimits

ANIMATED_FORMATS = frozenset({"GIF", "WEBP", "PNG", "AVIF"})
"""Pillow's formats whose further frames are an animation; in TIFF and HEIC they are pages."""

_FLAGS_AT, _ALPHA_FLAG = 20, 0x10

_UNSTATED_FRAME_MS = 100
"""What browsers show a frame for that says 0."""


def count_frames(data: bytes, limits: MediaLimits) -> int:
    """Decode an animation to its end and return how many frames it has, 1 for a still.

    A further frame that cannot be decoded ends the animation before it, as in browsers. Raises
    CorruptMedia when the first frame cannot be decoded, and TooLarge for more than
    `limits.max_frames` frames or, over all frames, more than `limits.max_animation_pixels`
    pixels.
    """
    image = open_image(data, limits)
    if image.format not in ANIMATED_FORMATS:
        return 1
    return sum(1 for _ in _walk(image, limits))


def encode_animation(
    data: bytes,
    frame_count: int,
    quality: int,
    limits: MediaLimits,
    render: Callable[[Image.Image], Image.Image],
) -> bytes:
    """Return an animation of `frame_count` frames as animated WebP.

    `render` turns an upright sRGB frame into the rendition's; every result has the same size.
    Durations and the number of plays are kept. Frames are decoded again for each call: that
    costs far less than encoding them, and keeping them would cost the memory of all.
    """
    image = open_image(data, limits)
    reel = _Reel((render(frame) for frame in _frames(image, limits)), frame_count, image)
    output = BytesIO()
    reel.save(
        output,
        "WEBP",
        save_all=True,
        duration=reel.durations_ms,
        loop=_plays(image),
        quality=quality,
        method=WEBP_METHOD,
        background=(0, 0, 0, 0),
    )
    return _flag_alpha(output.getvalue()) if reel.has_alpha else output.getvalue()


class _Reel(Image.Image):
    """An image whose frames are made when the WebP encoder asks for them, once and in order."""

    def __init__(
        self, pictures: Iterator[Image.Image], frame_count: int, source: Image.Image
    ) -> None:
        super().__init__()
        self.n_frames = frame_count
        # The encoder reads a frame's duration after it has asked for the frame.
        self.durations_ms: list[float] = []
        self.has_alpha = False
        self._pictures = pictures
        self._source = source
        self.seek(0)

    def seek(self, frame: int) -> None:
        """Show the next frame; the encoder's rewinding at its end changes nothing."""
        if frame != len(self.durations_ms):
            return
        picture = next(self._pictures)
        self.has_alpha |= picture.mode == "RGBA"
        picture = picture.convert("RGBA")
        self.im, self._mode, self._size = picture.im, picture.mode, picture.size
        self.durations_ms.append(self._source.info.get("duration") or _UNSTATED_FRAME_MS)

    def tell(self) -> int:
        """Return the frame the encoder shall come back to."""
        return 0


def _flag_alpha(webp: bytes) -> bytes:
    """Set the alpha flag of an extended WebP header (RFC 9649, 2.7.1).

    libwebp crops frames to what is not transparent and forgets the flag where only opaque
    rectangles are left; readers then show the rest in black.
    """
    if webp[12:16] != b"VP8X":
        return webp
    return webp[:_FLAGS_AT] + bytes([webp[_FLAGS_AT] | _ALPHA_FLAG]) + webp[_FLAGS_AT + 1 :]


def _frames(image: ImageFile.ImageFile, limits: MediaLimits) -> Iterator[Image.Image]:
    for shown in _walk(image, limits):
        yield turn_upright(to_srgb(shown), read_orientation(shown))


def _walk(image: ImageFile.ImageFile, limits: MediaLimits) -> Iterator[ImageFile.ImageFile]:
    """Yield the image at each of its frames, decoded."""
    # The picture an animated PNG shows where animation is unknown is not part of it.
    start = 1 if image.info.get("default_image") and getattr(image, "n_frames", 1) > 1 else 0
    frame_pixels = image.width * image.height
    for count in range(1, limits.max_frames + 2):
        try:
            with decoding(limits):
                if not _seek(image, start + count - 1):
                    return
                _check_length(count, frame_pixels, limits)
                image.load()
        except CorruptMedia:
            if count == 1:
                raise
            return
        yield image


def _seek(image: ImageFile.ImageFile, frame: int) -> bool:
    """Go to a frame; False behind the last one."""
    try:
        image.seek(frame)
    except EOFError:
        return False
    return True


def _check_length(count: int, frame_pixels: int, limits: MediaLimits) -> None:
    if count > limits.max_frames:
        raise TooLarge(f"The animation has more than {limits.max_frames} frames.")
    if count > 1 and count * frame_pixels > limits.max_animation_pixels:
        raise TooLarge(
            f"The animation holds more than {limits.max_animation_pixels:,} pixels "
            "over all its frames."
        )


def _plays(image: Image.Image) -> int:
    """Return how often the animation is played, 0 for ever, as WebP counts it."""
    loop = image.info.get("loop")
    if image.format == "GIF":
        # GIF counts the repetitions after the first play, and says nothing for one play.
        return 1 if loop is None else loop + 1 if loop else 0
    return loop if isinstance(loop, int) else 0
