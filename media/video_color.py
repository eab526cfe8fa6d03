"""Wide-gamut and high dynamic range video as sRGB, for stills that any screen shows.

Phones record HLG by default. Its signal was made to look right on ordinary screens too (ITU-R
BT.2100-2, note 5c to table 5), so only its primaries are converted. PQ codes absolute light and
needs its highlights compressed.
"""

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorTrc

Levels = npt.NDArray[np.uint16]
"""Blue, green and red of 16 bits, of shape (height, width, 3)."""

_TO_BT709: dict[int, tuple[tuple[float, ...], ...]] = {
    ColorPrimaries.BT2020: (
        (1.660491, -0.587641, -0.072850),
        (-0.124550, 1.132900, -0.008349),
        (-0.018151, -0.100579, 1.118730),
    ),
    ColorPrimaries.SMPTE432: (
        (1.224940, -0.224940, 0.0),
        (-0.042057, 1.042057, 0.0),
        (-0.019638, -0.078636, 1.098274),
    ),
}
"""Linear red, green, blue to those of BT.709: ITU-R BT.2087-0 run backwards; Display P3."""
_DISPLAY_GAMMA = 2.4
"""ITU-R BT.1886."""
_WHITE_NITS = 203.0
"""Where PQ has diffuse white (ITU-R BT.2408-4, 2.2)."""
_PEAK = 1000.0 / _WHITE_NITS
"""The light that becomes the brightest level: 1000 nits, for which most HDR is graded."""
_STEPS = 4096
_STRIP_ROWS = 128


def is_wide(frame: VideoFrame) -> bool:
    """Whether a frame's colours have to be converted for an ordinary screen."""
    return frame.color_primaries in _TO_BT709 or frame.color_trc == ColorTrc.SMPTE2084


def wide_to_srgb(levels: Levels, frame: VideoFrame) -> npt.NDArray[np.uint8]:
    """Return such a frame's levels as 8-bit BT.709 blue, green, red; same shape."""
    srgb = np.empty(levels.shape, np.uint8)
    # In strips: the light of a whole 4K frame, as numbers with a fraction, takes 100 MB.
    for top in range(0, len(levels), _STRIP_ROWS):
        srgb[top : top + _STRIP_ROWS] = _converted(levels[top : top + _STRIP_ROWS], frame)
    return srgb


def _converted(levels: Levels, frame: VideoFrame) -> npt.NDArray[np.uint8]:
    pq = frame.color_trc == ColorTrc.SMPTE2084
    light = _light_table(pq)[levels >> 4]
    matrix = _TO_BT709.get(frame.color_primaries)
    if matrix is not None:
        light = cv2.transform(light, _for_bgr(matrix))
    light = np.clip(light, 0.0, _PEAK if pq else 1.0)
    if pq:
        # Reinhard et al., "Photographic tone reproduction for digital images", 2002, eq. 4.
        light = light * (1 + light / _PEAK**2) / (1 + light)
    coded = cv2.pow(np.asarray(light, np.float32), 1 / _DISPLAY_GAMMA)
    return np.asarray(cv2.convertScaleAbs(coded, alpha=255.0), dtype=np.uint8)


@cache
def _light_table(pq: bool) -> npt.NDArray[np.float32]:
    """Return the linear light of a level's upper 12 bits, 1 being diffuse white."""
    signal = np.arange(_STEPS) / (_STEPS - 1)
    light = _pq_light(signal) if pq else signal**_DISPLAY_GAMMA
    return light.astype(np.float32)


def _pq_light(signal: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """The reference PQ EOTF (ITU-R BT.2100-2, table 4)."""
    m1, m2 = 2610 / 16384, 2523 / 4096 * 128
    c1, c2, c3 = 3424 / 4096, 2413 / 4096 * 32, 2392 / 4096 * 32
    root = signal ** (1 / m2)
    nits = 10000 * (np.maximum(root - c1, 0) / (c2 - c3 * root)) ** (1 / m1)
    return nits / _WHITE_NITS


def _for_bgr(matrix: tuple[tuple[float, ...], ...]) -> npt.NDArray[np.float32]:
    """Return a matrix of red, green, blue as one of blue, green, red; OpenCV wants no view."""
    return np.ascontiguousarray(np.asarray(matrix, np.float32)[::-1, ::-1])
