"""Is a session good? Decodes every file, compares lengths, cuts and hashes. Changes nothing.

Memory stays flat however long the show was: packets are compared as they are read and kept nowhere.
"""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import av

from director_app.core.canvas import SAMPLE_RATE
from director_app.core.sources import CameraId
from director_app.media.mp4_reader import Mp4Reader, UnreadableError
from director_app.post.cuts import (
    missing_slots,
    recorded_cuts,
    recorded_heads,
    recorded_names,
    same_encoding,
    wrong_slots,
)
from director_app.post.heads import wrong_pictures
from director_app.session.event_log import read_events
from director_app.session.hashing import sha256_of
from director_app.session.manifest import FilePart, FileRole, Manifest, SessionState, read_manifest

_CUT_OFF_S = 1.0
"""Files of a recovered session may differ by this: each lost what was not yet on the disk."""

_SOUND_S = 2 * 1024 / SAMPLE_RATE
"""AAC comes in frames of 1024 samples, so its end may lie this far beyond that of the pictures."""

_RECORDINGS = frozenset({FileRole.PROGRAM, FileRole.ISO, FileRole.MICROPHONE})


@dataclass(frozen=True, slots=True)
class FileFinding:
    """What was found in one file. length_s: None for a file without pictures and sound, or one that is unreadable."""

    name: str
    length_s: float | None
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found in a session."""

    title: str
    files: tuple[FileFinding, ...]
    problems: tuple[str, ...] = field(default=())

    @property
    def is_good(self) -> bool:
        """True when nothing is wrong."""
        return not self.problems and not any(each.problems for each in self.files)

    def lines(self) -> list[str]:
        """For people."""
        lines = [f"{each.name:<20} {_length(each):>12}  {'; '.join(each.problems) or 'good'}" for each in self.files]
        lines += list(self.problems)
        return [
            *lines,
            f"{self.title}: {'everything is good.' if self.is_good else 'something is wrong, see above.'}",
        ]

    def as_dict(self) -> dict[str, object]:
        """For scripts."""
        return {
            "title": self.title,
            "good": self.is_good,
            "problems": list(self.problems),
            "files": [
                {"name": each.name, "length_s": each.length_s, "problems": list(each.problems)} for each in self.files
            ],
        }


def _length(finding: FileFinding) -> str:
    return "" if finding.length_s is None else f"{finding.length_s:.3f} s"


def check_session(folder: Path, tell: Callable[[str], None] = lambda _: None) -> Report:
    """Looks at everything; tell gets a line before each file. Raises ManifestError."""
    manifest = read_manifest(folder)
    if manifest.state is SessionState.RECORDING:
        problem = f"It was never closed. If nothing records it now: director recover {folder}"
        return Report(manifest.title, (), (problem,))
    if manifest.slots is None:
        return Report(manifest.title, (), ("The manifest does not say how long the recording is.",))
    findings = []
    for part in manifest.files:
        tell(f"Reading {part.name} ...")
        findings.append(_look_at(folder, part, manifest))
    tell("Comparing the program with the cameras ...")
    return Report(manifest.title, tuple(findings), tuple(_program(folder, manifest)))


def _look_at(folder: Path, part: FilePart, manifest: Manifest) -> FileFinding:
    path = folder / part.name
    if not path.is_file():
        return FileFinding(part.name, None, ("the file is missing",))
    problems = [] if part.problem is None else [part.problem]
    length_s: float | None = None
    try:
        if part.sha256 is not None and sha256_of(path) != part.sha256:
            problems.append("its content has changed since it was recorded")
        if part.role in _RECORDINGS:
            found = _decode(path)
            length_s = round(found.length_s, 4)
            problems += [*_undecodable(found), *_misaligned(found, manifest)]
    except (OSError, av.FFmpegError) as error:
        problems.append(f"it cannot be read: {getattr(error, 'strerror', None) or error}")
    return FileFinding(part.name, length_s, tuple(problems))


@dataclass(slots=True)
class _Decoded:
    """starts_s, ends_s: of each stream by index; broken: packets that cannot be decoded."""

    broken: int = 0
    starts_s: dict[int, float] = field(default_factory=dict)
    ends_s: dict[int, float] = field(default_factory=dict)

    @property
    def length_s(self) -> float:
        """Of the first stream: the pictures, or a microphone's sound."""
        return self.ends_s.get(0, 0.0)


