"""Duplicates: groups around the picture to keep, each member near it, and the reasons."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFilter

from media.duplicates import Duplicate, DuplicateGroup, near_duplicates
from media.hashing import hamming_distance
from media.limits import MediaLimits
from media.picture_facts import picture_facts
from tests.media.pictures import encoded, photo

BASE = 0x5A5A_5A5A_5A5A_5A5A
SCHEMA = {
    "key": pl.String,
    "content_sha256": pl.String,
    "perceptual_hash": pl.String,
    "sharpness": pl.Float64,
    "width_px": pl.Int64,
    "height_px": pl.Int64,
}


def flipped(*bits: int) -> str:
    return f"{BASE ^ sum(1 << bit for bit in bits):016x}"


def far(number: int) -> str:
    """Hashes with half of their bits set, far from one another and from `flipped`."""
    return ["ff00ff00ff00ff00", "0f0f0f0ff0f0f0f0", "3333cccc3333cccc"][number]


def table(*rows: tuple[str, str | None, str | None, float | None, int]) -> pl.DataFrame:
    """Pictures (key, content, hash, sharpness, side)."""
    return pl.DataFrame([(*row, row[-1]) for row in rows], schema=SCHEMA, orient="row")


def test_equal_bytes_are_one_picture_kept_under_the_least_key() -> None:
    pictures = table(
        ("c", "same", None, 5.0, 100), ("a", "same", None, 5.0, 100), ("b", "x", None, 5.0, 100)
    )
    assert near_duplicates(pictures) == [DuplicateGroup("a", (Duplicate("c", "same bytes"),))]


def test_unknown_bytes_and_hashes_equal_no_others() -> None:
    assert near_duplicates(table(("a", None, None, 5.0, 9), ("b", None, None, 5.0, 9))) == []


def test_near_hashes_are_a_group_and_say_how_near() -> None:
    pictures = table(
        ("far", "1", far(0), 9.0, 100),
        ("three", "2", flipped(1, 20, 40), 5.0, 100),
        ("best", "3", flipped(), 9.0, 100),
        ("six", "4", flipped(1, 2, 3, 4, 5, 6), 5.0, 100),
        ("seven", "5", flipped(10, 11, 12, 13, 14, 15, 16), 5.0, 100),
    )
    assert near_duplicates(pictures) == [
        DuplicateGroup(
            "best",
            (
                Duplicate("three", "perceptual hash, 3 of 64 bits apart"),
                Duplicate("six", "perceptual hash, 6 of 64 bits apart"),
            ),
        )
    ]
    (wider,) = near_duplicates(pictures, max_distance=7)
    assert [other.key for other in wider.others] == ["three", "six", "seven"]


def test_vectors_join_what_hashes_do_not() -> None:
    pictures = table(("a", "1", far(0), 9.0, 10), ("b", "2", far(1), 5.0, 10))
    (group,) = near_duplicates(pictures, alike=[(1, 0, 0.9811)])
    assert group == DuplicateGroup("a", (Duplicate("b", "vectors, 0.98 alike"),))


def test_reasons_come_in_the_order_of_their_certainty() -> None:
    pictures = table(
        ("vector", "1", far(0), 5.0, 10),
        ("hash", "2", flipped(3), 5.0, 10),
        ("kept", "3", flipped(), 9.0, 10),
        ("kept too", "3", flipped(), 9.0, 10),
    )
    (group,) = near_duplicates(pictures, alike=[(0, 2, 0.97), (1, 2, 0.99)])
    assert group.others == (
        Duplicate("kept too", "same bytes"),
        Duplicate("hash", "perceptual hash, 1 of 64 bits apart"),
        Duplicate("vector", "vectors, 0.97 alike"),
    )


def test_the_sharpest_is_kept_then_the_largest_then_the_least_key() -> None:
    def kept(*rows: tuple[str, float, int]) -> str:
        pictures = table(*((key, key, flipped(), sharp, side) for key, sharp, side in rows))
        return near_duplicates(pictures)[0].keep

    assert kept(("a", 5.0, 900), ("b", 9.0, 300)) == "b"
    assert kept(("a", 9.0, 300), ("b", 9.0, 900)) == "b"
    assert kept(("b", 9.0, 300), ("a", 9.0, 300)) == "a"
    # A copy of half the size that resampling left a trace sharper.
    assert kept(("a", 9.2, 1500), ("b", 9.0, 4000)) == "b"


def test_the_largest_is_not_kept_when_it_is_not_near_all() -> None:
    pictures = table(
        ("one side", "1", flipped(1, 2, 3, 4), 9.0, 4000),
        ("middle", "2", flipped(), 9.1, 1000),
        ("other side", "3", flipped(10, 11, 12, 13), 5.0, 1000),
    )
    assert near_duplicates(pictures)[0].keep == "middle"


def test_small_differences_do_not_chain() -> None:
    steps = [flipped(*range(5 * number)) for number in range(6)]
    pictures = table(*((f"{n}", f"{n}", text, 9.0 - n, 10) for n, text in enumerate(steps)))
    groups = near_duplicates(pictures)
    assert [(group.keep, [other.key for other in group.others]) for group in groups] == [
        ("0", ["1"]),
        ("2", ["3"]),
        ("4", ["5"]),
    ]


def test_blank_pictures_and_gradients_are_no_duplicates_of_one_another() -> None:
    across = Image.linear_gradient("L").rotate(90)
    blanks = [
        Image.new("RGB", (300, 200), "white"),
        Image.new("RGB", (200, 300), "navy"),
        Image.linear_gradient("L").convert("RGB"),
        across.convert("RGB"),
        across.point(lambda level: level // 2 + 60).convert("RGB"),
    ]
    assert near_duplicates(measured(blanks)) == []


def test_copies_of_photos_are_found_and_the_original_is_kept() -> None:
    first, second = photo(900, 600, seed=1), photo(900, 600, seed=2)
    grain = Image.effect_noise((900, 600), 40).convert("RGB")
    original = Image.blend(first, grain, 0.2)
    small = original.resize((450, 300), Image.Resampling.LANCZOS)
    blurred = original.filter(ImageFilter.GaussianBlur(2))
    (group,) = near_duplicates(measured([small, original, second, blurred]))
    assert group.keep == "1"
    assert {other.key for other in group.others} == {"0", "3"}


def test_one_style_in_two_colors_is_no_duplicate() -> None:
    shirts = []
    for color in ("#7a2b2b", "#2b4a2b", "#2b2b7a"):
        shirt = Image.new("RGB", (400, 500), "white")
        ImageDraw.Draw(shirt).polygon([(90, 60), (330, 90), (300, 440), (120, 430)], fill=color)
        shirts.append(shirt)
    copy = shirts[0].resize((200, 250), Image.Resampling.LANCZOS)
    pictures = measured([*shirts, copy])
    (group,) = near_duplicates(pictures)
    assert (group.keep, [other.key for other in group.others]) == ("0", ["3"])
    # Hashes alone take them all for one, and so does somebody who compared their shapes.
    assert len(near_duplicates(pictures.drop("chroma_layout"))[0].others) == 3
    groups = near_duplicates(pictures, alike=[(0, 1, 0.99)])
    assert "vectors, 0.99 alike" in [other.why for group in groups for other in group.others]


def test_unknown_colors_are_no_obstacle() -> None:
    pictures = table(("a", "1", flipped(), 9.0, 10), ("b", "2", flipped(1), 5.0, 10))
    grey = pl.Series("chroma_layout", ["80" * 32, None])
    assert len(near_duplicates(pictures.with_columns(grey))) == 1
    green = pl.Series("chroma_layout", ["80" * 32, "5080" * 16])
    assert near_duplicates(pictures.with_columns(green)) == []


def measured(pictures: list[Image.Image]) -> pl.DataFrame:
    rows = []
    for number, picture in enumerate(pictures):
        facts = picture_facts(encoded(picture, "JPEG", quality=88), MediaLimits())
        size_px = facts.width_px, facts.height_px
        look = facts.perceptual_hash, facts.sharpness or None
        rows.append((str(number), str(number), *look, *size_px, facts.chroma_layout))
    return pl.DataFrame(rows, schema={**SCHEMA, "chroma_layout": pl.String}, orient="row")


@given(
    st.lists(
        st.tuples(
            st.sampled_from("xyzuvw"),
            st.sets(st.integers(0, 63), max_size=8),
            st.one_of(st.none(), st.floats(0, 50)),
            st.integers(1, 4),
        ),
        max_size=14,
    ),
    st.lists(st.tuples(st.integers(0, 13), st.integers(0, 13), st.floats(0.9, 1)), max_size=6),
)
@settings(max_examples=150, deadline=None)
def test_every_member_is_near_the_kept_one_and_in_one_group(
    drawn: list[tuple[str, set[int], float | None, int]], pairs: list[tuple[int, int, float]]
) -> None:
    rows = [
        (f"{n:02}", f"{text}{sorted(bits)}{sharp}{side}", flipped(*bits), sharp, side)
        for n, (text, bits, sharp, side) in enumerate(drawn)
    ]
    alike = [pair for pair in pairs if max(pair[:2]) < len(rows)]
    groups = near_duplicates(table(*rows), alike)
    of_key = {row[0]: row for row in rows}
    linked = {frozenset((rows[i][1], rows[j][1])) for i, j, _ in alike}
    named = [key for group in groups for key in (group.keep, *(o.key for o in group.others))]
    assert len(named) == len(set(named))
    for group in groups:
        keep = of_key[group.keep]
        for other in group.others:
            row = of_key[other.key]
            apart = hamming_distance(str(keep[2]), str(row[2]))
            if other.why == "same bytes":
                assert keep[1] == row[1]
            elif other.why.startswith("perceptual"):
                assert f", {apart} of 64 " in other.why
                assert apart <= 6
            else:
                assert frozenset((keep[1], row[1])) in linked
    # Of two pictures that are near, at most one is in no group.
    alone = [row for row in rows if row[0] not in named]
    for n, one in enumerate(alone):
        assert all(hamming_distance(str(one[2]), str(o[2])) > 6 for o in alone[:n])
