"""A show engine for windows: one thread does what takes long, everybody else asks and looks.

Nothing here waits for the engine: record(), stop() and use() return at once, and look() says how far it is. Keys go
straight to the director. Must not know what a window is.
"""

import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from queue import Empty, SimpleQueue

from director_app.core.events import OutsideEvent
from director_app.core.sources import CameraId, SourceState
from director_app.engine.monitors import Monitor
from director_app.engine.monitors_ahead import Ahead
from director_app.engine.recording_problems import NOTHING_RECORDED
from director_app.engine.show_engine import ShowEngine
from director_app.engine.sound import MicrophoneLine
from director_app.engine.sound_levels import SoundLevels
from director_app.engine.sources import Sources, changed_sources, make_sources
from director_app.engine.studio_state import Phase, StudioState, cameras_now, microphones_now
from director_app.engine.viewers import VIEWERS, ViewersPicture
from director_app.media.shelf import FrameShelf
from director_app.session.errors import SessionError
from director_app.session.event_log import EventRecord
from director_app.session.library import free_bytes
from director_app.session.manifest import PriorPart
from director_app.session.show import Show

_POLL_S = 0.1
_DISK_POLL_S = 2.0


Prior = Callable[[Show], PriorPart | None]
"""What a sound check has found of a show's microphones."""


