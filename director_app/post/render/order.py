"""What is asked of the renderer and what it answers: plain data. Must know nothing of how films are made."""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from director_app.core.edits import Edit
from director_app.core.lower_thirds import LowerThirds


class Way(StrEnum):
    """SMART copies the cameras' packets and encodes only the heads of shots anew; FULL encodes every picture."""

    SMART = "smart"
    FULL = "full"


class Missing(StrEnum):
    """What becomes of pictures that a recording lacks."""

    REFUSE = "refuse"
    PLACEHOLDER = "placeholder"


class VideoCodec(StrEnum):
    """How the pictures of a film are encoded."""

    H264 = "h264"
    HEVC = "hevc"

    @property
    def people_call_it(self) -> str:
        """As it is written."""
        return {"h264": "H.264", "hevc": "HEVC"}[self.value]


class EncodedBy(StrEnum):
    """Who encodes where everything is encoded: the processor, or the computer's graphics unit if it can."""

    SOFTWARE = "software"
    HARDWARE = "hardware"


class LoudnessTarget(StrEnum):
    """How loud a film is to be (ITU-R BS.1770): TALK for the web, ONLINE as music is, BROADCAST for air."""

    TALK = "talk"
    ONLINE = "online"
    BROADCAST = "broadcast"
    AS_RECORDED = "as-recorded"

    @property
    def lufs(self) -> float | None:
        """Integrated loudness; None: whatever was recorded."""
        return {"talk": -16.0, "online": -14.0, "broadcast": -23.0}.get(self.value)


@dataclass(frozen=True, slots=True)
class Quality:
    """preset: x264's or x265's name. crf: constant rate factor, less is better."""

    preset: str = "veryfast"
    crf: int = 22


@dataclass(frozen=True, slots=True)
class Crop:
    """A part of every picture, width x height pixels of the recording, from its upper edge down as far as it goes.

    places: (first frame of the film, left edge) in order; the first one at frame 0. All numbers even but the frames.
    """

    width: int
    height: int
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a film is to be. size: (width, height) in pixels, both even. None: as it was recorded; crop: all of it."""

    size: tuple[int, int] | None = None
    codec: VideoCodec = VideoCodec.H264
    quality: Quality | None = None
    encoded_by: EncodedBy = EncodedBy.SOFTWARE
    loudness: LoudnessTarget = LoudnessTarget.TALK
    crop: Crop | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """Begins in this frame of the film, from 0, and goes on to the next one."""

    frame: int
    name: str


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on the frames before a stretch. colour: of the line between both; red, green, blue, 0 to 255."""

    title: str
    show: str
    colour: tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class FilmOrder:
    """One film. way: None: chosen by rule. title: None: the show's. chapters: None: from the show's markers.

    names: whose appear in its pictures, and when; None: nobody's. cards: one for every stretch, where the edit has
    frames before them.
    """

    session: Path
    edit: Edit
    output: Path
    delivery: Delivery = field(default_factory=Delivery)
    missing: Missing = Missing.REFUSE
    way: Way | None = None
    title: str | None = None
    chapters: tuple[Chapter, ...] | None = None
    names: LowerThirds | None = None
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True, slots=True)
class Loudness:
    """lufs: integrated loudness, None where nothing can be heard. true_peak_db: dBTP, the same."""

    lufs: float | None
    true_peak_db: float | None


@dataclass(frozen=True, slots=True)
class MixLoudness:
    """Of a mix that is not encoded yet. lufs: as above. peak_db: its highest sample, dBFS; None for pure silence."""

    lufs: float | None
    peak_db: float | None


@dataclass(frozen=True, slots=True)
class MasteredSound:
    """What was measured and done. after: in the encoded sound. gain_db: added to the mix. came_from: file names."""

    target: LoudnessTarget
    before: MixLoudness
    after: Loudness
    gain_db: float
    came_from: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenderedFilm:
    """A film that is complete and checked. slots: its length in frames. encoded_frames: those that are no copies."""

    path: Path
    bytes: int
    slots: int
    way: Way
    why: str
    encoded_frames: int
    sound: MasteredSound
    warnings: tuple[str, ...]
