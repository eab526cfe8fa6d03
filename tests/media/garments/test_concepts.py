"""Concept pictures: encoded, labelled, and the same bytes from the same seed."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from media.designs.brief import Brief
from media.garments.concepts import concept_picture

BRIEF = Brief("mustard pleated midi skirt")


@pytest.mark.parametrize("image_format", ["webp", "png", "jpeg"])
def test_the_same_seed_gives_the_same_bytes_in_each_format(image_format: str) -> None:
    first, again = (concept_picture(BRIEF, 7, 192, 256, image_format) for _ in range(2))
    assert first == again
    with Image.open(BytesIO(first.data)) as image:
        assert image.format == image_format.upper()
        assert image.size == (192, 256)


def test_another_seed_gives_other_bytes() -> None:
    assert concept_picture(BRIEF, 7, 192, 256).data != concept_picture(BRIEF, 8, 192, 256).data


def test_it_says_in_words_and_in_its_foot_what_it_is() -> None:
    made = concept_picture(BRIEF, 7, image_format="png")
    assert made.words.startswith("mustard midi")
    pixels = np.asarray(Image.open(BytesIO(made.data)).convert("L"), np.float32)
    foot = pixels[-34:-10, -150:-10]
    ground = np.median(foot)
    assert 0.03 < (foot < ground - 40).mean() < 0.4
    assert (pixels[-34:-10, 10:150] < ground - 40).mean() == 0
