"""When somebody's name comes on while the show runs: at his first long turn on his own camera, or when asked for.

Beside the switcher: told what was heard, what came from outside and what was decided, it decides about names and
nothing else. Pure; must not know how a name is drawn. What films show afterwards is core/lower_thirds.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.decisions import Cut, Decision, NameCause, NameOff, NameOn, Refusal
from director_app.core.events import Event, NameLost, ShowName
from director_app.core.evidence import Heard
from director_app.core.lower_thirds import WAIT_S, own_cameras
from director_app.core.sources import CameraId, Cast, MicrophoneId
from director_app.core.switcher import Moment
from director_app.core.turns import JOIN_ALONE_S

TALKS_S = 1.5
"""So long somebody must have talked since he took the floor. Films know how long a turn will be, a show does not.
Measured on the 24 conversations of the cutting bench: after 1.5 s 77 % go on for the 2 s in which a name is read,
after 0.5 s 73 %, after 3 s 80 %: to wait longer gains little, and a fifth of these turns is over by then."""

READ_S = 2.0
"""A name that was on air for less, because the program cut away, was not shown."""

_EPSILON_S = 1e-6


@dataclass(frozen=True, slots=True)
class NameRules:
    """by_itself: whether names come on without being asked for. shown_s: how long one stays.

    refusal: why no name can be shown at all, as a sentence; None where one can.
    """

    by_itself: bool = False
    shown_s: float = 4.0
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class ShownName:
    """Whose name is on air, in room time, session seconds."""

    microphone: MicrophoneId
    camera: CameraId
    from_s: float
    until_s: float


class LiveNames:
    """One owner, one thread; times are arguments. Whoever has been named is not named again by itself."""

    def __init__(self, cast: Cast, named: Collection[MicrophoneId], rules: NameRules) -> None:
        """named: who has a name to show."""
        self._cast, self._rules = cast, rules
        self._own = own_cameras(cast)
        self._people = frozenset(named)
        self._shown: ShownName | None = None
        self._known: set[MicrophoneId] = set()
        """Who has been named already."""
        self._knew = False
        """Whether that was so before the name that is shown now."""
        self._holder: MicrophoneId | None = None
        self._talked_s = 0.0
        self._quiet_s = 0.0

    def shown(self, now_s: float) -> ShownName | None:
        """The name that is on air."""
        shown = self._shown
        return shown if shown is not None and now_s < shown.until_s - _EPSILON_S else None

    def step(self, event: Event, decided: Sequence[Decision], moment: Moment, now_s: float) -> list[Decision]:
        """The same event as the switcher's; decided, moment: what it made of it."""
        for each in decided:
            if isinstance(each, Cut):
                self._cut(each)
        if isinstance(event, ShowName):
            return [self._pressed(moment.on_air, now_s)]
        if isinstance(event, NameLost):
            self._lost(event.microphone)
            return []
        if isinstance(event, Heard) and self._rules.by_itself:
            self._listen(event, moment.holder)
            return self._by_itself(moment, now_s)
        return []

    def _cut(self, cut: Cut) -> None:
        shown = self._shown
        if shown is None or cut.target == shown.camera:
            return
        # A cut falls in the past of the room: a name that came on since then is never seen.
        end_s = min(cut.wanted_s, shown.until_s)
        if end_s - shown.from_s < READ_S - _EPSILON_S and not self._knew:
            self._known.discard(shown.microphone)
        self._shown = None

    def _lost(self, microphone: MicrophoneId) -> None:
        """It is not tried again by itself: what could not be encoded in time would fail every second."""
        if self._shown is not None and self._shown.microphone == microphone:
            self._shown = None

    def _listen(self, heard: Heard, holder: MicrophoneId | None) -> None:
        if holder != self._holder:
            self._holder, self._talked_s = holder, 0.0
        if any(record.own_speech and record.microphone == holder for record in heard.records):
            self._talked_s += EVIDENCE_HOP_S
            self._quiet_s = 0.0
            return
        self._quiet_s += EVIDENCE_HOP_S
        if self._quiet_s > JOIN_ALONE_S + _EPSILON_S:
            self._talked_s = 0.0

    def _by_itself(self, moment: Moment, now_s: float) -> list[Decision]:
        who = self._own.get(moment.on_air)
        if who is None or who in self._known or who not in self._people or self._rules.refusal is not None:
            return []
        if who != moment.holder or self._quiet_s > 0 or self._talked_s < TALKS_S - _EPSILON_S:
            return []
        if now_s - moment.since_s < WAIT_S - _EPSILON_S or self.shown(now_s) is not None:
            return []
        return [self._show(moment.on_air, who, NameCause.LONG_TURN, now_s)]

    def _pressed(self, on_air: CameraId, now_s: float) -> Decision:
        shown = self.shown(now_s)
        if shown is not None:
            self._shown = None
            return NameOff(now_s)
        if (reason := self._rules.refusal or self._nobody(on_air)) is not None:
            return Refusal(now_s, reason)
        return self._show(on_air, self._own[on_air], NameCause.BY_HAND, now_s)

    def _show(self, camera: CameraId, who: MicrophoneId, cause: NameCause, now_s: float) -> NameOn:
        self._shown = ShownName(who, camera, now_s, now_s + self._rules.shown_s)
        self._knew = who in self._known
        self._known.add(who)
        return NameOn(now_s, camera, who, self._rules.shown_s, cause)

    def _nobody(self, on_air: CameraId) -> str | None:
        """Why the camera on air has no name to show; None if it has one."""
        title = self._cast.camera(on_air).title
        if on_air == self._cast.wide:
            return f"Camera {title} shows everybody, so no name is shown. Take one person's camera, then try again."
        belonging = [each.id for each in self._cast.microphones if each.camera == on_air]
        if len(belonging) > 1:
            return f"Camera {title} shows several people, so no name is shown: it could be read as any of theirs."
        if not belonging or belonging[0] not in self._people:
            return f"Nobody's name belongs to camera {title}, so none is shown. Name its microphone in the show file."
        return None
