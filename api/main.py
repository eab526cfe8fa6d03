"""The HTTP front desk: where services tell that their work is done."""

import logging

from fastapi import FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool

from resources.deployments import Deployment
from resources.object_store import ObjectStore
from resources.replicate.webhooks import PATH, BadSignature, NotAnEvent, ReplicateWebhooks

MAX_BODY_BYTES = 1_000_000
"""A webhook carries a prediction with its input and logs; pictures are addresses in it."""

_log = logging.getLogger(__name__)


def create_app(store: ObjectStore, secret: str) -> FastAPI:
    """The app of an installation.

    `secret` signs Replicate's webhooks, `whsec_` and base64; anything else is a `ValueError`,
    since nothing could ever be verified with it.
    """
    if not secret.startswith("whsec_"):
        raise ValueError("the secret of Replicate's webhooks starts with whsec_")
    app = FastAPI(title="Showroom", docs_url=None, redoc_url=None, openapi_url=None)
    webhooks = ReplicateWebhooks(store)

    @app.post(PATH)
    async def take_replicate_webhook(request: Request) -> dict[str, bool]:
        """Keep the word that a prediction is over; a redelivery changes nothing."""
        body = await _limited_body(request)
        headers = {name.lower(): value for name, value in request.headers.items()}
        try:
            is_new = await run_in_threadpool(webhooks.take, body, headers, secret)
        except BadSignature as error:
            _log.warning("a webhook was turned away: %s", error)
            raise HTTPException(401, str(error)) from error
        except NotAnEvent as error:
            raise HTTPException(400, str(error)) from error
        return {"new": is_new}

    return app


def installed_app() -> FastAPI:
    """The app of the installation that the environment describes."""
    deployment = Deployment.from_environment()
    secret = deployment.settings.replicate_webhook_secret.get_secret_value()
    return create_app(deployment.store, secret)


async def _limited_body(request: Request) -> bytes:
    """The raw body, as it was signed; 413 as soon as it is too large, whatever it declares."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise HTTPException(413, f"a webhook has at most {MAX_BODY_BYTES:,} bytes")
    return bytes(body)
