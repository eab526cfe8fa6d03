"""Fashion: catalogues, designs, and searches over pictures; each part made when first asked for."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from resources.catalogue_files import CatalogueFiles
from resources.catalogue_upkeep import CatalogueUpkeep
from resources.catalogues import Catalogues
from resources.contact_seal import ContactSeal
from resources.design_matches import DesignMatches
from resources.design_sheets import DesignSheets
from resources.designs import Designs
from resources.embeddings import Embeddings
from resources.image_index import ImageIndex, layout_of
from resources.product_index import ProductIndex
from resources.product_pictures import ProductPictures
from resources.providers import Providers
from resources.renditions import Renditions
from resources.reports import Reports
from resources.settings import Settings
from resources.tables import Tables
from resources.uploads import Uploads
from resources.vector_index import VectorIndex

if TYPE_CHECKING:
    from resources.product_search import ProductSearch


@dataclass
class Fashion:
    """The parts of an installation that know products, ateliers and designs."""

    settings: Settings
    tables: Tables
    uploads: Uploads
    renditions: Renditions
    providers: Providers
    reports: Reports

    @cached_property
    def contact_seal(self) -> ContactSeal:
        """Encrypts what names people."""
        return ContactSeal.from_setting(self.settings.contact_key.get_secret_value())

    @cached_property
    def embeddings(self) -> Embeddings:
        """Pictures as vectors."""
        return Embeddings(
            self.renditions.store,
            self.tables,
            self.providers.embedder.part,
            self.renditions.progress,
        )

    @cached_property
    def catalogues(self) -> Catalogues:
        """Products and ateliers."""
        files = CatalogueFiles(
            self.renditions.store,
            self.uploads,
            self.tables,
            self.renditions.workers,
            self.renditions.progress,
            self.settings.limits,
            self.settings.worker_video_memory_bytes,
            self.contact_seal,
        )
        return Catalogues(files, self.tables, self.contact_seal)

    @cached_property
    def product_pictures(self) -> ProductPictures:
        """Finds and embeds the pictures of products."""
        return ProductPictures(
            self.renditions.store,
            self.tables,
            self.uploads.urls,
            self.embeddings,
            self.settings.max_upload_bytes,
            self.renditions.workers.count + 2,
        )

    @cached_property
    def indexed_products(self) -> ProductIndex:
        """What searches of products ask."""
        return ProductIndex.from_settings(
            self.settings, self.renditions.store, self.providers.embedder.part
        )

    @cached_property
    def catalogue_upkeep(self) -> CatalogueUpkeep:
        """Brings the product index up to date."""
        return CatalogueUpkeep(self.catalogues, self.tables, self.embeddings, self.indexed_products)

    @cached_property
    def image_index(self) -> ImageIndex:
        """All pictures of all pipelines, by their vectors."""
        store, embeddings = self.renditions.store, self.embeddings
        layout = layout_of(embeddings.embedder.dimensions)
        table = VectorIndex.from_settings(
            self.settings, store, f"image_embeddings-{embeddings.name}", layout
        )
        workers, limits = self.renditions.workers, self.settings.limits
        return ImageIndex(table, embeddings, workers, self.reports, limits)

    @cached_property
    def product_search(self) -> "ProductSearch":
        """Searches of products, the same for everyone who asks."""
        from media.matching.product_score import ScoreWeights
        from resources.product_search import ProductSearch

        settings = self.settings
        weights = ScoreWeights(
            settings.search_similarity_weight,
            settings.search_price_weight,
            settings.search_brand_weight,
            settings.search_availability_weight,
        )
        embedder = self.providers.embedder.part
        return ProductSearch(self.indexed_products, embedder, weights, self.embeddings.features)

    @cached_property
    def designs_made(self) -> Designs:
        """Designs, from briefs to vectors."""
        providers = self.providers
        return Designs(
            self.uploads,
            self.renditions,
            self.embeddings,
            providers.image_model.part,
            providers.moderation_model.part,
        )

    @cached_property
    def design_matches(self) -> DesignMatches:
        """Products and ateliers for designs."""
        return DesignMatches(self.product_search, self.providers.embedder.part, self.catalogues)

    @cached_property
    def design_sheets(self) -> DesignSheets:
        """Designs beside their products."""
        return DesignSheets(self.renditions.store, self.tables, self.renditions.workers)
