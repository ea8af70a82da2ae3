"""From a session to a timeline: what is seen and heard, why, and what is worth a mark."""

import pytest

from director_app.core.canvas import Slot
from director_app.core.edits import whole_show
from director_app.core.sources import CameraId
from director_app.post.cuts import recorded_cuts
from director_app.post.timelines.errors import TimelineError
from director_app.post.timelines.gather import live_edit, timeline_of
from director_app.post.timelines.model import Clip, Gap, MarkerKind, Timeline, Track, Why
from tests.helpers.editing import film, log, shortened, show, switches, without

SHOW = show(slots=900)
CANVAS = SHOW.canvas.canvas()
CUTS = switches(CANVAS, ((100, "b"), (400, "a")))


def live(*more: tuple[str, int, dict[str, object]]) -> Timeline:
    events = [*CUTS, *log(CANVAS, *more)]
    return timeline_of(SHOW, events, live_edit(SHOW, events))


def table(track: Track) -> list[tuple[str, int, int, int]]:
    """File, first frame in the film, first frame in the file, length."""
    return [(clip.media.name, clip.record, clip.source, clip.length) for clip in track.clips]


def marks(timeline: Timeline) -> list[tuple[int, MarkerKind, str, str]]:
    return [(each.frame, each.kind, each.name, each.comment) for each in timeline.markers]


def test_the_live_cut_lies_where_it_was_with_every_camera_and_microphone_along() -> None:
    made = live()
    assert table(made.program) == [
        ("cam_1_iso.mp4", 0, 0, 100),
        ("cam_2_iso.mp4", 100, 100, 300),
        ("cam_1_iso.mp4", 400, 400, 500),
    ]
    assert [table(each) for each in made.angles] == [[(f"cam_{n}_iso.mp4", 0, 0, 900)] for n in (1, 2, 3)]
    assert [table(each) for each in made.microphones] == [[(f"mic_{n}.flac", 0, 0, 900)] for n in (1, 2)]
    assert [each.name for each in made.angles] == ["1 Ana", "2 Ben", "3 Wide"]
    assert [(each.name, each.channels) for each in made.media] == [
        ("cam_1_iso.mp4", (2, 1)),
        ("cam_2_iso.mp4", (2, 1)),
        ("cam_3_iso.mp4", (2,)),
        ("mic_1.flac", (1,)),
        ("mic_2.flac", (1,)),
    ]
    assert (made.length, made.problems) == (900, ())


def test_parts_of_a_show_bring_their_angles_their_reasons_and_their_marks() -> None:
    events = [*CUTS, *log(CANVAS, ("marker", 450, {"label": "Good"}), ("marker", 600, {"label": "Not in it"}))]
    made = timeline_of(SHOW, events, film([("a", 420, 500)], [("b", 90, 120), ("a", 120, 130)]))
    assert table(made.program) == [
        ("cam_1_iso.mp4", 0, 420, 80),
        ("cam_2_iso.mp4", 80, 90, 30),
        ("cam_1_iso.mp4", 110, 120, 10),
    ]
    assert table(made.angles[2]) == [("cam_3_iso.mp4", 0, 420, 80), ("cam_3_iso.mp4", 80, 90, 40)]
    assert [clip.why and clip.why.reason for clip in made.program.clips] == ["A has the floor at 400.", None, None]
    assert marks(made) == [
        (30, MarkerKind.MARKER, "Good", ""),
        (80, MarkerKind.CUT, "Cut to 2 Ben", ""),
        (110, MarkerKind.CUT, "Cut to 1 Ana", ""),
    ]


def test_a_cut_of_another_plan_has_the_reason_it_brings_and_never_that_of_a_live_one() -> None:
    edit = film([("a", 0, 150), ("b", 150, 400), ("a", 400, 420)])
    plain = timeline_of(SHOW, CUTS, edit)
    told = timeline_of(SHOW, CUTS, edit, reasons={(Slot(150), CameraId("b")): Why("Better late.", by_hand=False)})
    assert [mark.comment for mark in plain.markers] == ["", "A has the floor at 400."]
    assert [mark.comment for mark in told.markers] == ["Better late.", "A has the floor at 400."]


def test_every_cut_and_whatever_went_wrong_is_marked() -> None:
    made = live(
        ("manual_cut", 700, {"slot": 700, "to": "c", "reason": "Your take."}),
        ("wrong_cut", 450, {"slot": 400}),
        ("marker", 500, {"label": "Laughter\n"}),
        ("marker", 510, {}),
        ("source_lost", 600, {"source": "b", "detail": "No picture for 2 s."}),
        ("source_frozen", 612, {"source": "n"}),
        ("disk_low", 621, {}),
        ("speaking_start", 630, {"microphone": "m"}),
    )
    assert marks(made) == [
        (100, MarkerKind.CUT, "Cut to 2 Ben", "B has the floor at 100."),
        (400, MarkerKind.CUT, "Cut to 1 Ana", "A has the floor at 400."),
        (400, MarkerKind.WRONG, "Wrong cut", "Marked by the producer."),
        (500, MarkerKind.MARKER, "Laughter", ""),
        (510, MarkerKind.MARKER, "Marker", ""),
        (600, MarkerKind.TROUBLE, "Camera 2 Ben stopped", "No picture for 2 s."),
        (612, MarkerKind.TROUBLE, "The microphone of Ben froze", ""),
        (621, MarkerKind.TROUBLE, "The show ran out of disk", ""),
        (700, MarkerKind.TAKE, "Take to 3 Wide", "Your take."),
    ]


