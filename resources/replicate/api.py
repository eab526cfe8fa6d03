"""Replicate's HTTP API through the `replicate` package: one method a call, errors in our words.

Every method makes one request (a listing one a page) and raises `NotNow` when it is worth trying
again, `Lost` among them when the request may have been taken nevertheless.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any, cast
from urllib.parse import urlencode

from replicate.client import Client
from replicate.exceptions import ReplicateError
from replicate.prediction import Prediction as RawPrediction

from media.errors import ProviderRejected
from resources.replicate.predictions import STATUSES, Prediction
from resources.replicate.terms import Terms
from resources.replicate.wire import ABORTED, Lost, Wire

API_URL = "https://api.replicate.com"

_CLOCK_MARGIN = timedelta(minutes=1)
_FORGOTTEN_AFTER = timedelta(hours=1)
_FLAG = re.compile(r"nsfw|unsafe|sensitive|flagged", re.IGNORECASE)
_SHORTEST_DEADLINE_S = 5


@dataclass(frozen=True)
class ModelVersion:
    """A version of a model; both are empty where Replicate tells none."""

    id: str = ""
    schema: Mapping[str, Any] = field(default_factory=dict)
    """The OpenAPI document of what it takes."""


@dataclass(frozen=True)
class UploadedFile:
    """A file that Replicate keeps for a day, and when it took it, by its own clock."""

    url: str
    created_at: str


class ReplicateApi:
    """The calls that buying pictures needs, safe to use from many threads."""

    def __init__(self, token: str, terms: Terms) -> None:
        self._wire = Wire(terms.timeout_s)
        # A prediction that nobody waits for any more is stopped by Replicate itself. The header
        # counts for predictions only; the package has no other way to send it.
        deadline_s = max(_SHORTEST_DEADLINE_S, round(terms.pace.patience_s))
        self._client = Client(
            api_token=token,
            base_url=(terms.base_url or API_URL).rstrip("/"),
            transport=self._wire,
            headers={"Cancel-After": f"{deadline_s}s"},
        )

    def upload(self, data: bytes, filename: str, content_type: str) -> UploadedFile:
        """Keep a file at an address that no other file ever has."""
        with _understood():
            made = self._client.files.create(
                BytesIO(data), filename=filename, content_type=content_type
            )
            return UploadedFile(made.urls["get"], made.created_at)

    def newest(self, model: str) -> ModelVersion:
        """The newest version of a model."""
        with _understood():
            version = self._client.models.get(model).latest_version
            return ModelVersion(version.id, version.openapi_schema) if version else ModelVersion()

    def create(
        self, model: str, inputs: Mapping[str, object], webhook_url: str, version: str = ""
    ) -> Prediction:
        """Have the model begin, or one version of it; this is the one call that costs money."""
        told = {"webhook": webhook_url, "webhook_events_filter": ["completed"]}
        more = cast("Any", told if webhook_url else {})
        with _understood():
            if version:
                raw = self._client.predictions.create(version, dict(inputs), **more)
            else:
                raw = self._client.models.predictions.create(model, dict(inputs), **more)
            return _prediction(raw)

    def now(self) -> str:
        """A time that is not after now by Replicate's clock, ISO 8601.

        It is that of its last answer; before there is one, ours of an hour ago, which is when
        Replicate forgets inputs anyway.
        """
        return (self._wire.told_at or datetime.now(UTC) - _FORGOTTEN_AFTER).isoformat()

    def prediction(self, prediction_id: str) -> Prediction | None:
        """How far the work is; None when Replicate knows of none."""
        try:
            with _understood():
                return _prediction(self._client.predictions.get(prediction_id))
        except _NotThere:
            return None

    def since(self, created_at: str) -> Iterator[Prediction]:
        """All predictions of the account from shortly before a time of Replicate's, newest first.

        Inputs are forgotten after an hour.
        """
        start = _time(created_at) - _CLOCK_MARGIN
        cursor: str | None = "/v1/predictions?" + urlencode({"created_after": start.isoformat()})
        while cursor is not None:
            with _understood():
                page = self._client.predictions.list(cursor)
                found = [_prediction(raw) for raw in page.results]
            for prediction in found:
                # Filtering is asked for; whether it is done is not relied upon.
                if _time(prediction.created_at) < start:
                    return
                yield prediction
            cursor = page.next

    def cancel(self, prediction_id: str) -> Prediction:
        """Have the work stopped; work that is over stays as it is."""
        with _understood():
            return _prediction(self._client.predictions.cancel(prediction_id))

    def close(self) -> None:
        """Close all connections."""
        self._wire.close()


class _NotThere(ProviderRejected):
    """Replicate knows no such thing."""


@contextmanager
def _understood() -> Iterator[None]:
    """Turns the package's errors into ours."""
    try:
        yield
    except ReplicateError as error:
        raise _rejection(error) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # The package's records refuse what they were not written for; so does JSON.
        raise Lost(f"Replicate's answer cannot be read: {error}") from error


def _rejection(error: ReplicateError) -> ProviderRejected:
    message = error.detail or error.title or "no reason is given"
    if error.status in (401, 403):
        return ProviderRejected(f"Replicate does not accept the token ({error.status}): {message}")
    if error.status == 402:
        return ProviderRejected(f"Replicate's credit is spent: {message}")
    if error.status == 404:
        return _NotThere(f"Replicate does not know it: {message}")
    return ProviderRejected(f"Replicate does not take the request ({error.status}): {message}")


def _prediction(raw: RawPrediction) -> Prediction:
    status = raw.status
    if status not in STATUSES or not raw.id:
        raise ValueError(f"a prediction of status {status}")
    is_aborted = status == "canceled" and raw.error == ABORTED
    return Prediction(
        raw.id,
        "aborted" if is_aborted else status,
        raw.created_at or datetime.now(UTC).isoformat(),
        raw.input or {},
        _first_url(raw.output),
        raw.error or "",
        raw.model,
        "" if raw.version == "hidden" else raw.version,
        _flags(raw.output),
    )


def _first_url(output: object) -> str | None:
    """The address of a picture: models answer with one, a list of them, or a record with one."""
    first = output
    while isinstance(first, list | dict) and first:
        first = first[0] if isinstance(first, list) else _address_in(first)
    return first if isinstance(first, str) else None


def _address_in(record: dict[str, Any]) -> object:
    for value in record.values():
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and first.startswith(("http://", "https://")):
            return first
    return None


def _flags(output: object) -> tuple[str, ...]:
    """What a record says against its picture: the names of fields such as `nsfw` that are true."""
    records = output if isinstance(output, list) else [output]
    return tuple(
        sorted(
            name
            for record in records
            if isinstance(record, dict)
            for name, value in record.items()
            if _FLAG.search(name) and (value is True or value == [True])
        )
    )


def _time(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
