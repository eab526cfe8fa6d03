"""Upload safety: whatever goes wrong on the way, the only copy of a file is never deleted."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import boto3
import psutil
import pytest

from media.errors import StoreUnavailable
from media.pipelines.library import KINDS, UPLOADS
from media.requests import JobRequest
from resources.deployments import Deployment
from resources.settings import Settings
from tests.conftest import MakePicture

Row = dict[str, Any]


def take(deployment: Deployment, request: JobRequest) -> list[Row]:
    """Take a job's uploads and write their table, as the asset does."""
    rows = deployment.originals.take(request, UPLOADS, KINDS)
    deployment.tables.write(UPLOADS, request.job, rows)
    return rows.to_dicts()


def is_somewhere(deployment: Deployment, data: bytes) -> bool:
    """Whether the store still holds these bytes under any key."""
    return any(deployment.store.get(found.key) == data for found in deployment.store.objects(""))


def test_an_upload_that_could_not_be_stored_is_still_there_for_a_retry(
    deployment: Deployment, make_picture: MakePicture
) -> None:
    photo = make_picture(80, 60)
    deployment.store.put("inbox/library/a.jpg", photo)
    (request,) = deployment.intake.claim(deployment.intake.look())
    deployment.store.put("originals", b"a file where a folder should be: nothing can be stored")
    with suppress(StoreUnavailable):
        take(deployment, request)
    deployment.intake.drain()
    deployment.store.delete(["originals"])
    (row,) = take(deployment, request)
    assert row["status"] == "ready"
    assert deployment.store.get(row["key"]) == photo


def test_a_refused_upload_that_could_not_be_kept_is_not_drained_away(
    deployment: Deployment,
) -> None:
    deployment.store.put("inbox/library/notes.txt", b"plain text")
    (request,) = deployment.intake.claim(deployment.intake.look())
    deployment.store.put("refused", b"a file where a folder should be: nothing can be kept")
    with suppress(StoreUnavailable):
        take(deployment, request)
    deployment.intake.drain()
    assert is_somewhere(deployment, b"plain text")


def test_an_upload_that_met_a_fault_of_ours_is_not_drained_away(
    settings: Settings, make_picture: MakePicture
) -> None:
    photo = make_picture(80, 60)
    with Deployment(settings.model_copy(update={"workers": 1})) as deployment:
        deployment.store.put("inbox/library/a.jpg", photo)
        (request,) = deployment.intake.claim(deployment.intake.look())
        worker = psutil.Process(deployment.workers.run(os.getpid))
        worker.kill()
        psutil.wait_procs([worker])
        take(deployment, request)
        deployment.intake.drain()
        assert is_somewhere(deployment, photo)


def test_an_upload_that_could_not_be_read_is_not_drained_away(
    bucket_deployment: Deployment, bucket_settings: Settings
) -> None:
    client = boto3.client("s3", endpoint_url=bucket_settings.s3_endpoint, region_name="us-east-1")
    bucket, _, prefix = bucket_settings.store.removeprefix("s3://").partition("/")
    archived = {"Bucket": bucket, "Key": f"{prefix}/inbox/library/a.jpg"}
    # An archived object is listed and answers "not now" to whoever reads it.
    client.put_object(**archived, Body=b"photo", StorageClass="GLACIER")
    (request,) = bucket_deployment.intake.claim(bucket_deployment.intake.look())
    with suppress(StoreUnavailable):
        (row,) = take(bucket_deployment, request)
        assert row["status"] == "failed"
    bucket_deployment.intake.drain()
    assert client.head_object(**archived)["ContentLength"] == 5


def test_a_file_that_may_not_be_read_is_not_drained_away(
    deployment: Deployment, drop: Callable[[str, bytes], Path]
) -> None:
    path = drop("a.jpg", b"photo")
    (request,) = deployment.intake.claim(deployment.intake.look())
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read every file")
    take(deployment, request)
    deployment.intake.drain()
    assert path.exists()
