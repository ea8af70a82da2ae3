"""The model of automatic gain control does what devices do."""

import numpy as np
import pytest

from tests.bench.switching.gain_control import GainControl, controlled
from tests.bench.switching.sound import SAMPLE_RATE, Samples, factor

CONTROL = GainControl(attack_s=0.2, release_db_s=8.0)


def noise(*parts: tuple[float, float]) -> Samples:
    """White noise of so many seconds at so many dBFS, one after the other."""
    rng = np.random.default_rng(1)
    sounds = [rng.standard_normal(int(seconds * SAMPLE_RATE)) * factor(db) for seconds, db in parts]
    return np.concatenate(sounds).astype(np.float32)


def level_db(sound: Samples, from_s: float, to_s: float) -> float:
    """dBFS rms."""
    part = sound[int(from_s * SAMPLE_RATE) : int(to_s * SAMPLE_RATE)].astype(np.float64)
    return float(10 * np.log10((part**2).mean() + 1e-12))


def test_soft_sound_comes_to_the_target() -> None:
    assert level_db(CONTROL.apply(noise((8, -40))), 5, 8) == pytest.approx(-23, abs=1.0)


def test_it_lifts_by_30_db_at_most_and_never_lowers() -> None:
    assert level_db(CONTROL.apply(noise((8, -70))), 5, 8) == pytest.approx(-40, abs=0.5)
    assert level_db(CONTROL.apply(noise((4, -15))), 0, 4) == pytest.approx(-15, abs=0.1)


def test_pauses_fill_at_the_rate_of_the_release() -> None:
    gains_db = CONTROL.gains_db(noise((4, -23), (6, -70)))
    assert gains_db[390] == pytest.approx(0, abs=0.5)
    assert gains_db[700] - gains_db[500] == pytest.approx(16, abs=0.2)
    assert gains_db[-1] == pytest.approx(30)


def test_after_a_pause_it_is_turned_down_within_the_attack() -> None:
    gains_db = CONTROL.gains_db(noise((6, -70), (2, -26)))
    assert gains_db[595] == pytest.approx(30)
    assert gains_db[602] > 20
    assert gains_db[600 + 30] < 3 + 0.15 * 27


def test_what_is_still_to_come_changes_nothing() -> None:
    loud, soft = CONTROL.apply(noise((3, -50), (1, -10))), CONTROL.apply(noise((3, -50), (1, -70)))
    assert np.array_equal(loud[: 3 * SAMPLE_RATE], soft[: 3 * SAMPLE_RATE])
    assert np.abs(loud).max() <= 1.0


def test_digital_silence_stays_silent() -> None:
    assert not CONTROL.apply(np.zeros(SAMPLE_RATE, np.float32)).any()


def test_every_microphone_has_its_own_and_the_same_of_the_same_seed() -> None:
    track = noise((6, -60), (1, -30), (3, -60))
    both = controlled(np.stack([track, track]), 5)
    assert not np.array_equal(both[0], both[1])
    assert np.array_equal(both, controlled(np.stack([track, track]), 5))


def test_neighbours_become_as_loud_as_the_speaker() -> None:
    own, bleed = noise((2, -60), (10, -26)), noise((2, -60), (10, -44))
    before = level_db(own, 8, 12) - level_db(bleed, 8, 12)
    after = controlled(np.stack([own, bleed]), 3)
    assert before == pytest.approx(18, abs=0.5)
    assert level_db(after[0], 8, 12) - level_db(after[1], 8, 12) == pytest.approx(0, abs=1.0)
