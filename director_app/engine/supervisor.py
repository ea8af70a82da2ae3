"""The thread that watches a running recording: cameras, microphones, disk, files. It tells, logs, and ends in need.

Never cuts (the director does, when told that a camera has gone) and never touches packets.
"""

import platform
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from director_app.capture.camera_feed import CameraFeed
from director_app.capture.microphone_feed import MicrophoneFeed
from director_app.core.events import CameraChanged
from director_app.core.sources import CameraId, Cast, MicrophoneId, SourceState
from director_app.engine.disk_watch import LOW_S, DiskWatch
from director_app.engine.notices import Notices
from director_app.engine.recording import Recording
from director_app.engine.session_files import reserve_bytes
from director_app.engine.sound import MicrophoneLine
from director_app.engine.state import DiskState
from director_app.engine.taken_away import file_gone, folder_gone, names_gone
from director_app.session.event_log import EventLog
from director_app.session.show import Show
from director_app.speech import gain_control_advice

_PERIOD_S = 0.1
_DISK_PERIOD_S = 1.0

_EVENTS = {
    SourceState.LOST: "source_lost",
    SourceState.FROZEN: "source_frozen",
    SourceState.BLACK: "source_black",
    SourceState.OK: "source_back",
}
_CAMERA_TROUBLE = {
    SourceState.OPENING: "Camera {title} has not given a picture yet.",
    SourceState.LOST: "Camera {title} stopped sending pictures. Check its cable; it is being opened again.",
    SourceState.FROZEN: "Camera {title} froze. Check its cable and its power.",
    SourceState.BLACK: "Camera {title} is black. Check its lens cap and the light.",
}


_CLOCK = "program clock"
_GAIN_CONTROL = "gain control"
_DEAD = {
    _CLOCK: "The program clock has failed; the recording ends here.",
    "program bus": "The program has ended. All cameras and microphones go on; the program can be made from them.",
    "head maker": "Cuts fall up to a second later than they should. Everything is recorded as before.",
    "director": "Keys and the automatic have failed. The recording goes on; stop it and start anew when you can.",
    "analysis": "The automatic has failed and cuts no more. Your keys still work, and the recording goes on.",
}


