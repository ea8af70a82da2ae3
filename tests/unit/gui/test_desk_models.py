"""What the desk says, from states of the studio: tiles, director, problems, outputs, transport."""

from dataclasses import replace

import pytest

from director_app.core.decisions import Mode
from director_app.core.live_names import ShownName
from director_app.core.preview import Next
from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.core.switcher import ProgramState
from director_app.engine.sound_levels import SoundLevel
from director_app.engine.state import DirectorState, DiskState, Meter, NameOnAir, Notice, Snapshot, Urgency
from director_app.engine.studio_state import CameraNow, MicrophoneNow, Phase, StudioState
from director_app.gui.models.director import director_view, program_view
from director_app.gui.models.messages import Message, Messages, in_two
from director_app.gui.models.meter import Meter as MeterModel
from director_app.gui.models.outputs import Outputs, contents
from director_app.gui.models.problems import headline, problems_of
from director_app.gui.models.question import Question
from director_app.gui.models.tiles import Tiles
from director_app.gui.models.transport import transport_view
from director_app.session.demo_show import demo_show

SHOW = demo_show()
CAST = SHOW.cast()
ANA, BEN, WIDE = CameraId("cam_1"), CameraId("cam_2"), CameraId("cam_4")
MIC_ANA = MicrophoneId("mic_1")


def _state(now_s: float = 100.0, **fields: object) -> StudioState:
    cameras = {camera.id: CameraNow(SourceState.OK, 10, None) for camera in CAST.cameras}
    level = SoundLevel(-20.0, None, now_s)
    microphones = {each.id: MicrophoneNow(SourceState.OK, level) for each in CAST.microphones}
    state = StudioState(now_s, Phase.READY, SHOW, cameras=cameras, microphones=microphones, free_bytes=60_000_000_000)
    return replace(state, **fields)  # type: ignore[arg-type]


def _recording(now_s: float = 100.0, **program: object) -> StudioState:
    on_air = ProgramState(ANA, 10.0, "Ana has the floor: spoke 0.8 s.", Mode.AUTO, None, MIC_ANA, ANA, Next(BEN, "x"))
    director = DirectorState(25.0, replace(on_air, **program), {MIC_ANA: Meter(-20.0, True)})  # type: ignore[arg-type]  # noqa: FBT003
    disk = DiskState(60_000_000_000, 22_000.0)
    states = {camera.id: SourceState.OK for camera in CAST.cameras}
    snapshot = Snapshot(True, 25.0, director, states, {}, 3, disk, (), {"program.mp4": 1_000_000})  # noqa: FBT003
    return _state(now_s, phase=Phase.RECORDING, snapshot=snapshot)


def _tiles() -> Tiles:
    return Tiles(CAST, 30.0, {camera.id: "device" for camera in CAST.cameras})


def test_before_a_show_the_wide_camera_is_on_program_and_nothing_is_red() -> None:
    tiles = _tiles().look(_state())
    assert [tile.program for tile in tiles] == [False, False, False, True]
    assert not any(tile.on_air or tile.next for tile in tiles)
    assert tiles[3].note == "shows everybody"
    assert tiles[3].meter is None


def test_on_air_and_next_are_told_by_name_too() -> None:
    tiles = _tiles().look(_recording())
    assert [tile.on_air for tile in tiles] == [True, False, False, False]
    assert [tile.next for tile in tiles] == [False, True, False, False]
    assert tiles[0].spoken.startswith("Camera 1 Ana, on air")
    assert tiles[1].spoken.startswith("Camera 2 Ben, next")


def _with_camera(state: StudioState, camera: CameraId, now: CameraNow) -> StudioState:
    return replace(state, cameras={**state.cameras, camera: now})


def test_a_lost_camera_counts_how_long_and_keeps_its_microphone() -> None:
    tiles = _tiles()
    lost = CameraNow(SourceState.LOST, 10, "gone")
    tiles.look(_with_camera(_state(100.0), BEN, lost))
    tile = tiles.look(_with_camera(_state(107.2), BEN, lost))[1]
    assert tile.badge == "Lost 00:07, reopening"
    assert (tile.detail, tile.detail_warns) == ("no picture", True)
    assert tile.meter is not None and tile.meter.words == "−20"
    assert tiles.look(_state(108.0))[1].badge == ""


