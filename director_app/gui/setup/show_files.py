"""The menu Show file: open, save, recent, new. Reads and writes in the page's worker; no dialogue stops the app."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from director_app.gui.models.settings import SettingsFile
from director_app.gui.models.words import short
from director_app.gui.setup.work import Work
from director_app.session.demo_show import demo_show
from director_app.session.errors import FolderError, ShowFileError
from director_app.session.show import Show
from director_app.session.show_file import read_show
from director_app.session.show_writer import write_show

_KINDS = "Show files (*.toml)"


class ShowFiles:
    """file: the one that was opened or saved last, None for a show without one. kept: what the next start opens."""

    def __init__(
        self,
        parent: QWidget,
        settings: SettingsFile,
        work: Work,
        take: Callable[[Show], None],
        new: Callable[[], None],
        complain: Callable[[str], None],
        saved: Callable[[Path], None],
        first: Show,
    ) -> None:
        """take: a show that was opened. new: begin from devices. complain: sentences, one a line. saved: the file.

        first: what the app has begun with.
        """
        self._parent, self._settings, self._work = parent, settings, work
        self._take, self._new, self._complain, self._saved = take, new, complain, saved
        self._dialog: QFileDialog | None = None
        self.file: Path | None = settings.now.show_file
        self.show: Show | None = None
        self.kept = first
        self.menu = QMenu(parent)
        self._recent = QMenu("Recent", self.menu)
        self.menu.addAction("Open…", self.ask_open)
        self._save = self.menu.addAction("Save", self.save)
        self._save_as = self.menu.addAction("Save as…", self.ask_save)
        self.menu.addMenu(self._recent)
        self.menu.addSeparator()
        self.menu.addAction("New from devices", new)
        self.menu.addAction("Demo show", lambda: self._begin_without_file(demo_show()))
        self.menu.aboutToShow.connect(self._fill)

    def of_draft(self, show: Show | None) -> None:
        """What would be saved; None: nothing can be."""
        self.show = show

    def ask_open(self) -> None:
        """The system's dialogue, beside which everything goes on."""
        dialog = self._make("Open a show file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.open(Path(name)))
        dialog.open()

    def ask_save(self) -> None:
        """The same for a new place."""
        if self.show is None:
            return
        dialog = self._make("Save the show file as")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(f"{_file_name(self.show.title)}.toml")
        dialog.fileSelected.connect(lambda name: self.write(Path(name)))
        dialog.open()

    def ask_folder(self, now: Path, chosen: Callable[[Path], None]) -> None:
        """A folder for all sessions."""
        dialog = self._make("Folder of all sessions")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setDirectory(str(next((each for each in (now, *now.parents) if each.is_dir()), Path.home())))
        dialog.fileSelected.connect(lambda name: chosen(Path(name)))
        dialog.open()

    def open(self, file: Path) -> None:
        """Reads it; what cannot be is complained about, and nothing is changed."""
        self._work.ask(lambda: _read(file), lambda found: self._opened(file, found))

    def save(self) -> None:
        """Where it came from, or where the dialogue says."""
        if self.file is None:
            self.ask_save()
        else:
            self.write(self.file)

    @property
    def recent_words(self) -> list[str]:
        """What the menu of recent files says."""
        return [action.text() for action in self._recent.actions()]

    def close_dialog(self) -> bool:
        """A recording has begun, or Esc was pressed. False: there was none."""
        dialog, self._dialog = self._dialog, None
        if dialog is None or not dialog.isVisible():
            return False
        dialog.reject()
        return True

    def _make(self, title: str) -> QFileDialog:
        self.close_dialog()
        start = Path.home() if self.file is None else self.file.parent
        dialog = self._dialog = QFileDialog(self._parent, title, str(start), _KINDS)
        dialog.finished.connect(dialog.deleteLater)
        return dialog

    def write(self, file: Path) -> None:
        """There, from now on."""
        show = self.show
        if show is not None:
            self._work.ask(lambda: _written(show, file), lambda problem: self._wrote(file, show, problem))

    def _wrote(self, file: Path, show: Show, problem: str | None) -> None:
        if problem is not None:
            self._complain(problem)
            return
        self._remember(file, show)
        self._saved(file)

    def _opened(self, file: Path, found: Show | str) -> None:
        if isinstance(found, str):
            self._complain(found)
            return
        self._remember(file, found)
        self._take(found)

    def _remember(self, file: Path, show: Show) -> None:
        self.file, self.kept = file, show
        self._settings.keep(self._settings.now.with_show(file))

    def _begin_without_file(self, show: Show) -> None:
        self.file = None
        self._take(show)

    def forget(self) -> None:
        """What is being set up came from no file."""
        self.file = None

    def _fill(self) -> None:
        self._save.setEnabled(self.show is not None)
        self._save_as.setEnabled(self.show is not None)
        self._save.setText("Save" if self.file is None else f"Save {short(self.file.name)}")
        self._recent.clear()
        for file in self._settings.now.recent_shows:
            action = self._recent.addAction(short(f"{file.name}, {file.parent}", 60).replace("&", "&&"))
            action.setToolTip(str(file))
            action.triggered.connect(lambda _checked=False, file=file: self.open(file))
        self._recent.setEnabled(bool(self._settings.now.recent_shows))


def _read(file: Path) -> Show | str:
    try:
        return read_show(file)
    except ShowFileError as error:
        return str(error)


def _written(show: Show, file: Path) -> str | None:
    try:
        write_show(show, file)
    except FolderError as error:
        return str(error)
    return None


def _file_name(title: str) -> str:
    """A title as every system takes it for a file."""
    kept = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in title)
    return " ".join(kept.split())[:60] or "show"
