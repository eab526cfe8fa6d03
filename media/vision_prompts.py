"""What a vision model is asked about the frames of a clip, and how its answer is read.

The model sees a batch of frames, each with a number of its own, and answers with JSON of the
shape of `BatchAnswer`. Batches of one clip are asked one after the other; what came out of
them is merged by the names of the products.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field, ValidationError, field_validator

from media.hex_colors import parse_hex_color
from media.product_views import OBSTRUCTIONS, BackgroundAdvice, ProductView, ViewFrame

BATCH_FRAMES = 30
BATCH_BYTES = 14_000_000
"""Of JPEG in one request; Gemini takes 20 MB, and base64 makes a third more of it."""

_MAX_CHARACTERS = 300

Obstruction = Literal[
    "hand", "finger", "arm", "cord", "tag", "reflection", "shadow", "other_object"
]


def _brief(text: str) -> str:
    """Checked here and not by the schema: Gemini's knows no lengths of texts."""
    text = text.strip()
    if not 1 <= len(text) <= _MAX_CHARACTERS:
        raise ValueError(f"a text has 1 to {_MAX_CHARACTERS} characters, not {len(text)}")
    return text


Words = Annotated[str, AfterValidator(_brief)]


class Backgrounds(BaseModel):
    """Where the product would look good."""

    solid_color: Annotated[str, Field(description="one plain colour, as #rrggbb")]
    real_life_setting: Annotated[Words, Field(description="a place where it is used, in a phrase")]
    creative_shot: Annotated[Words, Field(description="an advertiser's idea, in a phrase")]

    @field_validator("solid_color")
    @classmethod
    def _is_a_color(cls, text: str) -> str:
        parse_hex_color(text)
        return text.lower()


class Variant(BaseModel):
    """One view of a product, and the frame that shows it best."""

    frame: Annotated[int, Field(ge=0, description="number of the frame, as written above it")]
    view: Annotated[Words, Field(description="what tells this view apart, in one to three words")]
    kind: Annotated[
        Literal["angle", "state", "detail"],
        Field(description="seen from another side; opened, lit, worn; or from close up"),
    ]
    quality: Annotated[int, Field(ge=0, le=100, description="50 is usable, nothing special")]
    obstructions: Annotated[
        list[Obstruction], Field(description="what covers or touches the product; may be empty")
    ]
    rotation_deg: Annotated[
        float, Field(ge=-45, le=45, description="lean of the product, clockwise positive")
    ]
    is_hero: Annotated[bool, Field(description="the one view to show first of this product")]


class Product(BaseModel):
    """One product and its views."""

    name: Annotated[Words, Field(description="what a shop would call it, in two to five words")]
    backgrounds: Backgrounds
    variants: Annotated[list[Variant], Field(min_length=1)]


class BatchAnswer(BaseModel):
    """What was seen in one batch of frames."""

    products: list[Product]


ANSWER_SCHEMA: dict[str, Any] = BatchAnswer.model_json_schema()
"""The JSON schema that a model is held to."""

_INSTRUCTIONS = """\
You prepare product pictures for a shop. You are given frames of one short phone video in which \
somebody shows one product or several. Each frame has its number and its time written above it. \
Decide which frames are worth a picture of their own.

Products: list every thing that is shown on purpose. Hands, tables, packaging lying around and \
whatever else is merely in the room are no products. One thing seen twice is one product, also \
when it was turned, opened or switched on.

Variants: for each product choose at most {max_views} frames that show it in different ways: \
another angle (front, back, left, right, top, bottom), another state (open, closed, lit, worn) \
or a detail (logo, texture, connector). Where several frames show the same thing, take the one \
that is sharpest, best lit and least covered. A frame stands for one view of a product at most.

Quality, 0 to 100: begin with 50. Add for a sharp product, for even light, for a product wholly \
inside the frame and large in it, for a calm background. Take away for blur, for glare or \
darkness, for parts cut off by the edge, for anything in the way. Above 80 is fit for a title \
page; below 30 nobody would use it.

Obstructions: name whatever covers or touches the product, of {obstructions}; an empty list \
when it stands free.

Rotation: by how many degrees the product leans from upright, clockwise positive, -45 to 45; \
0 when it stands straight or has no upright.

Hero: of each product exactly one variant, the one to show first.

Backgrounds: for each product one plain colour as #rrggbb that sets it off without fighting it; \
one real place where it is used; one creative idea for a campaign. Describe the surroundings \
only, not the product.

Answer with JSON only. When no frame shows a product, the list of products is empty."""


