"""From an edited .otio file back to an edit: what can be rendered is read, all else is refused with its place.

Sound tracks, markers, names, colours and effects on pictures are passed over: an edit says which pictures follow each
other, nothing else.
"""

import contextlib
import math
import uuid
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import unquote, urlsplit

import opentimelineio as otio

from director_app.core.canvas import Slot
from director_app.core.cut_list import Shot
from director_app.core.edits import Edit, Stretch
from director_app.core.sources import CameraId
from director_app.post.timelines.errors import TimelineError
from director_app.post.timelines.gather import whole_frames
from director_app.post.timelines.otio import METADATA
from director_app.post.timelines.otio_document import open_document
from director_app.post.timelines.timecode import smpte
from director_app.post.timelines.words import clean
from director_app.session.manifest import FilePart, FileRole, Manifest

_SAME_RATE = 0.005
"""Frames per second; 29.97 and 30000/1001 are the same rate, 29.97 and 30 are not."""

_OFF_GRID = 1e-3
"""Of a frame: editors write times as decimals."""

_LONGEST = 100_000_000
"""Frames; more cannot have been recorded."""


def read_otio(path: Path, manifest: Manifest) -> Edit:
    """The program track of the file. Cuts that follow each other in the show's time form one stretch, a jump begins
    another; two clips of one camera that follow each other are one shot.

    Raises TimelineError with one sentence that names the clip and its timecode.
    """
    document = open_document(path)
    return Edit(_stretches(_Reading(path, manifest, document).shots()))


def _stretches(shots: Sequence[Shot]) -> Iterator[Stretch]:
    found: list[Shot] = []
    for shot in shots:
        if found and shot.first != found[-1].end:
            yield Stretch(tuple(found))
            found = []
        if found and shot.camera == found[-1].camera:
            shot = Shot(shot.camera, found.pop().first, shot.end)  # noqa: PLW2901 - both are one shot
        found.append(shot)
    yield Stretch(tuple(found))


