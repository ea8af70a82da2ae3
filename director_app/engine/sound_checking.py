"""The sound check as a whole, for the terminal and for windows: who is asked, what was found, what is kept.

In the terminal the check opens the microphones; in a window it listens along with the studio. Course, judgement and
memory are the same. Must not print or paint.
"""

import platform
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import numpy as np

from director_app.capture.errors import SourceError
from director_app.core.canvas import SAMPLE_RATE
from director_app.core.verdict import Verdict
from director_app.engine.checking import Listening, refuse_silent
from director_app.engine.sound import MicrophoneLine
from director_app.session.errors import FolderError
from director_app.session.manifest import PriorPart
from director_app.session.show import DemoMicrophoneTable, MicrophoneTable, Show
from director_app.session.sound_checks import (
    USED_FOR,
    CheckedDevice,
    KeptCheck,
    default_file,
    device_key,
    keep_check,
    newest_check,
    prior_for,
    read_checks,
)
from director_app.speech.gain_control_advice import how_to_switch_off
from director_app.speech.sound_check import SoundCheck, measure
from director_app.speech.sound_check_course import (
    ENOUGH_S,
    LONGEST_TURN_S,
    QUIET_S,
    Course,
    GuidedCourse,
    OverheardCourse,
    people,
)
from director_app.speech.sound_findings import USUAL_DB, Finding, Place, What, findings, may_be_kept

__all__ = [
    "ENOUGH_S",
    "LONGEST_TURN_S",
    "QUIET_S",
    "USUAL_DB",
    "Asking",
    "CheckNow",
    "CheckResult",
    "Finding",
    "KeptFigures",
    "RunningCheck",
    "Stage",
    "Verdict",
    "What",
    "asking_of",
    "course_of",
    "gain_control_advice",
    "keep_result",
    "kept_figures",
    "kept_prior",
    "result_of",
]


class Asking(StrEnum):
    """Whether people are asked to speak in turn, or what they say to each other is listened to."""

    IN_TURN = "in turn"
    AT_WILL = "at will"


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What was measured, and what it means; microphones in the show's order."""

    check: SoundCheck
    found: tuple[Finding, ...]

    @property
    def may_be_kept(self) -> bool:
        """Whether shows can begin with it."""
        return may_be_kept(self.found)

    def speech_db(self, row: int) -> float | None:
        """Level of a person in his own microphone, dBFS."""
        return _known(self.check.own_db[row])

    def noise_db(self, row: int) -> float | None:
        """dBFS."""
        return _known(self.check.noise_db[row])

    def noise_rises(self, row: int) -> bool:
        """In pauses, as automatic gain control makes it."""
        return bool(self.check.rising[row])

    def bleed(self, row: int) -> tuple[int, float] | None:
        """Whom else this microphone hears best, and how much weaker than its own person, dB; None if not known."""
        column = self.check.bleed_db[:, row]
        others = [each for each in range(len(column)) if each != row and np.isfinite(column[each])]
        if not others:
            return None
        talker = max(others, key=lambda each: float(column[each]))
        return talker, float(column[talker])


@dataclass(frozen=True, slots=True)
class KeptFigures:
    """What a check has found some hours ago, by microphone in the show's order. own_db, noise_db: dBFS.

    bleed: whom else it hears best, as a row of the show, and how much weaker than its own person, dB.
    """

    at: datetime
    own_db: tuple[float, ...]
    noise_db: tuple[float, ...]
    bleed: tuple[tuple[int, float] | None, ...]


def asking_of(show: Show) -> Asking:
    """People are asked, but for those of the demo show: they speak as they like."""
    made = all(isinstance(table, DemoMicrophoneTable) for table in show.microphone)
    return Asking.AT_WILL if made else Asking.IN_TURN


def course_of(show: Show, asking: Asking) -> Course:
    """A new one for the show's microphones."""
    persons = _persons(show)
    return GuidedCourse(persons) if asking is Asking.IN_TURN else OverheardCourse(persons)


