"""Who speaks, from made rooms: at all loudnesses, with broken microphones, live as well as afterwards."""

from functools import cache

import numpy as np
import pytest

from director_app.core.evidence import Heard
from director_app.core.turns import Span
from director_app.media.sound.packets import Pcm24
from director_app.speech.listening import Listening
from tests.bench.switching.sound import SAMPLE_RATE, Samples
from tests.helpers.rooms import Listened, Room, listened, names, pcm, sound_of, spoken, ticks

SECONDS = 23.0
TALK = spoken("abababab", 2.4)
KNOWN_S = 6.0
"""After the first turn of each."""


@cache
def room() -> Samples:
    """Two people at a table, in turns."""
    return sound_of(TALK, SECONDS, Room())


@cache
def heard_room() -> Listened:
    """The same, listened to."""
    return listened(room())


def at_gains(tracks: Samples, *gains_db: float) -> Samples:
    """Microphones that are set differently."""
    return (tracks * 10 ** (np.array(gains_db)[:, None] / 20)).astype(np.float32)


def after(spans: list[Span], from_s: float) -> list[Span]:
    """Those that begin later."""
    return [span for span in spans if span[0] >= from_s]


def assert_tells_apart(made: Listened, from_s: float = 0.0, least: float = 0.9, most: float = 0.05) -> None:
    """Everybody's own speech is found, and nobody's is taken for his."""
    for microphone in "ab":
        for talker in "ab":
            share = made.share(microphone, after(TALK[talker], from_s))
            assert share >= least if microphone == talker else share <= most, f"{talker} in microphone {microphone}"


def test_each_is_heard_at_his_own_microphone_only() -> None:
    assert_tells_apart(heard_room())


def test_nobody_speaks_in_the_pauses() -> None:
    made = sound_of({"a": [(2.0, 5.0)], "b": [(8.0, 10.0)]}, 12.0, Room())
    own = listened(made).own
    assert own[:95].mean() == 0
    assert own[270:395].mean() < 0.02


@pytest.mark.parametrize("gains_db", [(6.0, -6.0), (-12.0, 0.0)])
def test_microphones_may_be_set_12_db_apart(gains_db: tuple[float, float]) -> None:
    made = listened(at_gains(room(), *gains_db))
    assert_tells_apart(made, KNOWN_S)
    offsets = made.listening.own_speech.calibration.offsets_db
    assert offsets[0] - offsets[1] == pytest.approx(gains_db[0] - gains_db[1], abs=1.5)


def test_what_the_microphones_hear_of_each_other_is_found_out() -> None:
    for bleed_db in (-10.0, -20.0):
        tracks = sound_of(TALK, 16.0, Room(bleed_db=bleed_db, tail_db=-40.0))
        bleed = listened(tracks).listening.own_speech.calibration.bleed_db
        assert [bleed[0, 1], bleed[1, 0]] == pytest.approx([bleed_db] * 2, abs=2.5)


def test_both_at_once_are_both_heard() -> None:
    talk: dict[str, list[Span]] = {"a": [(0.5, 5.0), (12.0, 16.0)], "b": [(6.0, 10.0), (12.0, 16.0)]}
    made = listened(sound_of(talk, 17.0, Room()))
    for microphone in "ab":
        assert made.share(microphone, [(12.0, 16.0)]) > 0.5


def test_a_silent_extra_microphone_is_harmless() -> None:
    made = listened(np.vstack([room(), np.zeros_like(room()[:1])]))
    assert not made.own[:, 2].any()
    assert np.array_equal(made.own[:, :2], heard_room().own)


def test_an_extra_microphone_with_nobody_at_it_is_harmless() -> None:
    made = listened(sound_of(TALK, SECONDS, Room(), "abc"))
    assert_tells_apart(made, KNOWN_S)
    assert made.own[350:, 2].mean() < 0.02


def test_a_microphone_that_is_unplugged_and_comes_back() -> None:
    broken = room().copy()
    broken[1, round(10 * SAMPLE_RATE) : round(16 * SAMPLE_RATE)] = 0.0
    made = listened(broken)
    assert_tells_apart(made, 16.0)
    assert not made.own[505:800, 1].any()
    assert made.share("a", [span for span in TALK["a"] if 10 < span[0] < 15]) > 0.9


def test_a_microphone_that_is_plugged_in_late() -> None:
    broken = room().copy()
    broken[0, : round(10 * SAMPLE_RATE)] = 0.0
    assert_tells_apart(listened(broken), 13.0)


def test_a_gain_that_is_turned_in_the_middle_is_followed() -> None:
    turned = room().copy()
    turned[0, round(10 * SAMPLE_RATE) :] *= 2
    turned[1, round(10 * SAMPLE_RATE) :] /= 2
    assert_tells_apart(listened(turned), 16.0)


