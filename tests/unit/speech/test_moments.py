"""Rows that come at the end and go from the front, and are one array all the time."""

import numpy as np
import pytest

from director_app.speech.moments import Rows


def rows(first: int, end: int) -> Rows:
    """Row n holds n and -n."""
    made = Rows(2)
    for number in range(first, end):
        made.append(np.array([number, -number]))
    return made


@pytest.mark.parametrize("count", [0, 1, 255, 256, 257, 3000])
def test_every_row_is_there_in_order(count: int) -> None:
    made = rows(0, count)
    assert len(made) == count
    assert made.array.tolist() == [[number, -number] for number in range(count)]
    assert [row[0] for row in made] == list(range(count))


def test_what_is_forgotten_makes_room_for_what_comes() -> None:
    made = Rows(2)
    for number in range(10_000):
        made.append(np.array([number, -number]))
        made.forget(max(0, len(made) - 100))
    assert made.array[:, 0].tolist() == list(range(9_900, 10_000))
    assert len(made._rows) < 1_000


def test_rows_of_another_come_after_one_s_own() -> None:
    made = rows(0, 200)
    made.extend(rows(200, 900))
    made.extend(rows(0, 0))
    assert made.array[:, 0].tolist() == list(range(900))


def test_rows_in_another_order_are_rows_of_their_own() -> None:
    made = rows(0, 5)
    turned = made.ordered([4, 0])
    turned.append(np.array([9, 9]))
    assert turned.array[:, 0].tolist() == [4, 0, 9]
    assert len(made.ordered([])) == 0
    assert len(made) == 5
