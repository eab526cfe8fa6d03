"""Room for pixels: small work shares it, large work waits for it and goes alone."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from resources.pixel_room import PixelRoom


def test_work_that_fits_together_is_inside_together() -> None:
    room = PixelRoom(10)
    both = threading.Barrier(2)

    def work() -> int:
        with room.taken_by(5):
            return both.wait(10)

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(lambda _: work(), range(2))) == [0, 1]


def test_work_larger_than_the_room_goes_alone() -> None:
    room = PixelRoom(10)
    inside: list[int] = []
    seen: list[tuple[int, ...]] = []

    def work(pixels: int) -> None:
        with room.taken_by(pixels):
            inside.append(pixels)
            seen.append(tuple(inside))
            inside.remove(pixels)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, [3, 99, 4, 99, 3, 99] * 20))
    assert len(seen) == 120
    assert all(len(together) == 1 for together in seen if 99 in together)


def test_room_is_given_back_when_work_fails() -> None:
    room = PixelRoom(10)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError), room.taken_by(10):
            print(1 / 0)  # noqa: T201 - the division is what fails
    with room.taken_by(10):
        pass
