"""The lists of devices: asked in a thread while they are wanted, and only then; the newest is always at hand."""

import threading

import pytest

from director_app.capture.camera_list import CameraDevice
from director_app.capture.microphone_list import InputDevice
from director_app.engine import devices
from director_app.engine.devices import DeviceLists, DeviceWatch, find_microphone, usable_microphones
from tests.helpers.wait import eventually

pytestmark = pytest.mark.realtime

BRIO = CameraDevice("Logi Brio", "/dev/v4l/by-id/brio", 200, 200)
MIXER = InputDevice("Mixer", "ALSA", 8, 48_000)
EMPTY, FULL = DeviceLists((), ()), DeviceLists((BRIO,), (MIXER,))


class System:
    """Answers when the test lets it, with what is plugged in then."""

    def __init__(self) -> None:
        self.lists = EMPTY
        self.may_answer = threading.Semaphore(0)
        self.asked = 0

    def ask(self) -> DeviceLists:
        self.asked += 1
        assert self.may_answer.acquire(timeout=10)
        return self.lists


def test_nobody_waits_for_the_first_answer_and_a_change_is_seen() -> None:
    system = System()
    watch = DeviceWatch(system.ask)
    watch.resume()
    assert watch.look() is None
    system.may_answer.release()
    assert eventually(watch.look, 10, "the first answer") is EMPTY
    system.lists = FULL
    system.may_answer.release()
    watch.resume()
    eventually(lambda: watch.look() is FULL, 10, "the second answer")
    watch.close()
    watch.close()


def test_the_same_devices_are_the_same_object() -> None:
    system = System()
    system.lists = FULL
    watch = DeviceWatch(system.ask)
    watch.resume()
    system.may_answer.release()
    eventually(watch.look, 10, "the first answer")
    system.lists = DeviceLists((BRIO,), (MIXER,))
    system.may_answer.release()
    watch.resume()
    eventually(lambda: watch.answers == 2, 10, "the second answer")
    assert watch.look() is FULL
    watch.close()


def test_it_asks_again_by_itself_and_never_while_it_is_paused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "PERIOD_S", 0.01)
    system = System()
    watch = DeviceWatch(system.ask)
    watch.resume()
    system.may_answer.release(3)
    eventually(lambda: system.asked == 4, 10, "the fourth question")
    watch.pause()
    system.may_answer.release()
    eventually(lambda: watch.answers == 4, 10, "the fourth answer")
    assert not threading.Event().wait(0.1) and system.asked == 4
    watch.resume()
    eventually(lambda: system.asked == 5, 10, "the fifth question")
    system.may_answer.release(100)
    watch.close()


def test_what_nobody_had_expected_is_raised_to_the_owner() -> None:
    def ask() -> DeviceLists:
        raise RuntimeError("driver")

    watch = DeviceWatch(ask)
    watch.resume()
    eventually(lambda: not watch._thread.is_alive(), 10, "the thread ends")
    with pytest.raises(RuntimeError, match="driver"):
        watch.close()


def test_a_watch_that_never_began_is_closed() -> None:
    DeviceWatch(System().ask).close()


def test_a_microphone_is_found_by_name_and_by_host_api_if_one_is_given() -> None:
    jack = InputDevice("Mixer", "JACK", 2, 48_000)
    assert find_microphone("Mixer", None, (MIXER, jack)) is MIXER
    assert find_microphone("Mixer", "JACK", (MIXER, jack)) is jack
    assert find_microphone("mixer", None, (MIXER, jack)) is None


def test_stand_ins_are_offered_only_where_nothing_else_is() -> None:
    default = InputDevice("default", "ALSA", 32, 48_000)
    again = InputDevice("Mixer", "JACK", 8, 48_000)
    assert usable_microphones([default, MIXER, again]) == [MIXER]
    assert usable_microphones([default]) == [default]
