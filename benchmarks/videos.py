"""Finding a clip's best frames, against decoding it alone and against a folder of PNG files.

The clips are made here: a textured picture under a moving camera, at the bit rate of a phone.
CPU is that of all threads of this process; figures are the best of several turns, so that what
else the machine does counts least. Wall time says something on idle cores only. Memory is
that of a process of its own, limited as a worker is.
"""

import multiprocessing
import pickle
import resource
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from benchmarks.report import Line, print_section
from media.frame_scores import Grey, half_size, motion, motion_picture, sharpness
from media.limits import VideoLimits
from media.video_decoding import THREADS
from media.video_frames import ScoringOptions, score_video
from resources.process_memory import keep_one_arena

FPS = 30
SHORT_S = 10
LONG_S = 40
LOOPS = 3
"""How many times longer than the long clip the longest is, for memory."""
SAMPLED_FPS = 10.0
REPETITIONS = 4
CPU_TARGET = 1.8
WALL_TARGET = 1.3
PNG_TARGET = 6.0
MEMORY_TARGET_MB = 400
FLAT_RATIO = 1.1

_WORKER_BYTES = 1_000_000_000
_HD, _UHD = (1920, 1080), (3840, 2160)
_HD_BIT_RATE, _UHD_BIT_RATE = 17_000_000, 48_000_000


@dataclass(frozen=True)
class Took:
    """Seconds of one way to go through a clip."""

    cpu_s: float
    wall_s: float


