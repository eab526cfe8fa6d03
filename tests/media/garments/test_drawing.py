"""Drawing: every garment is there, whole, in its colour, with its print, and again the same."""

import cv2
import numpy as np
import pytest

from media.designs.brief import BODY_TYPES, SILHOUETTES, Brief
from media.garments.colors import lab_of_rgb, named_color
from media.garments.drawing import draw_garment
from media.garments.spec import garment_spec
from media.garments.vocabulary import GARMENTS, TOTAL_LOOK
from tests.media.garments.pictures_of import drawing_of, garment_mask, lab_of, main_color


@pytest.mark.parametrize("garment", [*GARMENTS, TOTAL_LOOK])
def test_every_garment_fills_its_canvas_and_touches_no_edge(garment: str) -> None:
    spec = garment_spec(Brief("", garment=garment, palette=("cobalt",)), 3)
    mask = garment_mask(draw_garment(spec, 3, 384, 512))
    assert 0.1 < mask.mean() < 0.75
    assert not mask[:6].any()
    assert not mask[-6:].any()
    assert not mask[:, :6].any()
    assert not mask[:, -6:].any()
    rows, columns = np.nonzero(mask)
    filled = max(np.ptp(rows) / 512, np.ptp(columns) / 384)
    assert filled > 0.6


def test_the_same_seed_draws_the_same_pixels_and_another_seed_others() -> None:
    first, again, other = (drawing_of("red midi dress", seed) for seed in (4, 4, 5))
    assert np.array_equal(first, again)
    assert np.abs(first.astype(int) - other).mean() > 2


def test_two_seeds_fold_a_garment_that_is_said_in_full_differently() -> None:
    words = "red cotton a-line midi dress, crew neck, short sleeves"
    first, other = drawing_of(words, 1), drawing_of(words, 2)
    assert (np.abs(first.astype(int) - other).sum(-1) > 12).mean() > 0.03


@pytest.mark.parametrize(
    "name",
    [
        *("red", "navy", "emerald green", "mustard", "burgundy", "lilac", "terracotta", "teal"),
        *("black", "white", "camel", "dusty pink", "olive", "cobalt", "light grey", "mint"),
    ],
)
def test_the_garment_has_the_colour_that_was_asked_for(name: str) -> None:
    color = named_color(name)
    assert color is not None
    measured = main_color(drawing_of(f"{name} cotton knee dress with short sleeves"))
    assert float(np.linalg.norm(measured - np.array(lab_of_rgb(color.rgb)))) < 14


def test_a_hex_colour_is_drawn_as_it_is() -> None:
    spec = garment_spec(Brief("knee dress", palette=("#2a7f9e",)), 2)
    measured = main_color(draw_garment(spec, 2, 384, 512))
    assert float(np.linalg.norm(measured - np.array(lab_of_rgb((42, 127, 158))))) < 14


def test_vertical_stripes_change_across_and_horizontal_ones_down() -> None:
    for words, axis in (("white shirt with blue stripes", 1), ("navy and white breton tee", 0)):
        lightness = lab_of(drawing_of(words))[190:290, 150:234, 0]
        along, across = (float(np.abs(np.diff(lightness, axis=each)).mean()) for each in (0, 1))
        ratio = across / along if axis == 1 else along / across
        assert ratio > 1.8, words


def test_polka_dots_are_separate_round_spots_of_the_second_colour() -> None:
    lightness = lab_of(drawing_of("navy a-line knee dress with white polka dots", 5, 768, 1024))[
        ..., 0
    ]
    patch = (lightness[560:860, 300:468] > 62).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(patch)
    spots = stats[1:][stats[1:, cv2.CC_STAT_AREA] > 60]
    assert len(spots) > 12
    square = spots[:, cv2.CC_STAT_WIDTH] / spots[:, cv2.CC_STAT_HEIGHT]
    assert 0.6 < float(np.median(square)) < 1.6
    assert count < 90


@pytest.mark.parametrize(
    "pattern",
    [
        *("striped", "polka dot", "floral", "plaid", "gingham", "checked", "houndstooth"),
        *("leopard print", "zebra print", "geometric", "paisley", "tie-dye", "color block"),
        *("ombre", "camouflage", "abstract", "pinstriped", "horizontal striped"),
    ],
)
def test_every_print_is_seen(pattern: str) -> None:
    words = "cream and teal {} knee dress, short sleeves, crew neck, cotton, a-line"
    printed, plain = (drawing_of(words.format(each)) for each in (pattern, ""))
    inside = garment_mask(plain)
    changed = np.linalg.norm(lab_of(printed) - lab_of(plain), axis=-1)[inside]
    assert (changed > 12).mean() > 0.05


@pytest.mark.parametrize("fabric", ["linen", "satin", "velvet", "denim", "leather", "tweed"])
def test_fabrics_look_different_from_cotton(fabric: str) -> None:
    words = "camel {} knee dress, short sleeves, crew neck, a-line"
    first, other = (lab_of(drawing_of(words.format(each))) for each in ("cotton", fabric))
    assert (np.linalg.norm(first - other, axis=-1) > 4).mean() > 0.04


def test_body_types_and_silhouettes_have_outlines_of_their_own() -> None:
    def outline(brief: Brief) -> bytes:
        return garment_mask(draw_garment(garment_spec(brief, 1), 1, 192, 256)).tobytes()

    words = "cobalt knee dress with short sleeves and a crew neck"
    bodies = {outline(Brief(words, body_type=each)) for each in (None, *BODY_TYPES)}
    assert len(bodies) == 1 + len(BODY_TYPES)
    silhouettes = {outline(Brief(words, silhouette=each)) for each in SILHOUETTES}
    assert len(silhouettes) == len(SILHOUETTES)


def test_longer_dresses_are_slimmer_on_the_canvas() -> None:
    shares = []
    for length in ("mini", "knee", "midi", "maxi"):
        mask = garment_mask(drawing_of(f"red {length} sleeveless a-line dress"))
        rows, columns = np.nonzero(mask)
        shares.append(np.ptp(columns) / np.ptp(rows))
    assert shares == sorted(shares, reverse=True)


def test_a_canvas_too_small_to_draw_on_is_refused() -> None:
    with pytest.raises(ValueError, match="64 pixels"):
        draw_garment(garment_spec(Brief("red dress"), 1), 1, 32, 512)
