"""What a sound check has found, as sentences for people: what is wrong, with whose microphone, and what to do.

Measures nothing: see sound_check. Set-ups that are meant are never called bad: two microphones that belong to one
camera or one person need not be told apart, and several people may share one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from director_app.core.verdict import Verdict
from director_app.speech import gain_control_advice
from director_app.speech.calibration import Matrix
from director_app.speech.sound_check import LEAST_SPEECH_S, SoundCheck, contrasts

BLEEDING_DB, BAD_BLEEDING_DB = -6.0, -3.0
NOISY_DB, BAD_NOISE_DB = 12.0, 6.0
QUIET_DB, USUAL_DB = -50.0, -35.0
CLIPPED, BADLY_CLIPPED = 1e-4, 1e-3
ALIKE = 0.98

_FLUX_WEIGHT = 6.0
"""How many dB of level 1 dB of flux is worth in telling whose microphone it is; as in the calibration."""

_SURE_DB = 3.0
_DEAF_SHARE, _DEAF_DB = 0.1, 4.0
_FOLLOW, _FLUX_DB = 4.5, 0.9
"""Levels of microphones follow talkers by more than 7 dB for each dB of flux; with gain control by less than 3."""


class What(StrEnum):
    """Kinds of finding."""

    GOOD = "good"
    NOBODY = "nobody"
    DEAD = "dead"
    SWAPPED = "swapped"
    DUPLICATED = "duplicated"
    GAIN_CONTROL = "gain-control"
    CLIPPING = "clipping"
    QUIET = "too-quiet"
    NOISY = "noisy"
    BLEEDING = "bleeding"


@dataclass(frozen=True, slots=True)
class Finding:
    """microphones: by their number from 0, as they were given."""

    what: What
    verdict: Verdict
    microphones: tuple[int, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Place:
    """A microphone as the show has it: whose it is, whose camera it belongs to, which device and channel it is."""

    label: str
    camera: str
    device: str


def findings(check: SoundCheck, places: Sequence[Place], system: str) -> list[Finding]:
    """Worst first; a good one for every microphone of which there is nothing else to say."""
    found = [*_Findings(check, places, system).every()]
    told = {microphone for each in found for microphone in each.microphones}
    found += [_good(check, places, row) for row in range(len(places)) if row not in told]
    order = [Verdict.BAD, Verdict.ADVICE, Verdict.GOOD]
    return sorted(found, key=lambda each: order.index(each.verdict))


def may_be_kept(found: Sequence[Finding]) -> bool:
    """Whether what was measured says how the microphones are set; not if one was not heard or was somebody else's."""
    spoiling = {What.NOBODY, What.DEAD, What.SWAPPED, What.DUPLICATED, What.GAIN_CONTROL}
    return not any(each.what in spoiling and each.verdict is Verdict.BAD for each in found)


