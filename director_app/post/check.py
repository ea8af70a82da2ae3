"""Is a session good? Decodes every file, compares lengths, cuts and hashes. Changes nothing."""

import hashlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import av

from director_app.core.canvas import SAMPLE_RATE, Canvas
from director_app.core.sources import CameraId
from director_app.media.mp4_reader import Mp4Reader, UnreadableError
from director_app.post.recover import recorded_cuts
from director_app.session.event_log import read_events
from director_app.session.hashing import sha256_of
from director_app.session.manifest import FilePart, FileRole, Manifest, SessionState, read_manifest

_CUT_OFF_S = 1.0
"""Files of a recovered session may differ by this: each lost what was not yet on the disk."""


@dataclass(frozen=True, slots=True)
class FileFinding:
    """What was found in one file."""

    name: str
    length_s: float
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
        lines = [
            f"{each.name:<20} {each.length_s:10.3f} s  {'; '.join(each.problems) or 'good'}" for each in self.files
        ]
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


def check_session(folder: Path, tell: Callable[[str], None] = lambda _: None) -> Report:
    """Looks at everything; tell gets a line before each file. Raises ManifestError."""
    manifest = read_manifest(folder)
    if manifest.state is SessionState.RECORDING:
        problem = "It was never closed. If nothing records it now: director recover " + str(folder)
        return Report(manifest.title, (), (problem,))
    findings = []
    for part in manifest.files:
        tell(f"Reading {part.name} ...")
        findings.append(_look_at(folder, part))
    problems = [*_alignment(manifest, findings), *_program(folder, manifest)]
    return Report(manifest.title, tuple(findings), tuple(problems))


def _look_at(folder: Path, part: FilePart) -> FileFinding:
    path = folder / part.name
    if not path.is_file():
        return FileFinding(part.name, 0.0, ("the file is missing",))
    problems = []
    if part.sha256 is not None and sha256_of(path) != part.sha256:
        problems.append("its content has changed since it was recorded")
    length_s = 0.0
    if part.role in {FileRole.PROGRAM, FileRole.ISO, FileRole.MICROPHONE}:
        try:
            length_s, broken = _decode(path)
            if broken:
                problems.append(f"{broken} places cannot be decoded")
        except (OSError, av.FFmpegError) as error:
            problems.append(f"it cannot be read: {getattr(error, 'strerror', None) or error}")
    return FileFinding(part.name, round(length_s, 4), tuple(problems))


def _decode(path: Path) -> tuple[float, int]:
    """Length in seconds of the main stream, and how many packets of any stream cannot be decoded."""
    broken = 0
    ends: dict[int, float] = {}
    with av.open(str(path)) as container:
        for stream in container.streams.video:
            stream.thread_type = "AUTO"
        for packet in container.demux():
            try:
                packet.decode()
            except av.error.InvalidDataError:
                broken += 1
            if packet.pts is not None and packet.time_base is not None and packet.size:
                end = float((packet.pts + (packet.duration or 0)) * packet.time_base)
                ends[packet.stream_index] = max(ends.get(packet.stream_index, 0.0), end)
    return ends.get(0, 0.0), broken


def _alignment(manifest: Manifest, findings: list[FileFinding]) -> list[str]:
    """All recordings of a session begin at slot 0 and are equally long."""
    canvas = manifest.canvas.canvas()
    wanted_s = None if manifest.slots is None else canvas.slot_time_s(manifest.slots)
    allowed_s = _CUT_OFF_S if manifest.state is SessionState.RECOVERED else float(1 / canvas.fps)
    roles = {part.name: part.role for part in manifest.files}
    recordings = [each for each in findings if roles[each.name] not in {FileRole.EVENTS, FileRole.OVERVIEW}]
    if wanted_s is None:
        return ["The manifest does not say how long the recording is."]
    return [
        f"{each.name} is {each.length_s:.3f} s long, the recording {wanted_s:.3f} s."
        for each in recordings
        if abs(each.length_s - wanted_s) > allowed_s + 1 / SAMPLE_RATE
    ]


def _program(folder: Path, manifest: Manifest) -> list[str]:
    """Every picture of a routed program is the very packet of the camera that was on air by the log."""
    names = {CameraId(part.source): part.name for part in manifest.files if part.role is FileRole.ISO and part.source}
    program = manifest.file(FileRole.PROGRAM)
    if program is None or manifest.slots is None:
        return ["The manifest names no program."]
    wrong: list[int] = []
    try:
        with ExitStack() as stack:
            reader = stack.enter_context(Mp4Reader(folder / program.name))
            isos = {camera: stack.enter_context(Mp4Reader(folder / name)) for camera, name in names.items()}
            if any(iso.parameter_sets() != reader.parameter_sets() for iso in isos.values()):
                return []
            prints = {camera: dict(_prints(iso)) for camera, iso in isos.items()}
            cuts = recorded_cuts(manifest, read_events(folder))
            wrong = [slot for slot, print_ in _prints(reader) if prints[cuts.on_air(slot)].get(slot) != print_]
    except (OSError, UnreadableError) as error:
        return [f"The program could not be compared with the cameras: {error}"]
    if not wrong:
        return []
    at_s = Canvas(2, 2, manifest.canvas.canvas().fps).slot_time_s(wrong[0])
    return [f"{len(wrong)} pictures of {program.name} are not those of the camera on air, the first at {at_s:.2f} s."]


def _prints(reader: Mp4Reader) -> list[tuple[int, bytes]]:
    return [(slot, hashlib.blake2b(bytes(packet), digest_size=8).digest()) for slot, packet in reader.video_packets()]
