"""How a sound check goes on: who is asked when, and when enough was heard. Time is counted in sound, not by a clock.

Guided: everybody is asked in turn. Overheard: nobody is asked, people talk as they like, and what they say counts
wherever one of them alone is heard; whose microphones are swapped cannot be told then.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.media.sound.packets import Pcm24
from director_app.speech.check_sound import NOBODY, CheckEar, CheckSound
from director_app.speech.levels import SILENT_DB, Levels
from director_app.speech.own_speech import Evidences

ENOUGH_S = 5.0
"""So much speech of a person tells how his microphone is set."""

QUIET_S = 2.0
LONGEST_TURN_S = 20.0

_BREATH_S = 0.3
_LAST_WORDS_S = 3.0
"""Whoever was asked before may still finish a sentence: a turn counts from a short silence on, or after this time."""

_SETTLING_S = 4.0
"""Until then nothing is known of who is heard where."""


class Course(Protocol):
    """heard_s: how much was heard of each person so far. levels: of all microphones now, dBFS."""

    heard_s: Levels
    levels: Levels

    @property
    def asked(self) -> int:
        """The row of the microphone whose person shall speak now, NOBODY for silence or for everybody at will."""

    def hear(self, samples: Pcm24) -> None:
        """The next hops, shape (microphones, hops * 960); not after the end."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more needs to be heard."""

    def sound(self) -> CheckSound:
        """For the judgement."""


def people(labels: Sequence[str]) -> tuple[int, ...]:
    """For each microphone the first one with the same label: one person, who need not be asked twice."""
    folded = [label.casefold() for label in labels]
    return tuple(folded.index(label) for label in folded)


class GuidedCourse:
    """A Course: silence first, then one after the other. persons: as people() gives them."""

    def __init__(self, persons: Sequence[int]) -> None:
        self._ear = CheckEar(len(persons))
        self._order = [NOBODY, *dict.fromkeys(persons)]
        self._turn_hops = 0
        self._silent_hops = 0
        self._counts = False
        self.heard_s: Levels = np.zeros(len(persons))
        self.levels: Levels = np.full(len(persons), SILENT_DB)

    @property
    def asked(self) -> int:
        """See Course."""
        return self._order[0] if self._order else NOBODY

    @property
    def is_over(self) -> bool:
        """See Course."""
        return not self._order

    def hear(self, samples: Pcm24) -> None:
        """See Course."""
        heard = self._ear.hear(samples)
        self.levels = heard.levels[-1]
        turns = [self._follow(bool(anybody)) for anybody in heard.voiced.max(axis=1)]
        self._ear.meant(np.array(turns, np.int64))

    def sound(self) -> CheckSound:
        """See Course."""
        return self._ear.sound()

    def _follow(self, anybody: bool) -> int:  # noqa: FBT001 - what was heard in a hop
        """One hop further; gives whose turn it was."""
        asked = self.asked
        if self.is_over:
            return NOBODY
        self._turn_hops += 1
        self._silent_hops = 0 if anybody else self._silent_hops + 1
        lasted_s, silent_s = self._turn_hops * EVIDENCE_HOP_S, self._silent_hops * EVIDENCE_HOP_S
        if asked == NOBODY:
            if lasted_s >= QUIET_S:
                self._next()
            return NOBODY
        self._counts = self._counts or silent_s >= _BREATH_S or lasted_s >= _LAST_WORDS_S
        if self._counts and anybody:
            self.heard_s[asked] += EVIDENCE_HOP_S
        turn = asked if self._counts else NOBODY
        if self.heard_s[asked] >= ENOUGH_S or lasted_s >= LONGEST_TURN_S:
            self._next()
        return turn

    def _next(self) -> None:
        del self._order[0]
        # The silence at the beginning is breath enough for the first.
        self._turn_hops, self._counts = 0, False


class OverheardCourse:
    """A Course: ends when enough was heard of everybody, or after as long as asking them would have taken at most."""

    def __init__(self, persons: Sequence[int]) -> None:
        self._ear = CheckEar(len(persons))
        self._persons = np.array(persons, np.int64)
        self._hops = 0
        self.heard_s: Levels = np.zeros(len(persons))
        self.levels: Levels = np.full(len(persons), SILENT_DB)

    @property
    def asked(self) -> int:
        """See Course."""
        return NOBODY

    @property
    def is_over(self) -> bool:
        """See Course."""
        enough = bool((self.heard_s[np.unique(self._persons)] >= ENOUGH_S).all())
        return enough or self._hops * EVIDENCE_HOP_S >= LONGEST_TURN_S * len(np.unique(self._persons))

    def hear(self, samples: Pcm24) -> None:
        """See Course."""
        heard = self._ear.hear(samples)
        self.levels = heard.levels[-1]
        turns = self._alone(heard)
        for turn in turns[turns != NOBODY]:
            self.heard_s[turn] += EVIDENCE_HOP_S
        self._ear.meant(turns)
        self._hops += len(turns)

    def sound(self) -> CheckSound:
        """See Course."""
        return self._ear.sound()

    def _alone(self, heard: Evidences) -> NDArray[np.int64]:
        """In each hop the one person who speaks; NOBODY where several do, or none."""
        first = np.where(heard.own, self._persons, len(self._persons)).min(axis=1)
        last = np.where(heard.own, self._persons, -1).max(axis=1)
        is_settled = (self._hops + np.arange(len(first))) * EVIDENCE_HOP_S >= _SETTLING_S
        turns: NDArray[np.int64] = np.where((first == last) & is_settled, first, NOBODY)
        return turns
