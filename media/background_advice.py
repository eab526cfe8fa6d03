"""Which plain colour to show a product on, from the colours it has."""

import cv2
import numpy as np

from media.frame_descriptors import FrameDescriptor
from media.product_views import BackgroundAdvice

_LIGHT, _SHADED = 95.0, 84.0
"""L of the tint behind most products, and behind light ones that would drown in it."""
_LIGHT_PRODUCT = 78.0
_TINT = 3.5
"""Chroma of the tint in Lab: seen beside white, not seen as a colour."""
_COLORLESS = 6.0
_WARM_HUE_DEG = 80.0


def advise_background(look: FrameDescriptor) -> BackgroundAdvice:
    """Return a light neutral tint of the hue opposite the product's, darker behind a light one.

    Opposite in Lab, so that the product's own colour is set off and not dyed; warm where the
    product has no colour of its own. Nothing is advised where the product was not found, and
    no scenes: those need someone who knows what the product is.
    """
    if look.silhouette is None:
        return BackgroundAdvice()
    lightness, a, b = np.median(look.lab[look.silhouette], axis=0)
    hue = np.radians(_WARM_HUE_DEG)
    if np.hypot(a, b) > _COLORLESS:
        hue = np.arctan2(b, a) + np.pi
    level = _SHADED if lightness > _LIGHT_PRODUCT else _LIGHT
    tint = np.asarray([[[level, _TINT * np.cos(hue), _TINT * np.sin(hue)]]], np.float32)
    rgb = cv2.cvtColor(tint, cv2.COLOR_Lab2RGB)[0, 0]
    red, green, blue = (round(255 * float(np.clip(channel, 0, 1))) for channel in rgb)
    return BackgroundAdvice(solid_color=f"#{red:02x}{green:02x}{blue:02x}")
