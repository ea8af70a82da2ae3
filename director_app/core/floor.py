"""Who holds the floor, told from one evidence record per microphone and hop. Never thinks of cameras."""

from dataclasses import dataclass

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.decisions import Hearing
from director_app.core.evidence import SILENCE_DB, Evidence, Heard
from director_app.core.rules import SwitchRules
from director_app.core.sources import MicrophoneId

_EPSILON_S = 1e-6


@dataclass(slots=True)
class _Talker:
    """Running sums of one microphone: speech of the present turn, silence since, both in seconds."""

    spoke_s: float = 0.0
    quiet_s: float = float("inf")
    level_db: float = SILENCE_DB
    margin_db: float = 0.0

    def hear(self, record: Evidence, pause_s: float) -> None:
        if record.own_speech:
            self.spoke_s += EVIDENCE_HOP_S
            self.quiet_s = 0.0
            self.level_db, self.margin_db = record.level_db, record.margin_db
            return
        self.quiet_s += EVIDENCE_HOP_S
        if self.quiet_s > pause_s + _EPSILON_S:
            self.spoke_s = 0.0


class Floor:
    """Follows the floor: the holder keeps it until he is quiet or is clearly out-talked.

    took_with_s: how long the holder had spoken when he took it, seconds.
    """

    def __init__(self, rules: SwitchRules) -> None:
        self._rules = rules
        self._talkers: dict[MicrophoneId, _Talker] = {}
        self.holder: MicrophoneId | None = None
        self.took_with_s = 0.0

    def hear(self, heard: Heard) -> MicrophoneId | None:
        """Takes one hop of evidence; returns the new holder when the floor changed, else None."""
        for record in heard.records:
            talker = self._talkers.setdefault(record.microphone, _Talker())
            talker.hear(record, self._rules.pause_s)
        taker = self._taker()
        if taker is None:
            return None
        self.holder = taker
        self.took_with_s = self._talkers[taker].spoke_s
        return taker

    def hearing(self, microphone: MicrophoneId) -> Hearing:
        """What this microphone has shown so far."""
        talker = self._talkers.get(microphone, _Talker())
        return Hearing(
            microphone=microphone,
            spoke_s=round(talker.spoke_s, 3),
            quiet_s=round(min(talker.quiet_s, 3600.0), 3),
            level_db=round(talker.level_db, 1),
            margin_db=round(talker.margin_db, 1),
        )

    def _taker(self) -> MicrophoneId | None:
        needed_s = self._rules.confirm_s if self._holder_is_quiet() else self._rules.interrupt_s
        ready = [
            (talker.spoke_s, talker.level_db, microphone)
            for microphone, talker in self._talkers.items()
            if microphone != self.holder
            and talker.quiet_s < EVIDENCE_HOP_S
            and talker.spoke_s >= needed_s - _EPSILON_S
        ]
        return max(ready)[2] if ready else None

    def _holder_is_quiet(self) -> bool:
        if self.holder is None:
            return True
        return self._talkers[self.holder].quiet_s >= self._rules.quiet_s - _EPSILON_S
