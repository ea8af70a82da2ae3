"""The head of a shot: its first pictures, decoded and encoded anew, so that a cut need not wait for a key frame.

A camera's packets can follow another's only from a key frame on. A head stands in for those between the slot of the
cut and that key frame: same pictures, same settings, with a key frame at the cut. Knows neither threads nor time.
"""

from collections.abc import Callable

from director_app.core.sources import CameraId
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.decoder import DecoderError, VideoDecoder
from director_app.media.encoder import EncoderError, EncoderSettings, VideoEncoder
from director_app.media.nal import same_parameter_sets
from director_app.media.packets import FrameKind, VideoPacket

SHORTEST_HEAD = 2
"""Slots. x264 numbers its key frames 0, 1, 0 ... and H.264 wants two in a row to differ: never end after one."""


class HeadError(Exception):
    """A head cannot be made; str() is one sentence."""


def ends_head(first: int, packet: VideoPacket) -> bool:
    """Whether the camera's own packets follow from this one on, in a head that begins at slot first."""
    return packet.kind is FrameKind.KEY and packet.slot >= first + SHORTEST_HEAD


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
    ) -> None:
        """parameter_sets: the camera's own. Raises HeadError when the head's packets could not stand beside them."""
        self.camera, self.first = camera, first
        self.ended = False
        self._begun = False
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
        if self.ended or ends_head(self.first, packet):
            self.ended = True
            return []
        try:
            picture = self._decoder.decode(packet)
            if packet.slot < self.first:
                return []
            if picture is None:
                raise HeadError(f"Slot {packet.slot} has no picture.")
            kind = FrameKind.DELTA if self._begun else FrameKind.KEY
            self._begun = True
            return self._encoder.encode_frame(self.camera, packet.slot, picture, kind)
        except (DecoderError, EncoderError) as error:
            raise HeadError(str(error)) from error

    def close(self) -> None:
        """Idempotent."""
        self._encoder.close()
