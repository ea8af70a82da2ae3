"""From decisions to slots: where a cut falls and where key frames are asked for.

The one rule that the running show and every simulation share. Must know neither packets nor clocks: what it is told
to call may be a program bus or a dry run.
"""

from collections.abc import Callable
from dataclasses import dataclass

from director_app.core.canvas import Canvas, Slot
from director_app.core.decisions import Cause, Cut, KeyFrameWish, NameOn
from director_app.core.lower_thirds import FADE_S
from director_app.core.sound_batch import sound_batch
from director_app.core.sources import CameraId, MicrophoneId

HEAD_LEAD_S = 0.1
"""How much earlier than its slot leaves a cut must be decided, so that the slot has not left when the cut is carried
out and its head is begun. Measured at 1080p on a core: 20 to 110 ms from the decision to the head's first packet."""

CutAt = Callable[[CameraId, int, int], Slot]
"""(camera, wanted slot, latest slot) -> slot of the cut. The wanted slot itself where cuts fall anywhere; else the
first key frame from there on, one being asked for at the latest slot if there is none before."""

AskKey = Callable[[CameraId, int], object]
"""(camera, slot): this slot, or the next one if it has passed, becomes a key frame."""

HeadEnd = Callable[[int], Slot | None]
"""slot of the last cut -> where the pictures end that were encoded anew for it; None if there are none."""


@dataclass(frozen=True, slots=True)
class NamedAt:
    """A name is shown from slot first up to, not including, slot end."""

    first: Slot
    end: Slot


PutOn = Callable[[CameraId, MicrophoneId, int, int], NamedAt | None]
"""(camera, whose name, wanted slot, how many slots) -> where it lies; None where it cannot be shown."""

TakeOff = Callable[[int], NamedAt | None]
"""wanted slot -> where the name on air lies now that it ends there or as soon as it can; None if there is none."""


@dataclass(frozen=True, slots=True)
class Program:
    """Whoever makes the program."""

    cut_at: CutAt
    ask_key: AskKey
    head_end: HeadEnd = lambda _slot: None
    put_on: PutOn = lambda _camera, _who, _first, _length: None
    take_off: TakeOff = lambda _slot: None


def makes_heads(canvas: Canvas, delay_slots: int) -> bool:
    """Whether the programme delay leaves time to make heads; if not, cuts wait for key frames."""
    return delay_slots > _lead_slots(canvas)


def _lead_slots(canvas: Canvas) -> int:
    return canvas.slot_from(HEAD_LEAD_S)


class Placement:
    """Places what the switcher decides. Times are session seconds."""

    def __init__(self, canvas: Canvas, programme_delay_s: float, minimum_shot_s: float, program: Program) -> None:
        self._canvas = canvas
        self._latency_s = sound_batch(programme_delay_s).latency_s
        self._reach_slots = max(0, round(programme_delay_s * canvas.fps) - _lead_slots(canvas))
        self._minimum_slots = canvas.slot_from(minimum_shot_s)
        self._program = program
        self._last: int | None = None

    def heard_slot(self, t_s: float) -> Slot:
        """The first slot that what was heard until t_s can still change in the cameras' encoders.

        As if sound always took its longest to be heard, so that a replay finds the very slots of the show.
        """
        return self.told_slot(t_s + self._latency_s)

    def told_slot(self, t_s: float) -> Slot:
        """The first slot that begins at t_s or later: what a key pressed at t_s can still change."""
        return self._canvas.slot_from(t_s)

    def cut(self, cut: Cut, now: Slot) -> Slot:
        """Where this cut falls. The minimum shot binds the pictures too: a cut before may have fallen late."""
        wanted = max(self.told_slot(cut.wanted_s), now - self._reach_slots)
        if cut.cause not in {Cause.TAKE, Cause.FAULT} and self._last is not None:
            wanted = max(wanted, self._last + self._minimum_slots)
        self._last = self._program.cut_at(cut.target, wanted, now)
        return Slot(self._last)

    def head_end(self, slot: Slot) -> Slot | None:
        """Where the head of the last cut ends, which was placed at this slot."""
        return self._program.head_end(slot)

    def wish(self, wish: KeyFrameWish, now: Slot) -> None:
        """Key frames where cuts may fall soon."""
        for camera in wish.cameras:
            self._program.ask_key(camera, now)

    def name(self, name: NameOn, now: Slot) -> NamedAt | None:
        """Where a name is shown that comes on now; None where it cannot be."""
        return self._program.put_on(name.camera, name.microphone, now, self._canvas.slot_from(name.shown_s))

    def name_off(self, now: Slot) -> NamedAt | None:
        """Where the name on air lies now that it goes, softly; None if there is none."""
        return self._program.take_off(now + self._canvas.slot_from(FADE_S))
