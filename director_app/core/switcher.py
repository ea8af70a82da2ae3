"""The director's mind: every rule of who is on air. step(event, now) in, decisions out.

Pure: it never sleeps, logs or asks the time, and the same events at the same times give the same decisions.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from director_app.core.cadence import CutCap, MinimumShot
from director_app.core.decisions import (
    Block,
    Cause,
    Cut,
    Decision,
    FloorChange,
    KeyFrameWish,
    Mode,
    ModeChange,
    Refusal,
)
from director_app.core.events import (
    CameraChanged,
    ChooseNext,
    Event,
    Hold,
    NameLost,
    SetAuto,
    SetManual,
    ShowName,
    Take,
    TakeNext,
    TakePrevious,
    TakeWide,
)
from director_app.core.evidence import Heard
from director_app.core.floor import Floor
from director_app.core.preview import Next, Preview
from director_app.core.reasons import cut_reason, left_reason, refusal_reason
from director_app.core.rules import SwitchRules
from director_app.core.shots import Shots, Wanted
from director_app.core.sources import CameraId, Cast, MicrophoneId, SourceState
from director_app.core.wishes import OnsetWishes


@dataclass(frozen=True, slots=True)
class ProgramState:
    """What is true now, for whoever shows it. Times are session seconds.

    proposed: what the automatic would show. next: what stands ready. before: what was on air before, None at first.
    """

    on_air: CameraId
    since_s: float
    reason: str
    mode: Mode
    hold_until_s: float | None
    holder: MicrophoneId | None
    proposed: CameraId | None
    next: Next | None = None
    before: CameraId | None = None


class Moment(NamedTuple):
    """The little of it that is asked for fifty times a second. since_s: when the camera was cut to."""

    on_air: CameraId
    since_s: float
    holder: MicrophoneId | None


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
        self._on_air = self._refuge() or cast.opening
        self._since_s = 0.0
        self._reason = "The show opens."
        self._mode = Mode.AUTO
        self._hold_until_s: float | None = None
        self._blocks: dict[str, float] = {}
        self._shots = Shots(cast, rules, self._on_air)
        self._wishes = OnsetWishes(cast)
        self._preview = Preview(cast)
        self._before: CameraId | None = None
        self._free_from_s = 0.0
        self._handlers: dict[type, Callable[..., list[Decision]]] = {
            Heard: self._heard,
            Take: self._take,
            TakeWide: self._take_wide,
            TakeNext: self._take_next,
            TakePrevious: self._take_previous,
            ChooseNext: self._choose_next,
            Hold: self._hold,
            SetAuto: self._set_auto,
            SetManual: self._set_manual,
            ShowName: self._nothing,
            NameLost: self._nothing,
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
            proposed=self._proposed(),
            next=self._next(),
            before=self._before,
        )

    @property
    def moment(self) -> Moment:
        """Who is on air since when, and who has the floor."""
        return Moment(self._on_air, self._since_s, self._floor.holder)

    def step(self, event: Event, now_s: float) -> list[Decision]:
        """One event at session time now_s (never earlier than the last one); returns what follows from it."""
        ended = self._end_hold(now_s)
        return ended + self._handlers[type(event)](event, now_s) + self._follow(now_s)

    def _heard(self, heard: Heard, now_s: float) -> list[Decision]:
        taken = self._floor.hear(heard)
        self._shots.hear(heard, self._floor)
        decisions: list[Decision] = []
        if self._rules.programme_delay_s > 0:
            cameras = self._wishes.hear(heard, self._on_air)
            decisions += [KeyFrameWish(now_s, cameras)] if cameras else []
        if taken is not None:
            self._blocks.clear()
            self._shots.took_floor(self._cast.microphone(taken.holder).camera, taken.since_s)
            self._preview.took_floor(taken.holder)
            decisions.append(FloorChange(now_s, taken.holder))
        return decisions

    def _take(self, take: Take, now_s: float) -> list[Decision]:
        state = self._states.get(take.camera)
        if state is None:
            return [Refusal(now_s, "There is no such camera.")]
        if state is not SourceState.OK:
            return [Refusal(now_s, refusal_reason(self._cast, take.camera, state, self._on_air))]
        taken: list[Decision] = []
        if take.camera != self._on_air:
            taken.append(self._cut(Wanted(take.camera, Cause.TAKE, now_s), now_s, "Your take."))
        if self._mode is Mode.MANUAL:
            return taken
        return taken + self._pause_auto(now_s, "You took a camera.")

    def _take_wide(self, _event: TakeWide, now_s: float) -> list[Decision]:
        if self._cast.wide is None:
            return [Refusal(now_s, "No camera is marked as wide. The program stays as it is.")]
        return self._take(Take(self._cast.wide), now_s)

    def _take_next(self, _event: TakeNext, now_s: float) -> list[Decision]:
        ready = self._next()
        if ready is None:
            return [Refusal(now_s, "No camera stands ready as the next. The program stays as it is.")]
        return self._take(Take(ready.camera), now_s)

    def _take_previous(self, _event: TakePrevious, now_s: float) -> list[Decision]:
        if self._before is None:
            return [Refusal(now_s, "No other camera has been on air yet. The program stays as it is.")]
        return self._take(Take(self._before), now_s)

    def _choose_next(self, chosen: ChooseNext, now_s: float) -> list[Decision]:
        state = self._states.get(chosen.camera)
        if state is None:
            return [Refusal(now_s, "There is no such camera.")]
        if state is not SourceState.OK:
            return [Refusal(now_s, refusal_reason(self._cast, chosen.camera, state, self._on_air))]
        if chosen.camera == self._on_air:
            return [Refusal(now_s, f"Camera {self._cast.camera(chosen.camera).title} is on air already.")]
        self._preview.choose(chosen.camera)
        return []

    def _next(self) -> Next | None:
        """What stands ready now."""
        return self._preview.next(
            self._on_air, self._proposed(), lambda camera: self._states[camera] is SourceState.OK
        )

    def _hold(self, _event: Hold, now_s: float) -> list[Decision]:
        if self._mode is Mode.MANUAL:
            # A hold ends in AUTO, and only the producer may end what he set for good.
            return [Refusal(now_s, "Nothing cuts by itself now, so there is nothing to hold. The shot stays.")]
        return self._pause_auto(now_s, "You hold this shot.")

    def _set_auto(self, _event: SetAuto, now_s: float) -> list[Decision]:
        return self._change_mode(Mode.AUTO, None, now_s, "You switched the automatic on.")

    def _set_manual(self, _event: SetManual, now_s: float) -> list[Decision]:
        return self._change_mode(Mode.MANUAL, None, now_s, "You switched the automatic off.")

    def _nothing(self, _event: Event, _now_s: float) -> list[Decision]:
        """What is none of the switcher's business: names are decided beside it (core/live_names)."""
        return []

    def _camera_changed(self, change: CameraChanged, now_s: float) -> list[Decision]:
        self._states[change.camera] = change.state
        # What was decided for a camera that had no picture must not reach back to when it had none.
        self._free_from_s = now_s
        return []

    def _follow(self, now_s: float) -> list[Decision]:
        """What the machine does by itself after any event: leave a bad camera, then cut to what is wanted."""
        if self._states[self._on_air] is not SourceState.OK:
            return self._leave_bad_camera(now_s)
        if self._mode is not Mode.AUTO:
            return []
        wanted = self._wanted(now_s)
        if wanted is None or wanted.camera == self._on_air or self._is_blocked(now_s):
            return []
        return [self._cut(wanted, now_s, cut_reason(self._cast, self._floor, self._on_air, wanted, self._rules))]

    def _leave_bad_camera(self, now_s: float) -> list[Decision]:
        refuge = self._refuge()
        if refuge is None:
            return []
        reason = left_reason(self._cast, self._on_air, self._states[self._on_air], refuge)
        return [self._cut(Wanted(refuge, Cause.FAULT, now_s), now_s, reason)]

    def _refuge(self) -> CameraId | None:
        """The best camera that works: the floor's, else the wide, else the first in key order."""
        in_key_order = (camera.id for camera in self._cast.cameras)
        for camera in (self._floor_camera(), self._cast.wide, *in_key_order):
            if camera is not None and self._states[camera] is SourceState.OK:
                return camera
        return None

    def _proposed(self) -> CameraId | None:
        """What the automatic would show by now, whoever cuts."""
        wanted = self._wanted(self._since_s)
        return None if wanted is None else wanted.camera

    def _wanted(self, now_s: float) -> Wanted | None:
        """The shot the moment asks for; the wide one stands in while its camera is no candidate."""
        wanted = self._shots.wanted(now_s)
        if wanted is None or self._states[wanted.camera] is SourceState.OK:
            return wanted
        floor = self._floor_camera()
        if wanted.cause is not Cause.FLOOR and floor is not None and self._states[floor] is SourceState.OK:
            return Wanted(floor, Cause.FLOOR, now_s)
        if self._cast.wide is not None and self._states[self._cast.wide] is SourceState.OK:
            return Wanted(self._cast.wide, wanted.cause, wanted.since_s)
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

    def _cut(self, wanted: Wanted, now_s: float, reason: str) -> Cut:
        hearings = tuple(self._floor.hearing(microphone.id) for microphone in self._cast.microphones)
        blocks = tuple(Block(rule, round(now_s - since_s, 3)) for rule, since_s in self._blocks.items())
        at_s = self._wanted_s(wanted, now_s)
        cut = Cut(now_s, at_s, self._on_air, wanted.camera, wanted.cause, reason, hearings, blocks)
        self._blocks.clear()
        self._before = self._on_air
        self._on_air, self._since_s, self._reason = wanted.camera, now_s, reason
        self._preview.cut(wanted.camera)
        self._minimum_shot.cut(at_s)
        self._cap.cut(now_s)
        self._shots.cut(wanted.camera, at_s, wanted.cause)
        return cut

    def _wanted_s(self, wanted: Wanted, now_s: float) -> float:
        """Where the cut should fall: as far back as the programme delay, the shot before and the producer allow."""
        if wanted.cause in {Cause.TAKE, Cause.FAULT}:
            self._free_from_s = now_s
            return now_s
        earliest_s = max(now_s - self._rules.programme_delay_s, self._minimum_shot.free_from_s, self._free_from_s)
        return round(min(now_s, max(wanted.since_s, earliest_s)), 6)

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
        self._free_from_s = now_s
        self._blocks.clear()
        return [ModeChange(now_s, mode, until_s, reason)]
