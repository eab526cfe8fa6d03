"""Design matches: products like each picture, and ateliers that could sew it."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import polars as pl

from media.errors import READY
from media.pipelines.design import ATELIER_MATCHES, PRODUCT_MATCHES
from resources.catalogues import Catalogues
from resources.designs import asked_of
from resources.embedder import Embedder

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from media.matching.design_features import DesignFeatures
    from media.matching.neighbour_features import Neighbour
    from media.pipelines.design import DesignParameters
    from resources.product_search import ProductMatch, ProductSearch

Row = dict[str, Any]

_READY = pl.col("status") == "ready"
_NEIGHBOURS = 15
"""Products that vote on what a picture shows."""
_FOUND_PER_MATCH = 4
"""Products looked at for each that is wanted, since those of another kind are left out."""
_OF_A_DESIGN = ("job", "item", "filename", "name")


@dataclass
class DesignMatches:
    """Matches the pictures of a job with what the catalogues hold."""

    search: "ProductSearch"
    embedder: Embedder
    catalogues: Catalogues

    def products(
        self, designs: pl.DataFrame, embeddings: pl.DataFrame, briefs: pl.DataFrame
    ) -> pl.DataFrame:
        """The rows of `product_matches`: the best for each picture, within the budget first."""
        asked = _asked(briefs)
        rows = [
            row
            for design in _with_vectors(designs, embeddings)
            for row in self._products_for(design, asked[design["item"]])
        ]
        return PRODUCT_MATCHES.rows(rows)

    def _products_for(self, design: Row, asked: "DesignParameters") -> list[Row]:
        from resources.product_search import ProductQuery

        if not asked.matches:
            return []
        found = self.search.search(
            ProductQuery(
                vector=_vector(design),
                text=asked.prompt or None,
                budget=asked.budget,
                currency=asked.currency,
                liked_brands=asked.brands,
                limit=asked.matches * _FOUND_PER_MATCH,
                within_budget_first=True,
            )
        )
        matches = [match for match in found.matches if _may_be(design["garment"], match)]
        own = {name: design[name] for name in _OF_A_DESIGN}
        return [
            {**own, **READY, "rank": rank, **_columns(match)}
            for rank, match in enumerate(matches[: asked.matches], start=1)
        ]

    def ateliers(
        self, designs: pl.DataFrame, embeddings: pl.DataFrame, briefs: pl.DataFrame
    ) -> pl.DataFrame:
        """The rows of `atelier_matches`: who could sew each picture, with reasons in words."""
        from media.matching.ateliers import match_ateliers

        asked = _asked(briefs)
        current = self.catalogues.current_ateliers()
        rows: list[Row] = []
        for design in _with_vectors(designs, embeddings):
            wanted = asked[design["item"]]
            features = self._features(design, wanted)
            own = {name: design[name] for name in _OF_A_DESIGN}
            told = {
                "category": features.category,
                "complexity": features.complexity,
                "fabric": features.fabric,
                "decorations": list(features.decorations),
                "features_by": features.told_by,
            }
            matches = match_ateliers(
                features,
                current,
                budget=wanted.budget,
                currency=wanted.currency,
                location=wanted.location,
            )
            rows += [
                {
                    **own,
                    **READY,
                    **told,
                    "rank": rank,
                    "catalogue": match.catalogue,
                    "atelier": match.atelier,
                    "atelier_name": match.name,
                    "location": match.location,
                    "url": match.url,
                    "score": match.score,
                    "reasons": list(match.reasons),
                }
                for rank, match in enumerate(matches, start=1)
            ]
        return ATELIER_MATCHES.rows(rows)

    def _features(self, design: Row, asked: "DesignParameters") -> "DesignFeatures":
        """What a design is: as was said of it, else as the embedder sees it.

        What was drawn offline is known, since it was drawn from words.
        """
        from media.matching.design_features import merged
        from media.matching.neighbour_features import features_from_neighbours
        from media.matching.worded_features import features_from_words
        from media.matching.zero_shot_features import features_from_similarities
        from resources.product_search import ProductQuery

        vector = _vector(design)
        drawn = [design["words"]] if design["provider"] == "offline" else []
        words = features_from_words(design["garment"], asked.prompt, drawn)
        if self.embedder.takes_text:
            scale = self.embedder.logit_scale
            return merged([words, features_from_similarities(vector, self._sentences, scale)])
        found = self.search.search(ProductQuery(vector=vector, limit=_NEIGHBOURS))
        neighbours = features_from_neighbours([_neighbour(match) for match in found.matches])
        return merged([words, neighbours])

    @cached_property
    def _sentences(self) -> dict[str, "NDArray[np.float32]"]:
        """The vectors of the sentences that pictures are compared with."""
        from media.matching.zero_shot_features import PROMPTS

        return dict(zip(PROMPTS, self.embedder.embed_texts(PROMPTS), strict=True))


def _asked(briefs: pl.DataFrame) -> dict[str, "DesignParameters"]:
    return {row["item"]: asked_of(row) for row in briefs.filter(_READY).to_dicts()}


def _with_vectors(designs: pl.DataFrame, embeddings: pl.DataFrame) -> list[Row]:
    """The pictures that have a vector, with it."""
    vectors = embeddings.filter(_READY).select("item", "name", "vector")
    return designs.join(vectors, on=["item", "name"], maintain_order="left").to_dicts()


def _may_be(garment: str | None, match: "ProductMatch") -> bool:
    """Whether a product can be what was designed; one that does not tell what it is can.

    Trousers that look like a dress are no match for one.
    """
    from media.garments.vocabulary import TOTAL_LOOK
    from media.matching.categories import garments_of

    kinds = garments_of(match.category or "") | garments_of(match.name)
    return garment in (None, TOTAL_LOOK) or not kinds or garment in kinds


def _vector(row: Row) -> "NDArray[np.float32]":
    import numpy as np

    return np.asarray(row["vector"], np.float32)


def _columns(match: "ProductMatch") -> Row:
    """A match as the columns of a row."""
    return {
        "catalogue": match.catalogue,
        "product": match.product,
        "product_name": match.name,
        "category": match.category,
        "brand": match.brand,
        "price": match.price,
        "currency": match.currency,
        "within_budget": match.within_budget,
        "availability": match.availability,
        "url": match.url,
        "image_key": match.image_key,
        "score": match.score,
        "similarity": match.parts.similarity,
        "price_alignment": match.parts.price,
        "brand_match": match.parts.brand,
        "availability_part": match.parts.availability,
        "compared_by": match.compared_by,
    }


def _neighbour(match: "ProductMatch") -> "Neighbour":
    from media.matching.neighbour_features import Neighbour

    words = " ".join(filter(None, (match.name, match.category, match.description)))
    return Neighbour(match.parts.similarity, match.category, words)
