"""A recorded session as the renderer's source: its ISOs and microphones by the manifest, and what is wrong with them.

Opens and reads; never writes into a recorded file, and refuses to let an output take its place.
"""

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from director_app.core.canvas import Canvas, timecode
from director_app.core.edits import Edit
from director_app.core.sources import Camera, CameraId
from director_app.media.closed_on_leaving import ClosedOnLeaving
from director_app.media.mp4_reader import Mp4Reader, UnreadableError
from director_app.media.nal import parameter_sets_of
from director_app.post.render.errors import MissingPicturesError, RenderError
from director_app.post.render.iso_index import IsoIndex, read_index
from director_app.post.render.recorded_heads import RecordedHeads
from director_app.session.manifest import FileRole, Manifest, SessionState, read_manifest

_MOST_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class Iso:
    """One camera's open file."""

    camera: Camera
    reader: Mp4Reader
    index: IsoIndex
    parameter_sets: bytes
    """SPS and PPS, Annex B; empty where the file is no H.264."""


class RenderSource(ClosedOnLeaving):
    """Owner of the open ISOs of one session, opened when first asked for: sound needs none of them. One thread."""

    def __init__(self, folder: Path) -> None:
        """Raises ManifestError, and RenderError for a session that was never closed."""
        self.folder = folder
        self.manifest: Manifest = read_manifest(folder)
        if self.manifest.state is SessionState.RECORDING or not self.manifest.slots:
            raise RenderError(
                f"{folder} was never closed, so no film can be made of it. If nothing records it now: "
                f"director recover {folder}"
            )
        self.slots: int = self.manifest.slots
        self.canvas: Canvas = self.manifest.canvas.canvas()
        self.cast = self.manifest.cast()
        self.unreadable: dict[CameraId, str] = {}
        """Why a camera's file is not among the ISOs: the end of a sentence that begins with its name."""
        self._stack = ExitStack()

    @cached_property
    def isos(self) -> dict[CameraId, Iso]:
        """Every camera's file that can be read."""
        opened = [self._opened(camera) for camera in self.cast.cameras]
        return {iso.camera.id: iso for iso in opened if iso is not None}

    @cached_property
    def heads(self) -> RecordedHeads:
        """Those that the program holds."""
        return self._stack.enter_context(RecordedHeads(self.folder, self.manifest))

    def iso_path(self, camera: CameraId) -> Path | None:
        """Where the manifest says this camera's recording is."""
        part = self.manifest.file(FileRole.ISO, camera)
        return None if part is None else self.folder / part.name

    def camera(self, camera: CameraId) -> Camera:
        """Raises RenderError for a camera that the session has not."""
        try:
            return self.cast.camera(camera)
        except KeyError:
            known = ", ".join(each.id for each in self.cast.cameras)
            raise RenderError(f'The session has no camera "{camera}". It has: {known}.') from None

    def close(self) -> None:
        """Idempotent."""
        self._stack.close()

    def _opened(self, camera: Camera) -> Iso | None:
        path = self.iso_path(camera.id)
        if path is None:
            self.unreadable[camera.id] = "is not in the manifest"
            return None
        if not path.is_file():
            self.unreadable[camera.id] = "is missing"
            return None
        try:
            reader = self._stack.enter_context(Mp4Reader(path, self.canvas.fps))
        except UnreadableError:
            self.unreadable[camera.id] = "cannot be read"
            return None
        sets = b""
        with suppress(ValueError, IndexError):
            sets = parameter_sets_of(reader.parameter_sets())
        return Iso(camera, reader, read_index(reader.video, self.canvas.fps), sets)


@dataclass(frozen=True, slots=True)
class Lack:
    """Slots of a camera that a film needs and the recording has not."""

    camera: CameraId
    first: int
    end: int


def lacks(source: RenderSource, edit: Edit) -> list[Lack]:
    """Everything that is missing, in the order of the film. Raises RenderError for an unknown camera."""
    found: list[Lack] = []
    for each in edit.shots():
        shot = each.shot
        iso = source.isos.get(source.camera(shot.camera).id)
        spans = [(int(shot.first), int(shot.end))] if iso is None else iso.index.lacking(shot.first, shot.end)
        found += [Lack(shot.camera, first, end) for first, end in spans]
    return found


def lack_sentence(source: RenderSource, lack: Lack) -> str:
    """What is missing, of which camera and when."""
    camera, path, canvas = source.camera(lack.camera), source.iso_path(lack.camera), source.canvas
    name = "its recording" if path is None else path.name
    iso = source.isos.get(lack.camera)
    if iso is None:
        why = f"{name} {source.unreadable[lack.camera]}"
    elif lack.first >= iso.index.end:
        why = f"{name} ends at {timecode(canvas.slot_time_s(iso.index.end))} (slot {iso.index.end})"
    else:
        why = f"{name} has a hole there"
    begin, end = timecode(canvas.slot_time_s(lack.first)), timecode(canvas.slot_time_s(lack.end))
    span = f"from {begin} to {end} (slots {lack.first} to {lack.end - 1})"
    return f'Camera "{camera.title}" has no pictures {span}: {why}.'


def refuse_lacks(source: RenderSource, found: list[Lack]) -> None:
    """Raises MissingPicturesError for any."""
    if not found:
        return
    lines = [lack_sentence(source, lack) for lack in found[:_MOST_SENTENCES]]
    if len(found) > _MOST_SENTENCES:
        lines.append(f"{len(found) - _MOST_SENTENCES} more places are missing.")
    lines.append(
        "The film needs them, so nothing was written. Choose another camera there, or ask for a placeholder picture."
    )
    raise MissingPicturesError("\n".join(lines))


def refuse_recordings(source: RenderSource, output: Path) -> None:
    """Raises RenderError when the output would take the place of something that was recorded."""
    names = [part.name for part in source.manifest.files]
    if any(_is_same(output, source.folder / name) for name in names):
        raise RenderError(
            f"{output} is a recording of the session, and those are never replaced. Choose another name."
        )


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return one.resolve() == other.resolve()
