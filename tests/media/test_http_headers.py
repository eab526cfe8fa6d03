"""What headers say about a file."""

from datetime import UTC, datetime

import pytest

from media.http_headers import attachment_name, media_type, retry_after_s


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ("attachment", None),
        ("", None),
        ("attachment; filename=clip.mp4", "clip.mp4"),
        ('attachment; filename="my clip; 1.mp4"; size=3', "my clip; 1.mp4"),
        (r'attachment; filename="a \"b\".mp4"', 'a "b".mp4'),
        ('inline; FileName = "clip.mp4"', "clip.mp4"),
        ("attachment; filename*=UTF-8''K%C3%BCche.mp4; filename=kitchen.mp4", "Küche.mp4"),
        ("attachment; filename=kitchen.mp4; filename*=utf-8'de'K%C3%BCche.mp4", "Küche.mp4"),
        ("attachment; filename*=iso-8859-1''K%FCche.mp4", "Küche.mp4"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ("attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd"),
        ('attachment; filename="C:\\\\Videos\\\\clip.mp4"', "clip.mp4"),
        ('attachment; filename=""', None),
        ('attachment; filename=".."', "download"),
    ],
)
def test_the_name_of_an_attachment(disposition: str, name: str | None) -> None:
    assert attachment_name(disposition) == name


@pytest.mark.parametrize(
    ("content_type", "found"),
    [
        ("video/mp4", "video/mp4"),
        ("Text/HTML; charset=utf-8", "text/html"),
        ("", None),
        ("video", None),
        ("video/mp4<script>", None),
        (f"video/{'x' * 100}", None),
    ],
)
def test_the_type_a_server_claims(content_type: str, found: str | None) -> None:
    assert media_type(content_type) == found


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Fri, 01 Jan 2027 00:01:30 GMT", 90.0),
        ("Thu, 31 Dec 2026 23:00:00 GMT", 0.0),
        ("Fri, 01 Jan 2027 00:01:30", 90.0),
        ("soon", 0.0),
        ("-5", 0.0),
        ("", 0.0),
        ("99999999999999999999", 0.0),
    ],
)
def test_when_to_ask_again(value: str, seconds: float) -> None:
    assert retry_after_s(value, datetime(2027, 1, 1, tzinfo=UTC)) == seconds
