"""The way of the sound in one recording: microphones to FLAC and ISO, the mix to all, everything to analysis."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from director_app.capture.microphone_feed import MicrophoneFeed
from director_app.core.sound_batch import SoundBatch
from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.media.packet_queue import PacketQueue
from director_app.media.sound.aac import AacEncoder, Layout
from director_app.media.sound.automix import Automix
from director_app.media.sound.flac import FlacEncoder
from director_app.media.sound.intake import MicrophoneIntake
from director_app.media.sound.packets import SoundPacket, SoundTick
from director_app.media.sound.sinks import AacSink, FlacSink, ListenerSink, MixSink, PacketsOut, SoundSink
from director_app.media.sound.sound_thread import SoundThread
from director_app.media.sound.ticks import TickAssembler

MIX = "mix"


class MicrophoneFailedError(Exception):
    """One microphone's sound could not be gone on with; str() says so and names the microphone."""

    def __init__(self, microphone: MicrophoneId, cause: Exception) -> None:
        what = str(cause) or type(cause).__name__
        super().__init__(f"the sound of microphone {microphone} could not be processed ({what}) and is silence now")
        self.__cause__ = cause


@dataclass(frozen=True, slots=True)
class MicrophoneLine:
    """One microphone: which channel (from 0) of which device, and whose camera it belongs to."""

    id: MicrophoneId
    camera: CameraId
    feed: MicrophoneFeed
    channel: int
    offset_ms: float

    def is_ok(self) -> bool:
        """Whether the device delivers."""
        return self.feed.state is SourceState.OK


class Sound:
    """Owner of the sound thread and of the sound encoders of one recording."""

    def __init__(self, lines: Sequence[MicrophoneLine], batch: SoundBatch) -> None:
        self._lines, self._batch = tuple(lines), batch
        self.mix = AacEncoder(MIX, Layout.STEREO, bit_rate=160_000)
        self.aac = {line.id: AacEncoder(line.id) for line in lines}
        self.flac = {line.id: FlacEncoder(line.id) for line in lines}
        self._flac_queues: dict[MicrophoneId, PacketQueue] = {}
        self._iso_queues: dict[CameraId, PacketQueue] = {}
        self._intakes: list[MicrophoneIntake] = []
        self._broken: list[MicrophoneFailedError] = []
        self._thread: SoundThread | None = None

    def write_flac(self, microphone: MicrophoneId, queue: PacketQueue) -> None:
        """The microphone's lossless packets go to this queue."""
        self._flac_queues[microphone] = queue

    def write_iso(self, camera: CameraId, queue: PacketQueue) -> None:
        """The mix and the camera's own microphones go to this queue."""
        self._iso_queues[camera] = queue

    def start(
        self,
        start_ns: int,
        to_program: PacketsOut,
        listener: Callable[[Sequence[SoundTick]], None],
        on_failure: Callable[[Exception], None],
    ) -> None:
        """Absolute sample 0 belongs to start_ns. on_failure also hears of a microphone whose sound broke, by name."""
        self._intakes = [MicrophoneIntake(start_ns, line.is_ok, line.channel, line.offset_ms) for line in self._lines]
        for line, intake in zip(self._lines, self._intakes, strict=True):
            line.feed.add_listener(intake.offer)

        def broken(row: int, error: Exception) -> None:
            self._broken.append(MicrophoneFailedError(self._lines[row].id, error))
            on_failure(self._broken[-1])

        sinks = [ListenerSink(listener), *self._file_sinks(), self._mix_sink(to_program)]
        assembler = TickAssembler(start_ns, self._intakes, broken)
        self._thread = SoundThread(assembler, sinks, self._batch, on_failure)
        self._thread.start()

    def stop(self, end_sample: int) -> None:
        """Ends exactly at end_sample and gives every file the rest. Raises the first thing that went wrong."""
        assert self._thread is not None
        try:
            self._thread.stop(end_sample)
        finally:
            for line, intake in zip(self._lines, self._intakes, strict=True):
                line.feed.remove_listener(intake.offer)
        if self._broken:
            raise self._broken[0]

    def close(self) -> None:
        """Frees the encoders; after stop(), when no file needs them as templates any more. Idempotent.

        While the sound thread is still at work, after a stop() that raised TimeoutError, nothing is freed: an encoder
        freed in the middle of its work takes the whole program with it.
        """
        if self._thread is not None and self._thread.is_alive:
            return
        for aac in (self.mix, *self.aac.values()):
            aac.close()
        for flac in self.flac.values():
            flac.close()

    def _file_sinks(self) -> list[SoundSink]:
        sinks: list[SoundSink] = []
        for row, line in enumerate(self._lines):
            sinks.append(FlacSink(self.flac[line.id], row, self._flac_queues[line.id].put))
            sinks.append(AacSink(self.aac[line.id], row, self._iso_queues[line.camera].put))
        return sinks

    def _mix_sink(self, to_program: PacketsOut) -> SoundSink:
        outs = (*(queue.put for queue in self._iso_queues.values()), to_program)

        def hand_out(*packets: SoundPacket) -> None:
            for out in outs:
                out(*packets)

        return MixSink(self.mix, Automix(len(self._lines)), hand_out)


def tracks_of(camera: CameraId, sound: Sound, lines: Sequence[MicrophoneLine]) -> Mapping[str, AacEncoder]:
    """The sound tracks of a camera's ISO, in file order: the mix, then its own microphones."""
    own = {str(line.id): sound.aac[line.id] for line in lines if line.camera == camera}
    return {MIX: sound.mix} | own
