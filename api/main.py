"""The HTTP front desk: services tell that their work is done, programs search, people look."""

import logging

from fastapi import APIRouter, FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool

from api.bodies import limited_body
from resources.deployments import Deployment
from resources.object_store import ObjectStore
from resources.replicate.webhooks import PATH, BadSignature, NotAnEvent, ReplicateWebhooks

MAX_BODY_BYTES = 1_000_000
"""A webhook carries a prediction with its input and logs; pictures are addresses in it."""

_log = logging.getLogger(__name__)


def create_app(
    store: ObjectStore,
    secret: str | None,
    searches: APIRouter | None = None,
    links: APIRouter | None = None,
) -> FastAPI:
    """The app of an installation.

    `secret` signs Replicate's webhooks, `whsec_` and base64; None where there are none. Anything
    else is a `ValueError`, since nothing could ever be verified with it. `searches` are the
    routes that `api.searches` makes, `links` those of `api.links`.
    """
    if secret is not None and not secret.startswith("whsec_"):
        raise ValueError("the secret of Replicate's webhooks starts with whsec_")
    app = FastAPI(title="Showroom", docs_url=None, redoc_url=None, openapi_url=None)
    if secret is not None:
        _take_webhooks(app, ReplicateWebhooks(store), secret)
    for routes in (searches, links):
        if routes:
            app.include_router(routes)
    return app


def _take_webhooks(app: FastAPI, webhooks: ReplicateWebhooks, secret: str) -> None:
    @app.post(PATH)
    async def take_replicate_webhook(request: Request) -> dict[str, bool]:
        """Keep the word that a prediction is over; a redelivery changes nothing."""
        body = await limited_body(request, MAX_BODY_BYTES)
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            is_new = await run_in_threadpool(webhooks.take, body, headers, secret)
        except BadSignature as error:
            _log.warning("a webhook was turned away: %s", error)
            raise HTTPException(401, str(error)) from error
        except NotAnEvent as error:
            raise HTTPException(400, str(error)) from error
        return {"new": is_new}


def installed_app() -> FastAPI:
    """The app of the installation that the environment describes."""
    from api.links import link_routes
    from api.searches import search_routes

    deployment = Deployment.from_environment()
    settings = deployment.settings
    token = settings.api_token.get_secret_value()
    searches = search_routes(deployment, token) if token else None
    links = link_routes(deployment.published_links, deployment.store)
    secret = settings.replicate_webhook_secret.get_secret_value() or None
    return create_app(deployment.store, secret, searches, links)