@pytest.mark.parametrize(
    ("state", "badge"), [(SourceState.FROZEN, "Frozen 00:00"), (SourceState.BLACK, "Black 00:00")]
)
def test_frozen_and_black_say_so(state: SourceState, badge: str) -> None:
    assert _tiles().look(_with_camera(_state(), BEN, CameraNow(state, 10, None)))[1].badge == badge


def _at_rate(tiles: Tiles, per_s: float, from_s: float, to_s: float) -> tuple[str, bool]:
    tile = None
    for tenth in range(round(from_s * 10), round(to_s * 10)):
        now = CameraNow(SourceState.OK, round(tenth / 10 * per_s), None)
        tile = tiles.look(_with_camera(_state(tenth / 10), ANA, now))[0]
    assert tile is not None
    return tile.detail, tile.detail_warns


def test_a_frame_rate_is_shown_and_turns_amber_after_three_slow_seconds() -> None:
    tiles = _tiles()
    assert _at_rate(tiles, 30, 100, 105) == ("30.0 fps", False)
    words, warns = _at_rate(tiles, 20, 200, 202.5)
    assert (words, warns) == ("20.0 fps", False)
    assert _at_rate(tiles, 20, 202.5, 206) == ("20.0 fps", True)


def test_a_made_up_camera_says_what_it_is() -> None:
    tiles = Tiles(CAST, 30.0, {camera.id: "demo" for camera in CAST.cameras})
    assert tiles.look(_state())[0].detail == "demo"


def test_the_meter_falls_holds_its_peak_and_says_clip_and_no_sound() -> None:
    meter = MeterModel()
    loud = meter.look(SoundLevel(-3.0, 10.0, 10.0), 10.0)
    assert loud.high and loud.clipped and loud.words == "CLIP"
    quiet = meter.look(SoundLevel(-40.0, 10.0, 11.0), 11.0)
    assert quiet.peak == pytest.approx(0.95) and quiet.level == pytest.approx(1 / 3) and quiet.clipped
    later = meter.look(SoundLevel(-40.0, 10.0, 12.5), 12.5)
    assert 0.6 < later.peak < 0.95 and not later.clipped and later.words == "−40"
    assert meter.look(SoundLevel(-100.0, None, 10.0), 15.1).words == "no sound"


def test_the_director_says_what_it_does_and_what_comes_next() -> None:
    view = director_view(_recording(), CAST)
    assert view.sentence == "Cuts by itself. Your take wins at once and holds for 8 s."
    assert (view.next_number, view.next_label, view.waiting) == (2, "Ben", False)


def test_a_hold_runs_down() -> None:
    view = director_view(_recording(mode=Mode.HOLD, hold_until_s=31.0), CAST)
    assert (view.hold_s, view.hold_share) == (6, 0.75)


def test_a_refusal_takes_the_place_of_the_sentence() -> None:
    assert director_view(_recording(), CAST, "Camera 2 is lost.").sentence == "Camera 2 is lost."


def test_without_a_show_the_director_waits() -> None:
    view = director_view(_state(), CAST)
    assert view.waiting and view.next_number is None
    assert view.next_words == "No next yet: nobody has spoken."


def test_after_a_take_the_bar_says_who_has_the_floor() -> None:
    view = program_view(_recording(on_air=BEN, mode=Mode.HOLD, hold_until_s=30.0, reason="Your take."), CAST)
    assert view.reason == "Your take. Ana still has the floor; auto goes back to Ana."
    assert (view.on_air, view.number, view.shot) == (True, 2, "0:15")


def test_the_bar_says_whose_name_viewers_see() -> None:
    state = _recording()
    assert state.snapshot is not None
    assert program_view(state, CAST).name == ""
    name = NameOnAir(ShownName(MIC_ANA, ANA, 24.0, 28.0), "Ana Ruiz", "Architect")
    snapshot = replace(state.snapshot, director=replace(state.snapshot.director, name=name))
    assert program_view(replace(state, snapshot=snapshot), CAST).name == "Ana Ruiz"


def test_without_a_show_the_bar_says_so_and_a_problem_stands_there() -> None:
    assert program_view(_state(), CAST).reason == "Not recording. Not live."
    assert program_view(_state(problem="The disk is full."), CAST).reason == "The disk is full."


