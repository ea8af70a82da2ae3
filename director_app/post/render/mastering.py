"""Brings a film's sound to the loudness that was asked for and encodes it once, from its first sample to its last.

Measured, raised, limited and encoded, then measured again from the encoded file: what an encoder adds to peaks is
known only afterwards. The gain is corrected once.
"""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from director_app.core.canvas import SAMPLE_RATE
from director_app.post.render.errors import RenderError
from director_app.post.render.loudness import amplified, measured, measured_mix
from director_app.post.render.order import Loudness, LoudnessTarget, MasteredSound, MixLoudness
from director_app.post.render.progress import Progress, Stage
from director_app.post.render.sound_file import AAC, SoundForm
from director_app.post.render.sound_track import Pieces

TRUE_PEAK_DB = -1.0
"""dBTP: no film goes above it unless it is delivered as recorded."""

_CEILING_DB = -2.0
"""dBFS, of the samples that are encoded: an encoder adds to sharp peaks."""

_NEAR_LU = 0.3
_MOST_GAIN_DB = 30.0
_SHORTEST = SAMPLE_RATE * 4 // 10
"""Loudness is measured over 0.4 s at a time (ITU-R BS.1770)."""

_UNHEARD_DB = -70.0
_TRIALS = 2
_OVERSHOOT = 1.2

_TRIED_WHOLE = 240 * SAMPLE_RATE
_EXCERPT, _OF = 10 * SAMPLE_RATE, 40 * SAMPLE_RATE
"""What a limiter takes away is found on so much of longer sound: measured, to within 0.1 LU of trying all of it."""

Part = tuple[float, float]
ALL: Part = (0.0, 1.0)
_TRYING: Part = (0.0, 0.2)
_ENCODING: Part = (0.2, 0.6)
_MEASURING: Part = (0.6, 0.8)
_AGAIN: Part = (0.8, 1.0)
_DONE: Part = (1.0, 1.0)

