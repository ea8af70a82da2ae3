"""The running show as lanes: who spoke, who was on program, cuts, takes, markers, trouble. Built from events; no Qt.

All times are session seconds. A cut stands where its slot is, not where it was decided.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

from director_app.core.sources import CameraId, Cast, MicrophoneId

WINDOW_S = 120.0
_KEPT_S = 900.0
_FOREVER_S = float("inf")


class MarkKind(Enum):
    """What a mark on the timeline stands for."""

    AUTO_CUT = "Auto cut"
    TAKE = "Your take"
    MARKER = "Marker"
    LOST = "Lost"
    OTHER_TROUBLE = "Trouble"


@dataclass(frozen=True, slots=True)
class Span:
    """From start_s to end_s; end_s is infinite while it lasts."""

    start_s: float
    end_s: float = _FOREVER_S

    def overlaps(self, from_s: float, to_s: float) -> bool:
        """Whether any of it lies in between."""
        return self.end_s > from_s and self.start_s < to_s


@dataclass(frozen=True, slots=True)
class Shot:
    """One camera on program."""

    camera: CameraId
    span: Span


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment. slot: of a cut. title, text, passed_over: for the tooltip."""

    kind: MarkKind
    t_s: float
    title: str
    text: str = ""
    passed_over: str = ""
    slot: int | None = None
    wrong: bool = False


