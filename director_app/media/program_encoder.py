"""The fallback: a program with an encoder of its own, for cameras whose packets cannot stand in one file.

Decodes the on-air camera from its last key frame and encodes again; costs a decoder and an encoder, cuts anywhere.
"""

from collections import deque
from collections.abc import Mapping, Sequence

import numpy as np

from director_app.core.sources import CameraId
from director_app.media.decoder import VideoDecoder
from director_app.media.dress import Dress
from director_app.media.encoder import EncoderError, EncoderSettings, VideoEncoder
from director_app.media.frame import I420
from director_app.media.packets import FrameKind, VideoPacket


class TranscodedProgram:
    """A ProgramMaker that decodes and encodes. One thread, the bus's."""

    cuts_on_key_frames = False

    def __init__(self, settings: EncoderSettings, parameter_sets: Mapping[CameraId, bytes]) -> None:
        """Raises EncoderError."""
        self._settings = settings
        self.encoder = VideoEncoder(settings)
        self._parameter_sets = parameter_sets
        self._seen: dict[CameraId, deque[VideoPacket]] = {camera: deque() for camera in parameter_sets}
        self._next_key = 0
        self._on_air: CameraId | None = None
        self._decoder: VideoDecoder | None = None
        self._last: I420 | None = None

    def see(self, packet: VideoPacket) -> None:
        """Remembers the packet until a later key frame has been passed."""
        self._seen[packet.camera].append(packet)

    def make(self, packet: VideoPacket, worn: Dress | None = None) -> Sequence[VideoPacket]:
        """The program's own packet for this slot."""
        self._forget_before(packet.slot)
        if packet.camera != self._on_air:
            self._on_air, self._decoder = packet.camera, None
            self._next_key = packet.slot
        picture = self._decode(packet)
        if picture is None:
            return ()
        if worn is not None:
            picture = picture.copy()
            worn.paint(packet.slot, picture)
        kind = FrameKind.DELTA
        if packet.slot >= self._next_key:
            kind, self._next_key = FrameKind.KEY, packet.slot + self._settings.period_slots
        try:
            return self.encoder.encode(packet.camera, packet.slot, picture, kind)
        except EncoderError:
            # Like a camera's encoder: opened anew, and the same picture once more as a key frame.
            self.encoder.close()
            self.encoder = VideoEncoder(self._settings)
            return self.encoder.encode(packet.camera, packet.slot, picture, FrameKind.KEY)

    def close(self) -> None:
        """Idempotent."""
        self.encoder.close()

    def _decode(self, packet: VideoPacket) -> I420 | None:
        if self._decoder is None:
            self._decoder = VideoDecoder(self._parameter_sets[packet.camera])
        for earlier in self._seen[packet.camera]:
            if self._decoder.next_slot <= earlier.slot <= packet.slot:
                frame = self._decoder.decode(earlier)
                if frame is not None:
                    self._last = np.asarray(frame.to_ndarray(format="yuv420p"), np.uint8)
        return self._last

    def _forget_before(self, slot: int) -> None:
        """Keeps, for every camera, what can be decoded from its last key frame at or before the slot."""
        for packets in self._seen.values():
            keys = [packet.slot for packet in packets if packet.kind is FrameKind.KEY and packet.slot <= slot]
            first = keys[-1] if keys else 0
            while packets and packets[0].slot < first:
                packets.popleft()
