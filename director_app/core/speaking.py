"""When each person starts and stops speaking, for logs and pictures. Not the floor: nobody is chosen here."""

from dataclasses import dataclass

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.evidence import Heard
from director_app.core.sources import MicrophoneId

STOP_AFTER_S = 0.4


@dataclass(frozen=True, slots=True)
class SpeakingChange:
    """A person began (or, with speaks False, ended) to speak at session time at_s."""

    at_s: float
    microphone: MicrophoneId
    speaks: bool


class Speaking:
    """Joins own speech over pauses shorter than STOP_AFTER_S."""

    def __init__(self) -> None:
        self._last_s: dict[MicrophoneId, float] = {}

    def hear(self, heard: Heard) -> list[SpeakingChange]:
        """The changes that one hop of evidence brings; an end is dated to the last speech heard."""
        changes: list[SpeakingChange] = []
        for record in heard.records:
            last_s = self._last_s.get(record.microphone)
            if record.own_speech:
                if last_s is None:
                    changes.append(SpeakingChange(heard.t_s - EVIDENCE_HOP_S, record.microphone, speaks=True))
                self._last_s[record.microphone] = heard.t_s
            elif last_s is not None and heard.t_s - last_s >= STOP_AFTER_S:
                changes.append(SpeakingChange(last_s, record.microphone, speaks=False))
                del self._last_s[record.microphone]
        return changes

    def speaking(self) -> frozenset[MicrophoneId]:
        """Who speaks now."""
        return frozenset(self._last_s)
