"""From a session and an edit to a timeline: what is seen, what else was filmed and heard, what is worth a mark."""

from collections.abc import Iterator, Mapping, Sequence

from director_app.core.edits import Edit, FilmShot, whole_show
from director_app.core.sources import CameraId
from director_app.post.cuts import recorded_cuts
from director_app.post.timelines.errors import TimelineError
from director_app.post.timelines.model import Clip, Marker, MarkerKind, Media, Timeline, Track, Why
from director_app.post.timelines.reasons import AS_LOGGED, Cut, Reasons
from director_app.post.timelines.timecode import smpte
from director_app.post.timelines.words import clean
from director_app.session.event_log import EventRecord
from director_app.session.manifest import FilePart, FileRole, Manifest

PROGRAM = "Program"

MIX_CHANNELS = 2

_LATEST_S = 1_000_000.0
"""No show is eleven days long; later times are damage of the log."""

_UNKNOWN = Why("", by_hand=False)

_TROUBLE = {
    "source_lost": "stopped",
    "source_frozen": "froze",
    "source_black": "went black",
    "disk_low": "ran out of disk",
    "packets_left_out": "lost pictures to a slow disk",
    "file_failed": "lost a file",
}


def live_edit(manifest: Manifest, events: Sequence[EventRecord]) -> Edit:
    """The show as it was cut live. Raises TimelineError for a session without pictures."""
    if not manifest.slots:
        raise TimelineError(f'The session "{clean(manifest.title)}" holds no pictures; there is nothing to edit.')
    return whole_show(recorded_cuts(manifest, events), manifest.slots)


def timeline_of(
    manifest: Manifest,
    events: Sequence[EventRecord],
    edit: Edit,
    place: str = "",
    reasons: Mapping[Cut, Why] = AS_LOGGED,
) -> Timeline:
    """The film that the edit describes.

    place: the session's folder as seen from the timeline's own; "" is the same one. reasons: of cuts that were not
    made live, by slot and camera.
    """
    return _Gathering(manifest, events, edit, place, reasons).timeline()


def whole_frames(manifest: Manifest, part: FilePart) -> int:
    """Frames of a recorded file, the last one whole; of one whose length is not known, as many as the show has."""
    if part.duration_s is None:
        return manifest.slots or 0
    return max(0, int(part.duration_s * manifest.canvas.canvas().fps + 0.01))


