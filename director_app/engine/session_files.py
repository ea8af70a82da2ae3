"""The files of one recording and the threads that write them: made together, closed together."""

from collections.abc import Callable, Mapping
from pathlib import Path

from director_app.media.bus import seconds_of_packets
from director_app.media.file_writer import QUEUE_S, FileWriter, PacketSink
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import Packet
from director_app.media.recorded_file import RecordedFile
from director_app.media.sound.flac import FlacFile
from director_app.media.sound.packets import SoundPacket
from director_app.session.manifest import FilePart, FileRole
from director_app.session.show import Show

PROGRAM_NAME = "program.mp4"
_FLAC_RATE = 1_500_000
_SOUND_RATE = 300_000


def iso_name(number: int) -> str:
    """File name of camera number n, from 1."""
    return f"cam_{number}_iso.mp4"


def microphone_name(number: int) -> str:
    """File name of microphone number n, from 1."""
    return f"mic_{number}.flac"


def planned_files(show: Show) -> tuple[FilePart, ...]:
    """What a recording of this show will hold."""
    isos = (
        FilePart(name=iso_name(number), role=FileRole.ISO, source=camera.id)
        for number, camera in enumerate(show.camera, 1)
    )
    microphones = (
        FilePart(name=microphone_name(number), role=FileRole.MICROPHONE, source=microphone.id)
        for number, microphone in enumerate(show.microphone, 1)
    )
    return (FilePart(name=PROGRAM_NAME, role=FileRole.PROGRAM), *isos, *microphones)


class FlacSinkFile:
    """Lets a FLAC file take what a writer's queue may hold."""

    def __init__(self, file: RecordedFile, stream_info: bytes) -> None:
        self._flac = FlacFile(file, stream_info)

    def write(self, packet: Packet) -> None:
        """Raises OSError."""
        if isinstance(packet, SoundPacket):
            self._flac.write(packet)

    def close(self) -> None:
        """Writes the length. Raises OSError."""
        self._flac.close()


class SessionFiles:
    """All writers of a recording by file name."""

    def __init__(
        self,
        folder: Path,
        on_error: Callable[[str, OSError], None],
        open_file: Callable[[Path], RecordedFile] = RecordedFile,
    ) -> None:
        self._folder = folder
        self._on_error = on_error
        self._open_file = open_file
        self._writers: dict[str, FileWriter] = {}
        self._unclaimed: list[RecordedFile] = []

    def open(self, name: str) -> RecordedFile:
        """A new file of the session. Raises OSError."""
        file = self._open_file(self._folder / name)
        self._unclaimed.append(file)
        return file

    def add(self, queue: PacketQueue, file: RecordedFile, sink: PacketSink) -> None:
        """One more file; its writer starts at once."""
        writer = FileWriter(queue, file, sink, self._on_error)
        self._writers[writer.name] = writer
        self._unclaimed.remove(file)
        writer.start()

    def close(self, deadline_s: float) -> None:
        """Finishes every file; raises the first crash of a writer when all are done."""
        errors: list[BaseException] = []
        while self._unclaimed:
            self._unclaimed.pop().close()
        for writer in self._writers.values():
            writer.queue.end()
        for writer in self._writers.values():
            try:
                writer.close(deadline_s)
            except BaseException as error:  # noqa: BLE001 - every file is finished before the first error is raised
                errors.append(error)
        if errors:
            raise errors[0]

    def unfinished(self) -> tuple[str, ...]:
        """Files whose writers have not gone through all their steps; after close()."""
        return tuple(name for name, writer in self._writers.items() if not writer.finished)

    @property
    def hold_packets(self) -> bool:
        """Whether any file was given a picture or a sound."""
        return any(writer.holds_packets for writer in self._writers.values())

    def sizes(self) -> Mapping[str, int]:
        """Bytes in each file so far."""
        return {name: writer.size for name, writer in self._writers.items()}

    def left_out(self) -> Mapping[str, int]:
        """Packets that could not be written because a disk stalled for too long."""
        return {name: writer.queue.left_out for name, writer in self._writers.items()}


def picture_queue_limit(show: Show) -> int:
    """Bytes of a queue for pictures and sound of one MP4."""
    return seconds_of_packets(int(show.recording.maxrate_mbit * 1e6) + _SOUND_RATE, QUEUE_S)


def sound_queue_limit() -> int:
    """Bytes of a queue for one microphone's FLAC."""
    return seconds_of_packets(_FLAC_RATE, QUEUE_S)


def reserve_bytes(show: Show, recorded_s: float) -> int:
    """Disk space that a recording leaves alone so that every file can be closed: at least 200 MB.

    Two fragments of half a second of every MP4, and its index, which grows by about 40 MB an hour.
    """
    files = len(show.camera) + 1
    fragments = show.recording.maxrate_mbit * 1e6 / 8
    index = 40e6 * recorded_s / 3600
    return max(200_000_000, int(files * (fragments + index)))
