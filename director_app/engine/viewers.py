"""The program as viewers see it, the programme delay behind the room: decoded from the very packets that leave.

For a window that asks for it, and only while it does: a decoder costs a seventh of a core at 1080p30. Must not touch
what is recorded; a decoder that fails ends here.
"""

import threading
import time

from director_app.core.sources import CameraId
from director_app.media.bus import ProgramBus
from director_app.media.decoder import DecoderError, VideoDecoder
from director_app.media.encoder import EncoderSettings
from director_app.media.fit import Fitter
from director_app.media.frame import FramePool
from director_app.media.packets import VideoPacket
from director_app.media.shelf import FrameShelf

VIEWERS = CameraId("as viewers see it")
"""By this name a monitor shows it; no camera of a show can have a name with spaces."""

_QUEUE_BYTES = 8_000_000
_WAIT_S = 0.2


class ViewersPicture:
    """Owner of one thread. Its shelf has pictures from the program's next key frame on."""

    def __init__(self, bus: ProgramBus, settings: EncoderSettings, parameter_sets: bytes) -> None:
        """parameter_sets: of the program, Annex B."""
        self._bus = bus
        self._decoder = VideoDecoder(parameter_sets)
        self._fitter = Fitter(settings.canvas)
        self._pool = FramePool(settings.canvas)
        self.shelf = FrameShelf(settings.canvas.slot_time_ns(1))
        # Full for a window that was stopped: it goes on at a key frame, like any other reader.
        self._queue = bus.subscribe(_QUEUE_BYTES)
        self._thread = threading.Thread(target=self._run, name="viewers picture")
        self._thread.start()

    @property
    def goes_on(self) -> bool:
        """False: it has ended, because the program cannot be decoded or is over; its last picture is old."""
        return self._thread.is_alive()

    def close(self, deadline_s: float = 5.0) -> None:
        """Ends the thread. Idempotent."""
        self._bus.unsubscribe(self._queue)
        self._thread.join(deadline_s)
        if self._thread.is_alive():
            raise TimeoutError(f"The viewers' picture did not end within {deadline_s:g} s.")

    def _run(self) -> None:
        while not self._queue.ended:
            packet = self._queue.get(_WAIT_S)
            if isinstance(packet, VideoPacket) and not self._show(packet):
                self._bus.unsubscribe(self._queue)
                return

    def _show(self, packet: VideoPacket) -> bool:
        """False: this program cannot be decoded."""
        try:
            picture = self._decoder.decode(packet)
        except DecoderError:
            return False
        if picture is not None:
            frame = self._pool.lend()
            self._fitter.fit(picture, frame.picture)
            frame.arrived_ns = time.perf_counter_ns()
            self.shelf.put(frame, frame.arrived_ns)
        return True
