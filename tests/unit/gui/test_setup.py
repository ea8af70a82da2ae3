"""A draft of a show: it comes from a show, becomes the same one, holds what no show may, and says what is wrong."""

from pathlib import Path
from typing import Any

import pytest

from director_app.gui.models import setup_edits as edits
from director_app.gui.models.setup import (
    Draft,
    camera_name,
    doubled_cameras,
    draft_of,
    examine,
    microphone_name,
    numbered,
    same_microphones,
    same_sources,
)
from director_app.session.demo_show import demo_show
from director_app.session.show import Show
from director_app.session.show_file import parse_show
from tests.helpers.shows import small_show

EVERYTHING: dict[str, Any] = {
    "title": 'שלום "quoted" \\ ' + "x" * 180,
    "sessions": "/mnt/big",
    "canvas": {"width": 1280, "height": 800, "fps": 59.94},
    "recording": {"encoder": "nvenc", "crf": 20},
    "directing": {"style": "lively", "confirm_s": 0.5, "hold_after_take_s": "stay manual", "programme_delay_s": 2.5},
    "after": {"make": ["master", "score"], "loudness": "online"},
    "titles": {"lower_thirds": True, "position": "right", "colour": "#FF8800", "seconds": 5.0},
    "camera": [
        {"id": "a", "label": "A", "kind": "device", "device": 0, "width": 640, "height": 480, "rotation": 90},
        {"id": "b", "label": "B", "kind": "stream", "url": "rtsp://u:p@cam/x", "offset_ms": -20.0},
        {"id": "c", "label": "C", "kind": "file", "path": "/films/c.mp4", "loop": False, "wide": True},
        {"id": "d", "label": "D", "kind": "demo", "who": "wide"},
    ],
    "microphone": [
        {"id": "m", "label": "M", "camera": "a", "kind": "device", "device": "Mixer", "channel": 3, "role": "Host"},
        {"id": "n", "label": "N", "camera": "b", "kind": "synthetic", "clock_ppm": 4.0, "offset_ms": 5.0},
    ],
}


def show_of(draft: Draft) -> Show:
    show, faults = examine(draft)
    assert show is not None, faults
    return show


def sentences(draft: Draft) -> list[str]:
    show, faults = examine(draft)
    assert show is None
    return [fault.sentence for fault in faults]


@pytest.mark.parametrize("show", [demo_show(), small_show(3), parse_show(EVERYTHING, "this test")])
def test_a_show_becomes_a_draft_and_the_same_show_again(show: Show) -> None:
    assert show_of(draft_of(show)) == show


def test_what_no_show_may_be_is_said_with_number_and_name() -> None:
    draft = edits.rename_camera(draft_of(demo_show()), 1, "")
    draft = edits.add_camera(draft, edits.STREAM)
    draft = edits.rename_microphone(draft, 2, " ")
    assert sentences(draft) == [
        "Camera 2 has no name. Write at least one letter.",
        "Camera 5 has no address. Write it like rtsp://192.168.1.20:554/stream.",
        "Microphone 3: A name of spaces only cannot be seen; write at least one letter.",
    ]
    _, faults = examine(draft)
    assert [(fault.camera, fault.microphone) for fault in faults] == [(1, None), (4, None), (None, 2)]


def test_an_address_is_never_said_with_its_password() -> None:
    draft = edits.choose_camera(draft_of(demo_show()), 0, {"kind": "stream", "url": "ftp://anna:geheim@host/x"})
    (said,) = sentences(draft)
    assert said.startswith('Camera 1 Ana: "ftp://host/x" does not begin with one of') and "geheim" not in said


def test_a_title_and_other_tables_have_faults_as_well() -> None:
    draft = edits.set_delay(edits.set_title(draft_of(demo_show()), ""), 9.0)
    assert sentences(draft)[0].startswith("The show title cannot be used. It is empty")
    assert sentences(draft)[1].startswith("Directing, programme_delay_s: A delay of 9 s cannot be")


def test_only_one_camera_is_wide_or_none() -> None:
    draft = edits.toggle_wide(draft_of(demo_show()), 1)
    assert [camera.wide for camera in draft.cameras] == [False, True, False, False]
    assert not any(camera.wide for camera in edits.toggle_wide(draft, 1).cameras)


