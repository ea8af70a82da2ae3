"""The sound of a film: the show's mix, made again from the microphones by the very mixer that made it live.

Where a microphone's file is missing or damaged, the mix that was recorded with the pictures serves instead. Parts of
the show are joined with short fades; their places follow from slots, never from lengths that were added up.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE, Canvas, timecode
from director_app.core.edits import Edit
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.sound.automix import Automix
from director_app.post.render.errors import RenderError
from director_app.post.render.sound_track import Mono, Pieces, SoundTrack
from director_app.post.render.source import RenderSource
from director_app.session.manifest import FileRole

FADE_SAMPLES = 720
"""15 ms: measured, the click at a join is 0.0004 of full scale then."""

_PIECE = 100 * BLOCK_SAMPLES

_LEAD = 250 * BLOCK_SAMPLES
"""The mixer hears so much before a part of the show: after 5 s its state is what it had been live."""

_MOST_SILENT = SAMPLE_RATE
"""A crash costs a microphone's file up to 0.6 s; one that lacks more than a second is not mixed."""


class ShowSound(Protocol):
    """The mix of the whole show."""

    @property
    def came_from(self) -> tuple[str, ...]:
        """Names of files."""

    def pieces(self, first: int, end: int) -> Iterator[Mono]:
        """Samples first to end; nothing before the show or after it is heard."""

    def silent_samples(self) -> int:
        """How much of what was asked for could not be read."""

    def close(self) -> None:
        """Idempotent."""


