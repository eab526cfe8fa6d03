"""The pictures that are measured on: real ones where the corpus is there, else generated ones.

Generated pictures are crops of a few large scenes: soft light, texture at several scales, and
the noise of a sensor. They are the same in every run.
"""

import shutil
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from benchmarks.corpus import CorpusFile, corpus_files

PHOTO_PX = 1_000_000
"""Width times height from which a picture counts as a photo."""

_SCENE_PX = (4032, 3024)
_SCENES = 3
_TEXTURES = ((6, 60.0), (40, 25.0), (300, 12.0))
_COPY_EVERY = 25
_LARGE_EVERY = 15
_SIZES_PX = (
    (240, 240), (400, 300), (150, 200), (500, 500), (300, 400), (96, 96), (640, 480),
    (320, 480), (64, 64), (225, 300), (800, 600), (450, 300), (200, 200),
)  # fmt: skip
_PHOTO_SIZES_PX = (
    (1280, 960), (1600, 1200), (1200, 1800), (2048, 1365), (1400, 1400), (2400, 1600),
    (3000, 2000), (1920, 1080), (1100, 1340), (4032, 3024),
)  # fmt: skip
_FORMATS = ("jpg", "jpg", "jpg", "png", "jpg", "webp", "jpg")


def mixed_images(folder: Path, count: int) -> list[Path]:
    """`count` pictures small to large in many formats, a natural share of them twice."""
    files = _copied(real_pictures()[:count], folder)
    files += _generated_mix(folder, count - len(files))
    return files


def photos(folder: Path, count: int) -> list[Path]:
    """`count` photos of at least a megapixel."""
    real = [file for file in real_pictures() if file.pixels >= PHOTO_PX]
    files = _copied(real[:count], folder)
    random = Random(2)  # noqa: S311 - pictures, not secrets
    for number in range(len(files), count):
        size_px = _PHOTO_SIZES_PX[number % len(_PHOTO_SIZES_PX)]
        path = folder / f"{number:04d}-photo.jpg"
        _crop(random, size_px).save(path, quality=90)
        files.append(path)
    return files


def real_pictures() -> list[CorpusFile]:
    """The corpus's images that may be processed; not those that are a document as well."""
    return [
        file
        for file in corpus_files()
        if file.kind == "image" and file.may_be_processed and file.category != "polyglot"
    ]


def pixels_of(path: Path) -> int:
    """Width times height as the file says, 0 where it does not."""
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path) as opened:
            return opened.width * opened.height
    except Exception:  # noqa: BLE001 - Pillow raises anything on bad bytes
        return 0


def _copied(real: list[CorpusFile], folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for number, file in enumerate(real):
        target = folder / f"{number:04d}-{file.path.name}"
        shutil.copyfile(file.path, target)
        files.append(target)
    return files


def _generated_mix(folder: Path, count: int) -> list[Path]:
    files: list[Path] = []
    for number, picture in zip(range(count), _pictures(), strict=False):
        extension = _FORMATS[number % len(_FORMATS)]
        path = folder / f"generated-{number:04d}.{extension}"
        if number % _COPY_EVERY == _COPY_EVERY - 1:
            path = path.with_suffix(files[-7].suffix)
            shutil.copyfile(files[-7], path)
        else:
            picture.save(path, quality=90)
        files.append(path)
    return files


def _pictures() -> Iterator[Image.Image]:
    random = Random(1)  # noqa: S311 - pictures, not secrets
    number = 0
    while True:
        large = number % _LARGE_EVERY == _LARGE_EVERY - 1
        sizes = _PHOTO_SIZES_PX if large else _SIZES_PX
        yield _crop(random, sizes[(number // _LARGE_EVERY if large else number) % len(sizes)])
        number += 1


def _crop(random: Random, size_px: tuple[int, int]) -> Image.Image:
    """A part of a scene, reduced where there is room, so that its detail is a photo's."""
    scene = _scene(random.randrange(_SCENES))
    width, height = size_px
    zoom = random.uniform(1, min(2.0, scene.width / width, scene.height / height))
    across, down = int(width * zoom), int(height * zoom)
    left = random.randint(0, scene.width - across)
    top = random.randint(0, scene.height - down)
    return scene.resize(size_px, Image.Resampling.BILINEAR, (left, top, left + across, top + down))


@cache
def _scene(number: int) -> Image.Image:
    generator = np.random.default_rng(number)
    width, height = _SCENE_PX
    light = np.linspace(60, 190, width, dtype=np.float32)[None, :, None] + np.linspace(
        -40, 40, height, dtype=np.float32
    )[:, None, None] * np.array([1.0, 0.6, 0.2], dtype=np.float32)
    for cells, strength in _TEXTURES:
        coarse = generator.normal(128, 40, (cells * 3 // 4, cells, 3)).clip(0, 255)
        smooth = Image.fromarray(coarse.astype(np.uint8)).resize(
            _SCENE_PX, Image.Resampling.BICUBIC
        )
        light = light + (np.asarray(smooth, dtype=np.float32) - 128) * (strength / 40)
    noise = generator.normal(0, 4, (height, width, 1)).astype(np.float32)
    return Image.fromarray((light + noise).clip(0, 255).astype(np.uint8))
