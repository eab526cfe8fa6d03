"""Cutouts against the alpha they should have: overlap, outline, speed, and who is flagged.

`python -m benchmarks.cutouts [--corpus PATH] [--sheets FOLDER]`; with a folder, contact sheets of
the corpus's real clothing photos, cut out, for a person to count. Every speed is of this process's
processor time with one thread, so a busy machine changes it little.
"""

import argparse
import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.corpus import CORPUS, corpus_files
from benchmarks.cutout_scenes import Sources, gather, scenes
from benchmarks.report import Line, print_section
from media.contact_sheets import Tile, contact_sheet
from media.cutouts import CutoutOptions, cut_out
from media.errors import EmptyMask
from media.limits import MediaLimits
from tests.media.product_scenes import Scene
from tests.media.surfaces import BACKGROUNDS, Pixels

SCENES = 36
"""Of each kind of background."""
IOU_TARGETS = {"plain": 0.95, "gradient": 0.95, "fabric": 0.90}
CPU_TARGET_MS = 1000
GOOD_IOU, BAD_IOU = 0.9, 0.8
_EDGE_TOLERANCE_PX = 4
_CLOTHING = "retrieval_class"
_TILES = 30

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Score:
    """How one scene's cutout came out."""

    iou: float
    edge_f: float
    quality: float
    is_flagged: bool
    cpu_ms_per_mp: float


def cutouts(workspace: Path, corpus: Path = CORPUS) -> None:
    """Measure every kind of background and print it; `workspace` is not needed."""
    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        sources = gather(corpus)
        scores = {kind: _measure(sources, kind) for kind in BACKGROUNDS}
    finally:
        cv2.setNumThreads(threads)
    made_of = (
        f"{len(sources.real)} real products, {len(sources.surfaces)} surfaces, "
        f"{len(sources.rooms)} rooms, the rest drawn"
        if sources.real
        else "all drawn"
    )
    print_section(
        f"Cutouts of {SCENES} scenes a background at 1 megapixel ({made_of})",
        [line for kind in BACKGROUNDS for line in _lines(kind, scores[kind])],
    )
    print_section(
        "What is flagged for review", _flag_lines([s for kind in scores.values() for s in kind])
    )


def overlap(found: Mask, true: Mask) -> float:
    """Return intersection over union."""
    return float((found & true).sum() / max(1, (found | true).sum()))


def edge_f(found: Mask, true: Mask) -> float:
    """Return the F measure of two outlines, a point counting as met within 4 pixels.

    Csurka, Larlus and Perronnin, "What is a good evaluation measure for semantic
    segmentation?", BMVC 2013.
    """
    outlines = [_outline(found), _outline(true)]
    reach = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * _EDGE_TOLERANCE_PX + 1,) * 2)
    near = [np.asarray(cv2.dilate(outline, reach), np.uint8) for outline in outlines]
    precision = (outlines[0] & near[1]).sum() / max(1, outlines[0].sum())
    recall = (outlines[1] & near[0]).sum() / max(1, outlines[1].sum())
    return float(2 * precision * recall / max(1e-9, precision + recall))


def _outline(mask: Mask) -> Pixels:
    whole = mask.astype(np.uint8)
    return np.asarray(whole - cv2.erode(whole, np.ones((3, 3), np.uint8)), np.uint8)


def _measure(sources: Sources, kind: str) -> list[Score]:
    return [_score(scene) for scene in scenes(sources, kind, SCENES)]


def _score(scene: Scene) -> Score:
    file = BytesIO()
    Image.fromarray(scene.rgb).save(file, "JPEG", quality=95)
    started = time.process_time()
    try:
        (made,) = cut_out(file.getvalue(), CutoutOptions(), MediaLimits())
    except EmptyMask:
        return Score(0.0, 0.0, 0.0, True, 0.0)
    seconds = time.process_time() - started
    with Image.open(BytesIO(made.data)) as opened:
        found = np.asarray(opened.getchannel("A")) > 127
    true = scene.alpha > 0.5
    return Score(
        iou=overlap(found, true),
        edge_f=edge_f(found, true),
        quality=made.mask_quality,
        is_flagged=made.review is not None,
        cpu_ms_per_mp=seconds * 1000 / (true.size / 1e6),
    )


def _lines(kind: str, scores: list[Score]) -> list[Line]:
    iou = float(np.mean([score.iou for score in scores]))
    good = float(np.mean([score.iou > GOOD_IOU for score in scores]))
    edges = float(np.mean([score.edge_f for score in scores]))
    cpu = float(np.mean([score.cpu_ms_per_mp for score in scores]))
    target = IOU_TARGETS.get(kind)
    met = None if target is None else iou >= target
    return [
        Line(f"{kind}: mean IoU", f"{iou:.3f}", f">= {target}" if target else "", met),
        Line(f"{kind}: outline F at {_EDGE_TOLERANCE_PX} px", f"{edges:.3f}"),
        Line(f"{kind}: IoU over {GOOD_IOU}", f"{good:.0%}"),
        Line.at_most(f"{kind}: processor time", cpu, CPU_TARGET_MS, "ms/MP"),
    ]


def _flag_lines(scores: list[Score]) -> list[Line]:
    flagged = [score for score in scores if score.is_flagged]
    passed = [score for score in scores if not score.is_flagged]
    bad = [score for score in scores if score.iou < BAD_IOU]
    poor = [score for score in scores if score.iou <= GOOD_IOU]

    def share(part: list[Score], of: list[Score]) -> str:
        return f"{len(part)} of {len(of)}"

    matrix = np.corrcoef([s.quality for s in scores], [s.iou for s in scores])
    return [
        Line("passed, and IoU over 0.9", share([s for s in passed if s.iou > GOOD_IOU], passed)),
        Line("IoU under 0.8, and flagged", share([s for s in bad if s.is_flagged], bad)),
        Line(
            "flag's precision (IoU up to 0.9)",
            share([s for s in flagged if s.iou <= GOOD_IOU], flagged),
        ),
        Line("flag's recall (IoU up to 0.9)", share([s for s in poor if s.is_flagged], poor)),
        Line("correlation of quality with IoU", f"{matrix[0, 1]:.2f}"),
    ]


def write_sheets(corpus: Path, folder: Path) -> None:
    """Every clothing photo of the corpus without its background, thirty to a PNG, numbered."""
    photos = [file for file in corpus_files(corpus) if file.category == _CLOTHING]
    tiles = []
    for number, photo in enumerate(photos):
        try:
            (made,) = cut_out(photo.path.read_bytes(), CutoutOptions(), MediaLimits())
            caption = f"{number}  {made.mask_quality:.2f}"
            tiles.append(Tile(made.data, caption, made.review or ""))
        except EmptyMask as error:
            tiles.append(Tile(None, str(number), str(error)))
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(tiles), _TILES):
        path = folder / f"clothing-{start // _TILES + 1}.png"
        path.write_bytes(contact_sheet(tiles[start : start + _TILES], columns=6))
        print(path)


def main() -> None:
    """Measure on the corpus named, or on drawn scenes where it has nothing."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cutouts", description=main.__doc__)
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="a folder with MANIFEST.csv")
    parser.add_argument("--sheets", type=Path, help="write sheets of clothing photos instead")
    asked = parser.parse_args()
    if asked.sheets:
        write_sheets(asked.corpus, asked.sheets)
    else:
        cutouts(Path(), asked.corpus)


if __name__ == "__main__":
    main()
