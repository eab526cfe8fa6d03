"""The signatures of file formats: which bytes say what a file is.

Names only; what a name stands for is in `media.formats`. The first signature that fits wins.
"""

from collections.abc import Callable

_PDF_JUNK_BYTES = 1024
"""Readers accept this much before `%PDF-` (ISO 32000-1, Annex H, implementation note 13)."""

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\x00\x10\x00\x00\x00CR", "raw"),
    (b"IIRO", "raw"),
    (b"IIU\x00", "raw"),
    (b"FUJIFILMCCD-RAW", "raw"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
    (b"II+\x00", "tiff"),
    (b"MM\x00+", "tiff"),
    (b"\x00\x00\x01\xba", "mpeg"),
    (b"\x00\x00\x01\xb3", "mpeg"),
    (b"FLV\x01", "flv"),
    (b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\x00\xaa\x00b\xcel", "wmv"),
    (b"8BPS", "psd"),
    (b"\xc5\xd0\xd3\xc6", "ps"),
    (b"%!PS", "ps"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b", "gz"),
    (b"7z\xbc\xaf'\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
    (b"\x00\x00\x00\x0cjP  ", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"\xff\x0a", "jxl"),
    (b"\x00\x00\x00\x0cJXL ", "jxl"),
    (b"\x00\x00\x01\x00", "ico"),
    (b"DDS ", "dds"),
    (b"\xd7\xcd\xc6\x9a", "wmf"),
    (b"\xd0\xcf\x11\xe0", "doc"),
    (b"ID3", "audio"),
    (b"fLaC", "audio"),
    (b"MZ", "exe"),
    (b"\x7fELF", "elf"),
)

_TEXT_OPENINGS: tuple[tuple[bytes, str], ...] = (
    (b"#extm3u", "playlist"),
    (b"ffconcat", "playlist"),
    (b"<mpd", "playlist"),
    (b"<smil", "playlist"),
    (b"[playlist]", "playlist"),
    (b"push graphic-context", "mvg"),
    (b"<!doctype html", "html"),
    (b"<html", "html"),
    (b"<script", "html"),
    (b"<?php", "php"),
    (b"{\\rtf", "rtf"),
)

_BRANDS: dict[bytes, str] = {
    **dict.fromkeys((b"avif", b"avis"), "avif"),
    **dict.fromkeys(
        (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"), "heic"
    ),
    **dict.fromkeys((b"M4A ", b"M4B ", b"M4P "), "audio"),
    b"crx ": "raw",
    b"qt  ": "mov",
}
_BMP_HEADER_BYTES = frozenset({12, 16, 40, 52, 56, 64, 108, 124})


def identify(head: bytes) -> str | None:
    """Return the name of the format a file with these first bytes is in, None for none known."""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name
    for detect in _DETECTORS:
        found = detect(head)
        if found:
            return found
    return None


def looks_like_text(head: bytes) -> bool:
    """Whether there are no control characters but white space."""
    return not any(byte < 9 or 13 < byte < 32 for byte in head)


def _riff(head: bytes) -> str | None:
    if not head.startswith(b"RIFF"):
        return None
    return {b"WEBP": "webp", b"AVI ": "avi", b"WAVE": "audio"}.get(head[8:12])


def _iso_media(head: bytes) -> str | None:
    """ISO base media (MP4, QuickTime, HEIF): the brand in the `ftyp` box decides."""
    if head[4:8] in (b"moov", b"mdat", b"wide") or head[4:12] == b"free\x00\x00\x00\x08":
        return "mov"
    if head[4:8] != b"ftyp":
        return None
    major = head[8:12]
    if major in _BRANDS:
        return _BRANDS[major]
    if major in (b"mif1", b"msf1"):
        end = min(int.from_bytes(head[:4], "big"), len(head))
        compatible = [head[start : start + 4] for start in range(16, end, 4)]
        return "avif" if {b"avif", b"avis"} & set(compatible) else "heic"
    return "3gp" if major.startswith(b"3g") else "mp4"


def _matroska(head: bytes) -> str | None:
    if not head.startswith(b"\x1aE\xdf\xa3"):
        return None
    return "webm" if b"webm" in head[:64] else "mkv"


def _ogg(head: bytes) -> str | None:
    if not head.startswith(b"OggS"):
        return None
    return "ogv" if b"theora" in head or b"fishead" in head[:64] else "audio"


def _bmp(head: bytes) -> str | None:
    """`BM` alone also starts ordinary text, so the header's own length has to fit."""
    known_header = int.from_bytes(head[14:18], "little") in _BMP_HEADER_BYTES
    return "bmp" if head.startswith(b"BM") and known_header else None


def _transport_stream(head: bytes) -> str | None:
    return "ts" if head[:1] == b"G" and head[188:189] == b"G" and head[376:377] == b"G" else None


def _mp3(head: bytes) -> str | None:
    return "audio" if head[:2] in (b"\xff\xfb", b"\xff\xf3", b"\xff\xf2") else None


def _text(head: bytes) -> str | None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(b"<svg") or (
        text.startswith((b"<?xml", b"<!--", b"<!doc")) and b"<svg" in text
    ):
        return "svg"
    for opening, name in _TEXT_OPENINGS:
        if text.startswith(opening):
            return name
    if text.startswith(b"<?xml"):
        return "playlist" if b"<mpd" in text or b"<smil" in text else "xml"
    return None


def _pdf(head: bytes) -> str | None:
    return "pdf" if b"%PDF-" in head[: _PDF_JUNK_BYTES + 5] else None


_DETECTORS: tuple[Callable[[bytes], str | None], ...] = (
    _riff,
    _iso_media,
    _matroska,
    _ogg,
    _bmp,
    _transport_stream,
    _mp3,
    _text,
    _pdf,
)
