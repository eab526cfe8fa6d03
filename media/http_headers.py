"""What the headers of an answer say about a file: its name, its type, when to ask again."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote

from media.urls import file_name

_EXTENDED_NAME = re.compile(r"filename\*\s*=\s*(utf-8|iso-8859-1)'[^']*'([^;\s]+)", re.IGNORECASE)
_PLAIN_NAME = re.compile(r'filename\s*=\s*(?:"((?:\\.|[^"\\])*)"|([^;\s"]+))', re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"\s*([a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,60})\s*(?:;|$)")


def attachment_name(disposition: str) -> str | None:
    """The file's name in a `Content-Disposition`, made safe; None where it has none.

    `filename*` counts before `filename`. Source: RFC 6266, 4.3; RFC 8187, 3.2.
    """
    extended = _EXTENDED_NAME.search(disposition)
    if extended:
        return file_name(unquote(extended.group(2), extended.group(1), errors="replace"))
    plain = _PLAIN_NAME.search(disposition)
    if plain is None:
        return None
    name = re.sub(r"\\(.)", r"\1", plain.group(1)) if plain.group(1) else plain.group(2)
    return file_name(name) if name else None


def media_type(content_type: str) -> str | None:
    """The type in a `Content-Type`, such as video/mp4; None where there is none.

    It is what the server claims. What a file is, is told from its bytes.
    """
    match = _MEDIA_TYPE.match(content_type.lower())
    return match.group(1) if match else None


def retry_after_s(value: str, now: datetime) -> float:
    """The seconds that a `Retry-After` asks to wait from `now`; 0 where it asks nothing clear.

    Source: RFC 9110, 10.2.3: a number of seconds or a date.
    """
    if re.fullmatch(r"[0-9]{1,9}", value.strip()):
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())
