"""The methods to compare with do what their names say, on shows so easy that anybody gets them right."""

from itertools import pairwise

import numpy as np

from tests.bench.switching.generate import make_show
from tests.bench.switching.mistakes import MIN_SHOT_S
from tests.bench.switching.score import score
from tests.bench.switching.simple_methods import loudest_microphone, voice_detectors
from tests.bench.switching.truth import OWN_DATA, Excerpt
from tests.bench.switching.voices import find_voices

EASY = Excerpt("easy", 60.0, (((1, 10), (21, 29), (45, 58)), ((11, 20), (30, 44))))


def test_both_find_out_who_speaks_into_a_lavalier_and_obey_the_minimum_shot() -> None:
    tracks, truth = make_show(EASY, "lav", 3, find_voices(OWN_DATA / "voices"))
    for method in (loudest_microphone, voice_detectors):
        cuts = method(tracks)
        got = score(truth, cuts)
        assert got.quality > 80, method.__name__
        assert got.short_shots_pct == 0
        assert all(b.t_s - a.t_s >= MIN_SHOT_S - 1e-9 for a, b in pairwise(cuts))


def test_both_are_causal() -> None:
    tracks, _ = make_show(EASY, "table", 3, find_voices(OWN_DATA / "voices"))
    for method in (loudest_microphone, voice_detectors):
        whole, part = method(tracks), method(tracks[:, : tracks.shape[1] // 2])
        assert [cut for cut in whole if cut.t_s <= 30] == part


def test_silence_is_stayed_in() -> None:
    silence = np.zeros((2, 16_000 * 5), np.float32)
    assert loudest_microphone(silence) == []
    assert voice_detectors(silence) == []
