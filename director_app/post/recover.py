"""After a crash: completes what was recorded and closes the session. Never shortens or drops a recording.

ISO files are rewritten with an index, the program is completed from ISO packets and logged decisions to the end of
the ISO that is on air last, FLAC files get their length. Every file is replaced only by a complete one.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

import av

from director_app.core.canvas import SAMPLE_RATE
from director_app.core.cut_list import CutList, cut_list
from director_app.core.sources import CameraId
from director_app.media.mp4_reader import AvPacket, Mp4Reader, UnreadableError
from director_app.media.sound.flac_header import repair_flac
from director_app.session.event_log import EventRecord, aggregate, append_after_crash, read_events
from director_app.session.lock import lock_session
from director_app.session.manifest import (
    FilePart,
    FileRole,
    Manifest,
    SessionState,
    read_manifest,
    write_manifest,
)

PART = ".part"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of a recovery; problems are sentences."""

    title: str
    duration_s: float
    problems: tuple[str, ...]


def recorded_cuts(manifest: Manifest, events: Sequence[EventRecord]) -> CutList:
    """What was on air in every slot, by the decisions that were logged."""
    cuts = [
        (int(event["slot"]), CameraId(event["to"])) for event in events if event["type"] in {"switch", "manual_cut"}
    ]
    return cut_list(CameraId(manifest.opening_camera), cuts)


def recover_session(folder: Path) -> Recovered:
    """Completes one session in place. Raises ManifestError, InUseError or FolderError; files only ever get better."""
    manifest = read_manifest(folder)
    with lock_session(folder):
        for part in folder.glob(f"*{PART}"):
            part.unlink()
        recovery = _Recovery(folder, manifest)
        recovery.run()
    return recovery.outcome()


class _Recovery:
    """One pass over one session."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self._manifest = manifest
        self._events = read_events(folder) if (folder / "events.jsonl").exists() else []
        self._problems: list[str] = []
        self._durations: dict[str, float] = {}
        self._slots = 0
        self._fps = manifest.canvas.canvas().fps

    def run(self) -> None:
        """All steps; each leaves the session at least as good as it found it."""
        for part in self._manifest.files:
            if part.role is FileRole.ISO:
                self._attempt(part, self._finish_iso)
        for part in self._manifest.files:
            if part.role is FileRole.PROGRAM:
                self._attempt(part, self._complete_program)
            elif part.role is FileRole.MICROPHONE:
                self._attempt(part, self._repair_microphone)
        self._close()

    def outcome(self) -> Recovered:
        """What came of it."""
        return Recovered(self._manifest.title, float(self._slots / self._fps), tuple(self._problems))

    def _attempt(self, part: FilePart, step: Callable[[Path], float]) -> None:
        path = self._folder / part.name
        try:
            self._durations[part.name] = step(path)
        except FileNotFoundError:
            self._problems.append(f"{part.name} is missing.")
        except (OSError, ValueError, av.FFmpegError) as error:
            self._problems.append(f"{part.name} was left as it is: {error}")
        except UnreadableError as error:
            self._problems.append(f"{error} It was left as it is.")

    def _finish_iso(self, path: Path) -> float:
        with Mp4Reader(path) as reader:
            slots = _copy(path, reader, reader.packets())
        return float(slots / self._fps)

    def _repair_microphone(self, path: Path) -> float:
        return repair_flac(path) / SAMPLE_RATE

    def _complete_program(self, path: Path) -> float:
        """The program's own packets as far as they go, then those of the ISO that was on air."""
        isos = {
            CameraId(part.source): self._folder / part.name
            for part in self._manifest.files
            if part.role is FileRole.ISO and part.source
        }
        with ExitStack() as stack:
            program = _open_if_readable(path, stack)
            sources = {
                camera: reader
                for camera, file in isos.items()
                if (reader := _open_if_readable(file, stack)) is not None
            }
            first = program or next(iter(sources.values()), None)
            if first is None:
                raise UnreadableError(f"{path.name} and all ISO files are unreadable.")
            joins = all(reader.parameter_sets() == first.parameter_sets() for reader in sources.values())
            if not joins:
                self._problems.append(f"{path.name} could not be completed: it was encoded on its own.")
            pictures = self._pictures(program, sources if joins else {})
            sound = _longest_mix([path, *isos.values()], stack)
            self._slots = _copy(path, first, _interleaved(pictures, sound, self._fps))
        return float(self._slots / self._fps)

    def _pictures(self, program: Mp4Reader | None, isos: dict[CameraId, Mp4Reader]) -> Iterator[tuple[int, AvPacket]]:
        slot = 0
        if program is not None:
            for own, packet in program.video_packets():
                slot = own + 1
                yield own, packet
        horizon = slot + 1_000_000_000
        for shot in recorded_cuts(self._manifest, self._events).shots(horizon):
            if shot.end <= slot or shot.camera not in isos:
                continue
            wanted = max(slot, shot.first)
            for own, packet in isos[shot.camera].video_packets(wanted, shot.end):
                slot = own + 1
                yield own, packet
            if slot < shot.end:
                return

    def _close(self) -> None:
        append_after_crash(self._folder, len(self._events), float(self._slots / self._fps), self._slots)
        aggregate(self._folder)
        parts = tuple(
            part.model_copy(
                update={"bytes": _size(self._folder / part.name), "duration_s": self._duration(part.name)}
            )
            for part in self._manifest.files
        )
        write_manifest(
            self._folder,
            self._manifest.model_copy(
                update={
                    "state": SessionState.RECOVERED,
                    "ended_at": datetime.now(UTC),
                    "slots": self._slots,
                    "files": (*parts, FilePart(name="events.json", role=FileRole.EVENTS)),
                }
            ),
        )

    def _duration(self, name: str) -> float | None:
        duration_s = self._durations.get(name)
        return None if duration_s is None else round(duration_s, 6)


