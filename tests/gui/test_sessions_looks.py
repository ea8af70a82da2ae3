"""The page of past sessions in any size and script, by Tab and read out."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QWidget

from director_app.gui.models.sessions import Action
from director_app.gui.theme.sheet import sheet
from tests.helpers.sessions_page import Library, Open
from tests.helpers.wrecks import wreck_session

pytestmark = pytest.mark.computes

LONG = "Ω long title " * 15
HEBREW = "שולחן פתוח " * 15


@pytest.mark.parametrize("title", [LONG, HEBREW, "<b>no markup</b> & more", "x" * 200])
@pytest.mark.parametrize(("size", "scale"), [((1440, 852), 1.0), ((1120, 632), 1.0), ((1280, 672), 1.5)])
def test_no_title_breaks_the_layout(
    library: Library, opened: Open, title: str, size: tuple[int, int], scale: float
) -> None:
    library.add(title)
    shown = opened(size=size, scale=scale)
    page = shown.page
    assert page.width() == size[0]
    assert page.detail.content.width() <= page.detail.viewport().width()
    heading = page.detail.heading
    rename = heading.buttons[Action.DELETE]
    right = rename.mapTo(page, QPoint(rename.width(), 0)).x()
    assert right <= size[0]
    assert not page.detail.horizontalScrollBar().isVisible()
    page.grab()


def test_the_list_is_narrower_on_a_narrow_page(library: Library, opened: Open) -> None:
    library.add("Show")
    shown = opened()
    assert shown.page.list.width() == 424
    shown.page.resize(1280, 672)
    assert shown.page.list.width() == 320
    assert shown.page.detail.player.width() + shown.page.detail.card.width() <= 960
    assert shown.page.detail.player.picture.height() * 16 // 9 == pytest.approx(
        shown.page.detail.player.width(), abs=2
    )


def test_another_text_scale_lays_everything_out_anew(library: Library, opened: Open, qapp: QApplication) -> None:
    library.add("Show")
    shown = opened()
    shown.desk.surroundings.scale.change(1.5)
    qapp.setStyleSheet(sheet(shown.desk.surroundings.scale))
    shown.page.rescale()
    assert shown.page.list.width() == 480
    assert shown.page.list.view.visualRect(shown.page.list.rows.index(0)).height() == 132
    shown.until(lambda: shown.page.detail.card.y() > shown.page.detail.player.y())
    shown.page.grab()


def test_everything_tab_reaches_has_a_name(library: Library, opened: Open) -> None:
    wreck_session(library.add("Crashed"))
    shown = opened()
    shown.page.list.search.setFocus()
    reached: list[QWidget] = []
    while (widget := QApplication.focusWidget()) is not None and widget not in reached:
        reached.append(widget)
        shown.press(Qt.Key.Key_Tab)
    names = [widget.accessibleName() for widget in reached]
    assert names == [
        "Search sessions by title, name or date",
        "Which sessions to show",
        "Sessions",
        "Open folder",
        "Rename, this session",
        "Delete, this session",
        "Recover this session",
        "Play the program in the system's player",
        "Position in the program",
        "Files of this session",
    ]
    assert isinstance(reached[0], QLineEdit) and isinstance(reached[1], QComboBox)


def test_rows_are_read_with_all_that_they_say(library: Library, opened: Open) -> None:
    library.add("Show")
    shown = opened()
    interface = QAccessible.queryAccessibleInterface(shown.page.list.view)
    said = interface.child(0).text(QAccessible.Text.Name)
    assert said.startswith("Show, ") and said.endswith(", recorded")
