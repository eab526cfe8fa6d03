"""The light of a photo: where it comes from, how bright and of what colour it is.

The brightest part of the photo is taken to be the window or lamp. Its place in the room is
where the ray towards its middle meets the box of the layout.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from media.rooms.layout import RoomLayout

Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Vector = NDArray[np.float64]

_SMALL_PX = 240
_PAINT_WHITE = 0.72
"""Share of light that a white wall gives back; the brightest unclipped part is taken for one."""
_LOWEST, _HIGHEST = np.radians(26), np.radians(58)
"""The light's height above the horizon, so that shadows are neither endless nor hidden."""


@dataclass(frozen=True)
class Daylight:
    """What falls on the furniture, in linear light where 1 is the photo's white."""

    toward: Vector
    """Unit vector (3,) from the room's middle to the light."""
    color: Floats
    """Colour of the light (3,), with how bright it is: white furniture gets about this."""
    floor_color: Floats
    """Mean colour (3,) of the floor, which throws light back up."""
    noise: float
    """Standard deviation of the photo's grain in 8-bit levels."""
    blurred: Floats
    """The photo small and soft, linear (rows, columns, 3): what mirrors show."""


def linear(levels: NDArray[np.uint8] | Floats) -> Floats:
    """Linear light 0 to 1 of sRGB levels 0 to 255 (IEC 61966-2-1)."""
    share = np.asarray(levels, np.float32) / 255
    return np.asarray(
        np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4), np.float32
    )


def encoded(light: Floats) -> Floats:
    """sRGB levels 0 to 255, as floats, of linear light; more than white is white."""
    light = np.clip(light, 0, 1)
    curve = 1.055 * np.power(light, np.float32(1 / 2.4), dtype=np.float32) - 0.055
    return np.asarray(255 * np.where(light <= 0.0031308, 12.92 * light, curve), np.float32)


def read_daylight(photo: Pixels, layout: RoomLayout) -> Daylight:
    """Read the light off a photo (height, width, 3) of the room of a layout."""
    height, width = photo.shape[:2]
    scale = min(1.0, _SMALL_PX / max(height, width))
    size = (max(8, round(width * scale)), max(8, round(height * scale)))
    small = np.asarray(cv2.resize(photo, size, interpolation=cv2.INTER_AREA), np.uint8)
    light = linear(small)
    luma = np.asarray(light @ np.array([0.2126, 0.7152, 0.0722], np.float32), np.float32)
    camera = layout.camera.scaled_to(*size)
    rays = camera.rays()[: size[1], : size[0]]
    return Daylight(
        toward=_toward(luma, rays, layout),
        color=_white(light, luma),
        floor_color=_floor(light, rays, layout),
        noise=_grain(photo),
        blurred=np.asarray(cv2.GaussianBlur(light, (0, 0), 0.02 * max(size)), np.float32),
    )


def _toward(luma: Floats, rays: Vector, layout: RoomLayout) -> Vector:
    """From a place on the floor in the middle of the view to the brightest part of the photo."""
    soft = cv2.GaussianBlur(luma, (0, 0), 2.0)
    weight = np.maximum(soft - np.percentile(soft, 96), 0) * (rays[..., 1] > -0.35)
    if weight.sum() <= 1e-6:
        weight = np.ones_like(soft)
    ray = (rays * weight[..., None]).sum(axis=(0, 1)) / weight.sum()
    reach = min(
        _reach(ray[0], layout.left_m, layout.right_m),
        _reach(ray[2], 0.0, layout.back_m),
        _reach(ray[1], -layout.camera.height_m, 2.6 - layout.camera.height_m),
    )
    place = layout.camera.position_m + ray * reach
    middle = np.array([(layout.left_m + layout.right_m) / 2, 0.5, 0.6 * layout.back_m])
    toward = place - middle
    level = float(np.hypot(toward[0], toward[2]))
    rise = np.clip(np.arctan2(toward[1] + 0.5, max(level, 1e-6)), _LOWEST, _HIGHEST)
    flat = np.array([toward[0], toward[2]]) / max(level, 1e-6)
    # Light from straight behind would leave everything that is seen in the dark.
    flat[1] = min(flat[1], 0.35)
    flat /= max(float(np.hypot(*flat)), 1e-6)
    return np.array([flat[0] * np.cos(rise), np.sin(rise), flat[1] * np.cos(rise)])


def _reach(along: float, low: float, high: float) -> float:
    """How far a ray goes along one axis before it meets one of two walls."""
    if abs(along) < 1e-6:
        return 1e3
    return max(0.1, (high if along > 0 else low) / along)


def _white(light: Floats, luma: Floats) -> Floats:
    """The light's colour from the bright but unclipped part, half as tinted as that looks."""
    usable = light.max(axis=-1) < 0.97
    if usable.sum() < 50:
        usable = np.ones_like(usable)
    low, high = np.percentile(luma[usable], [62, 92])
    bright = light[usable & (luma >= low) & (luma <= max(high, low))]
    mean = bright.mean(axis=0) if len(bright) else np.ones(3, np.float32)
    level = float(np.clip(np.percentile(luma[usable], 84) / _PAINT_WHITE, 0.06, 1.2))
    tint = mean / max(float(mean.mean()), 1e-4)
    return np.asarray(level * np.clip(tint, 0.6, 1.5) ** 0.6, np.float32)


def _floor(light: Floats, rays: Vector, layout: RoomLayout) -> Floats:
    down = rays[..., 1] < -1e-3
    reach = layout.camera.height_m / np.maximum(-rays[..., 1], 1e-3)
    x, z = rays[..., 0] * reach, rays[..., 2] * reach
    inside = down & (x > layout.left_m) & (x < layout.right_m) & (z < layout.back_m)
    if inside.sum() < 20:
        return np.full(3, 0.3, np.float32)
    return np.asarray(light[inside].mean(axis=0), np.float32)


def _grain(photo: Pixels) -> float:
    """Noise of the green channel by Immerkaer, "Fast noise variance estimation", CVIU 1996.

    The median over blocks instead of the mean, so that edges and texture do not count.
    """
    height, width = photo.shape[:2]
    top, left = max(0, height // 2 - 400), max(0, width // 2 - 400)
    green = np.asarray(photo[top : top + 800, left : left + 800, 1], np.float32)
    kernel = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32)
    response = np.abs(cv2.filter2D(green, -1, kernel))
    rows, columns = response.shape[0] // 16, response.shape[1] // 16
    if rows == 0 or columns == 0:
        return 1.0
    blocks = response[: rows * 16, : columns * 16].reshape(rows, 16, columns, 16)
    typical = float(np.percentile(blocks.mean(axis=(1, 3)), 30))
    return float(np.clip(typical * np.sqrt(np.pi / 2) / 6, 0.3, 6.0))
