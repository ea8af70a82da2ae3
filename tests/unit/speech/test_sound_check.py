"""The sound check over made rooms: what was set is found, and what is wrong is said of the right microphone."""

from collections.abc import Sequence
from functools import cache

import numpy as np
import pytest

from director_app.core.canvas import BLOCK_SAMPLES, EVIDENCE_HOP_S
from director_app.core.verdict import Verdict
from director_app.media.sound.packets import Pcm24, to_pcm24
from director_app.speech.check_sound import NOBODY, CheckEar
from director_app.speech.sound_check import SoundCheck, measure
from director_app.speech.sound_check_course import GuidedCourse, OverheardCourse, people
from director_app.speech.sound_findings import Finding, Place, What, findings, may_be_kept
from tests.bench.switching.gain_control import controlled
from tests.bench.switching.generate import at_rate, make_show
from tests.bench.switching.sound import SAMPLE_RATE, Samples
from tests.bench.switching.truth import OWN_DATA, Excerpt, Truth
from tests.bench.switching.voices import find_voices

NAMES = ("Ana", "Ben", "Cara")
PLACES = tuple(Place(name, f"camera of {name}", f"device of {name}") for name in NAMES)
TURN_S, FIRST_S = 4.0, 2.0
SPOKEN = Excerpt("check", 14.0, tuple(((FIRST_S + TURN_S * row, FIRST_S + TURN_S * row + 3.2),) for row in range(3)))


@cache
def room(level: str) -> tuple[Samples, Truth]:
    """Three people who speak in turn, after two seconds of silence; at 16 kHz."""
    return make_show(SPOKEN, level, 3, find_voices(OWN_DATA / "voices"))


def pcm(tracks: Samples) -> Pcm24:
    """As a recording holds it, in whole hops."""
    whole = tracks.shape[1] * 3 // BLOCK_SAMPLES * BLOCK_SAMPLES
    return to_pcm24(at_rate(tracks.astype(np.float32), 48_000)[:, :whole])


def checked(tracks: Samples, asked: Sequence[int] = (0, 1, 2)) -> SoundCheck:
    """Everybody was asked in turn."""
    ear = CheckEar(len(tracks))
    heard = ear.hear(pcm(tracks))
    t_s = np.arange(len(heard.levels)) * EVIDENCE_HOP_S
    turns = np.floor((t_s - FIRST_S) / TURN_S).astype(np.int64)
    ear.meant(np.where((turns >= 0) & (turns < 3), turns, NOBODY))
    return measure(ear.sound(), asked[: len(tracks)])


def bad(found: Sequence[Finding]) -> list[tuple[What, tuple[int, ...]]]:
    """What keeps a show from working."""
    return [(each.what, each.microphones) for each in found if each.verdict is Verdict.BAD]


def said(tracks: Samples, places: Sequence[Place] = PLACES) -> list[Finding]:
    """All findings."""
    return findings(checked(tracks), places[: len(tracks)], "Linux")


@pytest.mark.parametrize("level", ["lav", "table", "room"])
def test_gains_and_bleed_are_found_and_nothing_is_bad(level: str) -> None:
    tracks, truth = room(level)
    check = checked(tracks)
    gains_db = np.array(truth.gains_db) - np.mean(truth.gains_db)
    assert np.abs(check.offsets_db - gains_db).max() < 2.0
    others = ~np.eye(3, dtype=bool)
    assert np.abs(check.bleed_db - np.array(truth.bleed_db))[others].mean() < 3.0
    found = findings(check, PLACES, "Linux")
    assert bad(found) == []
    assert may_be_kept(found)


def test_a_good_microphone_is_told_of_in_numbers() -> None:
    found = said(room("lav")[0])
    assert [(each.what, each.microphones) for each in found] == [(What.GOOD, (row,)) for row in range(3)]
    assert "Ana's microphone is good" in found[0].sentence and "dB over its noise" in found[0].sentence


