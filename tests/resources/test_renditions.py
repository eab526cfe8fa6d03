"""Renditions: each made once, found again by what it was made from and how."""

import hashlib
from collections.abc import Callable
from typing import Any

import polars as pl

from media.documents import PageOptions, render_pages
from media.pipelines.library import IMAGE_VARIANTS, KINDS, PDF_PAGES, UPLOADS
from media.presets import PDF_PRESETS, select_presets
from media.requests import JobRequest
from media.variants import VariantSet, render_variants
from resources.deployments import Deployment
from resources.progress import JobProgress
from tests.conftest import MakePicture
from tests.media.pdf_files import pdf
from tests.resources.conftest import SubmitBytes

Row = dict[str, Any]
OptionsOf = Callable[[Row], VariantSet]


def small(quality: int = 85) -> VariantSet:
    """The two smallest renditions."""
    return VariantSet(select_presets(["thumbnail", "sm"], quality=quality))


def uploads(deployment: Deployment, request: JobRequest) -> pl.DataFrame:
    rows = deployment.originals.take(request, UPLOADS, KINDS)
    deployment.tables.write(UPLOADS, request.job, rows)
    return rows


def make(
    deployment: Deployment, request: JobRequest, options_of: OptionsOf = lambda _: small()
) -> list[Row]:
    """A job's rows of image variants, made and written as the asset does."""
    images = uploads(deployment, request)
    rows = deployment.renditions.expand(
        images, render_variants, options_of, IMAGE_VARIANTS, "library"
    )
    deployment.tables.write(IMAGE_VARIANTS, request.job, rows)
    return rows.to_dicts()


def outputs(deployment: Deployment) -> list[str]:
    return [stored.key for stored in deployment.store.objects("outputs/")]


def test_there_is_a_row_and_an_object_per_rendition_named_by_its_content(
    anywhere: Deployment, make_picture: MakePicture
) -> None:
    anywhere.store.put("inbox/library/a.jpg", make_picture(800, 600))
    anywhere.store.put("inbox/library/b.jpg", make_picture(800, 600, "navy"))
    (request,) = anywhere.intake.claim(anywhere.intake.look())
    rows = make(anywhere, request)
    assert [(row["item"], row["name"], row["width_px"], row["height_px"]) for row in rows] == [
        ("0001", "thumbnail", 300, 300),
        ("0001", "sm", 640, 480),
        ("0002", "thumbnail", 300, 300),
        ("0002", "sm", 640, 480),
    ]
    for row in rows:
        data = anywhere.store.get(row["key"])
        digest = hashlib.sha256(data).hexdigest()[:12]
        assert row["key"] == (
            f"outputs/library/{request.job}/{row['item']}/{row['name']}-{digest}.webp"
        )
        assert (row["status"], row["bytes"], row["format"]) == ("ready", len(data), "webp")
    assert sorted(outputs(anywhere)) == sorted(row["key"] for row in rows)
    assert rows[0]["filename"] == "a.jpg"


