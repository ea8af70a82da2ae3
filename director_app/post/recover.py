"""After a crash: completes what was recorded and closes the session. Never shortens or drops a recording.

ISO files are rewritten with an index, the program is completed from ISO packets and logged decisions to the end of
the ISO that is on air last (heads of shots are made again, names are not: the log says where they end), FLAC files
get their length. Every file is replaced only by a complete one. Where the disk or the system says no, the session
stays as it is and can be recovered again.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import av

from director_app.core.canvas import SAMPLE_RATE, Slot
from director_app.core.cut_list import CutList, Shot
from director_app.core.sources import CameraId
from director_app.media.head import HeadError
from director_app.media.mp4_reader import AvPacket, Mp4Reader, UnreadableError
from director_app.media.sound.flac_header import FlacDamagedError, repair_flac
from director_app.post.cuts import (
    AirCut,
    RecordedHead,
    apart,
    cuts_in_program,
    found_events,
    found_names,
    head_event,
    logged_cuts,
    moved_event,
    names_cut_short,
    recorded_cuts,
    recorded_heads,
    recorded_names,
    same_encoding,
    wrong_slots,
)
from director_app.post.heads import camera_at, encoder_settings, head_again
from director_app.post.remux import PART, interleaved, write_part
from director_app.session.errors import FolderError
from director_app.session.event_log import (
    AGGREGATE_NAME,
    LOG_NAME,
    EventRecord,
    aggregate,
    append_events,
    read_events,
)
from director_app.session.lock import lock_session
from director_app.session.manifest import (
    FilePart,
    FileRole,
    Manifest,
    SessionState,
    read_manifest,
    write_manifest,
)

_TORN_BYTES = 16_000_000
"""What a crash can leave of a fragment that was not complete; more than that is damage of another kind."""

_LINE_OF_END = "record_stop"


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came of a recovery; problems are sentences."""

    title: str
    duration_s: float
    problems: tuple[str, ...]


def recover_session(folder: Path) -> Recovered | None:
    """Completes one session in place; None when it had been closed already. Files only ever get better.

    Raises ManifestError, InUseError while it is being recorded, and FolderError when the system stopped the work
    (a full disk, say): then it can be done again.
    """
    read_manifest(folder)
    with lock_session(folder):
        # Read again: another program may have recovered it while the lock was waited for.
        manifest = read_manifest(folder)
        if manifest.state is not SessionState.RECORDING:
            return None
        try:
            return _Recovery(folder, manifest).run()
        except (OSError, av.FFmpegError) as error:
            reason = getattr(error, "strerror", None) or error
            raise FolderError(
                f"{folder} could not be recovered: {reason}. Nothing in it was lost. "
                f"Free some space or check the disk, then: director recover {folder}"
            ) from None


