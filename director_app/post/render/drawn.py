"""What is drawn into the pictures of a film: names, each made once and blended in only while it is shown.

Says which slots of a shot that concerns, so that all others can be copied. Must not decide when anything is shown.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from director_app.core.canvas import Canvas
from director_app.core.edits import FilmShot
from director_app.core.lower_thirds import LowerThird, LowerThirds, Person
from director_app.media.frame import I420
from director_app.media.head import SHORTEST_HEAD
from director_app.media.layer import Layer
from director_app.media.lower_third import Stage, name_plate
from director_app.post.render.iso_index import IsoIndex, Span
from director_app.post.render.order import Card, Crop


class Drawn:
    """Everything that is drawn into one film. undrawable: people whose names no font here can write."""

    def __init__(
        self,
        canvas: Canvas,
        names: LowerThirds | None = None,
        crop: Crop | None = None,
        cards: Sequence[Card] = (),
    ) -> None:
        """crop: the part of the pictures that will be seen; names and cards are placed within it.

        cards: what stands before each stretch, if anything does.
        """
        self._canvas, self._crop = canvas, crop
        self.cards = cards
        self.stage = Stage(canvas.width, canvas.height) if crop is None else Stage(crop.width, crop.height)
        self._shown: list[tuple[LowerThird, Layer]] = []
        self.undrawable: list[Person] = []
        if names is None:
            return
        layers: dict[Person, Layer | None] = {}
        for each in names.shown:
            person = each.person
            if person not in layers:
                layers[person] = name_plate(person.name, person.role, names.look, self.stage, canvas)
                self.undrawable += [] if layers[person] is not None else [person]
            if (layer := layers[person]) is not None:
                self._shown.append((each, layer))

    @property
    def names(self) -> int:
        """How many appear."""
        return len(self._shown)

    def over(self, each: FilmShot) -> "DrawnOver":
        """What is drawn into one shot."""
        begin, end = each.frame, each.frame + each.shot.end - each.shot.first
        names = [(name, layer) for name, layer in self._shown if name.first < end and name.end > begin]
        return DrawnOver(self, names, each.frame - each.shot.first)

    def paint(self, name: LowerThird, layer: Layer, frame: int, picture: I420) -> None:
        """As this frame of the film shows it."""
        layer.paint(picture, name.opacity(frame, self._canvas), self.left_at(frame))

    def left_at(self, frame: int) -> int:
        """The left edge of what will be seen, pixels."""
        if self._crop is None:
            return 0
        return self._crop.places[bisect_right(self._crop.places, frame, key=lambda place: place[0]) - 1][1]


@dataclass(frozen=True, slots=True)
class DrawnOver:
    """What is drawn into one shot. offset: of its frames in the film, from its slots."""

    drawn: Drawn
    names: Sequence[tuple[LowerThird, Layer]]
    offset: int

    def spans(self, index: IsoIndex, first: int, end: int) -> Iterator[Span]:
        """Slots, in order, that cannot be copied: from the first one drawn into, up to a key frame after the last."""
        reached = first
        for name, _ in self.names:
            begin, until = max(reached, name.first - self.offset), min(end, name.end - self.offset)
            if begin >= until:
                continue
            while begin > reached and (index.is_key(begin - 1) or begin - reached < SHORTEST_HEAD):
                begin -= 1
            reached = index.next_key(max(until, begin + SHORTEST_HEAD), end)
            yield begin, reached

    def paint(self, slot: int, picture: I420) -> None:
        """In place."""
        frame = slot + self.offset
        for name, layer in self.names:
            if name.first <= frame < name.end:
                self.drawn.paint(name, layer, frame, picture)


def undrawable(person: Person) -> str:
    """What to say of somebody whose name does not appear."""
    return (
        f'The name "{person.name}" is not shown: no font on this computer has all of its letters. Write it in other '
        "letters in the show file, or install a font that has them."
    )
