"""The job request: what was asked, as one record that travels from submission to archive."""

import unicodedata
from datetime import UTC, datetime
from typing import Annotated

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StringConstraints,
    ValidationError,
)

from media.errors import InvalidRequest
from media.job_ids import JOB_ID_PATTERN
from media.urls import MAX_URL_LENGTH

MAX_ITEMS = 500
MAX_PROJECT = 100
"""Most characters of a project's name."""


def _tidied(text: str | None) -> str | None:
    """A project's name as it is grouped by: spaces and accents in one form; None for no name."""
    plain = "".join(" " if unicodedata.category(char) == "Cc" else char for char in text or "")
    name = unicodedata.normalize("NFC", " ".join(plain.split()))
    if len(name) > MAX_PROJECT:
        raise ValueError(
            f"the name of a project has at most {MAX_PROJECT} characters, not {len(name):,}"
        )
    return name or None


Project = Annotated[str | None, AfterValidator(_tidied)]
"""What groups jobs that belong together, such as one house or one collection."""


def _in_utc(at: datetime) -> datetime:
    """The same moment in UTC; a time without a zone is taken for UTC."""
    try:
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError as error:
        raise ValueError("this is before the year 1 or after the year 9999") from error


Moment = Annotated[datetime, AfterValidator(_in_utc)]
JobId = Annotated[str, StringConstraints(pattern=f"^{JOB_ID_PATTERN.pattern}$")]
Parameters = dict[str, JsonValue]


class RequestedItem(BaseModel):
    """One file (or prompt) of a job; with a `url` its bytes are fetched to `key` first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    item: Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
    key: str
    filename: str
    url: Annotated[str, Field(min_length=1, max_length=MAX_URL_LENGTH)] | None = None
    etag: str | None = None
    bytes: Annotated[int, Field(ge=0)] | None = None
    params: Parameters = {}


class JobRequest(BaseModel):
    """What was asked: `request.json`. An unknown key is an error that names it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    job: JobId
    pipeline: str
    owner: str = "local"
    project: Project = None
    submitted_at: Moment
    params: Parameters = {}
    items: Annotated[list[RequestedItem], Field(min_length=1, max_length=MAX_ITEMS)]
    callback_url: str | None = None
    trace_id: str | None = None
    parent_job: JobId | None = None

    def params_of(self, item: str) -> Parameters:
        """The job's parameters with this item's own on top."""
        own = next(entry.params for entry in self.items if entry.item == item)
        return {**self.params, **own}


def parse_request(data: bytes | str) -> JobRequest:
    """The request in a `request.json`; raises `InvalidRequest` naming every wrong key."""
    try:
        return JobRequest.model_validate_json(data)
    except ValidationError as error:
        raise InvalidRequest(f"request.json: {describe(error)}") from error


def describe(error: ValidationError) -> str:
    """A pydantic error as one line: `quality: Input should be ...; colour: unknown`."""
    parts = []
    for problem in error.errors(include_url=False):
        where = ".".join(str(part) for part in problem["loc"]) or "request"
        said = problem["msg"].removeprefix("Value error, ")
        what = "is not known" if problem["type"] == "extra_forbidden" else said
        parts.append(f"{where}: {what}")
    return "; ".join(parts)
