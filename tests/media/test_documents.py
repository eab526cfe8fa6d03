"""Pages of documents as pictures."""

import pytest
from PIL import Image

from media.documents import PageOptions, measure_document, render_pages
from media.errors import (
    CorruptMedia,
    EncryptedMedia,
    PageOutOfRange,
    TooLarge,
    UnsupportedType,
)
from media.limits import MediaLimits
from media.presets import DEFAULT_PDF_PRESETS, PDF_PRESETS, RenditionSpec, select_presets
from media.watermarks import TextWatermark
from tests.media.pdf_files import Page, locked_pdf, pdf
from tests.media.pictures import decoded, encoded, near, photo, pixel

LIMITS = MediaLimits()
DEFAULTS = select_presets(DEFAULT_PDF_PRESETS, PDF_PRESETS)
SMALL = (RenditionSpec("x", 100, format="png"),)


def numbered(count: int) -> bytes:
    """Pages that tell themselves apart by their width."""
    pages: list[Page] = [(100 + n, 100, "") for n in range(1, count + 1)]
    return pdf(pages)


def test_default_presets_of_a_page() -> None:
    made = render_pages(pdf(), PageOptions("1", DEFAULTS), LIMITS)
    assert [(r.name, r.width_px, r.height_px) for r in made] == [
        ("page-0001-thumbnail", 300, 150),
        ("page-0001-sm", 640, 320),
        ("page-0001-md", 1024, 512),
        ("page-0001-lg", 1920, 960),
    ]
    for rendition in made:
        image = decoded(rendition.data)
        assert image.size == (rendition.width_px, rendition.height_px)
        assert near(pixel(image.convert("RGB"), 20, 20), (230, 26, 26))


def test_pages_asked_for() -> None:
    made = render_pages(
        numbered(9), PageOptions("2,5-7", (RenditionSpec("x", format="png"),)), LIMITS
    )
    assert [r.name for r in made] == [f"page-000{n}-x" for n in (2, 5, 6, 7)]
    assert [r.width_px for r in made] == [102, 105, 106, 107]


@pytest.mark.parametrize(("width", "height"), [(612, 792), (595.276, 841.89), (3.8, 3.8), (77, 5)])
def test_width_is_exact_and_ratio_kept(width: float, height: float) -> None:
    data = pdf([(width, height, "")])
    for rendition in render_pages(data, PageOptions("1", DEFAULTS[1:]), LIMITS):
        assert rendition.width_px == PDF_PRESETS[rendition.name.split("-")[-1]].width_px
        assert abs(rendition.height_px - rendition.width_px * height / width) <= 1


def test_drawn_at_the_needed_size_not_enlarged() -> None:
    # One black line of half a point in 200: sharp only when drawn at the final size.
    data = pdf([(200, 100, "0 0 0 RG 0.5 w 100.25 0 m 100.25 100 l S")])
    (made,) = render_pages(
        data, PageOptions("1", (RenditionSpec("x", 2000, format="png"),)), LIMITS
    )
    row = decoded(made.data).convert("L").crop((980, 500, 1030, 501)).tobytes()
    assert min(row) < 20
    assert sum(level < 128 for level in row) in (4, 5, 6)


def test_background_is_the_paper() -> None:
    options = PageOptions("1", SMALL, background="#204060")
    (made,) = render_pages(pdf([(100, 100, "")]), options, LIMITS)
    assert pixel(decoded(made.data), 5, 5) == (0x20, 0x40, 0x60)


def test_rotated_pages_are_upright() -> None:
    (made,) = render_pages(pdf(page_extra="/Rotate 90"), PageOptions("1", SMALL), LIMITS)
    assert (made.width_px, made.height_px) == (100, 200)


def test_watermark() -> None:
    plain = render_pages(pdf(), PageOptions("1", SMALL), LIMITS)[0]
    mark = TextWatermark("DRAFT")
    marked = render_pages(pdf(), PageOptions("1", SMALL, watermark=mark), LIMITS)[0]
    assert decoded(plain.data).tobytes() != decoded(marked.data).tobytes()


def test_page_pixels_are_capped() -> None:
    (made,) = render_pages(
        pdf([(10, 10_000, "")]),
        PageOptions("1", (RenditionSpec("x", 1920),)),
        MediaLimits(max_page_pixels=100_000),
    )
    assert made.width_px * made.height_px <= 110_000
    with pytest.raises(TooLarge, match="long and thin"):
        render_pages(
            pdf([(0.001, 14_000, "")]),
            PageOptions("1", (RenditionSpec("x", 1920),)),
            MediaLimits(max_page_pixels=1000),
        )


def test_page_caps_and_ranges() -> None:
    with pytest.raises(PageOutOfRange, match=r"Page 4 .* has 3"):
        render_pages(numbered(3), PageOptions("4", SMALL), LIMITS)
    with pytest.raises(TooLarge, match="51 pages"):
        render_pages(numbered(51), PageOptions("all", SMALL), LIMITS)
    assert len(render_pages(numbered(51), PageOptions("2-51", SMALL), LIMITS)) == 50


def test_passwords() -> None:
    with pytest.raises(EncryptedMedia):
        measure_document(locked_pdf(user_password=True))
    assert measure_document(locked_pdf(user_password=False)).pages == 1


def test_scripts_and_launch_actions_do_nothing() -> None:
    action = "/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"
    launch = "/AA << /O << /S /Launch /F (/bin/touch) >> >>"
    data = pdf(extra=action, page_extra=launch)
    assert len(render_pages(data, PageOptions("1", SMALL), LIMITS)) == 1


def test_damage() -> None:
    whole = numbered(3)
    with pytest.raises(CorruptMedia, match="cut off"):
        measure_document(whole[: len(whole) // 2])
    with pytest.raises(CorruptMedia, match="cannot be opened"):
        measure_document(b"%PDF-1.7\nnothing here\n%%EOF")
    with pytest.raises(CorruptMedia, match=r"no pages|cannot be opened"):
        measure_document(pdf([]))
    with pytest.raises(UnsupportedType, match="JPEG"):
        measure_document(encoded(photo(), "JPEG"))


def test_pillows_own_documents_open() -> None:
    facts = measure_document(encoded(Image.new("RGB", (144, 72)), "PDF", resolution=72))
    assert (facts.pages, facts.width_pt, facts.height_pt) == (1, 144, 72)


def test_nonsense_is_refused_before_a_document_is_there() -> None:
    with pytest.raises(ValueError, match="page selection"):
        PageOptions("first", SMALL)
