"""Formats are told from the bytes."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import signatures
from media.errors import EmptyFile, UnsupportedType
from media.formats import FORMATS, MediaFormat, detect_format, require_kind
from tests.media.pdf_files import pdf
from tests.media.pictures import encoded, gif, quadrants


@pytest.mark.parametrize(
    ("pillow_name", "name", "extension", "media_type"),
    [
        ("JPEG", "jpeg", "jpg", "image/jpeg"),
        ("PNG", "png", "png", "image/png"),
        ("WEBP", "webp", "webp", "image/webp"),
        ("GIF", "gif", "gif", "image/gif"),
        ("TIFF", "tiff", "tif", "image/tiff"),
        ("BMP", "bmp", "bmp", "image/bmp"),
        ("AVIF", "avif", "avif", "image/avif"),
    ],
)
def test_image_formats(pillow_name: str, name: str, extension: str, media_type: str) -> None:
    found = detect_format(encoded(quadrants(), pillow_name))
    assert (found.name, found.kind) == (name, "image")
    assert (found.extension, found.media_type) == (extension, media_type)


@pytest.mark.parametrize(
    ("head", "name", "kind"),
    [
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "heic", "image"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "heic", "image"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif", "avif", "image"),
        (b"\0\0\0\x18ftypisom\0\0\0\0isomavc1", "mp4", "video"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "mov", "video"),
        (b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x84webm", "webm", "video"),
        (b"\x1aE\xdf\xa3\x01\0\0\0\0\0\0\x1fB\x82\x88matroska", "mkv", "video"),
        (b"RIFF\0\0\0\0AVI LIST", "avi", "video"),
        (b"RIFF\0\0\0\0WAVEfmt ", "audio", "other"),
        (b'\xef\xbb\xbf  <svg xmlns="http://www.w3.org/2000/svg"/>', "svg", "svg"),
        (b'<?xml version="1.0"?><!-- drawn --><svg/>', "svg", "svg"),
        (b"<!DOCTYPE html><p>%PDF-1.4", "html", "other"),
        (b"#EXTM3U\n#EXT-X-TARGETDURATION:1\nfile:///etc/passwd", "playlist", "other"),
        (b"ffconcat version 1.0\nfile other.mp4", "playlist", "other"),
        (b"push graphic-context\nviewbox 0 0 640 480", "mvg", "other"),
        (b"PK\x03\x04\x14\0", "zip", "other"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "ps", "other"),
        (b"8BPS\0\x01", "psd", "other"),
        (b"II*\0\x10\0\0\0CR\x02\0", "raw", "other"),
    ],
)
def test_heads(head: bytes, name: str, kind: str) -> None:
    found = detect_format(head)
    assert (found.name, found.kind) == (name, kind)


def test_pdf_may_be_preceded_by_a_kilobyte_of_junk() -> None:
    assert detect_format(b"\0" * 1024 + pdf()).name == "pdf"
    with pytest.raises(UnsupportedType):
        detect_format(b"\0" * 1100 + pdf())


def test_first_signature_wins_in_a_polyglot() -> None:
    assert detect_format(encoded(quadrants(), "JPEG")[:200] + pdf()).name == "jpeg"
    assert detect_format(gif(1)[:30] + pdf()).name == "gif"


def test_text_that_starts_like_a_bitmap_is_no_bitmap() -> None:
    with pytest.raises(UnsupportedType, match="plain text"):
        detect_format(b"BMW and other cars\n" * 5)


def test_no_bytes() -> None:
    with pytest.raises(EmptyFile):
        detect_format(b"")


def test_refusal_names_what_it_is_and_what_is_taken() -> None:
    with pytest.raises(UnsupportedType, match=r"SVG drawing.*image, pdf"):
        require_kind(detect_format(b"<svg/>"), {"pdf", "image"})


@given(st.binary(max_size=600))
def test_any_bytes_are_a_format_or_refused(head: bytes) -> None:
    with contextlib.suppress(EmptyFile, UnsupportedType):
        assert isinstance(detect_format(head), MediaFormat)


def test_every_signature_stands_for_a_known_format() -> None:
    tables = (signatures._SIGNATURES, signatures._TEXT_OPENINGS, tuple(signatures._BRANDS.items()))
    for table in tables:
        for opening, name in table:
            assert name in FORMATS, opening