class _Findings:
    """Each kind leaves out the microphones that an earlier one explains."""

    def __init__(self, check: SoundCheck, places: Sequence[Place], system: str) -> None:
        self._check, self._places, self._system = check, places, system
        self._count = len(places)
        self._deaf: set[int] = set()
        self._explained: set[int] = set()
        self._apart = np.array([[_are_apart(one, other) for other in places] for one in places])
        self._alike = np.zeros((self._count, self._count), bool)

    def every(self) -> Iterator[Finding]:
        yield from self._duplicated()
        yield from self._silent()
        yield from self._swapped()
        yield from self._controlled()
        yield from self._bleeding()
        for row in range(self._count):
            if row not in self._deaf | self._explained:
                yield from self._set_wrong(row)

    def _name(self, row: int) -> str:
        return self._places[row].label

    def _silent(self) -> Iterator[Finding]:
        check = self._check
        for row in sorted(set(range(self._count)) - self._explained):
            name, others = self._name(row), self._heard_instead(row)
            deaf = check.own_share[row] < _DEAF_SHARE and check.over_noise_db[row] < _DEAF_DB
            if check.is_silent[row]:
                sentence = f"{name}'s microphone gives no sound at all."
                yield self._dead(
                    row, f"{sentence} Check its cable, its mute switch and the channel in the show file."
                )
            elif check.spoke_s[row] < LEAST_SPEECH_S:
                self._deaf.add(row)
                sentence = f"Nobody was heard when it was {name}'s turn to speak."
                advice = "If somebody spoke, check that the microphone is on and the right device; then check again."
                yield Finding(What.NOBODY, Verdict.BAD, (row,), f"{sentence} {advice}")
            elif deaf:
                sentence = f"{name}'s microphone did not hear {name}; {others} did."
                yield self._dead(row, f"{sentence} Check its mute switch, its gain and the channel in the show file.")

    def _heard_instead(self, row: int) -> str:
        levels = np.where(np.arange(self._count) == row, -np.inf, self._check.heard_db[row])
        return f"{self._name(int(levels.argmax()))}'s" if self._count > 1 else "another"

    def _dead(self, row: int, sentence: str) -> Finding:
        self._deaf.add(row)
        return Finding(What.DEAD, Verdict.BAD, (row,), sentence)

    def _pairs(self) -> Iterator[tuple[int, int]]:
        for one in range(self._count):
            for other in range(one + 1, self._count):
                if not {one, other} & (self._deaf | self._explained):
                    yield one, other

    def _duplicated(self) -> Iterator[Finding]:
        for one, other in list(self._pairs()):
            if self._check.alike[one, other] < ALIKE:
                continue
            self._alike[one, other] = self._alike[other, one] = True
            both = f"The microphones of {self._name(one)} and {self._name(other)}"
            shared = self._places[one].device == self._places[other].device
            if shared or not self._apart[one, other]:
                sentence = f"{both} give the same sound: the director cannot tell their people apart, and needs not."
                if self._apart[one, other]:
                    sentence = f"{both} are one and the same: whoever speaks there, the first one's camera is shown."
                yield Finding(What.DUPLICATED, Verdict.ADVICE, (one, other), sentence)
            else:
                sentence = f"{both} give the same sound. Choose another device or channel for one of them."
                self._explained.update((one, other))
                yield Finding(What.DUPLICATED, Verdict.BAD, (one, other), sentence)

    def _swapped(self) -> Iterator[Finding]:
        """Microphones are given to other people wherever that explains better who was heard where."""
        score = self._check.heard_db + _FLUX_WEIGHT * self._check.flux
        owner = list(range(self._count))
        pairs = [pair for pair in self._pairs() if self._apart[pair] and not self._alike[pair]]
        better = True
        while better:
            better = False
            for one, other in pairs:
                now = score[one, owner[one]] + score[other, owner[other]]
                if score[one, owner[other]] + score[other, owner[one]] > now + _SURE_DB:
                    owner[one], owner[other] = owner[other], owner[one]
                    better = True
        for ring in _rings(owner):
            self._explained.update(ring)
            yield Finding(What.SWAPPED, Verdict.BAD, ring, self._ring_sentence(ring))

    def _ring_sentence(self, ring: tuple[int, ...]) -> str:
        names = [self._name(row) for row in ring]
        if len(ring) == 2:
            one, other = names
            return (
                f"The microphones of {one} and {other} are swapped: while {one} spoke, {other}'s microphone heard it "
                "best, and the other way round. Swap the two, or their devices in the show file."
            )
        heard = ", ".join(f"{name} in {best}'s" for name, best in zip(names, names[1:] + names[:1], strict=True))
        return (
            f"The microphones of {', '.join(names[:-1])} and {names[-1]} are mixed up; loudest was {heard}. "
            "Give each person the right one, or change their devices in the show file."
        )

    def _controlled(self) -> Iterator[Finding]:
        rising = {row for row in range(self._count) if self._check.rising[row]}
        follows = self._following(rising)
        rows = tuple(sorted(rising | {row for row, each in enumerate(follows) if each < _FOLLOW}))
        if not rows:
            return
        self._explained.update(rows)
        sentence = gain_control_advice.warning([self._name(row) for row in rows], self._system)
        yield Finding(What.GAIN_CONTROL, Verdict.BAD, rows, sentence)

    def _following(self, known: set[int]) -> list[float]:
        """For each microphone: by how many dB levels follow talkers for each dB of flux, against all others of which
        nothing is known yet."""
        level, flux = contrasts(self._check.heard_db), contrasts(self._check.flux)
        follows: list[float] = []
        for row in range(self._count):
            others = [
                other
                for other in range(self._count)
                if other != row and self._apart[row, other] and not self._alike[row, other]
            ]
            usable = [other for other in others if not {row, other} & (known | self._deaf)]
            spread = [flux[row, other] for other in usable]
            if not usable or np.mean(spread) < _FLUX_DB:
                follows.append(np.inf)
            else:
                follows.append(float(np.mean([level[row, other] for other in usable]) / np.mean(spread)))
        return follows

    def _bleeding(self) -> Iterator[Finding]:
        for one, other in self._pairs():
            if not self._apart[one, other] or self._alike[one, other]:
                continue
            talker, microphone = one, other
            if self._check.bleed_db[other, one] > self._check.bleed_db[one, other]:
                talker, microphone = other, one
            bleed_db = float(self._check.bleed_db[talker, microphone])
            if bleed_db > BLEEDING_DB:
                verdict = Verdict.BAD if bleed_db > BAD_BLEEDING_DB else Verdict.ADVICE
                own, neighbour = self._name(microphone), self._name(talker)
                sentence = (
                    f"{own}'s microphone hears {neighbour} almost as well as {own} ({-bleed_db:.0f} dB less): "
                    "move them apart, or bring each microphone closer to its person."
                )
                yield Finding(What.BLEEDING, verdict, (microphone, talker), sentence)

    def _set_wrong(self, row: int) -> Iterator[Finding]:
        check, name = self._check, self._name(row)
        own_db, over_db, clipped = float(check.own_db[row]), float(check.over_noise_db[row]), check.clipped[row]
        if clipped >= CLIPPED:
            verdict = Verdict.BAD if clipped >= BADLY_CLIPPED else Verdict.ADVICE
            sentence = f"{name}'s microphone clips: loud words are cut off. Lower its gain by about 10 dB."
            yield Finding(What.CLIPPING, verdict, (row,), sentence)
        if own_db < QUIET_DB:
            sentence = f"{name}'s microphone is very quiet: raise its gain by about {USUAL_DB - own_db:.0f} dB."
            yield Finding(What.QUIET, Verdict.ADVICE, (row,), sentence)
        if over_db < NOISY_DB:
            verdict = Verdict.BAD if over_db < BAD_NOISE_DB else Verdict.ADVICE
            sentence = (
                f"{name} is only {over_db:.0f} dB louder than the noise in {name}'s microphone: bring it closer, or "
                "switch off what hums and blows."
            )
            yield Finding(What.NOISY, verdict, (row,), sentence)


