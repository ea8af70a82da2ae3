"""Buffers go home when nobody holds them any more, on whatever thread that happens."""

import threading
from fractions import Fraction

import numpy as np

from director_app.core.canvas import Canvas
from director_app.media.frame import FramePool, black_picture

CANVAS = Canvas(64, 36, Fraction(30))


def test_a_dropped_frame_is_lent_again() -> None:
    pool = FramePool(CANVAS)
    for _ in range(10):
        frame = pool.lend()
        assert frame.picture.shape == (54, 64)
        del frame
    assert pool.made == 1


def test_frames_in_flight_never_share_a_buffer() -> None:
    pool = FramePool(CANVAS)
    frames = [pool.lend() for _ in range(5)]
    assert len({frame.picture.ctypes.data for frame in frames}) == 5
    del frames
    again = [pool.lend() for _ in range(5)]
    assert len({frame.picture.ctypes.data for frame in again}) == 5
    assert pool.made == 5


def test_frames_may_be_dropped_on_any_thread() -> None:
    pool = FramePool(CANVAS)

    def lend_and_drop() -> None:
        for _ in range(500):
            pool.lend().picture[0, 0] = 1

    threads = [threading.Thread(target=lend_and_drop) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pool.made <= 4
    assert len([pool.lend() for _ in range(pool.made)]) == pool.made


def test_black_is_black() -> None:
    picture = black_picture(CANVAS)
    assert np.unique(picture[:36]).tolist() == [16]
    assert np.unique(picture[36:]).tolist() == [128]
