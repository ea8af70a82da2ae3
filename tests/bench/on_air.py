"""On air from the first word: how near the first picture of a new holder lies to the floor change, read from pixels.

A simulated conversation of four people plays into a real recording; what is counted is program.mp4.
"""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.engine.show_engine import ShowEngine
from director_app.post.microphone_files import open_microphone_files
from director_app.session.show import Show
from director_app.session.show_file import parse_show
from tests.bench.cuts import strips
from tests.bench.row import Row, Sense, shown
from tests.bench.shows import room
from tests.bench.switching.generate import make_show
from tests.bench.switching.reference import reference
from tests.bench.switching.sound import SAMPLE_RATE as MADE_RATE
from tests.bench.switching.sound import Samples, write_wav
from tests.bench.switching.truth import OWN_DATA, Truth
from tests.bench.switching.turn_taking import simulate
from tests.bench.switching.voices import find_voices

_PEOPLE = 4
_FPS = 30
_SEED = 41
_NEAR_S = 0.2
_HOLD_MIN_S = 2.0
_LEAD_IN_S = 5.0
_COMPARED_S = 20


def rows(folder: Path) -> Iterator[Row]:
    """Ten minutes, a meeting at table level, 1.0 s programme delay, 640 x 360."""
    yield from _measured(room(folder, "on-air"), 600.0)


def _measured(sessions: Path, seconds: float) -> Iterator[Row]:
    voices = find_voices(OWN_DATA / "voices")
    tracks, truth = make_show(simulate(_PEOPLE, seconds, _SEED, "meeting"), "table", _SEED, voices)
    files = [sessions / f"person_{number}.wav" for number in range(1, _PEOPLE + 1)]
    for path, track in zip(files, tracks, strict=True):
        write_wav(path, track)
    session = _recorded(_show(files), sessions, seconds)
    offset_s = _played_from_s(session, tracks)
    shown_cameras = [None if strip is None else strip.camera_index for strip in strips(session / "program.mp4")]
    late_s = [each for each in _distances_s(truth, shown_cameras, offset_s) if each is not None]
    changes = len(_changes(truth))
    share = 100 * sum(abs(each) <= _NEAR_S for each in late_s) / changes
    conditions = f"of {changes} floor changes, {seconds / 60:.0f} min, four people at a table, delay 1.0 s"
    yield Row("on-air-near", share, "%", Sense.AT_LEAST, 70.0, f"first picture within {_NEAR_S:g} s {conditions}")
    yield shown("on-air-median", float(np.median(late_s)), "s", "first picture after the floor change")
    yield shown("on-air-missed", changes - len(late_s), "changes", "never shown while they held the floor")


def _show(files: Sequence[Path]) -> Show:
    people = range(1, _PEOPLE + 1)
    return parse_show(
        {
            "title": "On air",
            "canvas": {"width": 640, "height": 360, "fps": _FPS},
            "recording": {"preset": "ultrafast"},
            "camera": [{"id": f"cam_{each}", "label": f"Person {each}", "kind": "synthetic"} for each in people],
            "microphone": [
                {
                    "id": f"mic_{each}",
                    "label": f"Person {each}",
                    "camera": f"cam_{each}",
                    "kind": "file",
                    "path": str(path),
                    "loop": False,
                }
                for each, path in zip(people, files, strict=True)
            ],
        },
        "the measurement",
    )


def _recorded(show: Show, sessions: Path, seconds: float) -> Path:
    engine = ShowEngine(show, sessions)
    try:
        engine.open()
        session = engine.record()
        time.sleep(seconds)
    finally:
        engine.close()
    return session


def _played_from_s(session: Path, tracks: Samples) -> float:
    """Session time at which the made sound began (negative: before slot 0), found by comparing the recorded sound."""
    every = MADE_RATE * _COMPARED_S
    with open_microphone_files([session / "mic_1.flac"]) as files:
        pieces = [tick.samples[0] for ticks in files.ticks() for tick in ticks]
    heard = np.concatenate(pieces)[:: SAMPLE_RATE // MADE_RATE][:every].astype(np.float64)
    lag = _best_lag(heard, tracks[0, : every + round(_LEAD_IN_S * MADE_RATE)].astype(np.float64))
    return -lag / MADE_RATE


def _best_lag(heard: NDArray[np.float64], made: NDArray[np.float64]) -> int:
    """Which sample of the made sound was heard first."""
    size = len(heard) + len(made)
    likeness = np.fft.irfft(np.fft.rfft(made, size) * np.conj(np.fft.rfft(heard, size)), size)
    best = int(np.argmax(likeness))
    return best if best < len(made) else best - size


def _changes(truth: Truth) -> list[tuple[float, float, int]]:
    """(from, to, holder) of every period of the floor that is long enough to be followed, but the first."""
    periods = reference(truth).periods[1:]
    return [each for each in periods if each.end_s - each.start_s >= _HOLD_MIN_S and each.start_s > _LEAD_IN_S]


def _distances_s(truth: Truth, cameras: Sequence[int | None], offset_s: float) -> Iterator[float | None]:
    """From each floor change to the first picture of the shot that shows the new holder; negative is early."""
    for start_s, end_s, holder in _changes(truth):
        first, end = (round((each + offset_s) * _FPS) for each in (start_s, end_s))
        slot = next((slot for slot in range(max(0, first), min(end, len(cameras))) if cameras[slot] == holder), None)
        while slot is not None and slot > 0 and cameras[slot - 1] == holder:
            slot -= 1
        yield None if slot is None else slot / _FPS - offset_s - start_s