def test_devices_need_not_start_together() -> None:
    late = room().copy()
    late[1] = np.concatenate([np.zeros(round(0.02 * SAMPLE_RATE), np.float32), late[1]])[: late.shape[1]]
    assert_tells_apart(listened(late))


def test_one_microphone_hears_its_person() -> None:
    made = listened(sound_of({"a": TALK["a"]}, SECONDS, Room(), "a"))
    assert made.share("a", TALK["a"]) > 0.9
    assert made.share("a", TALK["b"]) < 0.05


def test_without_a_microphone_time_goes_on_all_the_same() -> None:
    every = ticks(np.zeros((0, 5 * 960), np.int32))
    assert Listening([]).hear(every) == [Heard(0.02 * (tick + 1), ()) for tick in range(5)]


def test_two_people_at_one_microphone_are_one_talker() -> None:
    talk = spoken("abcabcabc", 2.1)
    apart = sound_of(talk, SECONDS, Room(), "abc")
    made = listened(np.stack([apart[0] + apart[2], apart[1]]))
    for talker in "ac":
        assert made.share("a", talk[talker]) > 0.9
        assert made.share("b", talk[talker]) < 0.05
    assert made.share("b", talk["b"]) > 0.9
    assert made.share("a", talk["b"]) < 0.05


def test_two_microphones_of_one_person_do_not_take_turns() -> None:
    rng = np.random.default_rng(3)
    second = 0.7 * np.roll(room()[0], 9) + 0.001 * rng.standard_normal(room().shape[1])
    made = listened(np.stack([room()[0], second, room()[1]]).astype(np.float32))
    own = made.own[350:]
    either = own[:, 0] | own[:, 1]
    handed_over = (own[1:, 0] & own[:-1, 1] & ~own[:-1, 0]) | (own[1:, 1] & own[:-1, 0] & ~own[:-1, 1])
    assert int(handed_over.sum()) <= 2
    assert max(float(own[either, 0].mean()), float(own[either, 1].mean())) > 0.9, "one of them has it"
    assert made.share("c", after(TALK["b"], KNOWN_S)) > 0.9
    assert made.share("c", after(TALK["a"], KNOWN_S)) < 0.05


def hear_in(samples: Pcm24, sizes: list[int]) -> list[Heard]:
    """In batches of so many ticks."""
    every, listening = ticks(samples), Listening(names(len(samples)))
    found: list[Heard] = []
    first = 0
    while first < len(every):
        size = sizes.pop() if sizes else len(every)
        found += listening.hear(every[first : first + size])
        first += size
    return found


@cache
def short() -> Pcm24:
    """Some seconds, with a calibration or two in them."""
    return pcm(room()[:, : 9 * SAMPLE_RATE])


@cache
def as_in_a_show() -> list[Heard]:
    """In batches of four ticks."""
    return hear_in(short(), [4] * 200)


@pytest.mark.parametrize("seed", range(3))
def test_the_very_same_is_heard_in_whatever_batches_it_comes(seed: int) -> None:
    assert hear_in(short(), np.random.default_rng(seed).integers(1, 30, 500).tolist()) == as_in_a_show()


def test_what_is_still_to_come_changes_nothing() -> None:
    changed = short().copy()
    changed[:, 240 * 960 :] = -changed[::-1, 240 * 960 :] // 3
    whole, other = as_in_a_show(), hear_in(changed, [4] * 200)
    assert other[:240] == whole[:240]
    assert other[260:] != whole[260:]
    assert hear_in(short()[:, : 240 * 960], [4] * 200) == whole[:240]


def test_records_carry_the_names_and_the_times() -> None:
    heard = as_in_a_show()
    assert [each.t_s for each in heard] == [round(0.02 * (hop + 1), 6) for hop in range(450)]
    assert all([record.microphone for record in each.records] == ["a", "b"] for each in heard)


@pytest.mark.parametrize("kind", ["silence", "full scale", "one sample", "clicks"])
def test_no_sound_makes_numbers_that_are_none(kind: str) -> None:
    samples = np.zeros((3, 250 * 960), np.int32)
    if kind == "full scale":
        samples[:] = np.where(np.arange(samples.shape[1]) // 50 % 2, 2**23 - 1, -(2**23))
    elif kind == "one sample":
        samples[1, 100_000] = 1
    elif kind == "clicks":
        samples[:, ::4801] = 2**23 - 1
    for heard in hear_in(samples, [4] * 100):
        for record in heard.records:
            assert np.isfinite([record.level_db, record.noise_floor_db, record.margin_db]).all()
            assert record.voiced or not record.own_speech


def test_nobody_speaks_in_digital_silence() -> None:
    assert not any(
        record.own_speech for each in hear_in(np.zeros((2, 96_000), np.int32), []) for record in each.records
    )
