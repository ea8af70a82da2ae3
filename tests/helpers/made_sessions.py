"""Sessions written by the recorder's own encoders and files, as fast as the computer can: for shows of any length.

Key frames lie where no cut asked for them, every two seconds; pictures carry strips, sound is whatever is given.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE, Canvas
from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderSettings, VideoEncoder
from director_app.media.frame import I420
from director_app.media.mp4 import Mp4File
from director_app.media.packets import FrameKind
from director_app.media.recorded_file import RecordedFile
from director_app.media.sound.aac import AacEncoder, Layout
from director_app.media.sound.automix import Automix
from director_app.media.sound.flac import FlacEncoder, FlacFile
from director_app.media.sound.packets import Pcm24, SoundPacket, to_pcm24
from director_app.session.event_log import LOG_NAME, EventRecord, append_events
from director_app.session.manifest import (
    CameraPart,
    CanvasPart,
    EncodingPart,
    FilePart,
    FileRole,
    Manifest,
    MicrophonePart,
    SessionState,
    write_manifest,
)
from tests.helpers.pictures import SMALL, marked_picture

LETTERS = "abcdefghi"
_CHUNK_SLOTS = 50

Sound = Callable[[int, NDArray[np.float64]], NDArray[np.float32]]
"""(microphone from 0, session seconds of the samples) gives the samples, full scale 1.0."""


def silence(microphone: int, times_s: NDArray[np.float64]) -> NDArray[np.float32]:
    """Nothing."""
    return np.zeros(len(times_s), np.float32)


def sine(hz: float = 440.0, level: float = 0.2) -> Sound:
    """The same steady tone in the first microphone."""

    def sound(microphone: int, times_s: NDArray[np.float64]) -> NDArray[np.float32]:
        wave = level * np.sin(2 * np.pi * hz * times_s) if microphone == 0 else 0 * times_s
        return np.asarray(wave, np.float32)

    return sound


@dataclass(frozen=True, slots=True)
class Making:
    """What a made session is like. settings: other encoder settings by camera number from 0."""

    canvas: Canvas = SMALL
    slots: int = 120
    cameras: int = 2
    microphones: int | None = None
    sound: Sound = silence
    picture: Callable[[Canvas, int, int], I420] = marked_picture
    preset: str = "ultrafast"
    settings: Mapping[int, EncoderSettings] = field(default_factory=dict)
    events: tuple[EventRecord, ...] = ()


def made_session(sessions: Path, making: Making | None = None) -> Path:
    """Writes a closed session and gives its folder."""
    making = making or Making()
    folder = sessions / str(uuid.uuid4())
    folder.mkdir(parents=True)
    count = making.cameras if making.microphones is None else making.microphones
    with ExitStack() as stack:
        lines = _Lines(folder, making, count, stack)
        for first in range(0, making.slots, _CHUNK_SLOTS):
            lines.write(first, min(first + _CHUNK_SLOTS, making.slots))
        lines.finish()
    start = {"t_s": 0.0, "type": "record_start", "opening": "a"}
    stop = {"t_s": making.canvas.slot_time_s(making.slots), "type": "record_stop"}
    append_events(folder, [start, *making.events, stop])
    assert (folder / LOG_NAME).exists()
    write_manifest(folder, _manifest(folder, making, count))
    return folder


class _Lines:
    """All encoders and files of a session."""

    def __init__(self, folder: Path, making: Making, microphones: int, stack: ExitStack) -> None:
        self._making, self._microphones = making, microphones
        own = EncoderSettings(making.canvas, preset=making.preset)
        self._period = own.period_slots
        self._encoders = [
            stack.enter_context(VideoEncoder(making.settings.get(camera, own))) for camera in range(making.cameras)
        ]
        self._mixer = Automix(microphones)
        self._mix = AacEncoder("mix", Layout.STEREO, bit_rate=160_000)
        self._files: list[RecordedFile] = []
        self._films = [
            Mp4File(
                self._file(folder / f"cam_{number + 1}_iso.mp4"),
                making.canvas,
                encoder.stream,
                {"mix": self._mix.stream},
            )
            for number, encoder in enumerate(self._encoders)
        ]
        self._flac = [FlacEncoder(f"mic_{number}") for number in range(microphones)]
        self._flac_files = [
            FlacFile(self._file(folder / f"mic_{number + 1}.flac"), flac.stream_info)
            for number, flac in enumerate(self._flac)
        ]

    def _file(self, path: Path) -> RecordedFile:
        self._files.append(RecordedFile(path))
        return self._files[-1]

    def write(self, first: int, end: int) -> None:
        """Slots first to end. Sound is given block by block, as it was recorded."""
        canvas = self._making.canvas
        low, high = (canvas.first_sample_of(slot) // 960 * 960 for slot in (first, end))
        if end == self._making.slots:
            high = canvas.first_sample_of(end)
        self._hear(low, high)
        for slot in range(first, end):
            kind = FrameKind.DELTA if slot % self._period else FrameKind.KEY
            for camera, encoder in enumerate(self._encoders):
                picture = self._making.picture(canvas, camera, slot)
                for packet in encoder.encode(CameraId(LETTERS[camera]), slot, picture, kind):
                    self._films[camera].write(packet)

    def _hear(self, low: int, high: int) -> None:
        samples: Pcm24 = np.zeros((self._microphones, high - low), np.int32)
        times_s = np.arange(low, high) / SAMPLE_RATE
        for number, row in enumerate(samples):
            row[:] = to_pcm24(self._making.sound(number, times_s))
        mix = self._mixer.mix(samples) if self._microphones else np.zeros(high - low, np.float32)
        self._write_mix(self._mix.encode(mix))
        for row, flac, file in zip(samples, self._flac, self._flac_files, strict=True):
            for packet in flac.encode(row):
                file.write(packet)

    def _write_mix(self, packets: list[SoundPacket]) -> None:
        for packet in packets:
            for film in self._films:
                film.write(packet)

    def finish(self) -> None:
        """Ends everything."""
        self._write_mix(self._mix.finish(self._making.canvas.first_sample_of(self._making.slots)))
        for flac, file in zip(self._flac, self._flac_files, strict=True):
            for packet in flac.finish():
                file.write(packet)
            file.close()
            flac.close()
        for film in self._films:
            film.close()
        for each in self._files:
            each.close()
        self._mix.close()


def _manifest(folder: Path, making: Making, microphones: int) -> Manifest:
    own = EncoderSettings(making.canvas, preset=making.preset)
    cameras = [(each, each.upper()) for each in LETTERS[: making.cameras]]
    voices = [(f"mic_{each}", each.upper(), each) for each in LETTERS[:microphones]]
    return manifest_of(folder, "A made show", own, making.slots, cameras, voices)


def manifest_of(
    folder: Path,
    title: str,
    settings: EncoderSettings,
    slots: int,
    cameras: Sequence[tuple[str, str]],
    microphones: Sequence[tuple[str, str, str]],
) -> Manifest:
    """Of a closed session without a program. cameras: (id, label); microphones: (id, label, its camera)."""
    canvas = settings.canvas
    isos = [
        FilePart(name=f"cam_{number}_iso.mp4", role=FileRole.ISO, source=camera)
        for number, (camera, _) in enumerate(cameras, 1)
    ]
    flacs = [
        FilePart(name=f"mic_{number}.flac", role=FileRole.MICROPHONE, source=microphone)
        for number, (microphone, _, _) in enumerate(microphones, 1)
    ]
    return Manifest(
        id=folder.name,
        title=title,
        app_version="0",
        state=SessionState.CLOSED,
        created_at=datetime.now(UTC),
        canvas=CanvasPart(
            width=canvas.width, height=canvas.height, fps=(canvas.fps.numerator, canvas.fps.denominator)
        ),
        opening_camera=cameras[0][0],
        slots=slots,
        cameras=tuple(
            CameraPart(id=camera, number=number, label=label, kind="synthetic", source="made")
            for number, (camera, label) in enumerate(cameras, 1)
        ),
        microphones=tuple(
            MicrophonePart(id=microphone, label=label, camera=camera, kind="synthetic", source="made")
            for microphone, label, camera in microphones
        ),
        files=(*isos, *flacs),
        encoding=EncodingPart(
            codec=settings.codec, preset=settings.preset, crf=settings.crf, maxrate=settings.maxrate
        ),
    )
