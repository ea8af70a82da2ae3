"""Tests of the switcher as scripts: at t, this happens; then that is decided.

A script speaks of people and cameras by their first letters: microphones and close cameras "a", "b", "c"; "wide".
"""

from dataclasses import dataclass, field

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.decisions import Cut, Decision, Mode, ModeChange, Refusal
from director_app.core.events import (
    CameraChanged,
    Hold,
    OutsideEvent,
    SetAuto,
    SetManual,
    Take,
    TakeWide,
)
from director_app.core.evidence import Evidence, Heard
from director_app.core.rules import SwitchRules
from director_app.core.sources import Camera, CameraId, Cast, Microphone, MicrophoneId, SourceState
from director_app.core.switcher import Switcher

PEOPLE = {"a": "Ana", "b": "Ben", "c": "Cara"}


def cast_of(people: str = "abc", wide: str | None = "wide") -> Cast:
    """A close camera and a microphone for each letter, and a wide camera."""
    cameras = [Camera(CameraId(each), number, PEOPLE[each]) for number, each in enumerate(people, 1)]
    if wide:
        cameras.append(Camera(CameraId(wide), len(cameras) + 1, "Wide"))
    microphones = tuple(Microphone(MicrophoneId(each), PEOPLE[each], CameraId(each)) for each in people)
    return Cast(tuple(cameras), microphones, CameraId(wide) if wide else None)


@dataclass
class Script:
    """Runs a switcher in steps of 20 ms and remembers every decision."""

    rules: SwitchRules = field(default_factory=SwitchRules)
    cast: Cast = field(default_factory=cast_of)
    states: dict[CameraId, SourceState] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.switcher = Switcher(self.cast, self.rules, self.states)
        self.decisions: list[Decision] = []
        self._hops = 0

    @property
    def now_s(self) -> float:
        """End of the last hop."""
        return round(self._hops * EVIDENCE_HOP_S, 6)

    def speak(self, who: str, until_s: float) -> "Script":
        """These people speak (an empty string: nobody does) until then."""
        while self.now_s < until_s - 1e-9:
            self._hops += 1
            self._step(Heard(self.now_s, tuple(_record(each.id, each.id in who) for each in self.cast.microphones)))
        return self

    def quiet(self, until_s: float) -> "Script":
        """Nobody speaks until then."""
        return self.speak("", until_s)

    def take(self, camera: str) -> "Script":
        """The producer's key, now."""
        return self.tell(Take(CameraId(camera)))

    def take_wide(self) -> "Script":
        """The producer's key, now."""
        return self.tell(TakeWide())

    def hold(self) -> "Script":
        """The producer's key, now."""
        return self.tell(Hold())

    def auto(self) -> "Script":
        """The producer's key, now."""
        return self.tell(SetAuto())

    def manual(self) -> "Script":
        """The producer's key, now."""
        return self.tell(SetManual())

    def camera(self, camera: str, state: SourceState) -> "Script":
        """The watchdog says so, now."""
        return self.tell(CameraChanged(CameraId(camera), state))

    def tell(self, event: OutsideEvent) -> "Script":
        """Any outside event, now."""
        self._step(event)
        return self

    def _step(self, event: Heard | OutsideEvent) -> None:
        self.decisions += self.switcher.step(event, self.now_s)

    @property
    def cuts(self) -> list[tuple[float, str]]:
        """(time, camera) of every cut so far."""
        return [(round(each.at_s, 2), each.target) for each in self.decisions if isinstance(each, Cut)]

    @property
    def last_cut(self) -> Cut:
        """The newest cut."""
        return next(each for each in reversed(self.decisions) if isinstance(each, Cut))

    @property
    def modes(self) -> list[tuple[float, Mode]]:
        """(time, mode) of every change so far."""
        return [(round(each.at_s, 2), each.mode) for each in self.decisions if isinstance(each, ModeChange)]

    @property
    def refusals(self) -> list[str]:
        """What could not be done, in sentences."""
        return [each.reason for each in self.decisions if isinstance(each, Refusal)]

    @property
    def on_air(self) -> str:
        """The camera on air now."""
        return self.switcher.state.on_air


def _record(microphone: MicrophoneId, speaks: bool) -> Evidence:  # noqa: FBT001 - private shorthand
    level_db = -20.0 if speaks else -60.0
    return Evidence(microphone, level_db, -65.0, 12.0 if speaks else -12.0, speaks, speaks)
