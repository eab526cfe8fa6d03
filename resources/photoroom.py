"""Photoroom over HTTP: its two calls, and what its answers mean for us.

Field names, hosts and errors as in Photoroom's API reference (docs.photoroom.com, OpenAPI of
2026): removing a background is `POST /v1/segment` of one host, editing `POST /v2/edit` of
another. Calls that end in an error are not charged.
"""

import re
from collections.abc import Mapping
from typing import Any

import httpx

from media.errors import (
    CorruptMedia,
    InvalidProviderResponse,
    Moderated,
    ProviderRejected,
    ShowroomError,
    TooLarge,
)
from resources.paid_calls import CallRate, NotNow, retry_after_s

SEGMENT_URL = "https://sdk.photoroom.com"
EDIT_URL = "https://image-api.photoroom.com"

SEGMENT_COST_USD = 0.02
"""A background removed, on the Basic plan (photoroom.com/api/pricing, May 2026)."""
EDIT_COST_USD = 0.10
"""A picture edited, on the Plus plan; worth five backgrounds removed."""

CALLS_PER_MINUTE = 60
"""What an account may ask for unless it has agreed on more."""

_BUSY = frozenset({408, 425, 429})
_MODERATED = re.compile(r"moderat|nsfw|unsafe|safety|inappropriate|prohibited", re.IGNORECASE)
_PICTURE = re.compile(r"image|picture|photo|file|subject|foreground|pixel", re.IGNORECASE)
# What is wrong with a field we sent speaks of images too: "background.imageUrl must be ...".
_FIELD = re.compile(r"must|should be|not allowed|provide|required|expected", re.IGNORECASE)


class Photoroom:
    """A client for both calls, safe to use from many threads; close it to drop connections."""

    def __init__(
        self,
        api_key: str,
        *,
        segment_url: str = SEGMENT_URL,
        edit_url: str = EDIT_URL,
        timeout_s: float = 60.0,
        rate: CallRate | None = None,
    ) -> None:
        self._segment_url = f"{segment_url.rstrip('/')}/v1/segment"
        self._edit_url = f"{edit_url.rstrip('/')}/v2/edit"
        self._rate = rate or CallRate(CALLS_PER_MINUTE)
        self._http = httpx.Client(
            headers={"x-api-key": api_key, "accept": "image/png, application/json"},
            timeout=timeout_s,
        )

    def segment(self, picture: bytes, fields: Mapping[str, str]) -> bytes:
        """The encoded picture without its background."""
        return self._post(self._segment_url, {"image_file": picture}, fields, {})

    def edit(self, picture: bytes, fields: Mapping[str, str], headers: Mapping[str, str]) -> bytes:
        """The encoded picture edited as the fields say."""
        return self._post(self._edit_url, {"imageFile": picture}, fields, headers)

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _post(
        self,
        url: str,
        files: Mapping[str, bytes],
        fields: Mapping[str, str],
        headers: Mapping[str, str],
    ) -> bytes:
        """The picture that comes back, asked for as the rate allows."""

        def ask() -> bytes:
            try:
                response = self._http.post(url, files=files, data=fields, headers=headers)
            except httpx.TimeoutException as error:
                raise NotNow("Photoroom did not answer in time") from error
            except httpx.TransportError as error:
                raise NotNow(f"Photoroom cannot be reached: {error}") from error
            return _picture_in(response)

        return self._rate.ask(ask)


def _picture_in(response: httpx.Response) -> bytes:
    status = response.status_code
    if status == 200:
        if not response.headers.get("content-type", "").startswith("image/"):
            raise InvalidProviderResponse("Photoroom answered with something that is no picture")
        return response.content
    message = _message_in(response)
    if status in _BUSY or status >= 500:
        hint_s = retry_after_s(response.headers.get("retry-after"))
        raise NotNow(f"Photoroom is not able to work now ({status}): {message}", hint_s)
    raise _lasting(status, message)


def _lasting(status: int, message: str) -> ShowroomError:
    """What an answer means that will be the same the next time."""
    if status in (401, 403):
        return ProviderRejected(f"Photoroom does not accept the API key ({status}): {message}")
    if status == 402:
        return ProviderRejected(f"Photoroom's credit is spent: {message}")
    if status == 413:
        return TooLarge(f"The picture is too large for Photoroom: {message}")
    if _MODERATED.search(message):
        return Moderated(f"Photoroom's rules do not allow this: {message}")
    if status == 415 or (_PICTURE.search(message) and not _FIELD.search(message)):
        return CorruptMedia(f"Photoroom cannot work with the picture: {message}")
    return ProviderRejected(f"Photoroom does not take the request ({status}): {message}")


def _message_in(response: httpx.Response) -> str:
    """The sentence in an error of either call, or the start of whatever came."""
    try:
        record: Any = response.json()
    except ValueError:
        return response.text[:200] or response.reason_phrase
    if isinstance(record, dict) and isinstance(record.get("error"), dict):
        record = record["error"]
    if isinstance(record, dict):
        for name in ("detail", "message"):
            if isinstance(record.get(name), str):
                return str(record[name])
    return response.text[:200]
