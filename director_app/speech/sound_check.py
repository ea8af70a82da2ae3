"""The sound check in numbers: how loud each microphone is set, what it hears of everybody, what is wrong with it.

Pure: sound goes in as CheckSound, sentences come from sound_findings. Must not know devices, files or a clock.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from director_app.core.canvas import BLOCK_SAMPLES, EVIDENCE_HOP_S
from director_app.speech.calibration import Calibration, Matrix
from director_app.speech.check_sound import CheckSound
from director_app.speech.gate import SHARE_HOPS
from director_app.speech.levels import SILENT_DB, Levels
from director_app.speech.moments import Flags

LEAST_SPEECH_S = 1.5
"""Less of somebody says nothing about his microphone."""

_JUMP_MOST_DB = 15.0
_LEAST_QUIET_HOPS = 25
_BLEED_RANGE_DB = (-40.0, 0.0)
_PAIR_DB, _UNSURE_DB = 1.0, 6.0
"""Standard deviations: of an offset between two microphones whose people both spoke; of one that is not known."""


@dataclass(frozen=True, slots=True)
class SoundCheck:
    """What was measured. Rows of the matrices are the people (by their microphone), columns the microphones.

    heard_db: how loud each person was in each microphone, dBFS; NaN where nobody was heard. flux: how much each
    microphone jumped meanwhile, dB. spoke_s: how long each person was heard. own_share: share of that time in
    which his own microphone heard speech. noise_db: dBFS. clipped: share of the own speech that was cut off.
    alike, rising: see CheckSound. offsets_db: how much louder than the mean each microphone is set. bleed_db: how
    much weaker a microphone hears a talker than his own does, as if all were set alike.
    """

    heard_db: Matrix
    flux: Matrix
    spoke_s: Levels
    own_share: Levels
    noise_db: Levels
    clipped: Levels
    alike: Matrix
    offsets_db: Levels
    bleed_db: Matrix
    rising: Flags

    @property
    def own_db(self) -> Levels:
        """Level of each person in his own microphone, dBFS."""
        return np.diagonal(self.heard_db)

    @property
    def over_noise_db(self) -> Levels:
        """Each person's level over the noise of his own microphone."""
        over: Levels = self.own_db - self.noise_db
        return over

    @property
    def is_silent(self) -> Flags:
        """Microphones that gave digital silence."""
        silent: Flags = self.noise_db <= SILENT_DB + 1
        return silent & ~(self.own_db > SILENT_DB + 1)

    def calibration(self) -> Calibration:
        """As the blind calibration knows it."""
        return Calibration(self.offsets_db, self.bleed_db, self.own_db)


def measure(sound: CheckSound, asked: Sequence[int]) -> SoundCheck:
    """asked: for each microphone the turn in which its person spoke: its own row, or that of the same person's."""
    microphones = sound.levels.shape[1]
    heard_db = np.full((microphones, microphones), np.nan)
    flux, spoke_s, own_share = np.full_like(heard_db, np.nan), np.zeros(microphones), np.zeros(microphones)
    jumps = np.minimum(sound.changes, _JUMP_MOST_DB)
    anybody = sound.voiced.any(axis=1)
    for row, turn in enumerate(asked):
        during = anybody & (sound.turns == turn)
        spoke_s[row] = during.sum() * EVIDENCE_HOP_S
        if spoke_s[row] >= LEAST_SPEECH_S:
            heard_db[row] = np.median(sound.levels[during], axis=0)
            flux[row] = jumps[during].mean(axis=0)
            own_share[row] = sound.voiced[during, row].mean()
    offsets_db = _offsets(heard_db)
    return SoundCheck(
        heard_db=heard_db,
        flux=flux,
        spoke_s=spoke_s,
        own_share=own_share,
        noise_db=_noise(sound),
        clipped=sound.clipped / np.maximum(spoke_s / EVIDENCE_HOP_S * BLOCK_SAMPLES, 1.0),
        alike=sound.alike,
        offsets_db=offsets_db,
        bleed_db=_bleed(heard_db, offsets_db),
        rising=sound.rising,
    )


def contrasts(heard_db: Matrix) -> Matrix:
    """[one, other]: how much two people's levels in two microphones tell them apart, dB, however loud these are set.

    About the sum of both bleeds; negative where each is heard best in the other's microphone. NaN if not known.
    """
    own = np.diagonal(heard_db)
    weaker = own[:, None] - heard_db
    return weaker + weaker.T


def _noise(sound: CheckSound) -> Levels:
    """The level while nobody speaks; where it is never quiet, that of the quietest moments."""
    lately = np.convolve(sound.fired, np.ones(SHARE_HOPS))[: len(sound.fired)] > 0
    quiet = sound.levels[~lately]
    if len(quiet) >= _LEAST_QUIET_HOPS:
        usual: Levels = np.median(quiet, axis=0)
        return usual
    lowest: Levels = np.percentile(sound.levels, 5, axis=0)
    return lowest


def _offsets(heard_db: Matrix) -> Levels:
    """Least squares over all pairs; bleed is taken to be the same in both directions."""
    count = len(heard_db)
    rows, values = [np.eye(count) / _UNSURE_DB], [np.zeros(count)]
    relative = heard_db - np.diagonal(heard_db)[:, None]
    for one, other in zip(*np.triu_indices(count, 1), strict=True):
        apart = (relative[one, other] - relative[other, one]) / 2
        if np.isfinite(apart):
            row = np.zeros((1, count))
            row[0, other], row[0, one] = 1.0, -1.0
            rows.append(row / _PAIR_DB)
            values.append(np.array([apart / _PAIR_DB]))
    solution: Levels = np.linalg.lstsq(np.concatenate(rows), np.concatenate(values), rcond=None)[0]
    offsets: Levels = solution - solution.mean()
    return offsets


def _bleed(heard_db: Matrix, offsets_db: Levels) -> Matrix:
    relative = heard_db - np.diagonal(heard_db)[:, None]
    bleed: Matrix = np.clip(relative - (offsets_db[None, :] - offsets_db[:, None]), *_BLEED_RANGE_DB)
    return bleed
