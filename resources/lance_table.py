"""A Lance dataset in the store: opened, made when first written, read and written in versions.

Every write is a version of its own, there whole or not at all. A reader looks for a newer version
before each question and is never kept waiting; writers that meet try again.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import polars as pl
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from media.errors import StoreUnavailable
from resources.object_store import ObjectStore
from resources.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lance import LanceDataset

_OVERTAKEN = ("commit conflict", "incompatible transaction")
"""How Lance says that somebody else's write came between."""

_IS_KEY = {"lance-schema:unenforced-primary-key": "true"}
"""Without it, Lance lets two writers who add rows of one key at the same time both add them."""

_Result = TypeVar("_Result")


class LanceTable:
    """One dataset at a folder or a URL; safe to use from several threads."""

    def __init__(
        self, store: ObjectStore, key: str, uri: str, options: "Mapping[str, str] | None" = None
    ) -> None:
        self.uri = uri
        self._store = store
        self._key = key
        self._options = dict(options or {}) or None
        self._lock = threading.Lock()
        self._opened: LanceDataset | None = None

    @classmethod
    def in_store(cls, settings: Settings, store: ObjectStore, key: str) -> "LanceTable":
        """The dataset under `key` of an installation's store."""
        if store.folder is not None:
            return cls.in_folder(store, store.folder, key)
        uri = f"{settings.store_url.rstrip('/')}/{key}"
        if not uri.startswith("s3://"):
            return cls(store, key, uri)
        options = {"aws_region": settings.s3_region}
        if settings.s3_endpoint:
            options |= {
                "aws_endpoint": settings.s3_endpoint,
                "aws_virtual_hosted_style_request": "false",
                "allow_http": str(settings.s3_endpoint.startswith("http://")).lower(),
            }
        return cls(store, key, uri, options)

    @classmethod
    def in_folder(cls, store: ObjectStore, folder: Path, key: str) -> "LanceTable":
        """The dataset under `key` of a store that is a folder."""
        return cls(store, key, str(folder / key))

    @contextmanager
    def latest(self) -> "Iterator[LanceDataset | None]":
        """The newest version, for reading; None while there is none.

        A version that somebody holds is never moved on beneath them.
        """
        with self._named():
            yield self._newest()

    def make(self, empty: pl.DataFrame, key_column: str, facts: "Mapping[str, str]") -> None:
        """Make the dataset without rows, with facts about it, unless it is there.

        Of several who do so at once the first wins. Lance itself would let the last one overwrite
        what the first has written by then, so the version's file is put in place here: all else
        goes before it, and it only where there is none.
        """
        import lance

        nothing = empty.to_arrow()
        schema, position = nothing.schema, nothing.schema.get_field_index(key_column)
        key = schema.field(position).with_nullable(False).with_metadata(_IS_KEY)
        schema = schema.set(position, key).with_metadata(dict(facts))
        with TemporaryDirectory(prefix="showroom-") as folder:
            made = Path(folder, "made")
            lance.write_dataset(nothing.cast(schema), made)
            files = sorted(path for path in made.rglob("*") if path.is_file())
            for path in sorted(files, key=lambda path: path.suffix == ".manifest"):
                self._store.put_new(
                    f"{self._key}/{path.relative_to(made).as_posix()}", path.read_bytes()
                )

    def write(self, work: "Callable[[LanceDataset], _Result]") -> "_Result":
        """Do `work` on a handle of its own; again, on the newest version, after another's write."""

        @retry(
            retry=retry_if_exception_type(_Overtaken),
            wait=wait_exponential_jitter(initial=0.05, max=2),
            stop=stop_after_attempt(20),
            reraise=True,
        )
        def attempt() -> "_Result":
            with self._named():
                return work(self._open())

        return attempt()

    def _newest(self) -> "LanceDataset | None":
        with self._lock:
            try:
                if self._opened is None:
                    self._opened = self._open()
                elif (newest := self._opened.latest_version) != self._opened.version:
                    self._opened = self._opened.checkout_version(newest)
            except (ValueError, OSError) as error:
                if "not found" not in str(error).lower():
                    raise
                self._opened = None
            return self._opened

    def _open(self) -> "LanceDataset":
        import lance

        return lance.dataset(self.uri, storage_options=self._options)

    @contextmanager
    def _named(self) -> Iterator[None]:
        """Turns the library's errors into ours, naming the dataset."""
        try:
            yield
        except StoreUnavailable:
            raise
        except (OSError, ValueError) as error:
            told = str(error)
            if any(words in told.lower() for words in _OVERTAKEN):
                raise _Overtaken(f"{self.uri} is being written by others: {told}") from error
            if isinstance(error, OSError) or told.startswith("LanceError(IO)"):
                raise StoreUnavailable(f"{self.uri} cannot be read or written: {told}") from error
            raise


class _Overtaken(StoreUnavailable):
    """Somebody else's write came between."""
