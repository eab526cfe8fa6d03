"""Probing videos: what they are, and why some are not taken."""

import struct
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from media.errors import (
    CorruptMedia,
    EmptyFile,
    EncryptedMedia,
    IncompleteMedia,
    NoVideoStream,
    Refusal,
    TooLarge,
    TooLong,
    UnsupportedType,
    ZeroDuration,
)
from media.limits import VideoLimits
from media.videos import VideoFacts, probe_video
from tests.media.video_files import drifting, write_clip, write_encrypted_clip, write_sound

LIMITS = VideoLimits()


def probe(path: Path, limits: VideoLimits = LIMITS) -> VideoFacts:
    return probe_video(path, limits)


def cut(path: Path, share: float) -> Path:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    return path


def with_declared_ms(data: bytes, duration_ms: float) -> bytes:
    """A Matroska file with another Duration, which is a float of 8 bytes."""
    at = data.index(b"\x44\x89\x88") + 3
    return data[:at] + struct.pack(">d", duration_ms) + data[at + 8 :]


@pytest.mark.parametrize(
    ("name", "media_format", "codec", "decoder"),
    [
        ("clip.mp4", "mp4", "libx264", "h264"),
        ("clip.mov", "mov", "libx264", "h264"),
        ("clip.mkv", "mkv", "libx265", "hevc"),
        ("clip.webm", "webm", "libvpx-vp9", "vp9"),
        ("clip.avi", "avi", "mpeg4", "mpeg4"),
        ("clip.ts", "ts", "libx264", "h264"),
        ("clip.mpg", "mpeg", "mpeg2video", "mpeg2video"),
        ("clip.flv", "flv", "flv", "flv"),
        ("clip.wmv", "wmv", "wmv2", "wmv2"),
    ],
)
def test_facts_of_every_container(
    tmp_path: Path, name: str, media_format: str, codec: str, decoder: str
) -> None:
    path = write_clip(tmp_path / name, drifting(50), fps=25, codec=codec)
    facts = probe(path)
    assert (facts.format, facts.kind, facts.codec) == (media_format, "video", decoder)
    assert (facts.width_px, facts.height_px, facts.rotation_deg) == (320, 180, 0)
    assert facts.duration_s == pytest.approx(2.0, abs=0.05)
    assert facts.fps == pytest.approx(25, abs=0.6)
    assert facts.frames == 50


