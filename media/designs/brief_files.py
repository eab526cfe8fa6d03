"""Brief files: a design asked for in a file, as plain words or as JSON."""

import json
from collections.abc import Mapping

from pydantic import JsonValue

from media.errors import EmptyFile, TooLarge, UnreadableBrief

MAX_BYTES = 100_000
"""A brief is words; whatever is larger is something else."""


def read_brief(data: bytes) -> Mapping[str, JsonValue]:
    """The parameters that a brief's file gives: those of a JSON object, or the text as prompt.

    Raises `EmptyFile`, `TooLarge` and `UnreadableBrief`.
    """
    if len(data) > MAX_BYTES:
        raise TooLarge(f"the brief has {len(data):,} bytes; at most {MAX_BYTES:,} are taken")
    try:
        text = data.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise UnreadableBrief("the brief is no text in UTF-8") from error
    if not text:
        raise EmptyFile("the brief is empty")
    if any(char < " " and not char.isspace() for char in text):
        raise UnreadableBrief("the brief holds control characters; it has to be text or JSON")
    if not text.startswith("{"):
        return {"prompt": text}
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UnreadableBrief(f"the brief starts like JSON and is none: {error}") from error
    params: dict[str, JsonValue] = found
    return params
