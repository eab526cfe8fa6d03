"""Column lineage: which columns a table takes over, unchanged, from the tables it is made from.

Only what holds of every ready row is declared: the value stands in the same item's rows of the
other table (of products and ateliers, in any row). What was computed is not claimed.
"""

from collections.abc import Iterator, Mapping

import dagster as dg

from media.pipeline import Pipeline, all_pipelines
from media.tables import Table

Carried = tuple[tuple[str, str], ...]
"""Tables, each with the columns that come from it: `name`, or `name=its name there`."""

_ROW = "job item"
_FRAME = "filename frame product view"
_PRODUCT = "product catalogue product_name=name category brand price currency availability url"
_ATELIER = "atelier catalogue atelier_name=name location url"
_WANTED = "filename name mode room_type style variation seed sha256"

_CARRIED: Mapping[str, Carried] = {
    "products": (("catalogue_files", f"{_ROW} filename"),),
    "ateliers": (("catalogue_files", f"{_ROW} filename"),),
    "product_embeddings": (("products", f"{_ROW} filename line catalogue product image"),),
    "product_index": (("products", "job catalogue"),),
    "enhanced_prompts": (("briefs", f"{_ROW} filename sha256 key"),),
    "designs": (
        ("enhanced_prompts", f"{_ROW} filename name variation garment prompt seed sha256"),
    ),
    "design_embeddings": (("designs", f"{_ROW} filename name key sha256=content_sha256"),),
    "product_matches": (
        ("design_embeddings", f"{_ROW} filename name"),
        ("products", _PRODUCT),
        ("product_embeddings", "image_key=key"),
    ),
    "atelier_matches": (("design_embeddings", f"{_ROW} filename name"), ("ateliers", _ATELIER)),
    "image_variants": (("uploads", f"{_ROW} filename sha256"),),
    "pdf_pages": (("uploads", f"{_ROW} filename sha256"),),
    "frames": (("source_videos", f"{_ROW} filename sha256"),),
    "frame_scores": (("source_videos", f"{_ROW} filename"),),
    "candidate_frames": (
        ("frames", f"{_ROW} filename second frame time_s key content_sha256"),
        ("frame_scores", "sharpness motion score"),
    ),
    "product_views": (
        ("candidate_frames", f"{_ROW} filename frame time_s sharpness key content_sha256"),
    ),
    "cutouts": (("product_views", f"{_ROW} {_FRAME} time_s is_hero sha256=content_sha256"),),
    "commercial_images": (("cutouts", f"{_ROW} {_FRAME} is_hero sha256=content_sha256"),),
    "room_layouts": (("room_photos", f"{_ROW} filename sha256 width_px height_px key"),),
    "staging_prompts": (("room_layouts", f"{_ROW} filename sha256 key"),),
    "staged_images": (("staging_prompts", f"{_ROW} {_WANTED}"),),
}


def column_lineage(table: Table) -> dg.TableColumnLineage:
    """Where the columns of a table come from; columns that are its own are not in it."""
    pipelines = {
        own.name: pipeline for pipeline in all_pipelines().values() for own in pipeline.tables
    }
    deps: dict[str, list[dg.TableColumnDep]] = {}
    for source, column, there in carried(table.name):
        dep = dg.TableColumnDep(_key(pipelines[source], source), there)
        deps.setdefault(column, []).append(dep)
    return dg.TableColumnLineage(deps_by_column=deps)


def carried(table: str) -> Iterator[tuple[str, str, str]]:
    """What a table takes over: the other table, the column, and its name there."""
    for source, columns in _CARRIED.get(table, ()):
        for column in columns.split():
            name, _, there = column.partition("=")
            yield source, name, there or name


def _key(pipeline: Pipeline, table: str) -> dg.AssetKey:
    return dg.AssetKey([pipeline.name, table])
