"""What a producer asks the renderer for: what can be chosen, what was chosen last, and its job. Holds no Qt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from director_app.core.styles import Style
from director_app.post.choices import Takes
from director_app.post.jobs.order import Cards, JobOrder, Make, Names, RecutPart
from director_app.post.render.order import LoudnessTarget
from director_app.post.timelines.formats import Format
from director_app.session.manifest import Manifest

OFFERED: Mapping[Make, tuple[str, str]] = {
    Make.MASTER: ("Master", "The show as it was cut, with its sound at one loudness."),
    Make.HIGHLIGHTS: ("Highlights", "The best moments in one film."),
    Make.CLIPS: ("Clips", "Each of the best moments as a film of its own."),
    Make.VERTICAL: ("Vertical 9:16", "The highlights, and the clips if they are made, for narrow screens."),
    Make.SQUARE: ("Square 1:1", "The same in a square."),
    Make.CAMERAS: ("Cameras", "Each camera from beginning to end, with the mix."),
    Make.SOUND: ("Sound", "Every microphone as WAV, and the mix as WAV and MP3."),
    Make.STILLS: ("Pictures", "A contact sheet, a poster, thumbnails and waveforms."),
}
"""Words of the box, and its tooltip."""

LOUDNESS: Mapping[LoudnessTarget, str] = {
    LoudnessTarget.TALK: "Talk, \u221216 LUFS",
    LoudnessTarget.ONLINE: "Online, \u221214 LUFS",
    LoudnessTarget.BROADCAST: "Broadcast, \u221223 LUFS",
    LoudnessTarget.AS_RECORDED: "As recorded",
}

NAMES: Mapping[Names, str] = {
    Names.SHOW: "As the show file says",
    Names.ON: "At first long turns",
    Names.OFF: "None",
}
"""Whether films say who somebody is."""

STYLES: Mapping[Style | None, str] = {
    None: "The show's",
    Style.CALM: "Calm",
    Style.NORMAL: "Normal",
    Style.LIVELY: "Lively",
}

TAKES: Mapping[Takes, str] = {Takes.KEEP: "Keep mine", Takes.DECIDE: "Decide anew"}

SLOWER = "Another size: every picture is encoded anew, which takes much longer."
_HEIGHTS = (2160, 1440, 1080, 720, 540, 360)


_Word = TypeVar("_Word", bound=StrEnum)


def _known(words: type[_Word], word: str, otherwise: _Word) -> _Word:
    return words(word) if word in {each.value for each in words} else otherwise


class RenderChoice(BaseModel):
    """As settings keep it; words that this version does not know are passed over. height: None is as recorded."""

    model_config = ConfigDict(extra="allow", frozen=True)

    make: tuple[str, ...] = (Make.MASTER.value, Make.HIGHLIGHTS.value)
    loudness: str = LoudnessTarget.TALK.value
    height: int | None = None
    names: str = Names.SHOW.value
    cards: str = Cards.NONE.value

    def makes(self) -> tuple[Make, ...]:
        """In the order of the sheet."""
        return tuple(make for make in OFFERED if make in self.make)

    def target(self) -> LoudnessTarget:
        """How loud films are to be."""
        return _known(LoudnessTarget, self.loudness, LoudnessTarget.TALK)

    def order(self, folder: Path, manifest: Manifest, make: Iterable[Make]) -> JobOrder:
        """make: at least one."""
        return JobOrder(
            session=str(folder.absolute()),
            make=tuple(make),
            loudness=self.target(),
            size=self.size(manifest),
            lower_thirds=_known(Names, self.names, Names.SHOW),
            cards=_known(Cards, self.cards, Cards.NONE),
        )

    def size(self, manifest: Manifest) -> tuple[int, int] | None:
        """Width and height in pixels; None: as it was recorded."""
        return dict(sizes(manifest)).get(self.height)


@dataclass(frozen=True, slots=True)
class RecutChoice:
    """style: None is the show's. without: the id of a camera that is not to be seen. timeline: an edited .otio."""

    style: Style | None = None
    without: str | None = None
    takes: Takes = Takes.KEEP
    timeline: Path | None = None
    exports: bool = False

    def part(self) -> RecutPart:
        """As a job has it: an edited timeline says everything else."""
        if self.timeline is not None:
            return RecutPart(timeline=str(self.timeline.absolute()))
        return RecutPart(style=self.style, without=() if self.without is None else (self.without,), takes=self.takes)


EXPORTS: Mapping[Format, str] = {
    Format.OTIO: "DaVinci Resolve, Kdenlive from 25.04 on; comes back by Re-cut",
    Format.EDL: "Every editor: one track of pictures",
    Format.FCP7: "Premiere Pro, DaVinci Resolve",
    Format.FCPXML: "Final Cut Pro, DaVinci Resolve",
    Format.KDENLIVE: "Kdenlive",
}
"""Who reads which file of an export."""


def sizes(manifest: Manifest) -> tuple[tuple[int | None, tuple[int, int] | None], ...]:
    """Height and size of everything that can be asked for; None is as recorded. Never larger than that."""
    width, height = manifest.canvas.width, manifest.canvas.height
    smaller = [each for each in _HEIGHTS if each < height]
    return ((None, None), *((each, (round(width * each / height / 2) * 2, each)) for each in smaller))


def size_words(manifest: Manifest, height: int | None) -> str:
    """As recorded, 1080p; 720p."""
    return f"As recorded, {manifest.canvas.height}p" if height is None else f"{height}p"


def recut_order(folder: Path, manifest: Manifest, choice: RenderChoice, recut: RecutChoice) -> JobOrder:
    """As loud and as large as what was rendered last."""
    make = (Make.RECUT, Make.TIMELINES) if recut.exports else (Make.RECUT,)
    return choice.order(folder, manifest, make).model_copy(update={"recut": recut.part()})
