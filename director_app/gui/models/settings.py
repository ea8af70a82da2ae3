"""What the app remembers between starts: one file in the user's folder, replaced atomically by a thread of its own.

What a newer version has written stays in the file. A damaged file is kept aside and defaults are used. Holds no Qt.
"""

import contextlib
import json
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from director_app.gui.models.render_choice import RenderChoice
from director_app.gui.models.small_files import SmallFiles

FILE_NAME = "settings.json"
MOST_RECENT = 10
TEXT_SCALES = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5)


class Settings(BaseModel):
    """window: left, top, width, height. hints_done: first-start hints that shall not come again. render: what
    was chosen last.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    text_scale: float = Field(1.0, ge=1.0, le=1.5)
    window: tuple[int, int, int, int] | None = None
    maximized: bool = False
    show_file: Path | None = None
    recent_shows: tuple[Path, ...] = ()
    sessions: Path | None = None
    reduced_motion: bool = False
    hints_done: tuple[str, ...] = ()
    render: RenderChoice = RenderChoice()

    def with_show(self, path: Path) -> "Settings":
        """This show file was opened or saved: the next start opens it."""
        others = tuple(each for each in self.recent_shows if each != path)
        return self.model_copy(update={"show_file": path, "recent_shows": (path, *others)[:MOST_RECENT]})


class SettingsFile:
    """The file and its present content. One thread. files: who writes it."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(platformdirs.user_config_dir("AI Director", appauthor=False)) / FILE_NAME
        self.files = SmallFiles()
        self._damage: str | None = None
        self.now = self._read()

    def change(self, **fields: object) -> None:
        """Changed fields hold at once and are written soon; a disk that refuses costs only the memory of them."""
        self.keep(self.now.model_copy(update=fields))

    def keep(self, settings: Settings) -> None:
        """These settings from now on, if they are new."""
        if settings == self.now:
            return
        self.now = settings
        self.files.write(self.path, settings.model_dump_json(indent=1) + "\n")

    def problems(self) -> list[str]:
        """Why something could not be read or written, a sentence each, since the last call."""
        damage, self._damage = self._damage, None
        return [*([damage] if damage else []), *self.files.problems()]

    def settle(self, deadline_s: float = 5.0) -> None:
        """Waits until everything has been written. Raises TimeoutError."""
        self.files.settle(deadline_s)

    def _read(self) -> Settings:
        try:
            return Settings.model_validate(json.loads(self.path.read_text("utf-8")))
        except FileNotFoundError:
            return Settings()
        except OSError as error:
            self._damage = f"{self.path} cannot be read: {error.strerror or error}. Defaults are used."
            return Settings()
        except (ValueError, ValidationError, RecursionError):
            aside = self.path.with_name(self.path.name + ".damaged")
            with contextlib.suppress(OSError):
                self.path.replace(aside)
            self._damage = (
                f"The settings in {self.path} were damaged. They are kept as {aside.name}; defaults are used."
            )
            return Settings()
