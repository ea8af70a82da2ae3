"""The way of the pictures in one recording: clock, dispatch, one encoder per camera, program bus."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from director_app.core.canvas import Slot
from director_app.core.placement import Program, makes_heads
from director_app.core.sources import CameraId
from director_app.media.bus import BusHooks, ProgramBus, ProgramMaker, Routed
from director_app.media.camera_encoder import CameraEncoder
from director_app.media.clock import ProgramClock
from director_app.media.dispatch import Dispatch
from director_app.media.encoder import SOFTWARE_CODEC, EncoderSettings, VideoEncoder
from director_app.media.frame import Frame
from director_app.media.head import HeadError
from director_app.media.head_maker import HeadMaker
from director_app.media.on_air import CutHooks
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import VideoPacket
from director_app.media.program_encoder import TranscodedProgram
from director_app.media.shelf import FrameShelf

OpenEncoder = Callable[[EncoderSettings], VideoEncoder]


_CLOSE_S = 60.0


@dataclass(frozen=True, slots=True)
class PictureHooks:
    """Whom the pictures tell. camera_failed: camera and sentence. cut_moved, program_failed, name_lost: see CutHooks
    and BusHooks."""

    camera_failed: Callable[[CameraId, str], None]
    cut_moved: Callable[[Slot, CameraId], None]
    program_failed: Callable[[BaseException], None]
    name_lost: Callable[[Slot, Slot], None] = lambda _first, _slot: None


class Pictures:
    """Owner of the clock, the encoders and the bus of one recording."""

    def __init__(
        self,
        settings: EncoderSettings,
        opening: CameraId,
        delay_slots: int,
        cameras: Sequence[CameraId],
        hooks: PictureHooks,
        open_encoder: OpenEncoder = VideoEncoder,
    ) -> None:
        """Opens the encoders. Raises EncoderError, and leaves none open then."""
        self._settings = settings
        self._queues: dict[CameraId, PacketQueue] = {}
        self._hooks = hooks
        self.encoders: dict[CameraId, CameraEncoder] = {}
        try:
            for camera in cameras:
                self.encoders[camera] = CameraEncoder(
                    camera, settings, self._on_packet, self._camera_failed, open_encoder
                )
            self.maker = self._choose_maker()
            self.heads = self._choose_heads(delay_slots)
        except BaseException:  # whatever it was, no encoder stays open; raised again
            for encoder in self.encoders.values():
                encoder.close(_CLOSE_S)
            raise
        cut_hooks = CutHooks(self._ask_key, self._key_for_cut, hooks.cut_moved, hooks.name_lost)
        bus_hooks = BusHooks(cut_hooks, hooks.program_failed)
        self.bus = ProgramBus(settings.canvas, cameras, opening, delay_slots, bus_hooks, self.maker, self.heads)
        self.dispatch: Dispatch | None = None
        self.clock: ProgramClock | None = None

    def _choose_maker(self) -> ProgramMaker:
        """Packets of all cameras may stand in one file only if their parameter sets are the same to the byte."""
        sets = {camera: encoder.encoder.parameter_sets for camera, encoder in self.encoders.items()}
        if len(set(sets.values())) == 1:
            return Routed()
        return TranscodedProgram(self._settings, sets)

    def _choose_heads(self, delay_slots: int) -> HeadMaker | None:
        """Heads are made where the delay leaves time for it, by an encoder that was proved to open at once."""
        settings = self._settings
        if not self.maker.cuts_on_key_frames or not makes_heads(settings.canvas, delay_slots):
            return None
        if settings.codec != SOFTWARE_CODEC:
            return None
        try:
            return HeadMaker(settings, next(iter(self.encoders.values())).encoder.parameter_sets)
        except HeadError:
            return None

    @property
    def cuts_anywhere(self) -> bool:
        """Whether a cut falls on the slot where it is wanted; else it waits for a key frame."""
        return self.heads is not None or not self.maker.cuts_on_key_frames

    @property
    def program_template(self) -> VideoEncoder:
        """The encoder whose stream describes the program's packets."""
        if isinstance(self.maker, TranscodedProgram):
            return self.maker.encoder
        return next(iter(self.encoders.values())).encoder

    @property
    def program(self) -> Program:
        """Where decisions are carried out. A program that is encoded on its own wants no key frames."""
        if self.maker.cuts_on_key_frames:
            return Program(self.bus.cut, self._ask_key, self.bus.head_end)
        return Program(self.bus.cut, lambda _camera, _slot: None)

    def write_iso(self, camera: CameraId, queue: PacketQueue) -> None:
        """From now on the camera's packets go to this queue too; call before start()."""
        self._queues[camera] = queue

    def start(
        self, start_ns: int, shelves: Mapping[CameraId, FrameShelf], placeholders: Mapping[CameraId, Frame]
    ) -> None:
        """Slot 0 begins at start_ns."""
        settings = self._settings
        self.dispatch = Dispatch(settings.canvas, start_ns, settings.period_slots)
        for camera, encoder in self.encoders.items():
            self.dispatch.add(encoder, shelves[camera], placeholders[camera])
            encoder.start()
        self.bus.start()
        self.clock = ProgramClock(settings.canvas, start_ns, self.dispatch.on_slot)
        self.clock.start()

    def stop_clock(self) -> Slot:
        """No slot begins any more; returns how many there were."""
        return Slot(0) if self.clock is None else self.clock.stop()

    @property
    def length(self) -> Slot:
        """Slots that have begun."""
        return Slot(0) if self.clock is None else self.clock.next_slot

    def close(self, deadline_s: float) -> None:
        """After the clock, the sound and the director have ended: encodes and releases what waits."""
        errors: list[BaseException] = []
        for step in (*(encoder.close for encoder in self.encoders.values()), self.bus.close):
            try:
                step(deadline_s)
            except BaseException as error:  # noqa: BLE001 - every thread is ended before the first error is raised
                errors.append(error)
        if isinstance(self.maker, TranscodedProgram):
            self.maker.close()
        if errors:
            raise errors[0]

    def _ask_key(self, camera: CameraId, slot: int = 0) -> Slot:
        assert self.dispatch is not None
        return self.dispatch.ask_key(camera, slot)

    def _key_for_cut(self, camera: CameraId, earliest: int, latest: int) -> Slot:
        assert self.dispatch is not None
        return self.dispatch.key_for_cut(camera, earliest, latest)

    def _on_packet(self, packet: VideoPacket) -> None:
        queue = self._queues.get(packet.camera)
        if queue is not None:
            queue.put(packet)
        self.bus.offer(packet)

    def _camera_failed(self, camera: CameraId, reason: str) -> None:
        self.bus.camera_failed(camera)
        self._hooks.camera_failed(camera, reason)
