"""HTTP as Replicate speaks it, and as networks garble it; what is said is the server's."""

import json
import re
import socket
import struct
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tests.resources.replicate.server import ReplicateServer

TOKEN = "r8_test"  # noqa: S105 - opens nothing but this server


class QuietServer(ThreadingHTTPServer):
    """A server that thinks nothing of clients that vanish."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Stay quiet."""


def handler_of(replicate: "ReplicateServer") -> type[BaseHTTPRequestHandler]:
    """A handler of requests to a server of this kind."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            self._serve(b"")

        def do_POST(self) -> None:
            self._serve(self.rfile.read(int(self.headers.get("content-length") or 0)))

        def _serve(self, body: bytes) -> None:
            path = urlsplit(self.path).path
            kind = kind_of(self.command, path)
            replicate.headers[kind] = {name.lower(): text for name, text in self.headers.items()}
            replicate.on_request(kind, "before")
            fault = replicate.next_fault(kind)
            if fault in at_once:
                at_once[fault](self)
                return
            if kind != "download" and self.headers.get("authorization") != f"Bearer {TOKEN}":
                _send(self, 401, b'{"title": "Unauthenticated", "detail": "No such token."}')
                return
            if fault.isdigit():
                _send(self, int(fault), json.dumps({"detail": f"trouble {fault}"}).encode())
                return
            status, answer = _answer(replicate, kind, path, self, body)
            replicate.on_request(kind, "after")
            _send_with(self, fault, status, answer)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Stay quiet."""

    def silence(handler: BaseHTTPRequestHandler) -> None:
        replicate.wait_for_close()
        _reset(handler)

    at_once: dict[str, Callable[[BaseHTTPRequestHandler], None]] = {
        "reset": _reset,
        "silence": silence,
        "throttled": lambda handler: _send(
            handler, 429, b'{"detail": "Request was throttled."}', {"Retry-After": "0.05"}
        ),
        "throttled_text": lambda handler: _send(
            handler,
            429,
            b'{"detail": "Request was throttled. Your rate limit resets in ~50ms."}',
        ),
    }
    return Handler


def kind_of(method: str, path: str) -> str:
    """What a request is for, as the server counts it."""
    if (method, path) == ("POST", "/v1/predictions"):
        return "create"
    for pattern, kind in (
        (r"/v1/files", "upload"),
        (r"/v1/models/[^/]+/[^/]+/predictions", "create"),
        (r"/v1/models/[^/]+/[^/]+", "model"),
        (r"/v1/predictions", "list"),
        (r"/v1/predictions/[^/]+/cancel", "cancel"),
        (r"/v1/predictions/[^/]+", "get"),
        (r"/output/[^/]+", "download"),
    ):
        if re.fullmatch(pattern, path):
            return kind
    return f"{method} {path}"


def _answer(
    replicate: "ReplicateServer", kind: str, path: str, handler: BaseHTTPRequestHandler, body: bytes
) -> tuple[int, bytes]:
    parts = path.split("/")
    answer: dict[str, Any] | None = None
    if kind == "upload":
        answer = replicate.keep_file(body, handler.headers["content-type"])
    elif kind == "model":
        answer = replicate.model(f"{parts[3]}/{parts[4]}")
    elif kind == "create":
        named = "/".join(parts[3:5]) if len(parts) > 3 else ""
        answer = replicate.create(named, json.loads(body))
    elif kind == "list":
        answer = replicate.listing(urlsplit(handler.path).query)
    elif kind == "cancel":
        answer = replicate.stop(parts[3])
    elif kind == "get":
        answer = replicate.told(parts[3])
    elif kind == "download":
        picture = replicate.picture(parts[2].removesuffix(".png"))
        return (200, picture) if picture is not None else (404, b"gone")
    if answer is None:
        return 404, b'{"detail": "Not found."}'
    return (201 if kind in ("upload", "create") else 200), json.dumps(answer).encode()


def _send_with(handler: BaseHTTPRequestHandler, fault: str, status: int, answer: bytes) -> None:
    if fault == "reset_after":
        _reset(handler)
    elif fault == "partial":
        _send(handler, status, answer[: len(answer) // 2], {"Content-Length": str(len(answer))})
        handler.close_connection = True
    elif fault == "truncated":
        _send(handler, status, answer[: len(answer) // 2])
    elif fault == "html":
        _send(handler, 200, b"<html><body>Just a moment</body></html>")
    elif fault == "no_json":
        _send(handler, status, b"<html>")
    elif fault == "expired":
        _send(handler, 404, b"gone")
    else:
        _send(handler, status, answer)


def _send(
    handler: BaseHTTPRequestHandler,
    status: int,
    body: bytes,
    headers: Mapping[str, str] | None = None,
) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body))} | (
        dict(headers) if headers else {}
    )
    try:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)
    except OSError:
        handler.close_connection = True


def _reset(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection so that the client sees a reset."""
    linger = struct.pack("ii", 1, 0)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    handler.close_connection = True
    handler.connection.close()
