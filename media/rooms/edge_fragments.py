"""Short pieces of the straight edges of a picture, and what lies across each of them.

A room's structure is its long straight edges: where walls meet each other, the floor and the
ceiling, around doors and windows. What lies across an edge is described by how strongly and which
way brightness changes at every step along the edge's normal, relative to the neighbourhood, so
that another exposure, light or white balance leaves it nearly as it is.
"""

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.line_segments import Segments

Floats = NDArray[np.float32]
Grey = NDArray[np.uint8]

FRAGMENT_PX = 16.0
"""Length of a piece at most."""

_STEPS_ALONG = 7
_SMOOTHED_PX = 1.0
_NEIGHBOURHOOD_PX = 14.0
_LEVEL_OFFSET = 12.0
"""Added to levels before their logarithm, so that the noise of shadows stays small."""
_FAINT = 0.012
"""Change of log level per pixel that is as likely noise as an edge."""


@dataclass(frozen=True)
class Fragments:
    """Pieces of straight edges; all arrays have one entry a piece."""

    middles_px: Floats
    """(count, 2): x to the right, y down from the upper left corner."""
    angles_rad: Floats
    """Direction of the edge, 0 along x, positive towards y."""
    lengths_px: Floats

    def part(self, chosen: NDArray[np.bool_]) -> "Fragments":
        """Only the chosen ones."""
        return Fragments(self.middles_px[chosen], self.angles_rad[chosen], self.lengths_px[chosen])


def fragments_of(segments: Segments, width_px: int, height_px: int) -> Fragments:
    """The segments of a picture of that size, cut into pieces none longer than `FRAGMENT_PX`."""
    counts = np.ceil(segments.lengths_px / FRAGMENT_PX).astype(int)
    owners = np.repeat(np.arange(len(counts)), counts)
    firsts = np.repeat(np.cumsum(counts) - counts, counts)
    lengths = segments.lengths_px[owners] / counts[owners]
    steps = (np.arange(len(owners)) - firsts + 0.5 - counts[owners] / 2) * lengths
    directions = segments.directions[owners]
    middles = segments.middles[owners] + steps[:, None] * directions
    return Fragments(
        middles_px=(middles + np.array([width_px, height_px]) / 2).astype(np.float32),
        angles_rad=np.arctan2(directions[:, 1], directions[:, 0]).astype(np.float32),
        lengths_px=lengths.astype(np.float32),
    )


def edge_strengths(grey: Grey) -> Floats:
    """How strongly each pixel of a picture is an edge, and which way: (rows, columns, 3).

    The first channel is the strength, about 0 where nothing is and 1 and more at an edge that
    stands out in its neighbourhood. The others are strength times cosine and sine of twice the
    direction of change: the same for light to dark as for dark to light.
    """
    level = np.log(grey.astype(np.float32) + np.float32(_LEVEL_OFFSET))
    level = cv2.GaussianBlur(level, (0, 0), _SMOOTHED_PX)
    across = cv2.Scharr(level, cv2.CV_32F, 1, 0, scale=1 / 32)
    down = cv2.Scharr(level, cv2.CV_32F, 0, 1, scale=1 / 32)
    change = np.hypot(across, down)
    usual = cv2.GaussianBlur(change, (0, 0), _NEIGHBOURHOOD_PX)
    strength = change / (usual + np.float32(_FAINT))
    steep = np.maximum(change, np.float32(1e-6))
    cosine, sine = across / steep, down / steep
    doubled = (strength, strength * (cosine**2 - sine**2), strength * 2 * cosine * sine)
    return np.asarray(np.stack(doubled, axis=-1), np.float32)


def profiles(field: Floats, fragments: Fragments, reach_px: int) -> Floats:
    """Edge strength at each whole step across each piece: (count, 2 * `reach_px` + 1).

    Only changes across the piece count. Column `reach_px` is on the piece itself; outside the
    picture there is nothing.
    """
    normal_rad = fragments.angles_rad + np.float32(math.pi / 2)
    across = np.arange(-reach_px, reach_px + 1, dtype=np.float32)[None, :, None]
    part = np.linspace(-0.5, 0.5, _STEPS_ALONG, dtype=np.float32)[None, None, :]
    along = part * fragments.lengths_px[:, None, None]
    cosine, sine = (np.asarray(each)[:, None, None] for each in _turns(fragments.angles_rad))
    middles = fragments.middles_px[:, :, None, None] - np.float32(0.5)
    x = middles[:, 0] + along * cosine - across * sine
    y = middles[:, 1] + along * sine + across * cosine
    sampled = cv2.remap(
        field,
        np.asarray(x.reshape(len(x), -1), np.float32),
        np.asarray(y.reshape(len(x), -1), np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
    ).reshape(*x.shape, 3)
    mean = sampled.mean(axis=2)
    cosine2, sine2 = (np.asarray(each)[:, None] for each in _turns(2 * normal_rad))
    return np.asarray((mean[..., 0] + mean[..., 1] * cosine2 + mean[..., 2] * sine2) / 2)


def _turns(angles_rad: Floats) -> tuple[Floats, Floats]:
    return np.cos(angles_rad), np.sin(angles_rad)
