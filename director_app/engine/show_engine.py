"""The engine of a show: opens the sources, starts and stops recordings, and never leaves a thread behind.

The one door for windows and command lines: commands in, snapshots out.
"""

import threading
import time
from pathlib import Path

from director_app.core.cuts_fall import CutsFall
from director_app.core.events import OutsideEvent
from director_app.core.sources import CameraId, SourceState
from director_app.engine.collecting import clear_up, leave_alone
from director_app.engine.encoding import choose_encoder
from director_app.engine.endings import take_all
from director_app.engine.manifests import closed_manifest, opening_manifest
from director_app.engine.name_plates import CANNOT_COMPOSE
from director_app.engine.notices import Notices
from director_app.engine.recent_events import RecentEvents
from director_app.engine.recording import Hooks, Parts, Recording
from director_app.engine.recording_problems import RecordingProblems
from director_app.engine.session_files import reserve_bytes
from director_app.engine.sources import Sources, make_sources
from director_app.engine.state import Snapshot
from director_app.engine.supervisor import Supervisor
from director_app.engine.taken_away import folder_gone, names_gone
from director_app.engine.viewers import ViewersPicture
from director_app.media.encoder import EncoderSettings
from director_app.media.program_encoder import TranscodedProgram
from director_app.session.errors import FolderError
from director_app.session.event_log import LOG_NAME, EventLog, aggregate
from director_app.session.library import ensure_folder, free_bytes, new_session_folder, remove_unused
from director_app.session.lock import FolderLock, lock_library, lock_session
from director_app.session.manifest import Manifest, PriorPart, SessionState, write_manifest
from director_app.session.show import Show

_ENCODER = "encoder"
"""The trouble that open() finds, and that is the same in every recording."""

SLOW_CAMERA_S = 5.0
"""How long a recording waits for cameras that have not given a picture yet."""


