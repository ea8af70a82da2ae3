"""The sentence at the foot of Set up: ready, ready with warnings, or what is missing. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from director_app.core.sources import SourceState
from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.models.setup import Draft, Fault, camera_name, doubled_cameras, microphone_name

BUSY = frozenset({Phase.STARTING, Phase.RECORDING, Phase.STOPPING})
"""Nothing may be changed then."""

_NOT_NOW = "Stop the recording before you change its set-up."


class Tone(StrEnum):
    """How it is: shown by an icon of its own and by words."""

    GOOD = "good"
    BUSY = "busy"
    WARNING = "warning"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Status:
    """head: in strong letters. text: after it."""

    tone: Tone
    head: str
    text: str = ""


def status_of(
    draft: Draft, faults: Sequence[Fault], state: StudioState, found: Sequence[str], *, changed: bool
) -> Status:
    """found: what the sound check warns of. changed: the draft is not what is in use."""
    if state.phase in BUSY:
        return Status(Tone.BUSY, "The show is being recorded.", _NOT_NOW)
    if faults:
        return Status(Tone.MISSING, "Not ready:", _first_of([_lower(fault.sentence) for fault in faults]))
    if state.phase is Phase.FAILED and state.problem is not None:
        return Status(Tone.MISSING, "Not ready:", state.problem)
    if state.phase is Phase.OPENING:
        return Status(Tone.BUSY, "Cameras and microphones are being opened.")
    return _ready([*_source_warnings(draft, state), *found], changed=changed)


def _ready(told: Sequence[str], *, changed: bool) -> Status:
    if told:
        count = "one warning" if len(told) == 1 else f"{len(told)} warnings"
        return Status(Tone.WARNING, f"Ready to record, with {count}:", _first_of(told))
    words = "What you changed is not in use yet." if changed else "This set-up is in use."
    return Status(Tone.GOOD, "Ready to record.", words)


def _source_warnings(draft: Draft, state: StudioState) -> list[str]:
    told = [
        f"cameras {camera_name(draft, one)} and {camera_name(draft, other)} are one device."
        for one, other in doubled_cameras(draft)
    ]
    for row, camera in enumerate(draft.cameras):
        now = next((now for each, now in state.cameras.items() if each == camera.id), None)
        if now is not None and now.state is not SourceState.OK and now.error is not None:
            told.append(f"camera {camera_name(draft, row)} gives no picture. {now.error}")
    for row, microphone in enumerate(draft.microphones):
        heard = next((now for each, now in state.microphones.items() if each == microphone.id), None)
        if heard is not None and heard.state is SourceState.LOST:
            told.append(f"microphone {microphone_name(draft, row)} gives no sound. {heard.error or ''}".rstrip())
    return told


def _first_of(told: Sequence[str]) -> str:
    first = told[0] if told[0].endswith(".") else f"{told[0]}."
    more = len(told) - 1
    return first if not more else f"{first} {more} more." if more > 1 else f"{first} One more."


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]
