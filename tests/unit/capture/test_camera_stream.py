"""What can be said of network cameras without a network: commands as data, and what FFmpeg is not asked for."""

import shutil

import pytest

from director_app.capture.camera_relay import relay_command
from director_app.capture.camera_stream import StreamCamera
from director_app.capture.errors import SourceUnusableError
from director_app.capture.reader import Liveness


def test_the_relay_copies_and_decodes_nothing() -> None:
    command = relay_command("/usr/bin/ffmpeg", 4711)
    assert command[0] == "/usr/bin/ffmpeg"
    assert command[command.index("-i") + 1] == "pipe:0"
    assert command[command.index("-c") + 1] == "copy"
    assert command[-1] == "tcp://127.0.0.1:4711"


def test_srt_without_a_fitting_ffmpeg_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    camera = StreamCamera("srt://127.0.0.1:9000?passphrase=geheim")
    with pytest.raises(
        SourceUnusableError, match=r"^srt://127.0.0.1:9000 needs the program ffmpeg with SRT"
    ) as raised:
        camera.open()
    camera.close()
    assert "geheim" not in str(raised.value)


def test_a_camera_on_the_network_may_be_still_and_is_closed_until_opened() -> None:
    camera = StreamCamera("rtsp://127.0.0.1/a")
    assert camera.liveness is Liveness.MADE
    with pytest.raises(RuntimeError, match="closed"):
        camera.read(0)
    camera.close()
    camera.close()