def videos(workspace: Path) -> None:
    """Speed at 1080p for two lengths, and peak memory at 1080p and 4K."""
    short = _make_clip(workspace / "short.mp4", _HD, SHORT_S * FPS, FPS, _HD_BIT_RATE)
    long = _repeated(short, workspace / "long.mp4", LONG_S // SHORT_S)
    print_section(f"Best frames of {SHORT_S} s of 1080p", _speed(short) + _png(short, workspace))
    print_section(f"Best frames of {LONG_S} s of 1080p", _speed(long))
    print_section(
        "Peak memory of a worker with 1 GB of address space", _memory(workspace, short, long)
    )


def _speed(clip: Path) -> list[Line]:
    decode, ours = _best_of_turns(lambda: _decode(clip), lambda: _score(clip, None))
    return [
        _times("decode only", decode),
        _times("every frame scored", ours),
        Line.at_most("ours / decode, CPU", ours.cpu_s / decode.cpu_s, CPU_TARGET, "x"),
        Line.at_most("ours / decode, wall", ours.wall_s / decode.wall_s, WALL_TARGET, "x"),
    ]


def _png(clip: Path, workspace: Path) -> list[Line]:
    """Once is enough for what takes so long."""
    (ours,) = _best_of_turns(lambda: _score(clip, SAMPLED_FPS))
    png = _timed(lambda: _png_way(clip, workspace / "png"))
    return [
        _times(f"{SAMPLED_FPS:g} frames/s scored", ours),
        _times(f"{SAMPLED_FPS:g} frames/s as PNG files", png),
        Line.at_least("PNG files / ours, CPU", png.cpu_s / ours.cpu_s, PNG_TARGET),
    ]


def _memory(workspace: Path, short: Path, long: Path) -> list[Line]:
    longest = _repeated(long, workspace / "longest.mp4", LOOPS)
    # Two frames a second: as many chosen frames are held as there can be, from a small clip.
    uhd = _make_clip(workspace / "uhd.mp4", _UHD, 60, 2, _UHD_BIT_RATE // 4)
    peaks = {clip: _peak_mb(clip) for clip in (short, long, longest, uhd)}
    return [
        Line.at_most(f"1080p, {SHORT_S} s", peaks[short], MEMORY_TARGET_MB, "MB"),
        Line.at_most(f"1080p, {LONG_S} s", peaks[long], MEMORY_TARGET_MB, "MB"),
        Line.at_most(f"1080p, {LOOPS * LONG_S} s", peaks[longest], MEMORY_TARGET_MB, "MB"),
        Line.at_most("longest / long", peaks[longest] / peaks[long], FLAT_RATIO, "x"),
        Line.at_most("4K, 30 s", peaks[uhd], MEMORY_TARGET_MB, "MB"),
    ]


def _best_of_turns(*ways: Callable[[], None]) -> list[Took]:
    """The least CPU and wall each way took, run in turns."""
    turns = [[_timed(way) for way in ways] for _ in range(REPETITIONS)]
    return [
        Took(min(took.cpu_s for took in own), min(took.wall_s for took in own))
        for own in zip(*turns, strict=True)
    ]


def _timed(way: Callable[[], None]) -> Took:
    cpu_s, wall_s = time.process_time(), time.perf_counter()
    way()
    return Took(time.process_time() - cpu_s, time.perf_counter() - wall_s)


def _times(what: str, took: Took) -> Line:
    return Line(what, f"{took.cpu_s:.2f} CPU-s, {took.wall_s:.2f} s")


def _decode(clip: Path) -> None:
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = THREADS
        for _ in container.decode(stream):
            pass


def _score(clip: Path, fps: float | None) -> None:
    score_video(clip, VideoLimits(), ScoringOptions(fps=fps))


def _png_way(clip: Path, folder: Path) -> None:
    """Every sample is written with ffmpeg's own PNG encoder, read back and scored."""
    folder.mkdir()
    step = round(FPS / SAMPLED_FPS)
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = THREADS
        for number, frame in enumerate(container.decode(stream)):
            if number % step == 0:
                frame.save(folder / f"{number:06}.png")
    before: Grey | None = None
    for path in sorted(folder.iterdir()):
        grey = np.asarray(cv2.imread(str(path), cv2.IMREAD_GRAYSCALE), np.uint8)
        sharpness(grey)
        after = motion_picture(half_size(grey))
        motion(before, after)
        before = after
    shutil.rmtree(folder)


def _peak_mb(clip: Path) -> float:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_score_in_worker, (clip,)) / 1e6


def _score_in_worker(clip: Path) -> int:
    """Peak resident bytes of this process after scoring; what it was forked from is left out."""
    keep_one_arena()
    resource.setrlimit(resource.RLIMIT_AS, (_WORKER_BYTES, _WORKER_BYTES))
    # What was found is sent to the process that asked.
    pickle.dumps(score_video(clip, VideoLimits(), ScoringOptions()))
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM:"))


def _make_clip(path: Path, size_px: tuple[int, int], frames: int, fps: int, bit_rate: int) -> Path:
    width_px, height_px = size_px
    scene = _scene(width_px * 3 // 2, height_px * 3 // 2)
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(
            "libx264", rate=fps, options={"preset": "veryfast", "g": str(fps)}
        )
        stream.width, stream.height, stream.pix_fmt = width_px, height_px, "yuv420p"
        stream.bit_rate = bit_rate
        for number in range(frames):
            left = round(width_px / 4 * (1 + np.sin(number / 60)))
            top = round(height_px / 4 * (1 + np.cos(number / 45)))
            view = scene[top : top + height_px, left : left + width_px]
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(view), format="bgr24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def _scene(width_px: int, height_px: int) -> Grey:
    """Coarse colours and fine grain, blue, green and red."""
    random = np.random.default_rng(1)
    coarse = random.integers(0, 255, (40, 60, 3), dtype=np.uint8)
    fine = random.integers(0, 255, (height_px, width_px, 3), dtype=np.uint8)
    colors = cv2.resize(coarse, (width_px, height_px), interpolation=cv2.INTER_CUBIC)
    grain = cv2.GaussianBlur(fine, (0, 0), 0.8)
    return np.asarray(cv2.addWeighted(colors, 0.6, grain, 0.4, 0), np.uint8)


def _repeated(clip: Path, path: Path, times: int) -> Path:
    """The clip's packets several times over: longer, and not encoded again."""
    with av.open(str(path), "w") as target:
        stream: Any = None
        offset = 0
        for _ in range(times):
            with av.open(str(clip)) as source:
                pictures = source.streams.video[0]
                stream = stream or target.add_stream_from_template(pictures)
                for packet in source.demux(pictures):
                    if packet.dts is None or packet.pts is None:
                        continue
                    packet.pts, packet.dts = packet.pts + offset, packet.dts + offset
                    packet.stream = stream
                    target.mux(packet)
                tick = pictures.time_base or Fraction(1)
                offset += round(Fraction(pictures.frames, FPS) / tick)
    return path
