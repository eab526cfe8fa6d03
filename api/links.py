"""Published links over HTTP: a page of approved pictures for whoever holds the address."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    RedirectResponse,
    Response,
)

from api.link_pages import gallery, notice, page_policy
from media.errors import ShowroomError
from media.presets import OUTPUT_FORMATS
from resources.object_store import ObjectStore
from resources.published_links import EndedLink, Link, PublishedLinks, UnknownLink
from resources.published_pictures import PublishedPicture

SIGNED_FOR_S = 600
"""How long a bucket gives out a picture after its link was followed."""

_PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}
"""Nothing is kept on the way: what people decide next counts for whoever looks next."""
_PICTURE_POLICY = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"
}
# These turn the letters of a name around, so that its end is not what it seems.
_TURNING = re.compile(r"[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ASK_AGAIN = "Ask whoever sent you the link for a new one."


def link_routes(links: PublishedLinks, store: ObjectStore) -> APIRouter:
    """The routes below `/links/`; the address itself is what allows to look."""
    routes = APIRouter(prefix="/links")

    @routes.api_route("/{token}", methods=["GET", "HEAD"], response_model=None)
    def show_gallery(token: str, request: Request) -> Response:
        """The approved pictures of a job: a page, or JSON for programs that accept only that."""
        return _answered(request, lambda: _gallery(links.read(token), token, request))

    @routes.api_route("/{token}/pictures/{picture}", methods=["GET", "HEAD"], response_model=None)
    def give_picture(
        token: str, picture: str, request: Request, *, download: bool = False
    ) -> Response:
        """The bytes of one picture that the link shows at this moment."""
        return _answered(request, lambda: _picture(links.read(token), picture, download=download))

    def _gallery(link: Link, token: str, request: Request) -> Response:
        pictures = links.pictures(link.job)
        if _wants_json(request):
            said = [_plain(picture, link) for picture in pictures]
            times = {"by": link.by, "expires_at": link.expires_at.isoformat()}
            return JSONResponse({**times, "pictures": said}, headers=_PRIVATE)
        signed = store.signed_url(pictures[0].key) if pictures else None
        page = gallery(token, pictures, link.by, link.expires_at)
        return _page(200, page, _origin(signed) if signed else None)

    def _picture(link: Link, wanted: str, *, download: bool) -> Response:
        picture = links.picture(link.job, wanted)
        if picture is None:
            said = "It was taken back, or it was never there."
            return _page(404, notice("This picture is not shown", said))
        return _bytes(picture, store, download=download)

    return routes


def _bytes(picture: PublishedPicture, store: ObjectStore, *, download: bool) -> Response:
    kind = "attachment" if download else "inline"
    headers = {
        **_PRIVATE,
        **_PICTURE_POLICY,
        "Content-Disposition": _disposition(kind, picture.download_name),
    }
    known = picture.format in OUTPUT_FORMATS
    media_type = f"image/{picture.format}" if known else "application/octet-stream"
    if store.folder is not None and (path := store.folder / picture.key).is_file():
        return FileResponse(path, headers=headers, media_type=media_type)
    # A bucket would not give a file its name, so what is to be saved goes through here.
    if not download and (url := store.signed_url(picture.key, seconds=SIGNED_FOR_S)):
        return RedirectResponse(url, 307, headers=_PRIVATE)
    return Response(store.get(picture.key), headers=headers, media_type=media_type)


def _answered(request: Request, answer: Callable[[], Response]) -> Response:
    """An answer, or a page that says in a friendly way why there is none."""
    try:
        return answer()
    except UnknownLink:
        said = f"It may have been cut off when it was copied. {_ASK_AGAIN}"
        status, title = 404, "This link does not work"
    except EndedLink as error:
        said = f"{error} {_ASK_AGAIN}"
        status, title = 410, "This link has ended"
    except FileNotFoundError:
        status, title, said = 404, "This picture is not there any more", _ASK_AGAIN
    except ShowroomError:
        said = "Something here does not answer. Try again in a minute."
        status, title = 503, "The pictures cannot be shown right now"
    if _wants_json(request):
        return JSONResponse({"detail": f"{title}. {said}"}, status, headers=_PRIVATE)
    return _page(status, notice(title, said))


def _page(status: int, html: str, image_origin: str | None = None) -> Response:
    policy = {"Content-Security-Policy": page_policy(image_origin), "Vary": "Accept"}
    return HTMLResponse(html, status, headers={**_PRIVATE, **policy})


def _plain(picture: PublishedPicture, link: Link) -> dict[str, Any]:
    return {
        "name": picture.name,
        "item": picture.item,
        "filename": picture.filename,
        "width_px": picture.width_px,
        "height_px": picture.height_px,
        "bytes": picture.bytes,
        "format": picture.format,
        "url": f"{link.url}/pictures/{picture.id}",
    }


def _wants_json(request: Request) -> bool:
    accepted = request.headers.get("accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def _disposition(kind: str, filename: str) -> str:
    """`Content-Disposition` with the file's name in full, and plainly for old programs.

    Source: RFC 6266, 4.3; RFC 8187, 3.2.
    """
    name = _TURNING.sub("", filename).replace("/", "-").replace("\\", "-")
    plain = re.sub(r'[^ -~]|"', "_", name)
    full = quote(name.encode("utf-8", "replace"), safe="")
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{full}"


def _origin(url: str) -> str:
    """Where the pictures of a bucket come from: a policy counts the end of a redirect too."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
