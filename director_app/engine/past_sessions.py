"""Past sessions for windows: which there are and in which state, renaming, recovering, and what forbids a deletion.

Everything here may take long (a disk may be slow): call it from a thread that nobody waits for. Nothing deletes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from director_app.post.finish import add_hashes, add_overview
from director_app.post.overview import OverviewStopped
from director_app.post.recover import recover_session
from director_app.session.errors import FolderError, InUseError, ManifestError, SessionError
from director_app.session.hashing import HashingStopped
from director_app.session.library import SessionEntry, default_sessions_folder
from director_app.session.lock import lock_session
from director_app.session.manifest import FILE_NAME, FileRole, Manifest, SessionState, change_manifest, read_manifest

LONGEST_TITLE = 200
_RECORDED = {FileRole.PROGRAM, FileRole.ISO, FileRole.MICROPHONE}
_FLAC_HEAD_BYTES = 42
"""A FLAC file without sound: its mark and STREAMINFO. An MP4 file without pictures holds nothing."""

_PIECE_BYTES = 1 << 20
"""keep_going() of the hashing is asked once for so many bytes."""


class PastState(StrEnum):
    """How far a session is; the words stand in windows. IN_USE: another program or a recovery writes to it."""

    RECORDED = "recorded"
    RECOVERED = "recovered"
    INTERRUPTED = "interrupted"
    RECORDING = "recording now"
    IN_USE = "in use"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class PastSession:
    """One session as it was found. manifest: None for a damaged one; problem then says why."""

    folder: Path
    state: PastState
    bytes: int
    manifest: Manifest | None
    problem: str | None = None

    @property
    def title(self) -> str:
        """Of a damaged one: the name of its folder."""
        return self.folder.name if self.manifest is None else self.manifest.title

    @property
    def length_s(self) -> float | None:
        """None while it is not known."""
        if self.manifest is None or self.manifest.slots is None:
            return None
        return self.manifest.canvas.canvas().slot_time_s(self.manifest.slots)

    @property
    def is_empty(self) -> bool:
        """Whether its recording ended before its first picture and its first sound."""
        if self.manifest is None or self.manifest.slots != 0:
            return False
        recorded = (part for part in self.manifest.files if part.role in _RECORDED)
        return all((part.bytes or 0) <= _FLAC_HEAD_BYTES for part in recorded)


class PastSessions:
    """The sessions of one folder. Reads a manifest again only when it has changed. One thread."""

    def __init__(self, sessions: Path) -> None:
        self._sessions = sessions
        self._known: dict[Path, tuple[tuple[int, int], SessionEntry]] = {}

    def look(self, recording: Path | None = None) -> tuple[PastSession, ...]:
        """All of them, newest first, damaged ones last. recording: the folder this program records into now.

        Raises FolderError with a sentence for people.
        """
        found = [session for folder in self._folders() if (session := self._session(folder, recording)) is not None]
        self._known = {session.folder: self._known[session.folder] for session in found}
        return tuple(sorted(found, key=_age))

    def _folders(self) -> list[Path]:
        try:
            return [folder for folder in self._sessions.iterdir() if (folder / FILE_NAME).is_file()]
        except FileNotFoundError:
            if self._sessions == default_sessions_folder():
                return []
            raise FolderError(
                f"The folder {self._sessions} is not there. If it lies on another disk, plug that disk in; "
                "if not, it is made with the first recording."
            ) from None
        except OSError as error:
            raise FolderError(
                f"The folder {self._sessions} cannot be read: {error.strerror or error}. "
                "Check its disk, or choose another folder in Set up."
            ) from None

    def _session(self, folder: Path, recording: Path | None) -> PastSession | None:
        """None for a folder that has gone meanwhile."""
        try:
            entry = self._entry(folder)
            return PastSession(folder, _state(entry, recording), entry.size, entry.manifest, entry.problem)
        except OSError:
            return None

    def _entry(self, folder: Path) -> SessionEntry:
        """Raises OSError."""
        status = (folder / FILE_NAME).stat()
        stamp = (status.st_mtime_ns, status.st_size)
        known = self._known.get(folder)
        if known is None or known[0] != stamp:
            known = self._known[folder] = (stamp, _read(folder))
        return known[1]


def _read(folder: Path) -> SessionEntry:
    try:
        return SessionEntry(folder, read_manifest(folder))
    except ManifestError as error:
        return SessionEntry(folder, None, str(error))


def _age(session: PastSession) -> tuple[bool, float]:
    return session.manifest is None, 0.0 if session.manifest is None else -session.manifest.created_at.timestamp()


def _state(entry: SessionEntry, recording: Path | None) -> PastState:
    if entry.manifest is None:
        return PastState.DAMAGED
    match entry.manifest.state:
        case SessionState.CLOSED:
            return PastState.RECORDED
        case SessionState.RECOVERED:
            return PastState.RECOVERED
        case SessionState.RECORDING:
            if recording is not None and entry.folder.name == recording.name:
                return PastState.RECORDING
            return PastState.IN_USE if is_held(entry.folder) else PastState.INTERRUPTED


def is_held(folder: Path) -> bool:
    """Whether a running program writes there. A folder that cannot be locked at all counts as free."""
    try:
        lock_session(folder).release()
    except InUseError:
        return True
    except FolderError:
        return False
    return False


def rename_session(folder: Path, title: str) -> None:
    """Another title in the manifest, replaced atomically. Raises SessionError."""
    words = " ".join(title.split())[:LONGEST_TITLE]
    if not words:
        raise FolderError("A title needs at least one letter. The old one was kept.")
    try:
        with lock_session(folder):
            change_manifest(folder, lambda now: now.model_copy(update={"title": words}))
    except InUseError:
        raise InUseError("This session is still written to. Rename it when that has ended.") from None
    except OSError as error:
        raise FolderError(
            f"The title could not be written: {error.strerror or error}. The old one was kept."
        ) from None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a recovery. failure: why the session is as it was; problems: what is not whole. Sentences."""

    problems: tuple[str, ...] = ()
    failure: str | None = None


