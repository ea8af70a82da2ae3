"""One contract for every kind of microphone, and what only real devices do: vanish, return, carry several people."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import psutil
import pytest
from numpy.typing import NDArray

from director_app.capture.errors import SourceLostError, SourceNotFoundError, SourceUnusableError
from director_app.capture.microphone_device import DeviceMicrophone
from director_app.capture.microphone_feed import MicrophoneFeed
from director_app.capture.microphone_file import FileMicrophone, Play
from director_app.capture.microphone_list import list_microphones
from director_app.capture.microphone_synthetic import SyntheticMicrophone, SyntheticSettings
from director_app.capture.reader import MicrophoneReader
from director_app.core.sound_batch import TOGETHER
from director_app.core.sources import SourceState
from director_app.media.sound.block import SoundBlock
from director_app.media.sound.flac import FlacEncoder, FlacFile
from director_app.media.sound.intake import MicrophoneIntake
from director_app.media.sound.packets import SoundTick
from director_app.media.sound.sinks import ListenerSink
from director_app.media.sound.sound_thread import SoundThread
from director_app.media.sound.ticks import TickAssembler
from tests.helpers.pulse import PulseAudio
from tests.helpers.wait import eventually

pytestmark = pytest.mark.light

MAKERS = ("device", "file", "synthetic")
Maker = Callable[[], MicrophoneReader]


@pytest.fixture(scope="module", autouse=True)
def pulse() -> Iterator[PulseAudio]:
    with PulseAudio({"Lavalier": 1, "Mixer": 4}) as server:
        yield server


@pytest.fixture(params=MAKERS)
def maker(request: pytest.FixtureRequest, tmp_path: Path) -> Maker:
    if request.param == "device":
        request.getfixturevalue("pulse")
        return lambda: DeviceMicrophone("Lavalier")
    if request.param == "synthetic":
        return lambda: SyntheticMicrophone(SyntheticSettings())
    path = write_flac(tmp_path / "voice.flac")
    return lambda: FileMicrophone(path, Play.LOOP)


def write_flac(path: Path) -> Path:
    encoder = FlacEncoder("voice")
    with path.open("wb") as file:
        flac = FlacFile(file, encoder.stream_info)
        for packet in (*encoder.encode(np.arange(9_600, dtype=np.int32)), *encoder.finish()):
            flac.write(packet)
        flac.close()
    encoder.close()
    return path


def children() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


def blocks_of(microphone: MicrophoneReader, count: int) -> list[SoundBlock]:
    deadline = time.monotonic() + 5
    blocks: list[SoundBlock] = []
    while len(blocks) < count:
        assert time.monotonic() < deadline, "the microphone delivers"
        if block := microphone.read(0.5):
            blocks.append(block)
    return blocks


def read_on(microphone: MicrophoneReader) -> None:
    """Until it raises, for at most five seconds."""
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        microphone.read(0.5)


def tone(channels: int, loud: int, seconds: float = 20.0) -> NDArray[np.float32]:
    """A tone in one channel, silence in the others."""
    sound = np.zeros((round(48_000 * seconds), channels), np.float32)
    sound[:, loud] = 0.3 * np.sin(2 * np.pi * 440 * np.arange(len(sound)) / 48_000)
    return sound


def test_the_contract(maker: Maker) -> None:
    before_children, before_threads = children(), threading.active_count()
    microphone = maker()
    microphone.close()
    microphone.open()
    blocks = blocks_of(microphone, 25)
    now_ns = time.perf_counter_ns()
    microphone.close()
    microphone.close()
    ends = [block.end_ns for block in blocks]
    assert ends == sorted(ends)
    assert len(set(ends)) == len(ends)
    assert -50_000_000 < now_ns - ends[-1] < 200_000_000
    assert {block.rate for block in blocks} == {48_000}
    assert all(0.01 <= len(block.samples) / block.rate <= 0.04 for block in blocks)
    assert all(block.samples.dtype == np.float32 and block.samples.ndim == 2 for block in blocks)
    length_s = sum(len(block.samples) for block in blocks[1:]) / 48_000
    assert (ends[-1] - ends[0]) / 1e9 == pytest.approx(length_s, abs=0.1)
    with pytest.raises(RuntimeError, match="not open"):
        microphone.read(0.01)
    assert (children(), threading.active_count()) == (before_children, before_threads)


def test_opened_again_it_delivers_again(maker: Maker) -> None:
    microphone = maker()
    for _ in range(2):
        microphone.open()
        assert blocks_of(microphone, 3)
        microphone.close()


def test_devices_are_listed_by_name(pulse: PulseAudio) -> None:
    found = {device.name: device for device in list_microphones()}
    assert {"Lavalier", "Mixer"} <= set(found)
    assert found["Mixer"].host_api == "ALSA"


def test_an_unknown_device_is_told_with_those_present(pulse: PulseAudio) -> None:
    with pytest.raises(SourceNotFoundError, match=r'no microphone "Lavalir"\. Present: .*"Lavalier" \(ALSA\)'):
        DeviceMicrophone("Lavalir").open()


def test_more_channels_than_there_are(pulse: PulseAudio) -> None:
    with pytest.raises(SourceUnusableError, match="32 channels, 40 are needed"):
        DeviceMicrophone("Lavalier", channels_needed=40).open()


def test_unplugged_is_lost_and_replugged_comes_back() -> None:
    with PulseAudio({"Lavalier": 1}) as own:
        unplug_and_replug(own)


def unplug_and_replug(pulse: PulseAudio) -> None:
    feed = MicrophoneFeed(DeviceMicrophone("Lavalier"), "Lavalier")
    heard: list[SoundBlock] = []
    feed.add_listener(heard.append)
    feed.start()
    try:
        eventually(lambda: feed.state is SourceState.OK, 5, "it delivers")
        pulse.unplug("Lavalier")
        eventually(lambda: feed.state is SourceState.LOST, 3, "the loss is noticed")
        assert feed.error is not None
        assert "Lavalier" in feed.error
        pulse.plug_in("Lavalier")
        count = len(heard)
        eventually(lambda: feed.state is SourceState.OK, 10, "it is back")
        assert heard[count].gap_before
    finally:
        feed.stop()


def test_a_mixer_serves_as_several_microphones(pulse: PulseAudio) -> None:
    feed = MicrophoneFeed(DeviceMicrophone("Mixer", channels_needed=4), "Mixer")
    feed.start()
    ticks: list[SoundTick] = []
    with pulse.playing("Mixer", tone(4, loud=2)):
        hear_the_mixer(feed, ticks)
    assert not any(any(tick.missing) for tick in ticks[5:])
    assert not any(tick.samples[row].any() for tick in ticks for row in (0, 1, 3))


def hear_the_mixer(feed: MicrophoneFeed, ticks: list[SoundTick]) -> None:
    try:
        eventually(lambda: feed.state is SourceState.OK, 5, "it delivers")
        origin_ns = time.perf_counter_ns()
        intakes = [MicrophoneIntake(origin_ns, lambda: feed.state is SourceState.OK, channel) for channel in range(4)]
        for intake in intakes:
            feed.add_listener(intake.offer)
        sound = SoundThread(TickAssembler(origin_ns, intakes), [ListenerSink(ticks.extend)], TOGETHER)
        sound.start()
        eventually(lambda: len(ticks) >= 30 and bool(ticks[-1].samples[2].any()), 5, "the tone arrives")
        late_ns = time.perf_counter_ns() - origin_ns - ticks[-1].end_sample * 1_000_000_000 // 48_000
        sound.stop(ticks[-1].end_sample + 9_600)
    finally:
        feed.stop()
    assert late_ns < 200_000_000


def test_a_killed_child_is_a_lost_microphone(pulse: PulseAudio) -> None:
    microphone = DeviceMicrophone("Mixer")
    microphone.open()
    assert microphone.child_pid is not None
    os.kill(microphone.child_pid, signal.SIGKILL)
    with pytest.raises(SourceLostError, match="Mixer"):
        read_on(microphone)
    microphone.close()


def test_a_frozen_child_is_lost_and_still_closes(pulse: PulseAudio) -> None:
    microphone = DeviceMicrophone("Mixer")
    microphone.open()
    blocks_of(microphone, 1)
    pid = microphone.child_pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(SourceLostError, match="nothing for a second"):
        read_on(microphone)
    microphone.close()
    assert not psutil.pid_exists(pid)


def test_ctrl_c_does_not_reach_the_child(pulse: PulseAudio) -> None:
    microphone = DeviceMicrophone("Mixer")
    microphone.open()
    assert microphone.child_pid is not None
    os.kill(microphone.child_pid, signal.SIGINT)
    assert blocks_of(microphone, 10)
    microphone.close()


def test_the_child_ends_with_its_parent(pulse: PulseAudio) -> None:
    code = (
        "import time; from director_app.capture.microphone_device import DeviceMicrophone; "
        "m = DeviceMicrophone('Mixer'); m.open(); print(m.child_pid, flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        child = int(parent.stdout.readline())
        parent.kill()
    eventually(lambda: not psutil.pid_exists(child) or is_zombie(child), 3, "the child has ended")


def is_zombie(pid: int) -> bool:
    """Orphans are reaped by process 1, where there is one that does."""
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True
