"""The wire to Replicate: one try, within a time, and the service's hint of when to come again."""

from datetime import UTC, datetime

import httpx
import pytest

from resources.paid_calls import NotNow
from resources.replicate.wire import Lost, Wire
from tests.resources.vendor_servers import Answer, VendorServer


def ask(answer: Answer, timeout_s: float = 5.0) -> httpx.Response:
    """One request that gets this answer."""
    with VendorServer() as server, httpx.Client(transport=Wire(timeout_s)) as http:
        response = http.post(server.then(answer).url, content=b"{}")
        assert len(server.calls) == 1
        return response


@pytest.mark.parametrize(
    ("headers", "body", "hint_s"),
    [
        ({"Retry-After": "12"}, b"", 12),
        ({"ratelimit-reset": "3"}, b"", 3),
        ({}, b'{"detail": "Request was throttled. Your rate limit resets in ~30s."}', 30),
        ({}, b'{"detail": "Your rate limit resets in 250ms."}', 0.25),
        ({}, b'{"detail": "Your rate limit resets in ~2m."}', 120),
        ({}, b'{"detail": "resets in . s"}', None),
        ({}, b"slow down", None),
    ],
)
def test_the_hint_of_a_throttled_request_is_understood(
    headers: dict[str, str], body: bytes, hint_s: float | None
) -> None:
    with pytest.raises(NotNow) as told:
        ask(Answer(body, 429, headers=headers))
    assert told.value.hint_s == hint_s
    assert not isinstance(told.value, Lost), "a throttled request was surely not taken"


@pytest.mark.parametrize(
    "answer", [Answer(status=500), Answer(status=504), Answer(b"half of it", cut_off=True)]
)
def test_a_request_that_may_have_been_taken_is_lost(answer: Answer) -> None:
    with pytest.raises(Lost):
        ask(answer)


def test_a_request_that_is_not_answered_in_time_is_lost() -> None:
    with VendorServer() as server, httpx.Client(transport=Wire(0.1)) as http:
        server.then(server.silence())
        with pytest.raises(Lost, match="in time"):
            http.post(server.url, content=b"{}", timeout=None)


def test_a_request_that_has_not_left_is_not_lost() -> None:
    with httpx.Client(transport=Wire(1.0)) as http, pytest.raises(NotNow) as told:
        http.post("http://127.0.0.1:9/")
    assert not isinstance(told.value, Lost)


def test_refusals_come_through_for_the_package_to_read() -> None:
    response = ask(Answer(b'{"detail": "no credit"}', 402))
    assert (response.status_code, response.json()) == (402, {"detail": "no credit"})


def test_a_body_that_is_no_json_comes_through_as_it_is() -> None:
    assert ask(Answer(b"<html>")).content == b"<html>"


def test_the_time_of_an_answer_is_told_by_the_services_own_clock() -> None:
    wire = Wire(5.0)
    before = datetime.now(UTC).replace(microsecond=0)
    with VendorServer() as server, httpx.Client(transport=wire) as http:
        assert wire.told_at is None
        http.post(server.then(Answer(b"{}")).url)
        first = wire.told_at
        assert first is not None
        assert before <= first <= datetime.now(UTC)
        with pytest.raises(Lost):
            http.post(server.then(Answer(b"{}", 500)).url)
    assert wire.told_at is not None
    assert wire.told_at >= first
