"""Keys as keyboards send them: by place, by character, from the numeric pad."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from director_app.gui.keys import key_name

pytestmark = pytest.mark.patient

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def _name(key: Qt.Key, held: Qt.KeyboardModifier = NONE, scan_code: int = 0, platform: str = "linux") -> str | None:
    event = QKeyEvent(QEvent.Type.KeyPress, key.value, held, scan_code, 0, 0, "")
    return key_name(event, platform)


@pytest.mark.parametrize(
    ("key", "held", "name"),
    [
        (Qt.Key.Key_1, NONE, "1"),
        (Qt.Key.Key_W, NONE, "W"),
        (Qt.Key.Key_R, SHIFT, "Shift+R"),
        (Qt.Key.Key_K, CTRL, "Ctrl+K"),
        (Qt.Key.Key_Return, NONE, "Enter"),
        (Qt.Key.Key_Enter, KEYPAD, "Enter"),
        (Qt.Key.Key_5, KEYPAD, "5"),
        (Qt.Key.Key_Question, SHIFT, "?"),
        (Qt.Key.Key_Plus, CTRL | SHIFT, "Ctrl++"),
        (Qt.Key.Key_F11, NONE, "F11"),
        (Qt.Key.Key_Escape, NONE, "Esc"),
        (Qt.Key.Key_Shift, SHIFT, None),
        (Qt.Key.Key_Udiaeresis, NONE, None),
    ],
)
def test_keys_have_the_names_of_the_key_map(key: Qt.Key, held: Qt.KeyboardModifier, name: str | None) -> None:
    assert _name(key, held) == name


def test_a_french_keyboard_takes_cameras_by_the_place_of_the_key() -> None:
    assert _name(Qt.Key.Key_Ampersand, NONE, scan_code=10) == "1"
    assert _name(Qt.Key.Key_1, SHIFT, scan_code=10) == "Shift+1"


def test_a_sign_in_the_row_of_digits_is_a_digit_unless_ctrl_is_held() -> None:
    assert _name(Qt.Key.Key_Minus, NONE, scan_code=15) == "6"
    assert _name(Qt.Key.Key_Plus, SHIFT, scan_code=10) == "Shift+1"
    assert _name(Qt.Key.Key_Minus, CTRL, scan_code=15) == "Ctrl+-"
    assert _name(Qt.Key.Key_Minus, CTRL, scan_code=20) == "Ctrl+-"


def test_a_key_of_the_system_is_no_key_of_the_desk() -> None:
    assert _name(Qt.Key.Key_R, Qt.KeyboardModifier.MetaModifier) is None


def test_shift_and_a_digit_on_an_american_keyboard() -> None:
    assert _name(Qt.Key.Key_Exclam, SHIFT, scan_code=10) == "Shift+1"
    assert _name(Qt.Key.Key_Exclam, SHIFT, scan_code=2, platform="win32") == "Shift+1"
    assert _name(Qt.Key.Key_Exclam, SHIFT, scan_code=18, platform="darwin") == "Shift+1"


def test_the_question_mark_goes_by_character_wherever_it_is() -> None:
    assert _name(Qt.Key.Key_Question, SHIFT, scan_code=20) == "?"
    assert _name(Qt.Key.Key_Question, SHIFT, scan_code=19) == "?"
