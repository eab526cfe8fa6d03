"""Design jobs with pictures to decide about, for tests that care what of them is shown."""

from collections.abc import Sequence
from datetime import UTC, datetime

from media import keys
from media.errors import READY, MisleadingName
from media.pipelines.design import DESIGNS
from media.requests import JobRequest, RequestedItem
from media.reviews import Decision, Verdict
from resources.deployments import Deployment


def picture_key(job: str, number: int) -> str:
    """Where the picture of this number lies."""
    return keys.output("design", job, "0001", f"design-{number}-0a1b", "webp")


def show_designs(
    deployment: Deployment,
    job: str,
    pictures: Sequence[bytes],
    filename: str = "brief.txt",
    size_px: tuple[int, int] = (800, 600),
) -> list[str]:
    """A design job with these pictures, numbered from 1, and a refused one; their keys."""
    ask(deployment, job, "design", filename)
    shown = [picture_key(job, number) for number, _ in enumerate(pictures, start=1)]
    rows = [
        {"job": job, "item": "0001", **READY, "filename": filename, "name": f"design-{number}"}
        | {"key": key, "format": "webp", "bytes": len(data)}
        | {"width_px": size_px[0], "height_px": size_px[1], "needs_review": number == 1}
        for number, (key, data) in enumerate(zip(shown, pictures, strict=True), start=1)
    ]
    refused = {"job": job, "item": "0001", **MisleadingName("no").outcome(), "key": "outputs/no"}
    deployment.tables.write(DESIGNS, job, DESIGNS.rows([*rows, refused]))
    for key, data in zip(shown, pictures, strict=True):
        deployment.store.put(key, data)
    return shown


def ask(deployment: Deployment, job: str, pipeline: str, filename: str = "x") -> None:
    """The record of a job of one item."""
    item = RequestedItem(item="0001", key="inbox/x", filename=filename)
    request = JobRequest(job=job, pipeline=pipeline, submitted_at=datetime.now(UTC), items=[item])
    deployment.store.put(keys.job_request(job), request.model_dump_json().encode())


def decide(deployment: Deployment, verdict: Verdict, *pictures: str) -> None:
    """The same decision about all of these keys."""
    deployment.reviews.decide([Decision(key, verdict) for key in pictures])
