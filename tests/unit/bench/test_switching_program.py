"""Calling the program: its answer is read with care, looking ahead is found out, workers end when they should."""

import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from tests.bench.switching import causal, program, workers
from tests.bench.switching.cut_list import Cut
from tests.bench.switching.program import MODES, Answer, Mode, ProgramError, Warned, answer, ask
from tests.bench.switching.show_run import write_show
from tests.bench.switching.sound import SAMPLE_RATE, read_wav

LIVE = MODES[0]


def test_modes_call_the_program_as_agreed() -> None:
    assert {mode.name: mode.arguments for mode in MODES} == {
        "live": ("--mode", "live", "--programme-delay", "0"),
        "delayed": ("--mode", "live", "--programme-delay", "1.0"),
        "key-frames": ("--mode", "live", "--programme-delay", "1.0", "--placement", "key-frames"),
        "offline": ("--mode", "offline"),
    }
    assert [mode.is_live for mode in MODES] == [True, True, True, False]


def test_an_answer_is_read() -> None:
    written = {
        "schema": 1,
        "mode": "live",
        "programme_delay_s": 1.0,
        "start_camera": "wide",
        "cuts": [{"t": 12.34, "camera": 1}, {"t": 20, "camera": "wide"}],
        "warnings": [{"kind": "gain_control", "t": 9.5, "microphone": 1}, {"kind": "silent"}],
    }
    assert answer(written, 2) == Answer(
        cuts=(Cut(12.34, 1), Cut(20.0, "wide")),
        programme_delay_s=1.0,
        warnings=(Warned("gain_control", 9.5), Warned("silent", None)),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema": 2, "cuts": []},
        {"schema": 1},
        {"schema": 1, "cuts": [{"t": 1.0, "camera": 2}]},
        {"schema": 1, "cuts": [{"t": 1.0, "camera": "left"}]},
        {"schema": 1, "cuts": [{"t": None, "camera": 1}]},
        {"schema": 1, "cuts": [], "start_camera": -1},
    ],
)
def test_what_is_no_answer_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        answer(wrong, 2)


def test_a_program_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    nobody = Mode("nobody", "nobody", ("--mode", "nobody"))
    with pytest.raises(ProgramError, match=r"--mode nobody. ended with 2"):
        ask(write_show(tmp_path / "show", np.zeros((1, SAMPLE_RATE), np.float32), SAMPLE_RATE), nobody)


def test_last_words_are_a_sentence_or_the_error() -> None:
    assert program.last_words("Name at least\none file.\n") == "Name at least one file."
    trace = "reading\nTraceback (most recent call last):\n  File x, line 1\n    ^^^^\nValueError: too long\n"
    assert program.last_words(trace) == "ValueError: too long"


def test_a_part_of_a_file_is_its_beginning(tmp_path: Path) -> None:
    tracks = np.random.default_rng(1).uniform(-1, 1, (1, SAMPLE_RATE)).astype(np.float32)
    (path,) = write_show(tmp_path / "whole", tracks, SAMPLE_RATE)
    part = read_wav(causal.cut_off(path, tmp_path, 0.25))
    assert np.array_equal(part, read_wav(path)[: SAMPLE_RATE // 4])


@pytest.mark.parametrize("ahead_s", [0.0, 1.0, 2.0])
def test_who_looks_further_ahead_than_the_delay_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ahead_s: float
) -> None:
    """A program that cuts ahead_s before each knock."""
    track = np.zeros((1, 30 * SAMPLE_RATE), np.float32)
    track[0, :: SAMPLE_RATE // 2] = 0.9

    def cut_before_knocks(microphones: Sequence[Path], _mode: Mode) -> Answer:
        knocks_s = np.flatnonzero(read_wav(microphones[0]) > 0.5) / SAMPLE_RATE
        cuts = tuple(Cut(float(t_s) - ahead_s, index % 2) for index, t_s in enumerate(knocks_s))
        return Answer(cuts, programme_delay_s=1.0)

    monkeypatch.setattr(causal, "ask", cut_before_knocks)
    microphones = write_show(tmp_path / "show", track, SAMPLE_RATE)
    whole = cut_before_knocks(microphones, LIVE)
    assert causal.is_causal(microphones, LIVE, whole) is (ahead_s <= 1.0)


def test_workers_do_all_and_the_first_error_ends_them() -> None:
    assert sorted(workers.in_parallel(abs, [-3, 2, -1], 2)) == [1, 2, 3]
    began_s = time.monotonic()
    with pytest.raises(ValueError, match="sleep length must be non-negative"):
        list(workers.in_parallel(time.sleep, [-1, 60, 60, 60], 2))
    assert time.monotonic() - began_s < 30


def test_cpu_of_children_is_counted() -> None:
    assert program._children_cpu_s() >= 0
