"""Still and dark pictures are told from live ones, by scripted times."""

import numpy as np
from numpy.typing import NDArray

from director_app.capture.picture_watch import PictureWatch

Luma = NDArray[np.uint8]


def grain(seed: int, low: int = 60, high: int = 200) -> Luma:
    return np.random.default_rng(seed).integers(low, high, (180, 320), np.uint8)


def test_nothing_seen_is_neither_still_nor_dark() -> None:
    watch = PictureWatch()
    assert watch.still_s(100) == 0
    assert watch.dark_s(100) == 0


def test_identical_pictures_are_still_since_the_first_of_them() -> None:
    watch = PictureWatch()
    watch.look(grain(1), 10.0)
    for tenth in range(11, 40):
        watch.look(grain(2), tenth / 10 + 10)
    assert round(watch.still_s(14.0), 3) == 2.9
    watch.look(grain(3), 14.1)
    assert watch.still_s(14.1) == 0


def test_the_noise_of_a_sensor_is_life() -> None:
    watch = PictureWatch()
    for second in range(10):
        watch.look(grain(0) + np.random.default_rng(second).integers(0, 2, (180, 320), np.uint8), second)
    assert watch.still_s(9) == 0


def test_dark_counts_from_the_first_dark_picture() -> None:
    watch = PictureWatch()
    watch.look(grain(1), 5.0)
    for second in range(6, 10):
        watch.look(grain(second, 14, 30), second)
    assert watch.dark_s(10) == 4
    watch.look(grain(1), 10)
    assert watch.dark_s(10) == 0


def test_a_lamp_in_a_dark_room_is_no_lens_cap() -> None:
    watch = PictureWatch()
    room = grain(1, 14, 30)
    room[40:80, 40:80] = 200
    watch.look(room, 1)
    assert watch.dark_s(9) == 0


def test_pictures_smaller_than_the_grid_are_looked_at() -> None:
    watch = PictureWatch()
    watch.look(np.full((10, 10), 200, np.uint8), 1)
    assert watch.dark_s(2) == 0