def test_the_name_says_nothing(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", drifting(10))
    assert probe(path.rename(tmp_path / "clip.txt")).format == "mkv"


@pytest.mark.parametrize(
    ("rotation_deg", "size_px"),
    [(0, (320, 180)), (90, (180, 320)), (180, (320, 180)), (270, (180, 320))],
)
def test_sizes_are_upright(tmp_path: Path, rotation_deg: int, size_px: tuple[int, int]) -> None:
    facts = probe(write_clip(tmp_path / "a.mp4", drifting(10), rotation_deg=rotation_deg))
    assert (facts.width_px, facts.height_px) == size_px
    assert facts.rotation_deg == rotation_deg


def test_sizes_have_square_pixels(tmp_path: Path) -> None:
    wide = probe(write_clip(tmp_path / "a.mp4", drifting(10), aspect=Fraction(4, 3)))
    assert (wide.width_px, wide.height_px) == (427, 180)
    tall = probe(write_clip(tmp_path / "b.mp4", drifting(10), aspect=Fraction(1, 2)))
    assert (tall.width_px, tall.height_px) == (320, 360)
    absurd = probe(write_clip(tmp_path / "c.mp4", drifting(10), aspect=Fraction(100)))
    assert (absurd.width_px, absurd.height_px) == (320, 180)


def test_variable_rates_have_their_average(tmp_path: Path) -> None:
    times_s = [0.0, 0.1, 0.15, 0.8, 0.9, 1.5, 1.6, 1.9]
    facts = probe(write_clip(tmp_path / "a.mkv", drifting(8), times_s=times_s))
    assert facts.frames == 8
    assert facts.duration_s == pytest.approx(2.0, abs=0.3)
    assert facts.fps == pytest.approx(4.0, abs=0.7)


@pytest.mark.parametrize("name", ["clip.mp4", "clip.mkv", "clip.webm", "clip.avi", "clip.flv"])
def test_cut_files_are_refused(tmp_path: Path, name: str) -> None:
    codec = {"webm": "libvpx-vp9", "avi": "mpeg4", "flv": "flv"}.get(name[5:], "libx264")
    # The index of an MP4 goes first, as for the web: behind the pictures it would be missing.
    options = {"movflags": "faststart"} if name == "clip.mp4" else None
    path = write_clip(tmp_path / name, drifting(120), codec=codec, options=options)
    assert probe(path).frames == 120
    with pytest.raises(IncompleteMedia, match=r"ends after [0-3]\.\d of 4\.0 seconds"):
        probe(cut(path, 0.5))


def test_a_cut_file_whose_index_was_behind_is_corrupt(tmp_path: Path) -> None:
    with pytest.raises(CorruptMedia, match="cannot be read"):
        probe(cut(write_clip(tmp_path / "clip.mp4", drifting(60)), 0.9))


def test_sound_may_go_on_longer(tmp_path: Path) -> None:
    facts = probe(write_clip(tmp_path / "clip.mkv", drifting(60), sound_s=4))
    assert facts.duration_s == pytest.approx(2.0, abs=0.05)


def test_encrypted_clips_are_refused(tmp_path: Path) -> None:
    with pytest.raises(EncryptedMedia, match="without protection"):
        probe(write_encrypted_clip(tmp_path / "clip.mp4", drifting(30)))


def test_no_moving_pictures(tmp_path: Path) -> None:
    with pytest.raises(NoVideoStream):
        probe(write_sound(tmp_path / "sound.mp4"))


def test_frames_that_take_no_time(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", drifting(1), times_s=[0.0])
    data = with_declared_ms(path.read_bytes(), 0.0)
    # The track's DefaultDuration becomes a Void element: nothing says how long a frame lasts.
    path.write_bytes(data.replace(b"\x23\xe3\x83\x84", b"\xec\x85\0\0"))
    with pytest.raises(ZeroDuration):
        probe(path)


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EmptyFile),
        (b"ffconcat version 1.0\nfile 'sibling.mp4'\n", UnsupportedType),
        (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/a.ts\n", UnsupportedType),
        (b"\xff\xd8\xff\xe0" + bytes(400), UnsupportedType),
        (b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + b"#EXTM3U\nfile:///etc/passwd\n", CorruptMedia),
        (b"FLV\x01" + bytes(9), CorruptMedia),
        (b"\x1aE\xdf\xa3" + bytes(range(200)), CorruptMedia),
    ],
)
def test_what_is_no_video(tmp_path: Path, data: bytes, refusal: type[Refusal]) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(data)
    with pytest.raises(refusal) as caught:
        probe(path)
    assert str(path) not in str(caught.value)


def test_limits(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mp4", drifting(90))
    size = path.stat().st_size
    for limits, refusal, words in (
        (VideoLimits(max_upload_bytes=size - 1), TooLarge, "bytes"),
        (VideoLimits(max_frame_pixels=320 * 180 - 1), TooLarge, "320 x 180"),
        (VideoLimits(max_frame_rate=29), TooLarge, "30 frames a second"),
        (VideoLimits(max_duration_s=2.5), TooLong, "0:03 minutes"),
    ):
        with pytest.raises(refusal, match=words):
            probe(path, limits)
    exact = VideoLimits(size, max_duration_s=3, max_frame_pixels=320 * 180, max_frame_rate=30)
    assert probe(path, exact).frames == 90


def test_a_header_that_lies_about_the_length(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", drifting(90))
    path.write_bytes(with_declared_ms(path.read_bytes(), 1000.0))
    with pytest.raises(TooLong):
        probe(path, VideoLimits(max_duration_s=2))


def test_damage_inside_is_no_reason(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "clip.mkv", drifting(90), codec="mpeg4", codec_options={"g": "10"})
    data = bytearray(path.read_bytes())
    start = len(data) // 2
    data[start : start + 40] = np.random.default_rng(1).bytes(40)
    path.write_bytes(data)
    assert probe(path).duration_s == pytest.approx(3.0, abs=0.2)