class ShowEngine:
    """One show. Methods are called from one thread; tell(), snapshot() and request_stop() from any."""

    def __init__(
        self,
        show: Show,
        sessions: Path,
        parts: Parts | None = None,
        sources: Sources | None = None,
        prior: PriorPart | None = None,
    ) -> None:
        """Makes and locks the folder of sessions. Raises FolderError or InUseError.

        prior: what a sound check has found of the show's microphones.
        """
        self._show = show
        self._parts = parts
        self._prior = prior
        self._sessions = ensure_folder(sessions)
        self._library_lock: FolderLock | None = lock_library(self._sessions)
        self._sources = sources or make_sources(show)
        self._session_lock: FolderLock | None = None
        self._recording: Recording | None = None
        self._supervisor: Supervisor | None = None
        self._log: EventLog | None = None
        self._manifest: Manifest | None = None
        self._settings: EncoderSettings | None = None
        self._stop_wanted = threading.Event()
        self._recorded_nothing = False
        self.notices = Notices()
        self._problems = RecordingProblems(show.cast(), self.notices)
        self.events = RecentEvents()
        self.folder: Path | None = None
        self.stop_reason: str | None = None

    def open(self) -> None:
        """Starts all sources at once and chooses the encoder meanwhile; waits for slow ones, but not for ever."""
        for start in self._sources.starts():
            start()
        deadline_s = time.monotonic() + SLOW_CAMERA_S
        self._settings, sentence = choose_encoder(self._show)
        if sentence is not None:
            self.notices.trouble(_ENCODER, sentence)
        for camera in self._sources.cameras.values():
            camera.wait_for_picture(max(0.0, deadline_s - time.monotonic()))
        self._wait_for_microphones(deadline_s)

    def _wait_for_microphones(self, deadline_s: float) -> None:
        """A device takes most of a second to open, and a show should not begin with silence. Missing ones answer."""
        while any(feed.state is SourceState.OPENING for feed in self._sources.microphones):
            if time.monotonic() >= deadline_s:
                return
            time.sleep(0.01)

    def record(self) -> Path:
        """Begins a new session; returns its folder. Raises FolderError or EncoderError, and leaves nothing then."""
        assert self._recording is None, "this show is being recorded already"
        self._make_folder_again()
        self._refuse_full_disk()
        folder = new_session_folder(self._sessions)
        try:
            self._session_lock = lock_session(folder)
            self._log = EventLog(folder, self.events.add)
            self._begin(folder, self._log, self._states())
        except BaseException as error:  # whatever it was, no half-made session stays; raised again
            self._abandon(folder)
            if isinstance(error, OSError):
                raise FolderError(
                    f"{folder} cannot be recorded into: {error.strerror or error}. Choose another folder."
                ) from error
            raise
        self.folder = folder
        return folder

    def _begin(self, folder: Path, log: EventLog, states: dict[CameraId, SourceState]) -> None:
        """Opens encoders and files, writes the manifest, starts every thread."""
        assert self._settings is not None, "open() comes first"
        self.stop_reason = None
        self._stop_wanted.clear()
        self._recorded_nothing = False
        self.notices.begin(_ENCODER)
        problems = self._problems = RecordingProblems(self._show.cast(), self.notices)
        hooks = Hooks(
            log.append,
            self._camera_failed,
            problems.program_failed,
            self._file_failed,
            problems.sound_failed,
            problems.name_lost,
        )
        cameras, lines = self._sources.cameras, self._sources.lines
        recording = self._recording = Recording(
            self._show, self._settings, cameras, lines, states, folder, hooks, self._parts, self._prior
        )
        cuts_fall = CutsFall.ANYWHERE if recording.pictures.cuts_anywhere else CutsFall.KEY_FRAMES
        self._manifest = opening_manifest(
            folder, self._show, self._settings, recording.opening, cuts_fall, self._prior
        )
        write_manifest(folder, self._manifest)
        self._supervisor = Supervisor(
            self._show, recording, cameras, lines, states, folder, log, self.notices, self.request_stop
        )
        if isinstance(recording.pictures.maker, TranscodedProgram):
            self.notices.trouble(
                "program encoder",
                "The cameras' pictures cannot stand in one file: the program is encoded on its own.",
            )
        self._tell_names(recording)
        log.append("session_start", 0.0, {"title": self._show.title})
        log.append("record_start", 0.0, {"opening": recording.opening, "states": states})
        leave_alone()
        recording.start(self._sources.epoch_ns)
        self._supervisor.start()

    def _tell_names(self, recording: Recording) -> None:
        """What the producer cannot expect of names in this recording."""
        if not self._show.titles.live:
            return
        if not recording.pictures.cuts_anywhere:
            self.notices.trouble("names", CANNOT_COMPOSE)
        elif names := recording.names.undrawable:
            listed = ", ".join(names)
            self.notices.trouble(
                "names",
                f"No font here can write {listed}, so that is not shown. Write it in other letters in the show file.",
            )

    def _make_folder_again(self) -> None:
        """Somebody may have taken the folder of sessions away since open(), and its lock with it."""
        if self._sessions.is_dir():
            return
        ensure_folder(self._sessions)
        if self._library_lock is not None:
            self._library_lock.release()
        self._library_lock = lock_library(self._sessions)

    def _refuse_full_disk(self) -> None:
        free, reserve = free_bytes(self._sessions), reserve_bytes(self._show, 0.0)
        if free <= reserve:
            raise FolderError(
                f"{self._sessions} has {free / 1e6:.0f} MB free, and {reserve / 1e6:.0f} MB must stay free so that a "
                "recording can always be closed. Free some space, or choose another folder: on Set up, or with "
                "--sessions."
            )

    def _states(self) -> dict[CameraId, SourceState]:
        now_ns = time.perf_counter_ns()
        return {camera: feed.look(now_ns) for camera, feed in self._sources.cameras.items()}

    def _abandon(self, folder: Path) -> None:
        """A recording that could not begin leaves no half-made session and no thread."""
        if self._recording is not None:
            self._recording.abandon()
        if self._log is not None:
            self._log.close()
        if self._session_lock is not None:
            self._session_lock.release()
        self._recording = self._supervisor = self._log = self._session_lock = None
        clear_up()
        remove_unused(folder)

    def camera_state(self, camera: CameraId) -> SourceState:
        """What a camera's watchdog says now; for use before a recording begins."""
        return self._sources.cameras[camera].look(time.perf_counter_ns())

    def camera_error(self, camera: CameraId) -> str | None:
        """Why a camera gives no pictures, as a sentence."""
        return self._sources.cameras[camera].error

    def tell(self, event: OutsideEvent) -> None:
        """A key for the director; without a recording it is passed over."""
        recording = self._recording
        if recording is not None and recording.has_started:
            recording.tell(event)

    def mark(self, label: str = "") -> None:
        """Puts a marker at this moment."""
        recording, log = self._recording, self._log
        if recording is not None and log is not None:
            log.append("marker", recording.time_s(), {"label": label})

    def viewers_picture(self) -> ViewersPicture | None:
        """The program as it leaves, decoded from now on; None without a recording. Whoever asks closes it."""
        recording = self._recording
        return None if recording is None or not recording.has_started else recording.viewers_picture()

    def mark_wrong_cut(self, slot: int) -> None:
        """The producer says that the cut on this slot of the running recording was wrong."""
        recording, log = self._recording, self._log
        if recording is not None and log is not None:
            log.append("wrong_cut", recording.time_s(), {"slot": slot})

    def request_stop(self, reason: str) -> None:
        """Asks the owner to call stop(): see wait_for_stop()."""
        self.stop_reason = self.stop_reason or reason
        self._stop_wanted.set()

    def wait_for_stop(self, timeout_s: float) -> bool:
        """True when somebody, or the disk, wants the recording to end."""
        return self._stop_wanted.wait(timeout_s)

    def stop(self) -> Path | None:
        """Ends the recording in stages and closes its session; returns its folder. Idempotent.

        Raises the first error of any thread, after every file has been closed and the manifest written.
        """
        if self._recording is None:
            return None
        try:
            return self._end()
        finally:
            clear_up()

    def _end(self) -> Path | None:
        recording, log, folder = self._recording, self._log, self.folder
        if recording is None or log is None or folder is None:
            return None
        assert self._supervisor is not None
        assert self._manifest is not None
        errors: list[BaseException] = []
        slots = 0
        for step in (self._supervisor.close, recording.stop):
            try:
                slots = step() or 0
            except BaseException as error:  # noqa: BLE001 - the session is closed before the first error is raised
                errors.append(error)
        slots = slots or recording.pictures.length
        try:
            self._close_session(recording, log, folder, slots)
        except BaseException as error:  # noqa: BLE001 - the first error is raised, this one may follow from it
            errors.append(error)
        if errors:
            raise errors[0]
        self._recorded_nothing = slots == 0 and not recording.files.hold_packets
        return folder

    def discard_empty(self) -> bool:
        """Takes the last recording's session away if it was stopped before its first picture and its first sound.

        False: there is something in it, or its end was not as it should be; nothing was touched.
        """
        folder = self.folder
        if folder is None or not self._recorded_nothing or self._recording is not None:
            return False
        remove_unused(folder)
        self.folder, self._recorded_nothing = None, False
        return True

    def _close_session(self, recording: Recording, log: EventLog, folder: Path, slots: int) -> None:
        try:
            take_all(
                (
                    lambda: self._log_end(recording, log, slots),
                    lambda: self._close_folder(recording, log, folder, slots),
                )
            )
        finally:
            if self._session_lock is not None:
                self._session_lock.release()
            self._recording = self._supervisor = self._log = self._session_lock = None

    def _log_end(self, recording: Recording, log: EventLog, slots: int) -> None:
        end_s = self._show.canvas.canvas().slot_time_s(slots)
        self._problems.packets_lacking(recording.files.left_out(), recording.pictures.bus.skipped)
        repeated = {camera: frames for camera, frames in recording.frames_repeated().items() if frames}
        if repeated:
            log.append("frames_repeated", end_s, {"by_camera": repeated})
        log.append("record_stop", end_s, {"slots": slots, "reason": self.stop_reason})
        log.append("session_stop", end_s, {})

    def _close_folder(self, recording: Recording, log: EventLog, folder: Path, slots: int) -> None:
        assert self._manifest is not None
        log.close()
        if log.error is not None:
            self._file_failed(LOG_NAME, log.error)
        sizes = recording.files.sizes()
        if not folder.is_dir():
            raise FolderError(folder_gone(folder))
        self._problems.taken_away(names_gone(folder, sizes))
        aggregate(folder)
        # What no writer could finish is left to recovery, which the next start does by itself.
        state = SessionState.RECORDING if recording.files.unfinished() else SessionState.CLOSED
        write_manifest(folder, closed_manifest(self._manifest, slots, sizes, self._problems.by_file, state))

    def close(self) -> None:
        """Stops the recording, closes every source, gives the folder free. Idempotent; raises the first error."""
        take_all((self.release, *self._sources.stops()))

    def release(self) -> None:
        """Stops the recording and gives the folder free; the sources go on for another show. Idempotent."""
        try:
            self.stop()
        finally:
            if self._library_lock is not None:
                self._library_lock.release()
                self._library_lock = None

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with files of the last recording, as sentences; nothing for a good one."""
        return tuple(self._problems.by_file.values())

    def snapshot(self) -> Snapshot | None:
        """The present, for whoever shows it; None without a recording."""
        recording, supervisor = self._recording, self._supervisor
        if recording is None or supervisor is None or not recording.has_started:
            return None
        return Snapshot(
            recording=True,
            t_s=recording.time_s(),
            director=recording.director.state,
            cameras=dict(supervisor.camera_states),
            microphones=dict(supervisor.microphone_states),
            frames_repeated=sum(recording.frames_repeated().values()),
            disk=supervisor.disk,
            notices=self.notices.all(),
            file_bytes=recording.files.sizes(),
        )

    def _camera_failed(self, camera: CameraId, reason: str) -> None:
        self._problems.camera_failed(camera, reason)
        if self._supervisor is not None:
            self._supervisor.camera_failed(camera, reason)

    def _file_failed(self, name: str, error: OSError) -> None:
        reason = error.strerror or str(error)
        self._problems.file_failed(name, reason)
        recording, log = self._recording, self._log
        if log is not None:
            log.append(
                "file_failed", 0.0 if recording is None else recording.time_s(), {"file": name, "detail": reason}
            )