def _open_if_readable(path: Path, stack: ExitStack) -> Mp4Reader | None:
    try:
        return stack.enter_context(Mp4Reader(path))
    except UnreadableError:
        return None


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.exists() else None


def _sound_end(path: Path) -> int:
    """Where the mix of a file ends, in samples; -1 if it has none."""
    try:
        with Mp4Reader(path) as reader:
            return max((pts for pts, _ in reader.sound_packets(0)), default=-1) if reader.sound else -1
    except UnreadableError:
        return -1


def _longest_mix(files: Sequence[Path], stack: ExitStack) -> Iterator[tuple[int, AvPacket]]:
    """The mix stands first in every file; the one that reaches furthest serves, read by a reader of its own."""
    ends = {file: _sound_end(file) for file in files}
    best = max(ends, key=lambda file: ends[file])
    if ends[best] < 0:
        return iter(())
    return stack.enter_context(Mp4Reader(best)).sound_packets(0)


def _interleaved(
    pictures: Iterator[tuple[int, AvPacket]], sound: Iterator[tuple[int, AvPacket]], fps: Fraction
) -> Iterator[AvPacket]:
    """Pictures with the sound of their time between them; no sound beyond the last picture."""
    ahead = next(sound, None)
    for slot, packet in pictures:
        while ahead is not None and ahead[0] < (slot + 1) * SAMPLE_RATE / fps:
            yield ahead[1]
            ahead = next(sound, None)
        yield packet


def _copy(path: Path, template: Mp4Reader, packets: Iterator[AvPacket]) -> int:
    """Writes packets into a new ordinary MP4 that then replaces path; returns its length in slots.

    The new file must not be shorter than what was there, else the old one stays. Raises OSError.
    """
    part = path.with_name(path.name + PART)
    slots = 0
    with av.open(str(part), "w", format="mp4") as container:
        video = container.add_stream_from_template(template.video)
        sound = {stream.index: container.add_stream_from_template(stream) for stream in template.sound}
        for stream in template.sound:
            sound[stream.index].metadata.update(stream.metadata)
        tracks = list(sound.values())
        for packet in packets:
            copy = av.Packet(bytes(packet))
            copy.pts, copy.dts, copy.duration = packet.pts, packet.dts, packet.duration
            copy.time_base, copy.is_keyframe = packet.time_base, packet.is_keyframe
            if isinstance(packet.stream, av.VideoStream):
                copy.stream = video
                slots = template.slot_of(packet) + 1
            else:
                copy.stream = sound.get(packet.stream.index, tracks[0])
            container.mux_one(copy)
    if slots == 0:
        part.unlink()
        raise UnreadableError(f"{path.name} holds no pictures.")
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    return slots