@dataclass(frozen=True, slots=True)
class RecoveryStep:
    """What a recovery is doing. share: 0 to 1 of this step, None where nobody can tell."""

    text: str
    share: float | None = None


def recover_past(
    session: PastSession, tell: Callable[[RecoveryStep], None], keep_going: Callable[[], bool] = lambda: True
) -> Outcome:
    """Completes an interrupted session, draws its overview, hashes its files. Never raises; nothing is ever lost.

    keep_going: False leaves out what can be done at any other time.
    """
    tell(RecoveryStep("Completing the program and the files"))
    try:
        recovered = recover_session(session.folder)
    except SessionError as error:
        return Outcome(failure=str(error))
    except Exception as error:  # noqa: BLE001 - a crash may have left files in any state; the producer is told
        return Outcome(failure=f"This session could not be recovered: {error}. It was left as it is.")
    problems = () if recovered is None else recovered.problems
    return Outcome((*problems, *_finish(session, tell, keep_going)))


def _finish(
    session: PastSession, tell: Callable[[RecoveryStep], None], keep_going: Callable[[], bool]
) -> tuple[str, ...]:
    if not keep_going():
        return ()
    tell(RecoveryStep("Drawing the overview"))
    problems = []
    try:
        add_overview(session.folder, keep_going)
    except OverviewStopped:
        return ()
    except Exception as error:  # noqa: BLE001 - a drawing, made of files that a crash may have left in any state
        problems.append(f"The overview could not be drawn: {error}. The recording is complete.")
    try:
        add_hashes(session.folder, _Counted(session.bytes, tell, keep_going))
    except HashingStopped:
        pass
    except (OSError, SessionError) as error:
        problems.append(f"The files could not be hashed: {error}. The recording is complete.")
    return tuple(problems)


class _Counted:
    """keep_going() of the hashing, which tells how far it is."""

    def __init__(self, size: int, tell: Callable[[RecoveryStep], None], keep_going: Callable[[], bool]) -> None:
        self._pieces = max(1, size // _PIECE_BYTES)
        self._tell = tell
        self._keep_going = keep_going
        self._asked = 0

    def __call__(self) -> bool:
        """Called for every piece; tells a hundred times at most."""
        step = max(1, self._pieces // 100)
        if self._asked % step == 0:
            self._tell(RecoveryStep("Computing the files' hashes", min(1.0, self._asked / self._pieces)))
        self._asked += 1
        return self._keep_going()
