"""A decoded video frame as levels to be measured and as a picture to be shown."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import ColorRange, Colorspace, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from media.frame_scores import Grey
from media.video_color import is_wide, wide_to_srgb

Picture = npt.NDArray[np.uint8]
"""Levels of shape (height, width, 3): blue, green, red, as OpenCV has them."""

_EIGHT_BIT_LUMA = re.compile(r"yuvj4\d\dp|yuva?4\d\dp|nv\d\d|gray")
_DEEP_LUMA = re.compile(r"(?:yuva?4\d\dp|gray)(9|10|12|14|16)le")
_LIMITED_SPAN = 235 - 16
"""Levels between black and white in the limited range (ITU-R BT.709-6, 4.6)."""
_SPREAD = 255 / _LIMITED_SPAN

_WHOLE_CHROMA = Interpolation.FULL_CHR_H_INT | Interpolation.ACCURATE_RND
"""Without these flags swscale repeats chroma instead of interpolating it."""
_HD_FROM_PX = 720
_MATRICES = {1: Colorspace.ITU709, 7: Colorspace.SMPTE240M, 9: Colorspace.BT2020} | dict.fromkeys(
    (4, 5, 6), Colorspace.ITU601
)
"""By the code points of ITU-T H.273, table 4."""
_UNKNOWN_MATRIX = 2
_SANE_ASPECTS = (Fraction(1, 4), Fraction(4))


@dataclass(frozen=True)
class Turn:
    """How a frame is brought upright: first transposed, then mirrored."""

    transposed: bool = False
    mirrored_x: bool = False
    mirrored_y: bool = False


def grey_levels(frame: VideoFrame) -> tuple[Grey, float]:
    """Return a frame's luma and the factor by which its contrast is below that of 0 to 255.

    Luma of 8 bits is the decoder's own memory, not copied: it lives as long as the frame. It
    is neither turned nor stretched, which changes no score. Differences of the levels, times
    the factor, are those of the same frame in full range.
    """
    name = frame.format.name
    deep = _DEEP_LUMA.fullmatch(name)
    if deep:
        levels = cv2.convertScaleAbs(_plane(frame, 2), alpha=0.5 ** (int(deep[1]) - 8))
        return np.asarray(levels, dtype=np.uint8), _spread(frame)
    if _EIGHT_BIT_LUMA.fullmatch(name):
        return _plane(frame, 1), _spread(frame)
    return _plane(frame.reformat(format="gray", dst_color_range=ColorRange.JPEG, threads=1), 1), 1.0


def square_pixels(stream: VideoStream) -> Fraction:
    """Return a stream's pixel width over pixel height; 1 where that is unknown or absurd."""
    aspect = stream.sample_aspect_ratio
    if not aspect or not _SANE_ASPECTS[0] <= aspect <= _SANE_ASPECTS[1]:
        return Fraction(1)
    return Fraction(aspect)


def display_size(frame: VideoFrame, aspect: Fraction) -> tuple[int, int]:
    """Return width and height in pixels of a frame as displayed: upright, pixels square."""
    width_px, height_px = _stretched_size(frame, aspect)
    return (height_px, width_px) if upright_turn(frame).transposed else (width_px, height_px)


def quarter_turns(frame: VideoFrame) -> int:
    """Return how many times 90 degrees a frame is turned clockwise to be upright: 0 to 3."""
    turn = upright_turn(frame)
    if turn.transposed:
        return 3 if turn.mirrored_y and not turn.mirrored_x else 1
    return 2 if turn.mirrored_x and turn.mirrored_y else 0


def upright_turn(frame: VideoFrame) -> Turn:
    """Return the quarter turn and mirroring nearest to the frame's display matrix.

    The matrix takes x, y to a x + c y, b x + d y (ISO/IEC 14496-12, 6.2.2).
    """
    matrix: Any = frame.side_data.get("DISPLAYMATRIX")
    if matrix is None:
        return Turn()
    a, b, _, c, d = np.frombuffer(matrix, np.int32)[:5].tolist()
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return Turn(False, a < 0, d < 0)
    return Turn(True, c < 0, b < 0)


