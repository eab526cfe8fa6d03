"""Stored files: a file that belongs to a job's parameters, such as a logo, kept as an original."""

import hashlib
from collections.abc import Iterator
from typing import IO

from media import keys
from resources.object_store import ObjectStore

_CHUNK_BYTES = 1_000_000


def store_file(store: ObjectStore, name: str, file: IO[bytes]) -> str:
    """Store `file`, read from its start, and return its key, which is what a parameter names.

    The key follows from the content, so the same file is stored under the same key.
    """
    digest = hashlib.sha256()
    for chunk in chunks_of(file):
        digest.update(chunk)
    key = keys.original(digest.hexdigest(), _extension(name))
    store.put_chunks(key, chunks_of(file))
    return key


def chunks_of(file: IO[bytes]) -> Iterator[bytes]:
    """The whole of `file` in parts, from its start."""
    file.seek(0)
    while chunk := file.read(_CHUNK_BYTES):
        yield chunk


def _extension(name: str) -> str:
    last = name.rpartition(".")[2] if "." in name else ""
    return "".join(char for char in last.lower() if char.isascii() and char.isalnum())[:8] or "bin"
