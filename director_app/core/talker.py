"""One person's turn as it grows: how long he has spoken, since when, how long he has been quiet."""

from dataclasses import dataclass

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.evidence import SILENCE_DB, Evidence
from director_app.core.rules import SwitchRules

EPSILON_S = 1e-6


@dataclass(slots=True)
class Talker:
    """Running sums of one microphone, seconds.

    spoke_s: own speech of the present turn. alone_s: the part of it while the holder of the floor was quiet.
    onset_s: when the turn began. quiet_s: silence since. in_overlap: the turn began while the holder spoke.
    undisturbed: nobody else has spoken since he fell quiet.
    """

    spoke_s: float = 0.0
    alone_s: float = 0.0
    onset_s: float = 0.0
    quiet_s: float = float("inf")
    in_overlap: bool = False
    undisturbed: bool = True
    level_db: float = SILENCE_DB
    margin_db: float = 0.0

    def speak(self, record: Evidence, t_s: float, holder_speaks: bool) -> None:  # noqa: FBT001 - a fact, not a flag
        """One hop of own speech that ends at t_s; holder_speaks: somebody else holds the floor and speaks too."""
        if self.spoke_s == 0.0:
            self.onset_s = t_s - EVIDENCE_HOP_S
            self.in_overlap = holder_speaks
        self.spoke_s += EVIDENCE_HOP_S
        if not holder_speaks:
            self.alone_s += EVIDENCE_HOP_S
        self.quiet_s, self.undisturbed = 0.0, True
        self.level_db, self.margin_db = record.level_db, record.margin_db

    def pause(self, rules: SwitchRules, others_speak: bool) -> None:  # noqa: FBT001 - a fact, not a flag
        """One hop without own speech. A turn outlives longer pauses while nobody else speaks."""
        self.quiet_s += EVIDENCE_HOP_S
        self.undisturbed = self.undisturbed and not others_speak
        allowed_s = rules.pause_alone_s if self.undisturbed else rules.pause_s
        if self.quiet_s > allowed_s + EPSILON_S:
            self.begin_again()

    def begin_again(self) -> None:
        """Whatever he says from now on is a new turn."""
        self.spoke_s = self.alone_s = 0.0

    @property
    def speaks(self) -> bool:
        """In the last hop."""
        return self.quiet_s < EVIDENCE_HOP_S