class Supervisor:
    """Owner of two threads: one looks at sources and load, one at the disk, which may not answer for long."""

    def __init__(
        self,
        show: Show,
        recording: Recording,
        cameras: Mapping[CameraId, CameraFeed],
        lines: Sequence[MicrophoneLine],
        states: Mapping[CameraId, SourceState],
        folder: Path,
        log: EventLog,
        notices: Notices,
        end: Callable[[str], None],
    ) -> None:
        """end(sentence) asks the owner to stop the recording; it is called once and must not wait."""
        self._show, self._recording, self._log, self._notices = show, recording, log, notices
        self._cast: Cast = show.cast()
        self._cameras = cameras
        self._lines = tuple(lines)
        self._end = end
        self.camera_states: dict[CameraId, SourceState] = dict(states)
        self.microphone_states: dict[MicrophoneId, SourceState] = {line.id: SourceState.OK for line in lines}
        self._failed: dict[CameraId, str] = {}
        self._overloaded = 0
        self._left_out = 0
        self._folder = folder
        rate = show.recording.maxrate_mbit * 1e6 / 8 * (len(show.camera) + 1)
        self._disk_watch = DiskWatch(folder, rate)
        self.disk = DiskState(0, None)
        self._disk_was_low = False
        self._ending = False
        self._stop = threading.Event()
        self._threads = (
            threading.Thread(target=self._run, args=(self._look, _PERIOD_S), name="supervisor"),
            threading.Thread(
                target=self._run, args=(self._look_at_disk, _DISK_PERIOD_S), name="disk watch", daemon=True
            ),
        )
        self._error: Exception | None = None
        self._dead: frozenset[str] = frozenset()

    def start(self) -> None:
        """Tells which cameras the show begins without, and starts the thread."""
        for camera, state in self.camera_states.items():
            if state is not SourceState.OK:
                self._tell_camera(camera, state)
        for thread in self._threads:
            thread.start()

    def close(self, deadline_s: float = 10.0) -> None:
        """Ends the threads and re-raises their first error. Idempotent."""
        self._stop.set()
        for thread in self._threads:
            if thread.ident is not None:
                thread.join(deadline_s)
                if thread.is_alive():
                    raise TimeoutError(f"The {thread.name} did not end within {deadline_s:g} s.")
        if self._error is not None:
            raise self._error

    def camera_failed(self, camera: CameraId, reason: str) -> None:
        """A camera's encoder gave up; it can never come on air again in this recording."""
        self._failed[camera] = reason

    def _run(self, look: Callable[[], None], period_s: float) -> None:
        while not self._stop.wait(period_s):
            try:
                look()
            except Exception as error:  # noqa: BLE001 - one look that fails must not end the watching
                self._error = self._error or error
                self._notices.trouble("supervisor", f"Watching the show failed: {error}. The recording goes on.")

    def _look(self) -> None:
        now_ns = time.perf_counter_ns()
        for camera, feed in self._cameras.items():
            state = SourceState.LOST if camera in self._failed else feed.look(now_ns)
            if state is not self.camera_states[camera]:
                self._camera_changed(camera, state)
        self._recording.show_placeholders(
            {
                camera
                for camera, state in self.camera_states.items()
                if state in {SourceState.LOST, SourceState.OPENING}
            }
        )
        for line in self._lines:
            self._look_at_microphone(line.id, line.feed)
        if self._recording.has_gain_control:
            self._notices.trouble(_GAIN_CONTROL, gain_control_advice.warning((), platform.system()))
        else:
            self._notices.over(_GAIN_CONTROL)
        self._look_at_load()

    def _camera_changed(self, camera: CameraId, state: SourceState) -> None:
        self.camera_states[camera] = state
        self._recording.tell(CameraChanged(camera, state))
        self._tell_camera(camera, state)
        if state in _EVENTS:
            detail = self._failed.get(camera) or self._cameras[camera].error
            self._log.append(_EVENTS[state], self._recording.time_s(), {"source": camera, "detail": detail})

    def _tell_camera(self, camera: CameraId, state: SourceState) -> None:
        title = self._cast.camera(camera).title
        cause = f"camera {camera}"
        if state is SourceState.OK:
            self._notices.over(cause)
            self._notices.news(f"Camera {title} is back.")
        elif camera not in self._failed:
            # A camera whose encoder gave up has been told of already, and its cable is not to blame.
            self._notices.trouble(cause, _CAMERA_TROUBLE[state].format(title=title))

    def _look_at_microphone(self, microphone: MicrophoneId, feed: MicrophoneFeed) -> None:
        state = feed.state
        if state is self.microphone_states[microphone] or state is SourceState.OPENING:
            return
        self.microphone_states[microphone] = state
        label, cause = self._cast.microphone(microphone).label, f"microphone {microphone}"
        if state is SourceState.OK:
            self._notices.over(cause)
            self._notices.news(f"The microphone of {label} is back.")
        else:
            self._notices.trouble(
                cause, f"The microphone of {label} has gone. Its file goes on with silence. Check its cable."
            )
        fields = {"source": microphone, "detail": feed.error}
        self._log.append(_EVENTS[state], self._recording.time_s(), fields)

    def _look_at_disk(self) -> None:
        now_s, t_s = time.perf_counter(), self._recording.time_s()
        reserve, sizes = reserve_bytes(self._show, t_s), self._recording.files.sizes()
        try:
            if not self._is_there(sizes):
                return
            self.disk = self._disk_watch.look(now_s, sum(sizes.values()), reserve)
        except OSError as error:
            self._notices.trouble(
                "disk gone", f"The disk does not answer: {error.strerror or error}. Check that it is plugged in."
            )
            return
        self._notices.over("disk gone")
        left_s = self.disk.left_s
        if left_s is None:
            return
        if left_s <= LOW_S and not self._disk_was_low:
            self._disk_was_low = True
            self._log.append("disk_low", t_s, {"left_s": round(left_s), "free_bytes": self.disk.free_bytes})
            self._notices.trouble("disk", f"The disk is full in about {_minutes(left_s)}. Free some space.")
        if left_s > LOW_S * 1.2 and self._disk_was_low:
            self._disk_was_low = False
            self._notices.over("disk")
        if self.disk.free_bytes <= reserve and not self._ending:
            self._ending = True
            self._end(
                "The disk was nearly full: the recording was closed, and everything in it is safe. "
                "Free some space before the next show, or choose another disk."
            )

    def _is_there(self, names: Iterable[str]) -> bool:
        """Whether the folder is where it was; tells of it, and of files that are not."""
        go_on = "Stop the recording and begin a new one, which gets a new folder."
        if not self._folder.is_dir() and self._folder.parent.is_dir():
            self._notices.trouble("session folder", f"{folder_gone(self._folder)} {go_on}")
            return False
        if self._folder.is_dir():
            for name in names_gone(self._folder, names):
                self._notices.trouble(f"file {name}", f"{file_gone(name)} The other files go on.")
        return True

    def _look_at_load(self) -> None:
        t_s = self._recording.time_s()
        overloaded = self._recording.overloaded()
        if overloaded > self._overloaded:
            self._log.append("frames_repeated", t_s, {"because": "encoder", "frames": overloaded - self._overloaded})
            self._notices.trouble("load", "This computer is too slow: pictures repeat. Close other programs.")
        elif self._overloaded == overloaded:
            self._notices.over("load")
        self._overloaded = overloaded
        left_out = sum(self._recording.files.left_out().values())
        if left_out > self._left_out:
            self._log.append("packets_left_out", t_s, {"packets": left_out - self._left_out})
            self._notices.trouble(
                "slow disk", "The disk has stood still for too long: some pictures were not written."
            )
        self._left_out = left_out
        dead = frozenset(self._recording.dead_threads())
        for name in dead - self._dead:
            self._log.append("thread_ended", t_s, {"thread": name})
            self._notices.trouble(name, _DEAD[name])
            if name == _CLOCK:
                self._end("The program clock has failed. The recording was closed, and everything before is safe.")
        self._dead = dead


def _minutes(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 90 else f"{seconds:.0f} s"
