"""Waiting for Replicate: how often it is asked, and what the end of a prediction means."""

import re
import time

from media.errors import (
    Moderated,
    OutputExpired,
    PredictionAborted,
    PredictionCanceled,
    PredictionFailed,
    ProviderUnavailable,
    ShowroomError,
)
from resources.object_store import ObjectStore
from resources.paid_calls import NotNow
from resources.replicate.api import ReplicateApi
from resources.replicate.predictions import Prediction
from resources.replicate.terms import Terms
from resources.replicate.webhooks import ReplicateWebhooks

_MODERATED = re.compile(
    r"nsfw|\bsensitive|moderat|safety(?!_)|inappropriate|flagged|prohibited|\bE005\b", re.IGNORECASE
)
# Parts and multiples of the time that a model typically takes.
_NEARLY = 0.85
_LONG = 3.0


class PredictionStopped(ProviderUnavailable):
    """We lost patience with a prediction that did not end."""


class ReplicateWaiting:
    """Waits for predictions to end."""

    def __init__(self, api: ReplicateApi, store: ObjectStore, terms: Terms) -> None:
        """With a webhook it is its word that is waited for, and Replicate is asked seldom."""
        self._api = api
        self._reads = terms.reads
        self._pace = terms.pace
        self._webhooks = ReplicateWebhooks(store) if terms.webhook_url else None

    def now(self, prediction_id: str) -> Prediction:
        """How far a prediction is; `OutputExpired` when Replicate knows of it no more.

        It is asked several times before that is believed: what was just created may not be
        known everywhere yet.
        """

        def look() -> Prediction:
            if found := self._api.prediction(prediction_id):
                return found
            raise _Unknown(f"Replicate has forgotten the prediction {prediction_id}")

        try:
            return self._reads.ask(look)
        except ProviderUnavailable as error:
            if isinstance(error.__cause__, _Unknown):
                raise OutputExpired(str(error)) from error
            raise

    def end_of(self, prediction: Prediction, typical_s: float) -> Prediction:
        """The prediction once it has succeeded and has an output.

        Otherwise raises what became of it; `PredictionStopped` when it took too long.
        """
        started = time.monotonic()
        while not prediction.is_over:
            waited_s = time.monotonic() - started
            if waited_s > self._pace.patience_s:
                self._stop(prediction.id)
            self._nap(prediction.id, waited_s, typical_s)
            prediction = self.now(prediction.id)
        if error := _failure(prediction):
            raise error
        return prediction

    def _stop(self, prediction_id: str) -> None:
        """Have it stopped, and raise so, unless it has ended just now."""
        if self._reads.ask(lambda: self._api.cancel(prediction_id)).status != "succeeded":
            raise PredictionStopped("the model did not come to an end and was stopped")

    def _nap(self, prediction_id: str, waited_s: float, typical_s: float) -> None:
        pace = self._pace
        if self._webhooks is not None:
            end = time.monotonic() + pace.gentle_s
            while time.monotonic() < end:
                time.sleep(pace.brisk_s)
                if self._webhooks.has_word_of(prediction_id):
                    return
        elif waited_s < _NEARLY * typical_s:
            time.sleep(max(pace.brisk_s, min(pace.gentle_s, _NEARLY * typical_s - waited_s)))
        else:
            is_late = waited_s > _LONG * typical_s
            time.sleep(max(pace.brisk_s, pace.gentle_s / 2) if is_late else pace.brisk_s)


class _Unknown(NotNow):
    """Replicate does not know of a prediction."""


def _failure(prediction: Prediction) -> ShowroomError | None:
    """Why a prediction that is over has no picture; None when it has one."""
    told = prediction.error or "no reason is given"
    if prediction.status == "succeeded":
        if prediction.output_url is None:
            return OutputExpired("Replicate has removed the picture it had made")
        return None
    if prediction.error and _MODERATED.search(prediction.error):
        return Moderated(f"the model's rules do not allow this: {told}")
    if prediction.status == "failed":
        return PredictionFailed(f"the model failed: {told}")
    if prediction.status == "aborted":
        return PredictionAborted("Replicate had no machine for it in time")
    return PredictionCanceled(f"somebody stopped the model: {told}")
