"""What kind of room a photo shows, said only where simple signs are honest ones."""

import numpy as np
from numpy.typing import NDArray

from media.rooms.vocabulary import UNKNOWN, RoomType

_OUTDOOR: RoomType = "outdoor"
_SKY_SHARE, _GREEN_SHARE = 0.4, 0.15


def guessed_room_type(lab: NDArray[np.float32]) -> str:
    """`outdoor` under a sky and over something green, else `unknown`.

    `lab` is CIE Lab (height, width, 3). A bathroom and a bedroom differ in what stands in them,
    which no colour tells.
    """
    third = max(1, lab.shape[0] // 3)
    sky = (lab[..., 0] > 45) & (lab[..., 2] < -8) & (np.abs(lab[..., 1]) < 14)
    green = (lab[..., 1] < -5) & (lab[..., 2] > 8)
    is_outdoor = sky[:third].mean() > _SKY_SHARE and green[third:].mean() > _GREEN_SHARE
    return _OUTDOOR if is_outdoor else UNKNOWN
