"""Which shot the present moment asks for: the floor's camera, or what taste puts in its place for a while.

Knows the floor and the rules of taste. Whether a cut is allowed now, and whether the camera works, is asked later.
"""

from collections import deque
from dataclasses import dataclass

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.decisions import Cause
from director_app.core.evidence import Heard
from director_app.core.floor import Floor
from director_app.core.rules import SwitchRules
from director_app.core.sources import CameraId, Cast
from director_app.core.talker import EPSILON_S

_TURN_S = 1.0
_PAUSE_S = 0.5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A camera that should be on air, why, and since when."""

    camera: CameraId
    cause: Cause
    since_s: float


@dataclass(frozen=True, slots=True)
class _Made:
    """A cut that was made."""

    at_s: float
    camera: CameraId
    cause: Cause | None


class Shots:
    """Proposes shots. hear() every hop, took_floor() and cut() when that happens, wanted() whenever asked."""

    def __init__(self, cast: Cast, rules: SwitchRules, opening: CameraId) -> None:
        self._cast = cast
        self._rules = rules
        self._overlap_s = 0.0
        self._silence_s = 0.0
        self._person_quiet_s = 0.0
        self._made: deque[_Made] = deque([_Made(0.0, opening, None)], maxlen=rules.ping_pong_cuts or 2)
        self._person: CameraId | None = None
        self._listener: CameraId | None = cast.wide
        self._floor_since_s = 0.0

    def took_floor(self, camera: CameraId, since_s: float) -> None:
        """Somebody took the floor; this camera shows him, and he should be seen from since_s on."""
        if camera == self._person:
            return
        self._listener = self._person or self._cast.wide
        self._person, self._floor_since_s = camera, since_s
        self._person_quiet_s = 0.0

    def hear(self, heard: Heard, floor: Floor) -> None:
        """One hop."""
        speaking = [record.microphone for record in heard.records if record.own_speech]
        turns = {
            self._cast.microphone(each).camera
            for each in speaking
            if floor.talker(each).spoke_s >= _TURN_S - EPSILON_S
        }
        self._overlap_s = self._overlap_s + EVIDENCE_HOP_S if len(turns) > 1 else 0.0
        self._silence_s = 0.0 if speaking else self._silence_s + EVIDENCE_HOP_S
        person_speaks = self._person in {self._cast.microphone(each).camera for each in speaking}
        self._person_quiet_s = 0.0 if person_speaks else self._person_quiet_s + EVIDENCE_HOP_S

    def cut(self, camera: CameraId, at_s: float, cause: Cause) -> None:
        """A cut was made, by whomever."""
        self._made.append(_Made(at_s, camera, cause))

    def wanted(self, now_s: float) -> Wanted | None:
        """What should be on air now; None while nobody has had the floor."""
        if self._person is None:
            return None
        taste = self._wide(self._person, now_s) or self._listening(self._person, now_s)
        if taste is not None:
            return taste
        # Back from a shot of taste the person is wanted from now on, not from when he took the floor.
        last = self._made[-1]
        since_s = now_s if last.at_s > self._floor_since_s else self._floor_since_s
        return Wanted(self._person, Cause.FLOOR, since_s)

    def _wide(self, person: CameraId, now_s: float) -> Wanted | None:
        wide, rules, last = self._cast.wide, self._rules, self._made[-1]
        if wide is None:
            return None
        if _lasts(self._overlap_s, rules.wide_overlap_s):
            return Wanted(wide, Cause.OVERLAP, now_s)
        if _lasts(self._silence_s, rules.wide_silence_s) or self._waits_for_the_next_word(now_s):
            return Wanted(wide, Cause.SILENCE, now_s)
        if last.cause is Cause.PING_PONG and now_s < last.at_s + rules.ping_pong_wide_s - EPSILON_S:
            return Wanted(wide, Cause.PING_PONG, now_s)
        if self._is_ping_pong(person, now_s):
            return Wanted(wide, Cause.PING_PONG, self._floor_since_s)
        return None

    def _waits_for_the_next_word(self, now_s: float) -> bool:
        """Whoever breaks a silence may not be the one who held the floor: his face must not come back for that."""
        last = self._made[-1]
        return last.cause is Cause.SILENCE and self._person_quiet_s > now_s - last.at_s

    def _is_ping_pong(self, person: CameraId, now_s: float) -> bool:
        """Whether one more cut, to this person, would be one too many to and fro between two cameras."""
        most = self._rules.ping_pong_cuts
        recent = list(self._made)
        if most is None or len(recent) < most or recent[-1].camera == person:
            return False
        order = [each.camera for each in recent] + [person]
        lately = now_s - recent[1].at_s <= self._rules.ping_pong_within_s
        return lately and all(one == other for one, other in zip(order, order[2:], strict=False))

    def _listening(self, person: CameraId, now_s: float) -> Wanted | None:
        """In a long shot of one speaker, now and then whoever listens."""
        last, rules = self._made[-1], self._rules
        if rules.listen_after_s is None or self._listener is None or self._silence_s > _PAUSE_S:
            return None
        if last.cause is Cause.LISTENER:
            stays = now_s < last.at_s + rules.listen_for_s - EPSILON_S
            return Wanted(last.camera, Cause.LISTENER, now_s) if stays else None
        is_old = last.camera == person and now_s - last.at_s >= rules.listen_after_s - EPSILON_S
        return Wanted(self._listener, Cause.LISTENER, now_s) if is_old else None


def _lasts(seconds: float, asked_s: float | None) -> bool:
    return asked_s is not None and seconds >= asked_s - EPSILON_S
