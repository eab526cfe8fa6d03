"""Filmstrips: what a clip shows, how its frames scored, which were chosen, what became of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from media.contact_sheets import Tile, contact_sheet
from media.errors import Refusal
from media.fonts import text_font
from media.images import load_still
from media.limits import MediaLimits
from media.score_plots import ACCENT, FADED, INK, MAT, TimeScale, clock, score_plot

PAGE_PX = 1200
"""Width of a sheet."""

_PAPER = (250, 250, 248)
_RULE = (226, 225, 220)
_MARGIN_PX = 28
_INNER_PX = PAGE_PX - 2 * _MARGIN_PX
_TILE_GAP_PX = 20
_TITLE_PX = 19
_NOTE_PX = 13
_STRIP_PX = 72
_CELL_GAP_PX = 2
_MARK_PX = 4
_PLOT_PX = 104
_CLIP_GAP_PX = 36
_WINNER_COLUMNS = 8
_FINAL_COLUMNS = 8
_CELL_ASPECTS = (0.5, 2.0)


@dataclass(frozen=True)
class ClipStrip:
    """One clip of a sheet.

    `times_s` and `scores` are those of its scored frames, of one length. `proxies` are small
    pictures with their times, `winners` the chosen frames with times and captions, `finals`
    what was made of them, with captions. `note` is said beside the title: why a clip was
    refused, or what to do better.
    """

    title: str
    duration_s: float
    times_s: npt.NDArray[np.float64] = field(repr=False)
    scores: npt.NDArray[np.float64] = field(repr=False)
    proxies: Sequence[tuple[float, bytes]] = field(repr=False)
    winners: Sequence[tuple[float, str, bytes]] = field(default=(), repr=False)
    finals: Sequence[tuple[str, bytes]] = field(default=(), repr=False)
    note: str = ""


def filmstrip_sheet(
    clips: Sequence[ClipStrip],
    image_format: Literal["jpeg", "png"] = "jpeg",
    limits: MediaLimits | None = None,
) -> bytes:
    """Return one page with the clips below each other, as an encoded image PAGE_PX wide.

    Of each: the title, the filmstrip and below it, on the same scale of time, the scores with
    the winners marked; then the winners, then the final pictures, transparent ones on a
    checkerboard. No clips make an empty page.
    """
    parts = [_clip(clip, limits or MediaLimits()) for clip in clips]
    height_px = 2 * _MARGIN_PX + sum(part.height for part in parts)
    height_px += _CLIP_GAP_PX * max(0, len(parts) - 1)
    page = Image.new("RGB", (PAGE_PX, height_px), _PAPER)
    draw = ImageDraw.Draw(page)
    top = _MARGIN_PX
    for number, part in enumerate(parts):
        if number:
            rule = top - _CLIP_GAP_PX // 2
            draw.line((_MARGIN_PX, rule, PAGE_PX - _MARGIN_PX, rule), fill=_RULE)
        page.paste(part, (0, top))
        top += part.height + _CLIP_GAP_PX
    output = BytesIO()
    if image_format == "jpeg":
        page.save(output, "JPEG", quality=88, optimize=True)
    else:
        page.save(output, "PNG")
    return output.getvalue()


def _clip(clip: ClipStrip, limits: MediaLimits) -> Image.Image:
    parts = [_heading(clip)]
    if clip.proxies:
        parts.append(_strip(clip, limits))
    if len(clip.scores):
        parts.append(_plot(clip))
    winners = [Tile(data, caption) for _, caption, data in clip.winners]
    finals = [Tile(data, caption) for caption, data in clip.finals]
    parts += [
        _tiles(tiles, columns, limits)
        for tiles, columns in ((winners, _WINNER_COLUMNS), (finals, _FINAL_COLUMNS))
        if tiles
    ]
    whole = Image.new("RGB", (PAGE_PX, sum(part.height for part in parts)), _PAPER)
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height
    return whole


def _heading(clip: ClipStrip) -> Image.Image:
    """The title at the left, at the right how long the clip is, and the note below."""
    title_font, note_font = text_font(_TITLE_PX), text_font(_NOTE_PX)
    lines = _wrapped(clip.note, _INNER_PX)
    title_px, line_px = round(_TITLE_PX * 1.7), round(_NOTE_PX * 1.5)
    image = Image.new("RGB", (PAGE_PX, title_px + line_px * len(lines)), _PAPER)
    draw = ImageDraw.Draw(image)
    facts = clock(clip.duration_s) if clip.duration_s > 0 else ""
    if clip.winners:
        facts += f"   {len(clip.winners)} chosen"
    room_px = _INNER_PX - note_font.getlength(facts) - _TILE_GAP_PX
    title = _shortened(clip.title, room_px)
    draw.text((_MARGIN_PX, 0), title, fill=INK, font=title_font)
    right = PAGE_PX - _MARGIN_PX
    draw.text((right, _TITLE_PX), facts, fill=FADED, font=note_font, anchor="rs")
    for number, line in enumerate(lines):
        draw.text((_MARGIN_PX, title_px - 4 + number * line_px), line, fill=FADED, font=note_font)
    return image


def _strip(clip: ClipStrip, limits: MediaLimits) -> Image.Image:
    """Cells side by side, each the proxy nearest to the time at its middle."""
    image = Image.new("RGB", (PAGE_PX, _STRIP_PX + _MARK_PX + _CELL_GAP_PX), _PAPER)
    first = _loaded(clip.proxies[0][1], limits)
    aspect = first.width / first.height if first else 1.0
    aspect = min(_CELL_ASPECTS[1], max(_CELL_ASPECTS[0], aspect))
    cells = max(1, round(_INNER_PX / (_STRIP_PX * aspect + _CELL_GAP_PX)))
    edges = [_MARGIN_PX + round(_INNER_PX * number / cells) for number in range(cells + 1)]
    times_s = np.array([time_s for time_s, _ in clip.proxies])
    for number in range(cells):
        middle_s = clip.duration_s * (number + 0.5) / cells
        nearest = int(np.argmin(np.abs(times_s - middle_s)))
        picture = _loaded(clip.proxies[nearest][1], limits)
        gap_px = _CELL_GAP_PX if number < cells - 1 else 0
        size_px = (edges[number + 1] - edges[number] - gap_px, _STRIP_PX)
        image.paste(_covering(picture, size_px), (edges[number], 0))
    _mark(image, clip)
    return image


def _mark(strip: Image.Image, clip: ClipStrip) -> None:
    """A short bar under the strip at each winner's time; the plot goes on from there."""
    draw = ImageDraw.Draw(strip)
    scale = TimeScale(_MARGIN_PX, _INNER_PX, clip.duration_s)
    top = _STRIP_PX + _CELL_GAP_PX
    for time_s, _, _ in clip.winners:
        x = scale.x_px(time_s)
        draw.rectangle((x - _MARK_PX, top, x + _MARK_PX, top + _MARK_PX), fill=ACCENT)


