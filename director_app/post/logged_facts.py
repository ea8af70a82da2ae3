"""What the log of a session says besides its cuts: takes, marks, cameras that gave no picture, repeated pictures.

Damage may have made any field senseless: such lines are passed over.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from director_app.core.decisions import Cause
from director_app.core.highlight_material import Marker
from director_app.core.score_reference import OutOfUse
from director_app.core.sources import CameraId, MicrophoneId, SourceState
from director_app.core.turns import Span
from director_app.session.event_log import LOG_NAME, EventRecord
from director_app.session.manifest import Manifest

_STATES: Mapping[str, SourceState] = {
    "source_lost": SourceState.LOST,
    "source_frozen": SourceState.FROZEN,
    "source_black": SourceState.BLACK,
    "source_back": SourceState.OK,
}


@dataclass(frozen=True, slots=True)
class LoggedFacts:
    """takes, fault_cuts: slots of cuts by hand, and of those for a camera's sake. wrong_cuts: slots of cuts that were
    marked as wrong, once each. repeated: pictures that were shown again, of each camera that had any.
    """

    takes: frozenset[int]
    fault_cuts: frozenset[int]
    wrong_cuts: tuple[int, ...]
    markers: tuple[Marker, ...]
    out_of_use: tuple[OutOfUse, ...]
    repeated: Mapping[CameraId, int]


def logged_facts(manifest: Manifest, events: Sequence[EventRecord], length_s: float) -> LoggedFacts:
    """length_s: of the show; what has not ended by then ends there."""
    cameras = [CameraId(camera.id) for camera in manifest.cameras]
    return LoggedFacts(
        takes=frozenset(_slots(events, "manual_cut")),
        fault_cuts=frozenset(_slots([each for each in events if each.get("cause") == Cause.FAULT], "switch")),
        wrong_cuts=tuple(sorted(set(_slots(events, "wrong_cut")))),
        markers=tuple(
            Marker(float(each["t_s"]), str(each.get("label") or ""))
            for each in events
            if each["type"] == "marker" and 0 <= each["t_s"] <= length_s
        ),
        out_of_use=tuple(gone for camera in cameras for gone in _out_of_use(camera, events, length_s)),
        repeated={camera: count for camera in cameras if (count := _repeated(camera, events))},
    )


def log_problem(events: Sequence[EventRecord]) -> str | None:
    """Why a log does not tell all that was cut, as a sentence; None where no line is missing.

    The end of a recording, or of its recovery, stands in every log: without it the last lines are missing.
    """
    numbers = {each["seq"] for each in events if isinstance(each.get("seq"), int)}
    missing = max(numbers) + 1 - len(numbers) if numbers else 0
    if not events:
        lost = ["cannot be read, or holds nothing"]
    else:
        lost = [] if missing <= 0 else ["lacks a line" if missing == 1 else f"lacks {missing} lines"]
        if not any(each["type"] == "record_stop" for each in events):
            lost.append("breaks off before the end of the show")
    if not lost:
        return None
    return (
        f"The log of the show ({LOG_NAME}) {' and '.join(lost)}: cuts that stood there are not known, and what is "
        "made of the live cut may show other cameras than the show did. The program that was recorded is right."
    )


def _slots(events: Sequence[EventRecord], kind: str) -> Iterator[int]:
    for event in events:
        if event["type"] == kind and isinstance(event.get("slot"), int):
            yield event["slot"]


def _out_of_use(camera: CameraId, events: Sequence[EventRecord], length_s: float) -> Iterator[OutOfUse]:
    """Lost, frozen or black, from the watchdog's word on."""
    since_s: float | None = None
    for event in events:
        state = _state(camera, event)
        if state is None:
            continue
        t_s = min(length_s, max(0.0, float(event["t_s"])))
        if state is SourceState.OK and since_s is not None:
            yield OutOfUse(camera, since_s, t_s)
            since_s = None
        elif state is not SourceState.OK and since_s is None:
            since_s = t_s
    if since_s is not None and since_s < length_s:
        yield OutOfUse(camera, since_s, length_s)


def _state(camera: CameraId, event: EventRecord) -> SourceState | None:
    """What this line says of the camera; None: nothing."""
    if event["type"] == "record_start":
        states = event.get("states")
        given = states.get(camera) if isinstance(states, dict) else None
        return SourceState(given) if given in list(SourceState) else None
    return _STATES.get(event["type"]) if event.get("source") == camera else None


def _repeated(camera: CameraId, events: Sequence[EventRecord]) -> int:
    """The sums at the end of a show; what a crash took is not known."""
    counts = [event.get("by_camera") for event in events if event["type"] == "frames_repeated"]
    given = [each.get(camera) for each in counts if isinstance(each, dict)]
    return sum(each for each in given if isinstance(each, int))


def logged_speech(
    manifest: Manifest, events: Sequence[EventRecord], length_s: float
) -> dict[MicrophoneId, list[Span]]:
    """Who spoke when as the running show heard it, for every microphone, in order."""
    speech: dict[MicrophoneId, list[Span]] = {MicrophoneId(each.id): [] for each in manifest.microphones}
    begun: dict[MicrophoneId, float] = {}
    for event in events:
        microphone = event.get("microphone")
        if microphone not in speech:
            continue
        t_s = min(length_s, max(0.0, float(event["t_s"])))
        if event["type"] == "speaking_start":
            begun[microphone] = t_s
        elif event["type"] == "speaking_stop" and microphone in begun:
            speech[microphone].append((begun.pop(microphone), t_s))
    for microphone, first_s in begun.items():
        speech[microphone].append((first_s, length_s))
    return speech
