"""Refusals: no URL, redirect or name server leads to a machine that is not public.

127.0.0.2 plays the public internet, by being allowed; 127.0.0.1 is what has to stay out of reach.
"""

import socket
from collections.abc import Callable, Iterator, Sequence

import pytest

from media.errors import DownloadFailed, ForbiddenAddress, InvalidSetting, UnsupportedUrl
from resources.object_store import ObjectStore
from resources.settings import Settings
from resources.url_ingest import UrlIngest
from tests.resources.file_server import FileServer, file, redirect, second_at_port

KEY = "submissions/J/0001-clip.mp4"
PUBLIC, PRIVATE = "127.0.0.2", "127.0.0.1"

NAMES = {
    "public.example": [PUBLIC],
    "private.example": [PRIVATE],
    "mapped.example": [f"::ffff:{PRIVATE}"],
    "mixed.example": [PUBLIC, PRIVATE],
    "mixed-too.example": [PRIVATE, PUBLIC],
    "metadata.example": ["169.254.169.254"],
    "six.example": ["fd00:ec2::254"],
    "localhost": ["::1", PRIVATE],
}
SECRET = b"what nobody outside may read"


@pytest.fixture
def public() -> Iterator[FileServer]:
    with FileServer(PUBLIC) as running:
        running.routes["/clip"] = file(b"public bytes")
        yield running


@pytest.fixture
def private(public: FileServer) -> Iterator[FileServer]:
    """A server that has to stay out of reach, at the public one's port."""
    running = second_at_port(PRIVATE, public.port)
    if running is None:
        pytest.skip("the port is taken on the other address")
    with running:
        running.routes["/clip"] = file(SECRET)
        yield running


@pytest.fixture
def ingest(settings: Settings) -> Callable[..., UrlIngest]:
    """Makes an ingest that knows the names above and may reach the public server."""

    def make(
        resolver: Callable[[str, int], Sequence[str]] = lambda host, port: NAMES[host],
        allowed_networks: Sequence[str] = (PUBLIC,),
    ) -> UrlIngest:
        return UrlIngest(
            ObjectStore.from_settings(settings),
            max_bytes=1_000_000,
            tries=4,
            resolver=resolver,
            allowed_networks=allowed_networks,
        )

    return make


NOTATIONS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "2130706433",
    "0x7f000001",
    "0X7F.0.0.1",
    "0177.0.0.1",
    "017700000001",
    "0x7f.1",
    "127.0.0.1.",
    "%31%32%37.0.0.1",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:7f00:0001]",
    "[64:ff9b::7f00:1]",
    "[::127.0.0.1]",
    "[::1]",
    "[2002:7f00:1::]",
    "0.0.0.0",  # noqa: S104
    "0",
    "[::]",
]


@pytest.mark.parametrize("host", NOTATIONS)
def test_loopback_is_refused_in_every_notation(
    public: FileServer, private: FileServer, ingest: Callable[..., UrlIngest], host: str
) -> None:
    url = f"http://{host}:{private.port}/clip"
    with pytest.raises(ForbiddenAddress):
        ingest().check(url)
    with pytest.raises(ForbiddenAddress):
        ingest().fetch(url, KEY)
    public.routes["/away"] = redirect(url)
    with pytest.raises(ForbiddenAddress):
        ingest().fetch(public.url("/away", "public.example"), KEY)
    assert private.connections == 0
    assert len(public.requests) == 1


@pytest.mark.parametrize("host", [name for name in NAMES if name != "public.example"])
def test_a_name_is_refused_when_one_of_its_addresses_is_not_public(
    public: FileServer, private: FileServer, ingest: Callable[..., UrlIngest], host: str
) -> None:
    url = f"http://{host}:{private.port}/clip"
    ingest().check(url)
    with pytest.raises(ForbiddenAddress) as refused:
        ingest().fetch(url, KEY)
    for address in NAMES[host]:
        assert address not in str(refused.value)
    public.routes["/away"] = redirect(url)
    with pytest.raises(ForbiddenAddress):
        ingest().fetch(public.url("/away", "public.example"), KEY)
    assert private.connections == 0
    assert len(public.requests) == 1


def test_the_machines_own_names_are_refused(private: FileServer, settings: Settings) -> None:
    fetching = UrlIngest(ObjectStore.from_settings(settings), max_bytes=1_000_000)
    with pytest.raises(ForbiddenAddress):
        fetching.fetch(private.url("/clip", "localhost"), KEY)
    assert private.connections == 0


def test_the_private_server_could_be_reached(
    private: FileServer, ingest: Callable[..., UrlIngest], settings: Settings
) -> None:
    """Without this, the tests above would pass with a server that nobody can reach."""
    for host in ("127.0.0.1", "2130706433", "private.example", "[::ffff:127.0.0.1]"):
        ingest(allowed_networks=["127.0.0.0/8"]).fetch(private.url("/clip", host), KEY)
        assert ObjectStore.from_settings(settings).get(KEY) == SECRET
    assert private.connections == 4


