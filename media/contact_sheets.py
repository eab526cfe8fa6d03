"""Contact sheets: many small pictures on one calm page, each with its caption."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

from PIL import Image, ImageDraw, ImageFont

from media.errors import Refusal
from media.fonts import text_font
from media.images import load_still
from media.limits import MediaLimits

_PAPER = (250, 250, 248)
_MAT = (240, 240, 237)
_QUIET = (246, 238, 235)
_INK = (38, 38, 36)
_FADED = (132, 130, 125)
_CHECKER = ((255, 255, 255), (232, 232, 230))
_CHECK_PX = 8
_GAP_PX = 20
_MARGIN_PX = 28
_CAPTION_PX = 14
_NOTE_PX = 12
_TEXT_GAP_PX = 8
_OVERHANG_PX = 2  # ink may reach beyond what a font says is its advance
_ELLIPSIS = "…"

Font = ImageFont.FreeTypeFont


@dataclass(frozen=True)
class Tile:
    """One picture of a sheet: its encoded bytes, a caption, and a fainter note below it.

    Without bytes, or with bytes that are no picture, the tile is a quiet field that shows the
    note: the reason why there is no picture.
    """

    data: bytes | None = field(repr=False)
    caption: str
    note: str = ""


def contact_sheet(
    tiles: Sequence[Tile | None],
    columns: int = 5,
    tile_px: int = 200,
    image_format: Literal["jpeg", "png"] = "png",
    limits: MediaLimits | None = None,
) -> bytes:
    """Return a sheet of the tiles, row by row, as an encoded image.

    None leaves a place empty. Pictures are fitted into squares of `tile_px` and never enlarged; a
    checkerboard shows where they are transparent. Fewer tiles than `columns` make a narrower
    sheet; none make an empty one. Tiles are decoded one at a time, so memory is that of the sheet.
    Raises ValueError for columns or tile sizes below 1.
    """
    if columns < 1 or tile_px < 1:
        raise ValueError("A sheet has at least one column and tiles of at least one pixel.")
    across = max(1, min(columns, len(tiles)))
    down = max(1, math.ceil(len(tiles) / across))
    text_px = _TEXT_GAP_PX + _line_px(_CAPTION_PX) + _line_px(_NOTE_PX)
    step = (tile_px + _GAP_PX, tile_px + text_px + _GAP_PX)
    sheet = Image.new(
        "RGB",
        (2 * _MARGIN_PX - _GAP_PX + across * step[0], 2 * _MARGIN_PX - _GAP_PX + down * step[1]),
        _PAPER,
    )
    for index, tile in enumerate(tiles):
        if tile is None:
            continue
        row, column = divmod(index, across)
        corner = (_MARGIN_PX + column * step[0], _MARGIN_PX + row * step[1])
        _put_tile(sheet, tile, corner, tile_px, limits or MediaLimits())
    output = BytesIO()
    if image_format == "jpeg":
        sheet.save(output, "JPEG", quality=85, optimize=True)
    else:
        sheet.save(output, "PNG")
    return output.getvalue()


def _put_tile(
    sheet: Image.Image, tile: Tile, corner: tuple[int, int], tile_px: int, limits: MediaLimits
) -> None:
    left, top = corner
    draw = ImageDraw.Draw(sheet)
    square = (left, top, left + tile_px - 1, top + tile_px - 1)
    picture, reason = _picture(tile, tile_px, limits)
    draw.rectangle(square, fill=_MAT if picture else _QUIET)
    if picture:
        place = (left + (tile_px - picture.width) // 2, top + (tile_px - picture.height) // 2)
        sheet.paste(picture, place)
    else:
        _write_reason(draw, reason, corner, tile_px)
    below = top + tile_px + _TEXT_GAP_PX
    caption = _fitted(tile.caption, _font(_CAPTION_PX), tile_px)
    draw.text((left, below), caption, fill=_INK, font=_font(_CAPTION_PX))
    if picture:
        note = _fitted(tile.note, _font(_NOTE_PX), tile_px)
        draw.text((left, below + _line_px(_CAPTION_PX)), note, fill=_FADED, font=_font(_NOTE_PX))


def _picture(tile: Tile, tile_px: int, limits: MediaLimits) -> tuple[Image.Image | None, str]:
    """Return the picture fitted and on its checkerboard, or the reason why there is none."""
    if tile.data is None:
        return None, tile.note
    try:
        still = load_still(tile.data, limits, lambda size_px: min(1.0, tile_px / max(size_px)))
    except Refusal as refusal:
        return None, tile.note or str(refusal)
    if still.image.mode == "RGB":
        return still.image, ""
    board = _checkerboard(still.image.size)
    board.paste(still.image, mask=still.image.getchannel("A"))
    return board, ""


def _checkerboard(size_px: tuple[int, int]) -> Image.Image:
    board = Image.new("RGB", size_px, _CHECKER[0])
    draw = ImageDraw.Draw(board)
    for top in range(0, size_px[1], _CHECK_PX):
        for left in range(top % (2 * _CHECK_PX), size_px[0], 2 * _CHECK_PX):
            draw.rectangle((left, top, left + _CHECK_PX - 1, top + _CHECK_PX - 1), fill=_CHECKER[1])
    return board


def _write_reason(
    draw: ImageDraw.ImageDraw, reason: str, corner: tuple[int, int], tile_px: int
) -> None:
    """Write the reason in the middle of the tile, over as many lines as there is room for."""
    font, line_px, inner_px = _font(_NOTE_PX), _line_px(_NOTE_PX), tile_px - 2 * _GAP_PX
    lines = _wrapped(reason or "no picture", font, inner_px, max(1, inner_px // line_px))
    top = corner[1] + (tile_px - len(lines) * line_px) // 2
    for number, line in enumerate(lines):
        left = corner[0] + (tile_px - round(font.getlength(line))) // 2
        draw.text((left, top + number * line_px), line, fill=_FADED, font=font)


def _wrapped(text: str, font: Font, width_px: int, max_lines: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer) > width_px:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > max_lines:
        lines = [*lines[: max_lines - 1], " ".join(lines[max_lines - 1 :])]
    return [_fitted(line, font, width_px) for line in lines]


def _fitted(text: str, font: Font, width_px: int) -> str:
    """Return the text, cut in its middle with an ellipsis where it is wider than that.

    The middle goes because names of files tell themselves apart at both ends.
    """
    text = "".join(character if character.isprintable() else " " for character in text[:300])
    kept = len(text)
    width_px -= _OVERHANG_PX
    shown = text
    while kept > 2 and font.getlength(shown) > width_px:
        kept -= 1
        shown = text[: (kept + 1) // 2] + _ELLIPSIS + text[len(text) - kept // 2 :]
    return shown


def _font(size_px: int) -> Font:
    return text_font(size_px)


def _line_px(font_px: int) -> int:
    return round(font_px * 1.4)
