"""What the transport says: recording or not, the question, the figures at the right. No Qt."""

from dataclasses import dataclass

from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.models.outputs import room_s
from director_app.gui.models.question import Question
from director_app.gui.models.words import clock, spoken

_LOW_S = 15 * 60.0


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its caption; warns: amber."""

    caption: str
    value: str
    warns: bool = False


@dataclass(frozen=True, slots=True)
class TransportView:
    """label, time, key: of the record button. why_not: why it cannot be pressed, a sentence; "" for one that can.
    asked: what is left of the question, 1 to 0. figures: left to right.
    """

    recording: bool
    enabled: bool
    label: str
    time: str
    key: str
    asked: float
    figures: tuple[Figure, ...]
    why_not: str = ""


_LABELS = {
    Phase.OPENING: "OPENING",
    Phase.STARTING: "STARTING",
    Phase.STOPPING: "CLOSING",
    Phase.READY: "RECORD",
    Phase.FAILED: "RECORD",
    Phase.CLOSED: "RECORD",
    Phase.RECORDING: "REC",
}


_WHY_NOT = {
    Phase.OPENING: "Cameras and microphones are being opened. Wait a moment.",
    Phase.STARTING: "The recording begins.",
    Phase.STOPPING: "The files of the last recording are being closed. Wait a moment.",
    Phase.CLOSED: "The show is closed.",
}
_FAILED = "The show cannot be recorded. Look at Set up."


def transport_view(state: StudioState, question: Question, load: float | None) -> TransportView:
    """load: of this computer, 0 to 1; None: not known."""
    snapshot = state.snapshot
    recording = state.phase is Phase.RECORDING
    asked = question.share_left(state.now_s) if recording else 0.0
    return TransportView(
        recording=recording,
        enabled=state.phase in {Phase.READY, Phase.RECORDING},
        label="Stop recording?" if asked else _LABELS[state.phase],
        time="" if snapshot is None or asked else clock(snapshot.t_s),
        key="Shift R" if asked else "R",
        asked=asked,
        figures=(_disk(state), _load(load), _repeated(state), _delay(state)),
        why_not=_why_not(state),
    )


def _why_not(state: StudioState) -> str:
    if state.phase is not Phase.FAILED:
        return _WHY_NOT.get(state.phase, "")
    return f"{state.problem or _FAILED} R tries again."


def _disk(state: StudioState) -> Figure:
    left_s = None if state.snapshot is None else state.snapshot.disk.left_s
    if left_s is not None:
        return Figure("Disk left", spoken(left_s), left_s < _LOW_S)
    return Figure("Disk left", room_s(state.show, state.free_bytes) or "–")


def _load(load: float | None) -> Figure:
    return Figure("CPU", "–" if load is None else f"{load * 100:.0f} %", load is not None and load > 0.9)


def _repeated(state: StudioState) -> Figure:
    return Figure("Frames repeated", str(0 if state.snapshot is None else state.snapshot.frames_repeated))


def _delay(state: StudioState) -> Figure:
    return Figure("Program delay", f"{state.show.directing.programme_delay_s:.1f} s")