def test_a_cut_that_came_late_keeps_its_reason() -> None:
    events = [
        *CUTS,
        *log(CANVAS, ("cut_moved", 100, {"slot": 100, "to": "a"}), ("cut_moved", 104, {"slot": 104, "to": "b"})),
    ]
    made = timeline_of(SHOW, events, live_edit(SHOW, events))
    assert [(clip.record, clip.why and clip.why.reason) for clip in made.program.clips] == [
        (0, "The show opens."),
        (104, "B has the floor at 100."),
        (400, "A has the floor at 400."),
    ]


def test_where_a_file_ends_early_nothing_is_shown_and_all_later_clips_stay_in_place() -> None:
    lost = shortened(SHOW, "cam_2_iso.mp4", 150)
    made = timeline_of(lost, CUTS, live_edit(lost, CUTS))
    assert list(made.program.items())[1:3] == [made.program.clips[1], Gap(150, 250)]
    assert table(made.program)[1:] == [("cam_2_iso.mp4", 100, 100, 50), ("cam_1_iso.mp4", 400, 400, 500)]
    assert table(made.angles[1]) == [("cam_2_iso.mp4", 0, 0, 150)]
    assert made.problems == (
        "The recording of camera 2 Ben ends early (cam_2_iso.mp4 has 150 frames): the timeline shows nothing at "
        "00:00:05:00, where it was on air.",
    )


def test_a_camera_without_a_file_is_a_gap_and_told_of() -> None:
    lost = without(SHOW, "cam_2_iso.mp4")
    made = timeline_of(lost, CUTS, live_edit(lost, CUTS))
    kinds = [type(each) for each in made.program.items()]
    assert kinds == [Clip, Gap, Clip] and len(made.angles) == 2
    assert made.problems == (
        "The recording of camera 2 Ben has no file: the timeline shows nothing at 00:00:03:10, where it was on air.",
    )


def test_what_a_recovery_said_of_a_file_is_said_again() -> None:
    files = (
        part.model_copy(update={"problem": "It is torn."} if "mic_1" in part.name else {}) for part in SHOW.files
    )
    made = timeline_of(SHOW.model_copy(update={"files": tuple(files)}), CUTS, live_edit(SHOW, CUTS))
    assert made.problems == ("It is torn.",)


@pytest.mark.parametrize("slots", [None, 0])
def test_a_session_without_pictures_is_refused(slots: int | None) -> None:
    with pytest.raises(TimelineError, match='"The Open Table" holds no pictures'):
        live_edit(SHOW.model_copy(update={"slots": slots}), CUTS)


def test_damaged_lines_of_the_log_cost_nothing() -> None:
    torn = [
        {"seq": 9, "t_s": float("nan"), "type": "marker"},
        {"seq": 9, "t_s": 1e300, "type": "marker"},
        {"seq": 9, "t_s": -3.0, "type": "disk_low"},
        {"seq": 9, "t_s": 3.0, "type": "wrong_cut", "slot": "x"},
        {"seq": 9, "t_s": 3.0, "type": "switch"},
    ]
    made = timeline_of(SHOW, [*CUTS, *torn], whole_show(recorded_cuts(SHOW, CUTS), 900))
    assert made == live()


def test_names_are_one_line_of_any_script_and_never_endless() -> None:
    cameras = [
        each.model_copy(update={"label": label})
        for each, label in zip(SHOW.cameras, ("A\x00n\x1ba\u2028\ud800", "بن <&>\"'", "x" * 500), strict=True)
    ]
    odd = SHOW.model_copy(update={"cameras": tuple(cameras), "title": "\x07\n"})
    made = timeline_of(odd, CUTS, live_edit(odd, CUTS))
    assert [each.name for each in made.angles] == ["1 A n a", "2 بن <&>\"'", f"3 {'x' * 197}…"]
    assert made.title == "AI Director"


@pytest.mark.parametrize(
    ("place", "path", "address"),
    [
        ("", "cam_1_iso.mp4", "cam_1_iso.mp4"),
        ("../Gäste & co", "../Gäste & co/cam_1_iso.mp4", "../G%C3%A4ste%20%26%20co/cam_1_iso.mp4"),
        ("/shows/a b", "/shows/a b/cam_1_iso.mp4", "file:///shows/a%20b/cam_1_iso.mp4"),
        ("D:/shows", "D:/shows/cam_1_iso.mp4", "file:///D:/shows/cam_1_iso.mp4"),
    ],
)
def test_files_are_named_as_seen_from_the_timeline(place: str, path: str, address: str) -> None:
    media = timeline_of(SHOW, CUTS, live_edit(SHOW, CUTS), place).media[0]
    assert (media.path, media.url) == (path, address)
