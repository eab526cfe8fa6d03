"""Buying a picture from Replicate: every step is written down before the next is taken.

    prepare -> intent kept -> create -> id kept -> wait -> download -> answer kept (by the caller)

A process may die anywhere. Before the intent nothing was bought. With an intent and no id, the
work may have been begun: it is looked for among the account's predictions by what was asked, see
`resources.replicate.creations`, and begun anew only when it is not there. With an id it is waited
for. Replicate forgets inputs and outputs after an hour, and so does this: what was begun and not
fetched within it is asked for anew.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from media.errors import (
    BlankPicture,
    Moderated,
    OutputExpired,
    PredictionAborted,
    PredictionCanceled,
    PredictionFailed,
    ShowroomError,
    UnchangedPicture,
    WrongShape,
)
from resources.replicate.bills import Bill
from resources.replicate.creations import PerhapsTaken, ReplicateCreations
from resources.replicate.downloads import NoSuchOutput, ReplicateDownloads
from resources.replicate.models import ReplicateModel
from resources.replicate.predictions import OPEN, Attempt, Prediction, PredictionRecords
from resources.replicate.waiting import PredictionStopped, ReplicateWaiting

_ENDS = (
    BlankPicture,
    Moderated,
    OutputExpired,
    PredictionAborted,
    PredictionCanceled,
    PredictionFailed,
    PredictionStopped,
    UnchangedPicture,
    WrongShape,
)
"""After these nothing more comes of an attempt; after others it can be taken up again."""


@dataclass(frozen=True)
class Request:
    """What a model is asked, all files that it names uploaded."""

    inputs: Mapping[str, object]
    since: str
    """A time before it is asked, by Replicate's clock."""
    version: str = ""
    """The version that is asked; empty where the model's name is enough."""


@dataclass(frozen=True)
class Order:
    """One picture that is wanted."""

    digest: str
    """Of the question."""
    job: str
    model: ReplicateModel
    prepare: Callable[[], Request]
    """Uploads files and sees whether the model takes all, when that turns out to be necessary."""
    check: Callable[[bytes], None]
    """Raises `InvalidProviderResponse` for damaged bytes, a kind of it for a useless picture."""


class ReplicatePurchases:
    """Buys pictures, each once; of one question, one thread at a time may ask."""

    def __init__(
        self,
        records: PredictionRecords,
        creations: ReplicateCreations,
        waiting: ReplicateWaiting,
        downloads: ReplicateDownloads,
    ) -> None:
        self._records = records
        self._creations = creations
        self._waiting = waiting
        self._downloads = downloads

    def picture(self, order: Order, bill: Bill) -> bytes:
        """The bytes of the picture; a model that fails is asked once more."""
        try:
            return self._bought(order, bill)
        except PredictionFailed:
            return self._bought(order, bill)

    def _bought(self, order: Order, bill: Bill) -> bytes:
        attempts = self._records.read(order.digest)
        bill.count(attempts)
        try:
            begun = self._under_way(order, attempts, bill) or self._begun(order, attempts, bill)
            ended = self._waiting.end_of(begun, order.model.typical_s)
            self._note_flags(order, attempts, ended)
            return self._fetched(ended, order)
        except _ENDS as error:
            self._note_end(order, attempts, bill, error)
            raise

    def _under_way(self, order: Order, attempts: list[Attempt], bill: Bill) -> Prediction | None:
        """What a process that is no more, or gave up, has begun."""
        if not attempts or attempts[-1].outcome != OPEN:
            return None
        if attempts[-1].prediction:
            return self._waiting.now(attempts[-1].prediction)
        found = self._creations.found(attempts[-1], _ids(attempts))
        if found is None:
            attempts.pop()
            return None
        self._note_taken(order, attempts, found)
        bill.count(attempts)
        return found

    def _begun(self, order: Order, attempts: list[Attempt], bill: Bill) -> Prediction:
        model, position = order.model, len(attempts)
        bill.take(position, model.cost_usd)
        try:
            asked = order.prepare()
            attempts.append(
                Attempt(
                    order.job,
                    model.name,
                    model.cost_usd,
                    asked.inputs,
                    asked.since,
                    version=asked.version,
                )
            )
            self._records.write(order.digest, attempts)
            begun = self._creations.created(attempts[-1], _ids(attempts))
        except PerhapsTaken:
            # The intent stays, and its cost with it: whoever asks next looks for the work.
            raise
        except ShowroomError:
            bill.give_back(position, model.cost_usd)
            self._records.write(order.digest, attempts[:position])
            raise
        self._note_taken(order, attempts, begun)
        return begun

    def _fetched(self, prediction: Prediction, order: Order) -> bytes:
        """The output; an address that has expired is asked for anew, once."""
        try:
            return self._downloads.picture(prediction.output_url or "", order.check)
        except NoSuchOutput:
            fresh = self._waiting.end_of(self._waiting.now(prediction.id), order.model.typical_s)
        try:
            return self._downloads.picture(fresh.output_url or "", order.check)
        except NoSuchOutput as error:
            raise OutputExpired(f"Replicate has made a picture, but {error}") from error

    def _note_taken(self, order: Order, attempts: list[Attempt], begun: Prediction) -> None:
        attempts[-1] = attempts[-1].taken(begun)
        self._records.write(order.digest, attempts)

    def _note_flags(self, order: Order, attempts: list[Attempt], ended: Prediction) -> None:
        """Keep what the model says against its own picture, before the picture is kept."""
        if ended.flags:
            attempts[-1] = replace(attempts[-1], flags=ended.flags)
            self._records.write(order.digest, attempts)

    def _note_end(
        self, order: Order, attempts: list[Attempt], bill: Bill, error: ShowroomError
    ) -> None:
        """Close the last attempt, so that the next to ask asks anew.

        Replicate charges for what it has begun, and not for what it has aborted before. Whether
        a prediction that failed was charged it does not tell: it counts.
        """
        attempt, is_charged = attempts[-1], not isinstance(error, PredictionAborted)
        attempts[-1] = attempt.failed(error.reason, is_charged)
        self._records.write(order.digest, attempts)
        if not is_charged and attempt.job == order.job:
            bill.give_back(len(attempts) - 1, attempt.cost_usd)


def _ids(attempts: list[Attempt]) -> set[str]:
    return {attempt.prediction for attempt in attempts}