def result_of(show: Show, course: Course) -> CheckResult:
    """Judges what was heard so far."""
    check = measure(course.sound(), _persons(show))
    places = [Place(table.label, table.camera, device_key(table)) for table in show.microphone]
    return CheckResult(check, tuple(findings(check, places, platform.system())))


def keep_result(show: Show, result: CheckResult, file: Path | None = None) -> str:
    """Keeps it by device for the shows of the next hours; returns a sentence that says so.

    Raises FolderError if the file, by default the user's, cannot be written.
    """
    check = result.check
    devices = tuple(
        _checked_device(table, float(check.offsets_db[row]), float(check.own_db[row]), float(check.noise_db[row]))
        for row, table in enumerate(show.microphone)
    )
    bleed_db = tuple(tuple(round(float(each), 2) for each in row) for row in check.bleed_db)
    keep_check(file or default_file(), KeptCheck(at=datetime.now(UTC), devices=devices, bleed_db=bleed_db))
    return f"Shows with these microphones begin with it for {USED_FOR.total_seconds() / 3600:.0f} hours."


def kept_prior(show: Show) -> tuple[PriorPart | None, str | None]:
    """What a sound check of today has found of a show's microphones, and why nothing could be read, a sentence."""
    kept = read_checks(default_file())
    keys = [device_key(table) for table in show.microphone]
    return prior_for(kept.checks, keys, datetime.now(UTC)), kept.problem


def kept_figures(show: Show) -> KeptFigures | None:
    """What a sound check of today has found of a show's microphones, for whoever looks at them; None: nothing."""
    keys = [device_key(table) for table in show.microphone]
    check = newest_check(read_checks(default_file()).checks, keys, datetime.now(UTC))
    if check is None:
        return None
    rows = [check.keys.index(key) for key in keys]
    devices = [check.devices[row] for row in rows]
    return KeptFigures(
        at=check.at,
        own_db=tuple(device.own_db for device in devices),
        noise_db=tuple(device.noise_db for device in devices),
        bleed=tuple(_loudest([check.bleed_db[talker][row] for talker in rows], own) for own, row in enumerate(rows)),
    )


def _loudest(bleed_db: Sequence[float], own: int) -> tuple[int, float] | None:
    """Whom else a microphone hears best, and how much weaker than its own person."""
    others = [talker for talker in range(len(bleed_db)) if talker != own]
    talker = max(others, key=lambda each: bleed_db[each], default=None)
    return None if talker is None else (talker, bleed_db[talker])


def gain_control_advice() -> str:
    """How automatic gain control is switched off on this computer, in words."""
    return how_to_switch_off(platform.system())


class Stage(StrEnum):
    """How far a check is."""

    LISTENING = "listening"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class CheckNow:
    """A check that runs, or has ended, at one moment.

    asked: row of the microphone whose person shall speak; None in the silence at the beginning, and where nobody is
    asked. heard_s: of each person. levels_db: of each microphone, dBFS. lasted_s: of sound heard so far. result: of
    the microphones that judged names, all of them at the end. problem: why there is none, a sentence. kept: what was
    done with it, a sentence.
    """

    stage: Stage
    asking: Asking
    asked: int | None
    heard_s: tuple[float, ...]
    levels_db: tuple[float, ...]
    lasted_s: float = 0.0
    result: CheckResult | None = None
    judged: tuple[int, ...] = ()
    problem: str | None = None
    kept: str = ""


