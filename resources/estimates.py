"""Estimates: what a job is expected to make and to cost, told before anything is sent.

Prices are those that the providers of the installation count with; nobody is asked for them, so an
estimate needs no network.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor

from pydantic import JsonValue

from media.errors import ModeNotOffered
from media.pipeline import pipeline_named
from media.pipelines.design import DesignParameters
from media.pipelines.library import LibraryParameters
from media.pipelines.product_video import ProductVideoParameters
from media.pipelines.staging import StagingParameters
from resources.image_model import ImageModel, ImageTask
from resources.providers import Providers
from resources.settings import Settings
from resources.staging_model import StagingModel, StagingTask
from resources.submissions import require_enough

_FOUND = "What was made before in the same way, of the same file or words, is not paid for again."
_NOTHING_PAID = "All of it is made on this machine, which costs nothing."

_STYLED_MODES = ("furnish", "restyle")
"""Modes of staging that make a picture of each style; the others make one."""
_TOKENS_OF_A_FRAME = (258, 1548)
"""Of one tile, and of the six of a frame in full HD (ai.google.dev/gemini-api/docs/tokens)."""
_TOKENS_OF_A_TASK = 3000
"""Of what Gemini is told besides: the task, the form of the answer, names of products."""
_TOKENS_OF_AN_ANSWER = (200, 36_000)
"""Of one short answer; of a long one after all the thoughts that Gemini's models may have."""


@dataclass(frozen=True)
class Estimate:
    """What is expected of a job whose files are all as they should be."""

    pictures: int
    """That are published, at most."""
    at_least_usd: float
    at_most_usd: float
    """If all is new; what was made before costs nothing again."""
    said: tuple[str, ...]
    """Who does it, for what price, and what else there is to know: full sentences."""


@dataclass(frozen=True)
class Estimates:
    """Estimates jobs with the providers of an installation."""

    providers: Providers
    settings: Settings

    def of(self, pipeline: str, params: Mapping[str, JsonValue], files: int) -> Estimate:
        """What a job of so many files, or of none, is expected to make and to cost.

        Raises what submitting it would raise: `UnknownPipeline`, `InvalidParameter`, and
        `InvalidRequest` for more or fewer files than the pipeline takes.
        """
        named = pipeline_named(pipeline)
        asked = named.parse(params)
        items = require_enough(named, files, params)
        match asked:
            case StagingParameters():
                return self._staging(asked, items)
            case DesignParameters():
                return self._design(asked, items, files)
            case ProductVideoParameters():
                return self._product_video(asked, items)
            case LibraryParameters():
                return _library(asked, items)
        return Estimate(0, 0.0, 0.0, (_NOTHING_PAID,))

    def _staging(self, asked: StagingParameters, items: int) -> Estimate:
        model = self.providers.staging_model.part
        try:
            model.check(_task_of(asked))
        except ModeNotOffered as error:
            return _nothing(error)
        styles = len(asked.style) if asked.mode in _STYLED_MODES else 1
        wanted = items * styles * asked.variations
        who = _who("Rooms are staged by", "the offline preview", model, asked.model)
        return _priced(wanted, model.cost_usd(asked.model), asked.max_cost_usd, [who])

    def _design(self, asked: DesignParameters, items: int, files: int) -> Estimate:
        model = self.providers.image_model.part
        try:
            model.check(ImageTask("", asked.brief, "", seed=1, model=asked.model))
        except ModeNotOffered as error:
            return _nothing(error)
        said = [_who("Designs are drawn by", "the offline provider", model, asked.model)]
        if files:
            said.append("A brief's file that asks for another number of pictures gets that.")
        return _priced(items * asked.images, model.cost_usd(asked.model), asked.max_cost_usd, said)

    def _product_video(self, asked: ProductVideoParameters, items: int) -> Estimate:
        said = []
        least_usd, judging_usd = self._judging_usd(asked)
        if judging_usd:
            said.append(
                "Views are chosen by Gemini, which is paid for what it reads and thinks: at most "
                f"about {_usd(judging_usd)} a clip."
            )
        if cutout_usd := self._cutout_usd():
            said.append(f"Products are cut out by Photoroom, at {_usd(cutout_usd)} a view.")
        painted = len({"real", "creative"} & set(asked.versions)) * len(asked.sizes_px)
        if painted and (scene_usd := self._scene_usd()):
            said.append(f"Backgrounds are made by Photoroom, at {_usd(scene_usd)} a picture.")
        view_usd = cutout_usd + painted * self._scene_usd()
        said = [*said, _FOUND] if said else [_NOTHING_PAID]
        said.append(
            f"A clip has 1 to {asked.max_views} views of a product; one that shows several "
            "products has as many again of each."
        )
        return Estimate(
            items * asked.max_views * len(set(asked.versions)) * len(asked.sizes_px),
            _rounded(items * (least_usd + view_usd)),
            _rounded(items * (judging_usd + view_usd * asked.max_views)),
            tuple(said),
        )

    def _cutout_usd(self) -> float:
        if self.providers.background_remover.part.provider != "photoroom":
            return 0.0
        from resources.photoroom import SEGMENT_COST_USD

        return SEGMENT_COST_USD

    def _scene_usd(self) -> float:
        if self.providers.scene_model.part.provider != "photoroom":
            return 0.0
        from resources.photoroom import EDIT_COST_USD

        return EDIT_COST_USD

    def _judging_usd(self, asked: ProductVideoParameters) -> tuple[float, float]:
        """What judging the frames of one clip costs, at least and at most."""
        vision = self.providers.vision_model.part
        if vision.provider != "gemini":
            return 0.0, 0.0
        from media.vision_prompts import BATCH_FRAMES
        from resources.gemini_vision_model import PRICES, TokenPrice

        settings = self.settings
        set_here = TokenPrice(settings.gemini_input_usd, settings.gemini_output_usd)
        is_set = set_here.input_usd or set_here.output_usd
        price = set_here if is_set else PRICES[vision.model]

        def usd(frames: int, calls: int, case: int) -> float:
            read = frames * _TOKENS_OF_A_FRAME[case] + calls * _TOKENS_OF_A_TASK
            written = calls * _TOKENS_OF_AN_ANSWER[case]
            return (read * price.input_usd + written * price.output_usd) / 1_000_000

        return usd(1, 1, 0), usd(asked.candidates, ceil(asked.candidates / BATCH_FRAMES), 1)


