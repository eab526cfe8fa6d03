"""What an upload is, and why it is not taken."""

import pytest
from PIL import Image

from media.errors import CorruptMedia, EmptyFile, EncryptedMedia, TooLarge, UnsupportedType
from media.hashing import hamming_distance
from media.limits import MediaLimits
from media.probe import probe_upload
from tests.media.pdf_files import RED_PAGE, locked_pdf, pdf
from tests.media.pictures import encoded, gif, photo

LIMITS = MediaLimits()


def test_image_facts() -> None:
    facts = probe_upload(encoded(photo(640, 480), "JPEG"), LIMITS)
    assert (facts.format, facts.kind, facts.extension) == ("jpeg", "image", "jpg")
    assert (facts.width_px, facts.height_px, facts.frames) == (640, 480, 1)
    assert facts.has_alpha is False
    assert facts.pages is None
    assert facts.perceptual_hash is not None


def test_sizes_are_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    facts = probe_upload(encoded(photo(640, 480), "JPEG", exif=exif), LIMITS)
    assert (facts.width_px, facts.height_px) == (480, 640)


def test_hash_does_not_depend_on_format_or_size() -> None:
    small = probe_upload(encoded(photo(640, 480), "JPEG"), LIMITS).perceptual_hash
    large = probe_upload(encoded(photo(2560, 1920), "PNG"), LIMITS).perceptual_hash
    assert small is not None
    assert large is not None
    assert hamming_distance(small, large) <= 4


def test_alpha_is_what_is_used() -> None:
    opaque = Image.new("RGBA", (500, 500), (9, 9, 9, 255))
    assert probe_upload(encoded(opaque), LIMITS).has_alpha is False
    opaque.putpixel((250, 250), (9, 9, 9, 0))
    assert probe_upload(encoded(opaque), LIMITS).has_alpha is True


def test_animations() -> None:
    assert probe_upload(gif(7), LIMITS).frames == 7
    with pytest.raises(TooLarge, match="frames"):
        probe_upload(gif(201), LIMITS)


def test_pages_of_a_tiff_are_no_frames() -> None:
    pages = [Image.new("L", (9, 9), n) for n in range(5)]
    data = encoded(pages[0], "TIFF", save_all=True, append_images=pages[1:])
    assert probe_upload(data, LIMITS).frames == 1


def test_document_facts() -> None:
    facts = probe_upload(pdf([RED_PAGE, RED_PAGE]), LIMITS)
    assert (facts.format, facts.kind, facts.pages) == ("pdf", "pdf", 2)
    assert (facts.width_px, facts.height_px) == (200, 100)
    assert facts.has_alpha is None


def test_refusals() -> None:
    with pytest.raises(EmptyFile):
        probe_upload(b"", LIMITS)
    with pytest.raises(TooLarge, match=r"11 bytes.*10"):
        probe_upload(b"x" * 11, MediaLimits(max_upload_bytes=10))
    with pytest.raises(UnsupportedType, match="SVG"):
        probe_upload(b"<svg/>", LIMITS)
    with pytest.raises(EncryptedMedia, match="password"):
        probe_upload(locked_pdf(user_password=True), LIMITS)
    with pytest.raises(CorruptMedia):
        probe_upload(encoded(photo(), "JPEG")[:-200], LIMITS)


def test_the_end_of_a_large_jpeg_is_read_although_it_is_decoded_small() -> None:
    data = encoded(photo(2000, 1500), "JPEG", progressive=True)
    with pytest.raises(CorruptMedia):
        probe_upload(data[: int(len(data) * 0.97)], LIMITS)


def test_kinds_can_be_narrowed_and_widened() -> None:
    with pytest.raises(UnsupportedType, match=r"PDF.*taken here: image"):
        probe_upload(pdf(), LIMITS, frozenset({"image"}))
    video = b"\0\0\0\x18ftypisom\0\0\0\0isomavc1"
    assert probe_upload(video, LIMITS, frozenset({"video"})).extension == "mp4"
