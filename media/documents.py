"""Pages of PDF documents as pictures.

Pages are drawn by PDFium. Its form environment is never initialised, so scripts, form actions
and launch actions of a document have nothing that could run them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image

from media.composition import Composer
from media.encoders import encode
from media.errors import CorruptMedia, EncryptedMedia, TooLarge
from media.formats import detect_format, require_kind
from media.geometry import Plan, plan_rendition
from media.hex_colors import parse_hex_color
from media.limits import MediaLimits
from media.page_ranges import parse_pages, select_pages
from media.presets import RenditionSpec
from media.variants import Rendition
from media.watermark_press import WatermarkPress
from media.watermarks import Watermark

_END_MARKER = b"%%EOF"
_END_BYTES = 1024


@dataclass(frozen=True)
class PageOptions:
    """Which pages of a document to render, and how.

    `pages` is what `media.page_ranges.parse_pages` reads. A page is drawn at the size asked
    for, so there is no enlarging to avoid; `background` is the paper. Raises ValueError for
    values not allowed.
    """

    pages: str
    specs: tuple[RenditionSpec, ...]
    background: str = "#ffffff"
    watermark: Watermark | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be made, before anything runs."""
        parse_pages(self.pages)
        parse_hex_color(self.background)


@dataclass(frozen=True)
class DocumentFacts:
    """Page count, and width and height of the first page in points, upright."""

    pages: int
    width_pt: float
    height_pt: float


def measure_document(data: bytes) -> DocumentFacts:
    """Return the page count and the first page's size.

    Raises EmptyFile, UnsupportedType, EncryptedMedia when a password is needed to read it,
    and CorruptMedia for a document that is cut off, cannot be opened or has no pages.
    """
    with open_document(data) as document, _page(document, 1) as page:
        width_pt, height_pt = _page_size(page, 1)
        return DocumentFacts(len(document), width_pt, height_pt)


def render_pages(data: bytes, options: PageOptions, limits: MediaLimits) -> list[Rendition]:
    """Return each asked page in each of `options.specs`, named like `page-0001-thumbnail`.

    A page is drawn once, at the largest size needed and with at most `limits.max_page_pixels`
    pixels: an extremely long page comes out smaller than asked. Raises what
    `measure_document` raises, PageOutOfRange, and TooLarge for more than `limits.max_pages`.
    """
    press = WatermarkPress(options.watermark, limits) if options.watermark else None
    composer = Composer(parse_hex_color(options.background), press)
    renditions: list[Rendition] = []
    with open_document(data) as document:
        for number in select_pages(options.pages, len(document), limits.max_pages):
            with _page(document, number) as page:
                picture = _draw(page, number, options, limits)
            renditions += _renditions(picture, number, options, composer)
    return renditions


@contextmanager
def open_document(data: bytes) -> Iterator[pdfium.PdfDocument]:
    """Open a document that has at least one page; raises what `measure_document` raises."""
    require_kind(detect_format(data), {"pdf"})
    if _END_MARKER not in data.rstrip(b"\x00\t\n\r ")[-_END_BYTES:]:
        raise CorruptMedia("The document ends before its end marker; was the upload cut off?")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if error.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
            raise EncryptedMedia(
                "The document opens only with a password; upload one without."
            ) from error
        raise CorruptMedia("The document cannot be opened; its structure is damaged.") from error
    try:
        if len(document) < 1:
            raise CorruptMedia("The document has no pages.")
        yield document
    finally:
        document.close()


@contextmanager
def _page(document: pdfium.PdfDocument, number: int) -> Iterator[pdfium.PdfPage]:
    try:
        page = document[number - 1]
    except pdfium.PdfiumError as error:
        raise CorruptMedia(f"Page {number} of the document cannot be read.") from error
    try:
        yield page
    finally:
        page.close()


def _page_size(page: pdfium.PdfPage, number: int) -> tuple[float, float]:
    width_pt, height_pt = page.get_size()
    if not (0 < width_pt < float("inf") and 0 < height_pt < float("inf")):
        raise CorruptMedia(f"Page {number} of the document has no area.")
    return width_pt, height_pt


def _draw(
    page: pdfium.PdfPage, number: int, options: PageOptions, limits: MediaLimits
) -> Image.Image:
    """Return the page at the largest size any rendition needs, as `RGB`."""
    size_pt = _page_size(page, number)
    scale = max((_plan(size_pt, spec, enlarge=True).scale for spec in options.specs), default=1.0)
    scale = min(scale, (limits.max_page_pixels / (size_pt[0] * size_pt[1])) ** 0.5)
    # PDFium's sides are rounded up: a hair less keeps 1920.0000001 from becoming 1921.
    scale *= 1 - 1e-9
    pixels = -(-size_pt[0] * scale // 1) * -(-size_pt[1] * scale // 1)
    if pixels > 2 * limits.max_page_pixels:
        raise TooLarge(f"Page {number} is too long and thin to be rendered.")
    try:
        bitmap = page.render(
            scale=scale,
            fill_color=(*parse_hex_color(options.background), 255),
            may_draw_forms=False,
            rev_byteorder=True,
        )
        picture: Image.Image = bitmap.to_pil()
    except pdfium.PdfiumError as error:
        raise CorruptMedia(f"Page {number} of the document cannot be drawn.") from error
    return picture.convert("RGB")


def _renditions(
    picture: Image.Image, number: int, options: PageOptions, composer: Composer
) -> Iterator[Rendition]:
    encoded: dict[tuple[Plan, str, int], bytes] = {}
    for spec in options.specs:
        # Drawn large enough for every spec, so what is smaller was capped.
        plan = _plan(picture.size, spec, enlarge=False)
        key = (plan, spec.format, spec.quality)
        if key not in encoded:
            composed = composer.compose(picture, picture.size, plan)
            encoded[key] = encode(composed, spec.format, spec.quality, composer.background)
        yield Rendition(
            f"page-{number:04d}-{spec.name}", encoded[key], spec.format, *plan.canvas_px
        )


def _plan(size: tuple[float, float], spec: RenditionSpec, *, enlarge: bool) -> Plan:
    return plan_rendition(size, spec.box_px, fit=spec.fit, anchor=spec.anchor, enlarge=enlarge)
