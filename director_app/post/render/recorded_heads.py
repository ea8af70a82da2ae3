"""Heads of shots that the program holds already: a film that keeps the live cuts need not encode them again.

The log says where they lie. They are used only where they fit: they begin with a key frame, no slot is missing, and
the camera's own packets go on with a key frame where they end.
"""

from contextlib import ExitStack, suppress
from pathlib import Path

from director_app.core.sources import CameraId
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.mp4_reader import Mp4Reader, UnreadableError
from director_app.media.nal import parameter_sets_of, same_parameter_sets
from director_app.post.cuts import recorded_heads
from director_app.session.event_log import read_events
from director_app.session.manifest import FileRole, Manifest

Coded = tuple[bytes, bool]
"""A picture as it stands in an MP4, and whether it is a key frame."""


class RecordedHeads(ClosedOnLeaving):
    """Owner of the open program. A session without a program, or without a log, has none."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        """Never fails."""
        self._stack = ExitStack()
        self._program: Mp4Reader | None = None
        self._sets = b""
        self._ends: dict[tuple[CameraId, int], int] = {}
        part = manifest.file(FileRole.PROGRAM)
        if part is None or not (folder / part.name).is_file():
            return
        with suppress(UnreadableError, OSError, ValueError, IndexError, TypeError):
            heads = recorded_heads(manifest, read_events(folder))
            program = self._stack.enter_context(Mp4Reader(folder / part.name, manifest.canvas.canvas().fps))
            self._sets = parameter_sets_of(program.parameter_sets())
            self._program = program
            self._ends = {(head.camera, head.first): head.end for head in heads}

    def end(self, camera: CameraId, first: int, parameter_sets: bytes) -> int | None:
        """The slot after the head that begins there; None if there is none that fits the camera's own packets."""
        end = self._ends.get((camera, first))
        return end if end is not None and same_parameter_sets(self._sets, parameter_sets) else None

    def packets(self, first: int, end: int) -> list[Coded]:
        """Of these slots of the program, all of them; none if one is missing or the first is no key frame."""
        if self._program is None:
            return []
        found = [
            (slot, bytes(packet), bool(packet.is_keyframe))
            for slot, packet in self._program.video_packets(first, end)
        ]
        if [slot for slot, _, _ in found] != list(range(first, end)) or not found[0][2]:
            return []
        return [(payload, is_key) for _, payload, is_key in found]

    def close(self) -> None:
        """Idempotent."""
        self._stack.close()
