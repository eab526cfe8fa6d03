"""The wire to Replicate: whatever the `replicate` package sends and gets goes through here.

Of itself the package (1.0.7) asks again up to ten times behind its caller's back, drops the
headers of an error and with them the hint of when to come again, uploads without any time limit,
and cannot read a prediction that was aborted, nor a list that has one.
"""

import json
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from resources.paid_calls import NotNow, retry_after_s

ABORTED = "aborted before it was started"
"""The error of a prediction whose status is `aborted`: to the package it reads `canceled`."""

_BUSY = frozenset({408, 425, 429})
# Nothing of the request has left this machine.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_RESET_IN = re.compile(r"resets? in ~?\s*([\d.]+)\s*(ms|m|s)?", re.IGNORECASE)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}


class Lost(NotNow):
    """Nobody knows what has become of a request: it may have been taken."""


class Wire(httpx.BaseTransport):
    """A transport that tries once, within `timeout_s` for each step of it.

    An answer that asks for patience is raised as `NotNow`, with the service's hint. `Lost` is
    raised where the request may have been taken nevertheless: no answer came, or a server that
    was in the way says that it has none.
    """

    def __init__(self, timeout_s: float) -> None:
        self.told_at: datetime | None = None
        """When Replicate last answered, by its own clock; None before it has."""
        self._timeout = httpx.Timeout(timeout_s).as_dict()
        self._http = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """The whole answer, or `NotNow`."""
        request.extensions = {**request.extensions, "timeout": self._timeout}
        try:
            response = self._http.handle_request(request)
            response.request = request
            body = response.read()
        except _UNSENT as error:
            raise NotNow(f"Replicate cannot be reached: {error}") from error
        except httpx.TimeoutException as error:
            raise Lost("Replicate did not answer in time") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise Lost(f"the connection to Replicate broke: {error}") from error
        self.told_at = _date(response) or self.told_at
        _require_patience(response)
        kind = response.headers.get("content-type", "")
        return httpx.Response(
            response.status_code, headers={"content-type": kind}, content=_readable(body)
        )

    def close(self) -> None:
        """Close all connections."""
        self._http.close()


def _date(response: httpx.Response) -> datetime | None:
    """RFC 9110, 6.6.1: when the answer was made, in whole seconds; None where it cannot be read."""
    try:
        told = parsedate_to_datetime(response.headers.get("date", ""))
    except ValueError:
        return None
    # A date of -0000 comes without a zone and is UTC (RFC 5322, 3.3).
    return told.replace(tzinfo=told.tzinfo or UTC)


def _require_patience(response: httpx.Response) -> None:
    status = response.status_code
    if status not in _BUSY and status < 500:
        return
    message = f"Replicate is not able to work now ({status}): {response.text[:200]}"
    if status >= 500:
        raise Lost(message, _hint_s(response))
    raise NotNow(message, _hint_s(response))


def _hint_s(response: httpx.Response) -> float | None:
    """Seconds the service asks to wait for: in a header, or in the sentence it sends."""
    for name in ("retry-after", "ratelimit-reset"):
        seconds = retry_after_s(response.headers.get(name))
        if seconds is not None:
            return seconds
    found = _RESET_IN.search(response.text)
    try:
        return float(found[1]) * _SECONDS[found[2] or "s"] if found else None
    except ValueError:
        return None


def _readable(body: bytes) -> bytes:
    """The answer as the package's records can hold it."""
    try:
        answer = json.loads(body)
    except ValueError:
        return body
    if not isinstance(answer, dict):
        return body
    listed = answer.get("results")
    for record in [answer, *(listed if isinstance(listed, list) else [])]:
        if isinstance(record, dict) and "status" in record and "urls" in record:
            _make_readable(record)
    return json.dumps(answer).encode()


def _make_readable(prediction: dict[str, Any]) -> None:
    if prediction["status"] == "aborted":
        prediction |= {"status": "canceled", "error": ABORTED}
    # Official models may have no version that is told.
    for name in ("model", "version"):
        prediction[name] = prediction.get(name) or ""
    if prediction.get("error") is not None:
        prediction["error"] = str(prediction["error"])
