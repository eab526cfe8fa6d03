"""Webhooks signed as Replicate signs them."""

import base64
import hmac
import time
from hashlib import sha256

SECRET = "whsec_" + base64.b64encode(b"nobody else knows this").decode()
"""Opens nothing but the apps of tests."""


def signed(
    body: bytes, webhook_id: str = "msg_1", at_s: float | None = None, secret: str = SECRET
) -> dict[str, str]:
    """The headers of a delivery at a time, now unless said otherwise."""
    timestamp = str(int(time.time() if at_s is None else at_s))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{webhook_id}.{timestamp}.".encode() + body
    signature = base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
    return {
        "webhook-id": webhook_id,
        "webhook-timestamp": timestamp,
        "webhook-signature": f"v1,{signature}",
        "content-type": "application/json",
    }
