"""Pictures as vision models of the CLIP family want to see them; for media workers.

The sizes and crops are those of torchvision's `Resize` and `CenterCrop`, as OpenCLIP composes
them; large pictures are shrunk to twice the size first, which costs a part of the time and
memory and moves no level by more than a few.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from media.limits import MediaLimits

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PAPER = (255, 255, 255)
_MARGIN = 2.0
"""How much larger than needed a picture is at least when it is resampled for good."""


@dataclass(frozen=True)
class TensorShape:
    """The size of picture that a model sees, and how others are made to fit."""

    width_px: int
    height_px: int
    fit: Literal["shortest", "squash"]
    """`shortest` cuts what is too much at the longer sides; `squash` shows all, distorted."""
    resampling: Literal["bicubic", "bilinear"] = "bicubic"

    def resized_px(self, size_px: tuple[int, int]) -> tuple[int, int]:
        """What a picture of a size is resized to, before anything is cut."""
        if self.fit == "squash":
            return self.width_px, self.height_px
        width, height = size_px
        if self.width_px * height >= self.height_px * width:
            return self.width_px, max(self.height_px, self.width_px * height // width)
        return max(self.width_px, self.height_px * width // height), self.height_px


def picture_tensor(picture: bytes, shape: TensorShape, limits: MediaLimits) -> "NDArray[np.uint8]":
    """The picture as RGB levels, shape (height_px, width_px, 3), upright, sRGB, on white.

    Raises the refusals of a picture that cannot be decoded.
    """
    import numpy as np
    from PIL import Image

    from media.color import flatten
    from media.images import load_still

    def needed_scale(size_px: tuple[int, int]) -> float:
        goal_px = shape.resized_px(size_px)
        return _MARGIN * max(goal_px[0] / size_px[0], goal_px[1] / size_px[1])

    still = load_still(picture, limits, needed_scale)
    goal_px = shape.resized_px(still.size_px)
    method = Image.Resampling[shape.resampling.upper()]
    whole = flatten(still.image, _PAPER).resize(goal_px, method)
    left = round((goal_px[0] - shape.width_px) / 2)
    top = round((goal_px[1] - shape.height_px) / 2)
    seen = whole.crop((left, top, left + shape.width_px, top + shape.height_px))
    return np.asarray(seen)
