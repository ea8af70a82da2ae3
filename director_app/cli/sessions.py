"""What `director sessions` says of one session, for people and for programs."""

from director_app.cli.duration import size
from director_app.core.canvas import timecode
from director_app.session.library import SessionEntry, is_interrupted


def session_dict(entry: SessionEntry) -> dict[str, object]:
    """One session as JSON."""
    if entry.manifest is None:
        return {"folder": str(entry.folder), "problem": entry.problem}
    manifest = entry.manifest
    return {
        "folder": str(entry.folder),
        "title": manifest.title,
        "state": "interrupted" if is_interrupted(entry) else manifest.state.value,
        "created_at": manifest.created_at.isoformat(),
        "duration_s": _duration_s(entry),
        "bytes": entry.size,
    }


def _duration_s(entry: SessionEntry) -> float | None:
    if entry.manifest is None or entry.manifest.slots is None:
        return None
    return entry.manifest.canvas.canvas().slot_time_s(entry.manifest.slots)


def session_line(entry: SessionEntry) -> str:
    """One session for people."""
    if entry.manifest is None:
        return f"{entry.folder}  {entry.problem}"
    duration_s = _duration_s(entry)
    length = "--:--:--.-" if duration_s is None else timecode(duration_s)
    state = "interrupted" if is_interrupted(entry) else entry.manifest.state.value
    when = entry.manifest.created_at.astimezone().strftime("%Y-%m-%d %H:%M")
    return f"{when}  {length}  {size(entry.size):>8}  {state:<11}  {entry.manifest.title}  {entry.folder}"