class MicrophoneMix(ClosedOnLeaving):
    """The mix made again. No microphone gives silence."""

    def __init__(self, paths: Sequence[Path], end_sample: int) -> None:
        """Raises RenderError for the first file that cannot be read."""
        self._names = tuple(path.name for path in paths)
        self._end = end_sample
        with ExitStack() as stack:
            self._tracks = [stack.enter_context(SoundTrack(path)) for path in paths]
            self._stack = stack.pop_all()
        self._mixer = Automix(len(self._tracks))
        self._at = 0
        self._ready: Mono = np.zeros(0, np.float32)

    @property
    def came_from(self) -> tuple[str, ...]:
        """The microphones' files."""
        return self._names

    def pieces(self, first: int, end: int) -> Iterator[Mono]:
        """As ShowSound says."""
        if not self._at - len(self._ready) <= first <= self._at + _LEAD:
            self._begin_before(first)
        at = self._at - len(self._ready)
        while at < end:
            if not len(self._ready):
                self._mix_more()
            piece = self._ready[: end - at]
            self._ready = self._ready[len(piece) :]
            wanted = piece[max(0, first - at) :]
            at += len(piece)
            if len(wanted):
                yield wanted

    def silent_samples(self) -> int:
        """Of the microphone that lacks most."""
        return max(self._silent(), default=0)

    def lacking(self) -> list[str]:
        """The files that lack more than a crash can cost."""
        return [name for name, silent in zip(self._names, self._silent(), strict=True) if silent > _MOST_SILENT]

    def _silent(self) -> list[int]:
        return [_sum_before(track.silent, self._end) for track in self._tracks]

    def close(self) -> None:
        """Idempotent."""
        self._stack.close()

    def _begin_before(self, first: int) -> None:
        self._at = max(0, (first - _LEAD) // BLOCK_SAMPLES * BLOCK_SAMPLES)
        self._mixer = Automix(len(self._tracks))
        self._ready = np.zeros(0, np.float32)

    def _mix_more(self) -> None:
        samples = np.empty((len(self._tracks), _PIECE), np.int32)
        for row, track in zip(samples, self._tracks, strict=True):
            track.read_into(row, self._at)
        self._ready = self._mixer.mix(samples)
        self._at += _PIECE


class RecordedMix(ClosedOnLeaving):
    """The mix as it was recorded: the first sound track of a film of the session."""

    def __init__(self, path: Path, end_sample: int) -> None:
        """Raises RenderError."""
        self._end = end_sample
        self._track = SoundTrack(path)

    @property
    def came_from(self) -> tuple[str, ...]:
        """The film's file."""
        return (self._track.path.name,)

    def pieces(self, first: int, end: int) -> Iterator[Mono]:
        """As ShowSound says."""
        for at in range(first, end, _PIECE):
            yield self._track.read(at, min(_PIECE, end - at))

    def silent_samples(self) -> int:
        """How much of what was asked for could not be read."""
        return _sum_before(self._track.silent, self._end)

    def close(self) -> None:
        """Idempotent."""
        self._track.close()


def _sum_before(spans: Sequence[tuple[int, int]], end: int) -> int:
    return sum(max(0, min(stop, end) - first) for first, stop in spans)


def microphone_paths(source: RenderSource) -> list[Path]:
    """In the order of the manifest's microphones, which is the order in which they were mixed.

    Raises RenderError when the manifest does not name a microphone's file.
    """
    paths = []
    for microphone in source.manifest.microphones:
        part = source.manifest.file(FileRole.MICROPHONE, microphone.id)
        if part is None:
            raise RenderError(f'The manifest names no file of the microphone "{microphone.label}".')
        paths.append(source.folder / part.name)
    return paths


def open_sound(source: RenderSource) -> tuple[ShowSound, list[str]]:
    """The best there is, and a sentence for everything that is not as it should be."""
    end_sample = source.canvas.first_sample_of(source.slots)
    try:
        return MicrophoneMix(microphone_paths(source), end_sample), []
    except RenderError as error:
        sound = recorded_mix(source)
        if sound is None:
            return MicrophoneMix([], end_sample), [f"{error} There is no other sound: it is left silent."]
        return sound, [f"{error} The mix that was recorded in {sound.came_from[0]} is used instead."]


def recorded_mix(source: RenderSource) -> RecordedMix | None:
    """The recorded mix that reaches furthest, and how far; None where there is none."""
    end_sample = source.canvas.first_sample_of(source.slots)
    wanted = (FileRole.PROGRAM, FileRole.ISO)
    names = [part.name for role in wanted for part in source.manifest.files if part.role is role]
    best: tuple[float, Path] | None = None
    for name in names:
        with suppress(RenderError):
            length_s = _sound_length_s(source.folder / name)
            if best is None or length_s > best[0] + 0.1:
                best = (length_s, source.folder / name)
    if best is None:
        return None
    return RecordedMix(best[1], end_sample)


def _sound_length_s(path: Path) -> float:
    with SoundTrack(path) as track:
        return track.length_s


Found = TypeVar("Found")


def best_sound(source: RenderSource, listen: Callable[[ShowSound], Found]) -> tuple[ShowSound, Found, list[str]]:
    """The best sound that was recorded, what listening to it found, and a sentence for all that is wrong with it.

    listen: hears all that will be used; what a file lacks is known only then. Whoever asked closes the sound.
    """
    sound, warnings = open_sound(source)
    try:
        found = listen(sound)
        lacking = sound.lacking() if isinstance(sound, MicrophoneMix) else []
        instead = recorded_mix(source) if lacking else None
    except BaseException:  # whatever it was, no file stays open; raised again
        sound.close()
        raise
    if instead is None:
        return sound, found, warnings
    sound.close()
    most = "" if len(lacking) == 1 else "up to "
    lacks = f"{' and '.join(lacking)} lacks {most}{timecode(sound.silent_samples() / SAMPLE_RATE)}"
    used = f"The mix that was recorded in {instead.came_from[0]} is used instead."
    try:
        return instead, listen(instead), [f"The sound of {lacks}. {used}"]
    except BaseException:  # as above
        instead.close()
        raise


def film_sound(sound: ShowSound, edit: Edit, canvas: Canvas) -> Pieces:
    """All samples of the film: sample k belongs to its second k / 48000. Frames that show no slot are silent."""
    reached = 0
    for frame, first, count in _parts(edit):
        begin, end = canvas.first_sample_of(frame), canvas.first_sample_of(frame + count)
        for at in range(reached, begin, _PIECE):
            yield np.zeros(min(_PIECE, begin - at), np.float32)
        reached = end
        source_first = canvas.first_sample_of(first)
        yield from _faded(sound.pieces(source_first, source_first + end - begin), end - begin)


def _parts(edit: Edit) -> Iterator[tuple[int, int, int]]:
    """(frame of the film, first slot, slots) of everything whose sound runs through."""
    frame, first, count = edit.stretches[0].lead, int(edit.stretches[0].first), 0
    for stretch in edit.stretches:
        if count and (stretch.lead or first + count != stretch.first):
            yield frame, first, count
            frame, first, count = frame + count + stretch.lead, int(stretch.first), 0
        count += len(stretch)
    yield frame, first, count


def _faded(pieces: Iterator[Mono], total: int) -> Iterator[Mono]:
    """Rises at its begin and falls at its end, both along half a wave of a cosine."""
    at = 0
    for piece in pieces:
        if at < FADE_SAMPLES or at + len(piece) > total - FADE_SAMPLES:
            place = np.arange(at, at + len(piece))
            near = np.minimum(place, total - 1 - place)
            rise = np.minimum(1.0, (near + 0.5) / FADE_SAMPLES)
            piece = (piece * (0.5 - 0.5 * np.cos(np.pi * rise))).astype(np.float32)  # noqa: PLW2901
        at += len(piece)
        yield piece
