"""Rooms: photos are examined, prompts written, pictures made, each in rows that tell how.

Whoever makes the pictures, a paid service or the offline stand-in, what fails costs one row: one
style and variation of one photo.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from media.errors import READY, ShowroomError
from media.pipelines.staging import ROOM_LAYOUTS, STAGED_IMAGES, STAGING_PROMPTS
from resources.budgets import Budget
from resources.earlier_work import Row, recipe_of
from resources.progress import each
from resources.renditions import Picture, Renditions
from resources.staging_model import StagedRoom, StagingModel, StagingTask
from resources.tables import Tables

if TYPE_CHECKING:
    from media.pipelines.staging import StagingParameters

ParametersOf = Callable[[str], "StagingParameters"]

_PIPELINE = "staging"
_STYLED_MODES = ("furnish", "restyle")
_EXAMINED = recipe_of("examine_room", "1")
"""Counts up whenever a photo would be examined differently."""
_OWN = ("job", "item", "filename")
_WANTED = ("item", "filename", "name", "mode", "room_type", "style", "variation")


@dataclass(frozen=True)
class Wanted:
    """All that decides a picture besides its photo; equal ones are made once."""

    mode: str
    room_type: str
    style: str
    prompt: str
    seed: int
    model: str | None
    by: str
    """Who makes it, in which version."""
    area: str | None
    format: Any
    quality: int
    variation: int


@dataclass(frozen=True)
class Rooms:
    """Examines photos of rooms and has them staged by this installation's provider."""

    renditions: Renditions
    tables: Tables
    model: StagingModel

    def layouts(self, photos: pl.DataFrame) -> pl.DataFrame:
        """The rows of `room_layouts`: one per photo; what is known of equal bytes is reused."""
        ready = photos.filter(pl.col("status") == "ready").to_dicts()
        if not ready:
            return ROOM_LAYOUTS.empty()
        firsts = list({row["sha256"]: row for row in ready}.values())
        known = self._examined({row["sha256"] for row in firsts})
        fresh = [row for row in firsts if row["sha256"] not in known]
        examined = each(self._examine, fresh, self.renditions.workers.count + 2)
        job = str(ready[0]["job"])
        followed = self.renditions.progress.follow(job, ROOM_LAYOUTS.name, examined, len(fresh))
        for row, layout in zip(fresh, followed, strict=True):
            known[row["sha256"]] = layout
        return ROOM_LAYOUTS.rows(
            [
                {
                    **known[row["sha256"]],
                    **{name: row[name] for name in (*_OWN, "sha256", "key")},
                    "recipe": _EXAMINED,
                }
                for row in ready
            ]
        )

    def _examined(self, hashes: set[str]) -> dict[str, Row]:
        rows = self.tables.rows_with(ROOM_LAYOUTS, "sha256", hashes).filter(
            pl.col("recipe") == _EXAMINED, pl.col("status") == "ready"
        )
        return {row["sha256"]: row for row in rows.to_dicts()}

    def _examine(self, photo: Row) -> Row:
        from media.rooms.examination import examine_room
        from media.rooms.layout_rows import layout_columns

        renditions = self.renditions
        try:
            data = renditions.store.get(photo["key"])
            with renditions.workers.room.taken_by(photo["width_px"] * photo["height_px"]):
                found = renditions.workers.run(examine_room, data, renditions.limits)
        except ShowroomError as error:
            return error.outcome()
        return {
            **READY,
            **layout_columns(found.layout),
            "obstacle": found.obstacle,
            "note": found.note,
        }

    def prompts(self, layouts: pl.DataFrame, parameters_of: ParametersOf) -> pl.DataFrame:
        """The rows of `staging_prompts`: one per photo, style and variation."""
        rows = [
            row
            for layout in layouts.filter(pl.col("status") == "ready").to_dicts()
            for row in self._prompts_of(layout, parameters_of(layout["item"]))
        ]
        return STAGING_PROMPTS.rows(rows)

    def _prompts_of(self, photo: Row, asked: "StagingParameters") -> list[Row]:
        from media.rooms.layout_rows import layout_of
        from media.rooms.prompts import staging_prompt
        from media.seeds import seed_of

        facts = layout_of(photo)
        room_type = asked.room_type or photo["room_type"]
        styles = asked.style if asked.mode in _STYLED_MODES else ("",)
        prompts = {
            style: staging_prompt(asked.mode, room_type, style, asked.prompt, facts)
            for style in styles
        }
        return [
            {
                **READY,
                **{name: photo[name] for name in (*_OWN, "sha256", "key")},
                "name": f"{style or asked.mode}-{variation}",
                "mode": asked.mode,
                "room_type": room_type,
                "style": style or None,
                "variation": variation,
                "seed": seed_of(asked.seed, photo["sha256"], style, variation),
                "prompt": prompt.text,
                "source": prompt.source,
                "provider": self.model.provider,
                "model": asked.model or self.model.models[0],
                "estimated_cost_usd": self._estimate(asked.model),
            }
            for style, prompt in prompts.items()
            for variation in range(1, asked.variations + 1)
        ]

    def _estimate(self, model: str | None) -> float | None:
        """None for a model that there is not: asking for it will say so."""
        known = model is None or model in self.model.models
        return self.model.cost_usd(model) if known else None

    def staged(
        self, prompts: pl.DataFrame, layouts: pl.DataFrame, parameters_of: ParametersOf
    ) -> pl.DataFrame:
        """The rows of `staged_images`: one per row of prompts, with a reason where none came."""
        layout_rows = {row["item"]: row for row in layouts.to_dicts()}
        budget = Budget(_least(parameters_of(item).max_cost_usd for item in layout_rows))

        def maker(photo: bytes, wanted: Wanted, row: Row) -> Sequence[Picture]:
            task = self._task(wanted, row["job"], layout_rows[row["item"]])
            self.model.check(task)
            staged = self.model.stage(photo, task, budget)
            return [self._judged(photo, staged, row)]

        return replace(self.renditions, at_once=self.model.at_once).expand_here(
            prompts.filter(pl.col("status") == "ready"),
            "staged_images",
            maker,
            lambda row: self._wanted(row, parameters_of(row["item"])),
            STAGED_IMAGES,
            _PIPELINE,
            _WANTED,
        )

    def _wanted(self, row: Row, asked: "StagingParameters") -> Wanted:
        model = asked.model
        known = model is None or model in self.model.models
        version = self.model.version(model) if known else ""
        return Wanted(
            mode=asked.mode,
            room_type=row["room_type"],
            style=row["style"] or "",
            prompt=row["prompt"],
            seed=row["seed"],
            model=model,
            by=f"{self.model.provider}/{row['model']}/{version}",
            area=asked.area,
            format=asked.format,
            quality=asked.quality,
            variation=row["variation"],
        )

    def _task(self, wanted: Wanted, job: str, layout: Row) -> StagingTask:
        from media.rooms.layout_rows import layout_of
        from media.rooms.masks import area_mask

        room = layout_of(layout)
        mask = self.renditions.workers.run(area_mask, wanted.area, room) if wanted.area else None
        return StagingTask(
            job=job,
            mode=wanted.mode,
            room_type=wanted.room_type,
            style=wanted.style,
            variation=wanted.variation,
            prompt=wanted.prompt,
            seed=wanted.seed,
            model=wanted.model,
            format=wanted.format,
            quality=wanted.quality,
            layout=room,
            mask=mask,
        )

    def _judged(self, photo: bytes, staged: StagedRoom, row: Row) -> Picture:
        """The picture with what can be said of it against its photo."""
        from media.rooms.judgement import judge_result

        renditions = self.renditions
        judged = renditions.workers.run(
            judge_result, photo, staged.data, renditions.limits, staged.added
        )
        moved = None if staged.is_developed else judged.review
        columns = {
            **staged.made_by.columns(),
            "words": staged.words,
            "prediction": staged.prediction,
            "structure_score": None if staged.is_developed else judged.structure_score,
            "changed_part": judged.changed_share,
            "needs_review": moved is not None,
            "review": moved,
        }
        return Picture(
            row["name"], staged.data, staged.format, staged.width_px, staged.height_px, columns
        )


def _least(values: Any) -> float | None:
    """The least of the limits that were set; None when none was."""
    return min((value for value in values if value is not None), default=None)
