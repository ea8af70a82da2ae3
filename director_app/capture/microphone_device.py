"""A microphone, mixer or sound card by way of PortAudio, in a child of its own. Must not retry: its feed does."""

import queue
import time

import numpy as np

from director_app.capture.errors import SourceError, SourceLostError, SourceNotFoundError, SourceUnusableError
from director_app.capture.microphone_list import devices_of, names_of
from director_app.capture.microphone_process import MicrophoneProcess
from director_app.capture.microphone_wire import Kind, Message, Trouble
from director_app.media.sound.block import SoundBlock

OPEN_S = 8.0
"""A child that has not opened its device by then never will."""

FIRST_BLOCK_S = 3.0
"""A virtual device of PulseAudio that nobody listened to wakes up only every two seconds."""

SILENT_S = 1.0
"""A device that delivers nothing for this long is lost."""


class DeviceMicrophone:
    """MicrophoneReader of one input device, found by name.

    name: as `list_microphones` gives it. host_api: "" for any. channels_needed: the highest channel that serves as
    a microphone, plus one; a device that tells how many channels it has is opened with all of them.
    """

    def __init__(self, name: str, host_api: str = "", channels_needed: int = 1) -> None:
        self.name = name
        self._arguments = ("stream", name, host_api, str(channels_needed))
        self._process: MicrophoneProcess | None = None
        self._rate = 0
        self._patience_ns = 0

    @property
    def child_pid(self) -> int | None:
        """Process id of the child while the device is open."""
        return self._process.pid if self._process else None

    def open(self) -> None:
        """Raises SourceError with the devices that are present, if this one is not."""
        self.close()
        self._process = MicrophoneProcess(*self._arguments)
        try:
            message = self._process.get(OPEN_S)
        except queue.Empty:
            message = None
        if message is None or message.kind is not Kind.OPENED:
            self.close()
            raise self._error(message)
        self._rate = int(message.facts()["rate"])
        self._patience_ns = time.perf_counter_ns() + round(FIRST_BLOCK_S * 1e9)

    def read(self, timeout_s: float) -> SoundBlock | None:
        """The next 20 ms. Raises SourceLostError when the device has gone or kept silent for a second."""
        if self._process is None:
            raise RuntimeError(f'the microphone "{self.name}" is not open')
        try:
            message = self._process.get(timeout_s)
        except queue.Empty:
            if time.perf_counter_ns() > self._patience_ns:
                raise SourceLostError(self._lost("has delivered nothing for a second")) from None
            return None
        if message is None or message.kind is not Kind.SOUND:
            raise self._error(message)
        self._patience_ns = time.perf_counter_ns() + round(SILENT_S * 1e9)
        samples = np.frombuffer(message.body, np.float32).reshape(-1, message.channels)
        return SoundBlock(samples, self._rate, message.end_ns, message.gap)

    def close(self) -> None:
        """Ends the child; idempotent."""
        if self._process is not None:
            self._process.close()
            self._process = None

    def _error(self, message: Message | None) -> SourceError:
        if message is None or message.kind is not Kind.ERROR:
            return SourceLostError(self._lost("stopped answering"))
        facts = message.facts()
        trouble, detail = Trouble(facts["trouble"]), str(facts["detail"])
        if trouble is Trouble.LOST:
            return SourceLostError(self._lost("has gone"))
        if trouble is Trouble.UNUSABLE:
            return SourceUnusableError(
                f'The microphone "{self.name}" cannot serve: {detail}. Choose another channel.'
            )
        if detail:
            return SourceNotFoundError(
                f'The microphone "{self.name}" does not open ({detail}). Plug it in, or end what else uses it.'
            )
        present = names_of(devices_of(facts["devices"]))
        return SourceNotFoundError(
            f'There is no microphone "{self.name}". Present: {present}. Plug it in or name another.'
        )

    def _lost(self, what: str) -> str:
        return f'The microphone "{self.name}" {what}. Check its cable.'