class RunningCheck:
    """Owner of one thread that listens along with microphones that run already. start() once, close() in any case."""

    def __init__(self, show: Show, lines: Sequence[MicrophoneLine], file: Path | None = None) -> None:
        """lines: of the show's microphones, in their order. file: where results are kept, by default the user's."""
        self._show, self._lines, self._file = show, tuple(lines), file
        self._asking = asking_of(show)
        self._course = course_of(show, self._asking)
        self._samples = 0
        self._so_far: CheckResult | None = None
        self._asked = self._course.asked
        self._stopping = threading.Event()
        self._error: Exception | None = None
        self._now = self._look(Stage.LISTENING)
        self._thread = threading.Thread(target=self._run, name="sound check", daemon=True)

    def start(self) -> None:
        """Returns at once."""
        self._thread.start()

    def look(self) -> CheckNow:
        """The present. Never waits."""
        return self._now

    @property
    def has_ended(self) -> bool:
        """Whether its thread is over, so that close() does not wait."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Ends it without a result; returns at once. Idempotent."""
        self._stopping.set()

    def close(self, deadline_s: float = 10.0) -> None:
        """Stops and joins. Idempotent. Raises what nobody had expected, or TimeoutError."""
        self.stop()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
            if self._thread.is_alive():
                raise TimeoutError(f"The sound check did not end within {deadline_s:g} s.")
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        try:
            refuse_silent([table.label for table in self._show.microphone], self._lines)
            with closing(Listening(self._lines)) as listening:
                listening.start()
                self._now = self._listen(listening)
        except SourceError as error:
            self._now = self._look(Stage.FAILED, problem=str(error))
        except Exception as error:  # noqa: BLE001 - the thread's outer edge: told, and raised by close()
            self._error = error
            self._now = self._look(Stage.FAILED, problem=f"The sound check ended by a fault: {error}.")

    def _listen(self, listening: Listening) -> CheckNow:
        for ticks in listening.ticks():
            if self._stopping.is_set():
                break
            if ticks:
                samples = np.concatenate([tick.samples for tick in ticks], axis=1)
                self._course.hear(samples)
                self._samples += samples.shape[1]
                self._judge_turns()
                self._now = self._look(Stage.LISTENING)
            if self._course.is_over:
                return self._ended()
        return self._look(Stage.STOPPED)

    def _judge_turns(self) -> None:
        """Whoever has been asked learns at once how it was."""
        asked = self._course.asked
        if asked > 0 and asked != self._asked:
            self._so_far = result_of(self._show, self._course)
        self._asked = asked

    def _judged(self, asked: int) -> tuple[int, ...]:
        """Microphones whose people have had their turn."""
        return tuple(row for row, person in enumerate(_persons(self._show)) if person < asked)

    def _ended(self) -> CheckNow:
        result = result_of(self._show, self._course)
        kept = "The result is not kept: mend what is bad, then check again."
        if result.may_be_kept:
            try:
                kept = keep_result(self._show, result, self._file)
            except FolderError as error:
                kept = str(error)
        return self._look(Stage.DONE, result=result, kept=kept)

    def _look(
        self, stage: Stage, *, result: CheckResult | None = None, problem: str | None = None, kept: str = ""
    ) -> CheckNow:
        course = self._course
        asks = self._asking is Asking.IN_TURN and stage is Stage.LISTENING and course.asked >= 0
        judged = self._judged(course.asked) if asks else tuple(range(len(self._show.microphone)))
        return CheckNow(
            stage=stage,
            asking=self._asking,
            asked=course.asked if asks else None,
            heard_s=tuple(float(each) for each in course.heard_s),
            levels_db=tuple(float(each) for each in course.levels),
            lasted_s=self._samples / SAMPLE_RATE,
            result=result or self._so_far,
            judged=() if result is None and self._so_far is None else judged,
            problem=problem,
            kept=kept,
        )


def _persons(show: Show) -> tuple[int, ...]:
    return people([table.label for table in show.microphone])


def _checked_device(table: MicrophoneTable, offset_db: float, own_db: float, noise_db: float) -> CheckedDevice:
    return CheckedDevice(
        key=device_key(table),
        label=table.label,
        offset_db=round(offset_db, 2),
        own_db=round(own_db, 2),
        noise_db=round(noise_db, 2),
    )


def _known(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None
