"""Which format some bytes are in, told from the bytes and never from the name.

It knows more formats than any pipeline takes, so that a refusal can say what a file is
instead of only what it is not.
"""

from collections.abc import Collection
from dataclasses import dataclass

from media.errors import EmptyFile, MisleadingName, UnsupportedType
from media.signatures import identify, looks_like_text

SNIFF_BYTES = 4096
"""How many leading bytes `detect_format` looks at; more are ignored."""


@dataclass(frozen=True)
class MediaFormat:
    """A recognised file format.

    `kind` is `image`, `pdf`, `video`, `svg` or `other`; `description` fits in "This is ...".
    """

    name: str
    kind: str
    extension: str
    media_type: str
    description: str


def _image(name: str, extension: str, description: str) -> MediaFormat:
    return MediaFormat(name, "image", extension, f"image/{name}", description)


def _video(name: str, media_type: str) -> MediaFormat:
    return MediaFormat(name, "video", name, media_type, f"a video ({name.upper()})")


def _other(name: str, media_type: str, description: str) -> MediaFormat:
    return MediaFormat(name, "other", name, media_type, description)


FORMATS: dict[str, MediaFormat] = {
    media_format.name: media_format
    for media_format in (
        _image("jpeg", "jpg", "a JPEG image"),
        _image("png", "png", "a PNG image"),
        _image("webp", "webp", "a WebP image"),
        _image("gif", "gif", "a GIF image"),
        _image("tiff", "tif", "a TIFF image"),
        _image("bmp", "bmp", "a BMP image"),
        _image("avif", "avif", "an AVIF image"),
        _image("heic", "heic", "a HEIC image"),
        MediaFormat("pdf", "pdf", "pdf", "application/pdf", "a PDF document"),
        MediaFormat("svg", "svg", "svg", "image/svg+xml", "an SVG drawing"),
        _video("mp4", "video/mp4"),
        _video("mov", "video/quicktime"),
        _video("3gp", "video/3gpp"),
        _video("webm", "video/webm"),
        _video("mkv", "video/x-matroska"),
        _video("avi", "video/x-msvideo"),
        _video("mpeg", "video/mpeg"),
        _video("ts", "video/mp2t"),
        _video("flv", "video/x-flv"),
        _video("wmv", "video/x-ms-wmv"),
        _video("ogv", "video/ogg"),
        _other("audio", "application/octet-stream", "a sound file"),
        _other("raw", "image/x-dcraw", "a camera raw file"),
        _other("playlist", "text/plain", "a text playlist, not media itself"),
        _other("html", "text/html", "a web page"),
        _other("xml", "application/xml", "an XML text"),
        _other("ps", "application/postscript", "a PostScript file"),
        _other("zip", "application/zip", "a ZIP archive or an office document"),
        _other("psd", "image/vnd.adobe.photoshop", "a Photoshop file"),
        _other("gz", "application/gzip", "a gzip archive"),
        _other("7z", "application/x-7z-compressed", "a 7-Zip archive"),
        _other("rar", "application/vnd.rar", "a RAR archive"),
        _other("jp2", "image/jp2", "a JPEG 2000 image"),
        _other("jxl", "image/jxl", "a JPEG XL image"),
        _other("ico", "image/x-icon", "an icon file"),
        _other("dds", "image/vnd-ms.dds", "a DDS texture"),
        _other("wmf", "image/wmf", "a Windows metafile"),
        _other("doc", "application/msword", "an older office document"),
        _other("exe", "application/x-msdownload", "a Windows program"),
        _other("elf", "application/x-executable", "a Linux program"),
        _other("mvg", "text/plain", "an ImageMagick drawing script"),
        _other("php", "text/x-php", "a PHP script"),
        _other("rtf", "application/rtf", "a rich text document"),
    )
}
"""Every format known here, by name."""


def detect_format(head: bytes) -> MediaFormat:
    """Return the format of the file that starts with `head`.

    `head` is the whole file or at least its first SNIFF_BYTES bytes. The first signature wins,
    so a file that is both a JPEG and a PDF is a JPEG. Raises EmptyFile for no bytes and
    UnsupportedType for bytes of no format known here; formats that are known but that no
    pipeline takes come back with kind `other`.
    """
    if not head:
        raise EmptyFile("The file is empty.")
    head = head[:SNIFF_BYTES]
    name = identify(head)
    if name:
        return FORMATS[name]
    raise UnsupportedType(
        "This is plain text, not an image, a document or a video."
        if looks_like_text(head)
        else "The bytes are of no type known here, whatever the name says."
    )


_KIND_OF_EXTENSION = {
    media_format.extension: media_format.kind
    for media_format in FORMATS.values()
    if media_format.kind in {"image", "pdf", "video"}
} | dict.fromkeys(("jpeg", "jpe", "jfif", "tiff", "heif", "hif", "apng", "dib"), "image")


def require_honest_name(media_format: MediaFormat, filename: str) -> None:
    """Raise MisleadingName where the name's extension is of another kind than the bytes.

    A JPEG called .png is harmless, and so is a name that says nothing; but what is handed on
    as a document and opens as a picture, or the other way round, was mistaken or disguised.
    """
    extension = filename.rpartition(".")[2].lower()
    promised = _KIND_OF_EXTENSION.get(extension)
    if promised and promised != media_format.kind:
        raise MisleadingName(
            f"The name ends in .{extension}, but this is {media_format.description}; "
            "name it for what it is and upload it again."
        )


def require_kind(media_format: MediaFormat, kinds: Collection[str]) -> None:
    """Raise UnsupportedType, naming what the file is, unless its kind is one of `kinds`."""
    if media_format.kind not in kinds:
        raise UnsupportedType(
            f"This is {media_format.description}; taken here: {', '.join(sorted(kinds))}."
        )
