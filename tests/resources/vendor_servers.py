"""Servers on this machine that speak the protocols of the services we pay for.

Each is a real HTTP server whose answers a test scripts, one for each call; it remembers the
calls. An answer may be a function of the call, or one that does not come until an event is set.
"""

import json
import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import Any, Self

from PIL import Image


@dataclass(frozen=True)
class Call:
    """One request as it arrived."""

    path: str
    headers: dict[str, str]
    """By lower-case name."""
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        """The body of a call that sent JSON."""
        return json.loads(self.body)

    @property
    def form(self) -> dict[str, bytes]:
        """The parts of a multipart form, by name."""
        boundary = self.headers["content-type"].partition("boundary=")[2].encode()
        found = {}
        for part in self.body.split(b"--" + boundary)[1:-1]:
            head, _, value = part.partition(b"\r\n\r\n")
            name = re.search(rb'name="([^"]*)"', head)
            assert name is not None, head
            found[name[1].decode()] = value.removesuffix(b"\r\n")
        return found

    @property
    def fields(self) -> dict[str, str]:
        """The parts of a multipart form that are text, by name."""
        return {
            name: value.decode()
            for name, value in self.form.items()
            if not name.lower().startswith("image")
        }


@dataclass(frozen=True)
class Answer:
    """One response; with `after` it waits for that event."""

    body: bytes = b""
    status: int = 200
    content_type: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)
    after: threading.Event | None = None
    cut_off: bool = False
    """Whether the connection breaks in the middle of the body."""


Scripted = Answer | Callable[[Call], Answer]


class VendorServer:
    """A server that gives the scripted answers in order, then the one it always gives."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._script: deque[Scripted] = deque()
        self._always: Scripted = Answer(b"nothing is scripted", status=501)
        self._lock = threading.Lock()
        self._closing = threading.Event()
        vendor = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                headers = {name.lower(): value for name, value in self.headers.items()}
                vendor._answer(self, Call(self.path, headers, body))

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002
                """Stay quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def then(self, *answers: Scripted) -> Self:
        """Script the next answers."""
        self._script.extend(answers)
        return self

    def always(self, answer: Scripted) -> Self:
        """The answer when nothing (more) is scripted."""
        self._always = answer
        return self

    def silence(self) -> Answer:
        """An answer that does not come while the server runs."""
        return Answer(after=self._closing, status=504)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _answer(self, handler: BaseHTTPRequestHandler, call: Call) -> None:
        with self._lock:
            self.calls.append(call)
            scripted = self._script.popleft() if self._script else self._always
        answer = scripted if isinstance(scripted, Answer) else scripted(call)
        if answer.after is not None:
            answer.after.wait()
        try:
            handler.send_response(answer.status)
            for name, value in answer.headers.items():
                handler.send_header(name, value)
            handler.send_header("Content-Type", answer.content_type)
            handler.send_header("Content-Length", str(len(answer.body)))
            handler.end_headers()
            handler.wfile.write(answer.body[: len(answer.body) // 2 if answer.cut_off else None])
        except (BrokenPipeError, ConnectionResetError):
            handler.close_connection = True
        handler.close_connection |= answer.cut_off


def gemini_answer(products: object, prompt_tokens: int = 1000, output_tokens: int = 200) -> Answer:
    """An answer of Gemini's generateContent; `products` is text, or what becomes JSON."""
    text = products if isinstance(products, str) else json.dumps({"products": products})
    return _json(
        200,
        {
            "candidates": [
                {"content": {"role": "model", "parts": [{"text": text}]}, "finishReason": "STOP"}
            ],
            "usageMetadata": {
                "promptTokenCount": prompt_tokens,
                "candidatesTokenCount": output_tokens - 50,
                "thoughtsTokenCount": 50,
                "totalTokenCount": prompt_tokens + output_tokens,
            },
            "modelVersion": "gemini-2.5-flash-001",
        },
    )


def gemini_blocked(reason: str = "SAFETY") -> Answer:
    """Gemini will not look at what was sent."""
    return _json(200, {"promptFeedback": {"blockReason": reason}})


def gemini_stopped(reason: str) -> Answer:
    """Gemini stopped before it had said anything."""
    return _json(200, {"candidates": [{"finishReason": reason}]})


def gemini_error(
    status: int, code: str, message: str = "no", retry_delay: str | None = None
) -> Answer:
    """An error of Google's services, with their hint of when to come again."""
    details = []
    if retry_delay:
        kind = "type.googleapis.com/google.rpc.RetryInfo"
        details = [{"@type": kind, "retryDelay": retry_delay}]
    error = {"code": status, "message": message, "status": code, "details": details}
    return _json(status, {"error": error})


def photoroom_picture(png: bytes) -> Answer:
    """A picture that Photoroom made."""
    return Answer(png, content_type="image/png")


def photoroom_cutout(call: Call) -> Answer:
    """What Photoroom's segmentation does: the picture with an ellipse in its middle kept."""
    picture = Image.open(BytesIO(call.form["image_file"])).convert("RGB")
    return photoroom_picture(cut_ellipse(picture))


def photoroom_scene(call: Call) -> Answer:
    """What Photoroom's editing does: a picture as large as asked for, without transparency."""
    width, height = call.fields["outputSize"].split("x")
    return photoroom_picture(png(Image.new("RGB", (int(width), int(height)), "peru")))


def photoroom_error(
    status: int, detail: str, kind: str = "error", headers: dict[str, str] | None = None
) -> Answer:
    """An error in the form of Photoroom's segmentation."""
    record = {"detail": detail, "status_code": status, "type": kind}
    return _json(status, record, headers)


def photoroom_edit_error(status: int, message: str) -> Answer:
    """An error in the form of Photoroom's editing."""
    return _json(status, {"error": {"message": message}})


def cut_ellipse(picture: Image.Image) -> bytes:
    """The picture as RGBA PNG, its middle half opaque, with a soft edge, the rest transparent."""
    distance = Image.radial_gradient("L").resize(picture.size)
    alpha = distance.point([max(0, min(255, (96 - level) * 32)) for level in range(256)])
    cutout = picture.convert("RGBA")
    cutout.putalpha(alpha)
    return png(cutout)


def png(picture: Image.Image) -> bytes:
    """The picture as PNG."""
    output = BytesIO()
    picture.save(output, "PNG")
    return output.getvalue()


def _json(status: int, record: object, headers: dict[str, str] | None = None) -> Answer:
    return Answer(json.dumps(record).encode(), status, headers=headers or {})
