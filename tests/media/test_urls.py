"""URLs of files: what is taken apart into what, and what is not taken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from media.errors import UnsupportedUrl
from media.urls import MAX_URL_LENGTH, BucketUrl, HttpUrl, file_name, parse_url


def http(url: str) -> HttpUrl:
    parsed = parse_url(url)
    assert isinstance(parsed, HttpUrl)
    return parsed


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("http://example.com", ("http", "example.com", 80, "/")),
        ("HTTPS://Example.COM./a/b.mp4?x=1#part", ("https", "example.com", 443, "/a/b.mp4?x=1")),
        ("https://example.com:8443/", ("https", "example.com", 8443, "/")),
        ("http://example.com:/a", ("http", "example.com", 80, "/a")),
        (
            "http://Café.example/ü b?q=ä",
            ("http", "xn--caf-dma.example", 80, "/%C3%BC%20b?q=%C3%A4"),
        ),
        ("http://a_b.example/100%/%2e", ("http", "a_b.example", 80, "/100%25/%2e")),
        ("http://ex%61mple.com/a\\b", ("http", "example.com", 80, "/a%5Cb")),
        ("http://[2001:DB8:0::1]/", ("http", "2001:db8::1", 80, "/")),
        ("http://example.com?q", ("http", "example.com", 80, "/?q")),
    ],
)
def test_a_url_is_taken_apart(url: str, parts: tuple[str, str, int, str]) -> None:
    parsed = http(url)
    assert (parsed.scheme, parsed.host, parsed.port, parsed.target) == parts
    assert http(str(parsed)) == parsed


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.0.0.1.",
        "%31%32%37.0.0.1",
        "127%2E0.0.1",
        "\uff11\uff12\uff17.0.0.1",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "0x7F.1",
    ],
)
def test_every_notation_becomes_the_address_it_means(host: str) -> None:
    parsed = http(f"http://{host}/")
    assert parsed.host == "127.0.0.1"
    assert str(parsed.address) == "127.0.0.1"


def test_a_name_spells_out_no_address() -> None:
    assert http("http://localhost/").address is None
    assert http("http://127.0.0.1.example/").address is None


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("file:///etc/passwd", "file: is not"),
        ("ftp://example.com/a", "ftp: is not"),
        ("gopher://example.com:70/_x", "gopher: is not"),
        ("data:video/mp4;base64,AAAA", "data: is not"),
        ("javascript:alert(1)", "javascript: is not"),
        ("clip.mp4", "none of them"),
        ("//example.com/a", "none of them"),
        ("", "none of them"),
        ("http:example.com", "no machine"),
        ("http:///a", "no machine"),
        ("http://.", "no machine"),
        ("http://a..b/", "no machine"),
        ("http://-a.example/", "no machine"),
        ("http://exa mple.com/", "no machine"),
        ("http://a\\b/", "no machine"),
        ("http://%ff/", "no machine"),
        ("http://a%00.example/", "no machine"),
        ("http://a%2fb/", "no machine"),
        ("http://1.2.3.4.5/", "no machine"),
        ("http://[::1", "no machine"),
        ("http://[fe80::1%25eth0]/", "no machine"),
        ("http://[1.2.3.4]/", "no machine"),
        (f"http://{'a' * 64}.example/", "no machine"),
        (f"http://{'a.' * 127}example/", "no machine"),
        ("http://user@example.com/", "password"),
        ("http://example.com:80@127.0.0.1/", "password"),
        ("http://example.com\\@127.0.0.1/", "password"),
        ("http://example.com:0/", "port 0"),
        ("http://example.com:22/", "port 22"),
        ("http://example.com:65536/", "port 65536"),
        ("http://example.com:-1/", "no machine"),
        ("http://example.com/\r\nX: y", "control"),
        ("ht\ntp://example.com/", "control"),
        ("http://example.com/\ud800", "control"),
        ("s3:bucket/key", "s3://bucket/key"),
        ("s3://bucket", "s3://bucket/key"),
        ("s3://bucket/", "s3://bucket/key"),
        ("s3:///key", "s3://bucket/key"),
        (f"http://example.com/{'a' * MAX_URL_LENGTH}", "4,096"),
    ],
)
def test_what_is_not_taken_is_said(url: str, reason: str) -> None:
    with pytest.raises(UnsupportedUrl, match=reason):
        parse_url(url)


@given(st.text() | st.text(alphabet="htps:/@[]%.\\01ax?#~ ").map(lambda text: f"http://{text}"))
def test_any_text_is_a_url_that_stays_itself_or_is_refused(text: str) -> None:
    try:
        parsed = parse_url(text)
    except UnsupportedUrl:
        return
    assert parse_url(str(parsed)) == parsed
    if isinstance(parsed, HttpUrl):
        assert parsed.target.isascii()
        assert parsed.target.isprintable()
        assert " " not in parsed.target


def test_the_key_of_an_object_is_taken_as_it_is() -> None:
    parsed = parse_url("S3://My.bucket-1/a b/../c%20d?e#f.mp4")
    assert parsed == BucketUrl("My.bucket-1", "a b/../c%20d?e#f.mp4")
    assert parsed.filename == "c%20d?e#f.mp4"


@pytest.mark.parametrize(
    ("location", "leads_to"),
    [
        ("/c.mp4", "https://example.com/c.mp4"),
        ("c.mp4?x", "https://example.com/a/c.mp4?x"),
        ("//other.example/c", "https://other.example/c"),
        ("https://other.example:8443", "https://other.example:8443/"),
        ("https://2130706433/", "https://127.0.0.1/"),
    ],
)
def test_where_a_redirect_leads(location: str, leads_to: str) -> None:
    assert str(http("https://example.com/a/b.mp4").redirected(location)) == leads_to


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("file:///etc/passwd", "file: is not"),
        ("ftp://example.com/", "ftp: is not"),
        ("gopher://127.0.0.1:6379/_x", "gopher: is not"),
        ("s3://bucket/key", "to a bucket"),
        ("http://example.com/a", "from https to http"),
        ("https://user:secret@example.com/", "password"),
        ("https://[", "redirects elsewhere"),
        ("/a\r\nb", "not a URL"),
    ],
)
def test_a_redirect_that_is_not_followed(location: str, reason: str) -> None:
    with pytest.raises(UnsupportedUrl, match=reason):
        http("https://example.com/a").redirected(location)


def test_a_redirect_from_http_to_https_is_followed() -> None:
    assert http("http://example.com/a").redirected("https://example.com/a").port == 443


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("/a/clip.mp4", "clip.mp4"),
        ("/a/clip/", "clip"),
        ("..\\..\\evil.exe", "evil.exe"),
        ("../..", "download"),
        ("/", "download"),
        ("", "download"),
        (" . ", "download"),
        ("e\u0301te\u0301.mp4", "été.mp4"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\x00b\r\nc\u200b.mp4", "abc.mp4"),
        ("Küche und Flur.MOV", "Küche und Flur.MOV"),
        (".hidden.mp4", "hidden.mp4"),
    ],
)
def test_a_file_name_is_no_path(text: str, name: str) -> None:
    assert file_name(text) == name


@given(st.text(max_size=400), st.sampled_from([".mp4", ".jpeg", "", "." + "x" * 40]))
def test_a_file_name_is_short_and_keeps_its_extension(stem: str, extension: str) -> None:
    name = file_name(stem + extension)
    assert 0 < len(name.encode()) <= 150
    assert name not in {".", ".."}
    assert not {"/", "\\", "\x00", "\n"} & set(name)
    if extension == ".mp4" and file_name(stem) != "download":
        assert name.endswith(".mp4")
