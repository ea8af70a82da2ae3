"""The director thread with a scripted analysis: sound and keys in, cuts and events out, in order."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest

from director_app.core.canvas import BLOCK_SAMPLES, EVIDENCE_HOP_S, SAMPLE_RATE, Canvas, Slot
from director_app.core.decisions import Mode
from director_app.core.events import CameraChanged, Hold, SetAuto, SetManual, ShowName, Take, TakeWide
from director_app.core.evidence import Evidence, Heard
from director_app.core.live_names import LiveNames, NameRules
from director_app.core.placement import NamedAt, Placement, Program
from director_app.core.rules import SwitchRules
from director_app.core.sound_batch import sound_batch
from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.core.switcher import Switcher
from director_app.engine.director import Director, Names
from director_app.engine.name_plates import Plate
from director_app.media.sound.packets import SoundTick
from tests.helpers.script import cast_of
from tests.helpers.wait import eventually

CANVAS = Canvas(640, 360, Fraction(30))
KEY_FRAME_AFTER = 3


class Scripted:
    """An Analysis for whom row r of a tick is loud if its first sample is not 0; raises on a tick marked -1."""

    def __init__(self, microphones: Sequence[str]) -> None:
        self._microphones = tuple(map(MicrophoneId, microphones))

    gain_control_since_s: float | None = None

    def hear(self, ticks: Sequence[SoundTick]) -> list[Heard]:
        if any(tick.samples[0, 0] < 0 for tick in ticks):
            raise RuntimeError("the analysis broke")
        return [self._heard(tick) for tick in ticks]

    def _heard(self, tick: SoundTick) -> Heard:
        records = tuple(
            Evidence(each, -20.0 if loud else -60.0, -65.0, 12.0 if loud else -12.0, loud, loud)
            for each, loud in zip(self._microphones, (bool(row[0] > 0) for row in tick.samples), strict=True)
        )
        return Heard(tick.end_sample / SAMPLE_RATE, records)


class Stage:
    """A director with everything around it written down."""

    def __init__(self, delay_s: float = 0.0, plates: Mapping[MicrophoneId, Plate] = MappingProxyType({})) -> None:
        self.events: list[dict[str, Any]] = []
        self.cuts: list[tuple[str, int]] = []
        self.latest: list[int] = []
        self.wishes: list[tuple[str, int]] = []
        self.names: list[tuple[str, int, int]] = []
        self.can_name = True
        self.now_s = 0.0
        self.analysis = Scripted("ab")
        self._ticks = 0
        cast = cast_of("ab")
        rules = SwitchRules(minimum_shot_s=2.0)
        program = Program(self._cut, self._wish, put_on=self._put_on, take_off=self._take_off)
        self.director = Director(
            CANVAS,
            Switcher(cast, rules),
            Placement(CANVAS, delay_s, rules.minimum_shot_s, program),
            self.analysis,
            self._log,
            lambda: self.now_s,
            Names(LiveNames(cast, plates, NameRules(by_itself=True, shown_s=3.0)), plates),
        )

    def _cut(self, camera: CameraId, wanted: int, latest: int) -> Slot:
        self.cuts.append((camera, wanted))
        self.latest.append(latest)
        return Slot(wanted + KEY_FRAME_AFTER)

    def _put_on(self, _camera: CameraId, who: MicrophoneId, first: int, length: int) -> NamedAt | None:
        self.names.append((who, first, length))
        return NamedAt(Slot(first), Slot(first + length)) if self.can_name else None

    def _take_off(self, wanted: int) -> NamedAt | None:
        self.names.append(("off", wanted, 0))
        return NamedAt(Slot(self.names[-2][1]), Slot(wanted))

    def _wish(self, camera: CameraId, slot: int) -> None:
        self.wishes.append((camera, slot))

    def _log(self, kind: str, t_s: float, fields: Mapping[str, Any]) -> None:
        self.events.append({"t_s": t_s, "type": kind, **fields})

    def speak(self, who: str, until_s: float) -> None:
        """Ticks up to then, in which these people are loud; "!" breaks the analysis."""
        ticks = []
        while self._ticks * EVIDENCE_HOP_S < until_s - 1e-9:
            samples = np.zeros((2, BLOCK_SAMPLES), np.int32)
            samples[:, 0] = [-1 if who == "!" else name in who for name in "ab"]
            ticks.append(SoundTick(self._ticks, self._ticks * BLOCK_SAMPLES, samples, BLOCK_SAMPLES, (0, 0)))
            self._ticks += 1
        self.now_s = until_s
        self.director.hear(ticks)

    def has_heard(self, until_s: float) -> None:
        """Waits until the director has followed the sound up to then."""
        eventually(lambda: self.director.state.t_s >= until_s - 1e-6, 5, "the sound to be heard")

    def of(self, *kinds: str) -> list[dict[str, Any]]:
        """Events of these types."""
        return [event for event in self.events if event["type"] in kinds]


@pytest.fixture
def stage() -> Iterator[Stage]:
    made = Stage()
    made.director.start()
    yield made
    made.director.close(5.0)


def test_without_gain_control_nothing_is_said_of_it(stage: Stage) -> None:
    stage.speak("a", 1.0)
    stage.director.close(5.0)
    assert stage.of("gain_control") == []


def test_gain_control_that_is_over_is_logged_too(stage: Stage) -> None:
    stage.analysis.gain_control_since_s = 0.5
    stage.speak("a", 1.0)
    eventually(lambda: stage.director.state.gain_control_since_s == 0.5, 5, "it is known")
    stage.analysis.gain_control_since_s = None
    stage.speak("a", 2.0)
    stage.director.close(5.0)
    assert stage.director.state.gain_control_since_s is None
    assert [event["type"] for event in stage.of("gain_control", "gain_control_over")] == [
        "gain_control",
        "gain_control_over",
    ]


def test_speech_cuts_to_the_speaker_and_the_log_says_why(stage: Stage) -> None:
    stage.speak("", 2.5)
    stage.speak("b", 4.0)
    stage.director.close(5.0)
    (cut,) = stage.of("switch")
    assert (cut["from"], cut["to"]) == ("wide", "b")
    assert cut["slot"] == stage.cuts[0][1] + KEY_FRAME_AFTER, "the slot that the bus gave, not the one wanted"
    assert cut["reason"].startswith("Ben")
    assert {hearing["microphone"] for hearing in cut["evidence"]} == {"a", "b"}
    assert [event["microphone"] for event in stage.of("speaking_start")] == ["b"]
    assert [event["holder"] for event in stage.of("floor")] == ["b"]


def test_a_key_acts_without_any_sound(stage: Stage) -> None:
    stage.now_s = 1.23456789
    stage.director.tell(Take(CameraId("a")))
    eventually(lambda: stage.cuts, 5, "the cut")
    stage.director.close(5.0)
    (command,) = stage.of("command")
    assert (command["t_s"], command["command"], command["camera"], command["hops"]) == (1.2346, "Take", "a", 0)
    (cut,) = stage.of("manual_cut")
    assert cut["t_s"] == command["t_s"], "the time that a replay reads is the one that was used"
    assert stage.of("hold")[0]["until_s"] == pytest.approx(9.2346)


def test_what_follows_from_sound_is_placed_as_if_it_always_took_equally_long(stage: Stage) -> None:
    stage.speak("b", 2.0)
    stage.director.close(5.0)
    (cut,) = stage.of("switch")
    assert stage.latest == [round((cut["t_s"] + sound_batch(0.0).latency_s) * 30 + 0.49)]
    assert cut["wanted_s"] <= cut["t_s"]


def test_a_cut_that_came_too_late_for_its_slot_says_so(stage: Stage) -> None:
    stage.now_s = 1.0
    stage.director.tell(Take(CameraId("a")))
    eventually(lambda: stage.cuts, 5, "the cut")
    stage.director._session_time_s = iter([2.0, 2.5]).__next__
    stage.director.tell(Take(CameraId("b")))
    stage.director.close(5.0)
    first, second = stage.of("manual_cut")
    assert "late_s" not in first
    assert (second["slot"], second["late_s"]) == (60 + KEY_FRAME_AFTER, 0.5)


def test_commands_know_how_much_had_been_heard_before_them(stage: Stage) -> None:
    stage.speak("", 1.0)
    stage.has_heard(1.0)
    stage.director.tell(Hold())
    eventually(lambda: stage.of("hold"), 5, "the hold")
    stage.speak("", 2.0)
    stage.has_heard(2.0)
    stage.director.tell(SetAuto())
    stage.director.close(5.0)
    assert [command["hops"] for command in stage.of("command")] == [50, 100]


def test_a_key_does_not_wait_behind_sound_and_counts_from_when_it_was_pressed() -> None:
    stage = Stage()
    for second in range(1, 10):
        stage.speak("", float(second))
    stage.director.tell(Take(CameraId("b")))
    stage.now_s = 9.9
    stage.director.start()
    stage.director.close(5.0)
    (command,) = stage.of("command")
    assert (command["t_s"], command["hops"]) == (9.0, 0)
    (cut,) = stage.of("manual_cut")
    assert cut["t_s"] == 9.0


def test_time_never_goes_back(stage: Stage) -> None:
    stage.speak("", 3.0)
    stage.has_heard(3.0)
    stage.now_s = 1.0
    stage.director.tell(Take(CameraId("b")))
    stage.director.close(5.0)
    assert [event["t_s"] for event in stage.of("command", "manual_cut")] == [3.0, 3.0]


def test_modes_are_logged_and_shown(stage: Stage) -> None:
    for event in (SetManual(), SetAuto(), Hold()):
        stage.director.tell(event)
    eventually(lambda: stage.director.state.program.mode is Mode.HOLD, 5, "the hold")
    stage.director.close(5.0)
    assert [event["type"] for event in stage.of("auto_off", "auto_on", "hold")] == ["auto_off", "auto_on", "hold"]


def test_a_camera_that_fails_is_left_by_itself(stage: Stage) -> None:
    stage.director.tell(CameraChanged(CameraId("wide"), SourceState.LOST))
    stage.director.close(5.0)
    (cut,) = stage.of("switch")
    assert (cut["from"], cut["to"], cut["cause"]) == ("wide", "a", "fault")


def test_a_refusal_is_shown_until_the_next_key(stage: Stage) -> None:
    stage.director.tell(CameraChanged(CameraId("b"), SourceState.FROZEN))
    stage.director.tell(Take(CameraId("b")))
    eventually(lambda: stage.director.state.refusal, 5, "the refusal")
    stage.speak("", 0.1)
    assert stage.director.state.refusal is not None
    stage.director.tell(TakeWide())
    eventually(lambda: stage.director.state.refusal is None, 5, "it is gone")
    stage.director.close(5.0)
    assert stage.cuts == []


def test_meters_show_the_last_sound(stage: Stage) -> None:
    stage.speak("a", 0.1)
    eventually(lambda: stage.director.state.meters, 5, "meters")
    meters = stage.director.state.meters
    assert (meters[MicrophoneId("a")].speaks, meters[MicrophoneId("b")].speaks) == (True, False)


def test_an_analysis_that_breaks_costs_the_automatic_and_never_the_keys() -> None:
    stage = Stage()
    stage.director.start()
    stage.speak("!", 0.1)
    eventually(lambda: stage.director.deaf, 5, "it is known")
    stage.speak("a", 5.0)
    stage.director.tell(Take(CameraId("b")))
    stage.director.close(5.0)
    assert str(stage.director.deaf) == "the analysis broke"
    assert [camera for camera, _ in stage.cuts] == ["b"]


def test_sound_that_nobody_hears_does_not_pile_up() -> None:
    stage = Stage()
    for batch in range(1, 71):
        stage.speak("a", batch * 10 * EVIDENCE_HOP_S)
    assert stage.director.unheard == 700 - 600
    stage.director.start()
    stage.director.close(20.0)


def test_the_minimum_shot_binds_the_pictures_too() -> None:
    stage = Stage()
    stage.director.start()
    stage.speak("a", 3.0)
    stage.speak("b", 6.0)
    stage.director.close(20.0)
    (_, first), (_, second) = stage.cuts
    assert second >= first + KEY_FRAME_AFTER + 2.0 * CANVAS.fps


def test_closing_acts_on_what_waits_and_may_be_repeated() -> None:
    stage = Stage()
    stage.director.tell(Take(CameraId("a")))
    stage.director.tell(Take(CameraId("b")))
    stage.director.start()
    stage.director.close(5.0)
    stage.director.close(5.0)
    assert [camera for camera, _ in stage.cuts] == ["a", "b"]


ANA, BEN = MicrophoneId("a"), MicrophoneId("b")
PLATES = {ANA: Plate("Ana Ruiz", "Architect"), BEN: Plate("Ben", "")}


@pytest.fixture
def named() -> Iterator[Stage]:
    made = Stage(delay_s=1.0, plates=PLATES)
    made.director.start()
    yield made
    made.director.close(5.0)


def test_a_name_that_comes_by_itself_is_placed_logged_and_shown(named: Stage) -> None:
    named.speak("a", 4.0)
    named.has_heard(4.0)
    (event,) = named.of("name_on")
    assert named.names == [("a", event["slot"], 90)]
    assert {key: event[key] for key in ("end", "camera", "microphone", "name", "role", "cause")} == {
        "end": event["slot"] + 90,
        "camera": "a",
        "microphone": "a",
        "name": "Ana Ruiz",
        "role": "Architect",
        "cause": "long turn",
    }
    assert event["slot"] == round((event["t_s"] + sound_batch(1.0).latency_s) * 30 + 0.49)
    shown = named.director.state.name
    assert shown is not None
    assert shown.name == "Ana Ruiz"
    assert shown.shown.until_s == pytest.approx(event["t_s"] + 3.0)
    named.speak("", 6.0)
    named.has_heard(6.0)
    assert named.director.state.name is None


def test_without_an_analysis_nobody_is_said_to_speak_and_a_name_ends_by_the_clock(named: Stage) -> None:
    named.speak("a", 2.5)
    eventually(lambda: named.director.state.name, 5, "the name")
    until_s = named.of("name_on")[0]["t_s"] + 3.0
    named.speak("!", 2.6)
    eventually(lambda: not named.director.state.meters, 5, "nobody is heard")
    assert named.director.state.name is not None
    named.speak("a", until_s + 0.1)
    eventually(lambda: named.director.state.name is None, 5, "the name is over")


def test_a_name_goes_softly_by_its_key_and_both_are_logged(named: Stage) -> None:
    named.director.tell(Take(CameraId("b")))
    named.now_s = 1.0
    named.director.tell(ShowName())
    named.now_s = 2.0
    named.director.tell(ShowName())
    named.director.close(5.0)
    assert [event["type"] for event in named.of("command", "name_on", "name_off")][1:] == [
        "command",
        "name_on",
        "command",
        "name_off",
    ]
    on, off = named.of("name_on")[0], named.of("name_off")[0]
    assert named.names == [("b", 30, 90), ("off", 69, 0)]
    assert (on["slot"], on["cause"], off["slot"], off["of"], off["cause"]) == (30, "by hand", 69, 30, "by hand")


def test_a_name_that_cannot_be_shown_is_refused_and_not_said_to_be_on_air(named: Stage) -> None:
    named.can_name = False
    named.director.tell(Take(CameraId("a")))
    named.director.tell(ShowName())
    eventually(lambda: named.director.state.refusal, 5, "the refusal")
    assert named.director.state.refusal == "The name Ana Ruiz cannot be shown now. The program goes on without it."
    assert named.director.state.name is None
    assert [(event["slot"], event["end"]) for event in named.of("name_on")] == [(0, 0)]
    named.can_name = True
    named.director.tell(ShowName())
    eventually(lambda: named.director.state.name, 5, "the name at the next press")
    assert [event["command"] for event in named.of("command")] == ["Take", "ShowName", "NameLost", "ShowName"]