def test_renditions_that_come_out_equal_are_stored_once(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    request = submit_bytes([("a.jpg", make_picture(200, 150))])
    rows = make(deployment, request, lambda _: VariantSet(select_presets(["sm", "md", "lg"])))
    assert [row["name"] for row in rows] == ["sm", "md", "lg"]
    assert len({row["key"] for row in rows}) == 1
    assert outputs(deployment) == [rows[0]["key"]]


def test_the_same_content_twice_in_a_job_is_worked_on_once(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo = make_picture(700, 500)
    rows = make(deployment, request := submit_bytes([("a.jpg", photo), ("b.jpg", photo)]))
    assert [(row["item"], row["filename"]) for row in rows] == [
        ("0001", "a.jpg"),
        ("0001", "a.jpg"),
        ("0002", "b.jpg"),
        ("0002", "b.jpg"),
    ]
    assert [row["key"] for row in rows[:2]] == [row["key"] for row in rows[2:]]
    progress = deployment.progress.of(request.job)
    assert progress == JobProgress(step="image_variants", done=1, total=1)


def test_a_second_job_with_the_same_bytes_and_options_makes_nothing_new(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo = make_picture(700, 500)
    first = make(deployment, submit_bytes([("a.jpg", photo)]))
    before = {key: deployment.store.head(key) for key in outputs(deployment)}
    request = submit_bytes([("other.jpg", make_picture(80, 60)), ("renamed.jpg", photo)])
    second = [row for row in make(deployment, request) if row["item"] == "0002"]
    own = {"job": request.job, "item": "0002", "filename": "renamed.jpg"}
    assert second == [row | own for row in first]
    assert {key: deployment.store.head(key) for key in before} == before
    assert not any(f"{request.job}/0002" in key for key in outputs(deployment))


def test_other_options_make_other_objects(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo = make_picture(700, 500)
    first = make(deployment, submit_bytes([("a.jpg", photo)]))
    second = make(deployment, submit_bytes([("a.jpg", photo)]), lambda _: small(quality=30))
    assert {row["key"] for row in first}.isdisjoint(row["key"] for row in second)
    assert {row["recipe"] for row in first}.isdisjoint(row["recipe"] for row in second)
    assert len(outputs(deployment)) == 4


def test_an_output_that_was_deleted_is_made_again(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo = make_picture(700, 500)
    first = make(deployment, submit_bytes([("a.jpg", photo)]))
    deployment.store.delete([first[1]["key"]])
    second = make(deployment, submit_bytes([("a.jpg", photo)]))
    assert all(deployment.store.head(row["key"]) for row in second)
    assert second[1]["key"] != first[1]["key"]


def test_a_job_made_again_gives_the_same_rows_and_no_new_objects(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    request = submit_bytes([("a.jpg", make_picture(700, 500)), ("b.jpg", make_picture(80, 60))])
    first, before = make(deployment, request), outputs(deployment)
    assert make(deployment, request) == first
    assert outputs(deployment) == before


def test_each_item_may_have_options_of_its_own(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    photo = make_picture(700, 500)
    options = {
        "0001": VariantSet(select_presets(["sm"])),
        "0002": VariantSet(select_presets(["thumbnail", "sm"], format="jpeg")),
        "0003": VariantSet(select_presets(["sm"])),
    }
    request = submit_bytes([("a.jpg", photo), ("b.jpg", photo), ("c.jpg", photo)])
    rows = make(deployment, request, lambda row: options[row["item"]])
    assert [(row["item"], row["name"], row["format"]) for row in rows] == [
        ("0001", "sm", "webp"),
        ("0002", "thumbnail", "jpeg"),
        ("0002", "sm", "jpeg"),
        ("0003", "sm", "webp"),
    ]
    assert rows[0]["key"] == rows[3]["key"]


def test_an_item_that_is_refused_has_one_row_with_the_reason(
    deployment: Deployment, submit_bytes: SubmitBytes
) -> None:
    documents = uploads(deployment, submit_bytes([("one.pdf", pdf()), ("two.pdf", pdf() + b"\n")]))
    specs = select_presets(["thumbnail", "sm"], PDF_PRESETS, format="jpeg")
    rows = deployment.renditions.expand(
        documents,
        render_pages,
        lambda row: PageOptions("2" if row["item"] == "0001" else "1", specs),
        PDF_PAGES,
        "library",
    ).to_dicts()
    assert [(row["item"], row["status"], row["reason"]) for row in rows] == [
        ("0001", "refused", "page_out_of_range"),
        ("0002", "ready", None),
        ("0002", "ready", None),
    ]
    assert (rows[0]["filename"], rows[0]["key"], rows[0]["name"]) == ("one.pdf", None, None)


def test_an_original_that_is_gone_costs_one_row(
    deployment: Deployment, submit_bytes: SubmitBytes, make_picture: MakePicture
) -> None:
    request = submit_bytes([("a.jpg", make_picture(700, 500)), ("b.jpg", make_picture(80, 60))])
    images = uploads(deployment, request)
    deployment.store.delete([images["key"][0]])
    rows = deployment.renditions.expand(
        images, render_variants, lambda _: small(), IMAGE_VARIANTS, "library"
    )
    assert rows["status"].to_list() == ["failed", "ready", "ready"]


def test_no_originals_make_no_rows(deployment: Deployment) -> None:
    rows = deployment.renditions.expand(
        UPLOADS.empty(), render_variants, lambda _: small(), IMAGE_VARIANTS, "library"
    )
    assert IMAGE_VARIANTS.check(rows).is_empty()
