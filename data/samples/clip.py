"""A phone's clip of a product: it turns, the camera follows, and focuses now and then."""

from collections.abc import Sequence
from io import BytesIO

import av
import numpy as np
from PIL import Image, ImageFilter

FRAMES_PER_SECOND = 12
_BLUR_PX = 3.0


def hand_held(pictures: Sequence[Image.Image]) -> bytes:
    """Return pictures of one size as an MP4 that lasts a second for every twelve.

    Of each second one frame is in focus; the others are blurred the more the farther they are
    from it in time, and shifted by an unsteady hand.
    """
    written = BytesIO()
    with av.open(written, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=FRAMES_PER_SECOND)
        stream.width, stream.height = pictures[0].size
        stream.pix_fmt = "yuv420p"
        # One thread and no note of the encoder: the same pictures are the same bytes.
        stream.codec_context.thread_count = 1
        stream.options = {"crf": "24", "preset": "slow", "flags": "+bitexact"}
        container.metadata["comment"] = ""
        for number, picture in enumerate(pictures):
            for packet in stream.encode(av.VideoFrame.from_image(_seen(picture, number))):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return written.getvalue()


def _seen(picture: Image.Image, number: int) -> Image.Image:
    second, place = divmod(number, FRAMES_PER_SECOND)
    sharpest = np.random.default_rng(second).integers(2, FRAMES_PER_SECOND - 2)
    away = abs(place - int(sharpest)) / FRAMES_PER_SECOND
    if away:
        picture = picture.filter(ImageFilter.GaussianBlur(_BLUR_PX * min(1.0, 0.4 + away)))
    sway = round(3 * np.sin(number * 0.7)), round(2 * np.cos(number * 0.45))
    return Image.fromarray(np.roll(np.asarray(picture), sway, axis=(1, 0)))
