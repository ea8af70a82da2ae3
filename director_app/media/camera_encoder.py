"""The thread that encodes one camera, and nothing else.

An encoder that raises is opened anew and the same picture is encoded again as a key frame, so that no slot is
missing; only when that fails too, three times in a row, is the camera given up.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from queue import SimpleQueue

from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderError, EncoderSettings, VideoEncoder
from director_app.media.frame import Frame
from director_app.media.packets import FrameKind, VideoPacket

_TRIES = 3
_HANGS_S = 5


@dataclass(frozen=True, slots=True)
class _Job:
    slot: int
    frame: Frame | None
    kind: FrameKind


class CameraEncoder:
    """Encodes the pictures of one camera in slot order. An encoder that hangs for 5 s is given up.

    Its queue holds a second of pictures; when it is full, a slot repeats the picture before it, which
    costs the encoder next to nothing, and is counted in `overloaded`.
    """

    def __init__(
        self,
        camera: CameraId,
        settings: EncoderSettings,
        on_packet: Callable[[VideoPacket], None],
        on_failed: Callable[[CameraId, str], None],
        open_encoder: Callable[[EncoderSettings], VideoEncoder] = VideoEncoder,
    ) -> None:
        """Raises EncoderError when the encoder cannot be opened at all."""
        self.camera = camera
        self._settings = settings
        self._on_packet = on_packet
        self._on_failed = on_failed
        self._open_encoder = open_encoder
        self.encoder = open_encoder(settings)
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._limit = round(settings.canvas.fps)
        self._thread = threading.Thread(target=self._run, name=f"encoder {camera}", daemon=True)
        self._error: BaseException | None = None
        self._closed = False
        self._done_slot = 0
        self.overloaded = 0
        self.reopened = 0
        self.failed = False

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def offer(self, slot: int, frame: Frame, kind: FrameKind) -> None:
        """Hands over the picture of one slot; never blocks. Slots come in order, each once."""
        if self.failed:
            return
        full = self._jobs.qsize() >= self._limit
        if full:
            self.overloaded += 1
            if slot - self._done_slot > _HANGS_S * self._settings.canvas.fps:
                self._give_up(f"It has encoded nothing for {_HANGS_S} s.")
                return
        self._jobs.put(_Job(slot, None if full else frame, kind))

    def close(self, deadline_s: float) -> None:
        """Encodes what waits, ends the thread and re-raises what went wrong in it. Idempotent."""
        if self._closed:
            return
        self._closed = True
        self._jobs.put(None)
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        if self._thread.is_alive():
            raise TimeoutError(f"The encoder of {self.camera} did not end within {deadline_s:g} s.")
        self.encoder.close()
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            self._encode_all()
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: close() raises it again
            self._error = error
            self._give_up(f"Its encoder thread ended: {error}")

    def _encode_all(self) -> None:
        last: Frame | None = None
        while (job := self._jobs.get()) is not None:
            if self.failed:
                continue
            last = job.frame or last
            if last is not None:
                self._encode(job.slot, last, job.kind)
            self._done_slot = job.slot
        if not self.failed:
            self._send(self.encoder.flush(self.camera))

    def _encode(self, slot: int, frame: Frame, kind: FrameKind) -> None:
        for _ in range(_TRIES):
            try:
                self._send(self.encoder.encode(self.camera, slot, frame.picture, kind))
            except EncoderError as error:
                kind = FrameKind.KEY
                reason = str(error)
                if not self._reopen():
                    break
            else:
                return
        self._give_up(reason)

    def _reopen(self) -> bool:
        self.encoder.close()
        try:
            self.encoder = self._open_encoder(self._settings)
        except EncoderError:
            return False
        self.reopened += 1
        return True

    def _send(self, packets: list[VideoPacket]) -> None:
        for packet in packets:
            self._on_packet(packet)

    def _give_up(self, reason: str) -> None:
        if not self.failed:
            self.failed = True
            self._on_failed(self.camera, reason)
