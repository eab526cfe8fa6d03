"""Picture facts: size, hash, and a sharpness that copies of any size can be compared by."""

import pytest
from PIL import Image, ImageFilter

from media.errors import CorruptMedia, EmptyFile
from media.hashing import hamming_distance, perceptual_hash
from media.limits import MediaLimits
from media.picture_facts import picture_facts
from tests.media.pictures import decoded, encoded, photo

LIMITS = MediaLimits()


def detailed(width_px: int, height_px: int) -> Image.Image:
    """A photo with detail down to its pixels."""
    soft = photo(width_px, height_px)
    grain = Image.effect_noise((width_px, height_px), 60).convert("RGB")
    return Image.blend(soft, grain, 0.3)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_a_smaller_copy_is_less_sharp(image_format: str) -> None:
    source = detailed(900, 600)
    sharpness = [
        picture_facts(
            encoded(source.resize((900 // part, 600 // part)), image_format, quality=95), LIMITS
        ).sharpness
        for part in (1, 2, 4)
    ]
    assert sharpness[0] > 1.2 * sharpness[1] > 1.4 * sharpness[2] > 0


def test_a_blurred_copy_is_less_sharp_at_any_size() -> None:
    for size_px in ((1500, 1000), (500, 400)):
        source = detailed(*size_px)
        sharp = picture_facts(encoded(source, "JPEG"), LIMITS).sharpness
        blurred = source.filter(ImageFilter.GaussianBlur(size_px[0] / 300))
        assert picture_facts(encoded(blurred, "JPEG"), LIMITS).sharpness < 0.5 * sharp


def test_what_is_larger_than_the_measured_size_is_as_sharp_as_its_large_copies() -> None:
    # Edges and no grain: detail that both sizes can hold.
    source = photo(96, 64).resize((2880, 1920), Image.Resampling.NEAREST)
    copy = source.resize((1440, 960), Image.Resampling.LANCZOS)
    original, smaller = (
        picture_facts(encoded(each, "JPEG", quality=95), LIMITS).sharpness
        for each in (source, copy)
    )
    assert smaller == pytest.approx(original, rel=0.15)


def test_a_flat_picture_has_no_sharpness() -> None:
    assert picture_facts(encoded(Image.new("RGB", (50, 40), "teal")), LIMITS).sharpness == 0


def test_size_and_hash_are_those_of_the_upright_picture() -> None:
    source = photo(1600, 1000)
    upright = source.transpose(Image.Transpose.ROTATE_270)
    exif = Image.Exif()
    exif[0x0112] = 6
    facts = picture_facts(encoded(source, "JPEG", exif=exif, quality=92), LIMITS)
    assert (facts.width_px, facts.height_px) == (1000, 1600)
    assert hamming_distance(facts.perceptual_hash, perceptual_hash(upright)) <= 2


def test_transparency_is_white() -> None:
    clear = Image.new("RGBA", (80, 60), (0, 0, 0, 0))
    white = Image.new("RGB", (80, 60), "white")
    clear.paste("black", (20, 20, 50, 40))
    white.paste("black", (20, 20, 50, 40))
    assert picture_facts(encoded(clear), LIMITS) == picture_facts(encoded(white), LIMITS)


def test_of_an_animation_the_first_picture_counts() -> None:
    first, second = photo(64, 48, seed=1), photo(64, 48, seed=2)
    animation = encoded(first, "GIF", save_all=True, append_images=[second])
    alone = encoded(decoded(encoded(first, "GIF")).convert("RGB"))
    assert picture_facts(animation, LIMITS) == picture_facts(alone, LIMITS)


def test_the_thinnest_picture_is_measured() -> None:
    facts = picture_facts(encoded(Image.new("RGB", (3000, 1), "red")), LIMITS)
    assert (facts.width_px, facts.height_px, facts.sharpness) == (3000, 1, 0)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(EmptyFile):
        picture_facts(b"", LIMITS)
    with pytest.raises(CorruptMedia):
        picture_facts(encoded(photo())[:-2000], LIMITS)
