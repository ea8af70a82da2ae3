"""What the table of the sound check says while it goes on and afterwards: few words, the whole sentence as hint."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from director_app.engine.sound_checking import (
    Asking,
    CheckNow,
    CheckResult,
    Finding,
    KeptFigures,
    Stage,
    Verdict,
    What,
)
from director_app.gui.models.sound_rows import NONE, Action, Figure, Mark, SoundRow, heading, sound_rows, warnings
from director_app.session.demo_show import demo_show
from director_app.speech.sound_check import SoundCheck

SHOW = demo_show()
HEARD = np.array([[-19.0, -40.0, -45.0], [-38.0, -16.0, -44.0], [-50.0, -52.0, -18.0]])
CHECK = SoundCheck(
    heard_db=HEARD,
    flux=np.full((3, 3), 3.0),
    spoke_s=np.full(3, 5.0),
    own_share=np.ones(3),
    noise_db=np.array([-61.0, -38.0, -60.0]),
    clipped=np.zeros(3),
    alike=np.zeros((3, 3)),
    offsets_db=np.zeros(3),
    bleed_db=HEARD - np.diagonal(HEARD)[:, None],
    rising=np.array([False, True, False]),
)
GOOD = tuple(Finding(What.GOOD, Verdict.GOOD, (row,), "It is good.") for row in range(3))
LISTENING = CheckNow(Stage.LISTENING, Asking.IN_TURN, None, (0.0, 0.0, 0.0), (-60.0, -60.0, -60.0), 0.5)


def done(*found: Finding) -> CheckNow:
    told = {row for each in found for row in each.microphones}
    every = (*found, *(each for each in GOOD if each.microphones[0] not in told))
    return CheckNow(
        Stage.DONE,
        Asking.IN_TURN,
        None,
        (5.0, 5.0, 5.0),
        (-60.0, -60.0, -60.0),
        result=CheckResult(CHECK, every),
        judged=(0, 1, 2),
        kept="Shows begin with it.",
    )


def rows(*found: Finding) -> tuple[SoundRow, ...]:
    return sound_rows(done(*found), SHOW)


def bad(what: What, *microphones: int) -> Finding:
    return Finding(what, Verdict.BAD, microphones, "The whole sentence.")


def test_good_ones() -> None:
    ana = rows()[0]
    assert (ana.speech.value, ana.speech.words, ana.speech.warns) == ("−19 dB", "good", False)
    assert (ana.noise.value, ana.noise.words) == ("−61 dB", "quiet")
    assert (ana.bleed.value, ana.bleed.words) == ("−22 dB", "most from Ben")
    assert (ana.result.mark, ana.result.text, ana.result.action) == (Mark.GOOD, "Good. Nothing to do.", Action.NONE)


def test_automatic_gain_can_be_read_about() -> None:
    ben = rows(bad(What.GAIN_CONTROL, 1))[1]
    assert (ben.noise.words, ben.noise.warns) == ("rises in pauses", True)
    assert (ben.result.mark, ben.result.title, ben.result.action) == (
        Mark.BAD,
        "Automatic gain is on",
        Action.HOW,
    )
    assert ben.result.spoken == "The whole sentence."


def test_swapped_ones_can_be_swapped_from_the_first_row() -> None:
    _, ben, cara = rows(bad(What.SWAPPED, 1, 2))
    assert (ben.result.title, ben.result.text) == ("Ben is louder in Cara's microphone.", "Swap?")
    assert (ben.result.action, ben.result.ring) == (Action.SWAP, (1, 2))
    assert (cara.result.title, cara.result.action) == ("Cara is louder in Ben's microphone.", Action.NONE)


@pytest.mark.parametrize(
    ("finding", "title", "text"),
    [
        (bad(What.NOBODY, 0), "Nobody was heard", "Check that it is on, then check again."),
        (bad(What.DEAD, 0), "Did not hear Ana", "Check its mute switch, its gain and its input."),
        (bad(What.CLIPPING, 0), "Loud words are cut off", "Lower its gain by about 10 dB."),
        (bad(What.NOISY, 0), "Noise is close to the voice", "Bring it closer, or switch off what hums."),
        (bad(What.QUIET, 2), "Too quiet", "Raise its gain by about -17 dB."),
        (bad(What.BLEEDING, 0, 1), "Hears Ben almost as well", "Move them apart, or bring the microphone closer."),
        (
            bad(What.DUPLICATED, 0, 2),
            "Same sound as Cara's microphone",
            "Choose another device or input for one of them.",
        ),
    ],
)
def test_every_kind_has_few_words(finding: Finding, title: str, text: str) -> None:
    result = rows(finding)[finding.microphones[0]].result
    assert (result.mark, result.title, result.text) == (Mark.BAD, title, text)


def test_both_sides_of_what_two_have_in_common() -> None:
    assert rows(bad(What.BLEEDING, 0, 1))[1].result.title == "Is heard in Ana's microphone"
    shared = replace(bad(What.DUPLICATED, 0, 2), verdict=Verdict.ADVICE)
    assert rows(shared)[2].result.title == "Same microphone as Ana's"
    assert rows(bad(What.CLIPPING, 0))[0].speech.words == "cut off"
    assert rows(bad(What.QUIET, 0))[0].speech.words == "too quiet"


def test_a_silent_microphone_gives_no_sound() -> None:
    silent = replace(CHECK, noise_db=np.array([-120.0, -38.0, -60.0]), heard_db=np.full((3, 3), np.nan))
    now = replace(done(), result=CheckResult(silent, (bad(What.DEAD, 0),)))
    assert sound_rows(now, SHOW)[0].result.title == "No sound"
    assert sound_rows(now, SHOW)[0].speech.value == NONE


def test_who_is_asked_is_listened_to_and_who_was_learns_at_once() -> None:
    now = replace(
        done(bad(What.NOBODY, 2)), stage=Stage.LISTENING, asked=2, heard_s=(5.0, 5.0, 2.0), judged=(0, 1), kept=""
    )
    ana, ben, cara = sound_rows(now, SHOW)
    assert (ana.result.mark, ben.result.mark) == (Mark.GOOD, Mark.GOOD)
    assert (cara.result.mark, cara.result.text, cara.result.share) == (Mark.LISTENING, "listening", 0.4)
    assert cara.speech.value == NONE
    waits = sound_rows(replace(LISTENING, asked=0), SHOW)[1]
    assert (waits.result.mark, waits.result.text) == (Mark.NONE, "waits")


def test_the_heading_says_whose_turn_it_is() -> None:
    quiet = heading(LISTENING, SHOW)
    assert (quiet.words, quiet.share, quiet.digit) == ("Everybody be quiet: 2 s to go", 0.75, "2")
    assert heading(replace(LISTENING, asked=2), SHOW).words == "Cara, speak now"
    talking = heading(replace(LISTENING, asked=2, heard_s=(0.0, 0.0, 2.2)), SHOW)
    assert (talking.words, talking.digit, talking.is_running) == ("Cara, keep talking: 3 s to go", "3", True)


def test_the_heading_before_after_and_in_trouble() -> None:
    assert heading(None, SHOW).words == "Everybody speaks for 5 s, one after the other."
    assert heading(done(), SHOW).words == "Checked. Shows begin with it."
    failed = heading(replace(LISTENING, stage=Stage.FAILED, problem="It has gone.\nAnd this, too."), SHOW)
    assert (failed.words, failed.warns, failed.was_run) == ("It has gone.", True, True)
    assert heading(None, SHOW.model_copy(update={"microphone": ()})).words.startswith("No microphone")
    at_will = heading(replace(LISTENING, asking=Asking.AT_WILL, heard_s=(5.0, 0.2, 0.0)), SHOW)
    assert at_will.words == "Talk as you like, 5 s each: 1 of 3 heard"


def test_the_status_line_is_told_of_what_is_wrong_and_only_at_the_end() -> None:
    now = done(bad(What.GAIN_CONTROL, 1))
    assert warnings(now, SHOW) == ["microphone 2 Ben has automatic gain"]
    assert warnings(replace(now, stage=Stage.LISTENING), SHOW) == []
    assert warnings(None, SHOW) == [] and warnings(done(), SHOW) == []


def test_not_checked_yet() -> None:
    assert [row.result.text for row in sound_rows(None, SHOW)] == ["Not checked yet."] * 3


def test_what_a_check_of_today_has_found_stands_there_until_another_one_begins() -> None:
    at = datetime.now(UTC)
    kept = KeptFigures(at, (-20.0, -22.4, -19.0), (-60.0, -61.0, -58.0), ((1, -14.0), (0, -12.0), None))
    ana, _, cara = sound_rows(None, SHOW, kept)
    assert ana.speech.words == "earlier" and not ana.speech.warns
    assert (ana.speech.value, ana.noise.value, ana.bleed) == ("−20 dB", "−60 dB", Figure("−14 dB", "most from Ben"))
    assert ana.result.text == f"Checked today at {at.astimezone():%H:%M}." and cara.bleed == Figure()
    begins = heading(None, SHOW, kept)
    assert begins.words.endswith("Shows begin with it.") and begins.was_run and not begins.is_running
    assert heading(LISTENING, SHOW, kept).is_running
    assert sound_rows(LISTENING, SHOW, kept)[1].result.text == "waits"
