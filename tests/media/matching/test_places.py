"""Places: the same city, region or country in any spelling, and no other."""

import pytest

from media.matching.places import same_place


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("Lyon", "Lyon"),
        ("lyon", "Lyon, France"),
        ("Lyon, France", "LYON"),
        ("Lyon France", "Lyon, France"),
        ("France", "Lyon, Auvergne-Rhône-Alpes, France"),
        ("auvergne rhone alpes", "Lyon (Auvergne-Rhône-Alpes)"),
        ("Nice, France", "Lyon, France"),
        ("Nice France", "Lyon, France"),
        ("Milan", "Milano, Italia"),
        ("Italy", "Milano (MI), Italia"),
        ("München", "Munich, Germany"),
        ("USA", "Brooklyn, New York, United States"),
        ("New York City", "Brooklyn / NYC"),
        ("Lyon", "12 rue Neuve, 69002 Lyon"),
        ("London, UK", "Leeds - United Kingdom"),
        ("New Delhi, India", "Mumbai, India"),
    ],
)
def test_the_same_place(asked: str, stated: str) -> None:
    assert same_place(asked, stated)
    assert same_place(stated, asked)


@pytest.mark.parametrize(
    ("asked", "stated"),
    [
        ("Lyon", "Porto"),
        ("York", "New York"),
        ("New York", "New Delhi"),
        ("Paris, France", "Paris, United States"),
        ("Mexico", "Santa Fe, New Mexico"),
        ("69002", "69002 Porto"),
        ("", "Lyon"),
        (" , ", " , "),
        ("12", "12"),
    ],
)
def test_another_place(asked: str, stated: str) -> None:
    assert not same_place(asked, stated)
    assert not same_place(stated, asked)