class _Reading:
    """One file that belongs to one session."""

    def __init__(self, path: Path, manifest: Manifest, document: Any) -> None:
        self._path = path
        self._manifest = manifest
        self._fps: Fraction = manifest.canvas.canvas().fps
        self._document = document
        self._start = self._first_timecode()
        self._isos = {part.name: part for part in manifest.files if part.role is FileRole.ISO}

    def shots(self) -> Sequence[Shot]:
        """One or more, in the order of the film. Raises TimelineError."""
        track = self._program()
        found: list[Shot] = []
        at, gap_at = 0, None
        for item in track:
            length = self._length(item, at)
            if _is_empty(item):
                gap_at = at if gap_at is None and length else gap_at
            else:
                if gap_at is not None:
                    self._refuse(gap_at, "there is a gap, which shows nothing. Close it")
                found.append(self._shot(item, length, at))
            at += length
        if not found:
            self._refuse_all(f'its picture track "{clean(track.name)}" holds no clip')
        return found

    def _program(self) -> Any:
        stack = self._document.tracks
        if stack.source_range is not None or _is_bent(stack):
            self._refuse_all("the timeline as a whole is trimmed or played at another speed. Undo that")
        shown = [each for each in stack if _is_shown(each)]
        if not shown:
            self._refuse_all("no picture track with clips is switched on. Switch on the one that is the program")
        if len(shown) > 1:
            names = ", ".join(f'"{clean(each.name)}"' for each in shown)
            self._refuse_all(f"more than one picture track is switched on: {names}. Leave on the program alone")
        track = shown[0]
        if not isinstance(track, otio.schema.Track):
            self._refuse(0, f'"{clean(track.name)}" is a timeline within the timeline. Put its clips on one track')
        if track.source_range is not None or _is_bent(track):
            self._refuse_all(f'track "{clean(track.name)}" is trimmed or played at another speed. Undo that')
        return track

    def _length(self, item: Any, at: int) -> int:
        """Frames of the film that the item takes."""
        if isinstance(item, otio.schema.Transition):
            self._refuse(at, "there is a transition. Only straight cuts can be rendered: take it out")
        if not isinstance(item, otio.schema.Clip | otio.schema.Gap):
            self._refuse(at, f"{_called(item)} is no clip (a timeline within the timeline, perhaps). Put clips there")
        what = _called(item) if isinstance(item, otio.schema.Clip) else "the gap"
        length = self._frames(self._range(item, at).duration, at, what)
        if length < 0 or (length == 0 and isinstance(item, otio.schema.Clip)):
            self._refuse(at, f"{what} is {length} frames long. Take it out")
        return length

    def _range(self, item: Any, at: int) -> Any:
        found = item.source_range
        if found is None and isinstance(item, otio.schema.Clip):
            found = getattr(item.media_reference, "available_range", None)
        if found is None:
            self._refuse(at, f"{_called(item)} does not say which of its frames it shows")
        return found

    def _shot(self, clip: Any, length: int, at: int) -> Shot:
        if _is_bent(clip):
            self._refuse(at, f"{_called(clip)} is frozen or played at another speed. Play it at its own speed")
        part = self._iso_of(clip, at)
        available = clip.media_reference.available_range
        start = 0 if available is None else self._frames(available.start_time, at, _called(clip))
        first = self._frames(self._range(clip, at).start_time, at, _called(clip)) - start
        frames = whole_frames(self._manifest, part)
        if not 0 <= first < first + length <= frames:
            shown = f"frames {first} to {first + length} of {part.name}"
            self._refuse(at, f"{_called(clip)} shows {shown}, which has {frames}. Trim it")
        return Shot(CameraId(part.source or ""), Slot(first), Slot(first + length))

    def _iso_of(self, clip: Any, at: int) -> FilePart:
        reference = clip.media_reference
        address = reference.target_url if isinstance(reference, otio.schema.ExternalReference) else ""
        if not address:
            self._refuse(at, f"{_called(clip)} has no media file. Show a camera of this session there")
        folder, name = _place_and_name(address)
        sessions = {_session_of(reference), _session_of(clip), _session_named(folder), self._manifest.id, None}
        part = self._isos.get(name)
        if len(sessions) > 2:
            self._refuse(
                at, f"{_called(clip)} shows {clean(name)} of another session. Only this one's can be rendered"
            )
        if part is None:
            self._refuse(at, f"{_called(clip)} shows {clean(name)}, which is no camera's recording of this session")
        if all(each.id != part.source for each in self._manifest.cameras):
            self._refuse(at, f"{_called(clip)} shows {part.name}, whose camera the session does not know")
        return part

    def _frames(self, time: Any, at: int, what: str) -> int:
        """Whole frames of the session's rate."""
        if not math.isfinite(time.rate) or abs(time.rate - float(self._fps)) > _SAME_RATE:
            rate, own = f"{time.rate:.3f}".rstrip("0").rstrip("."), f"{float(self._fps):.3f}".rstrip("0").rstrip(".")
            self._refuse(at, f"{what} counts {rate} frames per second; the session has {own}. Export it at that rate")
        if not math.isfinite(time.value) or abs(time.value) > _LONGEST:
            self._refuse(at, f"{what} has a time that cannot be")
        frames: int = round(time.value)
        if abs(time.value - frames) > _OFF_GRID:
            self._refuse(at, f"{what} begins or ends between two frames. Move it onto a frame")
        return frames

    def _first_timecode(self) -> int:
        """Where the editor's own clock begins, so that people find the place; 0 where it counts otherwise."""
        start = self._document.global_start_time
        same = start is not None and abs(start.rate - float(self._fps)) <= _SAME_RATE
        return round(start.value) if same and 0 <= start.value <= _LONGEST else 0

    def _refuse(self, at: int, what: str) -> NoReturn:
        raise TimelineError(f"{self._path}: at {smpte(self._start + at, self._fps)} {what}.")

    def _refuse_all(self, what: str) -> NoReturn:
        raise TimelineError(f"{self._path}: {what}.")


def _is_shown(track: Any) -> bool:
    """Whether somebody who plays the timeline sees something of it."""
    if not isinstance(track, otio.schema.Track):
        return bool(getattr(track, "enabled", True))
    pictures = track.kind == otio.schema.TrackKind.Video
    return bool(pictures and track.enabled and any(not _is_empty(each) for each in track))


def _is_empty(item: Any) -> bool:
    """A gap, or a clip that is switched off, which shows as little."""
    return isinstance(item, otio.schema.Gap) or (isinstance(item, otio.schema.Clip) and not item.enabled)


def _is_bent(item: Any) -> bool:
    """Whether its frames are not shown one after the other."""
    times = [each for each in item.effects if isinstance(each, otio.schema.TimeEffect)]
    return any(getattr(each, "time_scalar", None) != 1 for each in times)


def _called(item: Any) -> str:
    return f'clip "{clean(str(getattr(item, "name", "")))}"'


def _place_and_name(address: str) -> tuple[str, str]:
    """The folder's own name and the file's, of an address or of a plain path of any system."""
    plain = address.replace("\\", "/")
    with contextlib.suppress(ValueError):  # a path may be anything, an address may not
        plain = urlsplit(plain).path
    parts = unquote(plain).split("/")
    return parts[-2] if len(parts) > 1 else "", parts[-1]


def _session_of(thing: Any) -> str | None:
    """What our own notes in it say; other programs may have written anything there."""
    facts = thing.metadata.get(METADATA)
    session = facts.get("session") if isinstance(facts, Mapping) else None
    return session if isinstance(session, str) else None


def _session_named(folder: str) -> str | None:
    """Folders of sessions are named by their id, unless somebody has renamed them."""
    try:
        return str(uuid.UUID(folder))
    except ValueError:
        return None
