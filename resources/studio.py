"""The studio: frames are judged, products cut out, and shown on backgrounds.

Whoever does it, a paid service or the offline stand-in, each row says who, with what, for how
much. What fails costs one row: a view, a cutout, one version of one view.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import polars as pl

from media.errors import READY, ShowroomError
from media.pipelines.product_video import COMMERCIAL_IMAGES, CUTOUTS, PRODUCT_VIEWS
from media.product_views import ProductView, ViewFrame
from media.provenance import Provenance
from resources.background_remover import BackgroundRemover
from resources.earlier_work import Row
from resources.progress import each
from resources.renditions import Picture, Renditions
from resources.scene_model import Scene, SceneModel
from resources.vision_model import VisionModel

if TYPE_CHECKING:
    from media.pipelines.product_video import ProductVideoParameters

ParametersOf = Callable[[str], "ProductVideoParameters"]

_PIPELINE = "product_video"
_OF_A_VIEW = ("item", "filename", "frame", "time_s", "product", "view", "is_hero")
_ADVICE = ("solid_color", "real_life_setting", "creative_shot")
_OF_A_CUTOUT = ("item", "filename", "frame", "product", "view", "is_hero")
_REVIEW = ("needs_review", "review")
_MADE_HERE = Provenance("offline", "studio", "1")


@dataclass(frozen=True)
class Shot:
    """One version of one view that is wanted."""

    version: str
    sizes_px: tuple[tuple[int, int], ...]
    format: Literal["webp", "png", "jpeg"]
    quality: int
    padding: float
    color: str | None
    prompt: str | None
    seed: int
    by: str
    """Who makes it, as part of the recipe."""


@dataclass(frozen=True)
class Studio:
    """Judges, cuts out and shows products with the providers of this installation."""

    renditions: Renditions
    vision: VisionModel
    remover: BackgroundRemover
    scenes: SceneModel

    def views(self, candidates: pl.DataFrame, parameters_of: ParametersOf) -> pl.DataFrame:
        """The rows of `product_views`: the best frame of each view in each clip."""
        ready = candidates.filter(pl.col("status") == "ready")
        if ready.is_empty():
            return PRODUCT_VIEWS.empty()
        clips = [clip.to_dicts() for _, clip in ready.group_by("item", maintain_order=True)]
        job = str(clips[0][0]["job"])
        judged = each(
            lambda clip: self._judged(clip, parameters_of(clip[0]["item"]).max_views),
            clips,
            self.renditions.workers.count,
        )
        followed = self.renditions.progress.follow(job, PRODUCT_VIEWS.name, judged, len(clips))
        return PRODUCT_VIEWS.rows([row for rows in followed for row in rows])

    def _judged(self, clip: list[Row], max_views: int) -> list[Row]:
        by_frame = {row["frame"]: row for row in clip}
        own = {name: clip[0][name] for name in ("job", "item", "filename")}
        try:
            frames = [
                ViewFrame(
                    row["frame"],
                    row["time_s"],
                    row["sharpness"],
                    self.renditions.store.get(row["key"]),
                )
                for row in clip
            ]
            answer = self.vision.views(own["filename"], frames, max_views)
        except ShowroomError as error:
            return [{**error.outcome(), **own}]
        rows = []
        for position, view in enumerate(answer.views):
            made_by = answer.made_by.columns()
            if position:
                # One answer, one price: it stands in the first row of the clip.
                made_by |= {"cost_usd": 0.0, "seconds": 0.0}
            rows.append({**READY, **own, **_columns(view, by_frame[view.frame]), **made_by})
        return rows

    def cutouts(self, views: pl.DataFrame) -> pl.DataFrame:
        """The rows of `cutouts`: each view without its background."""
        ready = views.filter(pl.col("status") == "ready")
        remover = self.remover
        by = f"{remover.provider}/{remover.model}/{remover.version}"

        def cut_out(data: bytes, options: object, row: Row) -> Sequence[Picture]:
            del options, row
            removed = remover.cut_out(data)
            cutout = removed.cutout
            columns = {
                **removed.made_by.columns(),
                "mask_quality": cutout.mask_quality,
                "needs_review": cutout.review is not None,
                "review": cutout.review,
            }
            return [_picture(cutout, cutout.name, columns)]

        return self.renditions.expand_here(
            ready.with_columns(sha256="content_sha256"),
            f"cut_out {by}",
            cut_out,
            lambda _: None,
            CUTOUTS,
            _PIPELINE,
            (*_OF_A_VIEW, *_ADVICE),
        )

    def commercial_images(self, cutouts: pl.DataFrame, parameters_of: ParametersOf) -> pl.DataFrame:
        """The rows of `commercial_images`: each view on each background that is wanted."""
        ready = cutouts.filter(pl.col("status") == "ready")
        wanted = pl.DataFrame(
            [
                {**row, "version": version, "sha256": row["content_sha256"]}
                for row in ready.to_dicts()
                for version in parameters_of(row["item"]).versions
            ],
            schema={**ready.schema, "version": pl.String()},
        )
        return self.renditions.expand_here(
            wanted,
            "commercial_images",
            self._shown,
            lambda row: self._shot(row, parameters_of(row["item"])),
            COMMERCIAL_IMAGES,
            _PIPELINE,
            (*_OF_A_CUTOUT, *_REVIEW, "version"),
        )

    def _shot(self, row: Row, asked: "ProductVideoParameters") -> Shot:
        prompts = {
            "real": asked.real_setting or row["real_life_setting"],
            "creative": asked.creative_setting or row["creative_shot"],
        }
        made_here = row["version"] not in prompts
        scenes = self.scenes
        return Shot(
            version=row["version"],
            sizes_px=asked.sizes_px,
            format=asked.format,
            quality=asked.quality,
            padding=asked.padding,
            color=asked.color or row["solid_color"],
            prompt=prompts.get(row["version"]),
            seed=asked.seed,
            by="offline" if made_here else f"{scenes.provider}/{scenes.model}/{scenes.version}",
        )

    def _shown(self, data: bytes, shot: Shot, row: Row) -> Sequence[Picture]:
        """One version in each size; raises what the quality gate has against the cutout."""
        from media.quality_gate import require_presentable

        renditions = self.renditions
        renditions.workers.run(require_presentable, data, renditions.limits)
        if shot.version in {"real", "creative"}:
            return list(self._placed(data, shot))
        from media.commercial_images import CommercialOptions, commercial_images

        options = CommercialOptions(
            versions=(shot.version,),
            sizes=shot.sizes_px,
            format=shot.format,
            quality=shot.quality,
            padding=shot.padding,
            color=shot.color,
            seed=shot.seed,
        )
        images = renditions.workers.run(commercial_images, data, options, renditions.limits)
        made_by = _MADE_HERE.columns()
        return [_picture(image, image.name, {**made_by, "scene": image.scene}) for image in images]

    def _placed(self, data: bytes, shot: Shot) -> Iterator[Picture]:
        for width_px, height_px in shot.sizes_px:
            scene = Scene(
                kind="real" if shot.version == "real" else "creative",
                prompt=shot.prompt,
                width_px=width_px,
                height_px=height_px,
                padding=shot.padding,
                format=shot.format,
                quality=shot.quality,
                seed=shot.seed,
            )
            placed = self.scenes.place(data, scene)
            columns = {**placed.made_by.columns(), "scene": placed.words}
            yield _picture(placed, f"{shot.version}-{width_px}x{height_px}", columns)


def _picture(made: Any, name: str, columns: Mapping[str, object]) -> Picture:
    """What a media function or a provider made, with its columns."""
    return Picture(name, made.data, made.format, made.width_px, made.height_px, columns)


def _columns(view: ProductView, candidate: Mapping[str, Any]) -> Row:
    """A view as columns, with what is known of its frame."""
    return {
        "frame": view.frame,
        "time_s": candidate["time_s"],
        "product": view.product,
        "view": view.view,
        "is_hero": view.is_hero,
        "quality": view.quality,
        "obstructions": None if view.obstructions is None else list(view.obstructions),
        "rotation_deg": view.rotation_deg,
        "solid_color": view.background.solid_color,
        "real_life_setting": view.background.real_life_setting,
        "creative_shot": view.background.creative_shot,
        "sharpness": candidate["sharpness"],
        "key": candidate["key"],
        "content_sha256": candidate["content_sha256"],
    }