class Studio:
    """Owner of an engine, its sources and one thread. use() first; close() in any case."""

    def __init__(self, sessions: Path, prior: Prior = lambda _show: None) -> None:
        self._sessions = sessions
        self._prior = prior
        self._wishes: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="studio")
        self._ahead = Ahead()
        self._phase = Phase.CLOSED
        self._problem: str | None = None
        self._show: Show | None = None
        self._sources: Sources | None = None
        self._shelves: Mapping[CameraId, FrameShelf] = {}
        self._levels: SoundLevels | None = None
        self._engine: ShowEngine | None = None
        self._viewers: ViewersPicture | None = None
        self._free: int | None = None
        self._free_due_s = 0.0
        self._camera_states: dict[CameraId, SourceState] = {}
        self._finished: Callable[[Path], None] = lambda _folder: None
        self._error: BaseException | None = None

    @property
    def sessions(self) -> Path:
        """The folder of all sessions."""
        return self._sessions

    def on_finished(self, finished: Callable[[Path], None]) -> None:
        """Whom to tell, in the studio's thread, that a recording has been closed."""
        self._finished = finished

    def start(self, show: Show) -> None:
        """Opens a show's sources; returns at once."""
        self._show = show
        self._phase = Phase.OPENING
        self._wishes.put(lambda: self._open(show))
        self._thread.start()

    def use(self, show: Show, sessions: Path | None = None) -> None:
        """Another show, or the same one changed; sources that serve on stay open. Refused while recording."""
        self._wishes.put(lambda: self._change(show, sessions or self._sessions))

    def record(self) -> None:
        """Begins a recording as soon as the sources are open; after a failure it tries once more to open the show."""
        self._wishes.put(self._record)

    def stop(self) -> None:
        """Ends the recording."""
        self._wishes.put(self._stop)

    def tell(self, event: OutsideEvent) -> None:
        """A key for the director; without a recording it is passed over."""
        engine = self._engine
        if engine is not None:
            engine.tell(event)

    def mark(self, label: str = "") -> None:
        """Puts a marker at this moment of the recording."""
        engine = self._engine
        if engine is not None:
            engine.mark(label)

    def mark_wrong_cut(self, slot: int) -> None:
        """The producer says that the cut on this slot was wrong."""
        engine = self._engine
        if engine is not None:
            engine.mark_wrong_cut(slot)

    def monitor(self) -> Monitor:
        """A place that shows any camera of whatever show there is."""
        return Monitor(lambda: self._shelves, self._ahead)

    def microphone_lines(self) -> tuple[MicrophoneLine, ...]:
        """The microphones of the present show, for whoever listens along; ask again when the show has changed."""
        sources = self._sources
        return () if sources is None else sources.lines

    def watch_viewers(self) -> None:
        """From now on a monitor can show VIEWERS: the program as it leaves, while a recording runs."""
        self._wishes.put(self._watch_viewers)

    def leave_viewers(self) -> None:
        """Nobody looks at it any more."""
        self._wishes.put(self._leave_viewers)

    @property
    def shows_viewers(self) -> bool:
        """Whether there is a picture as viewers see it."""
        viewers = self._viewers
        return viewers is not None and viewers.goes_on and viewers.shelf.newest() is not None

    def events_since(self, position: int) -> tuple[int, list[EventRecord]]:
        """See RecentEvents.since; positions begin anew with every show."""
        engine = self._engine
        return (0, []) if engine is None else engine.events.since(position)

    def look(self) -> StudioState:
        """The present. Never waits."""
        assert self._show is not None, "start() comes first"
        engine = self._engine
        snapshot = None if engine is None else engine.snapshot()
        return StudioState(
            now_s=time.perf_counter(),
            phase=self._phase,
            show=self._show,
            problem=self._problem,
            folder=None if engine is None else engine.folder,
            snapshot=snapshot,
            cameras=cameras_now(self._sources, self._camera_states, snapshot),
            microphones=microphones_now(self._sources, self._levels, snapshot),
            free_bytes=self._free,
        )

    def close(self, deadline_s: float = 90.0) -> None:
        """Stops a recording, closes every source and joins. Idempotent. Raises what nobody had expected."""
        if self._thread.ident is not None:
            self._wishes.put(None)
            self._thread.join(deadline_s)
            if self._thread.is_alive():
                raise TimeoutError(f"The show did not close within {deadline_s:g} s.")
        self._ahead.close()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        """Wishes one after the other, and a look at the sources between them."""
        while True:
            try:
                wish = self._wishes.get(timeout=_POLL_S)
            except Empty:
                self._attempt(self._watch)
                continue
            if wish is None:
                break
            self._attempt(wish)
        # One after the other: a recording that ends with an error leaves no source running.
        self._attempt(self._stop)
        self._attempt(self._close)
        self._phase = Phase.CLOSED

    def _attempt(self, step: Callable[[], None]) -> None:
        """A wish that fails is told of; the studio goes on."""
        try:
            step()
        except (SessionError, OSError) as error:
            self._problem = self._told(error)
        except Exception as error:  # noqa: BLE001 - the thread's outer edge: told to the producer, raised by close()
            self._problem = f"{str(error) or type(error).__name__} This was not expected; what is recorded is safe."
            self._error = self._error or error
        else:
            return
        if self._phase is Phase.OPENING:
            self._phase = Phase.FAILED
        elif self._phase in {Phase.STARTING, Phase.STOPPING}:
            self._phase = Phase.READY

    def _told(self, error: Exception) -> str:
        """The house's errors are sentences, those of the system are not."""
        if not isinstance(error, OSError) or error.strerror is None:
            return str(error)
        return f"{error.filename or self._sessions} cannot be used: {error.strerror}. Check its disk."

    def _open(self, show: Show) -> None:
        self._take_up(make_sources(show))
        self._open_engine(show)

    def _open_engine(self, show: Show) -> None:
        """Raises SessionError; the sources go on, so that the cameras are seen."""
        assert self._sources is not None
        for start in self._sources.starts():
            start()
        engine = ShowEngine(show, self._sessions, sources=self._sources, prior=self._prior(show))
        self._engine = engine
        engine.open()
        self._phase = Phase.READY
        self._problem = None

    def _change(self, show: Show, sessions: Path) -> None:
        if self._phase in {Phase.RECORDING, Phase.STARTING}:
            self._problem = "The show is being recorded. Stop the recording before you change its set-up."
            return
        assert self._show is not None
        self._phase = Phase.OPENING
        if self._engine is not None:
            self._engine.release()
            self._engine = None
        self._sessions = sessions
        # In this order: whoever sees the new show may ask for its pictures at once.
        stop = self._exchange_sources(self._show, show)
        self._show = show
        try:
            self._open_engine(show)
        finally:
            stop()

    def _watch_viewers(self) -> None:
        if self._viewers is None and self._engine is not None:
            self._viewers = self._engine.viewers_picture()
        if self._viewers is not None:
            self._shelves = {**self._shelves, VIEWERS: self._viewers.shelf}

    def _leave_viewers(self) -> None:
        viewers, self._viewers = self._viewers, None
        self._shelves = {camera: shelf for camera, shelf in self._shelves.items() if camera != VIEWERS}
        if viewers is not None:
            viewers.close()

    def _exchange_sources(self, before: Show, after: Show) -> Callable[[], None]:
        assert self._sources is not None
        sources, stop = changed_sources(before, self._sources, after)
        if self._levels is not None:
            self._levels.close()
        self._take_up(sources)
        return stop

    def _take_up(self, sources: Sources) -> None:
        self._sources, self._levels = sources, SoundLevels(sources.lines)
        self._shelves = {camera: feed.shelf for camera, feed in sources.cameras.items()}

    def _open_again(self) -> None:
        """What stood in the way may be gone by now. Raises SessionError where it is not."""
        assert self._show is not None
        self._phase = Phase.OPENING
        if self._sources is None:
            self._open(self._show)
            return
        if self._engine is not None:
            self._engine.release()
        self._open_engine(self._show)

    def _record(self) -> None:
        if self._phase is Phase.FAILED:
            self._open_again()
        if self._phase is not Phase.READY or self._engine is None:
            return
        self._phase, self._problem = Phase.STARTING, None
        self._engine.record()
        self._phase = Phase.RECORDING

    def _stop(self) -> None:
        engine = self._engine
        if self._phase is not Phase.RECORDING or engine is None:
            return
        # Whoever looks on must not keep a recording from its end.
        self._attempt(self._leave_viewers)
        self._phase = Phase.STOPPING
        folder = engine.folder
        try:
            engine.stop()
        except Exception as error:  # noqa: BLE001 - whatever ended badly, what was recorded is there and is finished
            self._problem = self._ended_badly(error, folder)
        else:
            self._problem = engine.stop_reason or (" ".join(engine.problems) or None)
            if engine.discard_empty():
                folder, self._problem = None, self._problem or NOTHING_RECORDED
        self._phase = Phase.READY
        if folder is not None and folder.is_dir():
            self._finished(folder)

    def _ended_badly(self, error: Exception, folder: Path | None) -> str:
        if not isinstance(error, (SessionError, OSError)):
            self._error = self._error or error
        told = self._told(error) or type(error).__name__
        if folder is None or not folder.is_dir():
            return told
        end = "" if told.endswith(".") else "."
        return f"{told}{end} The recording has ended; its files are in {folder}. Look at them under Sessions."

    def _watch(self) -> None:
        engine = self._engine
        if self._sources is not None and self._phase is not Phase.RECORDING:
            now_ns = time.perf_counter_ns()
            self._camera_states = {camera: feed.look(now_ns) for camera, feed in self._sources.cameras.items()}
        if engine is not None and self._phase is Phase.RECORDING and engine.wait_for_stop(0):
            self._stop()
        if time.monotonic() >= self._free_due_s:
            self._free_due_s = time.monotonic() + _DISK_POLL_S
            self._free = free_bytes(self._sessions if self._sessions.exists() else Path.home())

    def _close(self) -> None:
        try:
            if self._engine is not None:
                self._engine.release()
        finally:
            self._engine = None
            self._close_sources()

    def _close_sources(self) -> None:
        if self._levels is not None:
            self._levels.close()
        if self._sources is None:
            return
        for stop in self._sources.stops():
            self._attempt(stop)