def test_what_was_judged_is_what_is_connected_to(
    public: FileServer, private: FileServer, ingest: Callable[..., UrlIngest], settings: Settings
) -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(host)
        return [PUBLIC] if len(asked) == 1 else [PRIVATE]

    ingest(rebinding).fetch(public.url("/clip", "rebinding.example"), KEY)
    assert ObjectStore.from_settings(settings).get(KEY) == b"public bytes"
    assert asked == ["rebinding.example"]
    with pytest.raises(ForbiddenAddress):
        ingest(rebinding).fetch(public.url("/clip", "rebinding.example"), KEY)
    assert private.connections == 0


def test_a_redirect_to_the_same_name_is_judged_anew(
    public: FileServer, private: FileServer, ingest: Callable[..., UrlIngest]
) -> None:
    answers = iter([[PUBLIC], [PUBLIC], [PRIVATE]])
    public.routes["/a"] = redirect("/b")
    public.routes["/b"] = redirect("/clip")
    with pytest.raises(ForbiddenAddress):
        ingest(lambda host, port: next(answers)).fetch(public.url("/a", "rebinding.example"), KEY)
    assert [path for path, _ in public.requests] == ["/a", "/b"]
    assert private.connections == 0


def test_a_second_try_is_judged_anew(
    public: FileServer, private: FileServer, ingest: Callable[..., UrlIngest]
) -> None:
    answers = iter([[PUBLIC], [PRIVATE]])
    public.routes["/clip"] = lambda exchange: exchange.head(503)
    with pytest.raises(ForbiddenAddress):
        ingest(lambda host, port: next(answers)).fetch(public.url("/clip", "busy.example"), KEY)
    assert private.connections == 0


def test_who_is_at_the_other_end_is_looked_at_before_anything_is_sent(
    private: FileServer, ingest: Callable[..., UrlIngest]
) -> None:
    """A connection to 0.0.0.0 ends at 127.0.0.1, so here the two are not the same."""
    fetching = ingest(allowed_networks=["0.0.0.0/32"])
    with pytest.raises(ForbiddenAddress):
        fetching.fetch(private.url("/clip", "0"), KEY)
    assert private.requests == []


def test_an_address_that_does_not_answer_leaves_the_next(
    public: FileServer, ingest: Callable[..., UrlIngest]
) -> None:
    fetching = ingest(lambda host, port: ["127.0.0.3", PUBLIC], [PUBLIC, "127.0.0.3"])
    assert fetching.fetch(public.url("/clip", "two.example"), KEY).bytes == 12


def test_an_ipv6_address_is_connected_to(ingest: Callable[..., UrlIngest]) -> None:
    try:
        running = FileServer("::1")
    except OSError:
        pytest.skip("there is no IPv6 on this machine")
    with running as six:
        six.routes["/clip"] = file(b"by IPv6")
        fetching = ingest(allowed_networks=["::1"])
        assert fetching.fetch(six.url("/clip", "[0::1]"), KEY).bytes == 7
        [(_, headers)] = six.requests
    assert headers["Host"] == f"[::1]:{six.port}"


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://a.example/b", "gopher://127.0.0.1:6379/_x", "s3://bucket/key"],
)
def test_a_redirect_to_another_scheme_is_refused(
    public: FileServer, settings: Settings, location: str
) -> None:
    fetching = UrlIngest(
        ObjectStore.from_settings(settings),
        max_bytes=1_000_000,
        allowed_networks=[PUBLIC],
        buckets=["bucket"],
    )
    public.routes["/away"] = redirect(location)
    with pytest.raises(UnsupportedUrl, match="redirects"):
        fetching.fetch(public.url("/away", PUBLIC), KEY)
    assert len(public.requests) == 1


def test_a_refresh_is_no_redirect(public: FileServer, ingest: Callable[..., UrlIngest]) -> None:
    public.routes["/a"] = file(b"<html>", Refresh="0; url=/clip")
    assert ingest().fetch(public.url("/a", "public.example"), KEY).bytes == 6
    assert len(public.requests) == 1


def test_no_proxy_of_the_environment_is_used(
    public: FileServer,
    private: FileServer,
    ingest: Callable[..., UrlIngest],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, private.url(""))
    ingest().fetch(public.url("/clip", "public.example"), KEY)
    assert private.connections == 0


def test_names_that_cannot_be_resolved(ingest: Callable[..., UrlIngest]) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    fetching = UrlIngest(ingest().store, max_bytes=1, tries=1, resolver=resolver)
    with pytest.raises(DownloadFailed, match="could not be resolved"):
        fetching.fetch("http://a.example/", KEY)


def test_a_wrong_network_is_told_with_its_setting(ingest: Callable[..., UrlIngest]) -> None:
    with pytest.raises(InvalidSetting, match=r"SHOWROOM_URL_NETWORKS.*10\.0\.0\.1/8"):
        ingest(allowed_networks=["10.0.0.1/8"])