class _Recovery:
    """One pass over one session. Raises OSError where a second pass may do better."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self._folder = folder
        self._manifest = manifest
        self._canvas = manifest.canvas.canvas()
        self._problems: dict[str, str] = {}
        self._durations: dict[str, float] = {}
        self._slots = 0
        self._left_out = 0
        self._new_events: list[EventRecord] = []
        self._events = read_events(folder) if (folder / LOG_NAME).exists() else []

    def run(self) -> Recovered:
        """All steps; each leaves the session at least as good as it found it."""
        for leftover in self._folder.glob(f"*{PART}"):
            leftover.unlink()
        if not self._events:
            self._problems[LOG_NAME] = f"{LOG_NAME} is missing or empty: what was said and decided is not known."
        for part in self._parts(FileRole.ISO):
            self._attempt(part, self._finish_iso)
        for part in self._parts(FileRole.PROGRAM):
            self._attempt(part, self._complete_program)
        for part in self._parts(FileRole.MICROPHONE):
            self._attempt(part, self._repair_microphone)
        self._slots = self._slots or round(max(self._durations.values(), default=0.0) * self._canvas.fps)
        self._close()
        length_s = self._canvas.slot_time_s(self._slots)
        return Recovered(self._manifest.title, length_s, tuple(self._problems.values()))

    def _parts(self, role: FileRole) -> list[FilePart]:
        return [part for part in self._manifest.files if part.role is role]

    def _attempt(self, part: FilePart, step: Callable[[Path], float]) -> None:
        """Damaged files are told of and left alone; errors of the system end the recovery."""
        path = self._folder / part.name
        try:
            self._durations[part.name] = step(path)
        except FileNotFoundError:
            self._problems[part.name] = f"{part.name} is missing."
        except av.error.InvalidDataError:
            self._problems[part.name] = f"{part.name} is damaged. It was left as it is."
        except (UnreadableError, FlacDamagedError) as error:
            self._problems[part.name] = f"{error} It was left as it is."

    def _finish_iso(self, path: Path) -> float:
        with Mp4Reader(_existing(path), self._canvas.fps) as reader:
            new, slots = write_part(path, reader, reader.sound, reader.packets())
            if path.stat().st_size - reader.read_bytes > _TORN_BYTES:
                new.unlink()
                raise UnreadableError(
                    f"{path.name} is damaged after {self._canvas.slot_time_s(slots):.1f} s; "
                    "later pictures may be in it."
                )
        new.replace(path)
        return self._canvas.slot_time_s(slots)

    def _repair_microphone(self, path: Path) -> float:
        return repair_flac(path) / SAMPLE_RATE

    def _complete_program(self, path: Path) -> float:
        """The program's own packets as far as they go, then those of the ISO that was on air."""
        isos = {CameraId(part.source): self._folder / part.name for part in self._parts(FileRole.ISO) if part.source}
        with ExitStack() as stack:
            program = self._open(path, stack)
            sources = self._open_all(isos, stack)
            first = program or next(iter(sources.values()), None)
            if first is None:
                raise UnreadableError(f"{path.name} and all ISO files are unreadable.")
            own = list(sources.values()) + ([program] if program else [])
            if same_encoding(own):
                self._mend_log(path, isos)
            else:
                sources = {}
                self._problems[path.name] = (
                    f"{path.name} had an encoder of its own and ends where the crash came; the cameras go on."
                )
            sound = self._longest_mix([path, *isos.values()], stack)
            packets = interleaved(self._pictures(program, sources), sound, self._canvas.fps)
            # Only the mix: a track that gets no packets would make the file unreadable.
            new, self._slots = write_part(path, first, first.sound[:1], packets)
            if self._left_out:
                self._problems[path.name] = (
                    f"{path.name} lacks {self._left_out} pictures after a cut: this computer's encoder is not the "
                    "one that recorded it."
                )
        new.replace(path)
        return self._canvas.slot_time_s(self._slots)

    def _open_all(self, isos: dict[CameraId, Path], stack: ExitStack) -> dict[CameraId, Mp4Reader]:
        return {camera: reader for camera, file in isos.items() if (reader := self._open(file, stack))}

    def _open(self, path: Path, stack: ExitStack) -> Mp4Reader | None:
        try:
            return stack.enter_context(Mp4Reader(path, self._canvas.fps))
        except UnreadableError:
            return None

    def _mend_log(self, path: Path, isos: dict[CameraId, Path]) -> None:
        """Where a crash took the last lines of the log, the program itself says what was on air."""
        cuts = recorded_cuts(self._manifest, self._events)
        heads = (*recorded_heads(self._manifest, self._events), *recorded_names(self._manifest, self._events))
        with ExitStack() as stack:
            program, sources = self._open(path, stack), self._open_all(isos, stack)
            if program is None or next(wrong_slots(program, sources, cuts, heads), None) is None:
                return
        with ExitStack() as stack:
            program, sources = self._open(path, stack), self._open_all(isos, stack)
            other, others = self._open(path, stack), self._open_all(isos, stack)
            assert program is not None and other is not None
            shown, opening = partial(camera_at, other, others), CameraId(self._manifest.opening_camera)
            found, end = cuts_in_program(program, sources, opening, shown)
        logged = logged_cuts(self._manifest, self._events)
        # A newer line replaces older ones from its slot on: the first new one clears what was wrong before it.
        first = [AirCut(0, opening)] if logged else []
        later = [cut for cut in logged if cut.slot >= end]
        changes, anew = apart(found, opening)
        self._add(found_events([*first, *changes, *later], opening, self._canvas))
        self._add(found_names(anew, recorded_names(self._manifest, self._events), self._canvas))

    def _add(self, events: Sequence[EventRecord]) -> None:
        """Lines that the log will end with."""
        self._new_events += events
        self._events = [*self._events, *events]

    def _pictures(self, program: Mp4Reader | None, isos: dict[CameraId, Mp4Reader]) -> Iterator[tuple[int, AvPacket]]:
        slot, last = 0, b""
        if program is not None:
            for own, packet in program.video_packets():
                slot, last = own + 1, bytes(packet)
                yield own, packet
        self._add(names_cut_short(self._manifest, self._events, slot, self._canvas))
        cuts = recorded_cuts(self._manifest, self._events)
        before = _whose(last, slot - 1, cuts, isos)
        for shot in cuts.shots(slot + 1_000_000_000):
            if shot.end <= slot or shot.camera not in isos:
                continue
            rest = Shot(shot.camera, Slot(max(slot, shot.first)), shot.end)
            goes_on = before == rest.camera and rest.first == slot
            for own, packet in self._shot(rest, None if goes_on else before, isos, goes_on=goes_on):
                slot = own + 1
                yield own, packet
            before = rest.camera

    def _shot(
        self, shot: Shot, before: CameraId | None, isos: dict[CameraId, Mp4Reader], *, goes_on: bool
    ) -> Iterator[tuple[int, AvPacket]]:
        """The pictures of one shot; where they cannot begin, the camera before stays on until they can."""
        own = isos[shot.camera]
        first = shot.first
        if not goes_on and not _is_key(own, first):
            try:
                head = head_again(encoder_settings(self._manifest), own, shot.camera, first, shot.end)
                yield from head
                first = Slot(first + len(head))
                if head:
                    self._add([head_event(RecordedHead(shot.camera, shot.first, first), self._canvas)])
            except HeadError:
                first = _next_key(own, first, shot.end)
                yield from self._stay(before, shot, first, isos)
        yield from own.video_packets(first, shot.end)

    def _stay(
        self, camera: CameraId | None, shot: Shot, until: Slot, isos: dict[CameraId, Mp4Reader]
    ) -> Iterator[tuple[int, AvPacket]]:
        """The camera before the shot, up to the shot's first key frame; nothing if even that cannot follow."""
        if camera is None or camera not in isos:
            self._left_out += until - shot.first
        else:
            self._add([moved_event(shot.first, camera, self._canvas), moved_event(until, shot.camera, self._canvas)])
            yield from isos[camera].video_packets(shot.first, until)

    def _longest_mix(self, files: Sequence[Path], stack: ExitStack) -> Iterator[tuple[int, AvPacket]]:
        """The mix stands first in every file; the one that reaches furthest serves, read by a reader of its own."""
        ends = {file: self._sound_end(file) for file in files}
        best = max(ends, key=lambda file: ends[file])
        reader = self._open(best, stack) if ends[best] >= 0 else None
        return iter(()) if reader is None else reader.sound_packets(0)

    def _sound_end(self, path: Path) -> int:
        """Where the mix of a file ends, in samples; -1 if it has none."""
        with ExitStack() as stack:
            reader = self._open(path, stack)
            if reader is None or not reader.sound:
                return -1
            return max((pts for pts, _ in reader.sound_packets(0)), default=-1)

    def _close(self) -> None:
        end: EventRecord = {
            "t_s": round(self._canvas.slot_time_s(self._slots), 4),
            "type": _LINE_OF_END,
            "slots": self._slots,
            "reason": "recovered",
        }
        if not self._events or self._events[-1]["type"] != _LINE_OF_END:
            append_events(self._folder, [*self._new_events, end])
        aggregate(self._folder)
        parts = [self._closed_part(part) for part in self._manifest.files if part.role is not FileRole.EVENTS]
        write_manifest(
            self._folder,
            self._manifest.model_copy(
                update={
                    "state": SessionState.RECOVERED,
                    "ended_at": datetime.now(UTC),
                    "slots": self._slots,
                    "files": (*parts, FilePart(name=AGGREGATE_NAME, role=FileRole.EVENTS)),
                }
            ),
        )

    def _closed_part(self, part: FilePart) -> FilePart:
        path = self._folder / part.name
        duration_s = self._durations.get(part.name)
        return part.model_copy(
            update={
                "bytes": path.stat().st_size if path.exists() else None,
                "duration_s": None if duration_s is None else round(duration_s, 6),
                "sha256": None,
                "problem": self._problems.get(part.name),
            }
        )


def _whose(packet: bytes, slot: int, cuts: CutList, isos: dict[CameraId, Mp4Reader]) -> CameraId | None:
    """The camera on air if this is its own packet of the slot, so that more of them can follow."""
    camera = cuts.on_air(slot)
    own = isos[camera].video_packets(slot, slot + 1) if camera in isos and slot >= 0 else iter(())
    return camera if any(bytes(each) == packet for _, each in own) else None


def _is_key(iso: Mp4Reader, slot: int) -> bool:
    return any(packet.is_keyframe for _, packet in iso.video_packets(slot, slot + 1))


def _next_key(iso: Mp4Reader, first: int, end: int) -> Slot:
    """The first key frame from this slot on, or the end."""
    return Slot(next((slot for slot, packet in iso.video_packets(first, end) if packet.is_keyframe), end))


def _existing(path: Path) -> Path:
    """Raises FileNotFoundError: libav's own message would not tell a missing file from a damaged one."""
    path.stat()
    return path
