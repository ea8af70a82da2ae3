"""A draft is seen while it is chosen, used when somebody says so, and put back when the page is left."""

from dataclasses import replace
from pathlib import Path

from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.engine.studio_state import CameraNow, MicrophoneNow, Phase, StudioState
from director_app.gui.models import setup_edits as edits
from director_app.gui.models.setting_up import Edit, SettingUp
from director_app.gui.models.setup import draft_of, examine
from director_app.gui.models.setup_status import Status, Tone, status_of
from director_app.session.demo_show import demo_show
from director_app.session.show import Show
from tests.helpers.desk import QuietStudio
from tests.helpers.shows import small_show

USUAL = Path("/videos")


class Told(QuietStudio):
    """Remembers what it was asked for, and does it when the test says so."""

    def __init__(self, show: Show) -> None:
        super().__init__(show, USUAL)
        self.asked: list[tuple[Show, Path | None]] = []

    def use(self, show: Show, sessions: Path | None = None) -> None:
        self.asked.append((show, sessions))

    def obey(self, now_s: float = 0.0, phase: Phase = Phase.READY) -> StudioState:
        show = self.asked[-1][0] if self.asked else self.state.show
        self.state = replace(self.state, show=show, now_s=now_s, phase=phase)
        return self.state


def begun() -> tuple[Told, SettingUp]:
    studio = Told(demo_show())
    model = SettingUp(studio, lambda: USUAL)
    model.come(studio.look())
    return studio, model


def other_source(row: int = 0) -> Edit:
    return lambda draft: edits.choose_camera(draft, row, edits.TEST)


def test_a_change_is_seen_when_it_has_settled_and_is_not_in_use() -> None:
    studio, model = begun()
    model.edit(other_source(), 10.0)
    model.follow(studio.obey(10.1))
    assert studio.asked == []
    model.follow(studio.obey(10.4))
    assert [show.camera[0].kind for show, _ in studio.asked] == ["synthetic"]
    assert model.is_changed and model.in_use == demo_show()
    model.follow(studio.obey(11.0))
    assert len(studio.asked) == 1


def test_names_do_not_disturb_the_studio() -> None:
    studio, model = begun()
    model.edit(lambda draft: edits.rename_camera(draft, 0, "Zoë"), 1.0)
    model.follow(studio.obey(9.0))
    assert studio.asked == [] and model.is_changed


def test_a_draft_with_faults_is_not_shown_and_not_used() -> None:
    studio, model = begun()
    model.edit(lambda draft: edits.add_camera(draft, edits.STREAM), 1.0)
    model.follow(studio.obey(9.0))
    assert studio.asked == [] and model.faults and not model.use()
    assert "cam_1" in model.seen() and "cam_5" not in model.seen()


def test_used_it_is_in_use_with_its_folder() -> None:
    studio, model = begun()
    model.edit(lambda draft: edits.set_sessions(other_source()(draft), Path("/there")), 1.0)
    assert model.use()
    assert studio.asked == [(model.show, Path("/there"))]
    assert not model.is_changed
    model.edit(lambda draft: edits.set_sessions(draft, None), 2.0)
    model.use()
    assert studio.asked[-1][1] == USUAL


def test_put_back_shows_what_was_in_use() -> None:
    studio, model = begun()
    model.edit(other_source(), 1.0)
    model.follow(studio.obey(2.0))
    model.put_back(3.0)
    assert not model.is_changed
    model.follow(studio.obey(4.0))
    assert [show for show, _ in studio.asked][1:] == [demo_show()]


def test_whoever_leaves_the_page_finds_the_show_in_use_and_his_draft_again() -> None:
    studio, model = begun()
    model.edit(other_source(), 1.0)
    model.follow(studio.obey(2.0))
    model.leave()
    assert studio.asked[-1][0] == demo_show()
    model.come(studio.look())
    assert model.in_use == demo_show() and model.is_changed
    model.follow(studio.obey(9.0))
    assert studio.asked[-1][0].camera[0].kind == "synthetic"


def test_leaving_with_nothing_to_see_asks_for_nothing() -> None:
    studio, model = begun()
    model.edit(lambda draft: edits.set_title(draft, "Other"), 1.0)
    model.leave()
    assert studio.asked == []


