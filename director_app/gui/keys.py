"""From a key that was pressed to the name it has in the key map. Knows keyboards; knows no command."""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_NAMES = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Backspace: "Backspace",
    Qt.Key.Key_Escape: "Esc",
    Qt.Key.Key_Question: "?",
    Qt.Key.Key_Plus: "+",
    Qt.Key.Key_Minus: "-",
    Qt.Key.Key_Equal: "=",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Home: "Home",
    Qt.Key.Key_End: "End",
}
_BY_CHARACTER = frozenset("?+-=")
_FIRST_DIGIT = {"win32": 2, "linux": 10}
"""Scan code of the key with the 1 on it: the row of digits goes by place, because French keyboards type & there."""

_MAC_DIGITS = {18: "1", 19: "2", 20: "3", 21: "4", 23: "5", 22: "6", 26: "7", 28: "8", 25: "9", 29: "0"}
_DIGITS = "1234567890"


def key_name(event: QKeyEvent, platform: str = sys.platform) -> str | None:
    """The key as the key map writes it, such as "Shift+1"; None for a key that cannot stand there."""
    held = event.modifiers()
    keypad, control = bool(held & Qt.KeyboardModifier.KeypadModifier), held & Qt.KeyboardModifier.ControlModifier
    digit = None if keypad else _digit_of(event.nativeScanCode(), platform)
    key = _NAMES.get(Qt.Key(event.key()), "") or _plain(event)
    # French keyboards type - where the 6 is, Swiss ones + where the 1 is: there the place is meant, except with Ctrl.
    if digit is not None and not (key in _BY_CHARACTER and (key == "?" or control)):
        key = digit
    if not key or held & Qt.KeyboardModifier.MetaModifier:
        return None
    modifiers = [("Ctrl", Qt.KeyboardModifier.ControlModifier), ("Alt", Qt.KeyboardModifier.AltModifier)]
    names = [name for name, modifier in modifiers if held & modifier]
    if held & Qt.KeyboardModifier.ShiftModifier and key not in _BY_CHARACTER and not keypad:
        names.append("Shift")
    return "+".join([*names, key])


def _plain(event: QKeyEvent) -> str:
    code = event.key()
    if Qt.Key.Key_A.value <= code <= Qt.Key.Key_Z.value or Qt.Key.Key_0.value <= code <= Qt.Key.Key_9.value:
        return chr(code)
    if Qt.Key.Key_F1.value <= code <= Qt.Key.Key_F24.value:
        return f"F{code - Qt.Key.Key_F1.value + 1}"
    return ""


def _digit_of(scan_code: int, platform: str) -> str | None:
    """The digit on the key at this place; None for other places and where places are not known (code 0)."""
    if platform == "darwin":
        return _MAC_DIGITS.get(scan_code)
    first = _FIRST_DIGIT.get(platform)
    if first is None or not first <= scan_code < first + len(_DIGITS):
        return None
    return _DIGITS[scan_code - first]