def test_what_needs_the_producer_stands_first() -> None:
    notices = (
        Notice(Urgency.TROUBLE, "Camera 2 Ben stopped sending pictures. Check its cable.", "camera cam_2"),
        Notice(Urgency.NEWS, "Camera 1 is back."),
        Notice(Urgency.TROUBLE, "The disk is full in about 9 min. Free some space.", "disk"),
    )
    problems = problems_of(notices)
    assert [problem.cause for problem in problems] == ["disk", "camera cam_2"]
    assert problems[1].title == "Camera 2 Ben stopped sending pictures."
    assert problems[1].text == "Check its cable."
    assert headline(problems) == "1 needs you, 1 being handled"


def test_outputs_count_what_is_written_and_how_fast() -> None:
    outputs = Outputs()
    assert contents(SHOW) == "4 ISO, program, 3 microphones"
    assert outputs.look(_state()).text == "4 ISO, program, 3 microphones. 4 h 26 min fit."
    first = _recording(100.0)
    outputs.look(first)
    assert first.snapshot is not None
    grown = replace(first.snapshot, file_bytes={"program.mp4": 2_000_000})
    view = outputs.look(replace(first, now_s=101.0, snapshot=grown))
    assert view.rate == "8.0 Mb/s"
    assert [(row.name, row.size) for row in view.files] == [("program.mp4", "2.0 MB")]


def test_the_record_button_asks_before_it_stops_and_forgets_after_five_seconds() -> None:
    question = Question()
    assert transport_view(_recording(), question, 0.4).label == "REC"
    question.ask(100.0)
    view = transport_view(_recording(102.5), question, 0.4)
    assert (view.label, view.key, view.asked) == ("Stop recording?", "Shift R", 0.5)
    assert transport_view(_recording(105.1), question, 0.4).label == "REC"
    assert not question.answer(105.1)


def test_yes_counts_once_and_in_time_only() -> None:
    question = Question()
    assert not question.answer(1.0)
    question.ask(10.0)
    assert question.answer(14.9)
    assert not question.answer(14.9)
    question.ask(20.0)
    assert question.drop(20.5)
    assert not question.drop(20.6)
    assert not question.answer(21.0)
    question.ask(30.0)
    assert not question.drop(36.0)


def test_figures_of_the_transport() -> None:
    figures = transport_view(_recording(), Question(), 0.46).figures
    assert [(figure.caption, figure.value) for figure in figures] == [
        ("Disk left", "6 h 6 min"),
        ("CPU", "46 %"),
        ("Frames repeated", "3"),
        ("Program delay", "1.0 s"),
    ]
    assert not any(figure.warns for figure in figures)


def test_trouble_stays_and_information_goes() -> None:
    messages = Messages()
    messages.say(Message("a", "Saved."), 0.0)
    messages.say(Message("b", "Lost.", stays=True), 1.0)
    messages.say(Message("c", "Later."), 2.0)
    top = messages.top(3.0)
    assert top is not None and top.cause == "b"
    assert messages.others() == 2
    assert messages.top(7.0) is top and messages.others() == 1
    assert messages.dismiss(7.0)
    top = messages.top(7.5)
    assert top is not None and top.cause == "c"
    assert messages.top(8.0) is None
    assert not messages.dismiss(8.0)


def test_the_same_cause_replaces_and_what_is_over_goes() -> None:
    messages = Messages()
    messages.say(Message("a", "One.", stays=True), 0.0)
    messages.say(Message("a", "Two.", stays=True), 1.0)
    top = messages.top(2.0)
    assert top is not None and (top.title, messages.others()) == ("Two.", 0)
    messages.over("a")
    assert messages.top(2.0) is None


def test_messages_are_turned_through_until_something_new_is_said() -> None:
    messages = Messages()
    messages.say(Message("info", "An information."), 0.0)
    messages.say(Message("old", "Old trouble.", stays=True), 0.0)
    messages.say(Message("new", "New trouble.", stays=True), 0.0)
    seen = []
    for _ in range(4):
        top = messages.top(1.0)
        assert top is not None
        seen.append(top.cause)
        messages.turn(1.0)
    assert seen == ["new", "old", "info", "new"]
    messages.say(Message("newest", "Newest trouble.", stays=True), 1.0)
    top = messages.top(1.0)
    assert top is not None and top.cause == "newest"


def test_a_message_has_its_first_sentence_as_title() -> None:
    assert in_two("Camera 2 is lost. Check its cable. Now.") == ("Camera 2 is lost.", "Check its cable. Now.")
    assert in_two("The disk is full") == ("The disk is full.", "")
