"""Designs: briefs are read, prompts written, pictures made and looked at, each in rows.

Whoever makes the pictures, a paid service or the offline stand-in, what fails costs one row: one
picture of one brief.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from media import keys
from media.errors import (
    READY,
    EmptyBrief,
    FlaggedPicture,
    InvalidParameter,
    Refusal,
    ShowroomError,
    UnreadableBrief,
)
from media.pipeline import pipeline_named
from media.pipelines.design import BRIEFS, DESIGN_EMBEDDINGS, DESIGNS, ENHANCED_PROMPTS
from media.requests import JobRequest, RequestedItem
from resources.budgets import Budget
from resources.embeddings import Embeddings
from resources.image_model import DesignedImage, ImageModel, ImageTask
from resources.moderation_model import ModerationModel
from resources.progress import each
from resources.renditions import Picture, Renditions
from resources.uploads import Uploads

if TYPE_CHECKING:
    from media.designs.brief import Brief
    from media.pipelines.design import DesignParameters

Row = dict[str, Any]

_PIPELINE = "design"
_READY = pl.col("status") == "ready"
_OWN = ("job", "item", "filename", "sha256", "key")
_WANTED = ("item", "filename", "name", "variation", "garment", "prompt")


@dataclass(frozen=True)
class Wanted:
    """All that decides a picture; equal ones are made once."""

    brief: "Brief"
    prompt: str
    seed: int
    model: str | None
    by: str
    """Who makes it, in which version."""
    moderated_by: str
    format: Literal["webp", "png", "jpeg"]
    quality: int


@dataclass(frozen=True)
class Designs:
    """Has designs made by this installation's image model."""

    uploads: Uploads
    renditions: Renditions
    embeddings: Embeddings
    model: ImageModel
    moderation: ModerationModel

    def briefs(self, request: JobRequest) -> pl.DataFrame:
        """The rows of `briefs`: one per item, complete, its file safe in the store."""
        earlier = self.renditions.earlier.tables.read(BRIEFS, request.job)
        kept = dict(earlier.select("item", "key").rows()) if earlier is not None else {}

        def row(item: RequestedItem) -> Row:
            own = {"job": request.job, "item": item.item, "filename": item.filename}
            try:
                return {**own, **READY, **self._brief(request, item, kept.get(item.item))}
            except Refusal as error:
                key = kept.get(item.item) or self.uploads.keep_refused(request.job, item)
                return {**own, **error.outcome(), "key": key}
            except ShowroomError as error:
                return {**own, **error.outcome()}

        return BRIEFS.rows(list(each(row, request.items, self.renditions.workers.count + 2)))

    def _brief(self, request: JobRequest, item: RequestedItem, kept: str | None) -> Row:
        from media.designs.brief_files import MAX_BYTES, read_brief

        if kept is None:
            self.uploads.fetch(item, MAX_BYTES)
        data = self.uploads.read(item, kept)
        said = read_brief(data)
        try:
            asked = _asked({**request.params_of(item.item), **said})
        except InvalidParameter as error:
            raise UnreadableBrief(f"{item.filename}: {error}") from error
        brief = asked.brief
        said_of = (brief.garment, brief.palette, brief.occasion, brief.silhouette)
        if not brief.prompt.strip() and not any(said_of):
            raise EmptyBrief("the brief asks for nothing: say what to design")
        whole = asked.model_dump_json()
        extension = "json" if data.lstrip()[:1] == b"{" else "txt"
        key = keys.original(hashlib.sha256(data).hexdigest(), extension)
        store = self.renditions.store
        if store.head(key) is None:
            store.put(key, data)
        columns = {name: value for name, value in asked if name in BRIEFS.schema}
        listed = {name: list(columns[name]) for name in ("palette", "brands")}
        # What decides the pictures, and not how many there are: the first of four is the first.
        digest = hashlib.sha256(repr(brief).encode()).hexdigest()
        return {**columns, **listed, "sha256": digest, "asked": whole, "key": key}

    def prompts(self, briefs: pl.DataFrame) -> pl.DataFrame:
        """The rows of `enhanced_prompts`: one per picture wanted, each with a seed of its own."""
        rows = [row for brief in briefs.filter(_READY).to_dicts() for row in self._prompts(brief)]
        return ENHANCED_PROMPTS.rows(rows)

    def _prompts(self, row: Row) -> list[Row]:
        from media.designs.prompts import enhanced_prompt
        from media.seeds import seed_of

        asked = asked_of(row)
        prompts = []
        for variation in range(1, asked.images + 1):
            prompt = enhanced_prompt(asked.brief, None, variation)
            prompts.append(
                {
                    **READY,
                    **{name: row[name] for name in _OWN},
                    "name": f"design-{variation}",
                    "variation": variation,
                    "garment": prompt.garment,
                    "prompt": prompt.text,
                    "added": list(prompt.added),
                    "seed": seed_of(asked.seed, row["sha256"], _PIPELINE, variation),
                    "provider": self.model.provider,
                    "model": asked.model or self.model.models[0],
                    "estimated_cost_usd": self._estimate(asked.model),
                }
            )
        return prompts

    def _estimate(self, model: str | None) -> float | None:
        """None for a model that there is not: asking for it will say so."""
        known = model is None or model in self.model.models
        return self.model.cost_usd(model) if known else None

    def designs(self, prompts: pl.DataFrame, briefs: pl.DataFrame) -> pl.DataFrame:
        """The rows of `designs`: one per row of prompts, with a reason where none can be shown."""
        asked = {row["item"]: asked_of(row) for row in briefs.filter(_READY).to_dicts()}
        limits = [each_.max_cost_usd for each_ in asked.values() if each_.max_cost_usd is not None]
        budget = Budget(min(limits, default=None))

        def maker(_: bytes, wanted: Wanted, row: Row) -> Sequence[Picture]:
            task = ImageTask(
                row["job"],
                wanted.brief,
                wanted.prompt,
                wanted.seed,
                wanted.model,
                format=wanted.format,
                quality=wanted.quality,
            )
            self.model.check(task)
            return [self._moderated(self.model.imagine(task, budget), row)]

        return replace(self.renditions, at_once=self.model.at_once).expand_here(
            prompts.filter(_READY),
            "designs",
            maker,
            lambda row: self._wanted(row, asked[row["item"]]),
            DESIGNS,
            _PIPELINE,
            _WANTED,
        )

    def _wanted(self, row: Row, asked: "DesignParameters") -> Wanted:
        model = asked.model
        version = self.model.version(model) if model in (None, *self.model.models) else ""
        return Wanted(
            brief=asked.brief,
            prompt=row["prompt"],
            seed=row["seed"],
            model=model,
            by=f"{self.model.provider}/{row['model']}/{version}",
            moderated_by=self._moderated_by,
            format=asked.format,
            quality=asked.quality,
        )

    @property
    def _moderated_by(self) -> str:
        looks = self.moderation.provider != "off"
        return f"{self.moderation.provider} {self.moderation.model}" if looks else "off"

    def _moderated(self, made: DesignedImage, row: Row) -> Picture:
        """The picture with what moderation said; `FlaggedPicture` when it must not be shown."""
        [verdict] = self.moderation.look([made.data])
        flags = (*made.flags, *verdict.flags)
        if flags:
            name = f"{row['name']}.{made.format}"
            key = keys.refused_file(row["job"], row["item"], name)
            self.renditions.store.put(key, made.data)
            by = self._moderated_by if verdict.flags else made.made_by.provider
            told = f"withheld for {', '.join(flags)}; kept for a time under {key}"
            raise FlaggedPicture(told, flags, by)
        columns = {
            **made.made_by.columns(),
            "words": made.words,
            "prediction": made.prediction,
            "flags": [],
            "moderated_by": self._moderated_by,
            "needs_review": False,
            "review": None,
        }
        return Picture(row["name"], made.data, made.format, made.width_px, made.height_px, columns)

    def embedded(self, designs: pl.DataFrame) -> pl.DataFrame:
        """The rows of `design_embeddings`: one per picture."""
        pictures = designs.filter(_READY).select(
            *("job", "item", "filename", "name", "key"), sha256="content_sha256"
        )
        if pictures.is_empty():
            return DESIGN_EMBEDDINGS.empty()
        key_of = dict(pictures.select("sha256", "key").rows())
        vectors = self.embeddings.vectors(DESIGN_EMBEDDINGS, key_of, str(pictures["job"][0]))
        rows = pictures.join(vectors, on="sha256", maintain_order="left")
        return rows.select(DESIGN_EMBEDDINGS.schema.names()).cast(DESIGN_EMBEDDINGS.schema)


def asked_of(brief: Row) -> "DesignParameters":
    """All that a brief asks for, from its row."""
    from media.pipelines.design import DesignParameters

    return DesignParameters.model_validate_json(brief["asked"])


def _asked(params: Any) -> "DesignParameters":
    from media.pipelines.design import DesignParameters

    parsed = pipeline_named(_PIPELINE).parse(params)
    assert isinstance(parsed, DesignParameters)  # noqa: S101 - what the pipeline declares
    return parsed
