"""Cuts a recorded conversation with hindsight: what comes later may decide what is shown now.

The plan is core's; this module hears the whole sound first and gives every cut its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from director_app.core.canvas import SAMPLE_RATE, Slot
from director_app.core.decisions import Cause, Cut, Hearing
from director_app.core.evidence import SILENCE_DB
from director_app.core.rules import SwitchRules
from director_app.core.shot_costs import CUT_COST_S, Talk, shot_costs
from director_app.core.shot_plan import Costs, Lock, PlannedCut, plan
from director_app.core.sources import CameraId, Cast, MicrophoneId
from director_app.core.turns import Period, Turn, floor, turns
from director_app.post.cutting import PlacedCut, ProgramSettings, Sound, end_slot
from director_app.session.errors import SessionError
from director_app.speech.hindsight_in_parts import HindsightInParts
from director_app.speech.listening import Front


class RecutError(SessionError):
    """Sound that cannot be cut with hindsight."""


@dataclass(frozen=True, slots=True)
class Recut:
    """What came of it. placed: in the order of slots; the first, at slot 0, names the opening. gain_control_s: when
    automatic gain control was first noticed, None never."""

    placed: list[PlacedCut]
    gain_control_s: float | None


@dataclass(frozen=True, slots=True)
class LockedCut:
    """A cut that must stay where it is."""

    slot: Slot
    camera: CameraId


def offline_cuts(
    sound: Sound,
    cast: Cast,
    rules: SwitchRules,
    settings: ProgramSettings,
    locked: Sequence[LockedCut] = (),
) -> Recut:
    """The best cuts that the whole sound allows. Raises RecutError."""
    hindsight, talk = hear_all(sound, cast, settings)
    minimum = settings.canvas.slot_from(rules.minimum_shot_s)
    return Recut(planned_cuts(talk, cast, shot_costs(talk, cast), minimum, locked), hindsight.gain_control_s)


def planned_cuts(
    talk: Talk, cast: Cast, costs: Costs, minimum_slots: int, locked: Sequence[LockedCut] = ()
) -> list[PlacedCut]:
    """The cheapest cuts with their reasons; the first, at slot 0, names the opening. costs: [camera in order][slot].

    Raises RecutError.
    """
    order = [camera.id for camera in cast.cameras]
    locks = [Lock(each.slot, order.index(each.camera)) for each in locked]
    try:
        planned = plan(costs, minimum_slots, CUT_COST_S, locks)
    except ValueError as error:
        raise RecutError(f"The locked cuts do not fit this sound: {error}") from None
    held = {each.slot: each.camera for each in locked}
    sources = [order[planned[0].camera], *(order[each.camera] for each in planned)] if planned else []
    return [_placed(each, source, talk, cast, held) for each, source in zip(planned, sources, strict=False)]


def hear_all(sound: Sound, cast: Cast, settings: ProgramSettings) -> tuple[HindsightInParts, Talk]:
    """Who spoke when and who held the floor, told with hindsight."""
    microphones = [microphone.id for microphone in cast.microphones]
    front, hindsight = Front(len(microphones)), HindsightInParts(len(microphones))
    end_sample = 0
    for ticks in sound:
        hindsight.hear(*front.of(np.concatenate([tick.samples for tick in ticks], axis=1)))
        end_sample = ticks[-1].end_sample
    speech = dict(zip(microphones, hindsight.speech(), strict=True))
    every = turns(speech)
    periods = floor(every, end_sample / SAMPLE_RATE)
    return hindsight, Talk(speech, every, periods, settings.canvas.fps, end_slot(settings.canvas, end_sample))


def _placed(cut: PlannedCut, source: CameraId, talk: Talk, cast: Cast, held: dict[Slot, CameraId]) -> PlacedCut:
    at_s = float(cut.slot / talk.fps)
    target = cast.cameras[cut.camera].id
    if held.get(cut.slot) == target:
        return PlacedCut(Cut(at_s, at_s, source, target, Cause.TAKE, "This cut was locked."), cut.slot)
    reason = _reason(at_s, target, talk, cast)
    return PlacedCut(Cut(at_s, at_s, source, target, Cause.FLOOR, reason, _hearings(at_s, talk)), cut.slot)


def _reason(at_s: float, target: CameraId, talk: Talk, cast: Cast) -> str:
    """In one sentence what this shot shows."""
    if target == cast.wide:
        return "The wide shot: several people talk, or nobody does."
    people = {microphone.id: microphone.label for microphone in cast.microphones if microphone.camera == target}
    period = next((each for each in talk.periods if each.end_s > at_s + 1e-6 and each.holder in people), None)
    if period is not None and period.start_s <= at_s + _SOON_S:
        return f"{people[period.holder]} has the floor from {period.start_s:.1f} to {_end_s(period, talk):.1f} s."
    turn = next((each for each in talk.turns if each.end_s > at_s and each.microphone in people), None)
    if turn is not None and turn.start_s <= at_s + _SOON_S:
        return f"{people[turn.microphone]} speaks for {turn.speech_s:.1f} s from {turn.start_s:.1f} s."
    return f"{' and '.join(people.values()) or target} while nobody else has the floor."


_SOON_S = 2.0


def _end_s(period: Period, talk: Talk) -> float:
    """When the holder said his last word."""
    ends = [turn.end_s for turn in talk.turns if turn.microphone == period.holder and turn.start_s < period.end_s]
    return max(ends, default=period.end_s)


def _hearings(at_s: float, talk: Talk) -> tuple[Hearing, ...]:
    """What each person says around the cut: his turn's speech, and for how long he had been quiet."""
    return tuple(_hearing(at_s, [turn for turn in talk.turns if turn.microphone == mic], mic) for mic in talk.speech)


def _hearing(at_s: float, every: list[Turn], microphone: MicrophoneId) -> Hearing:
    now = next((turn for turn in every if turn.start_s - _SOON_S <= at_s < turn.end_s), None)
    before = max((turn.end_s for turn in every if turn.end_s <= at_s), default=at_s - 3600.0)
    spoke_s = 0.0 if now is None else round(now.speech_s, 3)
    return Hearing(microphone, spoke_s, 0.0 if now is not None else round(at_s - before, 3), SILENCE_DB, 0.0)
