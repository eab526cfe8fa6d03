"""Webhooks of Replicate: a signed word that a prediction is over, kept where its waiter looks.

A word only shortens the wait: what has become of a prediction is always asked of Replicate.
"""

import json
import re

from media import keys
from media.errors import ShowroomError
from resources.object_store import ObjectStore

PATH = "/webhooks/replicate"
"""Where the front desk takes them."""
TOLERANCE_S = 300
"""How old a delivery may be: longer than clocks differ, too short for a replay to be of use."""

_PREDICTION_ID = re.compile(r"[a-z0-9]{8,64}")
_OVER = frozenset({"succeeded", "failed", "canceled", "aborted"})


class BadSignature(ShowroomError):
    """A delivery that Replicate has not signed, or not lately."""

    reason = "bad_signature"
    status = "refused"


class NotAnEvent(ShowroomError):
    """A signed delivery that says nothing of a prediction."""

    reason = "not_an_event"
    status = "refused"


class ReplicateWebhooks:
    """What was heard of predictions, in the store."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def take(self, body: bytes, headers: dict[str, str], secret: str) -> bool:
        """Keep a delivery; whether it told anything new.

        Raises `BadSignature`, `NotAnEvent`.
        """
        require_signature(body, headers, secret)
        prediction, status = _event(body)
        if status not in _OVER:
            return False
        word = {"webhook": headers.get("webhook-id"), "status": status}
        key = keys.prediction_word("replicate", prediction)
        return self._store.put_new(key, json.dumps(word).encode())

    def has_word_of(self, prediction: str) -> bool:
        """Whether a prediction was said to be over."""
        return self._store.head(keys.prediction_word("replicate", prediction)) is not None


def require_signature(body: bytes, headers: dict[str, str], secret: str) -> None:
    """`BadSignature` unless the secret has signed `{webhook-id}.{webhook-timestamp}.{body}`.

    `headers` are by lower-case name; `secret` is the account's, `whsec_` and base64.
    """
    from replicate.webhook import Webhooks, WebhookSigningSecret

    try:
        Webhooks.validate(
            headers=headers,
            body=body.decode(),
            secret=WebhookSigningSecret(key=secret),
            tolerance=TOLERANCE_S,
        )
    except ValueError as error:
        raise BadSignature(f"this is not from Replicate: {error}") from error


def _event(body: bytes) -> tuple[str, str]:
    """The id and the status of a prediction."""
    try:
        event = json.loads(body)
        prediction, status = str(event["id"]), str(event["status"])
    except (ValueError, KeyError, TypeError) as error:
        raise NotAnEvent("a webhook needs the id and the status of a prediction") from error
    if not _PREDICTION_ID.fullmatch(prediction):
        raise NotAnEvent("a webhook's prediction has an id that none can have")
    return prediction, status