def _decode(path: Path) -> _Decoded:
    """Reads and decodes all of a file, keeping nothing. Raises OSError or av.FFmpegError for one that is no media."""
    found = _Decoded()
    with av.open(str(path)) as container:
        for video in container.streams.video:
            video.thread_type = "AUTO"
        for stream in (*container.streams.video, *container.streams.audio):
            # Without this a decoder paints over what is damaged and says nothing.
            stream.codec_context.options = {"err_detect": "explode"}
        for packet in container.demux():
            try:
                packet.decode()
            except av.FFmpegError:
                found.broken += 1
            if packet.pts is not None and packet.time_base is not None and packet.size:
                start_s = float(packet.pts * packet.time_base)
                end_s = float((packet.pts + (packet.duration or 0)) * packet.time_base)
                index = packet.stream_index
                found.starts_s[index] = min(found.starts_s.get(index, start_s), start_s)
                found.ends_s[index] = max(found.ends_s.get(index, 0.0), end_s)
    return found


def _undecodable(found: _Decoded) -> list[str]:
    if not found.broken:
        return []
    return [f"{found.broken} places cannot be decoded" if found.broken > 1 else "one place cannot be decoded"]


def _misaligned(found: _Decoded, manifest: Manifest) -> list[str]:
    """All recordings of a session begin at slot 0 and are equally long, and so are all tracks in them."""
    canvas = manifest.canvas.canvas()
    wanted_s = canvas.slot_time_s(manifest.slots or 0)
    frame_s = float(1 / canvas.fps)
    allowed_s = _CUT_OFF_S if manifest.state is SessionState.RECOVERED else frame_s + 1 / SAMPLE_RATE
    problems = []
    if abs(found.length_s - wanted_s) > allowed_s:
        problems.append(f"it is {found.length_s:.3f} s long, the recording {wanted_s:.3f} s")
    for index, end_s in found.ends_s.items():
        if index and abs(end_s - found.length_s) > allowed_s + _SOUND_S:
            problems.append(f"its sound track {index} ends at {end_s:.3f} s")
    late = [index for index, start_s in found.starts_s.items() if start_s > frame_s]
    problems += [f"its track {index} begins at {found.starts_s[index]:.3f} s, not at 0" for index in late]
    return problems


def _program(folder: Path, manifest: Manifest) -> list[str]:
    """No slot is left out; every picture of a routed program is the very packet of the camera on air by the log, or,
    in the head of a shot or under a name, one that looks like it."""
    canvas = manifest.canvas.canvas()
    names = {CameraId(part.source): part.name for part in manifest.files if part.role is FileRole.ISO and part.source}
    program = manifest.file(FileRole.PROGRAM)
    if program is None:
        return ["The manifest names no program."]
    try:
        gap, missing = _missing(folder / program.name, manifest)
        first, count = _wrong(
            folder / program.name, {camera: folder / name for camera, name in names.items()}, manifest
        )
    except OSError as error:
        return [f"The program could not be compared with the cameras: {error.strerror or error}."]
    except UnreadableError as error:
        return [f"The program could not be compared with the cameras: {error}"]
    problems = []
    if missing:
        at_s = canvas.slot_time_s(gap)
        problems.append(f"{missing} pictures are missing in {program.name}, the first at {at_s:.2f} s.")
    if count:
        at_s = canvas.slot_time_s(first)
        problems.append(
            f"{count} pictures of {program.name} are not those of the camera on air, the first at {at_s:.2f} s."
        )
    return problems


def _missing(program: Path, manifest: Manifest) -> tuple[int, int]:
    """The first slot that was left out, and how many were. Raises UnreadableError."""
    first, count = 0, 0
    with Mp4Reader(program, manifest.canvas.canvas().fps) as reader:
        for gap in missing_slots(reader):
            first = first if count else gap.start
            count += len(gap)
    return first, count


def _wrong(program: Path, isos: dict[CameraId, Path], manifest: Manifest) -> tuple[int, int]:
    """The first slot that is not as logged, and how many there are. Raises OSError or UnreadableError."""
    events = read_events(program.parent)
    cuts = recorded_cuts(manifest, events)
    heads = (*recorded_heads(manifest, events), *recorded_names(manifest, events))
    with ExitStack() as stack:
        reader, sources = _opened(program, isos, manifest, stack)
        if not same_encoding([reader, *sources.values()]):
            return 0, 0
        wrong = set(wrong_slots(reader, sources, cuts, heads))
    with ExitStack() as stack:
        wrong |= set(wrong_pictures(*_opened(program, isos, manifest, stack), heads))
    return min(wrong, default=0), len(wrong)


def _opened(
    program: Path, isos: dict[CameraId, Path], manifest: Manifest, stack: ExitStack
) -> tuple[Mp4Reader, dict[CameraId, Mp4Reader]]:
    fps = manifest.canvas.canvas().fps
    reader = stack.enter_context(Mp4Reader(program, fps))
    return reader, {camera: stack.enter_context(Mp4Reader(iso, fps)) for camera, iso in isos.items()}
