"""Does the program look ahead? The same input cut off must give the same cuts up to there."""

import tempfile
import wave
from collections.abc import Sequence
from pathlib import Path

from tests.bench.switching.cut_list import Cut
from tests.bench.switching.program import Answer, Mode, ask

CUT_OFF_AT = (0.31, 0.77)
"""Parts of the show."""
_LEEWAY_S = 0.1


def is_causal(microphones: Sequence[Path], mode: Mode, whole: Answer) -> bool:
    """A cut at t may depend on input before t + programme delay only; whole: the answer to the whole show."""
    with wave.open(str(microphones[0]), "rb") as file:
        duration_s = file.getnframes() / file.getframerate()
    return all(_same_up_to(duration_s * part, microphones, mode, whole) for part in CUT_OFF_AT)


def _same_up_to(t_s: float, microphones: Sequence[Path], mode: Mode, whole: Answer) -> bool:
    with tempfile.TemporaryDirectory(dir=microphones[0].parent) as folder:
        short = ask([cut_off(path, Path(folder), t_s) for path in microphones], mode)
    end_s = t_s - whole.programme_delay_s - _LEEWAY_S
    return short.start == whole.start and _before(end_s, short.cuts) == _before(end_s, whole.cuts)


def _before(end_s: float, cuts: Sequence[Cut]) -> list[Cut]:
    return [cut for cut in cuts if cut.t_s < end_s]


def cut_off(path: Path, folder: Path, t_s: float) -> Path:
    """The first t_s of a microphone's file, in another folder."""
    short = folder / path.name
    with wave.open(str(path), "rb") as whole, wave.open(str(short), "wb") as part:
        part.setparams(whole.getparams())
        part.writeframes(whole.readframes(int(t_s * whole.getframerate())))
    return short
