"""`director devices`: what is plugged in, with the words a show file wants."""

from dataclasses import asdict, dataclass

from rich.table import Table

from director_app.capture.camera_list import CameraDevice, list_cameras
from director_app.capture.errors import SourceError
from director_app.capture.microphone_list import InputDevice, list_microphones
from director_app.cli.outcome import results


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


def print_devices(lists: DeviceLists) -> None:
    """Two tables for people."""
    cameras = Table("Camera", "Path", title="Cameras", title_justify="left")
    for camera in lists.cameras:
        cameras.add_row(camera.name, camera.path or str(camera.index % 100))
    microphones = Table("Microphone", "Host API", "Channels", "Rate", title="Microphones", title_justify="left")
    for device in lists.microphones:
        microphones.add_row(device.name, device.host_api, str(device.channels), f"{device.rate} Hz")
    if lists.cameras:
        results.print(cameras)
    else:
        results.print("No camera is plugged in. Network cameras and files need no listing.")
    if lists.microphones:
        results.print(microphones)
    else:
        results.print(lists.sound_problem or "No microphone is plugged in.", markup=False)
