"""Which cameras and microphones are plugged in now: asked once, or watched in a thread. Opens none of them.

Asking takes a moment (microphones are asked of a new child), so that windows only ever look at the newest answer.
"""

import threading
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass

from director_app.capture.camera_list import CameraDevice, find_camera, list_cameras
from director_app.capture.errors import SourceError
from director_app.capture.microphone_list import InputDevice, list_microphones

__all__ = [
    "CameraDevice",
    "DeviceLists",
    "DeviceWatch",
    "InputDevice",
    "device_lists",
    "find_camera",
    "find_microphone",
    "usable_microphones",
]

PERIOD_S = 3.0

_STAND_INS = frozenset(
    {"default", "sysdefault", "pulse", "pipewire", "microsoft sound mapper - input", "primary sound capture driver"}
)


@dataclass(frozen=True, slots=True)
class DeviceLists:
    """Everything that is plugged in; sound_problem says why microphones could not be listed."""

    cameras: tuple[CameraDevice, ...]
    microphones: tuple[InputDevice, ...]
    sound_problem: str | None = None

    def as_dict(self) -> dict[str, object]:
        """For scripts."""
        return asdict(self)


def device_lists() -> DeviceLists:
    """Looks at the system now; never raises for a machine without sound."""
    cameras = list_cameras()
    try:
        return DeviceLists(cameras, list_microphones())
    except SourceError as error:
        return DeviceLists(cameras, (), str(error))


def find_microphone(device: str, host_api: str | None, present: Sequence[InputDevice]) -> InputDevice | None:
    """The device of this name, and of this host API if one is given."""
    return next((each for each in present if each.name == device and host_api in {None, each.host_api}), None)


def usable_microphones(devices: Sequence[InputDevice]) -> list[InputDevice]:
    """Each device once, and names that only stand for "whichever is chosen" where nothing else is there."""
    by_name = {device.name: device for device in reversed(devices) if device.channels > 0}
    real = [device for device in devices if by_name.get(device.name) is device]
    return [device for device in real if device.name.casefold() not in _STAND_INS] or real


class DeviceWatch:
    """Owner of one thread that asks every three seconds while it is wanted. look() never waits."""

    def __init__(self, ask: Callable[[], DeviceLists] = device_lists) -> None:
        self._ask = ask
        self._news = threading.Condition()
        self._wanted = False
        self._at_once = False
        self._closing = False
        self._lists: DeviceLists | None = None
        self._answers = 0
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._run, name="devices", daemon=True)

    def resume(self) -> None:
        """Asks at once and from now on. Idempotent, but for the question; not after close()."""
        with self._news:
            self._wanted = self._at_once = True
            self._news.notify()
        if self._thread.ident is None:
            self._thread.start()

    def pause(self) -> None:
        """Asks no more until resume(). Idempotent."""
        with self._news:
            self._wanted = self._at_once = False

    def look(self) -> DeviceLists | None:
        """The newest answer, None before the first: the same object until something is new."""
        return self._lists

    @property
    def answers(self) -> int:
        """How many questions have been answered: who asks again sees when the answer is there."""
        return self._answers

    def close(self, deadline_s: float = 10.0) -> None:
        """Joins. Idempotent. Raises what nobody had expected, or TimeoutError."""
        with self._news:
            self._closing = True
            self._news.notify()
        if self._thread.ident is not None:
            self._thread.join(deadline_s)
            if self._thread.is_alive():
                raise TimeoutError(f"The list of devices did not come within {deadline_s:g} s.")
        if self._error is not None:
            raise self._error

    def _run(self) -> None:
        while self._wait():
            try:
                lists = self._ask()
            except Exception as error:  # noqa: BLE001 - the thread's outer edge: close() raises it to the owner
                self._error = error
                return
            if lists != self._lists:
                self._lists = lists
            self._answers += 1

    def _wait(self) -> bool:
        """Until it is time to ask; False: never again."""
        with self._news:
            while not (self._closing or self._at_once):
                told = self._news.wait(PERIOD_S if self._wanted else None)
                if not told and self._wanted:
                    break
            self._at_once = False
            return not self._closing
