"""The watch over a running recording, look by look: what is told, logged and ended. No thread, no device, no disk."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from director_app.capture.camera_feed import CameraFeed
from director_app.core.events import CameraChanged, OutsideEvent
from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.engine.notices import Notices
from director_app.engine.recording import Recording
from director_app.engine.sound import MicrophoneLine
from director_app.engine.supervisor import Supervisor
from director_app.session.event_log import EventLog
from tests.helpers.shows import small_show

A, B = CameraId("a"), CameraId("b")
MIC = MicrophoneId("mic_a")
GB = 1_000_000_000


class FakeRecording:
    """What a supervisor asks of a recording."""

    def __init__(self) -> None:
        self.told: list[OutsideEvent] = []
        self.absent: set[CameraId] = set()
        self.encoder_repeats = 0
        self.packets_left_out = 0
        self.has_gain_control = False
        self.dead: tuple[str, ...] = ()
        self.files = SimpleNamespace(sizes=dict, left_out=lambda: {"program.mp4": self.packets_left_out})

    def tell(self, event: OutsideEvent) -> None:
        self.told.append(event)

    def show_placeholders(self, absent: set[CameraId]) -> None:
        self.absent = absent

    def time_s(self) -> float:
        return 12.0

    def dead_threads(self) -> tuple[str, ...]:
        return self.dead

    def overloaded(self) -> int:
        return self.encoder_repeats


class FakeFeed:
    """A camera or microphone that is in the state it is told to be in."""

    def __init__(self) -> None:
        self.state = SourceState.OK
        self.error: str | None = None

    def look(self, _now_ns: int) -> SourceState:
        return self.state


class Watch:
    """A supervisor and everything around it."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.recording = FakeRecording()
        self.cameras = {A: FakeFeed(), B: FakeFeed()}
        self.microphone = FakeFeed()
        self.notices = Notices()
        self.logged: list[tuple[str, dict[str, Any]]] = []
        self.ends: list[str] = []
        self.free = 1000 * GB
        self._monkeypatch = monkeypatch
        line = SimpleNamespace(id=MIC, feed=self.microphone)
        log = SimpleNamespace(append=lambda kind, _t_s, fields: self.logged.append((kind, dict(fields))))
        self.supervisor = Supervisor(
            small_show(),
            cast(Recording, self.recording),
            cast(dict[CameraId, CameraFeed], self.cameras),
            (cast(MicrophoneLine, line),),
            {A: SourceState.OK, B: SourceState.OK},
            folder,
            cast(EventLog, log),
            self.notices,
            self.ends.append,
        )

    def look(self) -> None:
        """One look at everything, the disk included."""
        self._monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=self.free))
        self.supervisor._look()
        self.supervisor._look_at_disk()

    @property
    def told(self) -> list[str]:
        """What the producer reads now."""
        return [notice.text for notice in self.notices.all()]


@pytest.fixture
def watch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(tmp_path, monkeypatch)


def test_nothing_happens_while_all_is_well(watch: Watch) -> None:
    watch.look()
    assert (watch.told, watch.logged, watch.recording.told, watch.ends) == ([], [], [], [])


def test_a_lost_camera_is_told_logged_left_and_replaced_by_its_name(watch: Watch) -> None:
    watch.cameras[A].state, watch.cameras[A].error = SourceState.LOST, "No such device."
    watch.look()
    watch.look()
    assert watch.recording.told == [CameraChanged(A, SourceState.LOST)]
    assert watch.recording.absent == {A}
    assert watch.logged == [("source_lost", {"source": A, "detail": "No such device."})]
    assert watch.told == ["Camera 1 A stopped sending pictures. Check its cable; it is being opened again."]


def test_a_camera_that_is_back_is_news(watch: Watch) -> None:
    watch.cameras[B].state = SourceState.FROZEN
    watch.look()
    watch.cameras[B].state = SourceState.OK
    watch.look()
    assert watch.told == ["Camera 2 B is back."]
    assert [kind for kind, _ in watch.logged] == ["source_frozen", "source_back"]
    assert watch.recording.absent == set()


def test_a_camera_whose_encoder_gave_up_never_comes_back(watch: Watch) -> None:
    watch.supervisor.camera_failed(A, "The driver has gone.")
    watch.look()
    watch.look()
    assert watch.recording.told == [CameraChanged(A, SourceState.LOST)]
    assert watch.logged == [("source_lost", {"source": A, "detail": "The driver has gone."})]
    assert watch.told == []


def test_a_microphone_that_goes_and_comes(watch: Watch) -> None:
    watch.microphone.state = SourceState.LOST
    watch.look()
    assert watch.told == ["The microphone of A has gone. Its file goes on with silence. Check its cable."]
    watch.microphone.state = SourceState.OPENING
    watch.look()
    watch.microphone.state = SourceState.OK
    watch.look()
    assert watch.told == ["The microphone of A is back."]
    assert [kind for kind, _ in watch.logged] == ["source_lost", "source_back"]


def test_a_disk_that_fills_is_warned_of_once_and_closed_once(watch: Watch) -> None:
    watch.free = 201_000_000
    watch.look()
    watch.look()
    assert [kind for kind, _ in watch.logged] == ["disk_low"]
    assert watch.told[0].startswith("The disk is full in about ")
    assert watch.ends == []
    watch.free = 200_000_000
    watch.look()
    watch.look()
    (sentence,) = watch.ends
    assert "everything in it is safe" in sentence
    assert "Free some space before the next show" in sentence


def test_a_disk_that_was_emptied_is_no_trouble_any_more(watch: Watch) -> None:
    watch.free = 201_000_000
    watch.look()
    watch.free = 1000 * GB
    watch.look()
    assert watch.told == []


def test_automatic_gain_control_is_told_with_how_to_switch_it_off_while_it_lasts(watch: Watch) -> None:
    watch.recording.has_gain_control = True
    watch.look()
    (told,) = watch.told
    assert "automatic gain control" in told and "switch" in told
    watch.recording.has_gain_control = False
    watch.look()
    assert watch.told == []


def test_a_slow_computer_is_told_while_it_lasts(watch: Watch) -> None:
    watch.recording.encoder_repeats = 7
    watch.look()
    assert watch.told == ["This computer is too slow: pictures repeat. Close other programs."]
    watch.look()
    assert watch.told == []
    assert watch.logged == [("frames_repeated", {"because": "encoder", "frames": 7})]


def test_packets_that_had_to_be_left_out_are_told_and_counted(watch: Watch) -> None:
    watch.recording.packets_left_out = 3
    watch.look()
    watch.recording.packets_left_out = 5
    watch.look()
    assert [fields["packets"] for kind, fields in watch.logged if kind == "packets_left_out"] == [3, 2]
    assert watch.told == ["The disk has stood still for too long: some pictures were not written."]


@pytest.mark.parametrize("thread", ["director", "analysis", "program bus"])
def test_a_thread_that_died_is_told_and_logged_once(watch: Watch, thread: str) -> None:
    watch.recording.dead = (thread,)
    watch.look()
    watch.look()
    assert len(watch.told) == 1
    assert watch.logged == [("thread_ended", {"thread": thread})]
    assert watch.ends == []


def test_without_a_clock_the_recording_is_closed(watch: Watch) -> None:
    watch.recording.dead = ("program clock",)
    watch.look()
    assert len(watch.ends) == 1