Sound = Callable[[], Pieces]
"""All of the film's mix, from its beginning on, as often as it is asked for."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """ceiling_db None: the mix stays below it by itself."""

    gain_db: float
    ceiling_db: float | None


def master_sound(
    sound: Sound,
    before: MixLoudness,
    target: LoudnessTarget,
    path: Path,
    samples: int,
    progress: Progress,
    form: SoundForm = AAC,
) -> tuple[MasteredSound, list[str]]:
    """Writes a film's sound to path and says what it came to, and what is worth a warning.

    before: of the mix. Raises RenderError, OSError.
    """
    encode = _Encoding(sound, path, samples, progress, form).write
    if target.lufs is None or before.lufs is None:
        after = encode(_Setting(0.0, None), _ENCODING, _MEASURING)
        warnings = [] if before.lufs is not None else [_unmeasured(before, samples, form.made)]
        return MasteredSound(target, before, after, 0.0, ()), warnings
    setting = _tried(sound, before, target.lufs, samples, progress)
    after = encode(setting, _ENCODING, _MEASURING)
    if not _is_good(after, target.lufs):
        setting = _corrected(setting, after, target.lufs)
        after = encode(setting, _AGAIN, _DONE)
    mastered = MasteredSound(target, before, after, round(setting.gain_db, 2), ())
    return mastered, _warnings(mastered, target.lufs, form.made)


def _first_setting(before: MixLoudness, lufs: float) -> _Setting:
    assert before.lufs is not None
    gain_db = min(_MOST_GAIN_DB, lufs - before.lufs)
    peak_db = before.peak_db if before.peak_db is not None else 0.0
    return _Setting(gain_db, None if peak_db + gain_db <= _CEILING_DB else _CEILING_DB)


def _tried(sound: Sound, before: MixLoudness, lufs: float, samples: int, progress: Progress) -> _Setting:
    """A limiter takes loudness away: how much is found before anything is encoded."""
    setting = _first_setting(before, lufs)
    if setting.ceiling_db is None:
        return setting
    tried, aim, of = sound, lufs, samples
    if samples > _TRIED_WHOLE and (part := measured_mix(excerpt(sound())).lufs) is not None:
        assert before.lufs is not None
        tried, aim, of = lambda: excerpt(sound()), lufs + part - before.lufs, samples * _EXCERPT // _OF
    for _ in range(_TRIALS):
        louder = amplified(tried(), setting.gain_db, setting.ceiling_db)
        heard = measured_mix(told(louder, progress, Stage.SOUND, of, _TRYING)).lufs
        short = 0.0 if heard is None else aim - heard
        if setting.gain_db + short > _MOST_GAIN_DB:
            break
        is_near = abs(short) <= _NEAR_LU / 2
        # More than what is short, because more gain is limited more.
        setting = replace(setting, gain_db=setting.gain_db + (short if is_near else _OVERSHOOT * short))
        if is_near:
            break
    return setting


def excerpt(pieces: Pieces) -> Pieces:
    """Ten seconds of every forty."""
    at = 0
    with closing(pieces):
        for piece in pieces:
            if at % _OF < _EXCERPT:
                yield piece
            at += len(piece)


def _is_good(after: Loudness, lufs: float) -> bool:
    near = after.lufs is not None and abs(after.lufs - lufs) <= _NEAR_LU
    return near and (after.true_peak_db is None or after.true_peak_db <= TRUE_PEAK_DB)


def _corrected(setting: _Setting, after: Loudness, lufs: float) -> _Setting:
    gain_db = min(_MOST_GAIN_DB, setting.gain_db + (0.0 if after.lufs is None else lufs - after.lufs))
    over_db = max(0.0, (after.true_peak_db or TRUE_PEAK_DB) - TRUE_PEAK_DB)
    ceiling_db = setting.ceiling_db
    if over_db:
        ceiling_db = (ceiling_db if ceiling_db is not None else _CEILING_DB) - over_db - 0.2
    return _Setting(gain_db, ceiling_db)


@dataclass(frozen=True, slots=True)
class _Encoding:
    """Where and how the sound is written; samples: how many there must be."""

    sound: Sound
    path: Path
    samples: int
    progress: Progress
    form: SoundForm

    def write(self, setting: _Setting, encoding: Part, measuring: Part) -> Loudness:
        """Writes the file, and measures what it holds."""
        self.path.unlink(missing_ok=True)
        pieces = amplified(self.sound(), setting.gain_db, setting.ceiling_db)
        written = self.form.write(self.path, told(pieces, self.progress, Stage.SOUND, self.samples, encoding))
        if written != self.samples:
            raise RenderError(
                f"The sound came to {written} samples instead of {self.samples}, so nothing was kept of it. "
                "Check the session with: director check"
            )
        return measured(told(self.form.read(self.path), self.progress, Stage.SOUND, self.samples, measuring))


def told(pieces: Pieces, progress: Progress, stage: Stage, samples: int, part: Part = ALL) -> Pieces:
    """The same; progress hears of it once a second of sound. part: of the stage, from where to where this goes."""
    at = 0
    first, last = part
    with closing(pieces):
        for piece in pieces:
            at += len(piece)
            if at // SAMPLE_RATE != (at - len(piece)) // SAMPLE_RATE:
                done = first + (last - first) * min(1.0, at / samples)
                progress.at(stage, round(done * samples), samples)
            yield piece


def _unmeasured(before: MixLoudness, samples: int, made: str) -> str:
    """made: what was made, in a word."""
    if samples < _SHORTEST:
        return f"The {made} is shorter than 0.4 s, which has no loudness that could be measured: it was left alone."
    if before.peak_db is None or before.peak_db < _UNHEARD_DB:
        return f"Nothing can be heard in the {made}: its loudness was left alone."
    return f"The {made} is too quiet for its loudness to be measured: it was left alone."


def _warnings(mastered: MasteredSound, lufs: float, made: str) -> list[str]:
    after = mastered.after
    found = []
    if after.lufs is None or abs(after.lufs - lufs) > 0.5:
        said = "cannot be measured" if after.lufs is None else f"is {after.lufs:.1f} LUFS"
        found.append(
            f"The {made}'s loudness {said} instead of {lufs:g}: its sound is too short, too quiet or too uneven."
        )
    if after.true_peak_db is not None and after.true_peak_db > TRUE_PEAK_DB:
        found.append(f"The {made}'s peaks reach {after.true_peak_db:.1f} dBTP instead of {TRUE_PEAK_DB:g}.")
    return found
