"""Models on Replicate: what is known of each before it is asked, and choosing one by name.

What they do is told apart by where they are listed: `staging_models` and `image_models`. Fields
are as on the models' pages (replicate.com/<name>, 2026); what a model really takes is compared
with its live schema before anything is paid, see `resources.replicate.schema`. Prices are told
by no API: they are those of 2026, and an operator may know better.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from media.errors import InvalidSetting, ModeNotOffered


@dataclass(frozen=True, kw_only=True)
class ReplicateModel:
    """One model: what it costs and what it is always asked."""

    name: str
    settings: Mapping[str, object]
    """Input that is the same for every picture."""
    cost_usd: float
    """Of one picture."""
    typical_s: float
    is_versioned: bool = False
    """Whether it is asked by the id of a version; Replicate keeps its official models up to date
    itself and takes their name alone."""


Model = TypeVar("Model", bound=ReplicateModel)


class ReplicateModels(Generic[Model]):
    """The models for one kind of work, the installation's own first."""

    def __init__(self, listed: Mapping[str, Model], first: str, first_cost_usd: float = 0) -> None:
        """`first_cost_usd` is what a picture of the first costs, if not as listed.

        Raises `InvalidSetting` when there is no such first.
        """
        if first not in listed:
            raise InvalidSetting(f"there is no model {first}; there are {', '.join(listed)}")
        own = listed[first]
        self._first = replace(own, cost_usd=first_cost_usd or own.cost_usd)
        self._listed = {first: self._first} | {
            name: model for name, model in listed.items() if name != first
        }

    @property
    def names(self) -> tuple[str, ...]:
        """All there are."""
        return tuple(self._listed)

    def named(self, name: str | None) -> Model:
        """The model of that name, for None the first; `ModeNotOffered` when there is none."""
        if name is None:
            return self._first
        if name not in self._listed:
            raise ModeNotOffered(
                f"there is no model {name}; Replicate is used for {', '.join(self._listed)}"
            )
        return self._listed[name]
