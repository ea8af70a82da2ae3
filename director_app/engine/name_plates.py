"""Everybody's name as it lies over the program: drawn once, before a recording begins, and put on and taken off here.

Decides nothing: when a name comes and goes is core/live_names.
"""

from dataclasses import dataclass

from director_app.core.canvas import Canvas, Slot
from director_app.core.live_names import NameRules
from director_app.core.lower_thirds import Look, Side
from director_app.core.named_spans import Box
from director_app.core.placement import NamedAt
from director_app.core.sources import CameraId, MicrophoneId
from director_app.engine.state import NameImage
from director_app.media.bus import ProgramBus
from director_app.media.dress import Dress
from director_app.media.layer import Layer, layer_of
from director_app.media.lower_third import Stage, plate_image
from director_app.session.show import MicrophoneTable, Show

CANNOT_COMPOSE = (
    "Names cannot be shown while this show runs: they need a programme delay of 0.2 s or more and the encoder x264. "
    "Films made of the recording can show them."
)


def name_rules(show: Show, *, composes: bool) -> NameRules:
    """As the show file says. composes: whether the program can be drawn into."""
    return NameRules(show.titles.live, show.titles.seconds, None if composes else CANNOT_COMPOSE)


@dataclass(frozen=True, slots=True)
class Plate:
    """name, role: as viewers read them. layer, image: None where no font here can write the name."""

    name: str
    role: str
    layer: Layer | None = None
    image: NameImage | None = None

    @property
    def box(self) -> Box:
        """Where it stands."""
        return (0, 0, 0, 0) if self.image is None else self.image.box


class NamePlates:
    """The plates of one show, and the one that is on air. Methods are called on the director's thread."""

    def __init__(self, show: Show, canvas: Canvas, bus: ProgramBus) -> None:
        titles = show.titles
        red, green, blue = bytes.fromhex(titles.colour.removeprefix("#"))
        self._look = Look(Side(titles.position), (red, green, blue))
        self._canvas, self._bus = canvas, bus
        self.plates = {MicrophoneId(each.id): self._drawn(each) for each in show.microphone}
        self._on: Dress | None = None
        self._begun: dict[int, MicrophoneId] = {}

    def put_on(self, camera: CameraId, who: MicrophoneId, first: int, length: int) -> NamedAt | None:
        """Shows it in so many slots; None where that cannot be."""
        layer = self.plates[who].layer
        dress = None if layer is None else self._bus.dress(camera, first, length, layer)
        if dress is None:
            return None
        self._on = dress
        # Swapped in whole: the bus asks from its own thread.
        self._begun = {**dict([*self._begun.items()][-1:]), dress.first: who}
        return NamedAt(Slot(dress.first), Slot(dress.end))

    def take_off(self, wanted: int) -> NamedAt | None:
        """Ends the last one at this slot, or at the first that can still be changed."""
        on, self._on = self._on, None
        return None if on is None else NamedAt(Slot(on.first), self._bus.undress(on, wanted))

    def whose(self, first: int) -> MicrophoneId | None:
        """Whose name began at this slot; known of the last two. Called on any thread."""
        return self._begun.get(first)

    @property
    def undrawable(self) -> tuple[str, ...]:
        """Names that no font here can write."""
        return tuple(each.name for each in self.plates.values() if each.layer is None)

    def _drawn(self, table: MicrophoneTable) -> Plate:
        name, role = table.name or table.label, table.role or ""
        stage = Stage(self._canvas.width, self._canvas.height)
        try:
            drawn = plate_image(name, role, self._look, stage)
        except (OSError, ValueError):
            # A font that cannot be read keeps no recording from beginning.
            drawn = None
        if drawn is None:
            return Plate(name, role)
        layer = layer_of(drawn.image, drawn.left, drawn.top, self._canvas)
        box = (drawn.left, drawn.top, *drawn.image.size)
        image = NameImage(drawn.image.tobytes(), box, (self._canvas.width, self._canvas.height))
        return Plate(name, role, layer, image)
