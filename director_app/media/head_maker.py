"""The thread that makes the heads of shots, so that neither bus nor keys ever wait for a decoder or an encoder."""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from queue import SimpleQueue

from director_app.core.sources import CameraId
from director_app.media.dress import Dress
from director_app.media.encoder import EncoderSettings, VideoEncoder
from director_app.media.head import HeadEncoder, HeadError, ends_head
from director_app.media.packets import VideoPacket


@dataclass(eq=False, slots=True)
class Head:
    """One head that is being made. Whoever ordered it keeps what was made; the maker sets `failure` at most once.

    fed: everything that the maker needs has been handed over. dropped: nobody wants it any more. dress: what lies
    over its pictures.
    """

    camera: CameraId
    first: int
    dress: Dress | None = None
    made: dict[int, VideoPacket] = field(default_factory=dict)
    fed: bool = False
    dropped: bool = False
    failure: str | None = None

    def ends(self, packet: VideoPacket) -> bool:
        """Whether the camera's own packets follow from this one on. Where nothing more will be made, any key frame
        does."""
        gone = self.dress is None or self.dropped or self.failure is not None
        return ends_head(self.first, packet, 0 if gone or self.dress is None else self.dress.end)


OnMade = Callable[[Head, VideoPacket | None], None]
"""Called on the maker's thread for every packet of a head, and with None when it has failed."""


class HeadMaker:
    """Owner of one thread. begin(), feed() and drop() never block.

    Its queue holds packets that the program bus keeps anyway: those of the heads that wait, at most as far back as a
    camera's last key frame each.
    """

    def __init__(
        self,
        settings: EncoderSettings,
        parameter_sets: bytes,
        open_encoder: Callable[[EncoderSettings], VideoEncoder] = VideoEncoder,
    ) -> None:
        """parameter_sets: of every camera. Tries once whether heads can be made. Raises HeadError."""
        self._settings = settings
        self._parameter_sets = parameter_sets
        self._open_encoder = open_encoder
        self._open(CameraId("none"), 0).close()
        self._inbox: SimpleQueue[tuple[Head, VideoPacket | None] | None] = SimpleQueue()
        self._encoders: dict[Head, HeadEncoder] = {}
        self._on_made: OnMade = lambda _head, _packet: None
        self._thread = threading.Thread(target=self._run, name="head maker", daemon=True)
        self._closed = False
        self._error: BaseException | None = None

    def start(self, on_made: OnMade) -> None:
        """Starts the thread."""
        self._on_made = on_made
        self._thread.start()

    def begin(self, camera: CameraId, first: int, packets: Iterable[VideoPacket], dress: Dress | None = None) -> Head:
        """Orders a head; packets: what there is of the camera, from a key frame at or before the first slot on."""
        head = Head(camera, first, dress)
        if self._error is not None:
            head.failure = f"Heads are not made any more: {self._error}"
        for packet in packets:
            self.feed(head, packet)
        return head

    def feed(self, head: Head, packet: VideoPacket) -> None:
        """The camera's next packet. Those behind the head's end are passed over."""
        if not head.fed and head.failure is None:
            head.fed = head.ends(packet)
            self._inbox.put((head, packet))

    def drop(self, head: Head) -> None:
        """This head is not wanted any more. Idempotent."""
        if not head.dropped:
            head.dropped = head.fed = True
            self._inbox.put((head, None))

    def close(self, deadline_s: float) -> None:
        """Makes what was fed, joins, re-raises. Idempotent."""
        if self._closed:
            return
        self._closed = True
        self._inbox.put(None)
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        if self._thread.is_alive():
            raise TimeoutError(f"The head maker did not end within {deadline_s:g} s.")
        if self._error is not None:
            raise self._error

    @property
    def crashed(self) -> BaseException | None:
        """What ended the thread before its time."""
        return self._error

    def _run(self) -> None:
        try:
            while (job := self._inbox.get()) is not None:
                self._work(*job)
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: close() raises it again
            self._error = error
            self._fail_all(f"Heads are not made any more: {error}")
        finally:
            for encoder in self._encoders.values():
                encoder.close()

    def _work(self, head: Head, packet: VideoPacket | None) -> None:
        if head.dropped or packet is None:
            self._forget(head)
            return
        if head.failure is not None:
            return
        try:
            encoder = self._encoders.get(head)
            if encoder is None:
                encoder = self._encoders[head] = self._open(head.camera, head.first, head.dress)
            for made in encoder.take(packet):
                self._on_made(head, made)
            if encoder.ended:
                self._forget(head)
        except HeadError as error:
            self._fail(head, str(error))

    def _open(self, camera: CameraId, first: int, dress: Dress | None = None) -> HeadEncoder:
        return HeadEncoder(self._settings, self._parameter_sets, camera, first, self._open_encoder, dress)

    def _forget(self, head: Head) -> None:
        encoder = self._encoders.pop(head, None)
        if encoder is not None:
            encoder.close()

    def _fail(self, head: Head, reason: str) -> None:
        self._forget(head)
        head.failure = reason
        self._on_made(head, None)

    def _fail_all(self, reason: str) -> None:
        """Heads that wait in the queue included: nobody may wait for them."""
        heads = dict.fromkeys(self._encoders)
        while not self._inbox.empty():
            job = self._inbox.get()
            if job is not None:
                heads.setdefault(job[0])
        for head in heads:
            self._fail(head, reason)
