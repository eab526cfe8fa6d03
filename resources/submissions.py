"""Submissions: files and a request put together on purpose, to become one job.

submissions/<job>/0001-<file> ... then request.json, whose arrival completes it
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import JsonValue

from media import keys
from media.errors import InvalidRequest, Refusal
from media.job_ids import new_job_id
from media.pipeline import pipeline_named
from media.requests import JobRequest, RequestedItem
from media.urls import MAX_URL_LENGTH, parse_url
from resources.object_store import ObjectStore

PARAMETERS_FILE = "parameters.json"
"""Name of the item of a job that was submitted without files."""


@dataclass(frozen=True)
class Submissions:
    """Puts jobs where the sensor finds them."""

    store: ObjectStore

    def submit(
        self,
        pipeline: str,
        sources: Iterable[Path | str],
        params: Mapping[str, JsonValue],
        owner: str = "local",
    ) -> str:
        """Put files and then their request under `submissions/`; the job's id.

        A source is a file's path, or a URL as text, which is fetched when the job runs. Raises
        `InvalidRequest` before anything is stored: a wrong parameter, a missing file, too many
        sources, or none where the parameters alone do not say enough.
        """
        asked = pipeline_named(pipeline)
        asked.parse(params)
        wanted = list(sources)
        alone = not wanted and any(params.get(name) for name in asked.enough_without_files)
        asked.require_items(1 if alone else len(wanted))
        if missing := [str(s) for s in wanted if isinstance(s, Path) and not s.is_file()]:
            raise InvalidRequest(f"not a file: {', '.join(missing)}")
        job = new_job_id()
        items = [
            self._put_file(job, position, source)
            if isinstance(source, Path)
            else _at_url(job, position, source)
            for position, source in enumerate(wanted, start=1)
        ]
        if alone:
            items = [self._put_parameters(job, params)]
        request = JobRequest(
            job=job,
            pipeline=pipeline,
            owner=owner,
            submitted_at=datetime.now(UTC),
            params=dict(params),
            items=items,
        )
        self.store.put(keys.submission_request(job), request.model_dump_json(indent=1).encode())
        return job

    def _put_file(self, job: str, position: int, path: Path) -> RequestedItem:
        name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        key = keys.submission_file(job, position, path.name)
        self.store.put_file(key, path)
        size = path.stat().st_size
        return RequestedItem(item=f"{position:04d}", key=key, filename=name, bytes=size)

    def _put_parameters(self, job: str, params: Mapping[str, JsonValue]) -> RequestedItem:
        """What a job is about, where no file says it: an item like any other."""
        data = json.dumps(dict(params), indent=1, sort_keys=True).encode()
        key = keys.submission_file(job, 1, PARAMETERS_FILE)
        self.store.put(key, data)
        return RequestedItem(item="0001", key=key, filename=PARAMETERS_FILE, bytes=len(data))


def _at_url(job: str, position: int, url: str) -> RequestedItem:
    """An item whose bytes are still elsewhere, named after the last part of its URL's path."""
    if len(url) > MAX_URL_LENGTH:
        raise InvalidRequest(f"a URL has at most {MAX_URL_LENGTH} characters")
    try:
        name = parse_url(url).filename
    except Refusal:
        # Fetching it will say what is wrong, for this item alone.
        name = "download"
    key = keys.submission_file(job, position, name)
    return RequestedItem(item=f"{position:04d}", key=key, filename=name, url=url)
