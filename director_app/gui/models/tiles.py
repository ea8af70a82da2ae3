"""What each camera's tile says: on air, next, badge, frame rate, the meter of its person. No Qt."""

from collections import deque
from dataclasses import dataclass

from director_app.core.sources import Camera, CameraId, Cast, MicrophoneId, SourceState
from director_app.engine.studio_state import CameraNow, MicrophoneNow, StudioState
from director_app.gui.models.meter import Meter, MeterView

_LOW_RATE = 0.9
_LOW_FOR_S = 3.0
_RATE_OVER_S = 2.0

_BADGES = {
    SourceState.LOST: "Lost {time}, reopening",
    SourceState.FROZEN: "Frozen {time}",
    SourceState.BLACK: "Black {time}",
}


@dataclass(frozen=True, slots=True)
class TileView:
    """badge: amber words on the picture, "" for none. veiled: the picture is old. detail: beside the name, right.

    meter: of the first microphone of this camera; None for a camera without one. speaks: own speech now.
    """

    camera: CameraId
    number: int
    label: str
    on_air: bool
    program: bool
    next: bool
    state: SourceState
    badge: str
    detail: str
    detail_warns: bool
    note: str
    warning: str
    meter: MeterView | None
    speaks: bool

    @property
    def spoken(self) -> str:
        """For screen readers: "Camera 2 Ben, next, 30 frames a second"."""
        state = "on air" if self.on_air else "on program" if self.program else "next" if self.next else ""
        return ", ".join(
            part for part in (f"Camera {self.number} {self.label}", state, self.badge or self.detail) if part
        )


class FrameRate:
    """Pictures a second of one camera, over two seconds. Times in seconds."""

    def __init__(self) -> None:
        self._counts: deque[tuple[float, int]] = deque()
        self._low_since_s: float | None = None

    def look(self, pictures: int, now_s: float) -> float | None:
        """None until it is known."""
        if self._counts and pictures < self._counts[-1][1]:
            self._counts.clear()
        self._counts.append((now_s, pictures))
        while now_s - self._counts[0][0] > _RATE_OVER_S and len(self._counts) > 2:
            self._counts.popleft()
        first_s, first = self._counts[0]
        return (pictures - first) / (now_s - first_s) if now_s - first_s > _RATE_OVER_S / 4 else None

    def is_low(self, rate: float | None, wanted: float, now_s: float) -> bool:
        """Under 90 % of the canvas for three seconds."""
        if rate is None or rate >= wanted * _LOW_RATE:
            self._low_since_s = None
            return False
        self._low_since_s = self._low_since_s if self._low_since_s is not None else now_s
        return now_s - self._low_since_s >= _LOW_FOR_S


class Tiles:
    """Remembers frame rates, peaks and when trouble began. One thread; for one show."""

    def __init__(self, cast: Cast, fps: float, kinds: dict[CameraId, str]) -> None:
        """kinds: of the sources; made-up ones show what they are instead of a frame rate."""
        self._cast, self._fps, self._kinds = cast, fps, kinds
        self._rates = {camera.id: FrameRate() for camera in cast.cameras}
        self._meters = {microphone.id: Meter() for microphone in cast.microphones}
        self._since: dict[CameraId, tuple[SourceState, float]] = {}

    def look(self, state: StudioState) -> tuple[TileView, ...]:
        """One view a camera, in key order."""
        return tuple(self._tile(camera, state) for camera in self._cast.cameras)

    def _tile(self, camera: Camera, state: StudioState) -> TileView:
        now = state.cameras.get(camera.id, CameraNow(SourceState.OPENING, 0, None))
        program = None if state.snapshot is None else state.snapshot.director.program
        shown = program.on_air if program is not None else self._cast.opening
        ready = None if program is None or program.next is None else program.next.camera
        detail, warns = self._detail(camera.id, now, state.now_s)
        microphone = next((each.id for each in self._cast.microphones if each.camera == camera.id), None)
        meter, speaks = self._meter(microphone, state)
        return TileView(
            camera=camera.id,
            number=camera.number,
            label=camera.label,
            on_air=program is not None and shown == camera.id,
            program=program is None and shown == camera.id,
            next=ready == camera.id,
            state=now.state,
            badge=self._badge(camera.id, now.state, state.now_s),
            detail=detail,
            detail_warns=warns,
            note="shows everybody" if self._cast.wide == camera.id else "" if microphone else "no microphone",
            warning=self._warning(microphone, state),
            meter=meter,
            speaks=speaks,
        )

    def _detail(self, camera: CameraId, now: CameraNow, now_s: float) -> tuple[str, bool]:
        rate = self._rates[camera].look(now.pictures, now_s)
        if now.state is SourceState.LOST:
            return "no picture", True
        if now.state is SourceState.OPENING:
            return "opening", False
        if self._kinds.get(camera) in {"demo", "synthetic"} and not self._rates[camera].is_low(
            rate, self._fps, now_s
        ):
            return str(self._kinds[camera]), False
        if rate is None:
            return "", False
        return f"{rate:.1f} fps", self._rates[camera].is_low(rate, self._fps, now_s)

    def _badge(self, camera: CameraId, state: SourceState, now_s: float) -> str:
        known, since_s = self._since.get(camera, (SourceState.OK, now_s))
        if known is not state:
            since_s = now_s
        self._since[camera] = (state, since_s)
        if state not in _BADGES:
            return ""
        seconds = int(now_s - since_s)
        return _BADGES[state].format(time=f"{seconds // 60:02d}:{seconds % 60:02d}")

    def _meter(self, microphone: MicrophoneId | None, state: StudioState) -> tuple[MeterView | None, bool]:
        if microphone is None:
            return None, False
        now = state.microphones.get(microphone, MicrophoneNow(SourceState.OPENING))
        return self._meters[microphone].look(now.level, state.now_s), now.speaks

    def _warning(self, microphone: MicrophoneId | None, state: StudioState) -> str:
        if microphone is None:
            return ""
        now = state.microphones.get(microphone)
        return "microphone lost" if now is not None and now.state is SourceState.LOST else ""
