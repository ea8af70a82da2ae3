"""Finds the ffmpeg program that encodes whole films, and asks it what it can. Must not encode a film.

Copying films needs none. The system's own comes first, then the one that the extra `render` installs.
"""

import importlib
import re
import shutil
import subprocess
from dataclasses import dataclass

from director_app.post.render.errors import ToolError
from director_app.post.render.order import VideoCodec

OLDEST = 5
"""Major version."""

_ANSWER_S = 20.0

_INSTALL = "Install ffmpeg 5.0 or newer, or: pip install 'director-app[render]'"

HARDWARE_ENCODERS = {
    VideoCodec.H264: ("h264_nvenc", "h264_qsv", "h264_amf", "h264_videotoolbox", "h264_mf"),
    VideoCodec.HEVC: ("hevc_nvenc", "hevc_qsv", "hevc_amf", "hevc_videotoolbox", "hevc_mf"),
}
"""In the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Ffmpeg:
    """A program that was found. version: as it says itself."""

    path: str
    version: str


def find_ffmpeg() -> Ffmpeg:
    """Raises ToolError when there is none, or only one that is too old."""
    too_old = ""
    for path in filter(None, (shutil.which("ffmpeg"), _installed_with_us())):
        version = _version(path)
        if version is None:
            continue
        if is_new_enough(version):
            return Ffmpeg(path, version)
        too_old = (
            too_old or f"The ffmpeg of this computer ({path}) is version {version}, which is too old. {_INSTALL}"
        )
    raise ToolError(too_old or f"Encoding a whole film needs the program ffmpeg, which was not found. {_INSTALL}")


def is_new_enough(version: str) -> bool:
    """version: as ffmpeg says it, such as 5.1.9-0+deb12u1, n7.1 or N-117-gabc; the last, of no release, are new."""
    found = re.match(r"n?(\d+)[.\-+]", version + "-")
    return found is None or int(found[1]) >= OLDEST


def hardware_encoder(ffmpeg: Ffmpeg, codec: VideoCodec) -> str | None:
    """The first encoder of a graphics unit that works here; None if none does. Tries them: a list proves nothing."""
    return next((name for name in HARDWARE_ENCODERS[codec] if _encodes(ffmpeg, name)), None)


def _encodes(ffmpeg: Ffmpeg, encoder: str) -> bool:
    source = ["-f", "lavfi", "-i", "color=black:s=640x360:r=30", "-frames:v", "3", "-pix_fmt", "yuv420p"]
    command = [ffmpeg.path, "-v", "quiet", "-nostdin", *source, "-c:v", encoder, "-f", "null", "-"]
    try:
        return subprocess.run(command, capture_output=True, check=False, timeout=_ANSWER_S).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _version(path: str) -> str | None:
    try:
        said = subprocess.run([path, "-version"], capture_output=True, check=False, timeout=_ANSWER_S).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.match(rb"ffmpeg version (\S+)", said)
    return None if found is None else found[1].decode("ascii", "replace")


def _installed_with_us() -> str | None:
    try:
        return str(importlib.import_module("imageio_ffmpeg").get_ffmpeg_exe())
    except (ImportError, RuntimeError):
        return None
