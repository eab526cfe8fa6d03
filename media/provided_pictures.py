"""Provided pictures: what services and networks answer, checked before it is taken for ours."""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from media.color import flatten
from media.cutouts import Cutout
from media.edge_colors import with_clean_edges
from media.encoders import encode
from media.errors import EmptyMask, InvalidProviderResponse, Refusal
from media.images import load_still, open_image
from media.limits import MediaLimits
from media.mask_quality import judge_mask

_FAST = 1
"""PNG compression level: a cutout is a step on the way, and is read once or twice."""


def decoded(picture: bytes, limits: MediaLimits) -> Image.Image:
    """The pixels of a picture, upright, as `RGB`; for a media worker."""
    return flatten(load_still(picture, limits, lambda _: 1.0).image, (255, 255, 255))


def cutout_of_answer(picture: bytes, answer: bytes, limits: MediaLimits) -> Cutout:
    """The cutout in a provider's answer, its mask judged against the picture; for a worker.

    Raises `InvalidProviderResponse` for an answer that is not an RGBA picture of the picture's
    size, and `EmptyMask` for one that shows nothing.
    """
    source = decoded(picture, limits)
    try:
        header = open_image(answer, limits)
        image = load_still(answer, limits, lambda _: 1.0).image
    except Refusal as error:
        raise InvalidProviderResponse(f"what came back is no whole picture: {error}") from error
    if header.mode != "RGBA" or image.size != source.size:
        raise InvalidProviderResponse(
            f"what came back is {header.mode} of {image.width} x {image.height} pixels, "
            f"not RGBA of {source.width} x {source.height}"
        )
    return _judged(source, np.array(image.convert("RGBA")))


def cutout_of_mask(source: Image.Image, mask: Image.Image) -> Cutout:
    """The cutout that an `L` mask makes of an `RGB` picture, judged; for a worker.

    Where the mask is soft, what shines through of the background is taken out of the colours.
    """
    return _judged(source, with_clean_edges(np.asarray(source), np.asarray(mask)))


def _judged(source: Image.Image, pixels: NDArray[np.uint8]) -> Cutout:
    """The cutout of these RGBA pixels of a picture."""
    alpha = pixels[..., 3]
    if not alpha.any():
        raise EmptyMask("No product was found in the picture.")
    judgement = judge_mask(np.asarray(source), alpha)
    pixels[alpha == 0] = 0
    output = BytesIO()
    Image.fromarray(pixels).save(output, "PNG", compress_level=_FAST)
    return Cutout(
        "cutout",
        output.getvalue(),
        "png",
        *source.size,
        mask_quality=judgement.quality,
        review=judgement.review,
    )


def published(
    answer: bytes, size_px: tuple[int, int], image_format: str, quality: int, limits: MediaLimits
) -> bytes:
    """A provider's picture of a scene, encoded as was asked for; for a media worker.

    Nothing but pixels is kept. Raises `InvalidProviderResponse` for an answer that is not a
    picture of that size.
    """
    try:
        image = load_still(answer, limits, lambda _: 1.0).image
    except Refusal as error:
        raise InvalidProviderResponse(f"what came back is no whole picture: {error}") from error
    if image.size != size_px:
        raise InvalidProviderResponse(
            f"what came back is {image.width} x {image.height} pixels, "
            f"not {size_px[0]} x {size_px[1]}"
        )
    paper = (255, 255, 255)
    return encode(flatten(image, paper), image_format, quality, paper)
