"""A timeline as plain data: what every format is written from. Knows nothing of any format, nor of files on a disk.

Record means the film's own frames, source the slots of the show; both count from 0 at the canvas's rate.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from director_app.core.canvas import Canvas
from director_app.core.sources import CameraId
from director_app.post.timelines.words import url


@dataclass(frozen=True, slots=True)
class Media:
    """A recorded file that the timeline refers to.

    path: as seen from the timeline's own folder, with forward slashes, relative where it can be. frames: whole frames
    that it has. channels: of each of its sound tracks; of an ISO the first is the mix. camera: None for a microphone.
    """

    name: str
    path: str
    label: str
    frames: int
    channels: tuple[int, ...]
    camera: CameraId | None = None

    @property
    def url(self) -> str:
        """The path as an address."""
        return url(self.path)

    @property
    def id(self) -> str:
        """For other parts of the same document; unique within a session."""
        return self.name.replace(".", "_")


@dataclass(frozen=True, slots=True)
class Why:
    """Why a cut was made. by_hand: whether the producer made it."""

    reason: str
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Clip:
    """Frames of a file in the film. record: its first frame in the film. source: its first frame in the file."""

    media: Media
    record: int
    source: int
    length: int
    why: Why | None = None

    @property
    def record_end(self) -> int:
        """The frame of the film after its last."""
        return self.record + self.length

    @property
    def source_end(self) -> int:
        """The frame of the file after its last."""
        return self.source + self.length


@dataclass(frozen=True, slots=True)
class Gap:
    """Frames of the film that show nothing."""

    record: int
    length: int


@dataclass(frozen=True, slots=True)
class Track:
    """Clips in the order of the film, none over another."""

    name: str
    clips: tuple[Clip, ...]

    def items(self) -> Iterator[Clip | Gap]:
        """Clips, and gaps where there is nothing before one."""
        at = 0
        for clip in self.clips:
            if clip.record > at:
                yield Gap(at, clip.record - at)
            yield clip
            at = clip.record_end


class MarkerKind(StrEnum):
    """What a marker points at; the words are for people."""

    CUT = "Cut"
    TAKE = "Take"
    MARKER = "Marker"
    WRONG = "Wrong cut"
    TROUBLE = "Trouble"


@dataclass(frozen=True, slots=True)
class Marker:
    """A frame of the film that is worth a look. comment may be empty."""

    frame: int
    kind: MarkerKind
    name: str
    comment: str = ""

    @property
    def text(self) -> str:
        """Name and comment in one line."""
        return f"{self.name}: {self.comment}" if self.comment else self.name


@dataclass(frozen=True, slots=True)
class Timeline:
    """A film of a session. length: in frames.

    program: what is seen, and by the first sound track of its files what is heard. angles: every camera, to be
    switched on by whoever wants another one. microphones: likewise. markers: in the order of their frames.
    problems: what is not as it should be, as sentences.
    """

    session: str
    title: str
    canvas: Canvas
    length: int
    program: Track
    angles: tuple[Track, ...]
    microphones: tuple[Track, ...]
    markers: tuple[Marker, ...]
    problems: tuple[str, ...] = ()

    @property
    def media(self) -> tuple[Media, ...]:
        """Every file once: cameras in their order, then microphones."""
        tracks: Sequence[Track] = (*self.angles, *self.microphones, self.program)
        return tuple(dict.fromkeys(clip.media for track in tracks for clip in track.clips))

    def markers_in(self, item: Clip | Gap) -> tuple[Marker, ...]:
        """Those on its frames."""
        first, end = (
            bisect_left(self.markers, frame, key=lambda marker: marker.frame)
            for frame in (item.record, item.record + item.length)
        )
        return self.markers[first:end]
