"""Real, odd and hostile clips: each is processed or refused as its manifest says."""

import csv
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from media.errors import IncompleteMedia, Refusal
from media.limits import VideoLimits
from media.video_frames import ScoredVideo, ScoringOptions, score_video
from media.videos import VideoFacts, probe_video
from tests.media.pictures import decoded
from tests.media.video_files import write_clip

LIMITS = VideoLimits()
TURNED = {"90", "-90", "270", "-270"}


def rows(corpus: Path) -> list[dict[str, str]]:
    with (corpus / "MANIFEST.csv").open(encoding="utf-8", newline="") as manifest:
        return [row for row in csv.DictReader(manifest) if row["kind"] in ("video", "audio")]


def truth(corpus: Path) -> Iterator[tuple[Path, list[int], int]]:
    """Each truth clip with its sharp frames, one a second, and its frames a second."""
    with (corpus / "TRUTH_bestframe.csv").open(encoding="utf-8", newline="") as table:
        lines = list(csv.DictReader(table))
    for clip in dict.fromkeys(line["clip"] for line in lines):
        own = [line for line in lines if line["clip"] == clip]
        yield corpus / clip, [int(line["sharp_frame_index"]) for line in own], int(own[0]["fps"])


def test_every_clip_has_its_expected_outcome(corpus: Path) -> None:
    wrong = [
        f"{row['path']}: expected {row['expected_outcome']}, was {outcome}"
        for row in rows(corpus)
        if (outcome := outcome_of(corpus / row["path"], row)) not in allowed(row)
    ]
    assert wrong == []


def allowed(row: dict[str, str]) -> set[str]:
    if row["expected_outcome"] == "warn_or_refuse":
        return {"incomplete"}
    return {
        "process": {"processed"},
        "refuse": {"refused", "incomplete"},
        "either": {"processed", "refused", "incomplete"},
    }[row["expected_outcome"]]


def outcome_of(path: Path, row: dict[str, str]) -> str:
    try:
        facts = probe_video(path, LIMITS)
    except Refusal as refusal:
        if not str(refusal).endswith(".") or path.name in str(refusal):
            return f"no sentence: {refusal}"
        return "incomplete" if isinstance(refusal, IncompleteMedia) else "refused"
    # From here on no refusal is caught: what was accepted can be scored.
    video = score_video(path, LIMITS)
    return unlike(facts, video, row) or "processed"


def unlike(facts: VideoFacts, video: ScoredVideo, row: dict[str, str]) -> str:
    """Where the results are not those of the manifest, which has frames as they are stored."""
    size = (int(row["width"]), int(row["height"]))
    if row["rotation"] in TURNED:
        size = size[::-1]
    declared_s = float(row["duration_s"] or facts.duration_s)
    differences = {
        "size": (facts.width_px, facts.height_px) != size,
        "duration": abs(facts.duration_s - declared_s) > 0.02 * declared_s + 0.15,
        "frames": video.decoded_frames != int(row["frames"]),
        "rate": abs(facts.fps - float(row["fps"])) > 1
        and float(row["fps"]) < LIMITS.max_frame_rate,
        "scores": len(video.scores.frame) != video.decoded_frames,
        "pictures": any(decoded(frame.data).size != size for frame in video.frames),
        "proxies": not video.proxies,
    }
    return ", ".join(name for name, differs in differences.items() if differs)


def test_picks_are_the_sharp_frames(corpus: Path) -> None:
    for path, sharp, _ in truth(corpus):
        assert [frame.frame for frame in score_video(path, LIMITS).frames] == sharp


@pytest.mark.parametrize("seed", range(4))
def test_picks_are_the_sharp_frames_at_variable_rates(
    corpus: Path, tmp_path: Path, seed: int
) -> None:
    """A third of the frames is dropped, never a sharp one, and the others' times wander."""
    random = np.random.default_rng(seed)
    for path, sharp, fps in truth(corpus):
        with av.open(str(path)) as container:
            pictures = [
                np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
                for frame in container.decode(video=0)
            ]
        kept = [n for n in range(len(pictures)) if n in sharp or random.random() > 1 / 3]
        # Less than half a frame, so that order stays and no frame changes its second by much.
        times_s = [n / fps + random.uniform(0, 0.45) / fps for n in kept]
        copy = write_clip(
            tmp_path / path.name,
            [pictures[n] for n in kept],
            times_s=[time_s - times_s[0] for time_s in times_s],
            codec_options={"crf": "12"},
        )
        expected_s = [times_s[kept.index(n)] - times_s[0] for n in sharp]
        frames = score_video(copy, LIMITS).frames
        found = [
            min((frame.time_s for frame in frames), key=lambda t: abs(t - wanted_s))
            for wanted_s in expected_s
        ]
        assert found == pytest.approx(expected_s, abs=0.5 / fps)
        seconds = {int(time_s) for time_s in expected_s}
        assert {frame.second for frame in frames if frame.second in seconds} == seconds
        assert len(frames) <= len(pictures) / fps + 1


def test_variable_rate_clip_keeps_its_own_times(corpus: Path) -> None:
    path = corpus / "derived" / "vfr" / "vfr_blocks.mp4"
    with av.open(str(path)) as container:
        stamps = [Fraction(f.pts or 0) * (f.time_base or 1) for f in container.decode(video=0)]
    assert score_video(path, LIMITS).scores.time_s == pytest.approx([float(s) for s in stamps])


def test_a_turntable_shows_its_sides(corpus: Path) -> None:
    path = corpus / "derived" / "turntable" / "phone.mp4"
    video = score_video(path, LIMITS, ScoringOptions(per_second=3))
    # Two turns of 19 pictures each.
    assert len({frame.frame % 19 for frame in video.frames}) >= 6