@pytest.mark.parametrize("level", ["lav", "room"])
def test_two_swapped_microphones(level: str) -> None:
    found = said(room(level)[0][[1, 0, 2]])
    assert bad(found) == [(What.SWAPPED, (0, 1))]
    assert found[0].sentence.startswith("The microphones of Ana and Ben are swapped: while Ana spoke, Ben's")
    assert not may_be_kept(found)


def test_three_microphones_mixed_up() -> None:
    found = said(room("table")[0][[1, 2, 0]])
    (finding,) = [each for each in found if each.verdict is Verdict.BAD]
    assert (finding.what, set(finding.microphones)) == (What.SWAPPED, {0, 1, 2})
    assert "loudest was Ana in Cara's, Cara in Ben's, Ben in Ana's" in finding.sentence


def test_swapped_microphones_are_found_although_gain_control_makes_them_equally_loud() -> None:
    tracks, truth = room("table")
    found = said(controlled(tracks, truth.seed)[[1, 0, 2]])
    assert (What.SWAPPED, (0, 1)) in bad(found)


def test_automatic_gain_control_of_one_microphone_and_how_to_switch_it_off() -> None:
    tracks, truth = room("lav")
    one = tracks.copy()
    one[1:2] = controlled(tracks[1:2], truth.seed)
    found = said(one)
    assert bad(found) == [(What.GAIN_CONTROL, (1,))]
    assert "The microphone of Ben seems to turn itself up and down" in found[0].sentence
    assert "alsamixer" in found[0].sentence


def test_automatic_gain_control_where_no_pause_is_quiet() -> None:
    tracks, truth = room("room")
    assert (What.GAIN_CONTROL, (0, 1, 2)) in bad(said(controlled(tracks, truth.seed)))


def test_a_dead_microphone() -> None:
    dead = room("table")[0].copy()
    dead[1] = 0
    found = said(dead)
    assert bad(found) == [(What.DEAD, (1,))]
    assert found[0].sentence.startswith("Ben's microphone gives no sound at all.")


def test_a_muted_microphone_that_still_hisses() -> None:
    muted = room("room")[0].copy()
    muted[0] = np.random.default_rng(1).normal(0, 1e-3, muted.shape[1])
    found = said(muted)
    assert bad(found) == [(What.DEAD, (0,))]
    assert "Ana's microphone did not hear Ana" in found[0].sentence


def test_two_microphones_that_are_one_signal() -> None:
    same = room("table")[0].copy()
    same[1] = 0.5 * np.roll(same[0], 333)
    found = said(same)
    assert bad(found) == [(What.DUPLICATED, (0, 1))]
    assert "Choose another device or channel" in found[0].sentence


def test_one_person_may_have_two_microphones_and_two_may_share_one() -> None:
    same = room("table")[0].copy()
    same[1] = same[0]
    camera = (PLACES[0], Place("Ana again", PLACES[0].camera, "another device"), PLACES[2])
    person = (PLACES[0], Place("ana", "another camera", "another device"), PLACES[2])
    shared = (PLACES[0], Place("Ben", "camera of Ben", PLACES[0].device), PLACES[2])
    for places in (camera, person, shared):
        every = said(same, places)
        assert [each.verdict for each in every if {0, 1} <= set(each.microphones)] == [Verdict.ADVICE]
        assert may_be_kept(every) == (bad(every) == [])


def test_two_microphones_of_one_camera_may_hear_each_other() -> None:
    far, _ = make_show(SPOKEN, "far", 3, find_voices(OWN_DATA / "voices"))
    pairs = [each.microphones for each in said(far) if each.what is What.BLEEDING]
    assert pairs
    together = tuple(Place(place.label, "one camera", place.device) for place in PLACES)
    assert not [each for each in said(far, together) if each.what is What.BLEEDING]


