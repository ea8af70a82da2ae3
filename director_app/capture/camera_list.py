"""The cameras plugged into this computer: names for people, numbers for OpenCV. Opens none of them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import cv2_enumerate_cameras

_LASTING = (Path("/dev/v4l/by-id"), Path("/dev/v4l/by-path"))
"""Linux: links whose names stay when the numbers change, by serial number and by port."""

_UNWANTED = {cv2.CAP_GSTREAMER}
"""Needs a pipeline written in its own language, and this OpenCV only has it where somebody added a plugin."""


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
    """All cameras in order of their numbers, each once (the same device may answer to several back-ends)."""
    found: dict[tuple[str, str], CameraDevice] = {}
    for device in _answers():
        found.setdefault((device.name, device.path or str(device.index)), device)
    return tuple(sorted(found.values(), key=lambda device: device.index))


def _answers() -> Iterator[CameraDevice]:
    lasting = _lasting_paths()
    usable = set(cv2.videoio_registry.getCameraBackends()) - _UNWANTED
    for backend in cv2_enumerate_cameras.supported_backends:
        if backend in usable:
            for info in cv2_enumerate_cameras.enumerate_cameras(backend):
                path = info.path or ""
                yield CameraDevice(
                    info.name or f"camera {info.index}", lasting.get(path, path), info.index, info.backend
                )


def _lasting_paths() -> dict[str, str]:
    """From /dev/videoN to the name that the same camera will have when it is plugged in again."""
    links = [link for folder in reversed(_LASTING) if folder.is_dir() for link in sorted(folder.iterdir())]
    return {os.path.realpath(link): str(link) for link in links}


def find_camera(wanted: str | int, present: tuple[CameraDevice, ...]) -> CameraDevice | None:
    """The device of this path, name or number, in this order; a plain number in the show file is never a name.

    Of several cameras of one name the first is taken: only their paths tell them apart.
    """
    by_number = [device for device in present if str(device.index % 100) == str(wanted)]
    if isinstance(wanted, int):
        return next(iter(by_number), None)
    by_path = [device for device in present if device.path and _is_same(device.path, wanted)]
    by_name = [device for device in present if device.name.casefold() == wanted.strip().casefold()]
    return next(iter(by_path or by_name or by_number), None)


def _is_same(path: str, wanted: str) -> bool:
    return path == wanted or (wanted.startswith("/dev/") and os.path.realpath(path) == os.path.realpath(wanted))


def names_of(present: tuple[CameraDevice, ...]) -> str:
    """For sentences."""
    return ", ".join(f'"{device.name}"' for device in present) if present else "none"
