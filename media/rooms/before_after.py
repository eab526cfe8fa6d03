"""Before and after: photos of rooms at the left, what became of them at the right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from media.color import flatten
from media.errors import Refusal
from media.fonts import text_font
from media.images import load_still
from media.limits import MediaLimits
from media.score_plots import FADED, INK, MAT

PAGE_PX = 980
"""Width of a sheet."""
MAX_PAIRS = 12
"""A sheet shows no more, and says how many there are beyond."""

_PAPER = (250, 250, 248)
_QUIET = (246, 238, 235)
_WHITE = (255, 255, 255)
_MARGIN_PX = 28
_GAP_PX = 12
_PAIR_GAP_PX = 30
_FIELD_PX = (PAGE_PX - 2 * _MARGIN_PX - _GAP_PX) // 2
_MAX_HEIGHT_PX = 430
_MIN_HEIGHT_PX = 160
_CAPTION_PX, _NOTE_PX = 16, 13
_TEXT_GAP_PX = 8
_LINE = 1.4
_MAX_LINES = 8
_QUALITY = 86

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class BeforeAfter:
    """One pair of a sheet: encoded pictures, a caption, and a fainter note below it.

    Where there is no `after`, or its bytes are no picture, its side is a quiet field that shows
    the note: the reason why there is none.
    """

    before: bytes = field(repr=False)
    after: bytes | None = field(repr=False)
    caption: str
    note: str = ""


def before_after_sheet(pairs: Sequence[BeforeAfter], limits: MediaLimits | None = None) -> bytes:
    """Return the pairs below each other as a JPEG, PAGE_PX wide.

    Pictures are fitted and never enlarged, at most 430 pixels high, so that a sheet stays under
    8 megapixels. They are decoded one pair at a time. No pairs make an empty page.
    """
    rows = [_row(pair, limits or MediaLimits()) for pair in pairs[:MAX_PAIRS]]
    if len(pairs) > MAX_PAIRS:
        rows.append(_remark(f"and {len(pairs) - MAX_PAIRS} more"))
    height_px = 2 * _MARGIN_PX + sum(row.height for row in rows)
    height_px += _PAIR_GAP_PX * max(0, len(rows) - 1)
    page = Image.new("RGB", (PAGE_PX, height_px), _PAPER)
    top = _MARGIN_PX
    for row in rows:
        page.paste(row, (_MARGIN_PX, top))
        top += row.height + _PAIR_GAP_PX
    output = BytesIO()
    page.save(output, "JPEG", quality=_QUALITY, optimize=True)
    return output.getvalue()


def _row(pair: BeforeAfter, limits: MediaLimits) -> Image.Image:
    """Both sides, as high as the higher picture, and the words below them."""
    sides = [_side(pair.before, "", limits), _side(pair.after, pair.note, limits)]
    heights = [side.height for side in sides if isinstance(side, Image.Image)]
    height_px = max([_MIN_HEIGHT_PX, *heights])
    has_after = isinstance(sides[1], Image.Image)
    text_px = _TEXT_GAP_PX + _line_px(_CAPTION_PX) + (_line_px(_NOTE_PX) if has_after else 0)
    row = Image.new("RGB", (PAGE_PX - 2 * _MARGIN_PX, height_px + text_px), _PAPER)
    draw = ImageDraw.Draw(row)
    for side, left in zip(sides, (0, _FIELD_PX + _GAP_PX), strict=True):
        frame = (left, 0, left + _FIELD_PX - 1, height_px - 1)
        draw.rectangle(frame, fill=MAT if isinstance(side, Image.Image) else _QUIET)
        if isinstance(side, Image.Image):
            inset = (_FIELD_PX - side.width) // 2, (height_px - side.height) // 2
            row.paste(side, (left + inset[0], inset[1]))
        else:
            _write_reason(draw, side, (left, height_px))
    below = height_px + _TEXT_GAP_PX
    _write(draw, pair.caption, below, _CAPTION_PX, INK)
    if has_after:
        _write(draw, pair.note, below + _line_px(_CAPTION_PX), _NOTE_PX, FADED)
    return row


def _side(data: bytes | None, reason: str, limits: MediaLimits) -> Image.Image | str:
    """The picture fitted into its side, or the reason why there is none."""
    if data is None:
        return reason or "no picture"
    try:
        still = load_still(data, limits, _fitting_scale)
    except Refusal as refusal:
        return reason or str(refusal)
    return flatten(still.image, _WHITE)


def _fitting_scale(size_px: tuple[int, int]) -> float:
    return min(1.0, _FIELD_PX / size_px[0], _MAX_HEIGHT_PX / size_px[1])


def _write_reason(draw: ImageDraw.ImageDraw, reason: str, place_px: tuple[int, int]) -> None:
    """Write a reason in the middle of a field, given its left edge and its height."""
    left, height_px = place_px
    font, line_px = text_font(_NOTE_PX), _line_px(_NOTE_PX)
    lines = list(_lines(reason, font, _FIELD_PX - 4 * _MARGIN_PX))[:_MAX_LINES]
    top = (height_px - len(lines) * line_px) // 2
    for number, line in enumerate(lines):
        indent = (_FIELD_PX - round(font.getlength(line))) // 2
        draw.text((left + indent, top + number * line_px), line, fill=FADED, font=font)


def _remark(text: str) -> Image.Image:
    row = Image.new("RGB", (PAGE_PX - 2 * _MARGIN_PX, _line_px(_NOTE_PX)), _PAPER)
    _write(ImageDraw.Draw(row), text, 0, _NOTE_PX, FADED)
    return row


def _write(
    draw: ImageDraw.ImageDraw, text: str, top: int, font_px: int, ink: tuple[int, int, int]
) -> None:
    """Write one line from the left, with an ellipsis where it is too long for the page."""
    font, width_px = text_font(font_px), PAGE_PX - 2 * _MARGIN_PX
    first, *rest = [*_lines(text, font, width_px), ""][: 1 + _MAX_LINES]
    if any(rest):
        first = next(_lines(first, font, width_px - font.getlength("…"))) + "…"
    draw.text((0, top), first, fill=ink, font=font)


def _lines(text: str, font: Font, width_px: float) -> Iterator[str]:
    """The text in lines that fit, broken at spaces, and inside a word only if one is too wide."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text[:1000])
    line = ""
    for word in printable.split():
        longer = f"{line} {word}" if line else word
        if font.getlength(longer) <= width_px:
            line = longer
            continue
        if line:
            yield line
        line = word
        while font.getlength(line) > width_px:
            kept = max(1, sum(font.getlength(line[: n + 1]) <= width_px for n in range(len(line))))
            yield line[:kept]
            line = line[kept:]
    if line:
        yield line


def _line_px(font_px: int) -> int:
    return round(font_px * _LINE)
