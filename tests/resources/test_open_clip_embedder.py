"""OpenCLIP's embedder, with a tiny model loaded as large ones are."""

import logging
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media.embeddings import Embedding
from media.errors import CorruptMedia, InvalidSetting, ShowroomError, WeightsMissing
from media.limits import MediaLimits
from resources.clip_weights import weights_of
from resources.media_workers import MediaWorkers
from resources.open_clip import import_open_clip
from resources.open_clip_embedder import OpenClipEmbedder
from resources.settings import PROJECT_ROOT, Settings
from tests.conftest import MakePicture
from tests.resources.replicate.parts import HereWorkers, photo
from tests.resources.tiny_clip import SIDE_PX, SIZE, SMALLER, TINY, WITH_OPEN_CLIP, TinyClip


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> TinyClip:
    """Tiny weights."""
    return TinyClip(tmp_path_factory.mktemp("clip"))


@pytest.fixture(scope="module")
def embedder(clip: TinyClip) -> OpenClipEmbedder:
    """An embedder over them."""
    return clip.embedder()


def vector_of(found: Embedding | ShowroomError) -> "np.ndarray[tuple[int], np.dtype[np.float32]]":
    """The vector of a picture that could be embedded."""
    assert isinstance(found, Embedding)
    return found.vector


@pytest.mark.skipif(find_spec("open_clip") is not None, reason="OpenCLIP is installed")
def test_without_the_extra_the_message_says_how_to_install_it() -> None:
    with pytest.raises(InvalidSetting, match=r"pip install 'showroom\[clip\]'"):
        OpenClipEmbedder(HereWorkers(), MediaLimits(), "ViT-B-32", "laion2b_s34b_b79k")


@WITH_OPEN_CLIP
def test_pictures_and_words_become_vectors_of_length_1_in_one_space(
    embedder: OpenClipEmbedder,
) -> None:
    vectors = [vector_of(found) for found in embedder.embed([photo(seed=1), photo(seed=2)])]
    words = embedder.embed_texts(["a red dress", "a blue coat", "a red dress"])
    assert (embedder.dimensions, words.shape) == (SIZE, (3, SIZE))
    for vector in [*vectors, *words]:
        assert vector.dtype == np.float32
        assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert not np.allclose(vectors[0], vectors[1], atol=1e-3)
    assert not np.allclose(words[0], words[1], atol=1e-3)
    assert np.allclose(words[0], words[2], atol=1e-5)
    assert embedder.embed_texts([]).shape == (0, SIZE)
    assert [(part.name, part.weight) for part in embedder.parts] == [("clip", 1.0)]


@WITH_OPEN_CLIP
def test_a_batch_gives_what_single_pictures_give_in_order_and_a_bad_one_costs_itself(
    embedder: OpenClipEmbedder,
) -> None:
    pictures = [photo(seed=seed) for seed in range(embedder.at_once + 3)]
    pictures[2] = pictures[2][:500]
    found = embedder.embed(pictures)
    assert isinstance(found[2], CorruptMedia)
    for position in (0, 1, 3, embedder.at_once - 1, embedder.at_once, len(pictures) - 1):
        (single,) = embedder.embed([pictures[position]])
        assert vector_of(found[position]) @ vector_of(single) > 0.999
    assert embedder.embed([]) == []
    assert [type(one) for one in embedder.embed([b"", b"no"])] != [Embedding, Embedding]


@WITH_OPEN_CLIP
@pytest.mark.parametrize("size_px", [(60, 41), (32, 50), (47, 33)])
def test_a_picture_is_seen_as_openclip_itself_would_see_it(
    clip: TinyClip, embedder: OpenClipEmbedder, size_px: tuple[int, int]
) -> None:
    torch, open_clip = import_open_clip()
    model = open_clip.create_model(TINY, pretrained=str(clip.weights())).eval()
    preprocess = open_clip.image_transform(SIDE_PX, is_train=False)
    output = BytesIO()
    Image.open(BytesIO(photo())).resize(size_px).save(output, "PNG")
    with torch.inference_mode():
        pixels = preprocess(Image.open(BytesIO(output.getvalue()))).unsqueeze(0)
        expected = model.encode_image(pixels, normalize=True)[0].numpy()
    (found,) = embedder.embed([output.getvalue()])
    assert vector_of(found) @ expected > 0.999


