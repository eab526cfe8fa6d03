"""The front desk's webhook: signed words are kept once, all others are turned away."""

import json
import time
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from api.main import MAX_BODY_BYTES, create_app
from media import keys
from resources.object_store import ObjectStore
from resources.replicate.webhooks import TOLERANCE_S, ReplicateWebhooks
from resources.settings import Settings
from tests.api.signed_webhooks import SECRET, signed

PREDICTION = "gm3qorzdhgbfurvjtvhg6dckhu"
BODY = json.dumps({"id": PREDICTION, "status": "succeeded", "output": ["https://x/é.png"]}).encode()
URL = "/webhooks/replicate"


@pytest.fixture
def store(settings: Settings) -> ObjectStore:
    """The store of an installation of the test's own."""
    return ObjectStore.from_settings(settings)


@pytest.fixture
def client(store: ObjectStore) -> Iterator[TestClient]:
    """A caller of the app."""
    with TestClient(create_app(store, SECRET)) as made:
        yield made


def test_a_signed_word_is_kept_where_the_waiter_looks(
    client: TestClient, store: ObjectStore
) -> None:
    assert not ReplicateWebhooks(store).has_word_of(PREDICTION)
    answer = client.post(URL, content=BODY, headers=signed(BODY))
    assert (answer.status_code, answer.json()) == (200, {"new": True})
    assert ReplicateWebhooks(store).has_word_of(PREDICTION)


def test_a_redelivery_changes_nothing(client: TestClient, store: ObjectStore) -> None:
    client.post(URL, content=BODY, headers=signed(BODY))
    kept = store.get(keys.prediction_word("replicate", PREDICTION))
    changed = BODY.replace(b"succeeded", b"canceled")
    answer = client.post(URL, content=changed, headers=signed(changed))
    assert (answer.status_code, answer.json()) == (200, {"new": False})
    assert store.get(keys.prediction_word("replicate", PREDICTION)) == kept


def test_a_prediction_that_is_not_over_is_no_word(client: TestClient, store: ObjectStore) -> None:
    body = BODY.replace(b"succeeded", b"processing")
    assert client.post(URL, content=body, headers=signed(body)).json() == {"new": False}
    assert not ReplicateWebhooks(store).has_word_of(PREDICTION)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        signed(BODY + b" "),
        signed(BODY, secret="whsec_" + "c29tZWJvZHkgZWxzZQ=="),
        {**signed(BODY), "webhook-id": "msg_2"},
        {**signed(BODY), "webhook-timestamp": str(int(time.time()) - 1)},
        {**signed(BODY), "webhook-timestamp": "yesterday"},
        {**signed(BODY), "webhook-signature": "v1"},
        {**signed(BODY), "webhook-signature": "v1,%%%"},
        signed(BODY, at_s=time.time() - TOLERANCE_S - 60),
        signed(BODY, at_s=time.time() + TOLERANCE_S + 3600),
    ],
    ids=["none", "body", "key", "id", "time", "no time", "no parts", "no base64", "stale", "early"],
)
def test_what_replicate_has_not_signed_lately_is_turned_away(
    client: TestClient, store: ObjectStore, headers: dict[str, str]
) -> None:
    assert client.post(URL, content=BODY, headers=headers).status_code == 401
    assert not ReplicateWebhooks(store).has_word_of(PREDICTION)


def test_one_good_signature_among_several_is_enough(client: TestClient) -> None:
    headers = signed(BODY)
    headers["webhook-signature"] = "v1,AAAA " + headers["webhook-signature"]
    assert client.post(URL, content=BODY, headers=headers).status_code == 200


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'{"id": 1}', b'{"id": "../../etc", "status": "failed"}', b'"p"']
)
def test_signed_nonsense_is_a_bad_request(client: TestClient, body: bytes) -> None:
    assert client.post(URL, content=body, headers=signed(body)).status_code == 400


def test_bytes_that_are_no_text_are_turned_away(client: TestClient) -> None:
    body = b'{"id": "\xff"}'
    assert client.post(URL, content=body, headers=signed(body)).status_code == 401


def test_too_large_a_body_is_not_read_to_its_end(client: TestClient) -> None:
    body = b" " * (MAX_BODY_BYTES + 1)
    assert client.post(URL, content=body, headers=signed(body)).status_code == 413


def test_a_secret_that_can_verify_nothing_is_an_error_at_once(store: ObjectStore) -> None:
    with pytest.raises(ValueError, match="whsec_"):
        create_app(store, "")