def _who(begun: str, offline: str, model: StagingModel | ImageModel, name: str | None) -> str:
    """Who makes the pictures and for what, as a sentence."""
    if model.provider == "offline":
        return f"{begun} {offline}, which costs nothing."
    maker = f"{name or model.models[0]} at {model.provider.title()}"
    return f"{begun} {maker}, for {_usd(model.cost_usd(name))} a picture."


def _nothing(why: ModeNotOffered) -> Estimate:
    return Estimate(0, 0.0, 0.0, (f"Nothing would be made: {why}.",))


def _task_of(asked: StagingParameters) -> StagingTask:
    """What the staging model would be asked, as far as it decides whether it can."""
    return StagingTask(
        job="",
        mode=asked.mode,
        room_type=asked.room_type or "unknown",
        style=asked.style[0],
        variation=1,
        prompt=asked.prompt or "",
        seed=asked.seed or 1,
        model=asked.model,
        mask=b"" if asked.area else None,
    )


def _library(asked: LibraryParameters, items: int) -> Estimate:
    said = (
        _NOTHING_PAID,
        f"Pictures are counted as of images; a PDF gives {len(asked.page_specs)} of each page.",
    )
    return Estimate(items * len(asked.image_specs), 0.0, 0.0, said)


def _priced(wanted: int, cost_usd: float, limit_usd: float | None, said: list[str]) -> Estimate:
    """`wanted` pictures at a price each, as far as a limit allows."""
    if not cost_usd:
        return Estimate(wanted, 0.0, 0.0, tuple(said))
    # As a budget counts: sums of prices are not exact.
    affordable = wanted if limit_usd is None else floor((limit_usd + 1e-6) / cost_usd)
    made = min(wanted, affordable)
    if made < wanted:
        said.append(
            f"The job may cost {_usd(limit_usd or 0.0)}, which is enough for {made} of the "
            f"{wanted} pictures asked for."
        )
    cost_usd = _rounded(made * cost_usd)
    return Estimate(made, cost_usd, cost_usd, (*said, _FOUND))


def _rounded(usd: float) -> float:
    return round(usd, 6)


def _usd(usd: float) -> str:
    """0.011 US dollars, 2.00 US dollars: four decimals where needed, two at least."""
    whole, _, decimals = f"{usd:,.4f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')} US dollars"