@WITH_OPEN_CLIP
def test_untrusted_bytes_are_decoded_by_media_workers(
    clip: TinyClip, embedder: OpenClipEmbedder, settings: Settings, make_picture: MakePicture
) -> None:
    pictures = [make_picture(color="red"), make_picture(color="blue")]
    with MediaWorkers.from_settings(settings) as workers:
        other = OpenClipEmbedder(workers, MediaLimits(), TINY, str(clip.weights()), "cpu")
        there = other.embed(pictures)
    for found, here in zip(there, embedder.embed(pictures), strict=True):
        assert np.allclose(vector_of(found), vector_of(here), atol=1e-4)


@WITH_OPEN_CLIP
def test_threads_that_start_together_load_the_model_once(
    clip: TinyClip, caplog: pytest.LogCaptureFixture
) -> None:
    embedder = clip.embedder()
    with caplog.at_level(logging.INFO, "resources.open_clip"), ThreadPoolExecutor(4) as threads:
        found = list(threads.map(embedder.embed, [[photo()]] * 4))
    assert len({vector_of(one).tobytes() for (one,) in found}) == 1
    assert sum("computes on cpu" in record.getMessage() for record in caplog.records) == 1


@WITH_OPEN_CLIP
def test_other_weights_are_another_version_and_the_same_in_another_file_are_not(
    clip: TinyClip, tmp_path: Path
) -> None:
    first, second = clip.embedder(clip.weights(1)), clip.embedder(clip.weights(2))
    copy = tmp_path / "copy.safetensors"
    copy.write_bytes(clip.weights(1).read_bytes())
    assert first.version == clip.embedder(copy).version != second.version
    assert re.fullmatch(rf"{TINY}-[0-9a-f]{{12}}", first.version)
    assert first.model == f"{TINY} {TINY}-1.safetensors"
    assert weights_of("ViT-B/32", "laion2B-s34B_b79k").version == "ViT-B-32-laion2b-s34b-b79k"
    assert (weights_of("ViT-B/32", "openai").embed_size, weights_of("no", "x").embed_size) == (
        512,
        None,
    )


@WITH_OPEN_CLIP
def test_checkpoints_of_either_kind_give_the_same_vectors(
    clip: TinyClip, embedder: OpenClipEmbedder
) -> None:
    (other,) = clip.embedder(clip.weights(suffix=".pt")).embed([photo()])
    (found,) = embedder.embed([photo()])
    assert np.allclose(vector_of(found), vector_of(other), atol=1e-5)


@WITH_OPEN_CLIP
@pytest.mark.parametrize(
    ("architecture", "weights", "words"),
    [
        (TINY, "", "SHOWROOM_CLIP_WEIGHTS is empty"),
        (TINY, "/nowhere/weights.pt", "no weights at /nowhere/weights.pt"),
        (TINY, "folder/weights", "no weights at folder/weights"),
    ],
)
def test_weights_that_are_not_there_are_told_at_once(
    architecture: str, weights: str, words: str
) -> None:
    with pytest.raises(WeightsMissing, match=words):
        OpenClipEmbedder(HereWorkers(), MediaLimits(), architecture, weights)


@WITH_OPEN_CLIP
def test_what_cannot_be_loaded_is_told_by_name_when_it_is_needed(clip: TinyClip) -> None:
    damaged = clip.folder / "damaged.pt"
    damaged.write_bytes(b"no checkpoint")
    cut = clip.folder / "cut.safetensors"
    cut.write_bytes(clip.weights().read_bytes()[:5000])
    empty = clip.folder / "empty.pt"
    torch, _ = import_open_clip()
    torch.save({}, empty)
    for path in (damaged, cut, empty, clip.weights(model=SMALLER)):
        with pytest.raises(WeightsMissing, match=f"{path} cannot be loaded as weights of {TINY}"):
            clip.embedder(path).embed_texts(["a dress"])


