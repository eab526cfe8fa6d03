"""Moderation by a model that knows pictures and words: which words stand for what, and the sum.

Zero-shot: a picture is compared with sentences, and flagged when sentences of a kind explain it
better than the harmless ones do. Nothing is learned from examples, so this is a first sieve and
no more. It overlooks what is small, drawn, or partly hidden, knows neither age nor intent, reads
hardly any writing, and takes swimwear and lingerie, which shops sell, for nudity now and then. A
person should look at what it flags, and it does not replace the provider's own rules.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FLAGS: Mapping[str, tuple[str, ...]] = {
    "nudity": ("a photo of a naked person", "a photo of bare breasts or genitals"),
    "sexual content": ("a pornographic picture", "a picture of people having sex"),
    "violence": ("a picture of a bloody wound", "a picture of a mutilated or dead body"),
    "weapon": ("a picture of a person holding a gun", "a picture of a person with a knife"),
    "hate symbol": ("a picture of a swastika", "a picture of a racist symbol or salute"),
    "minor": (
        "a picture of an undressed child",
        "a picture of a child in an adult or sexual context",
    ),
    "drugs": ("a picture of a person injecting drugs",),
}
"""What speaks against showing a picture, and the sentences that stand for it."""

HARMLESS = (
    "a fashion photo of a person in a dress",
    "a fashion photo of a person in everyday clothes",
    "a fashion photo of a person in swimwear",
    "a catalogue photo of lingerie",
    "a studio photo of a garment without a person",
    "a fashion sketch of a garment",
    "a photo of a family with children",
    "a photo of an object",
)
"""What pictures of designs show; swimwear and lingerie are here so that they are not nudity."""

THRESHOLD = 0.7
"""The share from which a kind of sentence counts as what the picture shows. Not calibrated: every
model has a scale of its own, and an operator should try it on pictures of their own."""


def sentences() -> list[str]:
    """All sentences: those of the flags, in order, and the harmless ones."""
    return [*(each for prompts in FLAGS.values() for each in prompts), *HARMLESS]


def flags_of(
    cosines: "NDArray[np.float32]", logit_scale: float, threshold: float = THRESHOLD
) -> tuple[str, ...]:
    """The flags of a picture by its cosines with `sentences()`, shape (sentences,).

    Each flag is weighed alone against the harmless sentences: the softmax over its sentences and
    theirs, at the scale the model was taught, summed over its own, is `threshold` or more.
    """
    import numpy as np

    harmless = cosines[-len(HARMLESS) :]
    found, start = [], 0
    for flag, prompts in FLAGS.items():
        end = start + len(prompts)
        if _share(np.asarray(cosines[start:end]), harmless, logit_scale) >= threshold:
            found.append(flag)
        start = end
    return tuple(found)


def _share(own: "NDArray[np.float32]", others: "NDArray[np.float32]", logit_scale: float) -> float:
    import numpy as np

    logits = logit_scale * np.concatenate([own, others]).astype(np.float64)
    odds = np.exp(logits - logits.max())
    return float(odds[: len(own)].sum() / odds.sum())