def instructions(max_views: int) -> str:
    """The task, for at most `max_views` views of a product."""
    return _INSTRUCTIONS.format(max_views=max_views, obstructions=", ".join(OBSTRUCTIONS))


def frame_label(number: int, time_s: float) -> str:
    """What stands above the frame of this number in its batch."""
    return f"Frame {number}, at {time_s:.2f} s:"


def names_so_far(names: Iterable[str]) -> str:
    """What the model is told of earlier batches, so that it names the same product the same."""
    listed = "; ".join(names)
    return (
        f"Earlier frames of this video showed: {listed}. Use exactly these names for products "
        "you see again."
    )


def correction(problem: str) -> str:
    """What the model is told when its answer could not be used."""
    return f"An earlier answer could not be used: {problem}. Answer again, with JSON only."


def in_batches(frames: Sequence[ViewFrame]) -> Iterator[list[ViewFrame]]:
    """The frames in order, as many at a time as go into one request: never no frame."""
    batch: list[ViewFrame] = []
    size = 0
    for frame in frames:
        if batch and (len(batch) == BATCH_FRAMES or size + len(frame.data) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(frame)
        size += len(frame.data)
    if batch:
        yield batch


def read_answer(text: str, frame_count: int) -> BatchAnswer:
    """The answer to a batch of so many frames.

    Raises ValueError with a sentence for text that is not JSON of the schema, and for frame
    numbers outside the batch.
    """
    try:
        answer = BatchAnswer.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the answer"
        raise ValueError(f"{where}: {first['msg']}") from error
    for product in answer.products:
        for variant in product.variants:
            if variant.frame >= frame_count:
                raise ValueError(
                    f"{product.name} is said to be in frame {variant.frame}, "
                    f"and the last frame is {frame_count - 1}"
                )
    return answer


def merge_batches(
    batches: Sequence[tuple[Sequence[ViewFrame], BatchAnswer]], max_views: int
) -> tuple[ProductView, ...]:
    """The views of all products of a clip: per product at most `max_views`, its hero first.

    Products are the same when their names are, letter case and spaces aside; so are views. Of
    each view the frame of the highest quality counts, the sharper one where two are equal, and
    a frame stands for one view. The hero is the best of those that were called hero, or the
    best of all; the rest follows by quality.
    """
    products: dict[str, list[_Candidate]] = {}
    for frames, answer in batches:
        for product in answer.products:
            products.setdefault(_key(product.name), []).extend(
                _Candidate(product, variant, frames[variant.frame]) for variant in product.variants
            )
    return tuple(
        view for candidates in products.values() for view in _views_of(candidates, max_views)
    )


class _Candidate:
    """A frame that may stand for a view."""

    def __init__(self, product: Product, variant: Variant, frame: ViewFrame) -> None:
        self.product = product
        self.variant = variant
        self.frame = frame
        self.rank = (-variant.quality, -frame.sharpness, frame.frame)
        self.hero_rank = (not variant.is_hero, *self.rank)


def _views_of(candidates: list[_Candidate], max_views: int) -> list[ProductView]:
    """The views of one product; its name and backgrounds are those given first."""
    first = candidates[0].product
    kept: list[_Candidate] = []
    for candidate in sorted(candidates, key=lambda each: each.rank):
        taken = {_key(other.variant.view) for other in kept}
        frames = {other.frame.frame for other in kept}
        if _key(candidate.variant.view) not in taken and candidate.frame.frame not in frames:
            kept.append(candidate)
    hero = min(kept, key=lambda each: each.hero_rank)
    shown = [hero, *(each for each in kept if each is not hero)][:max_views]
    return [_view(each, first, is_hero=each is hero) for each in shown]


def _view(candidate: _Candidate, product: Product, *, is_hero: bool) -> ProductView:
    variant, backgrounds = candidate.variant, product.backgrounds
    return ProductView(
        frame=candidate.frame.frame,
        product=product.name,
        view=variant.view,
        quality=variant.quality,
        obstructions=tuple(dict.fromkeys(variant.obstructions)),
        rotation_deg=variant.rotation_deg,
        background=BackgroundAdvice(
            solid_color=backgrounds.solid_color,
            real_life_setting=backgrounds.real_life_setting,
            creative_shot=backgrounds.creative_shot,
        ),
        is_hero=is_hero,
    )


def _key(name: str) -> str:
    return " ".join(name.casefold().split())
