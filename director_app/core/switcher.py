"""The director's mind: every rule of who is on air. step(event, now) in, decisions out.

Pure: it never sleeps, logs or asks the time, and the same events at the same times give the same decisions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from director_app.core.cadence import CutCap, MinimumShot
from director_app.core.decisions import Block, Cause, Cut, Decision, FloorChange, Mode, ModeChange, Refusal
from director_app.core.events import CameraChanged, Event, Hold, SetAuto, SetManual, Take, TakeWide
from director_app.core.evidence import Heard
from director_app.core.floor import Floor
from director_app.core.reasons import floor_reason, left_reason, refusal_reason
from director_app.core.rules import SwitchRules
from director_app.core.sources import CameraId, Cast, MicrophoneId, SourceState


@dataclass(frozen=True, slots=True)
class ProgramState:
    """What is true now, for whoever shows it. Times are session seconds."""

    on_air: CameraId
    since_s: float
    reason: str
    mode: Mode
    hold_until_s: float | None
    holder: MicrophoneId | None
    proposed: CameraId | None


class Switcher:
    """Decides which camera is on air. One owner, one thread; all times are arguments."""

    def __init__(self, cast: Cast, rules: SwitchRules, states: Mapping[CameraId, SourceState] | None = None) -> None:
        """states: what the watchdogs say at the start; cameras not named are OK.

        Opens on the wide camera if it works, else on the first that does. Raises ValueError for no cameras.
        """
        if not cast.cameras:
            raise ValueError("A show needs at least one camera.")
        self._cast = cast
        self._rules = rules
        self._floor = Floor(rules)
        self._minimum_shot = MinimumShot(rules.minimum_shot_s)
        self._cap = CutCap(rules.cuts_per_minute)
        self._states = {camera.id: SourceState.OK for camera in cast.cameras} | dict(states or {})
        self._on_air = self._refuge() or cast.wide or cast.cameras[0].id
        self._since_s = 0.0
        self._reason = "The show opens."
        self._mode = Mode.AUTO
        self._hold_until_s: float | None = None
        self._blocks: dict[str, float] = {}
        self._handlers: dict[type, Callable[..., list[Decision]]] = {
            Heard: self._heard,
            Take: self._take,
            TakeWide: self._take_wide,
            Hold: self._hold,
            SetAuto: self._set_auto,
            SetManual: self._set_manual,
            CameraChanged: self._camera_changed,
        }

    @property
    def state(self) -> ProgramState:
        """An immutable picture of the present."""
        return ProgramState(
            on_air=self._on_air,
            since_s=self._since_s,
            reason=self._reason,
            mode=self._mode,
            hold_until_s=self._hold_until_s,
            holder=self._floor.holder,
            proposed=self._wanted(),
        )

    def step(self, event: Event, now_s: float) -> list[Decision]:
        """One event at session time now_s (never earlier than the last one); returns what follows from it."""
        ended = self._end_hold(now_s)
        return ended + self._handlers[type(event)](event, now_s) + self._follow(now_s)

    def _heard(self, heard: Heard, now_s: float) -> list[Decision]:
        taker = self._floor.hear(heard)
        if taker is None:
            return []
        self._blocks.clear()
        return [FloorChange(now_s, taker)]

    def _take(self, take: Take, now_s: float) -> list[Decision]:
        state = self._states.get(take.camera)
        if state is None:
            return [Refusal(now_s, "There is no such camera.")]
        if state is not SourceState.OK:
            return [Refusal(now_s, refusal_reason(self._cast, take.camera, state, self._on_air))]
        taken: list[Decision] = []
        if take.camera != self._on_air:
            taken.append(self._cut(take.camera, now_s, Cause.TAKE, "Your take."))
        if self._mode is Mode.MANUAL:
            return taken
        return taken + self._pause_auto(now_s, "You took a camera.")

    def _take_wide(self, _event: TakeWide, now_s: float) -> list[Decision]:
        if self._cast.wide is None:
            return [Refusal(now_s, "No camera is marked as wide. The program stays as it is.")]
        return self._take(Take(self._cast.wide), now_s)

    def _hold(self, _event: Hold, now_s: float) -> list[Decision]:
        if self._mode is Mode.MANUAL:
            # A hold ends in AUTO, and only the producer may end what he set for good.
            return []
        return self._pause_auto(now_s, "You hold this shot.")

    def _set_auto(self, _event: SetAuto, now_s: float) -> list[Decision]:
        return self._change_mode(Mode.AUTO, None, now_s, "You switched the automatic on.")

    def _set_manual(self, _event: SetManual, now_s: float) -> list[Decision]:
        return self._change_mode(Mode.MANUAL, None, now_s, "You switched the automatic off.")

    def _camera_changed(self, change: CameraChanged, _now_s: float) -> list[Decision]:
        self._states[change.camera] = change.state
        return []

    def _follow(self, now_s: float) -> list[Decision]:
        """What the machine does by itself after any event: leave a bad camera, then follow the floor."""
        if self._states[self._on_air] is not SourceState.OK:
            return self._leave_bad_camera(now_s)
        wanted = self._wanted()
        if self._mode is not Mode.AUTO or wanted is None or wanted == self._on_air:
            return []
        if self._is_blocked(now_s):
            return []
        return [self._cut(wanted, now_s, Cause.FLOOR, floor_reason(self._cast, self._floor, self._on_air))]

    def _leave_bad_camera(self, now_s: float) -> list[Decision]:
        refuge = self._refuge()
        if refuge is None:
            return []
        reason = left_reason(self._cast, self._on_air, self._states[self._on_air], refuge)
        return [self._cut(refuge, now_s, Cause.FAULT, reason)]

    def _refuge(self) -> CameraId | None:
        """The best camera that works: the floor's, else the wide, else the first in key order."""
        in_key_order = (camera.id for camera in self._cast.cameras)
        for camera in (self._floor_camera(), self._cast.wide, *in_key_order):
            if camera is not None and self._states[camera] is SourceState.OK:
                return camera
        return None

    def _wanted(self) -> CameraId | None:
        """The camera the floor asks for; the wide one stands in while that camera is no candidate."""
        camera = self._floor_camera()
        if camera is None or self._states[camera] is SourceState.OK:
            return camera
        if self._cast.wide is not None and self._states[self._cast.wide] is SourceState.OK:
            return self._cast.wide
        return None

    def _floor_camera(self) -> CameraId | None:
        holder = self._floor.holder
        return None if holder is None else self._cast.microphone(holder).camera

    def _is_blocked(self, now_s: float) -> bool:
        waits = {
            "minimum shot": self._minimum_shot.wait_s(now_s),
            "cuts per minute": self._cap.wait_s(now_s),
        }
        blocking = [rule for rule, wait_s in waits.items() if wait_s > 1e-9]
        for rule in blocking:
            self._blocks.setdefault(rule, now_s)
        return bool(blocking)

    def _cut(self, target: CameraId, now_s: float, cause: Cause, reason: str) -> Cut:
        hearings = tuple(self._floor.hearing(microphone.id) for microphone in self._cast.microphones)
        blocks = tuple(Block(rule, round(now_s - since_s, 3)) for rule, since_s in self._blocks.items())
        cut = Cut(now_s, now_s, self._on_air, target, cause, reason, hearings, blocks)
        self._blocks.clear()
        self._on_air, self._since_s, self._reason = target, now_s, reason
        self._minimum_shot.cut(now_s)
        self._cap.cut(now_s)
        return cut

    def _pause_auto(self, now_s: float, reason: str) -> list[Decision]:
        """After a take or on the hold key: hold for a while, or stay manual where that is the rule."""
        if self._rules.hold_after_take_s is None:
            return self._change_mode(Mode.MANUAL, None, now_s, reason)
        return self._change_mode(Mode.HOLD, now_s + self._rules.hold_after_take_s, now_s, reason)

    def _end_hold(self, now_s: float) -> list[Decision]:
        if self._mode is not Mode.HOLD or self._hold_until_s is None or now_s < self._hold_until_s:
            return []
        return self._change_mode(Mode.AUTO, None, now_s, "The hold has ended.")

    def _change_mode(self, mode: Mode, until_s: float | None, now_s: float, reason: str) -> list[Decision]:
        if mode is self._mode and until_s == self._hold_until_s:
            return []
        self._mode, self._hold_until_s = mode, until_s
        self._blocks.clear()
        return [ModeChange(now_s, mode, until_s, reason)]
