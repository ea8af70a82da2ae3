"""The director thread: the only writer of program state. Sound and keys in, cuts and events out.

Decides nothing itself: it stamps what happens, asks the switcher, and carries its decisions to bus and log.
"""

import contextlib
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from queue import Empty, SimpleQueue
from typing import Any

from director_app.core.canvas import Canvas, Slot
from director_app.core.decisions import (
    Cause,
    Cut,
    Decision,
    FloorChange,
    KeyFrameWish,
    Mode,
    ModeChange,
    NameCause,
    NameOff,
    NameOn,
    Refusal,
)
from director_app.core.events import Event, NameLost, News, OutsideEvent
from director_app.core.evidence import Heard
from director_app.core.live_names import LiveNames
from director_app.core.placement import Placement
from director_app.core.sources import MicrophoneId
from director_app.core.speaking import Speaking
from director_app.core.switcher import Switcher
from director_app.engine.name_plates import Plate
from director_app.engine.state import DirectorState, Meter, NameOnAir
from director_app.media.sound.packets import SoundTick
from director_app.speech.analysis import Analysis

LogEvent = Callable[[str, float, Mapping[str, Any]], object]

_IDLE_S = 0.1
_MOST_WAITING = 600
"""Ticks (12 s) that may wait; beyond it sound goes unheard, which is counted and told."""

_MODE_EVENTS = {Mode.AUTO: "auto_on", Mode.HOLD: "hold", Mode.MANUAL: "auto_off"}


@dataclass(frozen=True, slots=True)
class Names:
    """decide: says whose name comes and goes. plates: as it is drawn, by microphone."""

    decide: LiveNames
    plates: Mapping[MicrophoneId, Plate]


