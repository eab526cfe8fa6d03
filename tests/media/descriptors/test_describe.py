"""A picture is described by what is on it: not by its ground, size, side or compression."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageOps

from media.descriptors.describe import PARTS, Description, describe_picture
from media.embeddings import joined
from media.errors import CorruptMedia, EmptyMask, TooSmall
from media.limits import MediaLimits
from tests.media.descriptors.shown_products import KINDS, cut_out, photographed, plain_colored
from tests.media.pictures import encoded, pixel

LIMITS = MediaLimits()
RED, BLUE = (196, 32, 40), (36, 64, 190)

CHANGES: dict[str, Callable[[Image.Image], bytes]] = {
    "mirrored": lambda picture: encoded(ImageOps.mirror(picture)),
    "smaller": lambda picture: encoded(picture.resize((190, 190))),
    "recompressed": lambda picture: encoded(picture, "JPEG", quality=25),
    "with more ground": lambda picture: encoded(
        ImageOps.expand(picture, (90, 40, 30, 60), pixel(picture, 3, 3))
    ),
}


def described(picture: bytes) -> Description:
    return describe_picture(picture, LIMITS)


def vector(picture: bytes) -> NDArray[np.float32]:
    made = described(picture)
    return joined(PARTS, [made.shape, made.color])


@pytest.fixture(scope="module")
def catalogue() -> NDArray[np.float32]:
    """One product of each kind, each with its own pattern, on plain grounds."""
    return np.stack([vector(encoded(photographed(kind, 3))) for kind in KINDS])


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", ["tee", "shoe", "mug"])
def test_a_changed_picture_is_nearest_to_itself(
    catalogue: NDArray[np.float32], kind: str, change: str
) -> None:
    query = vector(CHANGES[change](photographed(kind, 3)))
    found = catalogue @ query
    assert KINDS[int(found.argmax())] == kind
    assert found.max() > 0.9


@pytest.mark.parametrize("kind", ["tee", "bottle", "trousers"])
@pytest.mark.parametrize("ground", ["gradient", "fabric"])
def test_a_product_on_another_ground_is_found(
    catalogue: NDArray[np.float32], kind: str, ground: str
) -> None:
    query = vector(encoded(photographed(kind, 3, ground)))
    assert KINDS[int((catalogue @ query).argmax())] == kind


def test_shape_tells_kinds_and_not_colours_and_colour_the_other_way_round() -> None:
    red_tee = described(plain_colored("tee", RED))
    blue_tee = described(plain_colored("tee", BLUE))
    red_bottle = described(plain_colored("bottle", RED))
    assert red_tee.shape @ blue_tee.shape > 0.95
    assert red_tee.shape @ red_bottle.shape < 0.75
    assert red_tee.color @ red_bottle.color > 0.95
    assert red_tee.color @ blue_tee.color < 0.3


def test_the_ground_colours_nothing() -> None:
    on_white = described(plain_colored("dress", RED))
    on_green = described(plain_colored("dress", RED, (90, 150, 110)))
    assert on_white.color @ on_green.color > 0.97
    assert on_white.shape @ on_green.shape > 0.97


def test_a_cutout_is_described_by_its_own_outline() -> None:
    whole = cut_out("bag", BLUE)
    moved = Image.new("RGBA", (900, 700))
    moved.paste(whole.resize((345, 330)), (500, 40))
    # Its transparent pixels hold another colour, which nobody sees.
    loud = Image.new("RGBA", whole.size, (0, 255, 0, 0))
    loud.paste(whole, (0, 0), whole)
    on_ground, *others = (
        described(data)
        for data in (plain_colored("bag", BLUE), *map(encoded, (whole, moved, loud)))
    )
    for other in others:
        assert on_ground.shape @ other.shape > 0.95
        assert on_ground.color @ other.color > 0.9


def test_vectors_have_length_1_and_the_sizes_that_are_promised() -> None:
    made = described(plain_colored("cap", BLUE))
    pieces = {"shape": made.shape, "color": made.color}
    assert {part.name: part.size for part in PARTS} == {
        name: piece.size for name, piece in pieces.items()
    }
    assert sum(part.size for part in PARTS) == 512
    assert sum(part.weight for part in PARTS) == pytest.approx(1)
    for piece in pieces.values():
        assert piece.dtype == np.float32
        assert np.linalg.norm(piece) == pytest.approx(1, abs=1e-5)


def test_the_same_bytes_give_the_same_description() -> None:
    picture = encoded(photographed("shoe", 8, "fabric"))
    one, other = described(picture), described(picture)
    assert np.array_equal(one.shape, other.shape)
    assert np.array_equal(one.color, other.color)
    assert one.local_features == other.local_features


def test_odd_pictures_have_vectors_too() -> None:
    strip = Image.new("RGB", (3000, 20), "white")
    ImageDraw.Draw(strip).rectangle((1200, 9, 1800, 11), fill="navy")
    noise = np.random.default_rng(5).integers(0, 255, (40, 40, 3), dtype=np.uint8)
    for odd in (strip, strip.rotate(90, expand=True), Image.fromarray(noise)):
        made = described(encoded(odd))
        assert np.linalg.norm(made.shape) == pytest.approx(1, abs=1e-5)
        assert np.linalg.norm(made.color) == pytest.approx(1, abs=1e-5)
    empty = described(encoded(Image.new("RGB", (300, 200), (30, 90, 160))))
    assert np.isfinite(empty.shape).all()
    assert np.linalg.norm(empty.color) == pytest.approx(1, abs=1e-5)


def test_what_cannot_be_described_says_why() -> None:
    with pytest.raises(TooSmall, match="8 x 300 pixels"):
        described(encoded(Image.new("RGB", (8, 300))))
    with pytest.raises(EmptyMask, match="transparent"):
        described(encoded(Image.new("RGBA", (80, 80))))
    with pytest.raises(CorruptMedia):
        described(encoded(photographed("tee", 1))[:3000])
