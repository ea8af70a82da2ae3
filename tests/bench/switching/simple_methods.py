"""What people use today, to see what a method is worth: the loudest microphone; a voice detector in each microphone.

Both are causal, without programme delay, and obey the minimum shot. They compare no calibrated levels, on purpose.
"""

from collections import deque
from collections.abc import Iterable, Iterator

import numpy as np
import webrtcvad
from numpy.typing import NDArray

from tests.bench.switching.cut_list import Cut
from tests.bench.switching.mistakes import MIN_SHOT_S
from tests.bench.switching.sound import SAMPLE_RATE, Samples

_HOP_S = 0.02
_HOP = round(SAMPLE_RATE * _HOP_S)
_BAND_HZ = (300, 5500)
_SMOOTHING = 0.1
_OVER_FLOOR_DB = 15.0
_FLOOR_HOPS = 750
_VAD_MODE = 3
_VAD_HOPS = 10
_ON_SHARE, _OFF_SHARE = 0.5, 0.2
_CONFIRM_HOPS = 5

_Wishes = Iterable[int | None]
"""For every 20 ms the microphone that should be on air, or None to stay."""


def loudest_microphone(tracks: Samples) -> list[Cut]:
    """On air is who is loudest, while he stands 15 dB over the lowest level of the last 15 s."""
    return _cuts(_loudest(_levels_db(tracks)))


def _levels_db(tracks: Samples) -> NDArray[np.float64]:
    """Shape (hops, microphones): power between 300 and 5500 Hz."""
    hops = tracks[:, : tracks.shape[1] // _HOP * _HOP].reshape(len(tracks), -1, _HOP)
    spectra = np.fft.rfft(hops * np.hanning(_HOP).astype(np.float32), axis=2)
    first, end = np.searchsorted(np.fft.rfftfreq(_HOP, 1 / SAMPLE_RATE), _BAND_HZ)
    levels: NDArray[np.float64] = 10 * np.log10((np.abs(spectra[:, :, first:end]) ** 2).mean(2).T + 1e-12)
    return levels


def _loudest(levels_db: NDArray[np.float64]) -> _Wishes:
    smooth = levels_db[0]
    recent: deque[float] = deque(maxlen=_FLOOR_HOPS)
    for now in levels_db:
        smooth = smooth + _SMOOTHING * (now - smooth)
        loudest = int(smooth.argmax())
        recent.append(float(smooth[loudest]))
        yield loudest if smooth[loudest] > min(recent) + _OVER_FLOOR_DB else None


def voice_detectors(tracks: Samples) -> list[Cut]:
    """webrtcvad at its strictest; on air comes who speaks for 0.1 s while the one on air is silent."""
    return _cuts(_speaking(np.stack([_speech(track) for track in tracks], axis=1)))


def _speech(track: Samples) -> NDArray[np.bool_]:
    """On from half of the last 0.2 s, off under 20 %."""
    detector = webrtcvad.Vad(_VAD_MODE)
    pcm = (track[: len(track) // _HOP * _HOP] * 32767).astype("<i2").reshape(-1, _HOP)
    fired: deque[bool] = deque(maxlen=_VAD_HOPS)
    speaks = np.zeros(len(pcm), bool)
    on = False
    for hop, samples in enumerate(pcm):
        fired.append(detector.is_speech(samples.tobytes(), SAMPLE_RATE))
        share = sum(fired) / _VAD_HOPS
        on = share >= (_OFF_SHARE if on else _ON_SHARE)
        speaks[hop] = on
    return speaks


def _speaking(speaks: NDArray[np.bool_]) -> Iterator[int | None]:
    """speaks: shape (hops, microphones). Of several the one who has spoken longest."""
    lasting = np.zeros(speaks.shape[1], int)
    holder: int | None = None
    for now in speaks:
        lasting = np.where(now, lasting + 1, 0)
        longest = int(lasting.argmax())
        if lasting[longest] >= _CONFIRM_HOPS and (holder is None or not now[holder]):
            holder = longest
        yield holder


def _cuts(wishes: _Wishes) -> list[Cut]:
    """A wish is known at the end of its 20 ms."""
    cuts: list[Cut] = []
    for hop, wish in enumerate(wishes, 1):
        on_air, since_s = (cuts[-1].camera, cuts[-1].t_s) if cuts else (None, -MIN_SHOT_S)
        if wish is not None and wish != on_air and hop * _HOP_S - since_s >= MIN_SHOT_S:
            cuts.append(Cut(hop * _HOP_S, wish))
    return cuts