class _Gathering:
    """One session and one edit."""

    def __init__(
        self,
        manifest: Manifest,
        events: Sequence[EventRecord],
        edit: Edit,
        place: str,
        reasons: Mapping[Cut, Why],
    ) -> None:
        self._manifest = manifest
        self._events = events
        self._edit = edit
        self._canvas = manifest.canvas.canvas()
        self._place = f"{place.rstrip('/')}/" if place else ""
        self._problems: list[str] = []
        self._isos = {CameraId(each.id): self._iso(each.id) for each in manifest.cameras}
        self._reasons = Reasons(manifest, events, reasons)

    def timeline(self) -> Timeline:
        """All of it."""
        title = clean(self._manifest.title) or "AI Director"
        program = Track(PROGRAM, tuple(self._program()))
        isos = [media for media in self._isos.values() if media is not None]
        microphones = [
            media for each in self._manifest.microphones if (media := self._microphone(each.id)) is not None
        ]
        return Timeline(
            session=self._manifest.id,
            title=title,
            canvas=self._canvas,
            length=len(self._edit),
            program=program,
            angles=tuple(Track(media.label, tuple(self._along(media))) for media in isos),
            microphones=tuple(Track(media.label, tuple(self._along(media))) for media in microphones),
            markers=tuple(sorted(self._markers(program), key=lambda marker: marker.frame)),
            problems=tuple(dict.fromkeys(self._problems)),
        )

    def _iso(self, camera: str) -> Media | None:
        part = self._manifest.file(FileRole.ISO, camera)
        own = [1 for each in self._manifest.microphones if each.camera == camera]
        return (
            None if part is None else self._media(part, self._title(camera), (MIX_CHANNELS, *own), CameraId(camera))
        )

    def _microphone(self, microphone: str) -> Media | None:
        part = self._manifest.file(FileRole.MICROPHONE, microphone)
        label = next(each.label for each in self._manifest.microphones if each.id == microphone)
        return None if part is None else self._media(part, clean(label) or part.name, (1,))

    def _media(self, part: FilePart, label: str, channels: tuple[int, ...], camera: CameraId | None = None) -> Media:
        if part.problem:
            self._problems.append(clean(part.problem))
        frames = whole_frames(self._manifest, part)
        return Media(part.name, f"{self._place}{part.name}", label, frames, channels, camera)

    def _program(self) -> Iterator[Clip]:
        begins = {stretch.shots[0] for stretch in self._edit.stretches}
        for film in self._edit.shots():
            shot = film.shot
            media = self._isos.get(shot.camera)
            end = shot.first if media is None else min(shot.end, media.frames)
            if end < shot.end:
                self._problems.append(self._missing(film, media, max(shot.first, end)))
            if media is not None and end > shot.first:
                why = self._reasons.of_cut(shot) or (self._reasons.while_live(shot) if shot in begins else None)
                yield Clip(media, film.frame, shot.first, end - shot.first, why)

    def _missing(self, film: FilmShot, media: Media | None, end: int) -> str:
        at = smpte(film.frame + end - film.shot.first, self._canvas.fps)
        camera = self._title(film.shot.camera)
        what = "has no file" if media is None else f"ends early ({media.name} has {media.frames} frames)"
        return f"The recording of camera {camera} {what}: the timeline shows nothing at {at}, where it was on air."

    def _along(self, media: Media) -> Iterator[Clip]:
        """Everything of a file that happened while the film's sound ran."""
        frame = 0
        for stretch in self._edit.stretches:
            end = min(stretch.end, media.frames)
            if end > stretch.first:
                yield Clip(media, frame, stretch.first, end - stretch.first)
            frame += len(stretch)

    def _markers(self, program: Track) -> Iterator[Marker]:
        for clip in program.clips:
            if clip.record:
                why = clip.why or _UNKNOWN
                kind = MarkerKind.TAKE if why.by_hand else MarkerKind.CUT
                yield Marker(clip.record, kind, f"{kind.value} to {clip.media.label}", why.reason)
        for event in self._events:
            if (found := self._mark(event)) is not None:
                slot, kind, name, comment = found
                for frame in self._edit.frames_of(slot):
                    yield Marker(frame, kind, clean(name), clean(comment))

    def _mark(self, event: EventRecord) -> tuple[int, MarkerKind, str, str] | None:
        """Slot, kind, name and comment of what the event asks to be marked."""
        t_s = float(event["t_s"])
        if not 0 <= t_s <= _LATEST_S:
            return None
        slot = self._canvas.slot_at(t_s)
        match event["type"]:
            case "marker":
                return slot, MarkerKind.MARKER, str(event.get("label") or MarkerKind.MARKER.value), ""
            case "wrong_cut" if isinstance(event.get("slot"), int):
                return event["slot"], MarkerKind.WRONG, "Wrong cut", "Marked by the producer."
            case kind if kind in _TROUBLE:
                name = f"{self._named(event.get('source'))} {_TROUBLE[kind]}"
                return slot, MarkerKind.TROUBLE, name, str(event.get("detail") or "")
            case _:
                return None

    def _named(self, source: object) -> str:
        if any(each.id == source for each in self._manifest.cameras):
            return f"Camera {self._title(str(source))}"
        microphone = next((each for each in self._manifest.microphones if each.id == source), None)
        return "The show" if microphone is None else f"The microphone of {microphone.label}"

    def _title(self, camera: str) -> str:
        found = next((each for each in self._manifest.cameras if each.id == camera), None)
        return clean(camera) if found is None else clean(f"{found.number} {found.label}")
