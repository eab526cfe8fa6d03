"""Checks on staged images: the room of the photo, in its shape, and really staged."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from assets.checks import of_job

_STAGED = dg.AssetKey(["staging", "staged_images"])
_LAYOUTS = dg.AssetKey(["staging", "room_layouts"])
_SHAPE = dg.AssetCheckSpec(
    "shape_kept",
    asset=_STAGED,
    additional_deps=[_LAYOUTS],
    description="Pictures have their photo's proportions.",
)
_STRUCTURE = dg.AssetCheckSpec(
    "structure_kept", asset=_STAGED, description="Walls, windows and doors are where they were."
)
_CHANGED = dg.AssetCheckSpec(
    "something_changed", asset=_STAGED, description="No picture is the photo as it was."
)
_NOT_BLANK = dg.AssetCheckSpec("not_blank", asset=_STAGED, description="No picture is empty.")
_READY = pl.col("status") == "ready"


@dg.multi_asset_check(
    name="staged_image_checks",
    specs=[_SHAPE, _STRUCTURE, _CHANGED, _NOT_BLANK],
    ins={"staged_images": _STAGED, "room_layouts": _LAYOUTS},
)
def staged_image_checks(
    staged_images: pl.DataFrame, room_layouts: pl.DataFrame
) -> Iterator[dg.AssetCheckResult]:
    """One verdict a check on a job's pictures; answers that were not taken for one count too."""
    ready = staged_images.filter(_READY)
    lowest = ready["structure_score"].min()
    yield _verdict(_SHAPE, staged_images, _off_shape(ready, room_layouts), "wrong_shape")
    yield _verdict(
        _STRUCTURE, staged_images, ready.filter("needs_review").height, None, lowest=lowest
    )
    yield _verdict(_CHANGED, staged_images, 0, "unchanged")
    yield _verdict(_NOT_BLANK, staged_images, 0, "blank")


def _off_shape(ready: pl.DataFrame, room_layouts: pl.DataFrame) -> int:
    """How many pictures have not their photo's proportions."""
    from media.rooms.results import MAX_ASPECT_ERROR

    photos = room_layouts.select("item", photo=pl.col("width_px") / pl.col("height_px"))
    proportions = pl.col("width_px") / pl.col("height_px") / pl.col("photo")
    off = (proportions - 1).abs() > MAX_ASPECT_ERROR
    return ready.join(photos, on="item", how="left").filter(off).height


def _verdict(
    check: dg.AssetCheckSpec,
    staged_images: pl.DataFrame,
    found: int,
    reason: str | None,
    **told: object,
) -> dg.AssetCheckResult:
    """Bad are those found, and the rows that were refused for this reason."""
    bad = found + staged_images.filter(pl.col("reason") == reason).height if reason else found
    known = {name: value for name, value in told.items() if isinstance(value, float)}
    return dg.AssetCheckResult(
        asset_key=_STAGED,
        check_name=check.name,
        passed=bad == 0,
        severity=dg.AssetCheckSeverity.WARN,
        description=f"{bad} of {staged_images.height} pictures" if bad else None,
        metadata={
            **of_job(staged_images),
            "pictures": staged_images.height,
            "bad": bad,
            **known,
        },
    )
