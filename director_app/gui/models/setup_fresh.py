"""A new show from what is plugged in: a camera each, a microphone for each of the first cameras. No Qt."""

from director_app.engine.devices import DeviceLists, usable_microphones
from director_app.gui.models.setup import CameraDraft, Draft, MicrophoneDraft
from director_app.gui.models.setup_edits import TEST

_MOST_CAMERAS = 6
_MOST_MICROPHONES = 4


def fresh_draft(lists: DeviceLists) -> Draft:
    """Test pictures and tones stand in where nothing is plugged in, so that it runs at once."""
    cameras = tuple(
        CameraDraft(f"cam_{number}", f"Camera {number}", {"kind": "device", "device": device.path or device.name})
        for number, device in enumerate(lists.cameras[:_MOST_CAMERAS], 1)
    ) or tuple(CameraDraft(f"cam_{number}", f"Camera {number}", TEST) for number in (1, 2))
    devices = usable_microphones(lists.microphones)[:_MOST_MICROPHONES]
    microphones = tuple(
        MicrophoneDraft(
            f"mic_{number}",
            f"Person {number}",
            cameras[min(number, len(cameras)) - 1].id,
            {"kind": "device", "device": device.name, "host_api": device.host_api},
        )
        for number, device in enumerate(devices, 1)
    ) or tuple(
        MicrophoneDraft(f"mic_{number}", f"Person {number}", camera.id, TEST)
        for number, camera in enumerate(cameras, 1)
    )
    return Draft("My show", cameras, microphones)
