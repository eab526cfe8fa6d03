"""One decode of a clip: its scores, its best frames, its small pictures."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from media.best_frames import CONTENDERS
from media.errors import CorruptMedia, EncryptedMedia, IncompleteMedia
from media.frame_scores import sharpness
from media.frame_selection import select_candidates
from media.limits import VideoLimits
from media.video_frames import ScoredVideo, ScoringOptions, score_video
from tests.media.pictures import BLUE, GREEN, RED, WHITE, corners, decoded, near, quadrants
from tests.media.video_files import Picture, drifting, write_clip, write_encrypted_clip

LIMITS = VideoLimits()
SHARP = [7, 45, 84, 105]


def scored(path: Path, **options: object) -> ScoredVideo:
    return score_video(path, LIMITS, ScoringOptions(**options))  # type: ignore[arg-type]


def still(picture: Picture, frames: int = 10) -> list[Picture]:
    return [picture] * frames


def levels(data: bytes) -> Picture:
    return np.asarray(decoded(data).convert("RGB"), np.uint8)


def test_the_sharp_frame_of_each_second(tmp_path: Path) -> None:
    video = scored(write_clip(tmp_path / "a.mp4", drifting(120, SHARP)))
    assert [frame.frame for frame in video.frames] == SHARP
    assert [frame.second for frame in video.frames] == [0, 1, 2, 3]
    assert [frame.time_s for frame in video.frames] == pytest.approx([n / 30 for n in SHARP])
    assert video.frames[0].name == "frame-000007"
    assert video.decoded_frames == 120
    assert video.duration_s == pytest.approx(4.0, abs=0.01)


def test_columns_of_every_frame(tmp_path: Path) -> None:
    video = scored(write_clip(tmp_path / "a.mp4", drifting(75, SHARP)))
    scores = video.scores
    assert scores.frame.tolist() == list(range(75))
    assert scores.second.tolist() == [n // 30 for n in range(75)]
    assert scores.time_s == pytest.approx(np.arange(75) / 30)
    assert scores.motion[0] == 0
    assert (scores.motion[1:] > 0).all()
    assert scores.score == pytest.approx(scores.sharpness - 0.2 * 255 * scores.motion)
    for second in range(3):
        assert scores.full[scores.second == second].sum() == CONTENDERS
    for frame in video.frames:
        assert scores.full[frame.frame]
        assert scores.sharpness[frame.frame] == frame.sharpness


def test_measured_in_full_or_half_they_agree(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", drifting(60))
    every, sampled = scored(path).scores, scored(path, fps=30).scores
    assert sampled.full.all()
    assert every.sharpness[every.full] == pytest.approx(sampled.sharpness[every.full])
    assert every.sharpness == pytest.approx(sampled.sharpness, rel=0.1)
    assert every.motion == pytest.approx(sampled.motion)


def test_sharpness_is_that_of_the_picture(tmp_path: Path) -> None:
    """Luma has fewer levels than the picture it becomes; the score is the picture's."""
    (frame,) = scored(write_clip(tmp_path / "a.mp4", drifting(10), pixels="yuv444p")).frames
    grey = cv2.cvtColor(levels(frame.data), cv2.COLOR_RGB2GRAY)
    assert frame.sharpness == pytest.approx(sharpness(np.asarray(grey, np.uint8)), rel=0.03)


@pytest.mark.parametrize(
    ("codec", "pixels"),
    [
        ("libx264", "yuvj420p"),
        ("libx264", "yuv422p"),
        ("libx264", "yuv444p"),
        ("libx264", "yuv420p10le"),
        ("libx264", "nv12"),
        ("ffv1", "bgr0"),
        ("ffv1", "gray"),
        ("ffv1", "yuv444p16le"),
        ("rawvideo", "yuyv422"),
    ],
)
def test_pixel_formats_score_alike(tmp_path: Path, codec: str, pixels: str) -> None:
    lossless = {"qp": "0"} if codec == "libx264" else {}
    plain = write_clip(tmp_path / "a.mkv", drifting(6), codec="ffv1")
    other = write_clip(
        tmp_path / "b.mkv", drifting(6), codec=codec, pixels=pixels, codec_options=lossless
    )
    expected, found = scored(plain, fps=30).scores, scored(other, fps=30).scores
    assert found.sharpness == pytest.approx(expected.sharpness, rel=0.03)
    assert found.motion == pytest.approx(expected.motion, rel=0.03)


@pytest.mark.parametrize("codec", ["libx264", "libx265", "libvpx-vp9", "mpeg4", "mpeg2video"])
def test_odd_sizes_and_small_ones(tmp_path: Path, codec: str) -> None:
    for size in ((162, 122), (50, 66)):
        pictures = drifting(4, width_px=size[0], height_px=size[1])
        (frame,) = scored(write_clip(tmp_path / "a.mkv", pictures, codec=codec), fps=30).frames
        assert (frame.width_px, frame.height_px) == size == decoded(frame.data).size


