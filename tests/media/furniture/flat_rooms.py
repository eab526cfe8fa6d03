"""The plainest room: grey floor, white walls, a bright window at one side; any size."""

import numpy as np
from numpy.typing import NDArray

from media.rooms.camera import RoomCamera
from media.rooms.survey import RoomSurvey
from tests.media.furniture.true_surveys import bare_survey, layout_of

Pixels = NDArray[np.uint8]

LEFT_M, RIGHT_M, BACK_M = -2.4, 2.4, 5.2


def flat_survey(width_px: int = 600, height_px: int = 400) -> RoomSurvey:
    """An empty room, seen straight on."""
    camera = RoomCamera(width_px, height_px, 0.62 * width_px, pitch_rad=0.09)
    return bare_survey(layout_of(camera, LEFT_M, RIGHT_M, BACK_M))


def flat_photo(survey: RoomSurvey, window_on_left: bool = True) -> Pixels:
    """What that room looks like: floor 120, walls 200, the window 250."""
    camera = survey.layout.camera
    rays = camera.rays()
    reach = np.where(rays[..., 1] < 0, camera.height_m / np.maximum(-rays[..., 1], 1e-6), np.inf)
    x, z = rays[..., 0] * np.minimum(reach, 99), rays[..., 2] * np.minimum(reach, 99)
    on_floor = (x > LEFT_M) & (x < RIGHT_M) & (z < BACK_M) & np.isfinite(reach)
    photo = np.where(on_floor[..., None], 120, 200).astype(np.uint8).repeat(3, axis=-1)
    rows, columns = slice(camera.height_px // 5, camera.height_px // 2), camera.width_px // 12
    photo[rows, :columns] = 250 if window_on_left else photo[rows, :columns]
    if not window_on_left:
        photo[rows, -columns:] = 250
    return photo
