"""Ticks: complete, overdue, without microphones, and their end; and the thread that makes them."""

import threading
from collections.abc import Sequence

import numpy as np
import pytest

from director_app.core.sound_batch import TOGETHER
from director_app.media.sound.block import SoundBlock
from director_app.media.sound.intake import MicrophoneIntake
from director_app.media.sound.packets import SoundTick
from director_app.media.sound.sinks import ListenerSink
from director_app.media.sound.sound_thread import SoundThread
from director_app.media.sound.ticks import TickAssembler

ORIGIN_NS = 5_000_000_000
MS = 1_000_000


def block(end_ms: float, value: float = 0.25) -> SoundBlock:
    """20 ms whose last sample was captured end_ms after the origin."""
    return SoundBlock(np.full((960, 1), value, np.float32), 48_000, ORIGIN_NS + round(end_ms * MS))


class Alive:
    """Whether a feed is healthy, to be switched by a test."""

    def __init__(self) -> None:
        self.ok = True

    def __call__(self) -> bool:
        return self.ok


def fed(until_ms: int, alive: Alive) -> MicrophoneIntake:
    intake = MicrophoneIntake(ORIGIN_NS, alive)
    for end_ms in range(-180, until_ms + 1, 20):
        intake.offer(block(end_ms))
    return intake


def step(assembler: TickAssembler, now_ms: float) -> list[SoundTick]:
    return list(assembler.step(ORIGIN_NS + round(now_ms * MS)))


def test_no_microphones_still_tick() -> None:
    ticks = step(TickAssembler(ORIGIN_NS, []), 60)
    assert [(tick.index, tick.start_sample, tick.samples.shape) for tick in ticks] == [
        (0, 0, (0, 960)),
        (1, 960, (0, 960)),
        (2, 1920, (0, 960)),
    ]


def test_a_tick_waits_for_a_living_microphone() -> None:
    assembler = TickAssembler(ORIGIN_NS, [fed(100, Alive()), late := fed(60, Alive())])
    assert len(step(assembler, 110)) == 2
    for end_ms in (80, 100):
        late.offer(block(end_ms))
    ticks = step(assembler, 112)
    assert [tick.missing for tick in ticks] == [(0, 0)] * 2


def test_overdue_by_200_ms_is_zeros() -> None:
    assembler = TickAssembler(ORIGIN_NS, [fed(60, Alive())])
    assert len(step(assembler, 110)) == 2
    tick = step(assembler, 281)[-1]
    assert tick.index == 3
    assert tick.missing[0] >= 900


def test_a_lost_microphone_is_not_waited_for() -> None:
    alive = Alive()
    assembler = TickAssembler(ORIGIN_NS, [fed(60, alive)])
    step(assembler, 61)
    alive.ok = False
    assert step(assembler, 200)[-1].index == 9


def test_a_silent_microphone_is_not_waited_for_after_300_ms() -> None:
    assembler = TickAssembler(ORIGIN_NS, [fed(60, Alive())])
    step(assembler, 61)
    assert step(assembler, 362)[-1].index == 17


def test_the_end_is_exact_and_the_last_tick_partial() -> None:
    assembler = TickAssembler(ORIGIN_NS, [fed(100, Alive())])
    assembler.end_at(1000)
    ticks = step(assembler, 100)
    assert [tick.count for tick in ticks] == [960, 40]
    assert not ticks[-1].samples[0, 40:].any()
    assert ticks[-1].samples[0, :40].all()
    assert assembler.done
    assert step(assembler, 200) == []


def test_after_a_long_stall_every_sound_is_in_its_place_and_the_rest_is_silence() -> None:
    intakes = [fed(1_000, Alive()), late := fed(1_000, Alive())]
    assembler = TickAssembler(ORIGIN_NS, intakes)
    before = step(assembler, 1_000)
    # Its feed went on for a while after everything else stood still.
    for end_ms in range(1_020, 8_001, 20):
        late.offer(block(end_ms, 0.5))
    ticks = before + step(assembler, 41_000)
    assert [tick.index for tick in ticks] == list(range(len(ticks)))
    assert ticks[-1].end_sample >= 48_000 * 40
    sound = np.concatenate([tick.samples for tick in ticks], axis=1)
    assert sound[0, 1_000:47_000].all() and not sound[0, 48_000:].any()
    assert sound[1, 49_000 : 48_000 * 8 - 1_000].all() and not sound[1, 48_000 * 8 + 1_000 :].any()
    missing = sum(tick.missing[1] for tick in ticks)
    assert abs(missing - (len(ticks) * 960 - 48_000 * 8)) < 1_000


