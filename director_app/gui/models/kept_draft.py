"""A set-up that was changed and not saved, kept in a file beside the settings until it is saved or put back.

It may say what no show may, so it is no show file. Reads and asks for writing; decides nothing. Holds no Qt.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from director_app.gui.models.settings import SettingsFile
from director_app.gui.models.setup import CameraDraft, Draft, MicrophoneDraft
from director_app.gui.models.small_files import SmallFiles

FILE_NAME = "set-up.json"
_PATHS = ("path",)
"""Keys of a source that name a file."""


class KeptDraft:
    """One file. One thread."""

    def __init__(self, path: Path, files: SmallFiles) -> None:
        self._path, self._files = path, files

    @classmethod
    def beside(cls, settings: SettingsFile) -> "KeptDraft":
        """In the folder of the settings."""
        return cls(settings.path.with_name(FILE_NAME), settings.files)

    def read(self) -> Draft | None:
        """None where nothing was kept, or nothing that can be understood."""
        try:
            return _draft(json.loads(self._path.read_text("utf-8")))
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None

    def keep(self, draft: Draft | None) -> None:
        """Until the next one; None: nothing is to be kept any more."""
        if draft is None:
            self._files.remove(self._path)
        else:
            self._files.write(self._path, json.dumps(asdict(draft), default=str, ensure_ascii=True, indent=1) + "\n")


def _draft(raw: Mapping[str, Any]) -> Draft:
    """Raises TypeError or KeyError for another form."""
    tables = {name: dict(raw[name]) for name in ("canvas", "recording", "directing")}
    return Draft(
        title=str(raw["title"]),
        cameras=tuple(CameraDraft(**_with_paths(each)) for each in raw["cameras"]),
        microphones=tuple(MicrophoneDraft(**_with_paths(each)) for each in raw["microphones"]),
        sessions=None if raw["sessions"] is None else Path(raw["sessions"]),
        others={name: dict(table) for name, table in raw.get("others", {}).items()},
        **tables,
    )


def _with_paths(raw: Mapping[str, Any]) -> dict[str, Any]:
    source = {key: Path(value) if key in _PATHS else value for key, value in raw["source"].items()}
    return {**raw, "source": source}
