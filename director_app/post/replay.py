"""Lets a recorded show be directed once more: its microphone files and all that came from outside go through the same
objects again, with the same settings or with others. Changes nothing in the session.
"""

import math
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from director_app.capture.errors import SourceError
from director_app.core import styles
from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.core.cut_list import CutList
from director_app.core.decisions import NameCause, NameOff, NameOn
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
from director_app.core.evidence import Heard
from director_app.core.live_names import LiveNames, NameRules
from director_app.core.rules import SwitchRules
from director_app.core.sources import CameraId, Cast, MicrophoneId, SourceState
from director_app.core.styles import Style
from director_app.media.sound.packets import SoundTick
from director_app.post.choices import CutsFall
from director_app.post.cuts import CUT_TYPES, FOUND, recorded_cuts
from director_app.post.cutting import (
    DryShow,
    PlacedCut,
    PlacedName,
    ProgramSettings,
    Sound,
    cuts_of_a_show,
    heard_in,
)
from director_app.post.microphone_files import open_microphone_files
from director_app.session.errors import ReplayError
from director_app.session.event_log import EventRecord, read_events
from director_app.session.manifest import FileRole, Manifest, SessionState, TitlesPart, read_manifest
from director_app.speech.prior import calibration_of

_LATE_LASTS_S = 10.0
"""A key frame that came too late moves the regular ones after it, and with them later cuts."""

_LEAST_MISSING_S = 0.05

_SAME_TIME_S = 1e-4
"""Logs round to this."""

_TELL_EVERY_HOPS = 3000
"""A minute of sound."""


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


