"""The cameras plugged into this computer: names for people, numbers for OpenCV. Opens none of them."""

from dataclasses import dataclass

import cv2_enumerate_cameras


@dataclass(frozen=True, slots=True)
class CameraDevice:
    """One camera; path is what stays the same when it is plugged in again, where the system has such a thing.

    index and backend: what OpenCV wants to open it with.
    """

    name: str
    path: str
    index: int
    backend: int


def list_cameras() -> tuple[CameraDevice, ...]:
    """All cameras of the system's own back-ends, each once (the same device may answer to several back-ends)."""
    found: dict[tuple[str, str], CameraDevice] = {}
    for backend in cv2_enumerate_cameras.supported_backends:
        for info in cv2_enumerate_cameras.enumerate_cameras(backend):
            device = CameraDevice(info.name or f"camera {info.index}", info.path or "", info.index, info.backend)
            found.setdefault((device.name, device.path or str(device.index)), device)
    return tuple(found.values())


def find_camera(wanted: str | int, present: tuple[CameraDevice, ...]) -> CameraDevice | None:
    """The device of this number, path or name, in this order; names also match without regard to case."""
    by_number = [device for device in present if str(device.index % 100) == str(wanted)]
    by_path = [device for device in present if device.path and device.path == wanted]
    by_name = [device for device in present if device.name.casefold() == str(wanted).casefold()]
    return next(iter(by_path or by_name or by_number), None)


def names_of(present: tuple[CameraDevice, ...]) -> str:
    """For sentences."""
    return ", ".join(f'"{device.name}"' for device in present) if present else "none"
