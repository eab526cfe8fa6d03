"""Pictures from Replicate: fetched whole, since they are gone within the hour."""

from collections.abc import Callable

import httpx

from media.errors import InvalidProviderResponse, ProviderUnavailable
from resources.paid_calls import NotNow, retry_after_s
from resources.replicate.terms import Terms

_GONE = frozenset({401, 403, 404, 410})


class NoSuchOutput(Exception):
    """There is nothing (any more) at the address of an output."""


class ReplicateDownloads:
    """Fetches outputs; without the token, since addresses are public and elsewhere."""

    def __init__(self, terms: Terms, max_bytes: int) -> None:
        self._reads = terms.reads
        self._max_bytes = max_bytes
        self._http = httpx.Client(timeout=terms.timeout_s, follow_redirects=True)

    def picture(self, url: str, check: Callable[[bytes], None]) -> bytes:
        """What is at the address, once it comes whole and `check` finds a whole picture in it.

        `check` raises `InvalidProviderResponse` for bytes that were damaged on the way: they
        are fetched again. What else it raises comes out. Raises `NoSuchOutput`.
        """

        def fetch() -> bytes:
            data = self._fetched(url)
            try:
                check(data)
            except InvalidProviderResponse as error:
                if type(error) is InvalidProviderResponse:
                    raise _Damaged(str(error)) from error
                raise
            return data

        try:
            return self._reads.ask(fetch)
        except ProviderUnavailable as error:
            if isinstance(error.__cause__, _Damaged):
                raise InvalidProviderResponse(f"Replicate: {error}") from error
            raise

    def close(self) -> None:
        """Close all connections."""
        self._http.close()

    def _fetched(self, url: str) -> bytes:
        try:
            with self._http.stream("GET", url) as response:
                _require_success(response)
                parts, size = [], 0
                for part in response.iter_bytes():
                    parts.append(part)
                    size += len(part)
                    if size > self._max_bytes:
                        raise InvalidProviderResponse("what came back is larger than any picture")
                return b"".join(parts)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise InvalidProviderResponse("what came back is no address of a picture") from error
        except httpx.RemoteProtocolError as error:
            raise _Damaged(f"what came back ended too early: {error}") from error
        except httpx.TimeoutException as error:
            raise NotNow("Replicate did not deliver in time") from error
        except (httpx.TransportError, httpx.DecodingError) as error:
            raise NotNow(f"Replicate's delivery broke off: {error}") from error


class _Damaged(NotNow):
    """Bytes came that are not the picture."""


def _require_success(response: httpx.Response) -> None:
    status = response.status_code
    if status in _GONE:
        raise NoSuchOutput(f"the picture is not there ({status})")
    if status != 200:
        hint_s = retry_after_s(response.headers.get("retry-after"))
        raise NotNow(f"Replicate does not deliver now ({status})", hint_s)
