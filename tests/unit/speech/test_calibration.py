"""Blind calibration: how loud microphones are set and what they hear of whom, from levels made by the dozen."""

import numpy as np
import pytest

from director_app.speech.calibration import Calibration, Calibrator, unknown
from director_app.speech.levels import SILENT_DB, Levels
from director_app.speech.moments import Moments

ROOM_DB = -62.0
VOICE_DB = -26.0


def moments(
    offsets_db: list[float],
    bleed_db: float = -14.0,
    talkers: list[int] | None = None,
    each: int = 40,
    pauses: int = 60,
    seed: int = 3,
) -> Moments:
    """Everybody (or these talkers) talks in turns; everybody's voice is everywhere, weaker by the bleed."""
    rng = np.random.default_rng(seed)
    offsets, count = np.array(offsets_db), len(offsets_db)
    made = Moments(count)
    for moment in range(pauses):
        made.add(0.1 * moment, ROOM_DB + offsets + rng.normal(0, 0.7, count), np.ones(count), _none(count), False)  # noqa: FBT003
    for moment in range(each * len(talkers or offsets_db)):
        talker = (talkers or list(range(count)))[moment // 8 % len(talkers or offsets_db)]
        own = np.arange(count) == talker
        levels = VOICE_DB + rng.normal(0, 3) + np.where(own, 0.0, bleed_db + rng.normal(0, 1.5, count)) + offsets
        flux = np.where(own, 5.0, 3.0) + rng.normal(0, 0.4, count)
        made.add(10 + 0.1 * moment, levels, flux, ~_none(count), True)  # noqa: FBT003
    return made


def _none(count: int) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    return np.zeros(count, bool)


def solved(made: Moments, times: int = 3) -> Calibration:
    """What a calibrator knows after some rounds."""
    calibrator = Calibrator(made.microphones)
    for _ in range(times):
        calibrator.solve(made)
    return calibrator.result


def against_mean(offsets_db: Levels | list[float]) -> list[float]:
    """Only differences can be known."""
    offsets = np.array(offsets_db)
    known: list[float] = (offsets - offsets.mean()).tolist()
    return known


@pytest.mark.parametrize(
    "offsets_db", [[0.0, 0.0], [6.0, -6.0], [-4.0, 4.0], [6.0, -6.0, 0.0], [-6.0, 6.0, 3.0, -3.0]]
)
def test_microphones_set_up_to_12_db_apart_are_found_out(offsets_db: list[float]) -> None:
    found = solved(moments(offsets_db))
    assert against_mean(found.offsets_db) == pytest.approx(against_mean(offsets_db), abs=1.0)


@pytest.mark.parametrize("bleed_db", [-8.0, -14.0, -24.0])
def test_what_microphones_hear_of_the_others_is_found_out(bleed_db: float) -> None:
    found = solved(moments([6.0, -6.0, 0.0], bleed_db))
    off_diagonal = found.bleed_db[~np.eye(3, dtype=bool)]
    assert off_diagonal == pytest.approx(np.full(6, bleed_db), abs=1.5)


def test_usual_levels_are_those_of_the_own_voice() -> None:
    assert solved(moments([6.0, -6.0])).own_db.tolist() == pytest.approx([-20.0, -32.0], abs=2.5)


def test_before_anybody_has_talked_nothing_is_known() -> None:
    found = solved(Moments(3))
    assert found.offsets_db.tolist() == [0.0] * 3
    assert np.isnan(found.own_db).all()
    assert np.array_equal(found.bleed_db, unknown(3).bleed_db)


def test_from_the_room_noise_alone_offsets_are_guessed() -> None:
    made = moments([5.0, -5.0], each=0)
    assert against_mean(solved(made).offsets_db) == pytest.approx([5.0, -5.0], abs=1.0)


def test_while_only_one_has_talked_the_other_is_not_thought_louder_than_he_can_be() -> None:
    found = solved(moments([4.0, -4.0], talkers=[0]))
    assert np.isnan(found.own_db[1])
    assert against_mean(found.offsets_db) == pytest.approx([4.0, -4.0], abs=3.0)
    assert found.bleed_db[1, 0] == found.bleed_db[0, 1], "what is unknown is mirrored"


def test_a_microphone_without_sound_says_nothing_and_disturbs_nobody() -> None:
    made = moments([6.0, -6.0])
    with_silent = Moments(3)
    for levels in made.unvoiced:
        with_silent.add(0.0, np.append(levels, SILENT_DB), np.ones(3), _none(3), False)  # noqa: FBT003
    for t_s, levels, flux in zip(made.voiced_s, made.voiced, made.flux, strict=True):
        gates = np.array([True, True, False])
        with_silent.add(t_s, np.append(levels, SILENT_DB), np.append(flux, 0.0), gates, True)  # noqa: FBT003
    found, alone = solved(with_silent), solved(made)
    assert against_mean(found.offsets_db[:2]) == pytest.approx(against_mean(alone.offsets_db), abs=1.0)
    assert np.isfinite(found.offsets_db).all() and np.isfinite(found.bleed_db).all()
    assert np.isnan(found.own_db[2])


def test_two_microphones_of_one_person_are_not_taken_for_two_people() -> None:
    made = Moments(3)
    for t_s, levels, flux in _twice_the_first(moments([0.0, 0.0])):
        made.add(t_s, levels, flux, np.ones(3, bool), True)  # noqa: FBT003
    found = solved(made)
    assert found.bleed_db[0, 2] == pytest.approx(-14, abs=2.5)
    assert np.isfinite(found.offsets_db).all()
    assert max(abs(found.offsets_db)) < 3


def _twice_the_first(made: Moments) -> list[tuple[float, Levels, Levels]]:
    rng = np.random.default_rng(2)
    rows = zip(made.voiced_s, made.voiced, made.flux, strict=True)
    return [
        (t_s, np.array([levels[0], levels[0] + rng.normal(0, 0.5), levels[1]]), np.array([flux[0], flux[0], flux[1]]))
        for t_s, levels, flux in rows
    ]


def test_the_newest_moments_count_when_a_gain_was_turned() -> None:
    made, later = moments([0.0, 0.0]), moments([6.0, 0.0])
    later.voiced_s = [100 + t_s for t_s in later.voiced_s]
    made.extend(later)
    assert against_mean(solved(made, 6).offsets_db) == pytest.approx([3.0, -3.0], abs=1.2)


def test_moments_that_are_too_old_are_forgotten() -> None:
    made = moments([0.0, 0.0])
    made.forget_before(made.voiced_s[-5], most=10)
    assert len(made.voiced) == len(made.voiced_s) == len(made.flux) == len(made.gates) <= 5
    assert len(made.unvoiced) == len(made.every) == 10


def test_moments_by_nearness_end_with_the_nearest() -> None:
    ordered = moments([0.0, 0.0]).by_nearness(12.0)
    distances = [abs(t_s - 12.0) for t_s in ordered.voiced_s]
    assert distances == sorted(distances, reverse=True)


def test_one_microphone_alone_needs_no_calibration() -> None:
    found = solved(moments([5.0]))
    assert found.offsets_db.tolist() == pytest.approx([0.0], abs=0.1)
    assert found.own_db.tolist() == pytest.approx([-21.0], abs=1.5)
