"""What tests of resources share: the same installation in a folder and in a bucket."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

import pytest

from media import keys
from media.job_ids import new_job_id
from media.requests import JobRequest, Parameters, RequestedItem
from resources.deployments import Deployment

SubmitBytes = Callable[..., JobRequest]


@pytest.fixture(params=["folder", "bucket"])
def anywhere(request: pytest.FixtureRequest) -> Deployment:
    """An installation; a test that takes it runs over a folder and over a bucket."""
    name = {"folder": "deployment", "bucket": "bucket_deployment"}[request.param]
    made: Deployment = request.getfixturevalue(name)
    return made


@pytest.fixture
def submit_bytes(deployment: Deployment) -> SubmitBytes:
    """Submits named bytes to `library` and claims them: a job ready to run, in a folder."""

    def submit(
        files: Iterable[tuple[str, bytes]],
        params: Parameters | None = None,
        item_params: dict[str, Parameters] | None = None,
    ) -> JobRequest:
        job = new_job_id()
        items = []
        for position, (name, data) in enumerate(files, start=1):
            key = keys.submission_file(job, position, name)
            deployment.store.put(key, data)
            own = (item_params or {}).get(f"{position:04d}", {})
            items.append(RequestedItem(item=f"{position:04d}", key=key, filename=name, params=own))
        request = JobRequest(
            job=job,
            pipeline="library",
            submitted_at=datetime.now(UTC),
            params=params or {},
            items=items,
        )
        deployment.store.put(keys.submission_request(job), request.model_dump_json().encode())
        claimed = deployment.intake.claim(deployment.intake.look())
        return next(found for found in claimed if found.job == job)

    return submit
