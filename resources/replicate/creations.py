"""Creating predictions, where a second try must not cost a second time.

The `replicate` package never repeats the call that creates one, and rightly: there is no way to
say that it is the same. So after a call of which nobody knows what has become, the account's
predictions are looked through before the next.

Work on a photo is told by the photo's address, which no other work has. Work on words alone is
told by the model, the prompt, the seed and the size, from when it was about to be asked: nothing
else decides the picture, so should somebody have asked the same with our token since then, theirs
is the answer to our question too. What an earlier attempt of ours has begun is known by its id
and left out.
"""

import time
from collections.abc import Collection

from media.errors import ProviderUnavailable, ShowroomError
from resources.replicate.api import ReplicateApi
from resources.replicate.predictions import Attempt, Prediction
from resources.replicate.terms import Terms
from resources.replicate.wire import Lost

_TELLING = frozenset({"prompt", "seed", "width", "height", "aspect_ratio"})


class PerhapsTaken(ProviderUnavailable):
    """It is not known whether Replicate has begun the work, and so is charging for it."""


class ReplicateCreations:
    """Creates predictions and finds those that were created unseen."""

    def __init__(self, api: ReplicateApi, terms: Terms) -> None:
        self._api = api
        self._creations = terms.creations
        self._reads = terms.reads
        self._pace = terms.pace
        self._webhook_url = terms.webhook_url

    def created(self, attempt: Attempt, others: Collection[str]) -> Prediction:
        """The prediction of an attempt, created once.

        `others` are the ids of earlier attempts. Raises `PerhapsTaken` when it may exist all
        the same; with any other error it does not, and nothing is charged.
        """
        is_lost = False

        def create() -> Prediction:
            nonlocal is_lost
            if is_lost and (found := self.found(attempt, others)):
                return found
            try:
                return self._api.create(
                    attempt.model, attempt.inputs, self._webhook_url, attempt.version
                )
            except Lost:
                is_lost = True
                raise

        try:
            return self._creations.ask(create)
        except ShowroomError as error:
            if not is_lost:
                raise
            if found := self.found(attempt, others):
                return found
            raise PerhapsTaken(str(error)) from error

    def found(self, attempt: Attempt, others: Collection[str]) -> Prediction | None:
        """The prediction that was created for an attempt; None when there is none.

        It is looked for several times: what was just created is not listed at once.
        """
        for wait_s in (0.0, *self._pace.look_again_s):
            time.sleep(wait_s)
            if prediction := self._reads.ask(lambda: self._listed(attempt, others)):
                return prediction
        return None

    def _listed(self, attempt: Attempt, others: Collection[str]) -> Prediction | None:
        """One look through the predictions since before the attempt."""
        for prediction in self._api.since(attempt.since):
            if prediction.id not in others and _is_of(attempt, prediction):
                return prediction
        return None


def _is_of(attempt: Attempt, prediction: Prediction) -> bool:
    """Whether a prediction has the model, files, prompt, seed and size of an attempt.

    The rest of the input is left out: a service may write it in another way.
    """
    return prediction.model in ("", attempt.model) and all(
        prediction.inputs.get(name) == value
        for name, value in attempt.inputs.items()
        if name in _TELLING or str(value).startswith(("http://", "https://"))
    )
