"""Bodies of requests, read no further than they may be long."""

from fastapi import HTTPException, Request


async def limited_body(request: Request, max_bytes: int) -> bytes:
    """The raw body; 413 as soon as it is too large, whatever it declares."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > max_bytes:
            raise HTTPException(413, f"at most {max_bytes:,} bytes are taken")
    return bytes(body)