def _plot(clip: ClipStrip) -> Image.Image:
    winners_s = [time_s for time_s, _, _ in clip.winners]
    size_px = (_INNER_PX, _PLOT_PX)
    plot = score_plot(clip.times_s, clip.scores, winners_s, clip.duration_s, size_px)
    image = Image.new("RGB", (PAGE_PX, _PLOT_PX), _PAPER)
    image.paste(plot, (_MARGIN_PX, 0))
    return image


def _tiles(tiles: list[Tile], columns: int, limits: MediaLimits) -> Image.Image:
    """A contact sheet's rows, as wide as the page."""
    tile_px = (_INNER_PX + _TILE_GAP_PX) // columns - _TILE_GAP_PX
    sheet = Image.open(BytesIO(contact_sheet(tiles, columns, tile_px, "png", limits)))
    image = Image.new("RGB", (PAGE_PX, sheet.height - _MARGIN_PX), _PAPER)
    image.paste(sheet, (0, 0))
    return image


def _loaded(data: bytes, limits: MediaLimits) -> Image.Image | None:
    try:
        still = load_still(data, limits, lambda size_px: min(1.0, 2 * _STRIP_PX / min(size_px)))
    except Refusal:
        return None
    return still.image.convert("RGB")


def _covering(picture: Image.Image | None, size_px: tuple[int, int]) -> Image.Image:
    """The picture scaled and cropped to fill the size; a plain field where there is none."""
    if picture is None:
        return Image.new("RGB", size_px, MAT)
    scale = max(size_px[0] / picture.width, size_px[1] / picture.height)
    width, height = size_px[0] / scale, size_px[1] / scale
    left, top = (picture.width - width) / 2, (picture.height - height) / 2
    box = (left, top, left + width, top + height)
    return picture.resize(size_px, Image.Resampling.LANCZOS, box=box)


def _shortened(text: str, width_px: float) -> str:
    """The text, with an ellipsis at its end where it is too wide for a title."""
    text = _printable(text)
    font = text_font(_TITLE_PX)
    kept = len(text)
    while kept and font.getlength(text[:kept] + "…") > width_px:
        kept -= 1
    return text if font.getlength(text) <= width_px else text[:kept] + "…"


def _wrapped(text: str, width_px: int) -> list[str]:
    font = text_font(_NOTE_PX)
    lines: list[str] = []
    for word in _printable(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text[:300])
