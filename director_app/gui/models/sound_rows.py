"""What the table of the sound check says of each microphone, and its heading of the whole check. No Qt.

Measures and judges nothing: findings are put into few words, with the whole sentence as hint.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from director_app.engine.sound_checking import (
    ENOUGH_S,
    LONGEST_TURN_S,
    QUIET_S,
    USUAL_DB,
    Asking,
    CheckNow,
    CheckResult,
    Finding,
    KeptFigures,
    Stage,
    Verdict,
    What,
)
from director_app.gui.models.words import level, short
from director_app.session.show import Show

NONE = "–"


class Mark(StrEnum):
    """What stands before a result; each has a shape of its own."""

    NONE = "none"
    GOOD = "good"
    ADVICE = "advice"
    BAD = "bad"
    LISTENING = "listening"


class Action(StrEnum):
    """What a result's button does."""

    NONE = ""
    HOW = "How…"
    SWAP = "Swap"


@dataclass(frozen=True, slots=True)
class Figure:
    """value: with its unit, or a dash. words: below it."""

    value: str = NONE
    words: str = ""
    warns: bool = False


@dataclass(frozen=True, slots=True)
class ResultView:
    """ring: the microphones that an exchange concerns. share: of a turn that goes on, 0 to 1. hint: the sentence."""

    mark: Mark = Mark.NONE
    title: str = ""
    text: str = ""
    action: Action = Action.NONE
    ring: tuple[int, ...] = ()
    share: float = 0.0
    hint: str = ""

    @property
    def spoken(self) -> str:
        """For screen readers."""
        return self.hint or " ".join(part for part in (self.title, self.text) if part)


@dataclass(frozen=True, slots=True)
class SoundRow:
    """Of one microphone."""

    speech: Figure = Figure()
    noise: Figure = Figure()
    bleed: Figure = Figure()
    result: ResultView = ResultView()


@dataclass(frozen=True, slots=True)
class CheckHeading:
    """share: of the ring that is left, 0 to 1, None for no ring. digit: in it. warns: the words tell of trouble."""

    words: str
    share: float | None = None
    digit: str = ""
    is_running: bool = False
    was_run: bool = False
    warns: bool = False


def heading(now: CheckNow | None, show: Show, kept: KeptFigures | None = None) -> CheckHeading:
    """show: whose microphones are checked. kept: what was found some hours ago."""
    if not show.microphone:
        return CheckHeading("No microphone: nobody is followed, cuts are yours alone.")
    if kept is not None and _is_none(now):
        return CheckHeading(f"{_checked(kept)} Shows begin with it.", was_run=True)
    if now is None or now.stage is Stage.STOPPED:
        return CheckHeading(f"Everybody speaks for {ENOUGH_S:.0f} s, one after the other.")
    if now.stage is not Stage.LISTENING:
        failed = now.stage is Stage.FAILED
        words = (now.problem or "").partition("\n")[0] if failed else f"Checked. {now.kept}"
        return CheckHeading(words, warns=failed, was_run=True)
    return _at_will(now) if now.asking is Asking.AT_WILL else _asking(now, show)


def _asking(now: CheckNow, show: Show) -> CheckHeading:
    if now.asked is None:
        left_s = max(0.0, QUIET_S - now.lasted_s)
        return _running(f"Everybody be quiet: {_seconds(left_s)} s to go", left_s, QUIET_S)
    name, heard_s = short(show.microphone[now.asked].label, 24), now.heard_s[now.asked]
    left_s = max(0.0, ENOUGH_S - heard_s)
    ask = f"{name}, keep talking: {_seconds(left_s)} s to go" if heard_s > 0 else f"{name}, speak now"
    return _running(ask, left_s, ENOUGH_S)


def _is_none(now: CheckNow | None) -> bool:
    return now is None or now.stage is Stage.STOPPED


def _checked(kept: KeptFigures) -> str:
    """In the time of this place."""
    at, now = kept.at.astimezone(), datetime.now().astimezone()
    return f"Checked {'today' if at.date() == now.date() else 'yesterday'} at {at:%H:%M}."


def sound_rows(now: CheckNow | None, show: Show, kept: KeptFigures | None = None) -> tuple[SoundRow, ...]:
    """One for each microphone of the show. kept: what was found some hours ago."""
    if kept is not None and _is_none(now):
        return tuple(_kept_row(kept, show, row) for row in range(len(show.microphone)))
    return tuple(_row(now, show, row) for row in range(len(show.microphone)))


