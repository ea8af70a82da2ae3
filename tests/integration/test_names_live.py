"""Names in the program of a recorded show: there and nowhere else, and no picture is worse or wrong for it."""

import signal
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from director_app.cli.demo import demo_show
from director_app.core.edits import Edit, whole_show
from director_app.core.events import ShowName, Take
from director_app.core.sources import CameraId
from director_app.engine import pictures
from director_app.media.head_maker import Head, HeadMaker
from director_app.media.packets import VideoPacket
from director_app.post.check import check_session
from director_app.post.cuts import recorded_cuts, recorded_heads, recorded_names
from director_app.post.heads import psnr_db
from director_app.post.recorded_show import read_recorded_show
from director_app.post.recover import recover_session
from director_app.post.render.film import render_film
from director_app.post.render.order import FilmOrder, Way
from director_app.post.replay import replay
from director_app.post.replay_differences import differences
from director_app.session.event_log import read_events
from director_app.session.library import interrupted_sessions
from director_app.session.manifest import SessionState, read_manifest, write_manifest
from director_app.session.show import CanvasTable, TitlesTable
from tests.helpers import naming_show
from tests.helpers.pictures import strips_of
from tests.helpers.running import Running, slots_told
from tests.helpers.shows import backdate, events_of, recorded, small_show
from tests.helpers.wait import eventually

A, B = CameraId("a"), CameraId("b")
TITLES = {"seconds": 3.0, "colour": "#FF3322"}
SCRIPT = (
    (40, Take(B)),
    (50, ShowName()),
    (85, Take(A)),
    (100, ShowName()),
    (125, ShowName()),
    (150, Take(B)),
    (151, ShowName()),
)
SLOTS = 260
SOFT_SLOTS = 9
"""A name is hardly seen in the first and the last of its slots."""

Picture = NDArray[np.uint8]


