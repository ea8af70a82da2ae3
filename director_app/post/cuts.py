"""What was on air in every slot: by the log, and by the program itself where the log was lost.

Compares packets, never pictures: a routed program holds the very packets of its cameras, but for the heads of shots,
which were encoded anew.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from director_app.core.canvas import Canvas
from director_app.core.cut_list import CutList, cut_list
from director_app.core.named_spans import Box, EndedName, PlacedName, drawn_spans
from director_app.core.sources import CameraId
from director_app.media.mp4_reader import AvPacket, Mp4Reader
from director_app.session.event_log import EventRecord
from director_app.session.manifest import Manifest

CUT_TYPES = frozenset({"switch", "manual_cut"})

HEAD_TYPE = "head"
"""A head that a recovery made."""

NAME_TYPE, NAME_OFF_TYPE = "name_on", "name_off"

FOUND = "recovered"
"""The cause of a cut whose own line was lost: a recovery found it in the program."""


@dataclass(frozen=True, slots=True)
class AirCut:
    """From this slot on the camera is on air; its pictures before head_end were encoded anew (None: none were)."""

    slot: int
    camera: CameraId
    head_end: int | None = None


@dataclass(frozen=True, slots=True)
class RecordedHead:
    """The program's pictures from slot first up to, not including, slot end were encoded anew.

    named: where in them a name stands that their camera's have not; None: nowhere.
    """

    camera: CameraId
    first: int
    end: int
    named: Box | None = None


def logged_cuts(manifest: Manifest, events: Iterable[EventRecord]) -> list[AirCut]:
    """Every decision in the order of the log; lines that damage made senseless are passed over."""
    return [
        AirCut(event["slot"], CameraId(event["to"]), _slot_in(event, "head_end"))
        for event in events
        if event["type"] in CUT_TYPES and _is_of(manifest, event)
    ]


def _is_of(manifest: Manifest, event: EventRecord) -> bool:
    return isinstance(event.get("slot"), int) and any(camera.id == event.get("to") for camera in manifest.cameras)


def _slot_in(event: EventRecord, field: str) -> int | None:
    value = event.get(field)
    return value if isinstance(value, int) else None


def recorded_cuts(manifest: Manifest, events: Sequence[EventRecord]) -> CutList:
    """What was on air in every slot, by the decisions that were logged and what the bus made of them."""
    logged = logged_cuts(manifest, events)
    cuts = cut_list(CameraId(manifest.opening_camera), ((cut.slot, cut.camera) for cut in logged))
    for event in events:
        if event["type"] == "cut_moved" and _is_of(manifest, event):
            cuts.correct(event["slot"], CameraId(event["to"]))
    return cuts


def recorded_heads(manifest: Manifest, events: Sequence[EventRecord]) -> tuple[RecordedHead, ...]:
    """The heads of all shots, by slot; those of a recovery included."""
    planned: dict[int, AirCut] = {}
    for cut in logged_cuts(manifest, events):
        planned = {slot: each for slot, each in planned.items() if slot < cut.slot} | {cut.slot: cut}
    shots = recorded_cuts(manifest, events).shots(_NEVER)
    found = []
    for shot in shots:
        head = planned.get(shot.first)
        if head is not None and head.camera == shot.camera and head.head_end is not None:
            found.append(RecordedHead(shot.camera, shot.first, min(head.head_end, shot.end)))
    made = [event for event in events if event["type"] == HEAD_TYPE and _is_of(manifest, event)]
    found += [
        RecordedHead(CameraId(event["to"]), event["slot"], end)
        for event in made
        if (end := _slot_in(event, "head_end")) is not None
    ]
    return tuple(sorted(_without_names(found, recorded_names(manifest, events)), key=lambda head: head.first))


def _without_names(heads: Iterable[RecordedHead], names: Sequence[RecordedHead]) -> Iterator[RecordedHead]:
    """Heads as far as no name came on over them."""
    for head in heads:
        end = min((name.first for name in names if head.first <= name.first < head.end), default=head.end)
        inside = any(name.first < head.first < name.end for name in names)
        if end > head.first and not inside:
            yield replace(head, end=end)


def recorded_names(manifest: Manifest, events: Iterable[EventRecord]) -> tuple[RecordedHead, ...]:
    """Where the program's pictures were encoded anew, by slot, because a name was shown in them."""
    lines = list(events)
    placed = [
        name for event in lines if event["type"] == NAME_TYPE and (name := _placed(manifest, event)) is not None
    ]
    ended = [EndedName(event["slot"], event["of"]) for event in lines if _ends_name(event)]
    spans = drawn_spans(recorded_cuts(manifest, lines), placed, ended)
    return tuple(RecordedHead(each.camera, each.first, each.end, each.box) for each in spans)


