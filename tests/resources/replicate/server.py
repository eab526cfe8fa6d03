"""A server on this machine that speaks Replicate's HTTP API, keeps a bill, and errs on demand.

Faults are scripted for one kind of request each and happen in order; the fates of predictions
likewise. Whatever the client does, the bill says how often each question was charged.
"""

import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Self
from urllib.parse import parse_qs

from tests.resources.replicate.http import QuietServer, handler_of
from tests.resources.replicate.pictures import PAINTERS, Painter, canvas
from tests.resources.replicate.schemas import SCHEMAS, VERSIONED

PAGE = 5
"""Predictions on a page of a listing; the real one has a hundred."""

Question = tuple[str, str, str, int]
"""Model, SHA-256 of the photo, prompt and seed; without a photo, that of an empty one."""


@dataclass
class Work:
    """One prediction."""

    record: dict[str, Any]
    fate: str
    question: Question
    picture: "Future[bytes]" = field(repr=False)
    begun_s: float = field(default_factory=time.monotonic)


class ReplicateServer:
    """Replicate, with a bill.

    `takes_s` is how long a model works, `listed_after_s` how long a new prediction is missing
    in listings. `on_request` is told the kind of each request before and after it is served.
    """

    def __init__(self, takes_s: float = 0.0, listed_after_s: float = 0.0) -> None:
        self.takes_s = takes_s
        self.listed_after_s = listed_after_s
        self.calls: Counter[str] = Counter()
        self.last_call = ""
        self.bill: Counter[Question] = Counter()
        self.files: dict[str, bytes] = {}
        self.works: dict[str, Work] = {}
        self.headers: dict[str, Mapping[str, str]] = {}
        self.bodies: list[dict[str, Any]] = []
        self.schemas: dict[str, dict[str, Any]] = deepcopy(dict(SCHEMAS))
        self.on_request: Callable[[str, str], None] = lambda _kind, _phase: None
        self.on_end: Callable[[dict[str, Any], str], None] | None = None
        self._faults: defaultdict[str, deque[str]] = defaultdict(deque)
        self._fates: deque[str] = deque()
        self._lock = threading.RLock()
        self._painters = ThreadPoolExecutor(16)
        self._closing = threading.Event()
        self._server = QuietServer(("127.0.0.1", 0), handler_of(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    def faulty(self, kind: str, *faults: str) -> Self:
        """What goes wrong with the next requests of a kind: `create`, `get`, `list`, `upload`,
        `download`, `model`, `cancel`.

        `throttled`, `throttled_text`, `500`, `silence`, `reset` (the connection breaks before
        anything is done), `reset_after` (it is done, and the answer lost), `no_json`, `partial`,
        `html`, `truncated`, `expired`, any status code, or `fine`.
        """
        self._faults[kind].extend(faults)
        return self

    def fated(self, *fates: str) -> Self:
        """How the next predictions end: `succeeded`, `failed`, `canceled`, `aborted`,
        `moderated`, `nsfw`, `flagged`, `endless`, `removed`, `blank`, `unchanged`, `wrong_shape`,
        `small`."""
        self._fates.extend(fates)
        return self

    @property
    def charged(self) -> int:
        """Pictures charged for."""
        return sum(self.bill.values())

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()
        self._painters.shutdown()

    def next_fault(self, kind: str) -> str:
        """Count a request and say what is to go wrong with it."""
        with self._lock:
            self.calls[kind] += 1
            self.last_call = kind
            return self._faults[kind].popleft() if self._faults[kind] else "fine"

    def wait_for_close(self) -> None:
        """Keep silent."""
        self._closing.wait()

    def keep_file(self, body: bytes, content_type: str) -> dict[str, Any]:
        """POST /v1/files."""
        boundary = content_type.partition("boundary=")[2].encode()
        parts = body.split(b"--" + boundary)
        content = next(part for part in parts if b'name="content"' in part)
        data = content.partition(b"\r\n\r\n")[2].removesuffix(b"\r\n")
        with self._lock:
            name = f"file{len(self.files):08d}"
            self.files[name] = data
        return {
            "id": name,
            "name": "photo.jpg",
            "content_type": "image/jpeg",
            "size": len(data),
            "etag": name,
            "checksums": {"sha256": sha256(data).hexdigest()},
            "metadata": {},
            "created_at": _now(),
            "expires_at": None,
            "urls": {"get": f"{self.url}/v1/files/{name}"},
        }

    def create(self, model: str, body: dict[str, Any]) -> dict[str, Any] | None:
        """POST /v1/models/{owner}/{name}/predictions; /v1/predictions for those by version."""
        if not model:
            model = next(name for name in self.schemas if version_id(name) == body["version"])
        elif model in VERSIONED:
            return None
        inputs = body["input"]
        address = str(inputs.get("image") or inputs.get("input_image") or "")
        photo = self.files[address.rsplit("/", 1)[-1]] if address else b""
        question = (model, sha256(photo).hexdigest(), inputs["prompt"], inputs["seed"])
        with self._lock:
            self.bodies.append(body)
            fate = self._fates.popleft() if self._fates else "succeeded"
            name = f"p{len(self.works):025d}"
            record = self._record(name, model, body)
            paint = PAINTERS.get(fate, PAINTERS["succeeded"])
            seen = photo or canvas(inputs)
            picture = self._painters.submit(self._painted, paint, seen, inputs["seed"])
            self.works[name] = Work(record, fate, question, picture)
            if fate != "aborted":
                self.bill[question] += 1
        if self.on_end is not None:
            threading.Thread(target=self._tell_end, args=(name, body), daemon=True).start()
        return record

    def told(self, name: str) -> dict[str, Any] | None:
        """GET /v1/predictions/{id}."""
        with self._lock:
            if (work := self.works.get(name)) is None:
                return None
            if time.monotonic() - work.begun_s >= self.takes_s or work.fate == "canceled":
                self._end(work)
            return dict(work.record)

    def stop(self, name: str) -> dict[str, Any] | None:
        """POST /v1/predictions/{id}/cancel."""
        with self._lock:
            if name in self.works and self.works[name].record["status"] == "starting":
                self.works[name].record["status"] = "canceled"
        return self.told(name)

    def listing(self, query: str) -> dict[str, Any]:
        """GET /v1/predictions, newest first."""
        wanted = parse_qs(query)
        start = int(wanted.get("cursor", ["0"])[0])
        after = wanted.get("created_after", [""])[0]
        now = time.monotonic()
        with self._lock:
            listed = [
                self.told(name)
                for name, work in reversed(self.works.items())
                if now - work.begun_s >= self.listed_after_s
                and (not after or _time(work.record["created_at"]) >= _time(after))
            ]
        more = f"{self.url}/v1/predictions?cursor={start + PAGE}"
        return {
            "previous": None,
            "next": more if len(listed) > start + PAGE else None,
            "results": listed[start : start + PAGE],
        }

    def picture(self, name: str) -> bytes | None:
        """What a prediction has painted."""
        work = self.works.get(name)
        return work.picture.result() if work else None

    def _painted(self, paint: Painter, photo: bytes, seed: int) -> bytes:
        """A picture, painted while the model is taken to be at work."""
        self._closing.wait(self.takes_s / 3)
        return paint(photo, seed)

    def _record(self, name: str, model: str, body: dict[str, Any]) -> dict[str, Any]:
        here = f"{self.url}/v1/predictions/{name}"
        return {
            "id": name,
            "model": model,
            "version": body.get("version", "hidden"),
            "input": body["input"],
            "logs": "",
            "output": None,
            "data_removed": False,
            "error": None,
            "source": "api",
            "status": "starting",
            "created_at": _now(),
            "urls": {"get": here, "cancel": f"{here}/cancel"},
        }

    def model(self, name: str) -> dict[str, Any] | None:
        """GET /v1/models/{owner}/{name}."""
        if name not in self.schemas:
            return None
        owner, _, short = name.partition("/")
        version = {
            "id": version_id(name),
            "created_at": _now(),
            "cog_version": "0.13.0",
            "openapi_schema": self.schemas[name],
        }
        return {
            "url": f"https://replicate.com/{name}",
            "owner": owner,
            "name": short,
            "visibility": "public",
            "run_count": 1,
            "latest_version": version,
        }

    def _end(self, work: Work) -> None:
        record = work.record
        if record["status"] not in ("starting", "processing") or work.fate == "endless":
            return
        if work.fate in ("failed", "canceled", "aborted"):
            record |= {"status": work.fate, "error": "CUDA out of memory"}
            record["error"] = None if work.fate != "failed" else record["error"]
        elif work.fate == "moderated":
            error = "The input or output was flagged as sensitive. Please try again. (E005)"
            record |= {"status": "failed", "error": error}
        elif work.fate == "nsfw":
            error = "NSFW content detected. Try running it again, or try a different prompt."
            record |= {"status": "failed", "error": error}
        else:
            address = f"{self.url}/output/{record['id']}.png"
            told = {"image": address, "nsfw": True} if work.fate == "flagged" else address
            record |= {"status": "succeeded", "output": [told]}
            if work.fate == "removed":
                record |= {"output": None, "input": {}, "data_removed": True}

    def _tell_end(self, name: str, body: dict[str, Any]) -> None:
        self._closing.wait(self.takes_s)
        record = self.told(name)
        if record and self.on_end and "webhook" in body:
            self.on_end(record, body["webhook"])


def version_id(model: str) -> str:
    """The id of the newest version of a model: 64 hexadecimal digits."""
    return sha256(model.encode()).hexdigest()


def _now() -> str:
    return datetime.now(UTC).isoformat().replace("+00:00", "Z")


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)