def test_another_show_that_is_in_use_meanwhile_is_taken_up_unless_something_was_begun() -> None:
    studio, model = begun()
    studio.state = replace(studio.state, show=small_show(2))
    model.come(studio.look())
    assert model.draft == draft_of(small_show(2)) and not model.is_changed
    model.edit(lambda draft: edits.set_title(draft, "Mine"), 1.0)
    studio.state = replace(studio.state, show=small_show(3))
    model.come(studio.look())
    assert model.draft.title == "Mine" and model.in_use == small_show(3)


def test_what_is_recorded_is_in_use_whoever_began_it() -> None:
    studio, model = begun()
    model.edit(other_source(), 1.0)
    model.follow(studio.obey(2.0))
    model.follow(studio.obey(3.0, Phase.RECORDING))
    assert not model.is_changed
    model.leave()
    assert len(studio.asked) == 1


def test_nothing_is_asked_while_the_studio_is_busy() -> None:
    studio, model = begun()
    model.edit(other_source(), 1.0)
    for phase in (Phase.OPENING, Phase.STARTING, Phase.RECORDING, Phase.STOPPING):
        model.follow(studio.obey(5.0, phase))
    assert studio.asked == []
    model.follow(studio.obey(6.0, Phase.FAILED))
    assert len(studio.asked) == 1


def state_of(**more: object) -> StudioState:
    state = StudioState(
        0.0,
        Phase.READY,
        demo_show(),
        cameras={CameraId(f"cam_{number}"): CameraNow(SourceState.OK, 9, None) for number in range(1, 5)},
        microphones={MicrophoneId(f"mic_{number}"): MicrophoneNow(SourceState.OK) for number in range(1, 4)},
    )
    return replace(state, **more)  # type: ignore[arg-type]


def status(state: StudioState, *found: str, edit: Edit = lambda draft: draft) -> Status:
    draft = edit(draft_of(demo_show()))
    show, faults = examine(draft)
    return status_of(draft, faults, state, found, changed=show != demo_show())


def test_the_status_is_a_sentence() -> None:
    assert status(state_of()) == Status(Tone.GOOD, "Ready to record.", "This set-up is in use.")
    assert status(state_of(), edit=other_source()).text == "What you changed is not in use yet."
    one = status(state_of(), "microphone 2 Ben has automatic gain")
    assert (one.tone, one.head) == (Tone.WARNING, "Ready to record, with one warning:")
    assert one.text == "microphone 2 Ben has automatic gain."
    two = status(state_of(), "microphone 2 Ben is noisy", "microphone 3 Cara is noisy")
    assert (two.head, two.text) == (
        "Ready to record, with 2 warnings:",
        "microphone 2 Ben is noisy. One more.",
    )


def test_the_status_says_what_is_missing_and_why_nothing_can_be_changed() -> None:
    faulty = status(state_of(), edit=lambda draft: edits.rename_camera(draft, 1, ""))
    assert (faulty.tone, faulty.text) == (Tone.MISSING, "camera 2 has no name. Write at least one letter.")
    failed = status(state_of(phase=Phase.FAILED, problem="/gone cannot be written. Choose another folder."))
    assert failed.text == "/gone cannot be written. Choose another folder."
    busy = status(state_of(phase=Phase.RECORDING))
    assert (busy.tone, busy.head) == (Tone.BUSY, "The show is being recorded.")
    assert status(state_of(phase=Phase.OPENING)).tone is Tone.BUSY


def test_the_status_names_sources_that_give_nothing() -> None:
    cameras = {**state_of().cameras, CameraId("cam_2"): CameraNow(SourceState.LOST, 0, "It is not there.")}
    assert status(state_of(cameras=cameras)).text == "camera 2 Ben gives no picture. It is not there."
    lost = {MicrophoneId("mic_1"): MicrophoneNow(SourceState.LOST, error="It has gone.")}
    assert status(state_of(microphones=lost)).text == "microphone 1 Ana gives no sound. It has gone."
    twins = status(
        state_of(),
        edit=lambda draft: edits.choose_camera(
            edits.choose_camera(draft, 0, {"kind": "device", "device": "Brio"}),
            1,
            {"kind": "device", "device": "Brio"},
        ),
    )
    assert twins.text == "cameras 1 Ana and 2 Ben are one device."
