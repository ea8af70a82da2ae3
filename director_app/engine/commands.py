"""The producer's commands by name, the same for keys, foot pedals, the command socket and `director tell`.

Turns words into what the studio does. Must not know where the words came from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from director_app.core.decisions import Mode
from director_app.core.events import (
    ChooseNext,
    Hold,
    OutsideEvent,
    SetAuto,
    SetManual,
    ShowName,
    Take,
    TakeNext,
    TakePrevious,
    TakeWide,
)
from director_app.core.sources import Cast
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase, StudioState

_PLAIN: Mapping[str, Callable[[], OutsideEvent]] = {
    "take wide": TakeWide,
    "take next": TakeNext,
    "take previous": TakePrevious,
    "hold": Hold,
    "auto": SetAuto,
    "manual": SetManual,
    "name": ShowName,
}
_NUMBERED = ("take", "choose")
_MOST_CAMERAS = 9

SHOW_COMMANDS: tuple[str, ...] = (
    *(f"take {number}" for number in range(1, _MOST_CAMERAS + 1)),
    *(f"choose {number}" for number in range(1, _MOST_CAMERAS + 1)),
    *_PLAIN,
    "auto or manual",
    "marker",
    "record",
    "stop",
)
"""Every command there is, as it is written."""


class CommandError(Exception):
    """The command cannot be; str() is a sentence."""


@dataclass(frozen=True, slots=True)
class Commands:
    """Carries commands out, without waiting for what they do."""

    studio: Studio

    def obey(self, command: str) -> None:
        """One command by its name. Raises CommandError for what is no command or can do nothing now."""
        name = " ".join(command.lower().split())
        if name not in SHOW_COMMANDS:
            raise CommandError(f'There is no command "{command}". Commands are: {", ".join(SHOW_COMMANDS)}.')
        state = self.studio.look()
        if name == "record":
            self._record(state)
            return
        if state.snapshot is None:
            raise CommandError("Nothing is being recorded, so there is nothing to direct. Start the recording first.")
        if name == "stop":
            self.studio.stop()
        elif name == "marker":
            self.studio.mark()
        else:
            self.studio.tell(self._event(name, state.show.cast(), state.snapshot.director.program.mode))

    def _record(self, state: StudioState) -> None:
        if state.phase in {Phase.STARTING, Phase.RECORDING}:
            raise CommandError("The show is being recorded already.")
        if state.phase is Phase.STOPPING:
            raise CommandError("The files of the last recording are being closed. Try again in a moment.")
        if state.phase not in {Phase.READY, Phase.FAILED}:
            raise CommandError("Cameras and microphones are being opened. Try again in a moment.")
        self.studio.record()

    def _event(self, name: str, cast: Cast, mode: Mode) -> OutsideEvent:
        if name == "auto or manual":
            return SetManual() if mode is Mode.AUTO else SetAuto()
        word, _, rest = name.partition(" ")
        if word in _NUMBERED and rest.isdigit():
            return self._numbered(word, int(rest), cast)
        return _PLAIN[name]()

    def _numbered(self, word: str, number: int, cast: Cast) -> OutsideEvent:
        camera = next((each.id for each in cast.cameras if each.number == number), None)
        if camera is None:
            raise CommandError(f"There is no camera {number}. The show has {len(cast.cameras)}.")
        return Take(camera) if word == "take" else ChooseNext(camera)