def _placed(manifest: Manifest, event: EventRecord) -> PlacedName | None:
    """None for a line that damage made senseless."""
    first, end, box = _slot_in(event, "slot"), _slot_in(event, "end"), event.get("box")
    known = any(camera.id == event.get("camera") for camera in manifest.cameras)
    if first is None or end is None or not known or not isinstance(box, list) or len(box) != 4:
        return None
    if not all(isinstance(each, int) for each in box):
        return None
    return PlacedName(CameraId(event["camera"]), first, end, (box[0], box[1], box[2], box[3]))


def _ends_name(event: EventRecord) -> bool:
    return event["type"] == NAME_OFF_TYPE and isinstance(event.get("slot"), int) and isinstance(event.get("of"), int)


def names_cut_short(manifest: Manifest, events: Sequence[EventRecord], end: int, canvas: Canvas) -> list[EventRecord]:
    """Lines for the names that the program had not shown to their end when it broke off at this slot."""
    t_s = round(canvas.slot_time_s(end), 4)
    lines: list[EventRecord] = []
    for event in events:
        name = _placed(manifest, event) if event["type"] == NAME_TYPE else None
        if name is not None and name.end > end:
            lines.append({"t_s": t_s, "type": NAME_OFF_TYPE, "slot": end, "of": name.first, "cause": FOUND})
    return lines


_NEVER = 1_000_000_000
"""A slot beyond the end of every show."""


class Follower:
    """Reads one file's pictures along with another's: at() takes slots in rising order and holds one packet only."""

    def __init__(self, pictures: Iterator[tuple[int, AvPacket]]) -> None:
        self._pictures = pictures
        self._slot = -1
        self._packet: AvPacket | None = None
        self._ended = False

    def at(self, slot: int) -> bytes | None:
        """The packet of this slot; None if the file has none."""
        while self._slot < slot and not self._ended:
            found = next(self._pictures, None)
            if found is None:
                self._ended = True
            else:
                self._slot, self._packet = found
        return None if self._packet is None or self._slot != slot else bytes(self._packet)


def same_encoding(readers: Sequence[Mp4Reader]) -> bool:
    """Whether packets of these files can stand in one; if not, the program was encoded on its own."""
    return len({reader.parameter_sets() for reader in readers}) <= 1


def wrong_slots(
    program: Mp4Reader, isos: Mapping[CameraId, Mp4Reader], cuts: CutList, heads: Iterable[RecordedHead] = ()
) -> Iterator[int]:
    """Slots of the program that are not the packet of the camera on air. Reads every file once, memory stays flat.

    Inside a head a packet must be no camera's, and the first a key frame (of a name, which may begin with the slot
    before, that is left to the decoder); its picture is not looked at.
    """
    followers = {camera: Follower(reader.video_packets()) for camera, reader in isos.items()}
    heads = tuple(heads)
    firsts = {head.first for head in heads if head.named is None}
    anew = {slot for head in heads for slot in range(head.first, head.end)}
    for slot, packet in program.video_packets():
        payload, follower = bytes(packet), followers.get(cuts.on_air(slot))
        if follower is not None and follower.at(slot) == payload:
            continue
        is_a_key_if_need_be = packet.is_keyframe or slot not in firsts
        if slot in anew and is_a_key_if_need_be and all(each.at(slot) != payload for each in followers.values()):
            continue
        yield slot


def missing_slots(program: Mp4Reader) -> Iterator[range]:
    """Every run of slots that has no picture, between the first and the last that has one."""
    following: int | None = None
    for slot, _ in program.video_packets():
        if following is not None and slot > following:
            yield range(following, slot)
        following = slot + 1 if following is None else max(following, slot + 1)


