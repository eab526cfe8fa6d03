"""The job request: what was asked, as one record that travels from submission to archive."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, ValidationError

from media.errors import InvalidRequest
from media.job_ids import JOB_ID_PATTERN
from media.urls import MAX_URL_LENGTH

MAX_ITEMS = 500

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
    submitted_at: datetime
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