class PictureMaker:
    """Turns frames of one video into pictures: upright, pixels square, 8-bit, sRGB."""

    def __init__(self, aspect: Fraction) -> None:
        self._aspect = aspect
        self._turn: Turn | None = None
        # A reformatter keeps its tables from one frame to the next.
        self._full = VideoReformatter()
        self._small = VideoReformatter()

    def picture(self, frame: VideoFrame) -> Picture:
        """Return the frame at its full displayed size."""
        size_px = _stretched_size(frame, self._aspect)
        # Bilinear is faster, and wrong into 16 bits: libswscale 9 mixes the channels up.
        scaling = Interpolation.BICUBIC if is_wide(frame) else Interpolation.BILINEAR
        return self._upright(self._full, frame, size_px, scaling | _WHOLE_CHROMA)

    def proxy(self, frame: VideoFrame, long_side_px: int) -> Picture:
        """Return the frame with a longer side of so many pixels, never enlarged."""
        size_px = _stretched_size(frame, self._aspect)
        scale = min(1.0, long_side_px / max(size_px))
        width_px, height_px = (max(1, round(side_px * scale)) for side_px in size_px)
        return self._upright(self._small, frame, (width_px, height_px), Interpolation.AREA)

    def _upright(
        self,
        reformatter: VideoReformatter,
        frame: VideoFrame,
        size_px: tuple[int, int],
        interpolation: Interpolation,
    ) -> Picture:
        wide = is_wide(frame)
        converted = reformatter.reformat(
            frame,
            width=size_px[0],
            height=size_px[1],
            format="bgr48le" if wide else "bgr24",
            src_colorspace=_matrix(frame),
            interpolation=interpolation,
            threads=1,
        )
        levels: Any = converted.to_ndarray()
        picture = wide_to_srgb(levels, frame) if wide else levels
        # Asked of one frame only: a frame and its side data refer to each other, so frames
        # asked for it stay in memory until Python looks for such circles.
        self._turn = self._turn or upright_turn(frame)
        return _turned(picture, self._turn)


def encode_jpeg(picture: Picture, quality: int, *, half_chroma: bool = False) -> bytes:
    """Return a picture as a JPEG file whose colour is as fine as its light (4:4:4), or half."""
    sampling = (
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
        if half_chroma
        else cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444
    )
    settings = [
        cv2.IMWRITE_JPEG_QUALITY,
        quality,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        sampling,
    ]
    _, data = cv2.imencode(".jpg", picture, settings)
    return data.tobytes()


def _plane(frame: VideoFrame, sample_bytes: int) -> npt.NDArray[Any]:
    """Return the first plane without the padding of its lines."""
    plane: Any = frame.planes[0]
    levels = np.frombuffer(plane, np.dtype(f"u{sample_bytes}"))
    lines = levels.reshape(frame.height, abs(plane.line_size) // sample_bytes)
    return lines[:, : frame.width]


def _spread(frame: VideoFrame) -> float:
    full = frame.format.name.startswith(("yuvj", "gray")) or frame.color_range == ColorRange.JPEG
    return 1.0 if full else _SPREAD


def _matrix(frame: VideoFrame) -> Colorspace | None:
    """Return the matrix a frame was coded with; by its size where it does not say.

    The rule of players: high definition is BT.709, anything smaller BT.601.
    """
    if frame.colorspace == _UNKNOWN_MATRIX:
        return Colorspace.ITU709 if frame.height >= _HD_FROM_PX else Colorspace.ITU601
    return _MATRICES.get(frame.colorspace)


def _stretched_size(frame: VideoFrame, aspect: Fraction) -> tuple[int, int]:
    """Return the size with square pixels; the short side is stretched, so nothing is lost."""
    if aspect >= 1:
        return max(1, round(frame.width * aspect)), frame.height
    return frame.width, max(1, round(frame.height / aspect))


def _turned(picture: Picture, turn: Turn) -> Picture:
    if turn.transposed:
        picture = picture.swapaxes(0, 1)
    if turn.mirrored_x:
        picture = picture[:, ::-1]
    if turn.mirrored_y:
        picture = picture[::-1]
    return np.ascontiguousarray(picture)
