"""Sending: from what somebody put together on the page to a job."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue
from streamlit.runtime.uploaded_file_manager import UploadedFile

from dashboards.submitting.offers import offer_of
from dashboards.words import file_size, plural
from media import keys
from media.errors import Refusal
from media.job_ids import new_job_id
from media.pipeline import Pipeline
from media.requests import MAX_PROJECT
from media.urls import parse_url
from resources.deployments import Deployment
from resources.direct_uploads import Upload
from resources.stored_files import chunks_of


@dataclass(frozen=True)
class Gathered:
    """What is to be sent: files, addresses or samples; none where words are enough."""

    files: Sequence[UploadedFile] = ()
    """Files that the browser sent to this process."""
    chosen: Sequence[tuple[str, int]] = ()
    """Files that are still in the browser: names and sizes in bytes, as it tells them."""
    urls: Sequence[str] = ()
    samples: Sequence[Path] = ()
    """Files of this machine that are ours."""

    @property
    def count(self) -> int:
        """How many files the job would have."""
        return len(self.files) + len(self.chosen) + len(self.urls) + len(self.samples)


@dataclass(frozen=True)
class Order:
    """What is asked, apart from the files it is asked of."""

    pipeline: str
    params: Mapping[str, JsonValue]
    owner: str
    project: str | None = None


def addresses_in(text: str) -> list[str]:
    """The lines of a text that are not empty, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def obstacle(
    pipeline: Pipeline,
    gathered: Gathered,
    params: Mapping[str, JsonValue] | None,
    project: str | None,
    most_bytes: int,
) -> str | None:
    """Why this cannot be sent yet, and what to do, in a sentence; None when it can."""
    if params is None:
        return "Mend the settings first: what is wrong is said below them."
    if project and len(project) > MAX_PROJECT:
        return f"The name of a project has at most {MAX_PROJECT} characters."
    if gathered.count == 0:
        enough = any(params.get(name) for name in pipeline.enough_without_files)
        return None if enough else offer_of(pipeline).to_begin
    if gathered.count > pipeline.max_items:
        most = plural(pipeline.max_items, "file")
        return f"One job takes {most}, and here are {gathered.count}. Send the rest as another job."
    sizes = [*((file.name, file.size) for file in gathered.files), *gathered.chosen]
    if large := [name for name, size in sizes if size > most_bytes]:
        return f"Remove what is larger than {file_size(most_bytes)}: {', '.join(large)}."
    return _wrong_address(gathered.urls)


def _wrong_address(urls: Sequence[str]) -> str | None:
    for url in urls:
        try:
            parse_url(url)
        except Refusal as error:
            return f"Mend the address {url}: {error}."
    return None


def send(deployment: Deployment, order: Order, gathered: Gathered) -> str:
    """Make a job of what is here: files of this process, or addresses, or words; its id.

    Raises what `Submissions` raises; then nothing of it stays in the store.
    """
    if not gathered.files:
        return deployment.submissions.submit(
            order.pipeline,
            [*gathered.urls, *gathered.samples],
            order.params,
            order.owner,
            order.project,
        )
    job = new_job_id()
    put: list[tuple[str, str]] = []
    try:
        for position, file in enumerate(gathered.files, start=1):
            name = file.name.rpartition("/")[2] or "file"
            key = keys.submission_file(job, position, name)
            put.append((key, name))
            deployment.store.put_chunks(key, chunks_of(file))
        return _complete(deployment, order, job, put)
    except BaseException:
        deployment.store.delete([key for key, _ in put])
        raise


def send_uploaded(
    deployment: Deployment, order: Order, upload: Upload, arrived: Sequence[int]
) -> str:
    """Make a job of those files of an upload that have arrived, by their positions; its id."""
    put = [(put.key, put.filename) for put in upload.puts if put.position in arrived]
    return _complete(deployment, order, upload.job, put)


def discard(deployment: Deployment, upload: Upload) -> None:
    """Remove what has arrived of an upload that nobody wants any more."""
    deployment.store.delete([put.key for put in upload.puts])


def _complete(
    deployment: Deployment, order: Order, job: str, put: Sequence[tuple[str, str]]
) -> str:
    return deployment.submissions.complete(
        job, order.pipeline, put, order.params, order.owner, order.project
    )
