"""A picture described without a trained network: by shape, by colour, and by local features."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from media.embeddings import VectorPart
from media.errors import EmptyMask, TooSmall

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

    from media.limits import MediaLimits

PARTS = (VectorPart("shape", 320, 0.7), VectorPart("color", 192, 0.3))
"""Who looks for something similar wants the same kind of thing first, then its colour."""
VERSION = "1"
"""Counts up whenever a picture would be described differently."""

_LEAST_PX = 16
_WHITE = (255, 255, 255)
_CUT_OUT = (0.002, 0.99)
"""Opaque shares between which a picture's alpha is the outline of a product."""


@dataclass(frozen=True)
class Description:
    """What is known of one picture."""

    shape: "NDArray[np.float32]" = field(repr=False)
    """(320,), length 1."""
    color: "NDArray[np.float32]" = field(repr=False)
    """(192,), length 1."""
    local_features: bytes = field(repr=False)
    """As `media.descriptors.local_features` packs them."""


def describe_picture(data: bytes, limits: "MediaLimits") -> Description:
    """Describe an encoded picture; for a media worker.

    The product is what is described, on whatever ground it lies; the same bytes give the same
    description. Raises TooSmall under 16 pixels, EmptyMask for a transparent picture, and
    what `media.images.open_image` raises.
    """
    import numpy as np

    from media.color import flatten
    from media.descriptors.colors import color_vector
    from media.descriptors.isolation import isolate
    from media.descriptors.local_features import LOOKED_AT_PX, find_local_features, pack
    from media.descriptors.shape import shape_vector
    from media.images import load_still

    still = load_still(data, limits, lambda size_px: min(1.0, LOOKED_AT_PX / max(size_px)))
    if min(still.size_px) < _LEAST_PX:
        raise TooSmall(
            f"The picture is {still.size_px[0]} x {still.size_px[1]} pixels; to find similar "
            f"ones it takes {_LEAST_PX} x {_LEAST_PX}. Upload a larger one."
        )
    alpha = _own_alpha(still.image)
    rgb = np.asarray(flatten(still.image, _WHITE))
    product = isolate(rgb, alpha)
    features = find_local_features(rgb)
    return Description(shape_vector(product), color_vector(product), pack(features))


def _own_alpha(image: "Image.Image") -> "NDArray[np.uint8] | None":
    """The picture's alpha where it tells a product from its surroundings, else None."""
    import numpy as np

    if image.mode != "RGBA":
        return None
    alpha = np.asarray(image.getchannel("A"))
    seen = float((alpha > 127).mean())
    if seen == 0:
        raise EmptyMask("The picture is transparent, or all but a trace of it.")
    return alpha if _CUT_OUT[0] < seen < _CUT_OUT[1] else None
