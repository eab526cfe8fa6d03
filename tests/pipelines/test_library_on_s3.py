"""The library pipeline over a bucket: the same work, nothing on the local disk but history."""

from collections.abc import Iterator

import pytest

from media import keys
from media.pipeline import all_tables
from orchestration.once import JobRunner
from resources.dagster_home import open_instance
from resources.deployments import Deployment
from tests.conftest import MakePicture


@pytest.fixture
def bucket_runner(bucket_deployment: Deployment) -> Iterator[JobRunner]:
    """A runner over the bucket installation."""
    with open_instance(bucket_deployment.settings) as instance:
        yield JobRunner.over(bucket_deployment, instance)


def test_drops_into_a_bucket_become_variants_and_the_inbox_is_drained(
    bucket_runner: JobRunner, make_picture: MakePicture
) -> None:
    deployment = bucket_runner.deployment
    store = deployment.store
    store.put(keys.inbox_prefix("library") + "shop/chair ü.jpg", make_picture(900, 600))
    store.put(keys.inbox_prefix("library") + "shop/notes.txt", b"not a picture")
    [job] = list(bucket_runner.run_waiting(lambda _: None))
    details = bucket_runner.ledger.job(job)
    assert [(item.filename, item.status) for item in details.items] == [
        ("shop/chair ü.jpg", "ready"), ("shop/notes.txt", "refused"),
    ]  # fmt: skip
    assert store.get(details.items[0].outputs[0].key)[8:12] == b"WEBP"
    assert list(store.objects(keys.INBOX)) == []
    assert [found.key for found in store.objects(keys.REFUSED)] == [f"refused/{job}/0002/notes.txt"]
    deployment.warehouse.rebuild(all_tables())
    [counted] = deployment.warehouse.query("select count(*) n from image_variants", all_tables())
    assert counted == {"n": 5}


def test_a_submission_to_a_bucket_is_run(
    bucket_runner: JobRunner, make_picture: MakePicture, tmp_path_factory: pytest.TempPathFactory
) -> None:
    photo = tmp_path_factory.mktemp("photos") / "a.jpg"
    photo.write_bytes(make_picture())
    submissions = bucket_runner.deployment.submissions
    job = submissions.submit("library", [photo], {"presets": "sm"})
    assert list(bucket_runner.run_waiting(lambda _: None)) == [job]
    assert [output.name for output in bucket_runner.ledger.job(job).items[0].outputs] == ["sm"]
    assert list(bucket_runner.deployment.store.objects(keys.SUBMISSIONS)) == []
