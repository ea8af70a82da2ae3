"""Cameras at a port: found by path, name or number, asked for MJPG, and given up when they say nothing."""

from pathlib import Path
from typing import Any

import cv2
import cv2_enumerate_cameras
import numpy as np
import pytest

from director_app.capture import camera_device, camera_list
from director_app.capture.camera_device import DeviceCamera, DeviceWish
from director_app.capture.camera_list import CameraDevice, find_camera, list_cameras, names_of
from director_app.capture.errors import SourceLostError, SourceNotFoundError
from director_app.capture.reader import Liveness
from tests.helpers.fake_capture import DEVICE, FakeCapture, FakePort

WISH = DeviceWish(1280, 720, 25)
TWO = (CameraDevice("Cam", "/dev/video0", 200, 200), CameraDevice("Cam", "/dev/video2", 202, 200), DEVICE)


def opened(port: FakePort) -> DeviceCamera:
    camera = DeviceCamera("Studio Cam", WISH, port.present, port.open_capture)
    camera.open()
    return camera


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        (0, "/dev/video0"),
        ("2", "/dev/video2"),
        ("/dev/video2", "/dev/video2"),
        ("cam", "/dev/video0"),
        (" STUDIO cam ", "/dev/video7"),
        (7, "/dev/video7"),
        ("Studio", None),
        (1, None),
    ],
)
def test_a_camera_is_found_by_path_name_or_number(wanted: str | int, path: str | None) -> None:
    found = find_camera(wanted, TWO)
    assert (found.path if found else None) == path


def test_only_back_ends_that_opencv_has_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    class Info:
        def __init__(self, backend: int, index: int) -> None:
            self.name, self.path, self.index, self.backend = f"Cam {index}", f"/dev/video{index}", index, backend

    asked = []

    def answer(backend: int) -> list[Info]:
        asked.append(backend)
        return [Info(backend, 2), Info(backend, 0)]

    monkeypatch.setattr(cv2_enumerate_cameras, "supported_backends", (cv2.CAP_GSTREAMER, 999, 200))
    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", answer)
    monkeypatch.setattr(cv2.videoio_registry, "getCameraBackends", lambda: (cv2.CAP_GSTREAMER, 200))
    assert [(device.index, device.backend) for device in list_cameras()] == [(0, 200), (2, 200)]
    assert asked == [200]


def test_names_for_sentences() -> None:
    assert names_of(()) == "none"
    assert names_of((DEVICE,)) == '"Studio Cam"'


def test_mjpg_is_asked_for_before_size_and_rate() -> None:
    port = FakePort()
    camera = opened(port)
    assert port.captures[0].asked == [
        (cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*"MJPG"))),
        (cv2.CAP_PROP_FRAME_WIDTH, 1280),
        (cv2.CAP_PROP_FRAME_HEIGHT, 720),
        (cv2.CAP_PROP_FPS, 25),
    ]
    assert camera.liveness is Liveness.SENSOR
    camera.close()
    camera.close()
    assert port.open_captures == 0


def test_a_camera_in_use_says_so_and_is_let_go() -> None:
    port = FakePort()
    port.in_use = True
    with pytest.raises(SourceLostError, match="Close other programs"):
        opened(port)
    assert port.open_captures == 0


def test_a_missing_camera_names_those_present() -> None:
    port = FakePort()
    with pytest.raises(SourceNotFoundError, match=r'no camera "Nikon"\. Present: "Studio Cam"'):
        DeviceCamera("Nikon", WISH, port.present, port.open_capture).open()
    port.plugged = False
    with pytest.raises(SourceNotFoundError, match="Present: none"):
        opened(port)


def test_a_camera_that_is_pulled_out_is_lost_after_three_misses() -> None:
    port = FakePort(fps=1000)
    camera = opened(port)
    assert camera.read(0.1) is not None
    port.plugged = False
    assert camera.read(0.1) is None
    assert camera.read(0.1) is None
    with pytest.raises(SourceLostError, match="stopped sending pictures"):
        camera.read(0.1)
    camera.close()
    with pytest.raises(RuntimeError, match="closed"):
        camera.read(0.1)


class Odd(FakeCapture):
    """Gives what it is told to."""

    given: Any = None

    def read(self) -> tuple[bool, Any]:
        if isinstance(self.given, Exception):
            raise self.given
        return True, self.given


def odd(given: Any) -> DeviceCamera:
    port = FakePort()
    capture = Odd(port)
    capture.given = given
    camera = DeviceCamera(7, WISH, port.present, lambda _: capture)
    camera.open()
    return camera


def test_a_torn_picture_is_a_miss() -> None:
    camera = odd(cv2.error("torn JPEG"))
    assert camera.read(0.1) is None
    camera.close()


def test_a_camera_without_colour_is_shown_grey() -> None:
    camera = odd(np.full((90, 160), 77, np.uint8))
    picture = camera.read(0.1)
    assert picture is not None
    assert isinstance(picture.image, np.ndarray)
    assert picture.image.shape == (90, 160, 3)
    assert np.unique(picture.image).tolist() == [77]
    camera.close()


def test_on_linux_a_camera_is_known_by_a_name_that_lasts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    by_id, by_path = tmp_path / "by-id", tmp_path / "by-path"
    video = tmp_path / "video0", tmp_path / "video2"
    for folder in (by_id, by_path):
        folder.mkdir()
    for node in video:
        node.touch()
    (by_id / "usb-Brio").symlink_to(video[0])
    (by_path / "port-1").symlink_to(video[0])
    (by_path / "port-2").symlink_to(video[1])
    monkeypatch.setattr(camera_list, "_LASTING", (by_id, by_path))
    assert camera_list._lasting_paths() == {
        str(video[0]): str(by_id / "usb-Brio"),
        str(video[1]): str(by_path / "port-2"),
    }


@pytest.mark.parametrize(("code", "letters"), [(1196444237.0, "MJPG"), (0.0, ""), (-1.0, ""), (1.0, "")])
def test_the_coding_of_a_camera_is_told_where_its_driver_knows_it(code: float, letters: str) -> None:
    assert camera_device._letters(code) == letters