class Director:
    """Owner of switcher, placement and analysis.

    Two queues: sound, up to 12 s; keys and news, which always find room and wait behind one batch of it at most.
    """

    def __init__(
        self,
        canvas: Canvas,
        switcher: Switcher,
        placement: Placement,
        analysis: Analysis,
        log: LogEvent,
        session_time_s: Callable[[], float],
        names: Names | None = None,
    ) -> None:
        """names: without them, none is shown and none can be asked for."""
        self._canvas = canvas
        self._switcher = switcher
        self._placement = placement
        self._analysis = analysis
        self._log = log
        self._session_time_s = session_time_s
        self._names = names
        self._speaking = Speaking()
        self._inbox: SimpleQueue[tuple[SoundTick, ...] | None] = SimpleQueue()
        self._told: SimpleQueue[tuple[OutsideEvent, float]] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="director")
        self._error: BaseException | None = None
        self._now_s = 0.0
        self._hops = 0
        # Each written by one thread alone: whoever hears, and the director.
        self._offered = self._listened_to = 0
        self._late_s = 0.0
        self.unheard = 0
        self.deaf: Exception | None = None
        self._gain_control_since_s: float | None = None
        self._refusal: str | None = None
        self._refused_s: float | None = None
        self._name_placed = False
        self.state = DirectorState(0.0, switcher.state, {})

    def start(self) -> None:
        """Starts the thread."""
        self._thread.start()

    def hear(self, ticks: Sequence[SoundTick]) -> None:
        """The next sound, in ticks of 20 ms; never blocks."""
        if self._error is None and self._offered - self._listened_to < _MOST_WAITING:
            self._offered += len(ticks)
            self._inbox.put(tuple(ticks))
        else:
            self.unheard += len(ticks)

    def tell(self, event: OutsideEvent) -> None:
        """A key or a camera's news; never blocks, is acted on within milliseconds, and counts from now."""
        self._told.put((event, self._session_time_s()))
        self._inbox.put(())

    def close(self, deadline_s: float) -> None:
        """Acts on what waits, joins, re-raises. Idempotent."""
        self._inbox.put(None)
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
        if self._thread.is_alive():
            raise TimeoutError(f"The director did not end within {deadline_s:g} s.")
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            while self._act_on_next():
                pass
        except BaseException as error:  # noqa: BLE001 - the thread's outer edge: close() raises it again
            self._error = error

    @property
    def crashed(self) -> BaseException | None:
        """What ended the thread before its time; the recording goes on, nothing cuts any more."""
        return self._error

    def _act_on_next(self) -> bool:
        try:
            item = self._inbox.get(timeout=_IDLE_S)
        except Empty:
            return True
        self._obey_all()
        if item is None:
            return False
        self._listened_to += len(item)
        self._listen(item)
        return True

    def _obey_all(self) -> None:
        with contextlib.suppress(Empty):
            while True:
                self._obey(*self._told.get_nowait())

    def _listen(self, ticks: tuple[SoundTick, ...]) -> None:
        """An analysis that fails costs the automatic, never the producer's keys."""
        if self.deaf is not None:
            # Nothing is heard that could say that a name is over.
            if self.state.name is not None:
                self._publish({})
            return
        if not ticks:
            return
        try:
            every = self._analysis.hear(ticks)
        except Exception as error:  # noqa: BLE001 - the analysis's outer edge: told by the supervisor, keys go on
            self.deaf = error
            self._publish({})
            return
        for heard in every:
            self._follow(heard)
        self._tell_gain_control()

    def _tell_gain_control(self) -> None:
        since_s = self._analysis.gain_control_since_s
        if (since_s is None) != (self._gain_control_since_s is None):
            kind = "gain_control_over" if since_s is None else "gain_control"
            self._gain_control_since_s = since_s
            self._log(kind, self._now_s, {})
            self._publish(self.state.meters)

    def _follow(self, heard: Heard) -> None:
        self._hops += 1
        self._now_s = max(self._now_s, heard.t_s)
        for change in self._speaking.hear(heard):
            kind = "speaking_start" if change.speaks else "speaking_stop"
            self._log(kind, change.at_s, {"microphone": change.microphone})
        now = self._placement.heard_slot(heard.t_s)
        self._carry_out(self._step(heard), now)
        self._publish(self._meters(heard))

    def _obey(self, event: OutsideEvent, at_s: float) -> None:
        # Rounded before use, because a replay reads the time from the log.
        self._now_s = max(self._now_s, round(at_s, 4))
        fields = {"command": type(event).__name__, **asdict(event), "hops": self._hops}
        self._log("command", self._now_s, fields)
        now = self._placement.told_slot(self._now_s)
        refusal = self._carry_out(self._step(event), now)
        if not isinstance(event, News):
            self._refusal, self._refused_s = refusal, None if refusal is None else self._now_s
        self._publish(self.state.meters)

    def _step(self, event: Event) -> list[Decision]:
        decided = self._switcher.step(event, self._now_s)
        if self._names is None:
            return decided
        return decided + self._names.decide.step(event, decided, self._switcher.moment, self._now_s)

    def _carry_out(self, decisions: list[Decision], now: Slot) -> str | None:
        """now: the first slot that a timely engine can still change."""
        refusal: str | None = None
        for decision in decisions:
            match decision:
                case Cut():
                    self._cut(decision, now)
                case KeyFrameWish():
                    self._placement.wish(decision, now)
                    self._note_lateness(now)
                case ModeChange():
                    until = {} if decision.until_s is None else {"until_s": round(decision.until_s, 4)}
                    self._log(_MODE_EVENTS[decision.mode], decision.at_s, {"reason": decision.reason, **until})
                case Refusal():
                    refusal = decision.reason
                case FloorChange():
                    self._log("floor", decision.at_s, {"holder": decision.holder})
                case NameOn():
                    refusal = self._name(decision, now) or refusal
                case NameOff():
                    self._name_off(decision, now)
        return refusal

    def _name(self, name: NameOn, now: Slot) -> str | None:
        """Why the name is not shown; None if it is. The decision is logged in any case: a replay makes it, too."""
        assert self._names is not None
        at = self._placement.name(name, now)
        self._name_placed = at is not None
        if at is None:
            self.tell(NameLost(name.microphone))
        self._note_lateness(now)
        plate = self._names.plates[name.microphone]
        fields = {
            "slot": now if at is None else at.first,
            "end": now if at is None else at.end,
            "camera": name.camera,
            "microphone": name.microphone,
            "name": plate.name,
            "role": plate.role,
            "cause": name.cause,
            "box": plate.box,
        }
        self._log("name_on", name.at_s, fields)
        return f"The name {plate.name} cannot be shown now. The program goes on without it." if at is None else None

    def _name_off(self, gone: NameOff, now: Slot) -> None:
        at = self._placement.name_off(now)
        where = {"slot": now} if at is None else {"slot": at.end, "of": at.first}
        self._log("name_off", gone.at_s, {**where, "cause": NameCause.BY_HAND})

    def _note_lateness(self, now: Slot) -> None:
        """What was done after its slot had begun may have fallen later than a timely engine would have had it."""
        self._late_s = max(self._late_s, self._session_time_s() - self._canvas.slot_time_s(now))

    def _cut(self, cut: Cut, now: Slot) -> None:
        slot = self._placement.cut(cut, now)
        self._note_lateness(now)
        late = {"late_s": round(self._late_s, 4)} if self._late_s > 0 else {}
        self._late_s = 0.0
        end = self._placement.head_end(slot)
        head = {} if end is None else {"head_end": end}
        kind = "manual_cut" if cut.cause is Cause.TAKE else "switch"
        fields = {
            "from": cut.source,
            "to": cut.target,
            "wanted_s": round(cut.wanted_s, 4),
            "slot": slot,
            **head,
            **late,
            "cause": cut.cause,
            "reason": cut.reason,
            "evidence": [asdict(hearing) for hearing in cut.hearings],
            "blocked_by": [asdict(block) for block in cut.blocked_by],
        }
        self._log(kind, cut.at_s, fields)

    def _meters(self, heard: Heard) -> Mapping[Any, Meter]:
        return {record.microphone: Meter(record.level_db, record.own_speech) for record in heard.records}

    def _publish(self, meters: Mapping[Any, Meter]) -> None:
        self.state = DirectorState(
            self._now_s,
            self._switcher.state,
            meters,
            self._refusal,
            self._gain_control_since_s,
            self._refused_s,
            self._shown_name(),
        )

    def _shown_name(self) -> NameOnAir | None:
        now_s = self._now_s if self.deaf is None else max(self._now_s, self._session_time_s())
        shown = None if self._names is None else self._names.decide.shown(now_s)
        if shown is None or self._names is None or not self._name_placed:
            return None
        plate = self._names.plates[shown.microphone]
        return NameOnAir(shown, plate.name, plate.role, plate.image)
