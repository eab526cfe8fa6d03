"""Search upkeep: pictures of all pipelines become searchable, and indexes stay quick."""

import dagster as dg

from orchestration.jobs import upkeep_job_of
from resources.catalogue_upkeep import CatalogueUpkeep
from resources.image_index import SOURCES, ImageIndex
from resources.product_index import ProductIndex


@dg.asset(
    group_name="search",
    kinds={"lance", "opencv"},
    owners=["team:search"],
    pool="lance",
    deps=[dg.AssetKey([source.pipeline, source.table.name]) for source in SOURCES],
)
def image_embeddings(
    indexed_images: dg.ResourceParam[ImageIndex],
) -> dg.MaterializeResult[None]:
    """A vector, a perceptual hash and a sharpness of every upload and every published picture."""
    done = indexed_images.catch_up()
    return dg.MaterializeResult(
        metadata={
            "added": done.added,
            "removed": done.removed,
            "unreadable": done.unreadable,
            "pictures": done.pictures,
            "embedder": indexed_images.embeddings.name,
        }
    )


@dg.asset(
    group_name="search",
    kinds={"lance"},
    owners=["team:search"],
    pool="lance",
    deps=[image_embeddings, dg.AssetKey(["catalogue", "product_index"])],
)
def search_indexes(
    indexed_images: dg.ResourceParam[ImageIndex],
    indexed_products: dg.ResourceParam[ProductIndex],
    catalogue_upkeep: dg.ResourceParam[CatalogueUpkeep],
) -> dg.MaterializeResult[None]:
    """The tables that searches ask: complete for today's embedder, merged, and indexed by size."""
    return dg.MaterializeResult(
        metadata={
            "products added": catalogue_upkeep.catch_up(),
            "products searched by": indexed_products.tend(),
            "pictures searched by": indexed_images.tend(),
        }
    )


search_assets = [image_embeddings, search_indexes]
search_job = upkeep_job_of(
    "search_upkeep",
    *search_assets,
    description="Index pictures that jobs have made, merge and rebuild what searches ask.",
)
search_schedule = dg.ScheduleDefinition(
    job=search_job,
    cron_schedule="*/5 * * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Every 5 minutes: pictures of new jobs become searchable.",
)
