"""The thread of one camera: opens it, reads it, fits its pictures to the canvas, and opens it again when it goes.

A camera that is missing or gone never keeps anybody waiting: its shelf keeps the last picture, its state says why.
One that has ever given a picture is never given up, whatever goes wrong with it later.
"""

import threading
import time
from collections.abc import Callable

import cv2

from director_app.capture.errors import SourceError, SourceLostError, SourceUnusableError
from director_app.capture.picture_watch import PictureWatch
from director_app.capture.reader import CameraReader, Liveness, Picture, PictureFormat, format_of
from director_app.core.health import Observation, camera_state
from director_app.core.sources import CameraId, SourceState
from director_app.media.fit import Fitter, UnfitError
from director_app.media.frame import Frame, FramePool
from director_app.media.shelf import FrameShelf

_READ_TIMEOUT_S = 0.25
_WATCH_PERIOD_NS = 150_000_000
_FIRST_WAIT_S = 0.25
_LONGEST_WAIT_S = 4.0


class CameraFeed:
    """Owner of one reader. Every method may be called from any thread; start() and stop() from the owner's."""

    def __init__(
        self,
        camera: CameraId,
        make_reader: Callable[[], CameraReader],
        pool: FramePool,
        fitter: Fitter,
        shelf: FrameShelf,
    ) -> None:
        """make_reader is called for every opening, so that a reader never has to forget its past."""
        self.camera = camera
        self.shelf = shelf
        self._make_reader = make_reader
        self._pool = pool
        self._fitter = fitter
        self._watch = PictureWatch()
        self._watch_due_ns = 0
        self._stop = threading.Event()
        self._first = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"camera {camera}", daemon=True)
        self._crash: BaseException | None = None
        self._connected = False
        self._last_ns: int | None = None
        self._liveness = Liveness.MADE
        self._state = SourceState.OPENING
        self.error: str | None = None
        self.pictures = 0
        self.format: PictureFormat | None = None

    def start(self) -> None:
        """Starts the thread; returns at once. Idempotent."""
        if self._thread.ident is None:
            self._thread.start()

    def wait_for_picture(self, timeout_s: float) -> bool:
        """True when the first picture has come, or the camera can never give one."""
        return self._first.wait(timeout_s)

    def look(self, now_ns: int) -> SourceState:
        """The camera's state by the watchdog's rules; call it regularly from one thread."""
        last_ns, now_s = self._last_ns, now_ns / 1e9
        age_s = float("inf") if last_ns is None else (now_ns - last_ns) / 1e9
        may_be_still = self._liveness is Liveness.MADE
        seen = Observation(
            connected=self._connected,
            frame_age_s=age_s,
            still_s=0.0 if may_be_still else self._watch.still_s(now_s),
            dark_s=self._watch.dark_s(now_s),
        )
        self._state = camera_state(seen, self._state)
        return self._state

    def ask_to_stop(self) -> None:
        """Tells the thread to close the camera; does not wait."""
        self._stop.set()

    def stop(self, deadline_s: float = 12.0) -> None:
        """Closes the camera and joins. Idempotent. Raises the first thing that nobody had expected."""
        self.ask_to_stop()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        if self._thread.is_alive():
            raise TimeoutError(f"Camera {self.camera} did not close within {deadline_s:g} s.")
        if self._crash is not None:
            raise self._crash

    def _run(self) -> None:
        try:
            self._run_until_stopped()
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: stop() raises it again
            self._crashed(error)
        finally:
            self._connected = False
            self._first.set()

    def _run_until_stopped(self) -> None:
        wait_s = _FIRST_WAIT_S
        while not self._stop.is_set():
            pictures_before = self.pictures
            try:
                self._read_until_gone()
            except SourceError as error:
                self.error = str(error)
                if isinstance(error, SourceUnusableError) and not self.pictures:
                    return
            except Exception as error:  # noqa: BLE001 - the outer edge of one opening: stop() raises it, the show goes on
                self._crashed(error)
            if self.pictures > pictures_before:
                wait_s = _FIRST_WAIT_S
            self._stop.wait(wait_s)
            wait_s = min(_LONGEST_WAIT_S, wait_s * 2)

    def _crashed(self, error: BaseException) -> None:
        self._crash = self._crash or error
        self.error = f"It failed: {str(error) or type(error).__name__}"

    def _read_until_gone(self) -> None:
        reader = self._make_reader()
        try:
            reader.open()
            self._liveness = reader.liveness
            self._watch = PictureWatch()
            # What the camera gave before it went says nothing about it now.
            self._last_ns = None
            self._connected = True
            while not self._stop.is_set():
                picture = reader.read(_READ_TIMEOUT_S)
                if picture is not None:
                    self._show(picture)
        finally:
            self._connected = False
            reader.close()

    def _show(self, picture: Picture) -> None:
        shape = format_of(picture)  # a frame that is given away is not the source's any more
        frame = self._fitted(picture)
        frame.arrived_ns = picture.arrived_ns
        if picture.arrived_ns >= self._watch_due_ns:
            self._watch_due_ns = picture.arrived_ns + _WATCH_PERIOD_NS
            self.format = shape
            height = frame.picture.shape[0] * 2 // 3
            self._watch.look(frame.picture[:height], picture.arrived_ns / 1e9)
        self._last_ns = picture.arrived_ns
        self.shelf.put(frame, time.perf_counter_ns())
        self.pictures += 1
        self.error = None
        self._first.set()

    def _fitted(self, picture: Picture) -> Frame:
        image = picture.image
        if isinstance(image, Frame):
            if self._fitter.has_nothing_to_do(image.picture):
                return image
            image = image.picture
        frame = self._pool.lend()
        try:
            self._fitter.fit(image, frame.picture, picture.pixel_aspect)
        except UnfitError as error:
            raise SourceUnusableError(f"{error} Choose another format in the camera's settings.") from None
        except (ValueError, cv2.error) as error:
            raise SourceLostError(f"It gave a picture that cannot be shown: {error}.") from error
        return frame
