"""What the director's panel and the program's bar say: mode, hold, next, reason, refusal. No Qt."""

from dataclasses import dataclass

from director_app.core.decisions import Mode
from director_app.core.sources import Cast
from director_app.engine.state import Snapshot
from director_app.engine.studio_state import Phase, StudioState
from director_app.gui.models.words import length

_SENTENCES = {
    Mode.AUTO: "Cuts by itself. Your take wins at once and holds for {hold} s.",
    Mode.HOLD: "Your shot stays until the ring has run down. {keys} goes back to auto at once.",
    Mode.MANUAL: "Nothing cuts by itself. The next camera is proposed; Enter takes it.",
}
_PHASES = {
    Phase.OPENING: "Cameras and microphones are being opened.",
    Phase.READY: "Not recording. Not live.",
    Phase.STARTING: "The recording begins.",
    Phase.STOPPING: "The files are being closed.",
    Phase.FAILED: "The show cannot be recorded.",
    Phase.CLOSED: "The show is closed.",
    Phase.RECORDING: "The recording begins.",
}


HOLD_STEPS = 60
"""A ring runs down in so many: a pixel each."""


@dataclass(frozen=True, slots=True)
class DirectorView:
    """waiting: nothing to cut yet. hold_share: what is left of the hold, 1 to 0 in sixtieths; hold_s: in seconds.

    next_number: None while nothing stands ready; then next_words say why. refusal: why the last key could not act.
    """

    mode: Mode
    waiting: bool
    hold_share: float
    hold_s: int
    sentence: str
    next_number: int | None
    next_label: str
    next_words: str
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ProgramView:
    """on_air: red; else it is only what would be recorded. shot: how long it has been on. name: whose is shown."""

    on_air: bool
    number: int
    label: str
    reason: str
    shot: str
    name: str = ""


def director_view(state: StudioState, cast: Cast, refusal: str = "") -> DirectorView:
    """The panel now. refusal: why the last key could not act, or that keys are locked; "" for nothing."""
    snapshot = state.snapshot
    if snapshot is None:
        sentence = refusal or "Auto is waiting. It cuts as soon as somebody takes the floor."
        return _waiting(sentence, refusal)
    program = snapshot.director.program
    left_s = 0.0 if program.hold_until_s is None else max(0.0, program.hold_until_s - snapshot.t_s)
    hold = state.show.directing.hold_after_take_s
    hold_s = hold if isinstance(hold, float) else 8.0
    sentence = refusal or _sentence(program.mode, hold)
    ready = program.next
    camera = None if ready is None else cast.camera(ready.camera)
    return DirectorView(
        mode=program.mode,
        waiting=program.mode is Mode.AUTO and program.holder is None,
        hold_share=round(left_s / hold_s * HOLD_STEPS) / HOLD_STEPS,
        hold_s=int(left_s + 0.999),
        sentence=sentence,
        next_number=None if camera is None else camera.number,
        next_label="" if camera is None else camera.label,
        next_words=ready.reason if ready is not None else "No next yet: nobody has spoken.",
        refusal=refusal,
    )


def _waiting(sentence: str, refusal: str) -> DirectorView:
    """Before a show."""
    return DirectorView(
        mode=Mode.AUTO,
        waiting=True,
        hold_share=0.0,
        hold_s=0,
        sentence=sentence,
        next_number=None,
        next_label="",
        next_words="No next yet: nobody has spoken.",
        refusal=refusal,
    )


def _sentence(mode: Mode, hold: float | str) -> str:
    if mode is Mode.AUTO and isinstance(hold, str):
        return "Cuts by itself. Your take wins at once and switches to manual."
    shown = f"{hold:g}" if isinstance(hold, float) else "8"
    return _SENTENCES[mode].format(hold=shown, keys="Space")


def program_view(state: StudioState, cast: Cast) -> ProgramView:
    """The bar under the program."""
    snapshot = state.snapshot
    if snapshot is None:
        shown = cast.camera(cast.opening)
        reason = state.problem or _PHASES[state.phase]
        return ProgramView(on_air=False, number=shown.number, label=shown.label, reason=reason, shot="")
    program = snapshot.director.program
    camera = cast.camera(program.on_air)
    return ProgramView(
        on_air=True,
        number=camera.number,
        label=camera.label,
        reason=_reason(snapshot, cast),
        shot=length(snapshot.t_s - program.since_s),
        name="" if (name := snapshot.director.name) is None else name.name,
    )


def _reason(snapshot: Snapshot, cast: Cast) -> str:
    """After a take: who has the floor meanwhile, because that is where auto goes back to."""
    program = snapshot.director.program
    if program.mode is Mode.AUTO or program.holder is None or program.reason != "Your take.":
        return program.reason
    holder = cast.microphone(program.holder)
    if holder.camera == program.on_air:
        return f"Your take. {holder.label} has the floor."
    return f"Your take. {holder.label} still has the floor; auto goes back to {holder.label}."
