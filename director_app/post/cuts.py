"""What was on air in every slot: by the log, and by the program itself where the log was lost.

Compares packets, never pictures: a routed program holds the very packets of its cameras.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from director_app.core.canvas import Canvas
from director_app.core.cut_list import CutList, cut_list
from director_app.core.sources import CameraId
from director_app.media.mp4_reader import AvPacket, Mp4Reader
from director_app.session.event_log import EventRecord
from director_app.session.manifest import Manifest

CUT_TYPES = frozenset({"switch", "manual_cut"})


def logged_cuts(manifest: Manifest, events: Iterable[EventRecord]) -> list[tuple[int, CameraId]]:
    """(slot, camera) of every decision in the order of the log; lines that damage made senseless are passed over."""
    known = {camera.id for camera in manifest.cameras}
    return [
        (event["slot"], CameraId(event["to"]))
        for event in events
        if event["type"] in CUT_TYPES and isinstance(event.get("slot"), int) and event.get("to") in known
    ]


def recorded_cuts(manifest: Manifest, events: Sequence[EventRecord]) -> CutList:
    """What was on air in every slot, by the decisions that were logged and what the bus made of them."""
    cuts = cut_list(CameraId(manifest.opening_camera), logged_cuts(manifest, events))
    for event in events:
        if event["type"] == "cut_moved":
            cuts.correct(int(event["slot"]), CameraId(event["to"]))
    return cuts


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


def wrong_slots(program: Mp4Reader, isos: Mapping[CameraId, Mp4Reader], cuts: CutList) -> Iterator[int]:
    """Slots of the program that are not the packet of the camera on air. Reads every file once, memory stays flat."""
    followers = {camera: Follower(reader.video_packets()) for camera, reader in isos.items()}
    for slot, packet in program.video_packets():
        follower = followers.get(cuts.on_air(slot))
        if follower is None or follower.at(slot) != bytes(packet):
            yield slot


def missing_slots(program: Mp4Reader) -> Iterator[range]:
    """Every run of slots that has no picture, between the first and the last that has one."""
    following: int | None = None
    for slot, _ in program.video_packets():
        if following is not None and slot > following:
            yield range(following, slot)
        following = slot + 1 if following is None else max(following, slot + 1)


def cuts_in_program(
    program: Mp4Reader, isos: Mapping[CameraId, Mp4Reader], opening: CameraId
) -> tuple[list[tuple[int, CameraId]], int]:
    """(slot, camera) of every change that the program itself shows, and its end. Unknown pictures change nothing."""
    followers = {camera: Follower(reader.video_packets()) for camera, reader in isos.items()}
    on_air, end, found = opening, 0, list[tuple[int, CameraId]]()
    for slot, packet in program.video_packets():
        end = slot + 1
        payload = bytes(packet)
        if on_air in followers and followers[on_air].at(slot) == payload:
            continue
        now = next((camera for camera, each in followers.items() if each.at(slot) == payload), on_air)
        if now != on_air:
            on_air = now
            found.append((slot, now))
    return found, end


def found_events(found: Sequence[tuple[int, CameraId]], opening: CameraId, canvas: Canvas) -> list[EventRecord]:
    """Lines for cuts whose own lines were lost."""
    before = [opening, *(camera for _, camera in found)]
    return [
        {
            "t_s": round(canvas.slot_time_s(slot), 4),
            "type": "switch",
            "from": source,
            "to": camera,
            "slot": slot,
            "cause": "recovered",
            "reason": "The line of this cut was lost; the program shows it.",
            "evidence": [],
            "blocked_by": [],
        }
        for source, (slot, camera) in zip(before, found, strict=False)
    ]
