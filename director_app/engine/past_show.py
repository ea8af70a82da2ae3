"""What one past session holds, for windows: who was on air when, figures of the show, its files, its pictures.

Reads only. Takes long on slow disks: call it from a thread that nobody waits for. Whatever is missing or damaged is
told of as a sentence; nothing here raises for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from director_app.engine.past_clips import PastClip, clips_of
from director_app.engine.past_files import PROGRAM_NAME, FileFound, files_of
from director_app.engine.past_score import PastScore, score_of
from director_app.engine.past_sessions import PastSession
from director_app.media.mp4_reader import UnreadableError
from director_app.media.stills import Bgra, Still, Stills
from director_app.post.cuts import recorded_cuts
from director_app.session.event_log import EventRecord, read_events
from director_app.session.manifest import FileRole, Manifest

THUMBNAIL_SHARE = 0.25
"""Where in a show its thumbnail is taken: the people sit, and somebody speaks."""

_LONGEST_S = 1_000_000.0

Picture = Bgra
"""Shape (height, width, 4), uint8, blue green red 255."""


@dataclass(frozen=True, slots=True)
class Shot:
    """One camera on air. number, label: of the camera."""

    number: int
    label: str
    first_s: float
    end_s: float

    @property
    def length_s(self) -> float:
        """Seconds."""
        return self.end_s - self.first_s


@dataclass(frozen=True, slots=True)
class ShowFigures:
    """What the log of a show says about it. lost_s, on_air_s: seconds by number of the camera."""

    cuts: int = 0
    takes: int = 0
    wrong_cuts: int = 0
    longest: Shot | None = None
    lost_s: Mapping[int, float] = field(default_factory=dict)
    on_air_s: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PastShow:
    """One look into a session. key_times_s: where the program can be looked at, seconds. problem: why it cannot.

    score: None until one was worked out. clips: highlights that were found, best first.
    """

    session: PastSession
    length_s: float
    shots: tuple[Shot, ...] = ()
    figures: ShowFigures | None = None
    files: tuple[FileFound, ...] = ()
    markers_s: tuple[float, ...] = ()
    key_times_s: tuple[float, ...] = ()
    problem: str | None = None
    score: PastScore | None = None
    clips: tuple[PastClip, ...] = ()


def program_path(session: PastSession) -> Path:
    """Where its program is, or would be."""
    part = None if session.manifest is None else session.manifest.file(FileRole.PROGRAM)
    return session.folder / (PROGRAM_NAME if part is None else part.name)


def thumbnail_of(session: PastSession, width: int, height: int) -> Picture | None:
    """One picture that stands for the show; None if there is none."""
    try:
        with Stills(program_path(session)) as stills:
            return _pixels(stills.at(stills.end_s * THUMBNAIL_SHARE, width, height))
    except UnreadableError:
        return None


def picture_of(session: PastSession, t_s: float, width: int, height: int) -> Picture | None:
    """The program's key frame at t_s or before, scaled to so many pixels."""
    try:
        with Stills(program_path(session)) as stills:
            return _pixels(stills.at(t_s, width, height))
    except UnreadableError:
        return None


def _pixels(still: Still | None) -> Picture | None:
    return None if still is None else still.pixels


def look_into(session: PastSession) -> PastShow:
    """Everything a window shows of a session, but for pictures."""
    keys_s, end_s, problem = _program(session)
    manifest = session.manifest
    if manifest is None:
        return PastShow(session, end_s, (), None, files_of(session, {}), (), keys_s, problem)
    events = _events(session.folder)
    length_s = session.length_s or end_s or max((float(event["t_s"]) for event in events), default=0.0)
    shots = _shots(manifest, events, length_s)
    figures = _figures(manifest, events, shots, length_s) if events else None
    return PastShow(
        session=session,
        length_s=length_s,
        shots=shots if events else (),
        figures=figures,
        files=files_of(session, {} if figures is None else figures.lost_s),
        markers_s=tuple(float(event["t_s"]) for event in events if event["type"] == "marker"),
        key_times_s=keys_s,
        problem=problem,
        score=score_of(session.folder, manifest),
        clips=clips_of(session.folder, manifest),
    )


def _program(session: PastSession) -> tuple[tuple[float, ...], float, str | None]:
    try:
        with Stills(program_path(session)) as stills:
            return stills.key_times_s(), stills.end_s, None
    except UnreadableError as error:
        return (), 0.0, str(error)


def _events(folder: Path) -> Sequence[EventRecord]:
    """Without lines whose time damage has made senseless."""
    try:
        return [event for event in read_events(folder) if 0.0 <= event["t_s"] < _LONGEST_S]
    except OSError:
        return ()


def _shots(manifest: Manifest, events: Sequence[EventRecord], length_s: float) -> tuple[Shot, ...]:
    canvas = manifest.canvas.canvas()
    cameras = {camera.id: camera for camera in manifest.cameras}
    end = manifest.slots or int(canvas.slot_at(length_s))
    return tuple(
        Shot(
            cameras[shot.camera].number,
            cameras[shot.camera].label,
            canvas.slot_time_s(shot.first),
            canvas.slot_time_s(shot.end),
        )
        for shot in recorded_cuts(manifest, events).shots(end)
    )


def _figures(
    manifest: Manifest, events: Sequence[EventRecord], shots: Sequence[Shot], length_s: float
) -> ShowFigures:
    kinds = [event["type"] for event in events]
    on_air_s: dict[int, float] = {}
    for shot in shots:
        on_air_s[shot.number] = on_air_s.get(shot.number, 0.0) + shot.length_s
    return ShowFigures(
        cuts=max(0, len(shots) - 1),
        takes=kinds.count("manual_cut"),
        wrong_cuts=len({str(event.get("slot")) for event in events if event["type"] == "wrong_cut"}),
        longest=max(shots, key=lambda shot: shot.length_s, default=None),
        lost_s={camera.number: lost for camera in manifest.cameras if (lost := _lost_s(camera.id, events, length_s))},
        on_air_s=on_air_s,
    )


def _lost_s(camera: str, events: Iterable[EventRecord], length_s: float) -> float:
    """Seconds in which a camera gave no pictures."""
    total_s, since_s = 0.0, None
    for event in events:
        if event["type"] == "record_start":
            states = event.get("states")
            given = isinstance(states, dict) and states.get(camera, "ok") in ("lost", "opening")
            since_s = 0.0 if given else None
        elif event.get("source") == camera and event["type"].startswith("source_"):
            if since_s is not None:
                total_s += float(event["t_s"]) - since_s
            since_s = float(event["t_s"]) if event["type"] == "source_lost" else None
    return total_s if since_s is None else total_s + max(0.0, length_s - since_s)