def _are_apart(one: Place, other: Place) -> bool:
    """Whether the director has to tell these two apart."""
    return one.camera != other.camera and one.label.casefold() != other.label.casefold()


def _rings(owner: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Those who have each other's: person p has microphone owner[p]."""
    seen: set[int] = set()
    for first, microphone in enumerate(owner):
        ring = [first]
        while (microphone := owner[ring[-1]]) != first:
            ring.append(microphone)
        if len(ring) > 1 and not seen & set(ring):
            yield tuple(ring)
        seen.update(ring)


def _good(check: SoundCheck, places: Sequence[Place], row: int) -> Finding:
    sentence = f"{places[row].label}'s microphone is good: {check.over_noise_db[row]:.0f} dB over its noise"
    loudest = _loudest_neighbour(check.bleed_db, row)
    if loudest is not None:
        talker, bleed_db = loudest
        sentence += f", {places[talker].label} {-bleed_db:.0f} dB softer in it"
    return Finding(What.GOOD, Verdict.GOOD, (row,), f"{sentence}.")


def _loudest_neighbour(bleed_db: Matrix, row: int) -> tuple[int, float] | None:
    others = [other for other in range(len(bleed_db)) if other != row and np.isfinite(bleed_db[other, row])]
    if not others:
        return None
    talker = max(others, key=lambda other: float(bleed_db[other, row]))
    return talker, float(bleed_db[talker, row])
