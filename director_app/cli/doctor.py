"""`director doctor`: what this computer can do for a show, found out by trying, with advice for the rest."""

import os
import shutil
import tempfile
import time
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

from director_app.capture.camera_list import list_cameras
from director_app.capture.errors import SourceError
from director_app.capture.microphone_list import list_microphones
from director_app.cli.duration import size, spoken
from director_app.cli.outcome import results
from director_app.cli.verdict_line import verdict_line
from director_app.core.canvas import Canvas
from director_app.core.verdict import Verdict
from director_app.engine.encoding import CODECS
from director_app.media.encoder import EncoderSettings
from director_app.media.probe import probe
from director_app.session.library import interrupted_sessions

_CANVAS = Canvas(1920, 1080, Fraction(30))
_SHOW_RATE = 3.5e6
"""Bytes a second that a show of three cameras and its program are likely to write."""
_LOW_S = 3600.0
_DISK_PROBE = 64 << 20
_SLOW_DISK = 30e6


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    subject: str
    verdict: Verdict
    text: str

    @property
    def is_bad(self) -> bool:
        """Whether a show cannot work."""
        return self.verdict is Verdict.BAD

    def as_dict(self) -> dict[str, str]:
        """For scripts."""
        return {key: str(value) for key, value in asdict(self).items()}


def examine(sessions: Path) -> list[Finding]:
    """Tries everything; takes a few seconds."""
    return [
        _software_encoder(),
        *_hardware_encoders(),
        _cameras(),
        _microphones(),
        *_disk(sessions),
        *_interrupted(sessions),
    ]


def print_findings(findings: list[Finding]) -> None:
    """For people."""
    for finding in findings:
        results.print(verdict_line(finding.verdict, f"{finding.subject:<16} {finding.text}"))


def _software_encoder() -> Finding:
    result = probe(EncoderSettings(_CANVAS))
    if result.problem is not None:
        return Finding("x264", Verdict.BAD, f"{result.problem} Install the program again.")
    cores = os.cpu_count() or 1
    cameras = int(cores * 0.6 / (result.cpu_s * float(_CANVAS.fps)))
    text = f"encodes about {cameras} cameras at 1080p30 on {cores} cores"
    if cameras < 2:
        return Finding("x264", Verdict.ADVICE, f"{text}. Use 1280 x 720 in the show file.")
    return Finding("x264", Verdict.GOOD, f"{text}.")


def _hardware_encoders() -> list[Finding]:
    findings = []
    for name, codec in CODECS.items():
        if codec == "libx264":
            continue
        result = probe(EncoderSettings(_CANVAS, codec=codec))
        if result.problem is None and result.answers_at_once and result.obeys_keys:
            findings.append(Finding(name, Verdict.GOOD, f'works; use it with encoder = "{name}" in the show file.'))
    return findings or [Finding("hardware", Verdict.GOOD, "No hardware encoder answers here; x264 does the work.")]


def _cameras() -> Finding:
    cameras = list_cameras()
    if cameras:
        return Finding("cameras", Verdict.GOOD, f"{', '.join(camera.name for camera in cameras)}.")
    return Finding("cameras", Verdict.ADVICE, "None is plugged in. Network cameras and files work all the same.")


def _microphones() -> Finding:
    try:
        devices = list_microphones()
    except SourceError as error:
        return Finding("microphones", Verdict.ADVICE, str(error))
    if devices:
        return Finding("microphones", Verdict.GOOD, f"{', '.join(device.name for device in devices)}.")
    return Finding("microphones", Verdict.ADVICE, "None is plugged in, or no sound server runs.")


def _disk(sessions: Path) -> list[Finding]:
    folder = next(each for each in (sessions, *sessions.parents) if each.is_dir())
    if not os.access(folder, os.W_OK):
        return [Finding("disk", Verdict.BAD, f"{folder} cannot be written. Choose another folder with --sessions.")]
    free = shutil.disk_usage(folder).free
    left_s = free / _SHOW_RATE
    text = f"{size(free)} free in {folder}, about {spoken(left_s)} of three cameras"
    space = Finding("disk", Verdict.GOOD if left_s > _LOW_S else Verdict.ADVICE, f"{text}.")
    return [space, _disk_speed(folder)] if free > 2 * _DISK_PROBE else [space]


def _disk_speed(folder: Path) -> Finding:
    block = os.urandom(1 << 20)
    started = time.perf_counter()
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            for _ in range(_DISK_PROBE >> 20):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return Finding("disk speed", Verdict.BAD, f"Writing failed: {error.strerror or error}.")
    speed = _DISK_PROBE / (time.perf_counter() - started)
    verdict = Verdict.GOOD if speed >= _SLOW_DISK else Verdict.ADVICE
    advice = "" if verdict is Verdict.GOOD else " Slow: choose another disk with --sessions."
    return Finding("disk speed", verdict, f"{size(speed)} a second.{advice}")


def _interrupted(sessions: Path) -> list[Finding]:
    return [
        Finding("session", Verdict.ADVICE, f"An interrupted recording waits: director recover {entry.folder}")
        for entry in interrupted_sessions(sessions)
    ]
