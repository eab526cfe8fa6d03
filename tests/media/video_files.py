"""Small video files for the tests, encoded by PyAV."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.video.reformatter import Colorspace

Picture = npt.NDArray[np.uint8]
"""Red, green, blue."""

_CLOCK = Fraction(1, 90_000)
_MATRICES = {
    "bt709": Colorspace.ITU709,
    "smpte170m": Colorspace.ITU601,
    "bt2020": Colorspace.BT2020,
}
_KEY = {
    "encryption_scheme": "cenc-aes-ctr",
    "encryption_key": "00112233445566778899aabbccddeeff",
    "encryption_kid": "ffeeddccbbaa99887766554433221100",
}


def write_clip(
    path: Path,
    pictures: Sequence[Picture],
    *,
    fps: float = 30,
    times_s: Sequence[float] | None = None,
    codec: str = "libx264",
    pixels: str = "yuv420p",
    rotation_deg: int = 0,
    mirrored: bool = False,
    aspect: Fraction | None = None,
    matrix: str | None = None,
    light: tuple[int, int] | None = None,
    sound_s: float = 0,
    options: dict[str, str] | None = None,
    codec_options: dict[str, str] | None = None,
) -> Path:
    """Encode the pictures, all of one size; `times_s` are their times where not even.

    `matrix` is what the colours are coded with, and is not written into the file; `light` is,
    the code points of primaries and transfer of ITU-T H.273.
    `rotation_deg` is how far a player turns them clockwise. `sound_s` adds seconds of silence.
    """
    with av.open(str(path), "w", options=options or {}) as container:
        rate = Fraction(fps).limit_denominator(1001)
        stream: Any = container.add_stream(codec, rate=rate, options=codec_options or {})
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = pixels
        stream.codec_context.time_base = _CLOCK if times_s else 1 / rate
        if light:
            context = stream.codec_context
            context.color_primaries, context.color_trc = light
            context.colorspace = 9
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        if rotation_deg or mirrored:
            stream.set_display_rotation(-rotation_deg, hflip=mirrored)
        sound: Any = container.add_stream("aac", rate=48_000) if sound_s else None
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            if matrix:
                space = _MATRICES[matrix]
                frame = frame.reformat(format=pixels, dst_colorspace=space)
            frame.pts = round(times_s[number] / _CLOCK) if times_s else number
            frame.time_base = stream.codec_context.time_base
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
        if sound is not None:
            _write_silence(container, sound, sound_s)
    return path


def write_encrypted_clip(path: Path, pictures: Sequence[Picture]) -> Path:
    """A clip under Common Encryption."""
    return write_clip(path, pictures, options=_KEY)


def write_sound(path: Path, duration_s: float = 1.0) -> Path:
    """A file of silence, without pictures."""
    with av.open(str(path), "w") as container:
        _write_silence(container, container.add_stream("aac", rate=48_000), duration_s)
    return path


def textured(width_px: int = 320, height_px: int = 180, seed: int = 3) -> Picture:
    """Fine and coarse detail in colour; as sharp as a picture can be encoded."""
    random = np.random.default_rng(seed)
    coarse = random.integers(0, 255, (height_px // 20 + 2, width_px // 20 + 2, 3), dtype=np.uint8)
    smooth = cv2.resize(coarse, (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    fine = random.integers(0, 255, (height_px // 2, width_px // 2, 3), dtype=np.uint8)
    grain = cv2.resize(fine, (width_px, height_px), interpolation=cv2.INTER_NEAREST)
    return np.asarray(cv2.addWeighted(smooth, 0.7, grain, 0.3, 0), dtype=np.uint8)


def blurred(picture: Picture, sigma_px: float = 4.0) -> Picture:
    """The picture out of focus."""
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma_px), dtype=np.uint8)


def drifting(
    frames: int, sharp: Iterable[int] | None = None, width_px: int = 320, height_px: int = 180
) -> list[Picture]:
    """A texture that drifts by two pixels a frame, out of focus but in the `sharp` frames."""
    kept = set(range(frames) if sharp is None else sharp)
    wide = textured(width_px + 2 * frames, height_px)
    views = (wide[:, 2 * n : 2 * n + width_px] for n in range(frames))
    return [
        np.ascontiguousarray(view) if n in kept else blurred(np.ascontiguousarray(view))
        for n, view in enumerate(views)
    ]


def _write_silence(container: Any, sound: Any, duration_s: float) -> None:
    samples = 1024
    for number in range(round(duration_s * 48_000 / samples)):
        frame = av.AudioFrame.from_ndarray(
            np.zeros((2, samples), np.float32), format="fltp", layout="stereo"
        )
        frame.sample_rate, frame.pts = 48_000, number * samples
        container.mux(sound.encode(frame))
    container.mux(sound.encode())
