"""Files that belong to a job's parameters."""

import hashlib
import io

import pytest

from resources.deployments import Deployment
from resources.stored_files import store_file


def test_a_file_is_kept_as_an_original_and_found_by_its_content(deployment: Deployment) -> None:
    data = b"font" * 700_000
    file = io.BytesIO(data)
    file.seek(5)

    key = store_file(deployment.store, "My Font.TTF", file)

    digest = hashlib.sha256(data).hexdigest()
    assert key == f"originals/{digest[:2]}/{digest}.ttf"
    assert deployment.store.get(key) == data
    assert store_file(deployment.store, "other.ttf", io.BytesIO(data)) == key


@pytest.mark.parametrize("name", ["logo", "logo.", "logo.\u00e4\u00f6"])
def test_a_file_without_an_ending_gets_one(deployment: Deployment, name: str) -> None:
    assert store_file(deployment.store, name, io.BytesIO(b"a")).endswith(".bin")
