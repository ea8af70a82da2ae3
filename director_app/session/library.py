"""The folder of all sessions: makes new ones, lists past ones. Must never open a media file."""

import contextlib
import shutil
import uuid
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from director_app.session.errors import FolderError, InUseError, ManifestError
from director_app.session.lock import lock_session
from director_app.session.manifest import FILE_NAME, Manifest, SessionState, read_manifest


@dataclass(frozen=True, slots=True)
class SessionEntry:
    """One session folder; manifest is None when it is damaged, and problem says why."""

    folder: Path
    manifest: Manifest | None
    problem: str | None = None

    @property
    def size(self) -> int:
        """Bytes of all files in the folder."""
        return sum(_size(file) for file in self.folder.iterdir())


def default_sessions_folder() -> Path:
    """'AI Director' in the user's video folder."""
    return Path(platformdirs.user_videos_dir()) / "AI Director"


def ensure_folder(sessions: Path) -> Path:
    """Makes the folder of sessions if it is missing. Raises FolderError."""
    try:
        sessions.mkdir(parents=True, exist_ok=True)
        probe = sessions / f".probe-{uuid.uuid4().hex}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        reason = error.strerror or str(error)
        raise FolderError(
            f"{sessions} cannot be written: {reason}. Choose another folder: on Set up, or with --sessions."
        ) from None
    return sessions.resolve()


def new_session_folder(sessions: Path) -> Path:
    """A new empty folder named by a UUID. Raises FolderError."""
    folder = sessions / str(uuid.uuid4())
    try:
        folder.mkdir()
    except OSError as error:
        raise FolderError(
            f"{folder} cannot be made: {error.strerror or error}. Check its disk, or choose another folder on Set up."
        ) from None
    return folder


def remove_unused(folder: Path) -> None:
    """Takes away the folder of a recording that never began: what is in it was made, but never written to.

    Never raises: what cannot be removed stays.
    """
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()


def free_bytes(folder: Path) -> int:
    """Space for whoever records there now. Raises FolderError."""
    try:
        return shutil.disk_usage(folder).free
    except OSError as error:
        raise FolderError(f"{folder} cannot be read: {error.strerror or error}. Check its disk.") from None


def list_sessions(sessions: Path) -> list[SessionEntry]:
    """All sessions, newest first, damaged ones last. A missing folder holds none. Raises FolderError."""
    try:
        entries = [_entry(folder) for folder in sessions.iterdir() if (folder / FILE_NAME).is_file()]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise FolderError(f"{sessions} cannot be read: {error.strerror or error}. Name another folder.") from None
    good = [entry for entry in entries if entry.manifest is not None]
    good.sort(key=lambda entry: entry.manifest.created_at if entry.manifest else 0, reverse=True)
    return good + [entry for entry in entries if entry.manifest is None]


def interrupted_sessions(sessions: Path) -> list[SessionEntry]:
    """Sessions whose recorder ended without closing them. Raises FolderError."""
    return [entry for entry in list_sessions(sessions) if is_interrupted(entry)]


def is_interrupted(entry: SessionEntry) -> bool:
    """True when the manifest says recording and nobody holds the lock."""
    if entry.manifest is None or entry.manifest.state is not SessionState.RECORDING:
        return False
    try:
        lock_session(entry.folder).release()
    except (InUseError, FolderError):
        return False
    return True


def _size(file: Path) -> int:
    """0 for a file that goes away meanwhile: a session may be written while it is listed."""
    try:
        return file.stat().st_size
    except OSError:
        return 0


def _entry(folder: Path) -> SessionEntry:
    try:
        return SessionEntry(folder, read_manifest(folder))
    except ManifestError as error:
        return SessionEntry(folder, None, str(error))
