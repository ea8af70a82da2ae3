"""`director devices`: what is plugged in, with the words a show file wants."""

from rich.table import Table

from director_app.cli.outcome import results
from director_app.engine.devices import DeviceLists


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