def test_whoever_loses_his_camera_is_shown_by_the_one_for_everybody() -> None:
    draft = edits.remove_camera(draft_of(demo_show()), 0)
    assert [microphone.camera for microphone in draft.microphones] == ["cam_4", "cam_2", "cam_3"]
    draft = edits.remove_camera(draft, 2)
    assert [microphone.camera for microphone in draft.microphones] == ["cam_2", "cam_2", "cam_3"]
    last = edits.remove_camera(edits.remove_camera(draft, 0), 0)
    assert [camera.id for camera in last.cameras] == ["cam_3"]
    assert show_of(last)


def test_new_rows_have_ids_of_their_own_and_new_microphones_a_camera_without_one() -> None:
    draft = edits.add_camera(edits.remove_camera(draft_of(demo_show()), 1), edits.TEST)
    assert [camera.id for camera in draft.cameras] == ["cam_1", "cam_3", "cam_4", "cam_2"]
    draft = edits.add_microphone(edits.remove_microphone(draft, 0), {"kind": "device", "device": "Mixer"}, 2)
    added = draft.microphones[-1]
    assert (added.id, added.label, added.camera, added.channel) == ("mic_1", "Ana", "cam_1", 2)
    assert show_of(draft)


def test_cameras_change_places_and_stop_at_the_ends() -> None:
    draft = draft_of(demo_show())
    assert [camera.label for camera in edits.move_camera(draft, 3, -1).cameras] == ["Ana", "Ben", "Wide", "Cara"]
    assert edits.move_camera(draft, 0, -1) == draft
    assert edits.move_camera(draft, 3, 1) == draft


def test_swapped_microphones_keep_their_people() -> None:
    draft = edits.swap_microphones(draft_of(demo_show()), (1, 2))
    assert [(each.label, each.source["who"]) for each in draft.microphones] == [
        ("Ana", "ana"),
        ("Ben", "cara"),
        ("Cara", "ben"),
    ]
    ring = edits.swap_microphones(draft_of(demo_show()), (0, 1, 2))
    assert [each.source["who"] for each in ring.microphones] == ["ben", "cara", "ana"]


def test_the_few_settings() -> None:
    draft = edits.set_canvas(draft_of(demo_show()), 1920, 1080, 30.0)
    draft = edits.set_sessions(edits.set_style(draft, "calm"), Path("/there"))
    draft = edits.delay_camera(edits.turn_camera(draft, 0, 90), 0, 40.0)
    show = show_of(edits.seat_microphone(draft, 0, "cam_4"))
    assert (show.canvas.height, show.directing.style, show.sessions) == (1080, "calm", Path("/there"))
    assert (show.camera[0].rotation, show.camera[0].offset_ms, show.microphone[0].camera) == (90, 40.0, "cam_4")


def test_names_matter_to_no_source_and_devices_do() -> None:
    draft = draft_of(demo_show())
    renamed = show_of(edits.rename_microphone(edits.toggle_wide(edits.rename_camera(draft, 0, "X"), 1), 0, "Y"))
    assert same_sources(renamed, demo_show()) and same_microphones(renamed, demo_show())
    other = show_of(edits.swap_microphones(draft, (0, 1)))
    assert not same_sources(other, demo_show()) and not same_microphones(other, demo_show())


def test_one_device_in_two_places_is_seen() -> None:
    draft = draft_of(demo_show())
    for row in (0, 2):
        draft = edits.choose_camera(draft, row, {"kind": "device", "device": "/dev/v4l/by-id/brio"})
    assert doubled_cameras(draft) == [(0, 2)]


def test_names_for_sentences() -> None:
    draft = edits.add_camera(draft_of(demo_show()), edits.TEST)
    assert [camera_name(draft, 1), camera_name(draft, 4), microphone_name(draft, 2)] == ["2 Ben", "5", "3 Cara"]
    assert len(camera_name(edits.rename_camera(draft, 0, "x" * 200), 0)) < 50
    assert numbered(["Brio", "Link", "Brio"]) == ["Brio", "Link", "Brio (2)"]
