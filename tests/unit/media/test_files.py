"""MP4 files and their writers: crash safety, full and failing disks, sound in step from slot 0."""

import errno
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Stream

from director_app.core.canvas import SAMPLE_RATE
from director_app.core.sources import CameraId
from director_app.media.encoder import EncoderSettings, VideoEncoder
from director_app.media.file_writer import FileWriter
from director_app.media.mp4 import Mp4File
from director_app.media.mp4_reader import Mp4Reader, UnreadableError
from director_app.media.packet_queue import PacketQueue
from director_app.media.packets import FrameKind, Packet
from director_app.media.recorded_file import RecordedFile
from director_app.media.sound.aac import AacEncoder
from tests.helpers.pictures import SMALL, marked_picture, strips_of

A = CameraId("a")


class Movie:
    """Encoded pictures and sound of one camera, ready to be written in order."""

    def __init__(self, slots: int) -> None:
        self.encoder = VideoEncoder(EncoderSettings(SMALL))
        self.aac = AacEncoder("mix")
        self.packets: list[Packet] = []
        for slot in range(slots):
            kind = FrameKind.KEY if slot % 30 == 0 else FrameKind.DELTA
            self.packets += self.encoder.encode(A, slot, marked_picture(SMALL, 1, slot), kind)
            tone = np.sin(np.arange(1600) * 0.05).astype(np.float32) * 0.3
            self.packets += self.aac.encode(tone)
        self.packets += self.aac.finish(SMALL.first_sample_of(slots))

    def mp4(self, file: RecordedFile) -> Mp4File:
        """An open file for these packets."""
        return Mp4File(file, SMALL, self.encoder.stream, {"mix": self.aac.stream})

    def close(self) -> None:
        """Frees the encoders."""
        self.encoder.close()
        self.aac.close()


def length_s(stream: Stream) -> float:
    """How long a stream says it is."""
    assert stream.duration is not None
    assert stream.time_base is not None
    return float(stream.duration * stream.time_base)


@pytest.fixture
def movie() -> Iterator[Movie]:
    made = Movie(60)
    yield made
    made.close()


def test_a_closed_file_holds_every_slot_and_sound_in_step(movie: Movie, tmp_path: Path) -> None:
    file = RecordedFile(tmp_path / "a.mp4")
    mp4 = movie.mp4(file)
    for packet in movie.packets:
        mp4.write(packet)
    mp4.close()
    file.close()
    strips = strips_of(tmp_path / "a.mp4")
    assert [strip.frame_number for strip in strips if strip] == list(range(60))
    with av.open(str(tmp_path / "a.mp4")) as container:
        video, sound = container.streams.video[0], container.streams.audio[0]
        assert (video.start_time, sound.start_time) == (0, 0)
        assert length_s(video) == 2.0
        assert 2.0 <= length_s(sound) < 2.0 + 1024 / SAMPLE_RATE


def test_a_copy_taken_at_any_moment_decodes_and_lacks_at_most_0_6_s(movie: Movie, tmp_path: Path) -> None:
    """The bytes on the disk at a moment are what a killed program leaves."""
    path = tmp_path / "a.mp4"
    file = RecordedFile(path)
    mp4 = movie.mp4(file)
    lacking = []
    for index, packet in enumerate(movie.packets):
        mp4.write(packet)
        if index % 29 == 28:
            shutil.copy(path, tmp_path / "crash.mp4")
            try:
                numbers = [strip.frame_number for strip in strips_of(tmp_path / "crash.mp4") if strip]
            except av.FFmpegError:
                numbers = []
            assert numbers == list(range(len(numbers)))
            lacking.append(mp4.slots - len(numbers))
    mp4.close()
    file.close()
    assert len(lacking) >= 4
    assert max(lacking) <= 18


def test_an_existing_file_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"a recording")
    with pytest.raises(FileExistsError):
        RecordedFile(tmp_path / "a.mp4")
    assert (tmp_path / "a.mp4").read_bytes() == b"a recording"


class FullDisk(RecordedFile):
    """Has room for so many bytes."""

    room = 40_000

    def write(self, data: bytes) -> int:
        """Like a disk that is full."""
        if self.error is None and self.size + len(data) > self.room:
            self.error = OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


def written(movie: Movie, file: RecordedFile) -> FileWriter:
    """Writes the whole movie through a writer thread."""
    queue = PacketQueue(100_000_000)
    told: list[str] = []
    writer = FileWriter(queue, file, movie.mp4(file), lambda name, _: told.append(name))
    writer.start()
    for packet in movie.packets:
        queue.put(packet)
    writer.close(20.0)
    assert told == ([file.path.name] if writer.error else [])
    return writer


def test_a_full_disk_is_told_once_and_what_was_written_decodes(movie: Movie, tmp_path: Path) -> None:
    writer = written(movie, FullDisk(tmp_path / "a.mp4"))
    assert writer.error is not None
    assert writer.error.errno == errno.ENOSPC
    numbers = [strip.frame_number for strip in strips_of(tmp_path / "a.mp4") if strip]
    assert len(numbers) >= 10
    assert numbers == list(range(len(numbers)))


def test_a_disk_that_stalls_keeps_nobody_waiting_and_loses_nothing(movie: Movie, tmp_path: Path) -> None:
    wakes = threading.Event()

    class StalledDisk(RecordedFile):
        def write(self, data: bytes) -> int:
            if self.size > 20_000:
                wakes.wait(20.0)
            return super().write(data)

    file = StalledDisk(tmp_path / "a.mp4")
    queue = PacketQueue(100_000_000)
    writer = FileWriter(queue, file, movie.mp4(file), lambda *_: None)
    writer.start()
    for packet in movie.packets:
        queue.put(packet)
    assert queue.waiting_bytes > 0
    wakes.set()
    writer.close(20.0)
    assert queue.left_out == 0
    assert len(strips_of(tmp_path / "a.mp4")) == 60


def test_the_reader_gives_slots_by_time_and_from_any_slot(movie: Movie, tmp_path: Path) -> None:
    written(movie, RecordedFile(tmp_path / "a.mp4"))
    with Mp4Reader(tmp_path / "a.mp4") as reader:
        assert [slot for slot, _ in reader.video_packets(35, 50)] == list(range(35, 50))
    with Mp4Reader(tmp_path / "a.mp4") as reader:
        assert reader.slots == 60


@pytest.mark.parametrize("content", [b"", b"no movie at all", bytes(5000)])
def test_what_is_no_movie_is_unreadable_with_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_bytes(content)
    with pytest.raises(UnreadableError, match=r"x\.mp4"):
        Mp4Reader(tmp_path / "x.mp4")
