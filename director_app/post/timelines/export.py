"""Writes a session's timelines: everything is made and every place is looked at before the first file is written."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from director_app.core.edits import Edit
from director_app.post.logged_facts import log_problem
from director_app.post.timelines.errors import TimelineError
from director_app.post.timelines.formats import Format, file_name, timeline_text
from director_app.post.timelines.gather import live_edit, timeline_of
from director_app.post.timelines.model import Timeline, Why
from director_app.post.timelines.reasons import AS_LOGGED, Cut
from director_app.post.timelines.seal import is_intact
from director_app.post.timelines.words import clean, is_absolute
from director_app.session.atomic import write_atomically
from director_app.session.event_log import EventRecord, read_events
from director_app.session.library import SessionEntry, is_interrupted
from director_app.session.manifest import Manifest, SessionState, read_manifest

_MOST_BYTES = 200_000_000
"""A larger file is no timeline that was written here."""


class Replacing(Enum):
    """What an export may replace: timelines that were written here and not changed since, or any other file, too."""

    OWN = "own"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written. timeline.problems: what is missing in it, as sentences."""

    manifest: Manifest
    timeline: Timeline
    files: Mapping[Format, Path]


def export_session(
    folder: Path,
    forms: Sequence[Format],
    out: Path | None = None,
    replacing: Replacing = Replacing.OWN,
    edit: Edit | None = None,
    reasons: Mapping[Cut, Why] = AS_LOGGED,
) -> Exported:
    """Timelines of a session that was closed or recovered. out: their folder; None: the session's own.

    edit: None is the live cut. reasons: of cuts that were not made live. Raises SessionError (TimelineError,
    ManifestError) before anything is written, and TimelineError for a disk that says no; files written before that
    are whole.
    """
    manifest = _closed(folder)
    events = _events(folder)
    where = folder if out is None else out
    if not where.is_dir():
        raise TimelineError(f"There is no folder {where} to write timelines into.")
    chosen = edit or live_edit(manifest, events)
    timeline = timeline_of(manifest, events, chosen, _seen_from(where, folder), reasons)
    if edit is None and (lost := log_problem(events)) is not None:
        timeline = replace(timeline, problems=(lost, *timeline.problems))
    files = {form: where / file_name(form) for form in dict.fromkeys(forms)}
    for path in files.values():
        _check_place(path, manifest, replacing)
    texts = {form: timeline_text(timeline, form) for form in files}
    for form, path in files.items():
        try:
            write_atomically(path, texts[form])
        except OSError as error:
            raise TimelineError(f"{path} cannot be written: {error.strerror or error}.") from None
    return Exported(manifest, timeline, files)


def missing_files(folder: Path, timeline: Timeline) -> list[str]:
    """A sentence for every recording that the timeline names and the session's folder does not hold."""
    return [
        f"{media.name} is missing in {folder}: editors will ask for it."
        for media in timeline.media
        if not (folder / media.name).is_file()
    ]


def _closed(folder: Path) -> Manifest:
    manifest = read_manifest(folder)
    if manifest.state is not SessionState.RECORDING:
        return manifest
    if is_interrupted(SessionEntry(folder, manifest)):
        raise TimelineError(f"{folder} was not closed. First: director recover {folder}")
    raise TimelineError(f"{folder} is still being recorded. Stop that show first.")


def _events(folder: Path) -> list[EventRecord]:
    try:
        return read_events(folder)
    except OSError as error:
        raise TimelineError(f"The events of {folder} cannot be read: {error.strerror or error}.") from None


def _seen_from(where: Path, folder: Path) -> str:
    """The session's folder for a file in another one. Raises TimelineError for names that no such file can hold."""
    if where.resolve() == folder.resolve():
        return ""
    try:
        seen = os.path.relpath(folder.resolve(), where.resolve())
    except ValueError:  # another drive of Windows
        seen = str(folder.resolve())
    place = Path(seen).as_posix()
    if place != clean(place, len(place) + 1):
        raise TimelineError(
            f"The way from {where} to {folder} has characters that editors cannot read. "
            "Write the timelines into the session's own folder, or rename that one."
        )
    return place if is_absolute(place) else place.rstrip("/")


def _check_place(path: Path, manifest: Manifest, replacing: Replacing) -> None:
    if path.name in {part.name for part in manifest.files}:
        raise TimelineError(f"{path.name} is a recording of this session. It was left as it is; name another folder.")
    if path.is_dir():
        raise TimelineError(f"{path} is a folder. Name another place with --out.")
    if replacing is Replacing.ANY or not (path.exists() or path.is_symlink()):
        return
    if not _is_own(path):
        raise TimelineError(
            f"{path} was changed since it was written, or is something else. It was left as it is. "
            "Name another folder with --out, or replace it with --force."
        )


def _is_own(path: Path) -> bool:
    """Whether it is, to the letter, what an export wrote; what cannot be read is not."""
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > _MOST_BYTES:
            return False
        return is_intact(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError):
        return False