@pytest.mark.parametrize("rotation_deg", [0, 90, 180, 270])
def test_pictures_are_upright(tmp_path: Path, rotation_deg: int) -> None:
    shown = quadrants(160, 120)
    stored = np.rot90(np.asarray(shown), rotation_deg // 90)
    path = write_clip(
        tmp_path / "a.mp4", still(np.ascontiguousarray(stored)), rotation_deg=rotation_deg
    )
    video = scored(path, min_sharpness=0)
    for data in (video.frames[0].data, video.proxies[0].data):
        picture = decoded(data)
        assert picture.size == (160, 120)
        found = corners(picture)
        assert all(near(a, b, 30) for a, b in zip(found, (RED, GREEN, BLUE, WHITE), strict=True))
    assert (video.frames[0].width_px, video.frames[0].height_px) == (160, 120)


def test_mirrored_pictures_are_mirrored_back(tmp_path: Path) -> None:
    stored = np.ascontiguousarray(np.asarray(quadrants(160, 120))[:, ::-1])
    path = write_clip(tmp_path / "a.mp4", still(stored), mirrored=True)
    picture = decoded(scored(path, min_sharpness=0).frames[0].data)
    assert near(corners(picture)[0], RED, 30)


def test_pixels_are_square(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", drifting(5), aspect=Fraction(3, 2))
    (frame,) = scored(path).frames
    assert (frame.width_px, frame.height_px) == (480, 180) == decoded(frame.data).size


@pytest.mark.parametrize("size", [(320, 240), (1280, 720)])
@pytest.mark.parametrize(
    ("codec", "pixels"), [("libx264", "yuv420p"), ("libx264", "yuvj420p"), ("ffv1", "bgr0")]
)
def test_colors_are_those_that_were_filmed(
    tmp_path: Path, size: tuple[int, int], codec: str, pixels: str
) -> None:
    """Matrix and range are what the file says, or what players assume where it says nothing."""
    height, matrix = size[1], "bt709" if size[1] >= 720 else "smpte170m"
    picture = np.zeros((height, size[0], 3), np.uint8)
    colors = [RED, GREEN, BLUE, (128, 128, 128)]
    for number, color in enumerate(colors):
        picture[:, number * size[0] // 4 : (number + 1) * size[0] // 4] = color
    path = tmp_path / "a.mkv"
    write_clip(path, still(picture, 3), codec=codec, pixels=pixels, matrix=matrix)
    shown = levels(scored(path, min_sharpness=0).frames[0].data)
    for number, color in enumerate(colors):
        found = tuple(int(v) for v in shown[height // 2, (2 * number + 1) * size[0] // 8])
        assert near(found, color, 8), (found, color)


HLG, PQ, BT2020 = 18, 16, 9


def shown_levels(path: Path, levels_shown: list[tuple[int, int, int]], trc: int) -> list[list[int]]:
    """What becomes of these levels of a 10-bit BT.2020 video, as red, green, blue."""
    picture = np.zeros((64, 64 * len(levels_shown), 3), np.uint8)
    for number, level in enumerate(levels_shown):
        picture[:, 64 * number : 64 * (number + 1)] = level
    write_clip(
        path, still(picture, 2), codec="ffv1", pixels="yuv420p10le",
        matrix="bt2020", light=(BT2020, trc),
    )  # fmt: skip
    shown = levels(scored(path, min_sharpness=0).frames[0].data)
    return [shown[32, 64 * number + 32].tolist() for number in range(len(levels_shown))]


def test_hlg_keeps_its_greys_and_regains_its_colors(tmp_path: Path) -> None:
    greys: list[tuple[int, int, int]] = [(20, 20, 20), (128, 128, 128), (240, 240, 240)]
    *shown, red = shown_levels(tmp_path / "a.mkv", [*greys, (180, 80, 80)], HLG)
    assert np.abs(np.array(shown) - greys).max() <= 3
    assert red[0] > 190
    assert max(red[1:]) < 80


def test_pq_is_compressed_to_what_a_screen_shows(tmp_path: Path) -> None:
    # 0, 100, 203 and 1000 nits, and more than any screen has.
    codes = [0, 130, 148, 192, 230]
    shown = shown_levels(tmp_path / "a.mkv", [(code, code, code) for code in codes], PQ)
    lights = [grey[1] for grey in shown]
    assert lights[0] <= 2
    assert lights == sorted(lights)
    assert 120 < lights[1] < lights[2] < 215
    assert lights[3] > 250
    assert max(max(grey) - min(grey) for grey in shown) <= 4


def test_the_file_is_a_fine_jpeg_without_metadata(tmp_path: Path) -> None:
    (frame,) = scored(write_clip(tmp_path / "a.mp4", drifting(5))).frames
    image = decoded(frame.data)
    assert (frame.format, image.format, image.mode) == ("jpeg", "JPEG", "RGB")
    assert not image.getexif()
    assert [layer[1:3] for layer in image.layer] == [(1, 1)] * 3  # type: ignore[attr-defined]


def test_variable_rates_keep_their_times(tmp_path: Path) -> None:
    times_s = [0.0, 0.02, 0.5, 0.51, 0.9, 2.2, 2.21, 2.95, 3.0, 3.7]
    path = write_clip(tmp_path / "a.mkv", drifting(10, [2, 6, 9]), times_s=times_s)
    video = scored(path)
    assert video.scores.time_s == pytest.approx(times_s, abs=0.001)
    assert [(frame.frame, frame.second) for frame in video.frames] == [(2, 0), (6, 2), (9, 3)]


def test_sampling_takes_the_first_frame_at_or_after(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", drifting(60))
    assert scored(path, fps=10).scores.frame.tolist() == list(range(0, 60, 3))
    assert scored(path, fps=30).scores.frame.tolist() == list(range(60))
    assert scored(path, fps=4).scores.frame.tolist() == [0, 8, 15, 23, 30, 38, 45, 53]
    slow = write_clip(tmp_path / "b.mp4", drifting(10), fps=5)
    assert scored(slow, fps=30).scores.frame.tolist() == list(range(10))


def test_spans_shorter_than_a_second(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", drifting(60, [4, 14, 24, 34, 44, 54]))
    video = scored(path, per_second=3)
    assert [frame.frame for frame in video.frames] == [4, 14, 24, 34, 44, 54]
    assert [frame.second for frame in video.frames] == [0, 0, 0, 1, 1, 1]


@pytest.mark.parametrize("keep", [1, 2, 4])
def test_frames_are_those_selected_from_all_winners(tmp_path: Path, keep: int) -> None:
    path = write_clip(tmp_path / "a.mp4", drifting(45), fps=5)
    everything = scored(path, keep=100).frames
    assert len(everything) == 9
    chosen = select_candidates(
        [frame.score for frame in everything], [frame.time_s for frame in everything], keep
    )
    assert scored(path, keep=keep).frames == [everything[index] for index in sorted(chosen)]


def test_a_blurred_clip_has_scores_and_no_frames(tmp_path: Path) -> None:
    video = scored(write_clip(tmp_path / "a.mp4", drifting(40, [])), min_sharpness=20)
    assert video.frames == []
    assert len(video.scores.frame) == 40
    assert video.proxies


@pytest.mark.parametrize(("frames", "kept"), [(1, 1), (5, 5), (6, 6), (7, 4), (23, 6), (100, 4)])
def test_proxies_are_spread_evenly(tmp_path: Path, frames: int, kept: int) -> None:
    video = scored(write_clip(tmp_path / "a.mp4", drifting(frames)), proxies=6, proxy_px=80)
    assert len(video.proxies) == kept
    assert video.proxies[0].frame == 0
    strides = {after.frame - before.frame for before, after in pairwise(video.proxies)}
    assert len(strides) <= 1
    assert all(decoded(proxy.data).size == (80, 45) for proxy in video.proxies)
    times_s = [proxy.time_s for proxy in video.proxies]
    assert times_s == pytest.approx([proxy.frame / 30 for proxy in video.proxies])


def test_proxies_on_no_request(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mp4", drifting(5))
    assert scored(path, proxies=0).proxies == []
    assert decoded(scored(path, proxy_px=5000).proxies[0].data).size == (320, 180)


def test_cut_clips(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", drifting(120))
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(IncompleteMedia):
        scored(path)


def test_clips_of_which_only_the_beginning_can_be_decoded(tmp_path: Path) -> None:
    path = write_clip(tmp_path / "a.mkv", drifting(90), codec="mjpeg", pixels="yuvj420p")
    data = path.read_bytes()
    starts = [at for at in range(len(data)) if data[at : at + 3] == b"\xff\xd8\xff"]
    assert len(starts) == 90

    def without_heads(broken: range) -> Path:
        damaged = bytearray(data)
        for number in broken:
            damaged[starts[number] : starts[number] + 600] = bytes(600)
        path.write_bytes(damaged)
        return path

    assert scored(without_heads(range(40, 43))).decoded_frames == 87
    with pytest.raises(IncompleteMedia):
        scored(without_heads(range(60, 90)))
    with pytest.raises(CorruptMedia, match="Only 10 of the video's 90 frames"):
        scored(without_heads(range(5, 85)))
    with pytest.raises(CorruptMedia):
        scored(without_heads(range(90)))


def test_encrypted_clips(tmp_path: Path) -> None:
    with pytest.raises(EncryptedMedia):
        scored(write_encrypted_clip(tmp_path / "a.mp4", drifting(30)))


@pytest.mark.parametrize(
    "options",
    [
        {"fps": 0.5},
        {"fps": 31},
        {"fps": float("nan")},
        {"gap_s": 1.1},
        {"gap_s": -0.1},
        {"per_second": 0},
        {"gap_s": 0.3, "per_second": 4},
        {"keep": 0},
        {"proxies": -1},
        {"proxy_px": 0},
    ],
)
def test_options_that_cannot_be_meant(options: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        ScoringOptions(**options)  # type: ignore[arg-type]