@WITH_OPEN_CLIP
def test_an_architecture_tag_or_device_that_does_not_exist_is_named(clip: TinyClip) -> None:
    with pytest.raises(WeightsMissing, match="nobody1 is no file and no weights of ViT-B"):
        OpenClipEmbedder(HereWorkers(), MediaLimits(), "ViT-B-32", "nobody1").embed([photo()])
    path = str(clip.weights())
    for architecture in ("ViT-Z-1", "hf-hub:somebody/something"):
        with pytest.raises(InvalidSetting, match=f"no architecture {architecture}"):
            OpenClipEmbedder(HereWorkers(), MediaLimits(), architecture, path).embed([photo()])
    if not import_open_clip()[0].cuda.is_available():
        with pytest.raises(InvalidSetting, match="no such device"):
            clip.embedder(device="cuda").embed([photo()])


_WITHOUT_TORCH = """
import sys
from media.limits import MediaLimits
from resources.open_clip_embedder import OpenClipEmbedder
from tests.resources.replicate.parts import HereWorkers
embedder = OpenClipEmbedder(HereWorkers(), MediaLimits(), "ViT-B-32", "openai")
print(embedder.version, embedder.dimensions, embedder.model, "torch" in sys.modules)
"""

_FROM_THE_HUB = """
import pathlib, sys
from importlib import import_module
from media.errors import WeightsMissing
from media.limits import MediaLimits
from resources.open_clip_embedder import OpenClipEmbedder
from tests.resources.replicate.parts import HereWorkers
from tests.resources.tiny_clip import TINY, TinyClip
clip = TinyClip(pathlib.Path(sys.argv[1]))
weights = clip.weights()
known = import_module("open_clip.pretrained")
known._PRETRAINED[TINY] = {"tiny_tag": known._pcfg(hf_hub="somebody/tiny/")}
def embedder():
    return OpenClipEmbedder(HereWorkers(), MediaLimits(), TINY, "tiny-tag", "cpu")
constants = import_module("huggingface_hub").constants
for offline in (False, True):
    constants.HF_HUB_OFFLINE = offline
    try:
        embedder().embed_texts(["a dress"])
    except WeightsMissing as error:
        print(error)
repository = pathlib.Path(constants.HF_HUB_CACHE) / "models--somebody--tiny"
kept = repository / "snapshots" / "abc" / "open_clip_model.safetensors"
kept.parent.mkdir(parents=True)
weights.rename(kept)
(repository / "refs").mkdir()
(repository / "refs" / "main").write_text("abc")
print(embedder().embed_texts(["a dress"]).shape, embedder().version)
"""


def run(program: str, *arguments: str, **environment: str) -> list[str]:
    """What a process of its own prints."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=PROJECT_ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@WITH_OPEN_CLIP
def test_what_an_embedder_is_can_be_told_without_loading_torch() -> None:
    assert run(_WITHOUT_TORCH) == ["ViT-B-32-openai 512 ViT-B-32 openai False"]


@WITH_OPEN_CLIP
def test_tagged_weights_come_from_the_cache_and_their_lack_is_told_soon(tmp_path: Path) -> None:
    nobody = {"HF_ENDPOINT": "http://127.0.0.1:9", "HF_HOME": str(tmp_path / "hub")}
    unreachable, offline, loaded = run(_FROM_THE_HUB, str(tmp_path), **nobody)
    assert "tiny_tag are not on this machine, and the hub is out of reach" in unreachable
    assert "HF_HUB_OFFLINE is set: fetch them once where there is a network" in offline
    assert loaded == f"(1, {SIZE}) {TINY}-tiny-tag"