def test_a_full_queue_drops_the_oldest_and_leaves_a_gap() -> None:
    intake = MicrophoneIntake(ORIGIN_NS, Alive())
    for end_ms in range(20, 12_001, 20):
        intake.offer(block(end_ms))
    intake.drain(ORIGIN_NS)
    assert intake.overflows == 100
    assert intake.track.take(0, 96_000 - 960).missing == 96_000 - 960
    assert intake.track.take(96_000 - 960, 48_000).missing <= 960


@pytest.mark.parametrize("method", ["push", "lost", "take"])
def test_a_broken_microphone_is_silent_is_told_once_and_keeps_nobody_waiting(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: list[tuple[int, str]] = []
    intakes = [fed(100, Alive()), bad := fed(100, alive := Alive())]
    assembler = TickAssembler(ORIGIN_NS, intakes, lambda row, error: broken.append((row, str(error))))
    (first,) = step(assembler, 21)
    assert first.samples[1].all()

    def fail(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(bad.track, method, fail)
    alive.ok = method != "lost"
    ticks = step(assembler, 41) + step(assembler, 81)
    assert [tick.index for tick in ticks] == [1, 2, 3]
    assert [tick.missing for tick in ticks] == [(0, 960)] * 3
    assert all(tick.samples[0].all() and not tick.samples[1].any() for tick in ticks)
    assert broken == [(1, "oh")]


class Clock:
    """Stands still a millisecond after the end of sample 10,000: ten ticks are over, the eleventh is not."""

    def __call__(self) -> int:
        return ORIGIN_NS + 10_000 * 1_000_000_000 // 48_000 + MS


def test_the_thread_ends_exactly_and_ends_its_sinks() -> None:
    ticks: list[SoundTick] = []
    ended: list[int] = []

    class Sink(ListenerSink):
        def finish(self, end_sample: int) -> None:
            ended.append(end_sample)

    thread = SoundThread(TickAssembler(ORIGIN_NS, []), [Sink(ticks.extend)], TOGETHER, now_ns=Clock())
    thread.start()
    thread.stop(10_000)
    thread.stop(10_000)
    assert ended == [10_000]
    assert sum(tick.count for tick in ticks) == 10_000


def test_one_failing_sink_costs_only_itself() -> None:
    ticks: list[SoundTick] = []
    failed = threading.Event()

    def fail(_: Sequence[SoundTick]) -> None:
        raise OSError("the encoder broke")

    thread = SoundThread(
        TickAssembler(ORIGIN_NS, []),
        [ListenerSink(fail), ListenerSink(ticks.extend)],
        TOGETHER,
        on_failure=lambda _: failed.set(),
        now_ns=Clock(),
    )
    thread.start()
    assert failed.wait(5)
    with pytest.raises(OSError, match="the encoder broke"):
        thread.stop(10_000)
    assert ticks[-1].end_sample == 10_000


def test_a_microphone_that_breaks_ends_neither_the_thread_nor_the_others() -> None:
    ticks: list[SoundTick] = []
    broken = threading.Event()
    good, bad = fed(260, Alive()), fed(260, Alive())
    bad.offer(SoundBlock(np.zeros(960, np.float32), 48_000, ORIGIN_NS))
    assembler = TickAssembler(ORIGIN_NS, [good, bad], lambda _row, _error: broken.set())
    thread = SoundThread(assembler, [ListenerSink(ticks.extend)], TOGETHER, now_ns=Clock())
    thread.start()
    thread.stop(10_000)
    assert broken.is_set()
    assert ticks[-1].end_sample == 10_000
    assert {tick.missing for tick in ticks} == {(0, tick.count) for tick in ticks}


def test_a_thread_that_does_not_end_in_time_is_still_alive() -> None:
    entered, go_on = threading.Event(), threading.Event()

    def wait(_: Sequence[SoundTick]) -> None:
        entered.set()
        go_on.wait(5)

    thread = SoundThread(TickAssembler(ORIGIN_NS, []), [ListenerSink(wait)], TOGETHER, now_ns=Clock())
    thread.start()
    assert entered.wait(5)
    with pytest.raises(TimeoutError, match="sound thread"):
        thread.stop(10_000, timeout_s=0.01)
    assert thread.is_alive
    go_on.set()
    thread.stop(10_000)
    assert not thread.is_alive


def test_a_thread_that_never_started_stops() -> None:
    SoundThread(TickAssembler(ORIGIN_NS, []), [], TOGETHER).stop(0)
