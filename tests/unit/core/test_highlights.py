"""The best moments of made-up shows: what is chosen, where clips begin and end, and how much there is of them."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest

from director_app.core.cut_list import Shot, cut_list
from director_app.core.edits import parts_of, whole_show
from director_app.core.highlight_material import Marker, Material
from director_app.core.highlight_rules import HighlightRules
from director_app.core.highlights import Clip, highlights
from director_app.core.score_reference import OutOfUse
from director_app.core.shot_costs import Talk
from director_app.core.sources import CameraId, MicrophoneId
from director_app.core.turns import Span, disjoint, floor, turns
from tests.bench.switching.turn_taking import MANNERS, simulate

FPS = Fraction(30)
ANA, BEN = MicrophoneId("a"), MicrophoneId("b")
CAM_A, CAM_B = CameraId("a"), CameraId("b")
NAMES = {ANA: "Ana", BEN: "Ben", MicrophoneId("c"): "Cara"}
Speech = dict[MicrophoneId, list[Span]]


def show(speech: Speech, length_s: float, cuts: Sequence[float] = (), **more: object) -> Material:
    """Cuts go to and fro between two cameras."""
    every = turns(speech)
    length = round(length_s * FPS)
    talk = Talk(speech, every, floor(every, length_s), FPS, length)
    cameras = (CAM_B, CAM_A)
    placed = [(round(t_s * FPS), cameras[index % 2]) for index, t_s in enumerate(cuts)]
    shots: tuple[Shot, ...] = cut_list(CAM_A, placed).shots(length)
    return replace(Material(talk, shots, NAMES), **more)  # type: ignore[arg-type]


def exchange(from_s: float, to_s: float, each_s: float = 5.0, pause_s: float = 0.7) -> Speech:
    """Ana and Ben in turn."""
    speech: Speech = {ANA: [], BEN: []}
    t_s, who = from_s, ANA
    while t_s + each_s <= to_s:
        speech[who].append((t_s, t_s + each_s))
        t_s, who = t_s + each_s + pause_s, BEN if who == ANA else ANA
    return speech


def joined(*parts: Speech) -> Speech:
    every: Speech = {ANA: [], BEN: []}
    for part in parts:
        for who, spans in part.items():
            every[who] += spans
    return every


def sparse(from_s: float, to_s: float) -> Speech:
    """Two words and long silence, of both."""
    return exchange(from_s, to_s, 1.2, 4.0)


def best(material: Material, rules: HighlightRules | None = None) -> Clip:
    """The one of rank 1."""
    return next(clip for clip in highlights(material, rules).clips if clip.rank == 1)


def seconds(clip: Clip) -> Span:
    return float(clip.first / FPS), float(clip.end / FPS)


DENSE = joined(sparse(0.0, 280.0), exchange(300.0, 345.0), sparse(360.0, 600.0))
"""Ten minutes; the talk is good from 300 s on."""


def test_dense_talk_is_found_and_said_why() -> None:
    clip = best(show(DENSE, 600.0, (310.0,)))
    start_s, end_s = seconds(clip)
    assert 298.0 < start_s < 312.0
    assert 330.0 < end_s < 346.0
    assert clip.title in {"Ana and Ben", "Ben and Ana"}
    assert "talk with each other" in clip.why
    assert "% of it is speech" in clip.why


def test_clips_begin_and_end_in_pauses_with_a_roll_of_half_a_second_to_one() -> None:
    material = show(DENSE, 600.0)
    spoken = disjoint([span for spans in material.talk.speech.values() for span in spans])
    for clip in highlights(material).clips:
        start_s, end_s = seconds(clip)
        first = next(span for span in spoken if span[1] > start_s + 1e-6)
        last = [span for span in spoken if span[0] < end_s - 1e-6][-1]
        assert 0.5 - 1 / 30 <= first[0] - start_s <= 1.0
        assert 0.5 - 1 / 30 <= end_s - last[1] <= 1.0


def test_people_with_each_other_go_before_one_alone() -> None:
    alone: Speech = {ANA: [(100.0 + 6 * index, 105.4 + 6 * index) for index in range(12)], BEN: []}
    both = joined(alone, exchange(300.0, 360.0, 4.0, 1.0))
    assert all(seconds(clip)[0] > 290 for clip in highlights(show(both, 400.0)).clips)
    only = highlights(show(alone, 400.0)).clips
    assert only
    assert only[0].why.startswith("Ana speaks; ")


def test_a_nervous_cut_and_marks_of_wrong_cuts_cost() -> None:
    twice = joined(exchange(100.0, 145.0), exchange(400.0, 445.0))
    rules = HighlightRules(total_s=(30.0, 600.0), wanted_share=0.0)
    assert seconds(best(show(twice, 600.0), rules))[0] < 150
    nervous = [100.0 + 3 * index for index in range(15)]
    assert seconds(best(show(twice, 600.0, nervous), rules))[0] > 390
    assert seconds(best(show(twice, 600.0, (112.0,), wrong_cuts=(112 * 30,)), rules))[0] > 390
    wished = show(twice, 600.0, (112.0, 120.0), wrong_cuts=(3360, 3600), markers=(Marker(125.0, ""),))
    assert best(wished).why.endswith("; 2 cuts; 2 marked as wrong.")


def test_a_camera_without_pictures_spoils_a_clip_only_while_it_is_on_air() -> None:
    twice = joined(exchange(100.0, 145.0), exchange(400.0, 445.0))
    gone = (OutOfUse(CAM_B, 118.0, 130.0),)
    assert seconds(best(show(twice, 600.0, out_of_use=gone)))[0] < 150
    spoiled = highlights(show(twice, 600.0, (110.0, 125.0), out_of_use=gone))
    for clip in spoiled.clips:
        start_s, end_s = seconds(clip)
        assert min(end_s, 125.0) - max(start_s, 118.0) <= 0.5


def test_a_marker_pulls_a_clip_to_it() -> None:
    material = show(DENSE, 600.0, markers=(Marker(500.0, "the joke"),))
    lively = joined(DENSE, exchange(478.0, 520.0, 3.0, 1.0))
    clip = best(replace(material, talk=show(lively, 600.0).talk))
    start_s, end_s = seconds(clip)
    assert start_s <= 480.0
    assert end_s >= 510.0
    assert clip.title == "the joke"
    assert clip.why.startswith('Marked at 00:08:20.0 "the joke". ')


@pytest.mark.parametrize(
    ("markers_s", "clips"),
    [((500.0, 515.0), [2]), ((500.0, 560.0, 561.0), [1, 2]), ((250.0,), [])],
)
def test_markers_share_a_clip_where_there_is_room_and_have_none_in_silence(
    markers_s: Sequence[float], clips: Sequence[int]
) -> None:
    speech = exchange(400.0, 640.0, 4.0, 1.0)
    markers = tuple(Marker(each, "") for each in markers_s)
    found = highlights(show(speech, 700.0, markers=markers)).clips
    marked = [clip for clip in found if clip.why.startswith("Marked")]
    assert [clip.why.count("00:0") for clip in marked] == clips


def test_a_marker_at_the_very_beginning_or_end_has_what_there_is() -> None:
    speech = exchange(0.2, 599.0, 4.0, 1.0)
    found = highlights(show(speech, 600.0, markers=(Marker(1.0, ""), Marker(599.5, "")))).clips
    assert found[0].first == 0
    assert seconds(found[-1])[1] > 595.0


def test_a_shot_that_would_be_seen_for_a_moment_is_left_out_at_an_edge() -> None:
    speech = {ANA: [(100.0, 120.0), (131.0, 140.0)], BEN: [(120.6, 130.4)]}
    plain, early = show(speech, 200.0), show(speech, 200.0, (99.5,))
    assert seconds(best(plain))[0] == pytest.approx(99.0)
    assert seconds(best(early))[0] == pytest.approx(99.5)


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("length_s", [45.0, 170.0, 200.0, 900.0, 5400.0])
def test_there_is_never_too_much_and_no_minute_twice(length_s: float, manner: str) -> None:
    rows = simulate(3, length_s, 5, manner).speakers
    speech: Speech = {MicrophoneId(who): list(row) for who, row in zip("abc", rows, strict=True)}
    material = show(speech, length_s)
    found = highlights(material)
    clips = found.clips
    total_s = sum(clip.end - clip.first for clip in clips) / 30
    assert clips, found.why_none
    assert total_s <= min(600.0, length_s / 3) + 1e-6
    assert len(clips) == 1 if length_s < 180 else total_s >= min(60.0, length_s / 5)
    for before, after in pairwise(clips):
        assert after.first - before.end >= 58 * 30
    assert sorted(clip.rank for clip in clips) == list(range(1, len(clips) + 1))
    ranked = sorted(clips, key=lambda clip: clip.rank)
    assert [clip.score for clip in ranked] == sorted((clip.score for clip in clips), reverse=True)
    film = parts_of(whole_show(cut_list(CAM_A, []), material.talk.length), found.ranges())
    assert len(film) == sum(clip.end - clip.first for clip in clips)


@pytest.mark.parametrize(
    ("speech", "length_s", "why"),
    [
        ({ANA: [(0.5, 3.0)], BEN: []}, 4.0, "The show lasts 4 s: highlights need 30 s or more."),
        ({ANA: [], BEN: []}, 600.0, "Nobody is heard to speak in this show, so it has no highlights."),
        ({}, 600.0, "Nobody is heard to speak in this show, so it has no highlights."),
        ({ANA: [(10.0, 10.5)]}, 600.0, "No part of the show has enough talk between two pauses to be a highlight."),
        ({}, 0.0, "The show lasts 0 s: highlights need 30 s or more."),
    ],
)
def test_where_there_are_none_the_reason_is_said(speech: Speech, length_s: float, why: str) -> None:
    found = highlights(show(speech, length_s, markers=(Marker(1.0, ""),)))
    assert (found.clips, found.why_none) == ((), why)


def test_where_nobody_pauses_long_shorter_pauses_do() -> None:
    speech = exchange(0.0, 300.0, 5.0, 0.3)
    assert highlights(show(speech, 300.0)).clips
