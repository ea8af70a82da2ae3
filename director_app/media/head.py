"""The head of a shot: its first pictures, decoded and encoded anew, so that a cut need not wait for a key frame.

A camera's packets can follow another's only from a key frame on. A head stands in for those between the slot of the
cut and that key frame: same pictures, same settings, with a key frame at the cut. A dressed head does the same while
something lies over the pictures of a camera that is on air. Knows neither threads nor time.
"""

from collections.abc import Callable

import av

from director_app.core.sources import CameraId
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.decoder import DecoderError, VideoDecoder
from director_app.media.dress import Dress, Painter
from director_app.media.encoder import EncoderError, EncoderSettings, VideoEncoder
from director_app.media.frame import I420
from director_app.media.nal import same_parameter_sets
from director_app.media.packets import FrameKind, VideoPacket

SHORTEST_HEAD = 2
"""Slots. x264 numbers its key frames 0, 1, 0 ... and H.264 wants two in a row to differ: never end after one."""


class HeadError(Exception):
    """A head cannot be made; str() is one sentence."""


def ends_head(first: int, packet: VideoPacket, until: int = 0) -> bool:
    """Whether the camera's own packets follow from this one on, in a head that begins at slot first.

    until: the end of what lies over it.
    """
    return packet.kind is FrameKind.KEY and packet.slot >= max(first + SHORTEST_HEAD, until)


def begins_dressed(first: int, before: VideoPacket | None) -> int:
    """The first slot of a head that is dressed from slot first on; before: the camera's packet of the slot before.

    Where that is a key frame the head begins with it, undressed: two key frames in a row would look like one.
    """
    return first - 1 if before is not None and before.kind is FrameKind.KEY else first


class HeadEncoder(ClosedOnLeaving):
    """Makes one head: packets of its camera go in, from a key frame at or before the first slot on, in slot order.

    A new encoder for every head: one that has encoded other pictures makes the first ones worse (measured: by 1 dB).
    """

    def __init__(
        self,
        settings: EncoderSettings,
        parameter_sets: bytes,
        camera: CameraId,
        first: int,
        open_encoder: Callable[[EncoderSettings], VideoEncoder] = VideoEncoder,
        dress: Dress | None = None,
    ) -> None:
        """parameter_sets: the camera's own. Raises HeadError when the head's packets could not stand beside them.

        dress: lies over the pictures; the head lasts as long.
        """
        self.camera, self.first = camera, first
        self.ended = False
        self._key: int | None = None
        self._dress = dress
        self._painter = None if dress is None else Painter(dress)
        self._decoder = VideoDecoder(parameter_sets)
        try:
            self._encoder = open_encoder(settings)
        except EncoderError as error:
            raise HeadError(str(error)) from error
        if not same_parameter_sets(self._encoder.parameter_sets, parameter_sets):
            self._encoder.close()
            raise HeadError("This encoder's packets cannot stand beside those of the camera.")

    def take(self, packet: VideoPacket) -> list[VideoPacket]:
        """The camera's next packet; returns the head's packet of its slot, if it has one. Raises HeadError.

        The packet that ends the head gives none, and sets `ended`.
        """
        if self.ended or ends_head(self.first, packet, 0 if self._dress is None else self._dress.end):
            self.ended = True
            return []
        if self._dress is not None and packet.slot == self._dress.first - 1:
            self.first = begins_dressed(self._dress.first, packet)
        try:
            picture = self._decoder.decode(packet)
            if packet.slot < self.first:
                return []
            if picture is None:
                raise HeadError(f"Slot {packet.slot} has no picture.")
            kind = self._kind(packet)
            if self._painter is not None:
                return self._encoder.encode(self.camera, packet.slot, self._painted(packet.slot, picture), kind)
            return self._encoder.encode_frame(self.camera, packet.slot, picture, kind)
        except (DecoderError, EncoderError) as error:
            raise HeadError(str(error)) from error

    def _painted(self, slot: int, picture: av.VideoFrame) -> I420:
        assert self._painter is not None
        try:
            return self._painter.painted(slot, picture)
        except Exception as error:  # whatever it was costs this head, and no other
            raise HeadError(f"Slot {slot} cannot be drawn over: {error}") from error

    def _kind(self, packet: VideoPacket) -> FrameKind:
        """Long heads have key frames where the camera has them, because outputs join there; never two in a row."""
        if self._key is not None:
            far = packet.slot >= self._key + SHORTEST_HEAD
            goes_on = self._dress is not None and packet.slot + SHORTEST_HEAD <= self._dress.end
            if packet.kind is not FrameKind.KEY or not far or not goes_on:
                return FrameKind.DELTA
        self._key = packet.slot
        return FrameKind.KEY

    def close(self) -> None:
        """Idempotent."""
        self._encoder.close()
