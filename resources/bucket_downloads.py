"""Downloads from buckets that the operator opened to requests, with the installation's rights."""

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from media.errors import DownloadFailed, UnsupportedUrl, UrlNotFound
from media.http_headers import media_type
from media.urls import BucketUrl
from resources.downloads import PIECE_BYTES, Deadline, Download, capped, require_room
from resources.settings import PREFIX

_NOT_FOR_US = {"NoSuchKey", "NoSuchBucket", "AccessDenied", "InvalidObjectState", "404", "403"}


@dataclass(frozen=True)
class BucketDownloads:
    """Opens objects, read with boto3 since people's keys need not be paths."""

    buckets: Sequence[str]
    endpoint: str
    """Address of an S3-compatible service; empty: Amazon's."""
    region: str
    connect_timeout_s: float
    read_timeout_s: float

    @cached_property
    def _client(self) -> Any:
        from boto3.session import Session
        from botocore.config import Config

        config = Config(
            connect_timeout=self.connect_timeout_s,
            read_timeout=self.read_timeout_s,
            retries={"total_max_attempts": 1},
            s3={"addressing_style": "path" if self.endpoint else "auto"},
        )
        # A session of its own: the default one must not be used by several threads at once.
        return Session().client(
            "s3", endpoint_url=self.endpoint or None, region_name=self.region, config=config
        )

    def require(self, url: BucketUrl) -> None:
        """Raise `UnsupportedUrl` unless the operator opened the bucket."""
        if url.bucket not in self.buckets:
            raise UnsupportedUrl(
                f"nothing is fetched from the bucket {url.bucket}; whoever runs this "
                f"installation can open it in {PREFIX}URL_BUCKETS"
            )

    @contextmanager
    def open(self, url: BucketUrl, max_bytes: int, deadline: Deadline) -> Iterator[Download]:
        """The object at `url`, its chunks to be read before leaving.

        Raises `UnsupportedUrl`, `UrlNotFound`, `TooLarge` and `DownloadFailed`.
        """
        self.require(url)
        with _in_our_words():
            answer = self._client.get_object(Bucket=url.bucket, Key=url.key)
            # As a context manager the body would give out its socket, which counts no bytes.
            with closing(answer["Body"]) as body:
                require_room(answer["ContentLength"], max_bytes)
                yield Download(
                    capped(_chunks(body, deadline), max_bytes),
                    url.filename,
                    media_type(answer.get("ContentType", "")),
                )


def _chunks(body: Any, deadline: Deadline) -> Iterator[bytes]:
    while chunk := body.read(PIECE_BYTES):
        deadline.require_time()
        yield chunk


@contextmanager
def _in_our_words() -> Iterator[None]:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in _NOT_FOR_US:
            raise UrlNotFound("there is no such object, or none that may be read") from error
        raise DownloadFailed("the bucket cannot give the object now") from error
    except BotoCoreError as error:
        raise DownloadFailed("the bucket did not answer, or stopped in the middle") from error