@dataclass
class Timeline:
    """One recording. feed() with events in order; one thread. revision: another number, something has happened."""

    cast: Cast
    fps: float
    shots: list[Shot] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    holds: list[Span] = field(default_factory=list)
    speech: dict[MicrophoneId, list[Span]] = field(default_factory=dict)
    floors: list[tuple[MicrophoneId | None, Span]] = field(default_factory=list)
    revision: int = 0

    def feed(self, events: Iterable[Mapping[str, Any]]) -> None:
        """What happened since the last call. Events of unknown types are passed over."""
        latest_s = 0.0
        for event in events:
            latest_s = max(latest_s, float(event["t_s"]))
            handler = _HANDLERS.get(event["type"])
            if handler is not None:
                self.revision += 1
                handler(self, event, float(event["t_s"]))
        self._forget(latest_s - _KEPT_S)

    def since(self, from_s: float) -> "Timeline":
        """Only what has not ended before, for whoever goes through all of it again and again."""
        return Timeline(
            self.cast,
            self.fps,
            [shot for shot in self.shots if shot.span.end_s >= from_s],
            [mark for mark in self.marks if mark.t_s >= from_s],
            [hold for hold in self.holds if hold.end_s >= from_s],
            {who: [span for span in spans if span.end_s >= from_s] for who, spans in self.speech.items()},
            [floor for floor in self.floors if floor[1].end_s >= from_s],
            self.revision,
        )

    def on_air(self, t_s: float) -> CameraId | None:
        """What the program shows at this time."""
        found = [shot.camera for shot in self.shots if shot.span.start_s <= t_s < shot.span.end_s]
        return found[-1] if found else None

    def cuts(self) -> list[Mark]:
        """Cuts and takes, oldest first."""
        return [mark for mark in self.marks if mark.kind in {MarkKind.AUTO_CUT, MarkKind.TAKE}]

    def cut_near(self, t_s: float, within_s: float) -> Mark | None:
        """The cut that lies nearest to a time."""
        near = [mark for mark in self.cuts() if abs(mark.t_s - t_s) <= within_s]
        return min(near, key=lambda mark: abs(mark.t_s - t_s)) if near else None

    def floors_of(self, microphone: MicrophoneId, within: Span) -> list[Span]:
        """When its person held the floor, as far as it has to do with this time."""
        return [
            each
            for holder, each in self.floors
            if holder == microphone and each.overlaps(within.start_s, within.end_s)
        ]

    def _started(self, event: Mapping[str, Any], t_s: float) -> None:
        for kept in (self.shots, self.marks, self.holds, self.floors):
            kept.clear()
        self.speech = {microphone.id: [] for microphone in self.cast.microphones}
        self.shots.append(Shot(CameraId(event["opening"]), Span(t_s)))

    def _cut(self, event: Mapping[str, Any], _t_s: float) -> None:
        at_s = event["slot"] / self.fps
        self._show(CameraId(event["to"]), at_s)
        kind = MarkKind.TAKE if event["type"] == "manual_cut" else MarkKind.AUTO_CUT
        cameras = f"{self._title(event['from'])} to {self._title(event['to'])}"
        self.marks.append(
            Mark(kind, at_s, f"{kind.value}: {cameras}", event["reason"], self._passed_over(event), event["slot"])
        )

    def _show(self, camera: CameraId, at_s: float) -> None:
        """A cut may lie before the end of what was believed to be on air."""
        self.shots = [shot for shot in self.shots if shot.span.start_s < at_s - 1e-6]
        if self.shots:
            last = self.shots[-1]
            self.shots[-1] = replace(last, span=Span(last.span.start_s, at_s))
        self.shots.append(Shot(camera, Span(at_s)))

    def _passed_over(self, event: Mapping[str, Any]) -> str:
        """Who else spoke when a cut was decided."""
        shown = event["to"]
        others = [
            f"{self.cast.microphone(MicrophoneId(each['microphone'])).label} spoke too, {each['spoke_s']:.1f} s."
            for each in event["evidence"]
            if each["spoke_s"] > 0 and self.cast.microphone(MicrophoneId(each["microphone"])).camera != shown
        ]
        waited = [f"Waited {each['waited_s']:.1f} s for the {each['rule']}." for each in event["blocked_by"]]
        return " ".join([*others[:2], *waited])

    def _cut_moved(self, event: Mapping[str, Any], t_s: float) -> None:
        """The camera came on air later than promised; until then the one before stayed."""
        if self.shots and self.shots[-1].camera == event["to"] and self.shots[-1].span.start_s < t_s:
            self.shots.pop()
        self._show(CameraId(event["to"]), t_s)

    def _speaks(self, event: Mapping[str, Any], t_s: float) -> None:
        self.speech.setdefault(MicrophoneId(event["microphone"]), []).append(Span(t_s))

    def _stops(self, event: Mapping[str, Any], t_s: float) -> None:
        spans = self.speech.get(MicrophoneId(event["microphone"]))
        if spans and spans[-1].end_s == _FOREVER_S:
            spans[-1] = Span(spans[-1].start_s, t_s)

    def _floor(self, event: Mapping[str, Any], t_s: float) -> None:
        if self.floors:
            holder, span = self.floors[-1]
            self.floors[-1] = (holder, Span(span.start_s, t_s))
        holder = event["holder"]
        self.floors.append((None if holder is None else MicrophoneId(holder), Span(self._turn_began(holder, t_s))))

    def _turn_began(self, holder: str | None, t_s: float) -> float:
        """Who wins the floor has been talking for a while: the whole turn counts."""
        spans = [] if holder is None else self.speech.get(MicrophoneId(holder), [])
        return spans[-1].start_s if spans and spans[-1].end_s == _FOREVER_S else t_s

    def _hold(self, event: Mapping[str, Any], t_s: float) -> None:
        self._end_hold(event, t_s)
        self.holds.append(Span(t_s, event.get("until_s", _FOREVER_S)))

    def _end_hold(self, _event: Mapping[str, Any], t_s: float) -> None:
        if self.holds and self.holds[-1].end_s > t_s:
            self.holds[-1] = Span(self.holds[-1].start_s, t_s)

    def _manual(self, event: Mapping[str, Any], t_s: float) -> None:
        self._end_hold(event, t_s)
        self.holds.append(Span(t_s))

    def _marker(self, event: Mapping[str, Any], t_s: float) -> None:
        self.marks.append(Mark(MarkKind.MARKER, t_s, "Marker", str(event.get("label", ""))))

    def _trouble(self, event: Mapping[str, Any], t_s: float) -> None:
        what = _TROUBLE[event["type"]]
        name = self._name(event.get("source"))
        kind = MarkKind.LOST if event["type"] == "source_lost" else MarkKind.OTHER_TROUBLE
        self.marks.append(Mark(kind, t_s, f"{name} {what}.", str(event.get("detail") or "")))

    def _wrong(self, event: Mapping[str, Any], _t_s: float) -> None:
        self.marks = [replace(mark, wrong=True) if mark.slot == event["slot"] else mark for mark in self.marks]

    def _title(self, camera: str) -> str:
        return self.cast.camera(CameraId(camera)).title

    def _name(self, source: object) -> str:
        for camera in self.cast.cameras:
            if camera.id == source:
                return f"Camera {camera.title}"
        for microphone in self.cast.microphones:
            if microphone.id == source:
                return f"The microphone of {microphone.label}"
        return "The show"

    def _forget(self, before_s: float) -> None:
        """What lies long before the window, so that painting takes no longer in the third hour than in the first."""
        if before_s <= 0:
            return
        kept = self.since(before_s)
        self.shots, self.marks, self.holds = kept.shots, kept.marks, kept.holds
        self.speech, self.floors = kept.speech, kept.floors


def common(spans: Iterable[Span], with_: Span) -> list[Span]:
    """What they have in common with another."""
    return [
        Span(max(with_.start_s, each.start_s), min(with_.end_s, each.end_s))
        for each in spans
        if each.overlaps(with_.start_s, with_.end_s)
    ]


_TROUBLE = {
    "source_lost": "stopped",
    "source_frozen": "froze",
    "source_black": "went black",
    "disk_low": "runs out of disk",
    "packets_left_out": "lost pictures to a slow disk",
    "file_failed": "lost a file",
}

_HANDLERS = {
    "record_start": Timeline._started,
    "switch": Timeline._cut,
    "manual_cut": Timeline._cut,
    "cut_moved": Timeline._cut_moved,
    "speaking_start": Timeline._speaks,
    "speaking_stop": Timeline._stops,
    "floor": Timeline._floor,
    "hold": Timeline._hold,
    "auto_on": Timeline._end_hold,
    "auto_off": Timeline._manual,
    "marker": Timeline._marker,
    "wrong_cut": Timeline._wrong,
    **dict.fromkeys(_TROUBLE, Timeline._trouble),
}
