"""The pages behind published links: a gallery, and what is said where there is none.

They need nothing but themselves, no script either. Every name in them is somebody's, so all text
goes through `_text`.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from api.link_style import STYLE
from media.presets import IMAGE_PRESETS, PDF_PRESETS
from resources.published_pictures import PublishedPicture

SMALL_PX = 400
"""A picture on the page is at least this wide, where there is one."""
FEW = 3
"""So many pictures are shown large, from files twice as wide."""

_SIZE = re.compile(r"\d+x\d*|x\d+")
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()


def page_policy(image_origin: str | None = None) -> str:
    """The Content-Security-Policy of a page, whose pictures may also come from `image_origin`."""
    images = " ".join(source for source in ("'self'", image_origin) if source)
    return (
        f"default-src 'none'; img-src {images}; style-src 'sha256-{_STYLE_HASH}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


@dataclass(frozen=True)
class Card:
    """One picture of the gallery in all the sizes there are of it."""

    title: str
    caption: str
    sizes: tuple[tuple[str, PublishedPicture], ...]
    """What each size is called, and the picture; equal ones once."""

    def small(self, at_least_px: int) -> PublishedPicture:
        """What the gallery shows: the smallest that is so wide, else the widest."""
        pictures = sorted((each for _, each in self.sizes), key=_width_px)
        return next((each for each in pictures if _width_px(each) >= at_least_px), pictures[-1])

    @property
    def large(self) -> PublishedPicture:
        """What it leads to."""
        return max((each for _, each in self.sizes), key=_width_px)


def cards(pictures: Iterable[PublishedPicture]) -> list[Card]:
    """The pictures in their order, sizes of the same one together."""
    groups: dict[tuple[str, str], dict[str, tuple[list[str], PublishedPicture]]] = {}
    for picture in pictures:
        caption, size = _parted(picture.name)
        group = groups.setdefault((picture.item, caption), {})
        group.setdefault(picture.key, ([], picture))[0].append(size)
    return [_card(caption, list(group.values())) for (_, caption), group in groups.items()]


def _card(caption: str, sizes: Sequence[tuple[list[str], PublishedPicture]]) -> Card:
    title = sizes[0][1].title
    named = tuple((", ".join(filter(None, names)), picture) for names, picture in sizes)
    return Card(title or caption, caption if title else "", named)


def _parted(name: str) -> tuple[str, str]:
    """What a picture shows, and which size of it this is: either may be empty."""
    caption, _, size = name.rpartition("-")
    is_size = size in IMAGE_PRESETS or size in PDF_PRESETS or _SIZE.fullmatch(size)
    return (caption, size) if is_size else (name, "")


def gallery(token: str, pictures: Sequence[PublishedPicture], by: str, expires_at: datetime) -> str:
    """The page of a link; its addresses are relative, so it works below any path."""
    shown = cards(pictures)
    until = f"{expires_at:%-d %B %Y, %H:%M} UTC"
    who = f"Shared by <bdi>{_text(by)}</bdi>. " if by != "local" else ""
    told = f"<p>{who}This link works until {_time(expires_at, until)}.</p>"
    if not shown:
        return _page("Pictures", told + _EMPTY)
    count = _count(len(shown), "picture")
    few = len(shown) <= FEW
    figures = "\n".join(_figure(card, token, SMALL_PX * (1 + few)) for card in shown)
    kind = "gallery few" if few else "gallery"
    return _page(count, f'{told}\n<div class="{kind}">\n{figures}\n</div>')


def notice(title: str, said: str) -> str:
    """A page that says why there are no pictures."""
    return _page(title, f"<p>{_text(said)}</p>")


_EMPTY = """
<div class="empty">
<h2>Nothing is approved yet</h2>
<p>Pictures appear here as soon as somebody has approved them. Come back later: this address stays
the same.</p>
</div>"""


def _page(title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="color-scheme" content="light dark">
<title>{_text(title)} - Showroom</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<header>
<h1>{_text(title)}</h1>
</header>
{body}
</main>
</body>
</html>
"""


def _figure(card: Card, token: str, small_px: int) -> str:
    small = card.small(small_px)
    alt = ", ".join(filter(None, (card.title, card.caption)))
    caption = f'<p class="caption">{_bdi(card.caption)}</p>' if card.caption else ""
    rows = "\n".join(_row(size, picture, token, alt) for size, picture in card.sizes)
    return f"""<figure>
<a class="picture" href="{_address(token, card.large)}">
<img src="{_address(token, small)}" alt="{_text(alt)}"{_sides(small)} loading="lazy">
</a>
<figcaption>
<h2>{_bdi(card.title)}</h2>
{caption}
<ul>
{rows}
</ul>
</figcaption>
</figure>"""


def _row(size: str, picture: PublishedPicture, token: str, alt: str) -> str:
    sides = (picture.width_px, picture.height_px)
    pixels = f"{sides[0]} \u00d7 {sides[1]} px" if all(sides) else ""
    name = "" if _SIZE.fullmatch(size) else size
    weight = f"{_bytes(picture.bytes)} {(picture.format or '').upper()}".strip()
    told = " \u00b7 ".join(filter(None, (name, weight)))
    spoken = ", ".join(filter(None, ("Download " + alt, size, pixels)))
    return (
        f'<li><span class="size">{pixels} <small>{_text(told)}</small></span>'
        f'<a href="{_address(token, picture)}?download=1" aria-label="{_text(spoken)}" download>'
        "Download</a></li>"
    )


def _address(token: str, picture: PublishedPicture) -> str:
    return f"{_text(token)}/pictures/{picture.id}"


def _sides(picture: PublishedPicture) -> str:
    """Width and height, so that the page does not move while pictures arrive."""
    if not picture.width_px or not picture.height_px:
        return ""
    return f' width="{picture.width_px}" height="{picture.height_px}"'


def _bytes(count: int | None) -> str:
    if count is None:
        return ""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1e3))} kB"


def _count(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number:,} {noun}s"


def _time(moment: datetime, said: str) -> str:
    return f'<time datetime="{moment.isoformat()}">{said}</time>'


def _bdi(text: str) -> str:
    """Text whose direction is its own: a name cannot turn the words around it."""
    return f"<bdi>{_text(text)}</bdi>"


def _text(text: str) -> str:
    return escape(text.encode("utf-8", "replace").decode(), quote=True)


def _width_px(picture: PublishedPicture) -> int:
    return picture.width_px or 0
