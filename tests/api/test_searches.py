"""Searches over HTTP: with the token the same answers as anywhere, without it none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.main import create_app
from api.searches import search_routes
from orchestration.once import JobRunner
from resources.deployments import Deployment
from tests.pipelines.fashion_files import garment, write_shop

TOKEN = "a token of the test's own"  # noqa: S105 - of no installation


@pytest.fixture
def client(deployment: Deployment) -> Iterator[TestClient]:
    """A caller who holds the token."""
    app = create_app(deployment.store, None, search_routes(deployment, TOKEN))
    with TestClient(app, headers={"Authorization": f"Bearer {TOKEN}"}) as made:
        yield made


@pytest.fixture
def shop(runner: JobRunner, tmp_path: Path) -> None:
    """A small shop in the installation."""
    job = runner.deployment.submissions.submit("catalogue", write_shop(tmp_path / "shop"), {})
    assert runner.run_job(job) == "done"


@pytest.mark.usefixtures("shop")
def test_products_are_found_by_words_by_picture_and_within_filters(client: TestClient) -> None:
    worded = client.get("/v1/products", params={"text": "blue dress", "limit": 2}).json()
    assert [match["product"] for match in worded["matches"]][0:1] == ["p02"]
    assert worded["matches"][0]["price"] == "150.0000"
    assert any("words" in sentence for sentence in worded["said"])
    pictured = client.post(
        "/v1/products",
        params={"max_price": "100", "category": ["tops", "dresses"]},
        content=garment("red", "dress"),
    ).json()
    assert pictured["matches"][0]["product"] == "p01"
    assert {match["product"] for match in pictured["matches"]} == {"p01", "p03", "p04"}
    parts = pictured["matches"][0]["parts"]
    assert parts["similarity"] == pytest.approx(1, abs=1e-3)


@pytest.mark.usefixtures("shop")
@pytest.mark.parametrize("header", [None, "Bearer wrong", "Basic abc", "Bearer "])
def test_nobody_else_is_answered(client: TestClient, header: str | None) -> None:
    client.headers.pop("Authorization")
    headers = {"Authorization": header} if header else {}
    for path in ("/v1/products?text=dress", "/v1/similar?key=a"):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_what_is_wrong_is_told_as_a_reason(client: TestClient) -> None:
    nothing = client.get("/v1/products")
    assert (nothing.status_code, nothing.json()["detail"]["reason"]) == (400, "invalid_request")
    text = client.post("/v1/products", content=b"this is no picture")
    assert (text.status_code, text.json()["detail"]["reason"]) == (400, "unsupported_type")
    assert client.get("/v1/products", params={"text": "a", "limit": 0}).status_code == 422
    gone = client.get("/v1/similar", params={"key": "outputs/none.jpg"})
    assert (gone.status_code, gone.json()["detail"]["reason"]) == (400, "invalid_request")
    empty = client.get("/v1/products", params={"text": "dress"}).json()
    assert (empty["matches"], "no products yet" in empty["said"][-1]) == ([], True)
