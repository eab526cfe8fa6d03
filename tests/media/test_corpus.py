"""Real, odd and hostile files: each is processed or refused as its manifest says."""

import csv
from functools import cache
from pathlib import Path

import pytest

from media.documents import PageOptions, render_pages
from media.errors import Refusal
from media.limits import MediaLimits
from media.presets import DEFAULT_PDF_PRESETS, DEFAULT_PRESETS, PDF_PRESETS, select_presets
from media.probe import UploadFacts, probe_upload
from media.variants import Rendition, VariantSet, render_variants

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
LIMITS = MediaLimits()
PARTS = 8
EVERYTHING_EVERY = 6
"""Every so many files all default presets are made, else the two smallest: encoding is slow."""


@cache
def rows() -> list[dict[str, str]]:
    with (CORPUS / "MANIFEST.csv").open(encoding="utf-8", newline="") as manifest:
        # A picture called .pdf, and the reverse, are taken for what they are.
        return [
            row
            for row in csv.DictReader(manifest)
            if row["kind"] in ("image", "pdf", "svg") and row["category"] != "wrong_extension"
        ]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus is not at ../shared/corpus")
@pytest.mark.parametrize("part", range(PARTS))
def test_every_file_has_its_expected_outcome(part: int) -> None:
    wrong = []
    for number, row in list(enumerate(rows()))[part::PARTS]:
        names = DEFAULT_PRESETS if number % EVERYTHING_EVERY == 0 else ("thumbnail", "sm")
        outcome = outcome_of((CORPUS / row["path"]).read_bytes(), names)
        if outcome not in allowed(row["expected_outcome"]):
            wrong.append(f"{row['path']}: expected {row['expected_outcome']}, was {outcome}")
    assert wrong == []


def allowed(expected: str) -> set[str]:
    if expected == "process":
        return {"processed"}
    if expected in ("refuse", "warn_or_refuse"):
        return {"refused"}
    return {"processed", "refused"}


def outcome_of(data: bytes, names: tuple[str, ...]) -> str:
    try:
        facts = probe_upload(data, LIMITS)
    except Refusal as refusal:
        return "refused" if refusal.reason and str(refusal).endswith((".", "?")) else "no sentence"
    # From here on no refusal is caught: what was accepted has to render.
    if facts.kind == "pdf":
        specs = select_presets(DEFAULT_PDF_PRESETS[:2], PDF_PRESETS)
        made = render_pages(data, PageOptions("1", specs), LIMITS)
        return "processed" if [r.width_px for r in made][1:] == [640] else "wrong page size"
    made = render_variants(data, VariantSet(select_presets(names), animated=True), LIMITS)
    return "processed" if all(has_right_size(r, facts) for r in made) else f"wrong size: {made}"


def has_right_size(rendition: Rendition, facts: UploadFacts) -> bool:
    assert facts.width_px is not None
    assert facts.height_px is not None
    if rendition.name == "thumbnail":
        short = min(facts.width_px, facts.height_px, 300)
        return (rendition.width_px, rendition.height_px) == (short, short)
    (spec,) = select_presets([rendition.name])
    assert spec.width_px is not None
    width = min(spec.width_px, facts.width_px)
    height = facts.height_px * width / facts.width_px
    return rendition.width_px == width and abs(rendition.height_px - height) <= 1
