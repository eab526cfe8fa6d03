"""Output paths: names people know, never out of the folder, and the same in a zip file."""

import zipfile
from pathlib import PurePosixPath

from resources.deployments import Deployment
from resources.job_records import ItemRecord, OutputRecord
from resources.output_paths import output_paths, zipped_outputs


def item(number: str, filename: str, *names: str) -> ItemRecord:
    outputs = [OutputRecord(name=name, key=f"outputs/{number}/{name}.webp") for name in names]
    return ItemRecord(item=number, filename=filename, status="ready", outputs=outputs)


ITEMS = [
    item("0001", "a/photo.jpg", "sm", "md"),
    item("0002", "b/photo.jpg", "sm"),
    item("0003", "../../etc/..", "x/../../y"),
]


def test_uploads_of_one_name_are_told_apart_and_stay_inside() -> None:
    paths = [path for _, path in output_paths(ITEMS)]
    assert [str(path) for path in paths[:3]] == [
        "photo.jpg~0001/sm.webp",
        "photo.jpg~0001/md.webp",
        "photo.jpg~0002/sm.webp",
    ]
    assert all(".." not in path.parts and len(path.parts) == 2 for path in paths)


def test_a_zip_holds_what_is_wanted_and_is_there(deployment: Deployment) -> None:
    wanted = {"outputs/0001/sm.webp", "outputs/0002/sm.webp", "outputs/0003/x/../../y.webp"}
    deployment.store.put("outputs/0001/sm.webp", b"one")
    deployment.store.put("outputs/0001/md.webp", b"not wanted")
    with (
        zipped_outputs(ITEMS[:2], wanted, deployment.store) as file,
        zipfile.ZipFile(file) as archive,
    ):
        assert archive.namelist() == [str(PurePosixPath("photo.jpg~0001", "sm.webp"))]
        assert archive.read("photo.jpg~0001/sm.webp") == b"one"