def warnings(now: CheckNow | None, show: Show) -> list[str]:
    """Microphones with which something is wrong, in the words of a status line."""
    if now is None or now.result is None or now.stage is not Stage.DONE:
        return []
    told = []
    for row, table in enumerate(show.microphone):
        found = _worst(now.result, row)
        if found is not None and found.verdict is not Verdict.GOOD:
            told.append(f"microphone {row + 1} {short(table.label)} {_STATUS[found.what]}")
    return told


def _row(now: CheckNow | None, show: Show, row: int) -> SoundRow:
    if now is None or now.stage in {Stage.STOPPED, Stage.FAILED}:
        return SoundRow(result=ResultView(text="Not checked yet."))
    if now.result is None or row not in now.judged:
        return SoundRow(result=_waiting(now, row))
    result = now.result
    found = [each for each in result.found if row in each.microphones and set(each.microphones) <= set(now.judged)]
    kinds = {each.what for each in found if each.verdict is not Verdict.GOOD}
    return SoundRow(
        _speech(result.speech_db(row), kinds),
        _noise(result, row, kinds),
        _bleed(result, show, row, kinds),
        _result(found, result, show, row),
    )


def _kept_row(kept: KeptFigures, show: Show, row: int) -> SoundRow:
    """Figures without a judgement: what it would be now, only a new check can say."""
    bleed = kept.bleed[row]
    heard = Figure() if bleed is None else Figure(_decibels(bleed[1]), _most_from(show, bleed[0]))
    speech, noise = (Figure(_decibels(each[row]), "earlier") for each in (kept.own_db, kept.noise_db))
    return SoundRow(speech, noise, heard, ResultView(text=_checked(kept)))


def _most_from(show: Show, talker: int) -> str:
    return f"most from {short(show.microphone[talker].label, 16)}"


def _waiting(now: CheckNow, row: int) -> ResultView:
    heard = row < len(now.heard_s) and now.heard_s[row] > 0
    share = min(1.0, now.heard_s[row] / ENOUGH_S) if heard else 0.0
    if now.asked == row or (now.asking is Asking.AT_WILL and share < 1):
        return ResultView(Mark.LISTENING, text="listening", share=share)
    return ResultView(text="heard" if heard else "waits")


def _speech(speech_db: float | None, kinds: set[What]) -> Figure:
    if speech_db is None:
        return Figure()
    if What.CLIPPING in kinds:
        return Figure(_decibels(speech_db), "cut off", warns=True)
    quiet = What.QUIET in kinds
    return Figure(_decibels(speech_db), "too quiet" if quiet else "good", warns=quiet)


def _noise(result: CheckResult, row: int, kinds: set[What]) -> Figure:
    noise_db = result.noise_db(row)
    if noise_db is None:
        return Figure()
    if result.noise_rises(row):
        return Figure(_decibels(noise_db), "rises in pauses", warns=True)
    noisy = What.NOISY in kinds
    return Figure(_decibels(noise_db), "too loud" if noisy else "quiet", warns=noisy)


def _bleed(result: CheckResult, show: Show, row: int, kinds: set[What]) -> Figure:
    bleed = result.bleed(row)
    if bleed is None:
        return Figure(words="nobody else" if len(show.microphone) == 1 else "")
    talker, bleed_db = bleed
    return Figure(_decibels(bleed_db), _most_from(show, talker), warns=What.BLEEDING in kinds)


def _worst(result: CheckResult, row: int) -> Finding | None:
    return next((each for each in result.found if row in each.microphones), None)


def _result(found: list[Finding], result: CheckResult, show: Show, row: int) -> ResultView:
    if not found:
        return ResultView(text="heard")
    first = found[0]
    mark = {Verdict.GOOD: Mark.GOOD, Verdict.ADVICE: Mark.ADVICE, Verdict.BAD: Mark.BAD}[first.verdict]
    title, text = _RESULTS[first.what](first, result, show, row)
    action = Action.NONE
    if first.what is What.GAIN_CONTROL:
        action = Action.HOW
    elif first.what is What.SWAPPED and row == first.microphones[0]:
        action = Action.SWAP
    return ResultView(mark, title, text, action, first.microphones, hint=first.sentence)


