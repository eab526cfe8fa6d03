"""Cutouts of real photos: catalogue shots come out clean, snapshots whole or flagged."""

import csv
from io import BytesIO
from pathlib import Path

import av
import cv2
import numpy as np
import pytest
from PIL import Image

from media.cutouts import Cutout, CutoutOptions, cut_out
from media.limits import MediaLimits
from tests.media.pictures import decoded, encoded
from tests.media.surfaces import Pixels

OPTIONS, LIMITS = CutoutOptions(), MediaLimits()
EVERY = 6
"""Every so many clothing photos are cut out: all would take a minute."""


def pictures(corpus: Path, category: str) -> list[Path]:
    with (corpus / "MANIFEST.csv").open(encoding="utf-8", newline="") as manifest:
        return [
            corpus / row["path"] for row in csv.DictReader(manifest) if row["category"] == category
        ]


def alpha_of(made: Cutout) -> Pixels:
    return np.asarray(decoded(made.data).getchannel("A"))


def not_white(image: Image.Image) -> Pixels:
    """What is not white, its holes filled: the truth of a shot without shadow."""
    dark = (np.asarray(image.convert("RGB")).min(-1) < 225).astype(np.uint8)
    outlines, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    filled = np.zeros_like(dark)
    return np.asarray(cv2.drawContours(filled, outlines, -1, 1, -1), np.uint8)


def overlap(found: Pixels, true: Pixels) -> float:
    a, b = found > 127, true > 0
    return float((a & b).sum() / (a | b).sum())


def test_views_of_a_turntable_come_out_clean(corpus: Path) -> None:
    found = {}
    for path in pictures(corpus, "turntable"):
        (made,) = cut_out(path.read_bytes(), OPTIONS, LIMITS)
        found[path.name] = (overlap(alpha_of(made), not_white(Image.open(path))), made.review)
    assert len(found) == 19
    assert [name for name, (iou, _) in found.items() if iou < 0.93] == []
    assert [name for name, (_, review) in found.items() if review] == []


def test_frames_of_a_small_clip_come_out_clean(corpus: Path) -> None:
    with av.open(corpus / "derived" / "turntable" / "phone.mp4", format="mov") as clip:
        frames = [Image.fromarray(f.to_ndarray(format="rgb24")) for f in clip.decode(video=0)]
    for frame in frames[::6]:
        (made,) = cut_out(encoded(frame), OPTIONS, LIMITS)
        assert overlap(alpha_of(made), not_white(frame)) > 0.93
        assert made.review is None


def test_clothing_photos_give_a_garment_or_a_reason(corpus: Path) -> None:
    photos = pictures(corpus, "retrieval_class")[::EVERY]
    passed = 0
    for path in photos:
        (made,) = cut_out(path.read_bytes(), OPTIONS, LIMITS)
        with Image.open(BytesIO(path.read_bytes())) as original:
            assert sorted(original.size) == sorted((made.width_px, made.height_px))
        share = float((alpha_of(made) > 127).mean())
        assert made.review or 0.04 < share < 0.85
        passed += made.review is None
    assert passed >= len(photos) // 2


@pytest.mark.parametrize("category", ["catalog_image", "fashion_product"])
def test_catalogue_pictures_are_cut_out_or_flagged(corpus: Path, category: str) -> None:
    for path in pictures(corpus, category)[:9]:
        (made,) = cut_out(path.read_bytes(), OPTIONS, LIMITS)
        assert alpha_of(made).any()
        assert 0 <= made.mask_quality <= 1