@dataclass(frozen=True, slots=True)
class Replayed:
    """The same show again. end_s: up to where the sound of every microphone is there."""

    placed: tuple[PlacedCut, ...]
    air: CutList
    end_s: float
    named: tuple[PlacedName, ...] = ()


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
    canvas, fall = manifest.canvas.canvas(), CutsFall(directing.cuts_fall)
    own = _own_lines(events)
    try:
        return RecordedShow(
            folder=folder,
            manifest=manifest,
            cast=manifest.cast(),
            style=Style(directing.style),
            rules=SwitchRules(**manifest.rules),
            settings=ProgramSettings(manifest.programme_delay_s, fall, canvas, directing.key_period_slots),
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


def replay(show: RecordedShow, rules: SwitchRules, settings: ProgramSettings) -> Replayed:
    """Directs the show once more. Raises ReplayError when its sound is not all there."""
    return replay_all(show, [(rules, settings)])[0]


def replay_all(
    show: RecordedShow,
    ways: Sequence[tuple[SwitchRules, ProgramSettings]],
    hear: Callable[[float], None] = lambda _end_s: None,
) -> list[Replayed]:
    """Directs the show once more in several ways, which all hear the same: the sound is analysed once.

    hear: is told now and then up to where, in seconds. Raises ReplayError when its sound is not all there.
    """
    shows = [_Retold(show, rules, settings) for rules, settings in ways]
    with ExitStack() as stack:
        sound = _SessionSound(show, stack)
        microphones = [microphone.id for microphone in show.cast.microphones]
        heard_now = heard_in(sound.ticks(), microphones, calibration_of(show.manifest.prior))
        for hops, heard in enumerate(heard_now):
            for each in shows:
                each.follow(hops, heard)
            if hops % _TELL_EVERY_HOPS == 0:
                hear(heard.t_s)
        end_s = sound.whole_until_s()
    return [each.replayed(end_s) for each in shows]


class _Retold:
    """One way of directing, which is told what came from outside when so many hops had been heard."""

    def __init__(self, show: RecordedShow, rules: SwitchRules, settings: ProgramSettings) -> None:
        self._dry = DryShow(show.cast, rules, settings, show.states, _names_of(show))
        self._told = deque(show.told)

    def follow(self, hops: int, heard: Heard) -> None:
        while self._told and self._told[0].hops <= hops:
            self._tell(self._told.popleft())
        self._dry.follow(heard)

    def replayed(self, end_s: float) -> Replayed:
        """When all has been heard."""
        while self._told:
            self._tell(self._told.popleft())
        return Replayed(tuple(self._dry.placed), self._dry.cuts, end_s, tuple(self._dry.named))

    def _tell(self, told: Told) -> None:
        self._dry.tell(told.event, told.t_s)


def differences(show: RecordedShow, again: Replayed) -> list[str]:
    """What is not as the show logged it, as sentences; slots count only where the engine had kept up."""
    end_s = min(again.end_s, show.logged_until_s)
    logged = [cut for cut in show.cuts if cut.t_s < end_s]
    placed = [cut for cut in again.placed if cut.cut.at_s < end_s]
    found: list[str] = []
    same_slots = timely(logged)
    for number, (before, after) in enumerate(zip(logged, placed, strict=False), 1):
        if (what := _difference(before, after)) is not None:
            found.append(f"Cut {number} {what}.")
            return found
        if before.slot != after.slot and same_slots[number - 1]:
            found.append(
                f"Cut {number}, decided at {before.t_s:.2f} s, fell on slot {before.slot}; replayed, on {after.slot}."
            )
    if len(logged) != len(placed):
        found.append(f"The show made {len(logged)} cuts; replayed, it makes {len(placed)}.")
    return found or _name_differences(show, again, end_s)


def _name_differences(show: RecordedShow, again: Replayed, end_s: float) -> list[str]:
    """What is not as logged of names. Their slots are those of the moment: a late engine shows them later."""
    logged = [(each.t_s, each.who) for each in show.names if each.t_s < end_s]
    named = [(round(each.name.at_s, 4), _who(each.name)) for each in again.named if each.name.at_s < end_s]
    for number, (before, after) in enumerate(zip(logged, named, strict=False), 1):
        if abs(before[0] - after[0]) > _SAME_TIME_S or before[1] != after[1]:
            return [f"Name {number} was {_told_name(before)}; replayed, {_told_name(after)}."]
    if len(logged) != len(named):
        return [f"The show decided {len(logged)} times about names; replayed, {len(named)} times."]
    return []


def _told_name(name: tuple[float, str | None]) -> str:
    return f"taken away at {name[0]:.4f} s" if name[1] is None else f"that of {name[1]} at {name[0]:.4f} s"


def _who(name: NameOn | NameOff) -> str | None:
    return name.microphone if isinstance(name, NameOn) else None


def _names_of(show: RecordedShow) -> LiveNames:
    """As the show decided about names; one that could not compose refused them all."""
    titles = show.manifest.titles or TitlesPart()
    composes = show.settings.cuts_fall is not CutsFall.KEY_FRAMES
    named = [microphone.id for microphone in show.cast.microphones]
    return LiveNames(
        show.cast, named, NameRules(titles.live, titles.seconds, None if composes else "None are shown.")
    )


def timely(cuts: Sequence[LoggedCut]) -> list[bool]:
    """Whether the slot of each cut is the same in a replay; not where the engine had been late shortly before."""
    found: list[bool] = []
    late_until_s = 0.0
    for cut in cuts:
        if cut.late_s > 0:
            late_until_s = cut.t_s + _LATE_LASTS_S
        found.append(cut.t_s >= late_until_s)
    return found


def late_cuts(show: RecordedShow) -> int:
    """Cuts for which the engine had been late, so that their slots need not be the same again."""
    return sum(cut.late_s > 0 for cut in show.cuts)


def changed_rules(
    show: RecordedShow, style: Style | None, programme_delay_s: float | None, minimum_shot_s: float | None
) -> SwitchRules:
    """The rules of the show with another style, delay or shortest shot; what else was set by hand stays.

    Raises ValueError with one sentence.
    """
    rules = asdict(show.rules)
    by_hand = {name: rules[name] for name in _named_by_hand(show) if name in rules}
    if minimum_shot_s is not None:
        by_hand["minimum_shot_s"] = minimum_shot_s
    delay_s = show.settings.programme_delay_s if programme_delay_s is None else programme_delay_s
    return replace(styles.rules(style or show.style, delay_s), **by_hand)


def _named_by_hand(show: RecordedShow) -> tuple[str, ...]:
    """Rules that the show file named. Sessions that have not noted it: whatever is not as the style has it now."""
    directing = show.manifest.directing
    if directing is not None and directing.by_hand is not None:
        return directing.by_hand
    base = asdict(styles.rules(show.style, show.settings.programme_delay_s))
    differs = (name for name, value in asdict(show.rules).items() if value != base[name])
    return tuple(name for name in differs if name != "programme_delay_s")


def with_delay(settings: ProgramSettings, programme_delay_s: float) -> ProgramSettings:
    """The same program with another delay, which may leave time to make heads, or no more."""
    before, after = (
        cuts_of_a_show(settings.canvas, delay_s) for delay_s in (settings.programme_delay_s, programme_delay_s)
    )
    fall = settings.cuts_fall if before is after else after
    return replace(settings, programme_delay_s=programme_delay_s, cuts_fall=fall)


def _difference(before: LoggedCut, after: PlacedCut) -> str | None:
    cut = after.cut
    if abs(before.t_s - cut.at_s) > _SAME_TIME_S:
        return f"was decided at {before.t_s:.4f} s; replayed, at {cut.at_s:.4f} s"
    if before.target != cut.target:
        return f"at {before.t_s:.2f} s went to {before.target}; replayed, to {cut.target}"
    if before.reason != cut.reason:
        return f'at {before.t_s:.2f} s was made because "{before.reason}"; replayed, because "{cut.reason}"'
    return None


class _SessionSound:
    """All microphones of a session, in the order of its cast."""

    def __init__(self, show: RecordedShow, stack: ExitStack) -> None:
        self._show = show
        parts = [show.manifest.file(FileRole.MICROPHONE, microphone.id) for microphone in show.cast.microphones]
        broken = [part.problem for part in parts if part is not None and part.problem]
        if None in parts or broken:
            raise ReplayError(
                f"{show.folder} cannot be replayed: {broken[0] if broken else 'a microphone has no file.'}"
            )
        paths = [show.folder / part.name for part in parts if part is not None]
        try:
            self._files = stack.enter_context(open_microphone_files(paths))
        except SourceError as error:
            raise ReplayError(f"{show.folder} cannot be replayed: {error}") from None

    def ticks(self) -> Sound:
        """In order; a show without microphones has ticks all the same."""
        if self._show.cast.microphones:
            return self._files.ticks()
        return _empty_ticks(self._end_sample())

    def whole_until_s(self) -> float:
        """When all has been read: up to where every file reaches. Raises ReplayError for one that is damaged."""
        damage = [warning for warning in self._files.warnings() if warning.kind != "silent"]
        expected = self._end_sample() / SAMPLE_RATE
        reached = min((samples / SAMPLE_RATE for samples in self._files.lengths()), default=expected)
        if damage:
            raise ReplayError(f"{self._show.folder} cannot be replayed: {damage[0].sentence}")
        # A show that was killed has files of different lengths; one that was closed has not.
        if self._show.manifest.state is SessionState.CLOSED and reached < expected - _LEAST_MISSING_S:
            raise ReplayError(
                f"{self._show.folder} cannot be replayed: of {expected:.1f} s of a microphone only "
                f"{reached:.1f} s are in its file."
            )
        return reached

    def _end_sample(self) -> int:
        return self._show.manifest.canvas.canvas().first_sample_of(self._show.manifest.slots or 0)


def _empty_ticks(end_sample: int) -> Iterator[Sequence[SoundTick]]:
    nothing = np.zeros((0, BLOCK_SAMPLES), np.int32)
    for index, start in enumerate(range(0, end_sample, BLOCK_SAMPLES)):
        yield (SoundTick(index, start, nothing, min(BLOCK_SAMPLES, end_sample - start), ()),)


def _own_lines(events: Sequence[EventRecord]) -> Sequence[EventRecord]:
    """What the show itself has logged; a recovery's lines say what was on air, not when and why it was decided."""
    found = (
        index for index, event in enumerate(events) if event["type"] in CUT_TYPES and event.get("cause") == FOUND
    )
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
