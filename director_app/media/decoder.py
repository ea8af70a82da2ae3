"""Decodes one camera's packets again, in order, on the thread that asks: for a program that is made from pictures."""

import av

from director_app.media.packets import VideoPacket


class DecoderError(Exception):
    """A packet could not be decoded; str() is one sentence."""


class VideoDecoder:
    """An H.264 decoder that gives every picture at once and takes its buffers from a pool of its own."""

    def __init__(self, parameter_sets: bytes) -> None:
        """parameter_sets: SPS and PPS, Annex B."""
        self._context = av.CodecContext.create("h264", "r")
        self._context.extradata = parameter_sets
        self._context.thread_count = 1
        self._context.flags |= av.codec.context.Flags.low_delay
        self.next_slot = 0
        """The slot after the newest that was decoded."""

    def decode(self, packet: VideoPacket) -> av.VideoFrame | None:
        """The packet's picture; the first must be a key frame. Raises DecoderError."""
        self.next_slot = packet.slot + 1
        try:
            frames = self._context.decode(av.Packet(packet.payload))
        except av.FFmpegError as error:
            raise DecoderError(f"The picture of slot {packet.slot} cannot be decoded: {error}.") from error
        newest = frames[-1] if frames else None
        assert newest is None or isinstance(newest, av.VideoFrame)
        return newest
