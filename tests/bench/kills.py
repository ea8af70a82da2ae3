"""kill -9 in mid-show: what is lost, and whether recovery makes a good session of the rest."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from director_app.core.canvas import SAMPLE_RATE
from director_app.media.mp4_reader import Mp4Reader
from director_app.post.check import check_session
from director_app.post.recover import recover_session
from director_app.session.manifest import FileRole, read_manifest
from tests.bench.cuts import wrong_pictures
from tests.bench.row import Row, at_most
from tests.bench.shows import room

_KILLS = 20


def rows(folder: Path) -> Iterator[Row]:
    """20 shows of three cameras at 640 x 360, killed after 2 to 8 s."""
    random_ = random.Random(11)
    lost: list[float] = []
    broken = short = wrong = 0
    for number in range(_KILLS):
        session, reached_s = _killed_show(room(folder, f"kill-{number}"), random_.uniform(2, 8))
        files = _lengths(session)
        lost.append(max(reached_s - length_s for length_s in files.values()))
        broken += sum(_does_not_decode(session / name) for name in files)
        recover_session(session)
        after = _lengths(session) | _program_length(session)
        isos = [length_s for name, length_s in after.items() if name.startswith("cam_")]
        short += after["program.mp4"] < min(isos) - 1e-6 or not check_session(session).is_good
        wrong += wrong_pictures(session)[0]
    yield at_most("kill-lost", max(lost), "s", 0.6, f"most that any ISO or microphone lacked in {_KILLS} kills")
    yield at_most("kill-broken", broken, "files", 0, "ISO or microphone files that FFmpeg reports an error for")
    yield at_most("kill-not-recovered", short, "sessions", 0, "program shorter than the ISOs, or check not good")
    yield at_most("kill-wrong", wrong, "pictures", 0, "of the recovered programs, against the logged cuts")


def _killed_show(sessions: Path, after_s: float) -> tuple[Path, float]:
    """The session and the session time it had reached when it was killed."""
    command = [sys.executable, "-m", "tests.bench.kill_process", str(sessions)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        session = Path(running.stdout.readline().strip())
        start_ns = int(running.stdout.readline())
        time.sleep(after_s)
        reached_s = (time.perf_counter_ns() - start_ns) / 1e9
        running.kill()
    return session, reached_s


def _lengths(session: Path) -> dict[str, float]:
    """Seconds that each ISO and microphone file holds."""
    lengths = {}
    for part in read_manifest(session).files:
        path = session / part.name
        if part.role is FileRole.ISO:
            with Mp4Reader(path) as reader:
                lengths[part.name] = reader.slots / 30
        elif part.role is FileRole.MICROPHONE:
            lengths[part.name] = _flac_samples(path) / SAMPLE_RATE
    return lengths


def _program_length(session: Path) -> dict[str, float]:
    with Mp4Reader(session / "program.mp4") as reader:
        return {"program.mp4": reader.slots / 30}


def _flac_samples(path: Path) -> int:
    command = ["ffmpeg", "-v", "quiet", "-i", str(path), "-f", "s32le", "-"]
    return len(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout) // 4


def _does_not_decode(path: Path) -> bool:
    command = ["ffmpeg", "-v", "error", "-i", str(path), "-f", "null", "-"]
    return bool(subprocess.run(command, stderr=subprocess.PIPE, check=False).stderr.strip())
