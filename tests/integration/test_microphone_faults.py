"""Real microphones that vanish, come back, are missing or serve several people, in the middle of real shows."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.core.canvas import SAMPLE_RATE
from director_app.core.sources import MicrophoneId, SourceState
from director_app.engine.show_engine import ShowEngine
from director_app.post.check import check_session
from director_app.session.manifest import read_manifest
from director_app.session.show import Show
from tests.helpers.pulse import PulseAudio
from tests.helpers.running import director
from tests.helpers.shows import events_of, show_file, small_show, wait_for_slot
from tests.helpers.wait import eventually

pytestmark = pytest.mark.light

ANA, BEN = MicrophoneId("mic_a"), MicrophoneId("mic_b")


@pytest.fixture(scope="module")
def pulse() -> Iterator[PulseAudio]:
    with PulseAudio({"Lavalier": 1, "Mixer": 2}) as server:
        yield server


def device(identity: str, camera: str, name: str, channel: int = 1) -> dict[str, Any]:
    return {
        "id": identity,
        "label": camera.upper(),
        "camera": camera,
        "kind": "device",
        "device": name,
        "channel": channel,
    }


@contextmanager
def running(show: Show, sessions: Path) -> Iterator[tuple[ShowEngine, Path]]:
    """A show that is being recorded; closed at the end of the block."""
    engine = ShowEngine(show, sessions)
    try:
        engine.open()
        yield engine, engine.record()
        engine.stop()
    finally:
        engine.close()


def state_of(engine: ShowEngine, microphone: MicrophoneId) -> SourceState | None:
    snapshot = engine.snapshot()
    return None if snapshot is None else snapshot.microphones[microphone]


def sound_of(path: Path) -> NDArray[np.float32]:
    """All samples of a FLAC, full scale 1."""
    with av.open(str(path)) as container:
        parts = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    sound: NDArray[np.float32] = np.concatenate(parts).astype(np.float32) / np.float32(2**31)
    return sound


def tone(channels: int, loud: int, seconds: float = 30.0) -> NDArray[np.float32]:
    sound = np.zeros((round(SAMPLE_RATE * seconds), channels), np.float32)
    sound[:, loud] = 0.3 * np.sin(2 * np.pi * 440 * np.arange(len(sound)) / SAMPLE_RATE)
    return sound


def is_loud(sound: NDArray[np.float32]) -> NDArray[np.bool_]:
    """For each tenth of a second, whether there is anything."""
    tenths = sound[: len(sound) // 4800 * 4800].reshape(-1, 4800)
    loud: NDArray[np.bool_] = np.sqrt((tenths**2).mean(axis=1)) > 0.05
    return loud


def has_length_of(folder: Path, name: str) -> bool:
    manifest = read_manifest(folder)
    return len(sound_of(folder / name)) == manifest.canvas.canvas().first_sample_of(manifest.slots or 0)


def test_a_microphone_that_vanishes_and_comes_back_leaves_silence_of_the_right_length(tmp_path: Path) -> None:
    show = small_show(1, microphone=[device(ANA, "a", "Lavalier")])
    with PulseAudio({"Lavalier": 1}) as own:
        folder = record_while_unplugged(own, show, tmp_path)
    lost, back = events_of(folder, "source_lost", "source_back")
    assert (lost["type"], lost["source"], back["type"], back["source"]) == ("source_lost", ANA, "source_back", ANA)
    assert "Lavalier" in lost["detail"]
    assert check_session(folder).is_good
    assert has_length_of(folder, "mic_1.flac")
    loud = is_loud(sound_of(folder / "mic_1.flac"))
    assert loud[1 : int(lost["t_s"] * 10) - 15].all()
    assert not loud[int(lost["t_s"] * 10) + 1 : int(back["t_s"] * 10) - 10].any()
    assert loud[-3:].all()


def record_while_unplugged(pulse: PulseAudio, show: Show, sessions: Path) -> Path:
    with pulse.playing("Lavalier", tone(1, 0)), running(show, sessions) as (engine, folder):
        eventually(lambda: state_of(engine, ANA) is SourceState.OK, 10, "it delivers")
        wait_for_slot(engine, 60)
        pulse.unplug("Lavalier")
        eventually(lambda: state_of(engine, ANA) is SourceState.LOST, 10, "the loss is noticed")
        assert "The microphone of A has gone." in str(engine.notices.all())
        pulse.plug_in("Lavalier")
        eventually(lambda: state_of(engine, ANA) is SourceState.OK, 15, "it is back")
        with pulse.playing("Lavalier", tone(1, 0)):
            wait_for_slot(engine, recorded_slots(engine) + 45)
    return folder


def recorded_slots(engine: ShowEngine) -> int:
    snapshot = engine.snapshot()
    assert snapshot is not None
    return round(snapshot.t_s * 30)


def test_a_microphone_missing_at_the_start_is_silence_and_keeps_no_show_from_starting(
    pulse: PulseAudio, tmp_path: Path
) -> None:
    show = small_show(microphone=[device(ANA, "a", "Nowhere"), device(BEN, "b", "Lavalier")])
    with pulse.playing("Lavalier", tone(1, 0)), running(show, tmp_path) as (engine, folder):
        eventually(lambda: state_of(engine, ANA) is SourceState.LOST, 10, "it is noticed")
        wait_for_slot(engine, 75)
    assert has_length_of(folder, "mic_1.flac") and has_length_of(folder, "mic_2.flac")
    assert not sound_of(folder / "mic_1.flac").any()
    assert is_loud(sound_of(folder / "mic_2.flac"))[-10:].all()
    assert check_session(folder).is_good


def test_the_command_line_refuses_a_missing_microphone_or_starts_anyway(pulse: PulseAudio, tmp_path: Path) -> None:
    show = show_file(tmp_path / "show.toml", 1)
    text = show.read_text("utf-8")
    beginning, microphone = text.split("[[microphone]]")
    microphone = microphone.replace('"synthetic"', '"device"\ndevice = "Lavalir"')
    show.write_text(f"{beginning}[[microphone]]{microphone}", "utf-8")
    with director("run", show, "--sessions", tmp_path) as refused:
        assert refused.ended() == 2
        refused.wait_for('Microphone "A": there is no device "Lavalir". Present: ')
        assert '"Lavalier" (ALSA)' in refused.news[0]
    with director("run", show, "--sessions", tmp_path, "--for", "1s", "--start-anyway") as started:
        assert started.ended() == 0
        started.wait_for("The microphone of A has gone.")
    assert check_session(Path(started.results[-1])).is_good


def test_one_device_serves_as_two_microphones(pulse: PulseAudio, tmp_path: Path) -> None:
    show = small_show(microphone=[device(ANA, "a", "Mixer", 1), device(BEN, "b", "Mixer", 2)])
    with pulse.playing("Mixer", tone(2, loud=1)), running(show, tmp_path) as (engine, folder):
        eventually(lambda: state_of(engine, BEN) is SourceState.OK, 10, "it delivers")
        wait_for_slot(engine, 75)
    ana, ben = sound_of(folder / "mic_1.flac"), sound_of(folder / "mic_2.flac")
    assert len(ana) == len(ben)
    assert not is_loud(ana).any()
    assert is_loud(ben)[-10:].all()
    assert check_session(folder).is_good
