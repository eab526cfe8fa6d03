"""A webhook, once its word is there, ends the wait; without it the wait ends all the same."""

import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import uvicorn

from api.main import create_app
from resources.budgets import Budget
from resources.object_store import ObjectStore
from resources.replicate.terms import Pace
from resources.replicate.webhooks import ReplicateWebhooks
from resources.settings import Settings
from tests.api.signed_webhooks import SECRET, signed
from tests.resources.replicate.parts import TASK, Patience, model_over, photo
from tests.resources.replicate.server import ReplicateServer


@pytest.fixture
def server() -> Iterator[ReplicateServer]:
    """A Replicate that works for a while."""
    with ReplicateServer(takes_s=0.1) as made:
        yield made


@pytest.fixture
def store(settings: Settings) -> ObjectStore:
    """The store of an installation of the test's own."""
    return ObjectStore.from_settings(settings)


@pytest.fixture
def webhook_url(store: ObjectStore) -> Iterator[str]:
    """The address of a front desk that is served."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        config = uvicorn.Config(create_app(store, SECRET), log_level="error", lifespan="off")
        desk = uvicorn.Server(config)
        thread = threading.Thread(target=desk.run, args=([taken],))
        thread.start()
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/webhooks/replicate"
        desk.should_exit = True
        thread.join()


def test_a_word_from_the_front_desk_ends_the_wait(
    server: ReplicateServer, store: ObjectStore, webhook_url: str
) -> None:
    delivered = []

    def deliver(record: dict[str, Any], url: str) -> None:
        body = json.dumps(record).encode()
        delivered.append(httpx.post(url, content=body, headers=signed(body)).json())

    server.on_end = deliver
    # Without the word it would be asked after a minute for the first time.
    pace = Pace(gentle_s=60.0, brisk_s=0.01, patience_s=90.0, look_again_s=())
    model = model_over(server.url, store, Patience(pace=pace, webhook_url=webhook_url))
    room = model.stage(photo(), TASK, Budget())
    assert delivered == [{"new": True}]
    assert ReplicateWebhooks(store).has_word_of(str(room.prediction))
    assert server.calls["get"] == 1
    (body,) = server.bodies
    assert (body["webhook"], body["webhook_events_filter"]) == (webhook_url, ["completed"])


def test_a_word_that_never_comes_is_not_needed(server: ReplicateServer, store: ObjectStore) -> None:
    pace = Pace(gentle_s=0.05, brisk_s=0.01, patience_s=10.0, look_again_s=())
    nowhere = Patience(pace=pace, webhook_url="http://127.0.0.1:9/")
    started = time.monotonic()
    assert model_over(server.url, store, nowhere).stage(photo(), TASK, Budget()).prediction
    assert time.monotonic() - started >= server.takes_s
    assert server.calls["get"] >= 1
