"""What windows see of a studio at one moment: plain data, gathered from sources and snapshots. Must not wait."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from director_app.capture.reader import PictureFormat
from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.engine.sound_levels import SoundLevel, SoundLevels
from director_app.engine.sources import Sources
from director_app.engine.state import Snapshot
from director_app.session.show import Show


class Phase(StrEnum):
    """What the engine is doing."""

    OPENING = "opening"
    READY = "ready"
    STARTING = "starting"
    RECORDING = "recording"
    STOPPING = "stopping"
    FAILED = "failed"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class CameraNow:
    """One camera. pictures: given since it was opened, for its frame rate. error: why it gives none, a sentence.

    format: what it gives before it is fitted to the canvas; None before the first picture.
    """

    state: SourceState
    pictures: int
    error: str | None
    format: PictureFormat | None = None


_SILENCE = SoundLevel()


@dataclass(frozen=True, slots=True)
class MicrophoneNow:
    """One microphone. speaks: its own speech, as the director hears it while recording."""

    state: SourceState
    level: SoundLevel = _SILENCE
    speaks: bool = False
    error: str | None = None


@dataclass(frozen=True, slots=True)
class StudioState:
    """Everything a window shows, at one moment of time.perf_counter(), now_s.

    problem: why the last wish could not be done, a sentence. snapshot: of the running recording. folder: of the
    running or the last recording. free_bytes: on the sessions' disk, None while nobody has asked.
    """

    now_s: float
    phase: Phase
    show: Show
    problem: str | None = None
    folder: Path | None = None
    snapshot: Snapshot | None = None
    cameras: Mapping[CameraId, CameraNow] = field(default_factory=dict)
    microphones: Mapping[MicrophoneId, MicrophoneNow] = field(default_factory=dict)
    free_bytes: int | None = None


def cameras_now(
    sources: Sources | None, watched: Mapping[CameraId, SourceState], snapshot: Snapshot | None
) -> dict[CameraId, CameraNow]:
    """watched: what was last seen of them while nothing is recorded."""
    if sources is None:
        return {}
    states = watched if snapshot is None else snapshot.cameras
    return {
        camera: CameraNow(states.get(camera, SourceState.OPENING), feed.pictures, feed.error, feed.format)
        for camera, feed in sources.cameras.items()
    }


def microphones_now(
    sources: Sources | None, levels: SoundLevels | None, snapshot: Snapshot | None
) -> dict[MicrophoneId, MicrophoneNow]:
    """Whether somebody speaks is known while a show is recorded only."""
    if sources is None or levels is None:
        return {}
    meters = {} if snapshot is None else snapshot.director.meters
    heard = levels.look()
    return {
        line.id: MicrophoneNow(
            line.feed.state,
            heard.get(line.id, _SILENCE),
            line.id in meters and meters[line.id].speaks,
            line.feed.error,
        )
        for line in sources.lines
    }
