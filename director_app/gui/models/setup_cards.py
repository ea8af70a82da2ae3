"""What each camera's card on Set up says: choices, format, frame rate, and what keeps it from a picture. No Qt."""

from dataclasses import dataclass

from director_app.core.sources import CameraId, SourceState
from director_app.engine.devices import DeviceLists
from director_app.engine.studio_state import CameraNow, StudioState
from director_app.gui.models.setup import MOST_CAMERAS, CameraDraft, Draft, Fault, doubled_cameras
from director_app.gui.models.setup_choices import NOT_PLUGGED_IN, Choices, camera_choices
from director_app.gui.models.tiles import FrameRate

_BADGES = {
    SourceState.LOST: "No picture",
    SourceState.FROZEN: "Frozen",
    SourceState.BLACK: "Black",
    SourceState.OPENING: "Opening",
}
_CODINGS = {"demo": "drawn", "synthetic": "test picture", "file": "file"}


@dataclass(frozen=True, slots=True)
class CardView:
    """address: of a network stream, None for other kinds. badge: instead of a picture. trouble: a sentence or none.

    rate: pictures a second in words. last: whether no camera stands after it.
    """

    camera: CameraId
    number: int
    label: str
    wide: bool
    choices: Choices
    address: str | None
    badge: str
    form: str
    rate: str
    rate_warns: bool
    trouble: str
    rotation: int
    offset_ms: float
    last: bool
    alone: bool

    @property
    def spoken(self) -> str:
        """For screen readers."""
        name = "" if self.label == f"Camera {self.number}" else f" {self.label}"
        parts = (f"Camera {self.number}{name}", "shows everybody" if self.wide else "", self.badge, self.rate)
        return ", ".join(part for part in parts if part)


class Cards:
    """Remembers frame rates. One thread."""

    def __init__(self) -> None:
        self._rates: dict[str, FrameRate] = {}

    def look(
        self,
        draft: Draft,
        faults: tuple[Fault, ...],
        state: StudioState,
        lists: DeviceLists | None,
        seen: frozenset[str],
    ) -> tuple[CardView, ...]:
        """seen: ids of the cameras that the studio has as the draft wants them."""
        self._rates = {camera.id: self._rates.get(camera.id, FrameRate()) for camera in draft.cameras}
        return tuple(self._card(draft, row, faults, state, lists, seen) for row in range(len(draft.cameras)))

    def _card(
        self,
        draft: Draft,
        row: int,
        faults: tuple[Fault, ...],
        state: StudioState,
        lists: DeviceLists | None,
        seen: frozenset[str],
    ) -> CardView:
        camera = draft.cameras[row]
        now = state.cameras.get(CameraId(camera.id)) if camera.id in seen else None
        serves = now is not None and now.state not in {SourceState.LOST, SourceState.OPENING}
        choices = camera_choices(draft, row, lists, serves=serves)
        rate = None if now is None else self._rates[camera.id].look(now.pictures, state.now_s)
        wanted = float(state.show.canvas.canvas().fps)
        low = now is not None and serves and self._rates[camera.id].is_low(rate, wanted, state.now_s)
        return CardView(
            camera=CameraId(camera.id),
            number=row + 1,
            label=camera.label,
            wide=camera.wide,
            choices=choices,
            address=str(camera.source["url"]) if camera.kind == "stream" else None,
            badge=_badge(camera, choices, now, lists, is_wrong=any(each.camera == row for each in faults)),
            form=_form(camera, now),
            rate="" if rate is None or not serves else f"{rate:.1f} fps",
            rate_warns=low,
            trouble=_trouble(draft, row, faults, now, choices),
            rotation=camera.rotation,
            offset_ms=camera.offset_ms,
            last=row == len(draft.cameras) - 1,
            alone=len(draft.cameras) == 1,
        )


def can_add_camera(draft: Draft) -> bool:
    """Nine keys, nine cameras."""
    return len(draft.cameras) < MOST_CAMERAS


def _badge(
    camera: CameraDraft, choices: Choices, now: CameraNow | None, lists: DeviceLists | None, *, is_wrong: bool
) -> str:
    if lists is not None and not choices.entries[choices.selected].is_there:
        return NOT_PLUGGED_IN.capitalize()
    if camera.kind == "stream" and not camera.source["url"]:
        return "No address yet"
    if now is None or (now.state is SourceState.OPENING and now.error is not None):
        return "No picture" if is_wrong or now is not None else "Opening"
    if now.state in {SourceState.FROZEN, SourceState.BLACK}:
        return ""
    return _BADGES.get(now.state, "") if now.pictures == 0 or now.state is SourceState.LOST else ""


def _form(camera: CameraDraft, now: CameraNow | None) -> str:
    if now is None or now.format is None:
        return ""
    size = f"{now.format.width} × {now.format.height}"
    coding = now.format.coding or _CODINGS.get(camera.kind, "")
    return f"{size}, {coding}" if coding else size


def _trouble(draft: Draft, row: int, faults: tuple[Fault, ...], now: CameraNow | None, choices: Choices) -> str:
    fault = next((each.sentence for each in faults if each.camera == row), None)
    if fault is not None:
        return fault
    twin = next((one for one, other in doubled_cameras(draft) if other == row), None)
    if twin is not None:
        return f"Camera {twin + 1} is the same device, which opens once only. Choose another for one of them."
    if not choices.entries[choices.selected].is_there:
        return "Plug it in, or choose another. It comes back by itself."
    if now is None or now.state is SourceState.OK:
        return ""
    if now.state in {SourceState.FROZEN, SourceState.BLACK}:
        return f"Its picture is {now.state.value}. Check the lens and the cable."
    return now.error or ""