@pytest.mark.parametrize("ceiling", [1.0, 0.4])
def test_clipping_at_full_scale_and_below_it(ceiling: float) -> None:
    clipped = room("lav")[0].copy()
    gain = 4.0 * ceiling / np.abs(clipped[2]).max()
    clipped[2] = np.clip(clipped[2] * gain, -ceiling, ceiling)
    found = [each for each in said(clipped) if each.what is What.CLIPPING]
    assert [(each.verdict, each.microphones) for each in found] == [(Verdict.BAD, (2,))]
    assert "Lower its gain" in found[0].sentence


def test_too_quiet_and_noisy() -> None:
    tracks = room("table")[0].copy()
    tracks[0] *= 0.02
    tracks[2] += 0.008 * np.random.default_rng(2).standard_normal(tracks.shape[1], np.float32)
    found = said(tracks)
    kinds = {(each.what, each.microphones) for each in found}
    assert (What.QUIET, (0,)) in kinds
    assert (What.NOISY, (2,)) in kinds


def test_nobody_spoke() -> None:
    tracks = room("lav")[0].copy()
    turn = slice(round((FIRST_S + TURN_S) * SAMPLE_RATE), round((FIRST_S + 2 * TURN_S) * SAMPLE_RATE))
    tracks[:, turn] = np.tile(tracks[:, : round(FIRST_S * SAMPLE_RATE)], 2)
    found = said(tracks)
    assert bad(found) == [(What.NOBODY, (1,))]
    assert "Nobody was heard when it was Ben's turn" in found[0].sentence


def test_a_single_microphone_is_only_judged_by_itself() -> None:
    assert [each.what for each in said(room("lav")[0][:1])] == [What.GOOD]


def fed(course: GuidedCourse | OverheardCourse, sound: Pcm24) -> int:
    """Hops until the course was over, or all."""
    heard = 0
    for first in range(0, sound.shape[1], 4 * BLOCK_SAMPLES):
        if course.is_over:
            break
        heard = first // BLOCK_SAMPLES + 4
        course.hear(sound[:, first : first + 4 * BLOCK_SAMPLES])
    return heard


def test_a_guided_course_asks_in_turn_and_ends_when_enough_was_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("director_app.speech.sound_check_course.ENOUGH_S", 2.5)
    monkeypatch.setattr("director_app.speech.sound_check_course.QUIET_S", 0.8)
    course = GuidedCourse((0, 1, 2))
    hops = fed(course, pcm(room("table")[0]))
    assert course.is_over and hops * EVIDENCE_HOP_S < SPOKEN.duration_s
    assert bad(findings(measure(course.sound(), (0, 1, 2)), PLACES, "Linux")) == []
    assert course.heard_s == pytest.approx([2.5] * 3, abs=0.03)


def test_a_guided_course_goes_on_without_whoever_is_not_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("director_app.speech.sound_check_course.LONGEST_TURN_S", 1.0)
    course = GuidedCourse((0, 1))
    hops = fed(course, np.zeros((2, 10 * 48_000), np.int32))
    assert hops * EVIDENCE_HOP_S == pytest.approx(4.0, abs=0.1)
    found = findings(measure(course.sound(), (0, 1)), PLACES[:2], "Darwin")
    assert bad(found) == [(What.DEAD, (0,)), (What.DEAD, (1,))]


def test_a_person_with_two_microphones_is_asked_once() -> None:
    assert people(["Ana", "Ben", "ana"]) == (0, 1, 0)


def test_people_who_talk_to_each_other_need_not_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("director_app.speech.sound_check_course.ENOUGH_S", 2.0)
    tracks, truth = room("table")
    course = OverheardCourse((0, 1, 2))
    fed(course, np.concatenate([pcm(tracks)] * 2, axis=1))
    assert course.is_over
    check = measure(course.sound(), (0, 1, 2))
    gains_db = np.array(truth.gains_db) - np.mean(truth.gains_db)
    assert np.abs(check.offsets_db - gains_db).max() < 1.5
    assert bad(findings(check, PLACES, "Linux")) == []
