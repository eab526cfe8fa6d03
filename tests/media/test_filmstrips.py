"""Filmstrips: everything in its place, whatever the clip."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from media.filmstrips import PAGE_PX, ClipStrip, filmstrip_sheet
from media.score_plots import ACCENT, MAT, TimeScale, clock, column_tops, score_plot
from tests.media.pictures import BLUE, GREEN, RED, decoded, encoded, near, pixel

PAPER = (250, 250, 248)
NO_VALUES = np.array([], np.float64)


def solid(color: tuple[int, ...], size: tuple[int, int] = (160, 90)) -> bytes:
    return encoded(Image.new("RGB" if len(color) == 3 else "RGBA", size, color))


def strip(**changes: object) -> ClipStrip:
    times_s = np.arange(40) / 10
    fields: dict[str, object] = {
        "title": "clip.mp4",
        "duration_s": 4.0,
        "times_s": times_s,
        "scores": 20 + 10 * np.sin(times_s),
        "proxies": [(0.0, solid(RED)), (1.5, solid(GREEN)), (3.0, solid(BLUE))],
    }
    return ClipStrip(**(fields | changes))  # type: ignore[arg-type]


def page(*clips: ClipStrip) -> Image.Image:
    return decoded(filmstrip_sheet(clips, "png"))


def found(image: Image.Image, color: tuple[int, ...]) -> list[tuple[int, int]]:
    rows, columns = np.nonzero((np.asarray(image.convert("RGB")) == color).all(axis=2))
    return list(zip(columns.tolist(), rows.tolist(), strict=True))


def test_the_strip_runs_with_time() -> None:
    image = page(strip())
    assert image.width == PAGE_PX
    red, green, blue = (found(image, color) for color in (RED, GREEN, BLUE))
    assert max(x for x, _ in red) < min(x for x, _ in green)
    assert max(x for x, _ in green) < min(x for x, _ in blue)
    # Each of the three is nearest to so much of the time: to 0.75 s, to 2.25 s, to the end.
    assert len(red) < len(green) < len(blue)


def test_winners_are_marked_where_they_are() -> None:
    plain = page(strip())
    marked = page(strip(winners=[(1.0, "1.0 s", solid((1, 2, 3)))]))
    assert found(plain, ACCENT) == []
    spots = [x for x, _ in found(marked, ACCENT)]
    assert np.mean(spots) == pytest.approx(28 + (PAGE_PX - 56) / 4, abs=2)
    assert len(found(marked, (1, 2, 3))) > 1000


def test_finals_are_on_a_checkerboard() -> None:
    image = page(strip(finals=[("transparent", solid((9, 9, 9, 0), (300, 300)))]))
    assert len(found(image, (232, 232, 230))) > 5000


def test_clips_are_below_each_other() -> None:
    one, two = page(strip()), page(strip(), strip())
    assert two.height > 1.8 * one.height - 60
    again = two.crop((0, 0, PAGE_PX, one.height - 28))
    assert list(again.get_flattened_data()) == list(
        one.crop((0, 0, PAGE_PX, one.height - 28)).get_flattened_data()
    )


def test_a_refused_clip_says_why() -> None:
    refused = {"times_s": NO_VALUES, "scores": NO_VALUES, "proxies": [], "duration_s": 0.0}
    without, within = page(strip(**refused)), page(strip(**refused, note="It was cut off. " * 30))
    assert without.height < within.height
    assert len(found(within, PAPER)) < within.width * within.height


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "W" * 5000, "note": "w" * 5000},
        {"title": "", "note": "line\nbreak \x00 日本語"},
        {"proxies": [(0.0, b"rubbish"), (1.0, b"")]},
        {"proxies": [(0.0, solid(RED, (2, 900)))]},
        {"winners": [(99.0, "late", b"rubbish")] * 30},
        {"scores": np.full(40, np.nan)},
        {"scores": np.full(40, -500.0)},
        {"scores": np.zeros(40)},
        {"times_s": np.zeros(1), "scores": np.ones(1), "duration_s": 0.0},
        {"times_s": NO_VALUES, "scores": NO_VALUES},
        {"duration_s": 1e6},
        {"duration_s": 1e-6},
    ],
)
def test_any_clip_has_a_strip(changes: dict[str, object]) -> None:
    assert page(strip(**changes)).width == PAGE_PX


def test_no_clips_and_jpeg() -> None:
    assert decoded(filmstrip_sheet([])).size == (PAGE_PX, 56)
    image = Image.open(BytesIO(filmstrip_sheet([strip()])))
    assert image.format == "JPEG"
    assert near(pixel(image.convert("RGB"), 3, 3), PAPER)


def test_no_peak_is_lost() -> None:
    times_s = np.linspace(0, 1800, 54_000)
    scores = np.ones(54_000)
    scores[12_345] = 70
    tops = column_tops(times_s, scores, 1800, 500)
    assert tops.max() == 70
    assert int(tops.argmax()) == TimeScale(0, 500, 1800).x_px(float(times_s[12_345]))
    assert (tops == 1).sum() == 499


def test_between_samples_is_a_straight_line() -> None:
    tops = column_tops(np.array([0.0, 1.0]), np.array([0.0, 10.0]), 1.0, 11)
    assert tops == pytest.approx(np.arange(11))


def test_higher_scores_are_drawn_higher() -> None:
    plot = score_plot(np.arange(3.0), np.array([1.0, 9.0, 5.0]), [], 2.0, (300, 100))
    tops = [next(y for y in range(100) if pixel(plot, x, y) != MAT) for x in (2, 149, 295)]
    assert tops[1] < tops[2] < tops[0]


def test_clocks() -> None:
    assert [clock(t) for t in (0, 0.5, 12, 59.94, 60, 605)] == [
        "0 s", "0.5 s", "12 s", "59.9 s", "1:00", "10:05"
    ]  # fmt: skip
