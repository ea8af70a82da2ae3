"""What this page asks of the operating system: its player, its dialogue for files, its trash."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QFile, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


def open_by_system(path: Path) -> bool:
    """In the program that the system has for it. False: there is none. In the thread of the windows only."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def move_to_trash(path: Path) -> bool:
    """False: nothing was moved; this disk has no trash, or the system said no. May take long."""
    return QFile(str(path)).moveToTrash()


def choose_timeline(parent: QWidget, folder: Path, chosen: Callable[[Path], None]) -> None:
    """The system's dialogue, beside which everything goes on."""
    dialog = QFileDialog(parent, "Follow an edited timeline", str(folder), "OpenTimelineIO (*.otio)")
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()


@dataclass(frozen=True, slots=True)
class System:
    """The same as a value, so that a test can say what a system without a trash or without a player does."""

    open: Callable[[Path], bool] = open_by_system
    trash: Callable[[Path], bool] = move_to_trash
    choose_timeline: Callable[[QWidget, Path, Callable[[Path], None]], None] = choose_timeline