def luma_of(path: Path) -> list[Picture]:
    with av.open(str(path)) as container:
        return [
            np.ascontiguousarray(frame.to_ndarray(format="yuv420p"), np.uint8)[: frame.height]
            for frame in container.decode(video=0)
        ]


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A name that a cut ends, one that is taken away, and one that begins with its shot; cuts are backdated."""
    folder, engine = recorded(
        small_show(2, 1.0, titles=TITLES),
        tmp_path_factory.mktemp("named"),
        SLOTS,
        SCRIPT,
        during=lambda recording: backdate(recording, iter((0.2, 0.3, 0.4))),
    )
    assert engine.problems == ()
    assert engine.notices.all() == ()
    return folder


def test_the_log_says_whose_name_was_seen_and_where(show: Path) -> None:
    on, off = events_of(show, "name_on"), events_of(show, "name_off")
    assert [(each["microphone"], each["camera"], each["cause"]) for each in on] == [
        ("mic_b", "b", "by hand"),
        ("mic_a", "a", "by hand"),
        ("mic_b", "b", "by hand"),
    ]
    assert [(each["of"], each["cause"]) for each in off] == [(on[1]["slot"], "by hand")]
    seen = recorded_names(read_manifest(show), read_events(show))
    cut = events_of(show, "manual_cut")[1]
    assert seen[0].end == cut["slot"] < on[0]["end"]
    assert seen[1].end == off[0]["slot"] < on[1]["end"]
    assert seen[2].end == on[2]["end"]


def test_every_frame_of_the_program_is_the_right_one(show: Path) -> None:
    manifest = read_manifest(show)
    cameras = {A: strips_of(show / "cam_1_iso.mp4"), B: strips_of(show / "cam_2_iso.mp4")}
    air = recorded_cuts(manifest, read_events(show))
    program = strips_of(show / "program.mp4")
    assert manifest.slots == len(program) >= SLOTS
    assert program == [cameras[air.on_air(slot)][slot] for slot in range(len(program))]


def test_the_plate_is_in_the_pictures_of_its_time_and_nowhere_else(show: Path) -> None:
    manifest, events = read_manifest(show), read_events(show)
    isos = {A: luma_of(show / "cam_1_iso.mp4"), B: luma_of(show / "cam_2_iso.mp4")}
    air, names = recorded_cuts(manifest, events), recorded_names(manifest, events)
    anew = {slot for each in (*names, *recorded_heads(manifest, events)) for slot in range(each.first, each.end)}
    by_slot = {slot: each for each in names for slot in range(each.first, each.end)}
    full = {slot for each in names for slot in range(each.first + SOFT_SLOTS + 1, each.end)}
    whole = {slot for each in events_of(show, "name_on") for slot in range(each["slot"], each["end"] - SOFT_SLOTS)}
    whole -= set(range(events_of(show, "name_off")[0]["slot"] - SOFT_SLOTS, events_of(show, "name_off")[0]["slot"]))
    program = luma_of(show / "program.mp4")
    for slot, shown in enumerate(program):
        real = isos[air.on_air(slot)][slot]
        if slot not in anew:
            assert np.array_equal(shown, real), slot
            continue
        name = by_slot.get(slot)
        if name is not None and name.named is not None:
            left, top, width, height = name.named
            plate = shown[top : top + height, left : left + width].astype(int)
            changed = float(np.abs(plate - real[top : top + height, left : left + width]).mean())
            assert changed > 12 or slot not in full & whole, (slot, changed)
            shown, real = shown.copy(), real.copy()  # noqa: PLW2901 - the same but for the plate
            shown[top : top + height, left : left + width] = real[top : top + height, left : left + width]
        assert psnr_db(shown, real) > 38, slot


def test_the_session_is_good(show: Path) -> None:
    assert check_session(show).lines()[-1] == "A small show: everything is good."


def test_people_are_named_by_themselves_and_a_replay_decides_the_same(tmp_path: Path) -> None:
    demo = demo_show("720p")
    changed = {"canvas": CanvasTable(width=640, height=360, fps=30.0), "titles": TitlesTable(live=True, seconds=3.0)}
    script = ((330, ShowName()), (360, ShowName()))
    folder, engine = recorded(demo.model_copy(update=changed), tmp_path, 400, script)
    assert engine.problems == ()
    on = events_of(folder, "name_on")
    named = [each["microphone"] for each in on if each["cause"] == "long turn"]
    assert named
    assert len(set(named)) == len(named)
    again = read_recorded_show(folder)
    assert differences(again, replay(again, again.rules, again.settings)) == []
    assert len(again.names) >= len(on)
    assert check_session(folder).is_good


def _without_lines_of_names(show: Path, folder: Path) -> Path:
    copy = folder / show.name
    copy.mkdir()
    for each in show.iterdir():
        (copy / each.name).write_bytes(each.read_bytes())
    log = (copy / "events.jsonl").read_text("utf-8")
    kept = [line for line in log.splitlines(keepends=True) if '"name_o' not in line]
    (copy / "events.jsonl").write_text("".join(kept), "utf-8")
    (copy / "events.json").unlink()
    return copy


def test_names_whose_lines_a_crash_took_are_found_in_the_program(show: Path, tmp_path: Path) -> None:
    copy = _without_lines_of_names(show, tmp_path)
    before, events = read_manifest(copy), read_events(copy)
    write_manifest(copy, before.model_copy(update={"state": SessionState.RECORDING, "slots": None}))
    assert recover_session(copy) is not None
    assert check_session(copy).lines()[-1] == "A small show: everything is good."
    manifest, mended = read_manifest(copy), read_events(copy)
    found = recorded_names(manifest, mended)
    assert [(each.camera, each.end) for each in found[:2]] == [
        (each.camera, each.end) for each in recorded_names(before, read_events(show))[:2]
    ]
    assert recorded_cuts(manifest, mended).shots(SLOTS) == recorded_cuts(before, events).shots(SLOTS)
    lines = [each for each in mended if each.get("cause") == "recovered" and each["type"] == "switch"]
    assert [each["slot"] for each in lines if each["from"] == each["to"]] == [0]
    assert [event for event in mended if event["type"] == "head" and event["slot"] == event["head_end"]] == []


def test_a_check_finds_pictures_of_another_camera_under_a_name(show: Path, tmp_path: Path) -> None:
    copy = _without_lines_of_names(show, tmp_path)
    problems = check_session(copy).problems
    assert any("are not those of the camera on air" in problem for problem in problems)


def test_a_film_without_names_bears_none(show: Path, tmp_path: Path) -> None:
    manifest, events = read_manifest(show), read_events(show)
    edit: Edit = whole_show(recorded_cuts(manifest, events), manifest.slots or 0)
    film = tmp_path / "film.mp4"
    render_film(FilmOrder(show, edit, film, way=Way.SMART))
    isos = {A: luma_of(show / "cam_1_iso.mp4"), B: luma_of(show / "cam_2_iso.mp4")}
    air = recorded_cuts(manifest, events)
    for slot, shown in enumerate(luma_of(film)):
        assert psnr_db(shown, isos[air.on_air(slot)][slot]) > 38, slot


def test_without_a_programme_delay_names_are_refused_with_a_sentence(tmp_path: Path) -> None:
    script = ((20, ShowName()),)
    show = small_show(2, 0.0, titles={"live": True})
    refused: list[str | None] = []
    folder, engine = recorded(show, tmp_path, 40, script, during=lambda recording: refused.append(None))
    assert any("Names cannot be shown while this show runs" in notice.text for notice in engine.notices.all())
    assert events_of(folder, "name_on") == []
    assert check_session(folder).is_good


@pytest.mark.parametrize("after", [0, 10], ids=["before it begins", "half way"])
def test_names_whose_pictures_cannot_be_made_leave_the_program_whole(
    after: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Broken(HeadMaker):
        def _work(self, head: Head, packet: VideoPacket | None) -> None:
            if head.dress is not None and packet is not None and packet.slot >= head.dress.first + after:
                if head.failure is None:
                    self._fail(head, "the encoder broke")
                return
            super()._work(head, packet)

    monkeypatch.setattr(pictures, "HeadMaker", Broken)
    script = ((20, Take(B)), (50, ShowName()))
    folder, engine = recorded(small_show(2, 1.0, titles=TITLES), tmp_path, 100, script)
    assert [notice.text for notice in engine.notices.all()] == [
        "A name was not shown, or not to its end: its pictures were not encoded in time. The program goes on without "
        "it. Names are tried again; if there are none, close other programs."
    ]
    assert engine.problems == ()
    on, off = events_of(folder, "name_on"), events_of(folder, "name_off")
    assert [(each["of"], each["cause"]) for each in off] == [(on[0]["slot"], "failed")]
    assert check_session(folder).is_good
    assert len(strips_of(folder / "program.mp4")) == read_manifest(folder).slots


def test_a_show_that_is_killed_under_a_name_is_completed_without_it(tmp_path: Path) -> None:
    with Running([naming_show.__file__, str(tmp_path)], Path(naming_show.__file__).parents[2]) as running:
        eventually(lambda: slots_told(running) >= 150, 40, f"slot 150: {running.news}")
        running.send(signal.SIGKILL)
        assert running.ended() == -signal.SIGKILL
    (entry,) = interrupted_sessions(tmp_path)
    lacking = len(strips_of(entry.folder / "program.mp4"))
    assert naming_show.NAME_AT + 10 < lacking < naming_show.NAME_AT + 30 * naming_show.NAME_S
    assert recover_session(entry.folder) is not None
    manifest, events = read_manifest(entry.folder), read_events(entry.folder)
    (off,) = events_of(entry.folder, "name_off")
    assert (off["slot"], off["cause"]) == (lacking, "recovered")
    assert [(each.camera, each.end) for each in recorded_names(manifest, events)] == [(B, lacking)]
    assert [report for report in check_session(entry.folder).lines() if "good" not in report] == []
    cameras = {A: strips_of(entry.folder / "cam_1_iso.mp4"), B: strips_of(entry.folder / "cam_2_iso.mp4")}
    air, program = recorded_cuts(manifest, events), strips_of(entry.folder / "program.mp4")
    assert len(program) > lacking
    assert program == [cameras[air.on_air(slot)][slot] for slot in range(len(program))]
