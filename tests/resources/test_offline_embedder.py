"""The offline embedder: pictures in, vectors out, one bad picture costs itself."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from media.embeddings import Embedding
from media.errors import CorruptMedia, EmptyFile, TooSmall, UnsupportedType
from media.limits import MediaLimits
from resources.media_workers import MediaWorkers
from resources.offline_embedder import OfflineEmbedder
from tests.media.descriptors.labels import printed, seen_again
from tests.media.descriptors.shown_products import photographed, plain_colored
from tests.media.pictures import encoded

RED, BLUE = (196, 32, 40), (36, 64, 190)


@pytest.fixture(scope="module")
def embedder() -> Iterator[OfflineEmbedder]:
    with MediaWorkers(2, 1_000_000_000, 60.0) as workers:
        yield OfflineEmbedder(workers, MediaLimits())


def vectors(embedder: OfflineEmbedder, *pictures: bytes) -> list[NDArray[np.float32]]:
    found = embedder.embed(pictures)
    assert all(isinstance(each, Embedding) for each in found)
    return [each.vector for each in found if isinstance(each, Embedding)]


def test_it_says_what_it_is(embedder: OfflineEmbedder) -> None:
    assert embedder.provider == "offline"
    assert embedder.tells_same_products
    assert not embedder.takes_text
    assert [part.name for part in embedder.parts] == ["shape", "color"]
    assert embedder.dimensions == 512
    with pytest.raises(TypeError, match="embeds no words"):
        embedder.embed_texts(["a red dress"])


def test_vectors_are_of_length_1_in_the_order_of_the_pictures(embedder: OfflineEmbedder) -> None:
    pictures = [plain_colored(kind, RED) for kind in ("tee", "bottle", "mug")]
    found = vectors(embedder, *pictures)
    alone = [vectors(embedder, picture)[0] for picture in pictures]
    for one, other in zip(found, alone, strict=True):
        assert one.shape == (512,)
        assert one.dtype == np.float32
        assert np.linalg.norm(one) == pytest.approx(1, abs=1e-5)
        assert np.array_equal(one, other)


def test_the_same_kind_in_another_colour_is_nearer_than_another_kind(
    embedder: OfflineEmbedder,
) -> None:
    tee, blue_tee, red_mug = vectors(
        embedder,
        plain_colored("tee", RED),
        plain_colored("tee", BLUE),
        plain_colored("mug", RED),
    )
    assert tee @ blue_tee > tee @ red_mug


def test_a_picture_that_cannot_be_read_costs_itself_alone(embedder: OfflineEmbedder) -> None:
    good = plain_colored("cap", BLUE)
    photo = encoded(photographed("tee", 2), "JPEG")
    found = embedder.embed([good, b"", b"no picture at all", photo[:2000], tiny(), good])
    kinds = [Embedding, EmptyFile, UnsupportedType, CorruptMedia, TooSmall, Embedding]
    assert [type(each) for each in found] == kinds
    assert embedder.embed([]) == []


def test_local_features_tell_the_same_product(embedder: OfflineEmbedder) -> None:
    labels = [seen_again(printed(1), 8, 0.9), printed(1), printed(2)]
    query, same, other = (
        each.local_features
        for each in embedder.embed([encoded(Image.fromarray(label)) for label in labels])
        if isinstance(each, Embedding)
    )
    assert query
    counted = embedder.inliers(query, [same, None, other])
    assert counted[0] > 30
    assert counted[1] == 0
    assert counted[2] < 8
    assert embedder.inliers(query, []) == []


def tiny() -> bytes:
    return encoded(photographed("mug", 1).resize((9, 40)))
