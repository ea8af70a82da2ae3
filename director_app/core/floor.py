"""Who holds the floor, told from one evidence record per microphone and hop. Never thinks of cameras.

The rule follows what viewers take for the floor: a turn of a second or more that its owner wins when the holder has
stopped. "Yeah" and "mhm" are shorter, laughs and coughs carry too little own speech, and whoever speaks into a
holder's pause gives it back when the holder goes on. Numbers: core/rules.py.
"""

from dataclasses import dataclass

from director_app.core.decisions import Hearing
from director_app.core.evidence import Heard
from director_app.core.rules import SwitchRules
from director_app.core.sources import MicrophoneId
from director_app.core.talker import EPSILON_S, Talker


@dataclass(frozen=True, slots=True)
class FloorTaken:
    """Somebody took the floor. since_s: the moment from which he should be seen; it lies in the past."""

    holder: MicrophoneId
    since_s: float


class Floor:
    """Follows the floor: the holder keeps it until he is quiet or is clearly out-talked.

    took_with_s: how long the holder had spoken when he took it, seconds.
    """

    def __init__(self, rules: SwitchRules) -> None:
        self._rules = rules
        self._talkers: dict[MicrophoneId, Talker] = {}
        self.holder: MicrophoneId | None = None
        self.took_with_s = 0.0

    def hear(self, heard: Heard) -> FloorTaken | None:
        """Takes one hop of evidence; returns the new holder when the floor changed, else None."""
        speaking = {record.microphone for record in heard.records if record.own_speech}
        for record in heard.records:
            talker = self._talkers.get(record.microphone)
            if talker is None:
                talker = self._talkers[record.microphone] = Talker()
            if record.own_speech:
                holder_speaks = self.holder in speaking and self.holder != record.microphone
                talker.speak(record, heard.t_s, holder_speaks)
            else:
                talker.pause(self._rules, bool(speaking))
        taker = self._taker(speaking)
        if taker is None:
            return None
        since_s = self._since_s(taker, heard.t_s)
        if self.holder is not None:
            # To win the floor back he has to out-talk the new holder from now on.
            self._talkers[self.holder].begin_again()
        self.holder = taker
        self.took_with_s = self._talkers[taker].spoke_s
        return FloorTaken(taker, since_s)

    def hearing(self, microphone: MicrophoneId) -> Hearing:
        """What this microphone has shown so far."""
        talker = self.talker(microphone)
        return Hearing(
            microphone=microphone,
            spoke_s=round(talker.spoke_s, 3),
            quiet_s=round(min(talker.quiet_s, 3600.0), 3),
            level_db=round(talker.level_db, 1),
            margin_db=round(talker.margin_db, 1),
        )

    def talker(self, microphone: MicrophoneId) -> Talker:
        """The present turn at this microphone."""
        return self._talkers.get(microphone) or Talker()

    def _taker(self, speaking: set[MicrophoneId]) -> MicrophoneId | None:
        ready = [
            (self._talkers[microphone].spoke_s, self._talkers[microphone].level_db, microphone)
            for microphone in speaking
            if microphone != self.holder and self._may_take(self._talkers[microphone])
        ]
        return max(ready)[2] if ready else None

    def _may_take(self, talker: Talker) -> bool:
        if talker.spoke_s >= self._rules.interrupt_s - EPSILON_S:
            return True
        if not self._holder_is_quiet():
            return False
        needed_s = self._rules.confirm_overlap_s if talker.in_overlap else self._rules.confirm_s
        return talker.spoke_s >= needed_s - EPSILON_S and talker.alone_s >= self._rules.alone_s - EPSILON_S

    def _holder_is_quiet(self) -> bool:
        return self.holder is None or self._talkers[self.holder].quiet_s >= self._rules.quiet_s - EPSILON_S

    def _since_s(self, taker: MicrophoneId, now_s: float) -> float:
        """From the newcomer's first word on, but not while the holder still spoke."""
        onset_s = self._talkers[taker].onset_s - self._rules.onset_lead_s
        if self.holder is None:
            return max(0.0, onset_s)
        stopped_s = now_s - self._talkers[self.holder].quiet_s - self._rules.stop_lead_s
        return max(0.0, onset_s, stopped_s)
