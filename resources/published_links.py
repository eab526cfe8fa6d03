"""Published links: addresses under which anyone sees what people have approved of a job.

A link is a signed token that says of which job it is, who published it and when it ends. Nothing
is stored for it. What it shows is decided anew each time somebody looks, so a picture that is
rejected or reported is gone at once. All links of a job can be withdrawn.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from media import keys
from media.errors import InvalidRequest, ShowroomError, UnknownJob
from media.pipeline import pipeline_named
from media.requests import JobRequest
from media.reviews import as_text
from resources.link_secrets import link_secrets
from resources.object_store import ObjectStore
from resources.published_pictures import PublishedPicture, PublishedPictures
from resources.settings import Settings

if TYPE_CHECKING:
    from itsdangerous import URLSafeSerializer

DEFAULT_DAYS = 7
MIN_DAYS = 1 / 24
MAX_DAYS = 30
MAX_NAME = 200
"""Most characters of who publishes."""

_SALT = "showroom published link 1"
"""Tells these tokens from others that the same secret may sign; the number is of their form."""


class UnknownLink(ShowroomError):
    """A token that no secret of this installation has signed."""

    reason = "unknown_link"
    status = "refused"


class EndedLink(ShowroomError):
    """A link that worked once."""

    reason = "ended_link"
    status = "refused"


class WithdrawnLink(EndedLink):
    """A link that was ended before its time was over."""

    reason = "withdrawn_link"


@dataclass(frozen=True)
class Link:
    """One link and what it says."""

    url: str
    job: str
    by: str
    """Who published it."""
    expires_at: datetime
    """UTC."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class PublishedLinks:
    """Makes, reads and withdraws the links of an installation, and tells what they show."""

    def __init__(
        self,
        settings: Settings,
        store: ObjectStore,
        shown: PublishedPictures,
        clock: Callable[[], datetime] = _utc_now,
    ) -> None:
        self._settings = settings
        self._store = store
        self._shown = shown
        self._clock = clock

    def link_to(self, job: str, days: float = DEFAULT_DAYS, by: str = "local") -> str:
        """The address of a new link; errors as of `publish`."""
        return self.publish(job, days, by).url

    def publish(self, job: str, days: float = DEFAULT_DAYS, by: str = "local") -> Link:
        """A new link, for `days`, to what is approved of `job` at the moment somebody looks.

        Raises UnknownJob, and InvalidRequest for a job that makes no pictures, for less than an
        hour or more than 30 days, and where it is not said who publishes.
        """
        if not MIN_DAYS <= days <= MAX_DAYS:
            raise InvalidRequest(f"A link works for 1 hour to {MAX_DAYS} days, not {days:g} days.")
        who = as_text(by).strip()
        if not 1 <= len(who) <= MAX_NAME:
            raise InvalidRequest(f"Say who publishes, in 1 to {MAX_NAME} characters.")
        request = self._request(job)
        if not pipeline_named(request.pipeline).published:
            raise InvalidRequest(
                f"A {request.pipeline} job makes no pictures that a link could show."
            )
        expires_s = int((self._clock() + timedelta(days=days)).timestamp())
        token = str(self._signer.dumps([job, who, expires_s, self._withdrawn_at(job)]))
        return Link(self._address(token), job, who, datetime.fromtimestamp(expires_s, UTC))

    def read(self, token: str) -> Link:
        """What a link says that works now; else UnknownLink, EndedLink or WithdrawnLink."""
        from itsdangerous import BadData

        try:
            job, by, expires_s, withdrawn_at = self._signer.loads(as_text(token))
        except BadData as error:
            raise UnknownLink("No link of this installation has this address.") from error
        expires_at = datetime.fromtimestamp(expires_s, UTC)
        if expires_at <= self._clock():
            raise EndedLink(f"It worked until {expires_at:%-d %B %Y, %H:%M} UTC.")
        if withdrawn_at != self._withdrawn_at(job):
            raise WithdrawnLink("It was withdrawn.")
        return Link(self._address(token), job, by, expires_at)

    def withdraw(self, job: str) -> None:
        """End all links of `job` that there are; those made later work. Raises UnknownJob."""
        self._request(job)
        record = {"withdrawn_at": self._clock().isoformat()}
        self._store.put(keys.withdrawn_links(job), json.dumps(record).encode())

    def pictures(self, job: str) -> list[PublishedPicture]:
        """What links of `job` show now, in order; empty while nothing is approved."""
        return self._shown.of(job)

    def picture(self, job: str, picture: str) -> PublishedPicture | None:
        """The picture of this id, if links of `job` show it now."""
        return self._shown.find(job, picture)

    def _request(self, job: str) -> JobRequest:
        if (request := self._shown.request(job)) is None:
            raise UnknownJob(f"there is no job {job}, or nobody has begun with it yet")
        return request

    def _withdrawn_at(self, job: str) -> str | None:
        """When the links of a job were last withdrawn.

        A link carries what it was when the link was made, and works while it is the same: so it
        does not matter how well the clocks of several machines agree.
        """
        record = self._store.find(keys.withdrawn_links(job))
        return None if record is None else str(json.loads(record)["withdrawn_at"])

    def _address(self, token: str) -> str:
        local = f"http://127.0.0.1:{self._settings.api_port}"
        return f"{self._settings.public_url.rstrip('/') or local}/links/{token}"

    @cached_property
    def _signer(self) -> "URLSafeSerializer":
        from itsdangerous import URLSafeSerializer

        # The last of the library's keys signs, where ours are written with the new one first.
        return URLSafeSerializer(
            link_secrets(self._settings)[::-1],
            salt=_SALT,
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )
