"""A show without pictures: the very objects of a running one, fed from files. What it says is what a show would do.

Must know nothing of files; sound comes in ticks, what the producer does as events.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from director_app.core.canvas import SAMPLE_RATE, Canvas, Slot
from director_app.core.cut_list import CutList, Shot, cut_list
from director_app.core.cuts_fall import CutsFall
from director_app.core.decisions import Cut, Decision, KeyFrameWish, NameOff, NameOn
from director_app.core.dry_run import DryRun
from director_app.core.events import Event, OutsideEvent
from director_app.core.evidence import Heard
from director_app.core.live_names import LiveNames
from director_app.core.placement import Placement, makes_heads
from director_app.core.rules import SwitchRules
from director_app.core.sources import Camera, CameraId, Cast, Microphone, MicrophoneId, SourceState
from director_app.core.switcher import Switcher
from director_app.media.encoder import EncoderSettings
from director_app.media.sound.packets import SoundTick
from director_app.speech.calibration import Calibration
from director_app.speech.listening import Listening

WIDE = CameraId("wide")

Sound = Iterable[Sequence[SoundTick]]


def cuts_of_a_show(canvas: Canvas, programme_delay_s: float) -> CutsFall:
    """Where the cuts of a show with this delay fall."""
    has_heads = makes_heads(canvas, round(programme_delay_s * canvas.fps))
    return CutsFall.ANYWHERE if has_heads else CutsFall.KEY_FRAMES


@dataclass(frozen=True, slots=True)
class ProgramSettings:
    """The program that is imagined. key_period_slots: a key frame at the latest every so many slots.

    cuts_fall: None is as in a show with this delay.
    """

    programme_delay_s: float = 1.0
    cuts_fall: CutsFall | None = None
    canvas: Canvas = Canvas(1920, 1080, Fraction(30))  # noqa: RUF009 - immutable
    key_period_slots: int | None = None

    @property
    def period_slots(self) -> int:
        """As asked for, else the encoders' own."""
        return self.key_period_slots or EncoderSettings(self.canvas).period_slots


@dataclass(frozen=True, slots=True)
class PlacedCut:
    """A decision and the slot on which it fell."""

    cut: Cut
    slot: Slot


@dataclass(frozen=True, slots=True)
class PlacedName:
    """A decision on a name, and the slot where it begins, or ends before its time."""

    name: NameOn | NameOff
    slot: Slot


class DryShow:
    """Switcher, placement and key frames of a show. Events come in the order of their times, as in the director."""

    def __init__(
        self,
        cast: Cast,
        rules: SwitchRules,
        settings: ProgramSettings,
        states: Mapping[CameraId, SourceState] | None = None,
        names: LiveNames | None = None,
    ) -> None:
        """names: without them nobody's name is shown."""
        self.canvas = settings.canvas
        self._names = names
        self._switcher = Switcher(cast, rules, states)
        self.opening = self._switcher.state.on_air
        self._run = DryRun((camera.id for camera in cast.cameras), self.opening, settings.period_slots)
        fall = settings.cuts_fall or cuts_of_a_show(settings.canvas, settings.programme_delay_s)
        program = self._run.anywhere() if fall is CutsFall.ANYWHERE else self._run.on_key_frames()
        self._placement = Placement(settings.canvas, settings.programme_delay_s, rules.minimum_shot_s, program)
        self._now_s = 0.0
        self.placed: list[PlacedCut] = []
        self.named: list[PlacedName] = []
        self.decisions: list[Decision] = []

    def follow(self, heard: Heard) -> None:
        """The next 20 ms of sound."""
        self._now_s = max(self._now_s, heard.t_s)
        self._carry_out(self._step(heard), self._placement.heard_slot(heard.t_s))

    def tell(self, event: OutsideEvent, t_s: float) -> None:
        """What came from outside."""
        self._now_s = max(self._now_s, t_s)
        self._carry_out(self._step(event), self._placement.told_slot(self._now_s))

    def _step(self, event: Event) -> list[Decision]:
        decided = self._switcher.step(event, self._now_s)
        if self._names is None:
            return decided
        return decided + self._names.step(event, decided, self._switcher.moment, self._now_s)

    @property
    def cuts(self) -> CutList:
        """What is on air in every slot."""
        return self._run.cuts

    @property
    def key_frames(self) -> int:
        """Of all cameras so far."""
        return self._run.key_frames

    def _carry_out(self, decisions: Sequence[Decision], now: Slot) -> None:
        self.decisions += decisions
        for decision in decisions:
            if isinstance(decision, Cut):
                self._run.advance_to(self._placement.told_slot(self._now_s))
                self.placed.append(PlacedCut(decision, self._placement.cut(decision, now)))
            elif isinstance(decision, KeyFrameWish):
                self._run.advance_to(self._placement.told_slot(self._now_s))
                self._placement.wish(decision, now)
            elif isinstance(decision, NameOn | NameOff):
                self._run.advance_to(self._placement.told_slot(self._now_s))
                self._name(decision, now)

    def _name(self, decision: NameOn | NameOff, now: Slot) -> None:
        if isinstance(decision, NameOn):
            at = self._placement.name(decision, now)
            self.named += [] if at is None else [PlacedName(decision, at.first)]
        else:
            at = self._placement.name_off(now)
            self.named += [] if at is None else [PlacedName(decision, at.end)]


@dataclass(frozen=True, slots=True)
class AirShot:
    """A shot that was on air, and the cut that began it; None for the opening."""

    shot: Shot
    cut: Cut | None


def on_air(cuts: CutList, placed: Iterable[PlacedCut], end: int) -> list[AirShot]:
    """Every shot before slot end with its cause."""
    by_slot = {each.slot: each.cut for each in placed}
    found = []
    for shot in cuts.shots(end):
        cut = by_slot.get(shot.first)
        found.append(AirShot(shot, cut if cut is not None and cut.target == shot.camera else None))
    return found


def heard_in(sound: Sound, microphones: Sequence[MicrophoneId], prior: Calibration | None = None) -> Iterator[Heard]:
    """What the analysis of a show hears. prior: what a sound check has found before it."""
    listening = Listening(microphones, prior)
    for ticks in sound:
        yield from listening.hear(ticks)


def end_slot(canvas: Canvas, end_sample: int) -> Slot:
    """The first slot that begins when all sound is over."""
    return Slot(-(-end_sample * canvas.fps // SAMPLE_RATE))


@dataclass(frozen=True, slots=True)
class CutRun:
    """What came of a run over files. gain_control_s: when automatic gain control was first noticed, None never."""

    opening: CameraId
    shots: tuple[AirShot, ...]
    canvas: Canvas
    length_s: float
    gain_control_s: float | None = None


def live_cuts(sound: Sound, cast: Cast, rules: SwitchRules, settings: ProgramSettings) -> CutRun:
    """The cuts that a running show would have made of this sound, nobody touching a key."""
    show = DryShow(cast, rules, settings)
    t_s = 0.0
    listening = Listening([microphone.id for microphone in cast.microphones])
    gain_control_s: float | None = None
    for ticks in sound:
        for heard in listening.hear(ticks):
            show.follow(heard)
            t_s = heard.t_s
        if gain_control_s is None:
            gain_control_s = listening.gain_control_since_s
    return replace(run_of(show.cuts, show.placed, settings.canvas, t_s), gain_control_s=gain_control_s)


def run_of(cuts: CutList, placed: Iterable[PlacedCut], canvas: Canvas, length_s: float) -> CutRun:
    """What was on air in a show of this length."""
    shots = on_air(cuts, placed, end_slot(canvas, round(length_s * SAMPLE_RATE)))
    opening = shots[0].shot.camera if shots else cuts.on_air(0)
    return CutRun(opening, tuple(shots), canvas, length_s)


def dry_cut_list(placed: Iterable[PlacedCut], opening: CameraId = WIDE) -> CutList:
    """What is on air when these cuts are made in order."""
    return cut_list(opening, ((each.slot, each.cut.target) for each in placed))


def table(labels: Sequence[str]) -> Cast:
    """One person with a microphone and a camera of the same number (from 0) for each label, and a wide camera."""
    cameras = [Camera(CameraId(str(number)), number + 1, label) for number, label in enumerate(labels)]
    microphones = [
        Microphone(MicrophoneId(str(number)), label, CameraId(str(number))) for number, label in enumerate(labels)
    ]
    wide = Camera(WIDE, len(cameras) + 1, "Wide")
    return Cast((*cameras, wide), tuple(microphones), WIDE)
