"""Submissions: files and a request put together on purpose, to become one job.

submissions/<job>/0001-<file> ... then request.json, whose arrival completes it
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from pydantic import JsonValue, ValidationError

from media import keys
from media.errors import InvalidRequest, Refusal
from media.job_ids import new_job_id
from media.limits import MediaLimits, VideoLimits
from media.pipeline import Pipeline, pipeline_named
from media.pipelines import design, product_video
from media.requests import JobRequest, RequestedItem, describe
from media.urls import MAX_URL_LENGTH, parse_url
from resources.child_jobs import changed, changed_brief, items_again, unchanged
from resources.direct_uploads import uploaded_items
from resources.object_store import ObjectStore

PARAMETERS_FILE = "parameters.json"
"""Name of the item of a job that was submitted without files."""


@dataclass(frozen=True)
class _Part:
    """An item, and what has to be stored for it first: nothing where it lies there already."""

    item: RequestedItem
    content: Path | bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Submissions:
    """Puts jobs where the sensor finds them."""

    store: ObjectStore
    limits: MediaLimits = field(default_factory=MediaLimits)
    video_limits: VideoLimits = field(default_factory=VideoLimits)

    def submit(
        self,
        pipeline: str,
        sources: Iterable[Path | str],
        params: Mapping[str, JsonValue],
        owner: str = "local",
        project: str | None = None,
    ) -> str:
        """Put files and then their request under `submissions/`; the job's id.

        A source is a file's path, or a URL as text, which is fetched when the job runs. Raises
        `InvalidRequest` before anything is stored: a wrong parameter, a missing file, too many
        sources, or none where the parameters alone do not say enough.
        """
        asked = pipeline_named(pipeline)
        asked.parse(params)
        wanted = list(sources)
        count = require_enough(asked, len(wanted), params)
        if missing := [str(s) for s in wanted if isinstance(s, Path) and not s.is_file()]:
            raise InvalidRequest(f"not a file: {', '.join(missing)}")
        job = new_job_id()
        parts = [
            _from_path(job, position, source)
            if isinstance(source, Path)
            else _at_url(job, position, source)
            for position, source in enumerate(wanted, start=1)
        ]
        if count > len(wanted):
            parts = [_of_parameters(job, params)]
        return self._send(
            parts, job=job, pipeline=pipeline, params=dict(params), owner=owner, project=project
        )

    def again(
        self,
        parent: JobRequest,
        originals: Mapping[str, str],
        changes: Mapping[str, JsonValue],
        items: Collection[str] | None = None,
        owner: str = "local",
    ) -> str:
        """Put a job of the parent's originals with changed parameters together; the job's id.

        `originals` are keys by item, see `child_jobs.originals_of`; `items` are those wanted, None
        for all. Each keeps its number, its name and its own parameters. A change counts for every
        item, and a change to None takes a parameter away. The job belongs to the parent's project.
        Raises `InvalidRequest` before anything is stored: a wrong parameter, an item that is not
        the parent's, or no item with an original.
        """
        pipeline = pipeline_named(parent.pipeline)
        params = changed(parent.params, changes)
        job = new_job_id()
        parts = [
            self._part_again(job, pipeline, item, originals[item.item], changes)
            for item in items_again(parent, originals, items)
        ]
        for part in parts:
            pipeline.parse({**params, **part.item.params})
        return self._send(
            parts,
            job=job,
            pipeline=parent.pipeline,
            params=params,
            owner=owner,
            project=parent.project,
            parent_job=parent.job,
        )

    def _part_again(
        self,
        job: str,
        pipeline: Pipeline,
        item: RequestedItem,
        original: str,
        changes: Mapping[str, JsonValue],
    ) -> _Part:
        own = unchanged(item.params, changes)
        again = RequestedItem(
            item=item.item, key=original, filename=item.filename, bytes=item.bytes, params=own
        )
        is_brief = pipeline.name == design.PIPELINE.name
        brief = changed_brief(self.store.get(original), changes) if is_brief else None
        if brief is None:
            return _Part(again)
        key = keys.submission_file(job, int(item.item), item.filename)
        return _Part(again.model_copy(update={"key": key, "bytes": len(brief)}), brief)

    def complete(
        self,
        job: str,
        pipeline: str,
        files: Sequence[tuple[str, str]],
        params: Mapping[str, JsonValue],
        owner: str = "local",
        project: str | None = None,
    ) -> str:
        """Make a job of files that were put under its keys already, see `DirectUploads`; its id.

        `files` are (key, name) pairs. What counts is what lies in the store: a file that is not
        there, or is larger than the pipeline takes, is an `InvalidRequest` that names it; one too
        large is deleted. So is a wrong parameter, and a job that was sent before.
        """
        asked = pipeline_named(pipeline)
        asked.parse(params)
        asked.require_items(len(files))
        items = uploaded_items(self.store, job, files, self.max_bytes(asked))
        return self._send(
            [_Part(item) for item in items],
            job=job,
            pipeline=pipeline,
            params=dict(params),
            owner=owner,
            project=project,
        )

    def max_bytes(self, pipeline: Pipeline) -> int:
        """The largest file that a pipeline takes."""
        takes_videos = pipeline.name == product_video.PIPELINE.name
        return (self.video_limits if takes_videos else self.limits).max_upload_bytes

    def _send(self, parts: Sequence[_Part], **asked: object) -> str:
        """Store what has to be stored, and the request last; the job's id."""
        try:
            request = JobRequest.model_validate(
                {**asked, "submitted_at": datetime.now(UTC), "items": [part.item for part in parts]}
            )
        except ValidationError as error:
            raise InvalidRequest(describe(error)) from error
        for part in parts:
            if isinstance(part.content, Path):
                self.store.put_file(part.item.key, part.content)
            elif part.content is not None:
                self.store.put(part.item.key, part.content)
        record = request.model_dump_json(indent=1).encode()
        self.store.put(keys.submission_request(request.job), record)
        return request.job


def require_enough(pipeline: Pipeline, files: int, params: Mapping[str, JsonValue]) -> int:
    """How many items a job of so many files has: 1 where the parameters alone say enough.

    Raises `InvalidRequest` unless the pipeline takes so many.
    """
    alone = not files and any(params.get(name) for name in pipeline.enough_without_files)
    count = 1 if alone else files
    pipeline.require_items(count)
    return count


def _from_path(job: str, position: int, path: Path) -> _Part:
    name = path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    key = keys.submission_file(job, position, path.name)
    size = path.stat().st_size
    return _Part(
        RequestedItem(item=f"{position:04d}", key=key, filename=name, bytes=size), content=path
    )


def _of_parameters(job: str, params: Mapping[str, JsonValue]) -> _Part:
    """What a job is about, where no file says it: an item like any other."""
    data = json.dumps(dict(params), indent=1, sort_keys=True).encode()
    key = keys.submission_file(job, 1, PARAMETERS_FILE)
    item = RequestedItem(item="0001", key=key, filename=PARAMETERS_FILE, bytes=len(data))
    return _Part(item, content=data)


def _at_url(job: str, position: int, url: str) -> _Part:
    """An item whose bytes are still elsewhere, named after the last part of its URL's path."""
    if len(url) > MAX_URL_LENGTH:
        raise InvalidRequest(f"a URL has at most {MAX_URL_LENGTH} characters")
    try:
        name = parse_url(url).filename
    except Refusal:
        # Fetching it will say what is wrong, for this item alone.
        name = "download"
    key = keys.submission_file(job, position, name)
    return _Part(RequestedItem(item=f"{position:04d}", key=key, filename=name, url=url))
