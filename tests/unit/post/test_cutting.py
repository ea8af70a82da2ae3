"""The director over files: what comes out is what was on air, and it knows nothing of what comes later."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from director_app.capture.demo import DEMO_PEOPLE
from director_app.core.cuts_fall import CutsFall
from director_app.core.styles import Style, rules
from director_app.media.sound.packets import SoundTick
from director_app.post.cutting import CutRun, ProgramSettings, live_cuts, table
from director_app.post.microphone_files import open_microphone_files
from tests.helpers.sound_files import RATE, demo_files, demo_sound, write_sound


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Half a minute of three people."""
    return demo_files(tmp_path_factory.mktemp("talk"), 30.0)


def cut(paths: Sequence[Path], settings: ProgramSettings | None = None, length_s: float = 1e9) -> CutRun:
    """The live cuts of these files, or of their beginning."""
    settings = settings or ProgramSettings()
    chosen = rules(Style.NORMAL, settings.programme_delay_s)
    with open_microphone_files(paths) as files:
        sound = beginning(files.ticks(), round(length_s / 0.02))
        return live_cuts(sound, table([path.stem for path in paths]), chosen, settings)


def beginning(sound: Iterator[Sequence[SoundTick]], ticks: int) -> Iterator[Sequence[SoundTick]]:
    """The first ticks."""
    for batch in sound:
        kept = [tick for tick in batch if tick.index < ticks]
        if kept:
            yield kept


def shots(run: CutRun, end_s: float = 1e9) -> list[tuple[str, int]]:
    """(camera, first slot)."""
    return [(air.shot.camera, air.shot.first) for air in run.shots if air.shot.first / 30 < end_s]


def test_the_talkers_come_on_air_one_after_the_other_and_every_cut_says_why(talk: list[Path]) -> None:
    run = cut(talk)
    assert run.opening == "wide"
    assert run.length_s == 30.0
    assert {camera for camera, _ in shots(run)} == {"wide", "0", "1", "2"}
    assert all(air.cut is not None and air.cut.reason and air.cut.target == air.shot.camera for air in run.shots[1:])
    assert run.shots[-1].shot.end == 900


@pytest.mark.parametrize("fall", CutsFall)
@pytest.mark.parametrize("delay_s", [0.0, 1.0, 3.0])
def test_no_automatic_shot_is_shorter_than_the_rules_say(fall: CutsFall, delay_s: float, talk: list[Path]) -> None:
    run = cut(talk, ProgramSettings(delay_s, fall))
    assert len(run.shots) > 3
    assert all(air.shot.end - air.shot.first >= 45 for air in run.shots[1:-1])


@pytest.mark.parametrize("delay_s", [0.0, 1.0])
def test_what_comes_later_than_the_delay_changes_nothing(delay_s: float, talk: list[Path]) -> None:
    whole = cut(talk, ProgramSettings(delay_s))
    for length_s in (7.02, 13.3, 21.74):
        until_s = length_s - delay_s
        assert shots(cut(talk, ProgramSettings(delay_s), length_s=length_s), until_s) == shots(whole, until_s)


def test_cuts_that_may_fall_anywhere_fall_no_later_than_those_on_key_frames(talk: list[Path]) -> None:
    on_keys, anywhere = (cut(talk, ProgramSettings(cuts_fall=fall)) for fall in CutsFall)
    assert [camera for camera, _ in shots(on_keys)] == [camera for camera, _ in shots(anywhere)]
    assert all(free <= key for (_, key), (_, free) in zip(shots(on_keys), shots(anywhere), strict=True))


def test_a_constant_offset_of_the_samples_changes_no_cut(talk: list[Path], tmp_path: Path) -> None:
    shifted = [
        write_sound(tmp_path / path.name, demo_sound(who, 30.0) + 0.1)
        for who, path in zip(DEMO_PEOPLE, talk, strict=True)
    ]
    before, after = shots(cut(talk)), shots(cut(shifted))
    assert [camera for camera, _ in before] == [camera for camera, _ in after]
    assert all(abs(one - other) <= 3 for (_, one), (_, other) in zip(before, after, strict=True))


@pytest.mark.parametrize("people", [1, 12])
def test_one_microphone_or_twelve(people: int, talk: list[Path], tmp_path: Path) -> None:
    room = [write_sound(tmp_path / f"{number}.wav", np.zeros(RATE)) for number in range(people - 1)]
    run = cut([talk[0], *room], length_s=12.0)
    assert shots(run)[0] == ("wide", 0)
    assert shots(run)[1][0] == "0"


def test_silence_keeps_the_wide_camera(tmp_path: Path) -> None:
    run = cut([write_sound(tmp_path / f"{name}.wav", np.zeros(5 * RATE)) for name in "ab"])
    assert shots(run) == [("wide", 0)]
    assert (run.shots[0].cut, run.shots[0].shot.end) == (None, 150)
