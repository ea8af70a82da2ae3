"""What a sound check found is where the blind calibration begins, and not where it has to stay."""

from datetime import UTC, datetime

import numpy as np
import pytest

from director_app.session.manifest import PriorPart
from director_app.speech.calibration import BLEED_RANGE_DB, Calibration, Calibrator, unknown
from director_app.speech.moments import Moments
from director_app.speech.own_speech import OwnSpeech
from director_app.speech.prior import calibration_of

CHECKED = Calibration(np.array([4.0, -4.0]), np.array([[-2.0, -12.0], [-12.0, -2.0]]), np.array([-22.0, -30.0]))


def talk(offsets_db: list[float], talkers: list[int], from_s: float = 0.0) -> Moments:
    """A moment each tenth of a second; everybody is 12 dB softer in the other's microphone."""
    made = Moments(2)
    for number, talker in enumerate(talkers):
        own = np.arange(2) == talker
        levels = -26.0 + np.where(own, 0.0, -12.0) + np.array(offsets_db)
        made.add(from_s + number / 10, levels, np.where(own, 5.0, 3.0), np.ones(2, bool), True)  # noqa: FBT003
    return made


def test_before_anybody_has_spoken_it_is_as_checked() -> None:
    calibrator = Calibrator(2, prior=CHECKED)
    for found in (calibrator.result, calibrator.solve(Moments(2))):
        assert found.offsets_db.tolist() == [4.0, -4.0]
        assert found.own_db.tolist() == CHECKED.own_db.tolist()


def test_a_check_may_say_that_more_bleeds_than_is_taken_for_granted_never_less() -> None:
    bleed_db = np.array([[-2.0, -30.0, -5.0], [-30.0, -2.0, -30.0], [-5.0, -30.0, -2.0]])
    found = Calibrator(3, prior=Calibration(np.zeros(3), bleed_db, np.full(3, -30.0))).result.bleed_db
    taken_db = unknown(3).bleed_db[0, 1]
    assert found[0].tolist() == [-2.0, taken_db, -5.0]


def test_one_voice_is_enough_where_a_check_has_said_how_much_it_bleeds() -> None:
    checked = Calibrator(2, prior=CHECKED).solve(talk([4.0, -4.0], [0] * 10))
    blind = Calibrator(2).solve(talk([4.0, -4.0], [0] * 10))
    assert checked.offsets_db == pytest.approx([4.0, -4.0], abs=0.3)
    assert abs(blind.offsets_db[0] - 4.0) > 0.5
    assert checked.bleed_db[0, 1] == pytest.approx(-12.0, abs=0.5)
    assert checked.bleed_db[1, 0] == unknown(2).bleed_db[1, 0]


def test_a_check_that_no_longer_holds_is_outvoted_by_a_minute_of_talk() -> None:
    turned = talk([-4.0, 4.0], [0, 1] * 40)
    late = talk([-4.0, 4.0], [0, 1] * 40, from_s=60.0)
    soon_db = Calibrator(2, prior=CHECKED).solve(turned).offsets_db
    late_db = Calibrator(2, prior=CHECKED).solve(late).offsets_db
    assert late_db == pytest.approx(Calibrator(2).solve(late).offsets_db, abs=1.0)
    assert soon_db[0] > late_db[0]


def test_what_the_manifest_says_is_what_the_calibration_begins_with() -> None:
    assert calibration_of(None) is None
    part = PriorPart(
        checked_at=datetime.now(UTC), offsets_db=(1.0, -1.0), bleed_db=((0.0, -50.0), (-3.0, 0.0)), own_db=(-30, -31)
    )
    prior = calibration_of(part)
    assert prior is not None
    assert prior.bleed_db.min() == BLEED_RANGE_DB[0] and prior.bleed_db.max() == BLEED_RANGE_DB[1]
    assert OwnSpeech(2, prior=prior).calibration.own_db is prior.own_db
