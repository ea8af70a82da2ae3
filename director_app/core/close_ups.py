"""An edit for narrow pictures: instead of shots that show everybody, whoever speaks is seen.

Pure. Cuts stay where they are; a wide shot is shared out among those who hold the floor in it.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from director_app.core.canvas import Canvas, Slot
from director_app.core.cut_list import Shot
from director_app.core.edits import Edit, Stretch
from director_app.core.sources import CameraId, Cast
from director_app.core.turns import Period

SHORTEST_S = 1.5
"""Nobody is seen for less; who holds the floor for less is passed over."""


def close_ups(edit: Edit, cast: Cast, periods: Sequence[Period], canvas: Canvas) -> Edit:
    """The same film with people's own cameras only. A show in which nobody has a camera of his own stays as it is."""
    own = {microphone.id: microphone.camera for microphone in cast.microphones if microphone.camera != cast.wide}
    close = set(own.values())
    if not close:
        return edit
    holds = [
        (canvas.slot_at(each.start_s), canvas.slot_at(each.end_s), own[each.holder])
        for each in periods
        if each.holder in own
    ]
    shortest = canvas.slot_from(SHORTEST_S)
    order = [camera.id for camera in cast.cameras if camera.id in close]
    return Edit(Stretch(tuple(_close(stretch, order, holds, shortest))) for stretch in edit.stretches)


Hold = tuple[Slot, Slot, CameraId]


def _close(stretch: Stretch, close: Sequence[CameraId], holds: Sequence[Hold], shortest: int) -> Iterator[Shot]:
    shots = list(_replaced(stretch, close, holds, shortest))
    first = next((shot.camera for shot in shots if shot.camera in close), None)
    if first is None:
        # Nobody has the floor in all of it: whoever had it last is as right as anybody.
        before = [camera for start, _, camera in holds if start < stretch.first]
        first = before[-1] if before else close[0]
    shown, merged = first, [Shot(first, stretch.first, stretch.first)]
    for shot in shots:
        shown = shot.camera if shot.camera in close else shown
        if merged[-1].camera == shown:
            merged[-1] = Shot(shown, merged[-1].first, shot.end)
        else:
            merged.append(Shot(shown, shot.first, shot.end))
    yield from (shot for shot in merged if shot.end > shot.first)


def _replaced(stretch: Stretch, close: Sequence[CameraId], holds: Sequence[Hold], shortest: int) -> Iterator[Shot]:
    """Shots of everybody split where somebody else gets the floor; the rest of them keep their camera for now."""
    for shot in stretch.shots:
        if shot.camera in close:
            yield shot
            continue
        marks: dict[int, CameraId] = {int(shot.first): shot.camera}
        for start, end, camera in holds:
            first, last = max(start, shot.first), min(end, shot.end)
            if last - first >= min(shortest, shot.end - shot.first):
                marks[int(first)] = camera
        bounds = [*sorted(marks), int(shot.end)]
        for begins, ends in pairwise(bounds):
            yield Shot(marks[begins], Slot(begins), Slot(ends))
