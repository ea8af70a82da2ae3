"""The sentences of the director: why it cut, why it could not. Words only; decides nothing."""

from director_app.core.decisions import Cause
from director_app.core.floor import Floor
from director_app.core.rules import SwitchRules
from director_app.core.shots import Wanted
from director_app.core.sources import CameraId, Cast, SourceState

_WHAT_IS_WRONG = {
    SourceState.OPENING: "has not opened yet",
    SourceState.LOST: "is lost",
    SourceState.FROZEN: "is frozen",
    SourceState.BLACK: "is black",
}

_WHAT_HAPPENED = {
    SourceState.OPENING: "is opening again",
    SourceState.LOST: "stopped sending pictures",
    SourceState.FROZEN: "froze",
    SourceState.BLACK: "went black",
}


def cut_reason(cast: Cast, floor: Floor, on_air: CameraId, wanted: Wanted, rules: SwitchRules) -> str:
    """Why the director cuts by itself."""
    match wanted.cause:
        case Cause.OVERLAP:
            return (
                f"Several people have talked at once for {rules.wide_overlap_s or 0:.1f} s: the wide shot shows all."
            )
        case Cause.SILENCE:
            return f"Nobody has spoken for {rules.wide_silence_s or 0:.1f} s: the wide shot waits for the next word."
        case Cause.PING_PONG:
            most, within_s = rules.ping_pong_cuts or 0, rules.ping_pong_within_s
            return f"{most} cuts to and fro in {within_s:.0f} s: the wide shot gives the eye a rest."
        case Cause.LISTENER:
            shown = cast.camera(wanted.camera).title
            return f"One shot for {rules.listen_after_s or 0:.0f} s: {shown} is shown listening."
        case _:
            return floor_reason(cast, floor, on_air)


def floor_reason(cast: Cast, floor: Floor, on_air: CameraId) -> str:
    """Why the floor's camera comes on air: 'Ana has the floor: spoke 0.8 s while Ben was quiet.'"""
    if floor.holder is None:
        return "Nobody has the floor."
    holder = cast.microphone(floor.holder)
    # A cut that had to wait may come when he has fallen silent: what counts is what won him the floor.
    spoke = f"spoke {max(floor.took_with_s, floor.hearing(holder.id).spoke_s):.1f} s"
    others = [mic for mic in cast.microphones if mic.camera == on_air and mic.id != holder.id]
    quiet = [mic.label for mic in others if floor.hearing(mic.id).quiet_s > 0]
    if quiet and len(quiet) == len(others):
        were = "was" if len(quiet) == 1 else "were"
        return f"{holder.label} has the floor: {spoke} while {' and '.join(quiet)} {were} quiet."
    if others:
        return f"{holder.label} has the floor: {spoke} over {' and '.join(mic.label for mic in others)}."
    return f"{holder.label} has the floor: {spoke}."


def left_reason(cast: Cast, bad: CameraId, state: SourceState, refuge: CameraId) -> str:
    """Why a camera that failed on air was left."""
    return (
        f"Camera {cast.camera(bad).title} {_WHAT_HAPPENED[state]}. "
        f"Program went to {cast.camera(refuge).title} at once."
    )


def refusal_reason(cast: Cast, camera: CameraId, state: SourceState, on_air: CameraId) -> str:
    """Why a take cannot be done."""
    return (
        f"Camera {cast.camera(camera).title} {_WHAT_IS_WRONG[state]}. Program stays on {cast.camera(on_air).title}."
    )
