"""Pieces of any length, read in any other."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.media.sound.pieces import Pieces


def in_pieces(*lengths: int) -> Iterator[NDArray[np.int32]]:
    at = 0
    for length in lengths:
        yield np.arange(at, at + length, dtype=np.int32)
        at += length


@pytest.mark.parametrize("count", [1, 3, 4, 7, 100])
def test_every_sample_comes_once_and_only_the_last_reading_is_short(count: int) -> None:
    pieces = Pieces(in_pieces(4, 0, 1, 7))
    read: list[int] = []
    while not pieces.is_over:
        got = [int(each) for part in pieces.take(count) for each in part]
        assert len(got) == count or pieces.is_over
        read += got
    assert read == list(range(12))
    assert pieces.take(count) == []


def test_nothing_at_all_is_over_at_once() -> None:
    assert Pieces(in_pieces()).is_over


def test_a_piece_that_cannot_be_made_raises_when_it_is_due() -> None:
    def broken() -> Iterator[NDArray[np.int32]]:
        yield np.zeros(2, np.int32)
        raise OSError("gone")

    pieces = Pieces(broken())
    assert len(pieces.take(1)[0]) == 1
    with pytest.raises(OSError, match="gone"):
        pieces.take(2)
