"""Pictures of products: found where the catalogue says, kept as originals, embedded.

"a.jpg"            a file of the same job, else of the library, by its name
"originals/..."    an object of the store
"https://..."      fetched, once
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from media import keys
from media.errors import READY, ImageMissing, ShowroomError
from media.pipelines.catalogue import PRODUCT_EMBEDDINGS
from media.pipelines.library import UPLOADS
from resources.embeddings import Embeddings
from resources.object_store import ObjectStore
from resources.progress import each
from resources.tables import Tables
from resources.url_ingest import UrlIngest

if TYPE_CHECKING:
    from media.pipelines.catalogue import CatalogueParameters

ParametersOf = Callable[[str], "CatalogueParameters"]

_OF_A_PRODUCT = ("job", "item", "filename", "line", "catalogue", "product", "image")
_PLACES = pl.Schema(
    {
        "image": pl.String(),
        "key": pl.String(),
        "sha256": pl.String(),
        "status": pl.String(),
        "reason": pl.String(),
        "detail": pl.String(),
    }
)


@dataclass(frozen=True)
class Place:
    """Where a picture lies in the store, and the SHA-256 of its bytes."""

    key: str
    sha256: str


@dataclass(frozen=True)
class ProductPictures:
    """Finds and embeds the pictures of a job's products."""

    store: ObjectStore
    tables: Tables
    urls: UrlIngest
    embeddings: Embeddings
    max_bytes: int
    threads: int

    def embedded(
        self, products: pl.DataFrame, files: pl.DataFrame, parameters_of: ParametersOf
    ) -> pl.DataFrame:
        """The rows of `product_embeddings`: one per product that names a picture."""
        fetch = {item: parameters_of(item).fetch_images for item in files["item"].unique()}
        wanted = _pictured(products, fetch)
        if wanted.is_empty():
            return PRODUCT_EMBEDDINGS.empty()
        anew = "all" in fetch.values()
        places = self._places(wanted["image"].unique(maintain_order=True).to_list(), files, anew)
        found = places.filter(pl.col("status") == "ready").select("image", "key", "sha256")
        key_of = dict(found.select("sha256", "key").rows())
        vectors = self.embeddings.vectors(PRODUCT_EMBEDDINGS, key_of, str(wanted["job"][0]))
        lost = places.filter(pl.col("status") != "ready").drop("key", "sha256")
        products_of = wanted.select(_OF_A_PRODUCT)
        rows = pl.concat(
            [
                products_of.join(found, on="image").join(vectors, on="sha256"),
                products_of.join(lost, on="image"),
            ],
            how="diagonal",
        )
        frame = rows.select(PRODUCT_EMBEDDINGS.schema.names())
        return frame.cast(PRODUCT_EMBEDDINGS.schema).sort("item", "line")

    def _places(self, images: Sequence[str], files: pl.DataFrame, anew: bool) -> pl.DataFrame:
        """A row for each name of a picture: where it lies, or why it does not."""
        known = {} if anew else self._fetched_before(images)
        uploaded = self._uploaded(images, files)

        def place(image: str) -> dict[str, Any]:
            try:
                found = known.get(image) or self._place(image, uploaded)
            except ShowroomError as error:
                return {"image": image, "key": None, "sha256": None, **error.outcome()}
            return {"image": image, "key": found.key, "sha256": found.sha256, **READY}

        return pl.DataFrame(list(each(place, images, self.threads)), schema=_PLACES)

    def _fetched_before(self, images: Sequence[str]) -> dict[str, Place]:
        urls = {image for image in images if _kind(image) == "url"}
        rows = self.tables.rows_with(PRODUCT_EMBEDDINGS, "image", urls)
        return {row["image"]: Place(row["key"], row["sha256"]) for row in rows.to_dicts()}

    def _uploaded(self, images: Sequence[str], files: pl.DataFrame) -> dict[str, set[Place]]:
        """The files of this job and of the library that a catalogue may mean.

        By all ends of their paths: `shop/red/1.jpg` may be named so, `red/1.jpg` or `1.jpg`. A
        file of the job goes before one of the library.
        """
        own = files.filter(pl.col("kind") == "image", pl.col("status") == "ready")
        found = _by_path_ends(own)
        missing = {end for image in images for end in _path_ends(image)} - found.keys()
        library = self.tables.rows_with(UPLOADS, "filename", missing)
        newest = library.filter(pl.col("kind") == "image").unique("filename", keep="last")
        return _by_path_ends(newest) | found

    def _place(self, image: str, uploaded: Mapping[str, set[Place]]) -> Place:
        kind = _kind(image)
        if kind == "url":
            return self._fetched(image)
        if kind == "key":
            return self._stored(image)
        meant = next((uploaded[end] for end in _path_ends(image) if end in uploaded), set())
        if not meant:
            raise ImageMissing(
                f"there is no picture {image}: submit it with the catalogue, or put it into the "
                "library first"
            )
        if len(meant) > 1:
            raise ImageMissing(f"{len(meant)} different pictures are called {image}: name the path")
        return next(iter(meant))

    def _stored(self, key: str) -> Place:
        import hashlib

        try:
            return Place(key, hashlib.sha256(self.store.get(key)).hexdigest())
        except FileNotFoundError:
            raise ImageMissing(f"the store has nothing under {key}") from None

    def _fetched(self, url: str) -> Place:
        """The picture at a URL as an original; what is no picture is refused and not kept."""
        from media.formats import detect_format, require_kind

        download = keys.download(url)
        fetched = self.urls.fetch(url, download, self.max_bytes)
        try:
            media_format = detect_format(self.store.get(download))
            require_kind(media_format, {"image"})
            key = keys.original(fetched.sha256, media_format.extension)
            if self.store.head(key) is None:
                self.store.copy(download, key)
        finally:
            self.store.delete([download])
        return Place(key, fetched.sha256)


def _pictured(products: pl.DataFrame, fetch: Mapping[str, str]) -> pl.DataFrame:
    """The products that are there and name a picture that shall be looked for."""
    fetched = pl.col("item").is_in([item for item, which in fetch.items() if which != "none"])
    is_url = pl.col("image").str.contains("://", literal=True)
    there = (pl.col("status") == "ready") & ~pl.col("is_removed")
    return products.filter(there, pl.col("image").is_not_null(), fetched | ~is_url)


def _kind(image: str) -> str:
    from media.catalogues.images import kind_of_reference

    return kind_of_reference(image)


def _path_ends(path: str) -> list[str]:
    """A path and all of its ends, the longest first."""
    parts = [part for part in path.split("/") if part not in {"", ".", ".."}]
    return ["/".join(parts[start:]) for start in range(len(parts))]


def _by_path_ends(files: pl.DataFrame) -> dict[str, set[Place]]:
    found: dict[str, set[Place]] = {}
    for filename, key, sha256 in files.select("filename", "key", "sha256").rows():
        for end in _path_ends(filename):
            found.setdefault(end, set()).add(Place(key, sha256))
    return found
