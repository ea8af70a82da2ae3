"""The chapters of a film: one at its beginning, and one at every marker that the producer set. Pure."""

from collections.abc import Iterable

from director_app.core.canvas import Canvas
from director_app.core.edits import Edit
from director_app.post.render.order import Chapter
from director_app.session.event_log import EventRecord


def chapters_of(events: Iterable[EventRecord], edit: Edit, canvas: Canvas, opening: str) -> tuple[Chapter, ...]:
    """In order, no two in one frame. opening: the name of the first, unless a marker stands there."""
    names: dict[int, str] = {}
    markers = [event for event in events if event["type"] == "marker"]
    for number, event in enumerate(markers, 1):
        label = str(event.get("label") or "").strip() or f"Marker {number}"
        for frame in edit.frames_of(canvas.slot_at(float(event["t_s"]))):
            names.setdefault(frame, label)
    names.setdefault(0, opening)
    return tuple(Chapter(frame, names[frame]) for frame in sorted(names))


def fitting_chapters(chapters: Iterable[Chapter], frames: int, opening: str) -> tuple[Chapter, ...]:
    """The chapters that lie in the film, with one at its beginning."""
    names = {chapter.frame: chapter.name for chapter in chapters if 0 <= chapter.frame < frames}
    names.setdefault(0, opening)
    return tuple(Chapter(frame, names[frame]) for frame in sorted(names))
