"""One thread per recorded file: a disk that stalls keeps nobody waiting but this thread."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Protocol

import av

from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import Packet
from director_app.media.recorded_file import RecordedFile

QUEUE_S = 30.0
"""How long a disk may stall before packets of its file are left out, seconds of packets at the full rate."""


PERIOD_S = 0.1
"""How often a writer looks for packets; what a crash may cost on top of a fragment."""


class PacketSink(Protocol):
    """A file format that takes packets."""

    def write(self, packet: Packet) -> None:
        """Raises OSError."""

    def close(self) -> None:
        """Finishes the file. Raises OSError."""


class FileWriter:
    """Writes what its queue holds; owner of the file. Its errors are told once and kept."""

    def __init__(
        self, queue: PacketQueue, file: RecordedFile, sink: PacketSink, on_error: Callable[[str, OSError], None]
    ) -> None:
        """on_error gets the file's name and the system's error, on the writer's thread."""
        self.queue = queue
        self._file = file
        self._sink = sink
        self._on_error = on_error
        self.name = file.path.name
        self._thread = threading.Thread(target=self._run, name=f"writer {self.name}")
        self.error: OSError | None = None
        self._crash: BaseException | None = None
        self._finished = False
        self.holds_packets = False

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    @property
    def size(self) -> int:
        """Bytes in the file so far."""
        return self._file.size

    def close(self, deadline_s: float) -> None:
        """Writes what waits, finishes the file, joins. Idempotent. Errors of the disk stand in `error`."""
        self.queue.end()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        if self._thread.is_alive():
            raise TimeoutError(f"{self.name} could not be finished within {deadline_s:g} s.")
        if self._crash is not None:
            raise self._crash

    def _run(self) -> None:
        try:
            self._write_all()
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: close() raises it again
            self._crash = error
            self._fail(OSError(f"{type(error).__name__}: {error}"))
            self._guard(self._file.close)

    def _write_all(self) -> None:
        ended = False
        while not ended:
            # Coming by now and then is far cheaper than being woken for every packet.
            ended = self.queue.wait_for_end(PERIOD_S)
            packets = self.queue.drain()
            if self.error is None:
                self._guard(partial(self._write, packets))
        self._guard(self._sink.close)
        self._guard(self._file.close)
        self._finished = True

    def _write(self, packets: list[Packet]) -> None:
        self.holds_packets = self.holds_packets or bool(packets)
        for packet in packets:
            self._sink.write(packet)
        self._file.sync_when_due()

    def _guard(self, action: Callable[[], None]) -> None:
        """Runs a step of writing; the first error ends the writing but never the show."""
        try:
            action()
        except (OSError, av.FFmpegError) as error:
            self._fail(self._file.error or OSError(str(error)))

    def _fail(self, error: OSError) -> None:
        if self.error is None:
            self.error = error
            self._on_error(self.name, error)

    @property
    def finished(self) -> bool:
        """Whether the thread went through all its steps; a file that is not finished waits for recovery."""
        return self._finished
