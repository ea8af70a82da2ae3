"""The lanes of the timeline from events as the log has them."""

from typing import Any

from director_app.core.sources import CameraId, MicrophoneId
from director_app.gui.models.timeline import MarkKind, Shot, Span, Timeline, common
from tests.helpers.script import cast_of
from tests.helpers.timeline_events import cut, event

A, B, WIDE = CameraId("a"), CameraId("b"), CameraId("wide")
FOREVER = float("inf")


def _timeline(*events: dict[str, Any]) -> Timeline:
    timeline = Timeline(cast_of(), 30.0)
    timeline.feed([event("record_start", 0.0, opening="wide", states={}), *events])
    return timeline


def _floor_parts(timeline: Timeline, who: MicrophoneId) -> list[Span]:
    spoken = timeline.speech[who][0]
    return common(timeline.floors_of(who, spoken), spoken)


def test_a_show_opens_on_its_first_camera() -> None:
    assert _timeline().shots == [Shot(WIDE, Span(0.0))]


def test_a_cut_stands_on_its_slot_and_not_where_it_was_decided() -> None:
    timeline = _timeline(cut(5.0, 120, "wide", "a"))
    assert timeline.shots == [Shot(WIDE, Span(0.0, 4.0)), Shot(A, Span(4.0))]
    assert timeline.on_air(3.9) == WIDE
    assert timeline.on_air(4.0) == A
    assert [(mark.kind, mark.t_s, mark.title) for mark in timeline.marks] == [
        (MarkKind.AUTO_CUT, 4.0, "Auto cut: 4 Wide to 1 Ana")
    ]


def test_a_cut_into_the_past_replaces_what_was_believed_to_come_after_it() -> None:
    timeline = _timeline(cut(5.0, 150, "wide", "a"), cut(5.5, 141, "a", "b"))
    assert timeline.shots[-1] == Shot(B, Span(4.7))
    assert timeline.on_air(6.0) == B


def test_a_take_is_a_mark_of_its_own_and_a_hold_a_span() -> None:
    timeline = _timeline(
        cut(5.0, 150, "wide", "b", kind="manual_cut"), event("hold", 5.0, until_s=13.0), event("auto_on", 9.0)
    )
    assert timeline.marks[0].kind is MarkKind.TAKE
    assert timeline.holds == [Span(5.0, 9.0)]


def test_manual_lasts_until_auto_comes_back() -> None:
    timeline = _timeline(event("auto_off", 3.0))
    assert timeline.holds == [Span(3.0, FOREVER)]
    timeline.feed([event("auto_on", 20.0)])
    assert timeline.holds == [Span(3.0, 20.0)]


def test_the_whole_turn_that_won_the_floor_counts_as_holding_it() -> None:
    timeline = _timeline(
        event("speaking_start", 1.0, microphone="a"),
        event("floor", 1.7, holder="a"),
        event("speaking_stop", 4.0, microphone="a"),
        event("speaking_start", 3.0, microphone="b"),
        event("speaking_stop", 3.3, microphone="b"),
    )
    a, b = MicrophoneId("a"), MicrophoneId("b")
    assert timeline.speech[a] == [Span(1.0, 4.0)]
    assert _floor_parts(timeline, a) == [Span(1.0, 4.0)]
    assert _floor_parts(timeline, b) == []


def test_who_was_passed_over_stands_beside_the_reason() -> None:
    evidence = [{"microphone": "a", "spoke_s": 0.5}, {"microphone": "b", "spoke_s": 0.8}]
    timeline = _timeline(cut(5.0, 150, "wide", "b", evidence=evidence))
    assert timeline.marks[0].text == "Because."
    assert timeline.marks[0].passed_over == "Ana spoke too, 0.5 s."


def test_a_wrong_cut_is_marked_on_itscut() -> None:
    timeline = _timeline(cut(5.0, 150, "wide", "a"), cut(9.0, 270, "a", "b"), event("wrong_cut", 10.0, slot=150))
    assert [mark.wrong for mark in timeline.cuts()] == [True, False]


def test_trouble_and_markers_are_marks() -> None:
    timeline = _timeline(
        event("source_lost", 3.0, source="b", detail=None),
        event("marker", 4.0, label=""),
        event("disk_low", 5.0, left_s=60),
        event("something_new", 6.0),
    )
    assert [(mark.kind, mark.title) for mark in timeline.marks] == [
        (MarkKind.LOST, "Camera 2 Ben stopped."),
        (MarkKind.MARKER, "Marker"),
        (MarkKind.OTHER_TROUBLE, "The show runs out of disk."),
    ]


def test_a_cut_that_came_later_than_promised_is_moved() -> None:
    timeline = _timeline(cut(5.0, 150, "wide", "a"), event("cut_moved", 5.2, slot=156, to="a"))
    assert timeline.on_air(5.1) == WIDE
    assert timeline.on_air(5.2) == A


def test_the_nearest_cut_is_found() -> None:
    timeline = _timeline(cut(5.0, 150, "wide", "a"), cut(9.0, 270, "a", "b"))
    near = timeline.cut_near(8.8, within_s=0.5)
    assert near is not None and near.slot == 270
    assert timeline.cut_near(7.0, within_s=0.5) is None


def test_hours_of_talk_do_not_fill_the_memory() -> None:
    timeline = _timeline()
    for number in range(1, 4000):
        who = "ab"[number % 2]
        timeline.feed([cut(number * 4.0, number * 120, "ba"[number % 2], who)])
    assert len(timeline.shots) < 400
    assert len(timeline.marks) < 400


def test_a_new_recording_begins_with_an_empty_timeline() -> None:
    timeline = _timeline(cut(5.0, 150, "wide", "a"), event("marker", 4.0))
    timeline.feed([event("record_start", 0.0, opening="a", states={})])
    assert timeline.shots == [Shot(A, Span(0.0))]
    assert timeline.marks == []


def test_hours_of_talk_are_not_kept() -> None:
    timeline = _timeline()
    for second in range(1, 7201):
        holder = "ana" if second % 2 else "ben"
        timeline.feed(
            [
                event("speaking_start", second - 0.6, microphone="ana"),
                event("speaking_stop", second - 0.2, microphone="ana"),
                event("floor", float(second), holder=holder),
                event("hold", float(second), until_s=second + 0.5),
            ]
        )
    assert len(timeline.speech[MicrophoneId("ana")]) < 1000
    assert len(timeline.floors) < 1000 and len(timeline.holds) < 1000
    assert timeline.on_air(7200.0) == WIDE
