"""What a session notes of how its show was directed: settings, what came from outside, and what was decided.

Reads only; damage and other versions end with a sentence, because a replay of half a log would mislead.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from director_app.core.cut_list import CutList
from director_app.core.decisions import NameCause
from director_app.core.events import (
    CameraChanged,
    ChooseNext,
    Hold,
    NameLost,
    OutsideEvent,
    SetAuto,
    SetManual,
    ShowName,
    Take,
    TakeNext,
    TakePrevious,
    TakeWide,
)
from director_app.core.rules import SwitchRules
from director_app.core.sources import CameraId, Cast, MicrophoneId, SourceState
from director_app.core.styles import Style
from director_app.post.cuts import CUT_TYPES, FOUND, NAME_TYPE, recorded_cuts
from director_app.post.cutting import ProgramSettings
from director_app.session.errors import ReplayError
from director_app.session.event_log import EventRecord, read_events
from director_app.session.manifest import Manifest, SessionState, read_manifest


@dataclass(frozen=True, slots=True)
class Told:
    """Something that came from outside when so many hops of sound had been heard."""

    hops: int
    t_s: float
    event: OutsideEvent


@dataclass(frozen=True, slots=True)
class LoggedCut:
    """A cut as the show logged it. slot: where it fell. late_s: how late the engine was since the cut before."""

    t_s: float
    slot: int
    target: CameraId
    reason: str
    late_s: float = 0.0


@dataclass(frozen=True, slots=True)
class LoggedName:
    """When whose name came on, or None's: when one went by hand, and on which slot."""

    t_s: float
    who: str | None
    slot: int


@dataclass(frozen=True, slots=True)
class RecordedShow:
    """What a replay takes from a session. logged_until_s: what happened later, a crash took from the log."""

    folder: Path
    manifest: Manifest
    cast: Cast
    style: Style
    rules: SwitchRules
    settings: ProgramSettings
    states: Mapping[CameraId, SourceState]
    told: tuple[Told, ...]
    cuts: tuple[LoggedCut, ...]
    air: CutList
    logged_until_s: float
    names: tuple[LoggedName, ...] = ()


def read_recorded_show(folder: Path) -> RecordedShow:
    """Raises ManifestError or ReplayError."""
    manifest = read_manifest(folder)
    directing = manifest.directing
    if directing is None:
        raise ReplayError(
            f"{folder} was recorded by version {manifest.app_version} of AI Director, which did not note how it "
            "directed; it cannot be replayed. Cut its microphone files afresh with: director cut"
        )
    if manifest.state is SessionState.RECORDING:
        raise ReplayError(f"{folder} was not closed. If no show runs in it, first: director recover {folder}")
    try:
        events = read_events(folder)
    except OSError as error:
        raise ReplayError(f"The events of {folder} cannot be read: {error.strerror or error}.") from None
    own = _own_lines(events)
    try:
        return RecordedShow(
            folder=folder,
            manifest=manifest,
            cast=manifest.cast(),
            style=Style(directing.style),
            rules=SwitchRules(**manifest.rules),
            settings=ProgramSettings(
                manifest.programme_delay_s, directing.cuts_fall, manifest.canvas.canvas(), directing.key_period_slots
            ),
            states=_states(events),
            told=tuple(_told(event) for event in own if event["type"] == "command"),
            cuts=tuple(_logged(event) for event in own if event["type"] in CUT_TYPES),
            air=recorded_cuts(manifest, events),
            names=tuple(_logged_name(event) for event in own if _is_decided_name(event)),
            logged_until_s=math.inf if len(own) == len(events) else max(event["t_s"] for event in own),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReplayError(
            f"{folder} cannot be replayed: what it notes of its directing is damaged, or of another version "
            f"({type(error).__name__}: {error})."
        ) from None


def _own_lines(events: Sequence[EventRecord]) -> Sequence[EventRecord]:
    """What the show itself has logged; a recovery's lines say what was on air, not when and why it was decided."""
    decided = CUT_TYPES | {NAME_TYPE}
    found = (index for index, event in enumerate(events) if event["type"] in decided and event.get("cause") == FOUND)
    return events[: next(found, len(events))]


def _states(events: Sequence[EventRecord]) -> dict[CameraId, SourceState]:
    """What the watchdogs said at the start. Raises KeyError or ValueError."""
    start = next((event for event in events if event["type"] == "record_start"), None)
    if start is None:
        raise KeyError("record_start")
    return {CameraId(camera): SourceState(state) for camera, state in start["states"].items()}


def _logged(event: EventRecord) -> LoggedCut:
    return LoggedCut(
        t_s=float(event["t_s"]),
        slot=int(event["slot"]),
        target=CameraId(event["to"]),
        reason=str(event["reason"]),
        late_s=float(event.get("late_s", 0.0)),
    )


def _is_decided_name(event: EventRecord) -> bool:
    cause = event.get("cause")
    return (event["type"] == "name_on" and cause != FOUND) or (
        event["type"] == "name_off" and cause == NameCause.BY_HAND
    )


def _logged_name(event: EventRecord) -> LoggedName:
    who = str(event["microphone"]) if event["type"] == "name_on" else None
    return LoggedName(float(event["t_s"]), who, int(event["slot"]))


def _told(event: EventRecord) -> Told:
    return Told(int(event["hops"]), float(event["t_s"]), _event(event))


_PLAIN: Mapping[str, Callable[[], OutsideEvent]] = {
    kind.__name__: kind for kind in (TakeWide, TakeNext, TakePrevious, Hold, SetAuto, SetManual, ShowName)
}
"""Commands without fields."""


def _event(event: Mapping[str, Any]) -> OutsideEvent:
    match event["command"]:
        case "Take":
            return Take(CameraId(event["camera"]))
        case "CameraChanged":
            return CameraChanged(CameraId(event["camera"]), SourceState(event["state"]))
        case "NameLost":
            return NameLost(MicrophoneId(event["microphone"]))
        case "ChooseNext":
            return ChooseNext(CameraId(event["camera"]))
        case other if other in _PLAIN:
            return _PLAIN[other]()
        case other:
            raise ValueError(f"unknown command {other}")
