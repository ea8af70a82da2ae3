"""A sound check beside a running studio hears what the studio hears, opens nothing, and leaves everything going."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from director_app.core.sources import SourceState
from director_app.engine.sound_checking import (
    Asking,
    CheckNow,
    RunningCheck,
    Stage,
    What,
    asking_of,
    gain_control_advice,
    kept_figures,
    kept_prior,
)
from director_app.engine.studio import Studio
from director_app.engine.studio_state import Phase
from director_app.session.demo_show import demo_show
from director_app.session.show import Show
from director_app.session.sound_checks import default_file
from tests.bench.switching.generate import make_show
from tests.bench.switching.sound import SAMPLE_RATE
from tests.bench.switching.truth import OWN_DATA, Excerpt
from tests.bench.switching.voices import find_voices
from tests.helpers.short_sound_check import shorten
from tests.helpers.shows import small_show
from tests.helpers.sound_files import write_sound
from tests.helpers.wait import eventually

pytestmark = pytest.mark.light


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    shorten(monkeypatch)


@contextmanager
def studio_of(show: Show, sessions: Path) -> Iterator[Studio]:
    """Open, and ready."""
    with closing(Studio(sessions)) as studio:
        studio.start(show)
        eventually(lambda: studio.look().phase is Phase.READY, 20, "the studio is ready")
        yield studio


def room(folder: Path, **second: Any) -> Show:
    """Ana and Ben talk in turn, over and over; second: what is different with Ben's microphone."""
    spoken = Excerpt("check", 6.0, (((1.3, 2.9),), ((3.5, 5.3),)))
    tracks, _ = make_show(spoken, "table", 1, find_voices(OWN_DATA / "voices"))
    tables: list[dict[str, Any]] = [
        {"id": f"mic_{letter}", "label": name, "camera": letter, "kind": "file", "path": file}
        for letter, name, file in zip(
            "ab",
            ("Ana", "Ben"),
            [write_sound(folder / f"{row}.wav", track, rate=SAMPLE_RATE) for row, track in enumerate(tracks)],
            strict=True,
        )
    ]
    tables[1] |= second
    return small_show(2, microphone=tables)


def _before_ana(studio: Studio) -> bool:
    """A second before she does, in each round of the six seconds."""
    assert studio._sources is not None
    return (time.perf_counter_ns() - studio._sources.epoch_ns) / 1e9 % 6 < 0.3


def ended(check: RunningCheck) -> CheckNow:
    """How it was when it ended."""
    eventually(lambda: check.look().stage is not Stage.LISTENING, 60, "the sound check ends")
    return check.look()


def test_a_check_listens_along_and_what_it_found_is_used_by_the_next_show(tmp_path: Path) -> None:
    show, kept = room(tmp_path), default_file()
    with studio_of(show, tmp_path / "sessions") as studio:
        lines = studio.microphone_lines()
        eventually(lambda: _before_ana(studio), 20, "Ana is about to speak")
        with closing(RunningCheck(show, lines)) as check:
            assert (check.look().stage, check.look().asked) == (Stage.LISTENING, None)
            check.start()
            eventually(lambda: check.look().asked == 0, 20, "Ana is asked")
            eventually(lambda: check.look().asked == 1, 20, "Ben is asked")
            assert check.look().heard_s[0] > 0
            now = ended(check)
        assert studio.microphone_lines() == lines
        assert all(line.feed.state is SourceState.OK for line in lines)
    assert (now.stage, now.problem, now.asking) == (Stage.DONE, None, Asking.IN_TURN)
    assert now.result is not None and now.kept.startswith("Shows with these microphones begin")
    assert [each.what for each in now.result.found] == [What.GOOD, What.GOOD]
    speech_db, noise_db, bleed = now.result.speech_db(0), now.result.noise_db(0), now.result.bleed(0)
    assert speech_db is not None and noise_db is not None and speech_db > noise_db + 10
    assert bleed is not None and bleed[0] == 1 and bleed[1] < 0
    assert not now.result.noise_rises(0)
    assert kept.exists() and kept_prior(show)[0] is not None
    figures = kept_figures(show)
    assert figures is not None and figures.own_db == pytest.approx((speech_db, now.result.speech_db(1)), abs=0.01)
    assert figures.bleed[0] == pytest.approx(bleed, abs=0.01)


def test_a_check_that_is_stopped_keeps_nothing(tmp_path: Path) -> None:
    show = small_show(2)
    with studio_of(show, tmp_path / "sessions") as studio:
        with closing(RunningCheck(show, studio.microphone_lines())) as check:
            check.start()
            eventually(lambda: check.look().lasted_s > 0, 20, "something is heard")
            check.stop()
            assert ended(check).stage is Stage.STOPPED
        check.close()
    assert not default_file().exists()


def test_a_microphone_that_is_missing_is_named_before_anybody_is_asked(tmp_path: Path) -> None:
    show = room(tmp_path, path=tmp_path / "gone.wav")
    with (
        studio_of(show, tmp_path / "sessions") as studio,
        closing(RunningCheck(show, studio.microphone_lines())) as check,
    ):
        check.start()
        now = ended(check)
    assert now.stage is Stage.FAILED
    assert now.problem is not None and now.problem.startswith('Microphone "Ben": ') and "gone.wav" in now.problem


def test_a_check_that_was_never_started_is_closed(tmp_path: Path) -> None:
    RunningCheck(small_show(2), ()).close()


def test_nobody_is_asked_in_the_demo_show() -> None:
    assert asking_of(demo_show()) is Asking.AT_WILL
    assert asking_of(small_show(2)) is Asking.IN_TURN


def test_the_advice_is_that_of_this_computer() -> None:
    assert "AGC" in gain_control_advice()
