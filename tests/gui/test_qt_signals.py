"""A fault of one release of PySide6 that ended the process after some thousand signals must not come back."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal

pytestmark = pytest.mark.computes


class _Speaker(QObject):
    said = Signal(bool)
    spoke = Signal()


def test_signals_take_no_reference_away_from_true() -> None:
    speaker = _Speaker()
    heard: list[bool] = []
    speaker.said.connect(heard.append)
    before = sys.getrefcount(True)  # noqa: FBT003 - the object itself is the point
    for _ in range(2000):
        speaker.spoke.emit()
        speaker.said.emit(True)  # noqa: FBT003 - the object itself is the point
        heard.clear()
    assert abs(sys.getrefcount(True) - before) < 100  # noqa: FBT003 - the object itself is the point