_Words = Callable[[Finding, CheckResult, Show, int], tuple[str, str]]


def _fixed(title: str, text: str) -> _Words:
    return lambda _found, _result, _show, _row: (title, text)


def _swapped(found: Finding, _result: CheckResult, show: Show, row: int) -> tuple[str, str]:
    ring = found.microphones
    other = ring[(ring.index(row) + 1) % len(ring)]
    mine, theirs = short(show.microphone[row].label, 24), short(show.microphone[other].label, 24)
    return f"{mine} is louder in {theirs}'s microphone.", "Swap?" if row == ring[0] else ""


def _duplicated(found: Finding, _result: CheckResult, show: Show, row: int) -> tuple[str, str]:
    other = next(each for each in found.microphones if each != row)
    name = short(show.microphone[other].label, 24)
    if found.verdict is Verdict.BAD:
        return f"Same sound as {name}'s microphone", "Choose another device or input for one of them."
    return f"Same microphone as {name}'s", "Whoever speaks there, the first one's camera is shown."


def _bleeding(found: Finding, _result: CheckResult, show: Show, row: int) -> tuple[str, str]:
    own, talker = found.microphones
    name = short(show.microphone[talker].label, 24)
    if row == own:
        return f"Hears {name} almost as well", "Move them apart, or bring the microphone closer."
    return f"Is heard in {short(show.microphone[own].label, 24)}'s microphone", "Move them apart."


def _quiet(_found: Finding, result: CheckResult, _show: Show, row: int) -> tuple[str, str]:
    speech_db = result.speech_db(row)
    by = "" if speech_db is None else f" by about {USUAL_DB - speech_db:.0f} dB"
    return "Too quiet", f"Raise its gain{by}."


def _dead(_found: Finding, result: CheckResult, show: Show, row: int) -> tuple[str, str]:
    if result.check.is_silent[row]:
        return "No sound", "Check its cable, its mute switch and its input."
    name = short(show.microphone[row].label, 24)
    return f"Did not hear {name}", "Check its mute switch, its gain and its input."


_RESULTS: Mapping[What, _Words] = {
    What.GOOD: _fixed("", "Good. Nothing to do."),
    What.NOBODY: _fixed("Nobody was heard", "Check that it is on, then check again."),
    What.DEAD: _dead,
    What.SWAPPED: _swapped,
    What.DUPLICATED: _duplicated,
    What.GAIN_CONTROL: _fixed("Automatic gain is on", "Auto cannot judge who speaks. Switch it off."),
    What.CLIPPING: _fixed("Loud words are cut off", "Lower its gain by about 10 dB."),
    What.QUIET: _quiet,
    What.NOISY: _fixed("Noise is close to the voice", "Bring it closer, or switch off what hums."),
    What.BLEEDING: _bleeding,
}

_STATUS: Mapping[What, str] = {
    What.NOBODY: "heard nobody",
    What.DEAD: "gives no sound",
    What.SWAPPED: "is swapped with another",
    What.DUPLICATED: "gives the same sound as another",
    What.GAIN_CONTROL: "has automatic gain",
    What.CLIPPING: "cuts loud words off",
    What.QUIET: "is too quiet",
    What.NOISY: "is noisy",
    What.BLEEDING: "hears a neighbour almost as well",
}


def _at_will(now: CheckNow) -> CheckHeading:
    enough = sum(heard_s >= ENOUGH_S for heard_s in now.heard_s)
    left_s = max(0.0, LONGEST_TURN_S * len(now.heard_s) - now.lasted_s)
    words = f"Talk as you like, {ENOUGH_S:.0f} s each: {enough} of {len(now.heard_s)} heard"
    return CheckHeading(words, left_s / (LONGEST_TURN_S * len(now.heard_s)), str(enough), is_running=True)


def _running(words: str, left_s: float, of_s: float) -> CheckHeading:
    return CheckHeading(words, left_s / of_s, _seconds(left_s), is_running=True)


def _seconds(left_s: float) -> str:
    """Rounded up, so that it never says nothing is to go while something is."""
    return f"{-(-left_s // 1):.0f}"


def _decibels(db: float) -> str:
    return f"{level(db)} dB"
