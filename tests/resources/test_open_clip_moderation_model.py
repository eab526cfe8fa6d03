"""Moderation by the embedder's model: each picture is judged by its own vector."""

import numpy as np
import pytest

from media.errors import CorruptMedia
from media.moderation import FLAGS, HARMLESS, sentences
from resources.open_clip_embedder import OpenClipEmbedder
from resources.open_clip_moderation_model import OpenClipModerationModel
from tests.resources.replicate.parts import photo
from tests.resources.tiny_clip import WITH_OPEN_CLIP, TinyClip

pytestmark = WITH_OPEN_CLIP


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> OpenClipEmbedder:
    """An embedder over tiny weights."""
    return TinyClip(tmp_path_factory.mktemp("clip")).embedder()


def share_of(embedder: OpenClipEmbedder, picture: bytes, flag: str) -> float:
    """How much of the picture a flag's sentences explain beside the harmless ones."""
    (found,) = embedder.embed([picture])
    likeness = dict(zip(sentences(), embedder.embed_texts(sentences()) @ found.vector, strict=True))  # type: ignore[union-attr]
    odds = {each: np.exp(embedder.logit_scale * likeness[each]) for each in likeness}
    own = sum(odds[each] for each in FLAGS[flag])
    return float(own / (own + sum(odds[each] for each in HARMLESS)))


def test_every_picture_gets_the_flags_whose_sentences_explain_it_well_enough(
    embedder: OpenClipEmbedder,
) -> None:
    pictures = [photo(seed=seed) for seed in range(3)]
    shares = [share_of(embedder, picture, "weapon") for picture in pictures]
    for picture, share in zip(pictures, shares, strict=True):
        (below,) = OpenClipModerationModel(embedder, share - 0.01).look([picture])
        (above,) = OpenClipModerationModel(embedder, share + 0.01).look([picture])
        assert "weapon" in below.flags
        assert "weapon" not in above.flags
    middle = float(np.mean([min(shares), max(shares)]))
    verdicts = OpenClipModerationModel(embedder, middle).look(pictures)
    assert ["weapon" in verdict.flags for verdict in verdicts] == [s >= middle for s in shares]


def test_a_picture_that_cannot_be_looked_at_does_not_pass(embedder: OpenClipEmbedder) -> None:
    with pytest.raises(CorruptMedia):
        OpenClipModerationModel(embedder).look([photo(), photo()[:500]])


def test_the_record_names_the_weights_and_the_sentences(embedder: OpenClipEmbedder) -> None:
    model = OpenClipModerationModel(embedder)
    assert (model.provider, model.model) == ("openclip", f"{embedder.version} zero-shot/1")
    assert model.look([]) == []
