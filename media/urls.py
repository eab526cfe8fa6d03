"""URLs of files: what a person or a redirect may ask for, taken apart once and for all.

A URL is parsed here and nowhere else: what is connected to and asked for is put together from
the parts, so no two parsers can read it differently. Bytes are asked for by http and https; a
bucket by s3.
"""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, unquote, urljoin, urlsplit

import idna

from media.addresses import Address, literal_address
from media.errors import UnsupportedUrl

MAX_URL_LENGTH = 4096
"""Characters; presigned URLs take up to about 2,000."""

_MAX_NAME_BYTES = 150
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]{0,30}):")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_AUTHORITY = re.compile(r"(\[[0-9a-fA-F:.%]+\]|[^\[\]:@\\\s]+)(?::([0-9]{0,5}))?")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_BUCKET = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]{1,254}")
_STRAY_PERCENT = re.compile(r"%(?![0-9a-fA-F]{2})")
_AS_IT_IS = "/?!$&'()*+,;=:@~%-._[]"


@dataclass(frozen=True)
class HttpUrl:
    """A file that a web server has."""

    scheme: str
    """`http` or `https`."""
    host: str
    """A name in ASCII (IDNA) and lower case, or an address in its usual form, without brackets."""
    port: int
    target: str
    """Path and query, percent-encoded."""

    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}{self.target}"

    @property
    def authority(self) -> str:
        """Host and, where it is not the scheme's own, port: the value of the `Host` header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def address(self) -> Address | None:
        """The address that the host spells out; None for a name."""
        return literal_address(self.host)

    @property
    def filename(self) -> str:
        """The last part of the path as a file name."""
        return file_name(unquote(self.target.partition("?")[0]))

    def redirected(self, location: str) -> "HttpUrl":
        """Where a `Location` header leads from here; `UnsupportedUrl` where none is followed.

        A redirect to a bucket would spend this installation's rights, and one from https to http
        would give up what the s promised: that nobody on the way chose the bytes.
        """
        if _CONTROL.search(location) or len(location) > MAX_URL_LENGTH:
            raise UnsupportedUrl("the address redirects to something that is not a URL")
        try:
            found = parse_url(urljoin(str(self), location))
        except (UnsupportedUrl, ValueError) as error:
            raise UnsupportedUrl(f"the address redirects elsewhere: {error}") from error
        if not isinstance(found, HttpUrl):
            raise UnsupportedUrl("the address redirects to a bucket, which is not followed")
        if self.scheme == "https" and found.scheme == "http":
            raise UnsupportedUrl(
                "the address redirects from https to http, which is not followed; "
                "give the http address itself if it is meant"
            )
        return found


@dataclass(frozen=True)
class BucketUrl:
    """An object in a bucket: `s3://bucket/key`, the key as it is, without any encoding."""

    bucket: str
    key: str

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"

    @property
    def filename(self) -> str:
        """The last part of the key as a file name."""
        return file_name(self.key)


def parse_url(text: str) -> HttpUrl | BucketUrl:
    """The parts of a URL; `UnsupportedUrl` says what is wrong with it.

    Backslashes, white space and control characters are refused where parsers disagree on them,
    and quoted elsewhere. A user name or password is refused: it would be stored with the job.
    """
    if len(text) > MAX_URL_LENGTH:
        raise UnsupportedUrl(f"a URL may have at most {MAX_URL_LENGTH:,} characters")
    if _CONTROL.search(text):
        raise UnsupportedUrl("the URL holds control characters")
    scheme = _SCHEME.match(text)
    name = scheme.group(1).lower() if scheme else ""
    if name == "s3":
        return _bucket_url(text)
    if name not in _DEFAULT_PORTS:
        said = f"{name}: is not" if name else "this is none of them"
        raise UnsupportedUrl(f"only http, https and s3 addresses are taken; {said}")
    try:
        parts = urlsplit(text)
        # A host in full-width digits or percent codes is the same host.
        host, port = _host_and_port(parts.netloc, name)
    except ValueError as error:
        raise UnsupportedUrl(f"the URL names no machine: {error}") from error
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return HttpUrl(name, host, port, quote(_STRAY_PERCENT.sub("%25", target), safe=_AS_IT_IS))


def _bucket_url(text: str) -> BucketUrl:
    bucket, _, key = text[len("s3:") :].removeprefix("//").partition("/")
    if not text[len("s3:") :].startswith("//") or not _BUCKET.fullmatch(bucket) or not key:
        raise UnsupportedUrl("an object in a bucket is written s3://bucket/key")
    return BucketUrl(bucket, key)


def _host_and_port(authority: str, scheme: str) -> tuple[str, int]:
    if "@" in authority:
        raise UnsupportedUrl("the URL holds a user name or password; give one without")
    match = _AUTHORITY.fullmatch(authority)
    if match is None:
        raise ValueError("after // a host is expected")
    host, digits = match.groups()
    port = int(digits) if digits else _DEFAULT_PORTS[scheme]
    # Below 1024 live other protocols, which a request may be mistaken for a command of.
    if port > 65535 or (port < 1024 and port not in _DEFAULT_PORTS.values()):
        raise UnsupportedUrl(f"port {port} is not one for files; 80, 443 and 1024 to 65535 are")
    return _host(host), port


def _host(text: str) -> str:
    """A host in the one form that is judged, resolved, and sent; ValueError when it is none."""
    if text.startswith("["):
        return str(literal_address(text[1:-1]))
    try:
        # Non-transitional UTS 46, as browsers do it; it also brings other full stops to ASCII.
        plain = unicodedata.normalize("NFKC", unquote(text, errors="strict")).lower()
        ascii_host = plain if plain.isascii() else idna.encode(plain, uts46=True).decode()
    except (idna.IDNAError, UnicodeError) as error:
        raise ValueError("the host is no name that machines can have") from error
    name = ascii_host.removesuffix(".")
    address = literal_address(name)
    if address is not None:
        return str(address)
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in name.split(".")):
        raise ValueError("the host is no name that machines can have")
    return name


def file_name(text: str) -> str:
    """The last part of a path as a name to show and to tell an extension by, never as a path.

    Control and invisible characters are left out, among them those that turn the direction of
    writing and make `gpj.exe` look like `exe.jpg`. At most 150 bytes of UTF-8, the extension
    kept; `download` when nothing is left.
    """
    last = re.split(r"[/\\]", text.rstrip("/\\"))[-1]
    visible = "".join(
        char for char in unicodedata.normalize("NFC", last) if unicodedata.category(char)[0] != "C"
    )
    name = visible.strip(" .")
    if len(name.encode()) > _MAX_NAME_BYTES:
        stem, dot, extension = name.rpartition(".")
        if not dot or len(extension.encode()) > 12:
            stem, dot, extension = name, "", ""
        room = _MAX_NAME_BYTES - len(f"{dot}{extension}".encode())
        name = f"{stem.encode()[:room].decode('utf-8', 'ignore')}{dot}{extension}"
    return name or "download"