def cuts_in_program(
    program: Mp4Reader,
    isos: Mapping[CameraId, Mp4Reader],
    opening: CameraId,
    shown_at: Callable[[int], CameraId | None],
) -> tuple[list[AirCut], int]:
    """Every change that the program itself shows, and its end. Unknown pictures change nothing. What was encoded anew
    without a change, as it is under a name, stands there as a cut from a camera to itself: see `apart()`.

    shown_at: slot of a key frame that is no camera's -> whose picture it is; None if nobody's.
    """
    followers = {camera: Follower(reader.video_packets()) for camera, reader in isos.items()}
    on_air, end = opening, 0
    found: list[AirCut] = []
    begun: list[int] = []
    for slot, packet in program.video_packets():
        end = slot + 1
        payload = bytes(packet)
        known = [on_air, *followers] if on_air in followers else [*followers]
        now = next((camera for camera in known if followers[camera].at(slot) == payload), None)
        if now is None:
            begun += [slot] if packet.is_keyframe else []
            continue
        if packet.is_keyframe:
            found += _head_cuts(begun, slot, shown_at)
            on_air = found[-1].camera if found else on_air
        begun = []
        if now != on_air:
            on_air = now
            found.append(AirCut(slot, now))
    return found + _head_cuts(begun, end, shown_at), end


def _head_cuts(begun: Sequence[int], end: int, shown_at: Callable[[int], CameraId | None]) -> list[AirCut]:
    """The cuts of heads that begin at these slots, one after the other."""
    found: list[AirCut] = []
    for first, until in pairwise([*begun, end]):
        camera = shown_at(first)
        if camera is None and found:
            # A plate that is seen fully makes a picture unlike its camera's.
            camera = found[-1].camera
        if camera is not None:
            found.append(AirCut(first, camera, until))
    return found


def apart(found: Sequence[AirCut], opening: CameraId) -> tuple[list[AirCut], list[AirCut]]:
    """What `cuts_in_program` found: the changes, and what was only encoded anew; of that, neighbours are one."""
    on_air, changes, anew = opening, list[AirCut](), list[AirCut]()
    for cut in found:
        if cut.camera != on_air:
            on_air = cut.camera
            changes.append(cut)
        elif anew and anew[-1].head_end == cut.slot:
            anew[-1] = replace(anew[-1], head_end=cut.head_end)
        else:
            anew.append(cut)
    return changes, anew


_NAMES_FROM = 0.65
"""Of the height: names whose own lines were lost stand somewhere below it."""


def found_names(anew: Sequence[AirCut], known: Sequence[RecordedHead], canvas: Canvas) -> list[EventRecord]:
    """Lines for names whose own lines were lost: whose they were is not known. known: those that have one."""
    top = round(canvas.height * _NAMES_FROM / 2) * 2
    lines: list[EventRecord] = []
    for each in anew:
        end = each.head_end
        if end is None or any(name.first < end and each.slot < name.end for name in known):
            continue
        lines.append(
            {
                "t_s": round(canvas.slot_time_s(each.slot), 4),
                "type": NAME_TYPE,
                "slot": each.slot,
                "end": end,
                "camera": each.camera,
                "microphone": None,
                "name": "",
                "role": "",
                "cause": FOUND,
                "box": [0, top, canvas.width, canvas.height - top],
            }
        )
    return lines


def found_events(found: Sequence[AirCut], opening: CameraId, canvas: Canvas) -> list[EventRecord]:
    """Lines for cuts whose own lines were lost."""
    before = [opening, *(cut.camera for cut in found)]
    return [
        {
            "t_s": round(canvas.slot_time_s(cut.slot), 4),
            "type": "switch",
            "from": source,
            "to": cut.camera,
            "slot": cut.slot,
            **({} if cut.head_end is None else {"head_end": cut.head_end}),
            "cause": FOUND,
            "reason": "The line of this cut was lost; the program shows it.",
            "evidence": [],
            "blocked_by": [],
        }
        for source, cut in zip(before, found, strict=False)
    ]


def head_event(head: RecordedHead, canvas: Canvas) -> EventRecord:
    """The line of a head that a recovery made."""
    t_s = round(canvas.slot_time_s(head.first), 4)
    return {"t_s": t_s, "type": HEAD_TYPE, "to": head.camera, "slot": head.first, "head_end": head.end}


def moved_event(slot: int, camera: CameraId, canvas: Canvas) -> EventRecord:
    """The line of another camera than decided on air, from this slot up to the next cut."""
    return {"t_s": round(canvas.slot_time_s(slot), 4), "type": "cut_moved", "slot": slot, "to": camera}
