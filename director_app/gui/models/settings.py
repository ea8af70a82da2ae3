"""What the app remembers between starts: one file in the user's folder, replaced atomically.

What a newer version has written stays in the file. A damaged file is kept aside and defaults are used. Holds no Qt.
"""

import contextlib
import json
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from director_app.session.atomic import write_atomically

FILE_NAME = "settings.json"
MOST_RECENT = 10
TEXT_SCALES = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5)


class Settings(BaseModel):
    """window: left, top, width, height. hints_done: first-start hints that shall not come again."""

    model_config = ConfigDict(extra="allow", frozen=True)

    text_scale: float = Field(1.0, ge=1.0, le=1.5)
    window: tuple[int, int, int, int] | None = None
    maximized: bool = False
    show_file: Path | None = None
    recent_shows: tuple[Path, ...] = ()
    sessions: Path | None = None
    reduced_motion: bool = False
    hints_done: tuple[str, ...] = ()

    def with_show(self, path: Path) -> "Settings":
        """This show file was opened or saved: the next start opens it."""
        others = tuple(each for each in self.recent_shows if each != path)
        return self.model_copy(update={"show_file": path, "recent_shows": (path, *others)[:MOST_RECENT]})


class SettingsFile:
    """The file and its present content. One thread. problem: why it could not be read or written, a sentence."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(platformdirs.user_config_dir("AI Director", appauthor=False)) / FILE_NAME
        self.problem: str | None = None
        self.now = self._read()

    def change(self, **fields: object) -> None:
        """Writes changed fields at once; a disk that refuses costs nothing but the memory of it."""
        self.keep(self.now.model_copy(update=fields))

    def keep(self, settings: Settings) -> None:
        """Writes these settings if they are new."""
        if settings == self.now:
            return
        self.now = settings
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self.path, settings.model_dump_json(indent=1) + "\n")
        except OSError as error:
            self.problem = f"{self.path} cannot be written: {error.strerror or error}. Settings last until you quit."

    def _read(self) -> Settings:
        try:
            return Settings.model_validate(json.loads(self.path.read_text("utf-8")))
        except FileNotFoundError:
            return Settings()
        except (OSError, ValueError, ValidationError, RecursionError):
            aside = self.path.with_name(self.path.name + ".damaged")
            with contextlib.suppress(OSError):
                self.path.replace(aside)
            self.problem = (
                f"The settings in {self.path} were damaged. They are kept as {aside.name}; defaults are used."
            )
            return Settings()
