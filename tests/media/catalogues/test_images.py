"""The pictures that a catalogue names."""

import pytest

from media.catalogues.images import image_references, kind_of_reference
from media.keys import original, output
from tests.media.catalogues.tables import options


def test_pictures_of_good_rows_are_named_once_and_in_order() -> None:
    data = b"id,name,price,image\n1,a,1,b.jpg\n2,b,-1,c.jpg\n3,c,1,a.jpg\n4,d,1,b.jpg\n5,e,1,\n"
    assert image_references(data, "f.csv", options()) == ("b.jpg", "a.jpg")


def test_pictures_of_ateliers_are_their_portfolios() -> None:
    data = b"id,name,portfolio\n1,a,a.jpg|b.jpg\n2,b,\n3,c,b.jpg|c.jpg\n"
    assert image_references(data, "f.csv", options()) == ("a.jpg", "b.jpg", "c.jpg")


@pytest.mark.parametrize(
    ("reference", "kind"),
    [
        ("https://shop.example/a.jpg", "url"),
        ("s3://bucket/a.jpg", "url"),
        ("file:///etc/passwd", "url"),
        ("data:image/png;base64,AAAA", "url"),
        (original("ab" * 32, "jpg"), "key"),
        (output("library", "job", "0001", "lg", "webp"), "key"),
        ("originals/dress.jpg", "path"),
        ("originals/ab/../../jobs", "path"),
        ("outputs/library/../../x.webp", "path"),
        ("jobs/1/request.json", "path"),
        ("/static/img/dress.jpg", "path"),
        ("../dress.jpg", "path"),
        ("C:\\pictures\\dress.jpg", "path"),
        ("dress.jpg", "path"),
    ],
)
def test_an_address_a_key_and_a_path_are_told_apart(reference: str, kind: str) -> None:
    assert kind_of_reference(reference) == kind
