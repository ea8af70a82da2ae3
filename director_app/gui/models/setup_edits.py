"""What can be done to a draft of a show: each change gives a new draft that still belongs together. No Qt."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from director_app.gui.models.setup import CameraDraft, Draft, Fields, MicrophoneDraft

STREAM: Fields = {"kind": "stream", "url": ""}
TEST: Fields = {"kind": "synthetic"}


def rename_camera(draft: Draft, row: int, label: str) -> Draft:
    """Another name for a camera."""
    return _camera(draft, row, lambda camera: replace(camera, label=label))


def choose_camera(draft: Draft, row: int, source: Fields) -> Draft:
    """Another source for a camera."""
    return _camera(draft, row, lambda camera: replace(camera, source=source))


def turn_camera(draft: Draft, row: int, rotation: int) -> Draft:
    """rotation: 0, 90, 180 or 270 degrees clockwise."""
    return _camera(draft, row, lambda camera: replace(camera, rotation=rotation))


def delay_camera(draft: Draft, row: int, offset_ms: float) -> Draft:
    """offset_ms: how much later than the others it arrives."""
    return _camera(draft, row, lambda camera: replace(camera, offset_ms=offset_ms))


def toggle_wide(draft: Draft, row: int) -> Draft:
    """This camera shows everybody, and no other does; or none, if it was this one."""
    was = draft.cameras[row].wide
    return replace(
        draft,
        cameras=tuple(replace(camera, wide=number == row and not was) for number, camera in enumerate(draft.cameras)),
    )


def add_camera(draft: Draft, source: Fields) -> Draft:
    """A camera more, with a name of its own."""
    number = len(draft.cameras) + 1
    camera = CameraDraft(_free_id("cam", [each.id for each in _all(draft)]), f"Camera {number}", source)
    return replace(draft, cameras=(*draft.cameras, camera))


def remove_camera(draft: Draft, row: int) -> Draft:
    """Whom it showed the camera for everybody shows from now on, or else the first. The last one stays."""
    if len(draft.cameras) < 2:
        return draft
    gone = draft.cameras[row].id
    cameras = (*draft.cameras[:row], *draft.cameras[row + 1 :])
    instead = next((camera.id for camera in cameras if camera.wide), cameras[0].id)
    microphones = tuple(replace(each, camera=instead) if each.camera == gone else each for each in draft.microphones)
    return replace(draft, cameras=cameras, microphones=microphones)


def move_camera(draft: Draft, row: int, by: int) -> Draft:
    """by: places to the right; keys go by place. Past the ends nothing moves."""
    there = max(0, min(len(draft.cameras) - 1, row + by))
    cameras = [*draft.cameras[:row], *draft.cameras[row + 1 :]]
    cameras.insert(there, draft.cameras[row])
    return replace(draft, cameras=tuple(cameras))


def rename_microphone(draft: Draft, row: int, label: str) -> Draft:
    """Another name for the person at a microphone."""
    return _microphone(draft, row, lambda microphone: replace(microphone, label=label))


def choose_microphone(draft: Draft, row: int, source: Fields, channel: int) -> Draft:
    """Another device or channel; channel: from 1."""
    return _microphone(draft, row, lambda microphone: replace(microphone, source=source, channel=channel))


def seat_microphone(draft: Draft, row: int, camera: str) -> Draft:
    """camera: the id of the one that shows whoever speaks here."""
    return _microphone(draft, row, lambda microphone: replace(microphone, camera=camera))


def add_microphone(draft: Draft, source: Fields, channel: int) -> Draft:
    """A microphone more, of the first camera that has none."""
    taken = {microphone.camera for microphone in draft.microphones}
    free = [camera for camera in draft.cameras if camera.id not in taken and not camera.wide]
    camera = (free or list(draft.cameras))[0]
    microphone = MicrophoneDraft(
        _free_id("mic", [each.id for each in _all(draft)]),
        camera.label if free else f"Person {len(draft.microphones) + 1}",
        camera.id,
        source,
        channel,
    )
    return replace(draft, microphones=(*draft.microphones, microphone))


def remove_microphone(draft: Draft, row: int) -> Draft:
    """A microphone less."""
    return replace(draft, microphones=(*draft.microphones[:row], *draft.microphones[row + 1 :]))


def swap_microphones(draft: Draft, ring: Sequence[int]) -> Draft:
    """Everybody of a ring gets the device of the next one: of two, each other's."""
    microphones = list(draft.microphones)
    for row, other in zip(ring, [*ring[1:], *ring[:1]], strict=True):
        theirs = draft.microphones[other]
        microphones[row] = replace(
            microphones[row], source=theirs.source, channel=theirs.channel, offset_ms=theirs.offset_ms
        )
    return replace(draft, microphones=tuple(microphones))


def set_title(draft: Draft, title: str) -> Draft:
    """Another title."""
    return replace(draft, title=title)


def set_sessions(draft: Draft, sessions: Path | None) -> Draft:
    """Another folder for all sessions; None: the usual one."""
    return replace(draft, sessions=sessions)


def set_canvas(draft: Draft, width: int, height: int, fps: float) -> Draft:
    """Size and rate of the program."""
    return replace(draft, canvas={**draft.canvas, "width": width, "height": height, "fps": fps})


def set_delay(draft: Draft, seconds: float) -> Draft:
    """How much later than the room the program leaves."""
    return replace(draft, directing={**draft.directing, "programme_delay_s": seconds})


def set_style(draft: Draft, style: str) -> Draft:
    """calm, normal or lively."""
    return replace(draft, directing={**draft.directing, "style": style})


def _all(draft: Draft) -> tuple[CameraDraft | MicrophoneDraft, ...]:
    return (*draft.cameras, *draft.microphones)


def _camera(draft: Draft, row: int, change: Callable[[CameraDraft], CameraDraft]) -> Draft:
    rows = draft.cameras
    return replace(draft, cameras=(*rows[:row], change(rows[row]), *rows[row + 1 :]))


def _microphone(draft: Draft, row: int, change: Callable[[MicrophoneDraft], MicrophoneDraft]) -> Draft:
    rows = draft.microphones
    return replace(draft, microphones=(*rows[:row], change(rows[row]), *rows[row + 1 :]))


def _free_id(stem: str, taken: Sequence[str]) -> str:
    return next(each for number in range(1, 100) if (each := f"{stem}_{number}") not in taken)
