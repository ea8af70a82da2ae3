"""An edit: which pictures of a show a film consists of, as slots. What is rendered and what editors are given.

Pure: must know nothing of files. A film's own frames count from 0; slots are always the show's.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from director_app.core.canvas import Slot
from director_app.core.cut_list import CutList, Shot


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the show whose sound runs through: each shot begins in the slot in which the one before it ends.

    Raises ValueError for anything else.
    """

    shots: tuple[Shot, ...]

    def __post_init__(self) -> None:
        if not self.shots:
            raise ValueError("A stretch needs at least one shot.")
        for shot in self.shots:
            if not 0 <= shot.first < shot.end:
                raise ValueError(f"A shot from slot {shot.first} to {shot.end} cannot be.")
        for before, after in pairwise(self.shots):
            if before.end != after.first:
                raise ValueError(f"A shot ends in slot {before.end}, and the next begins in {after.first}.")

    @property
    def first(self) -> Slot:
        """Its first slot."""
        return self.shots[0].first

    @property
    def end(self) -> Slot:
        """The slot after its last."""
        return self.shots[-1].end

    def __len__(self) -> int:
        """In slots."""
        return self.end - self.first


@dataclass(frozen=True, slots=True)
class FilmShot:
    """A shot and the frame of the film, from 0, in which it begins."""

    frame: int
    shot: Shot


class Edit:
    """Stretches of a show one after the other; at their joins the sound is joined, too."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        """Raises ValueError where there is none."""
        self.stretches: tuple[Stretch, ...] = tuple(stretches)
        if not self.stretches:
            raise ValueError("A film of nothing cannot be made.")
        self._firsts: tuple[int, ...] = tuple(accumulate(map(len, self.stretches), initial=0))

    def __len__(self) -> int:
        """Frames of the film."""
        return self._firsts[-1]

    def __eq__(self, other: object) -> bool:
        """Whether the films are the same."""
        return isinstance(other, Edit) and self.stretches == other.stretches

    def __hash__(self) -> int:
        """Of what is compared."""
        return hash(self.stretches)

    def shots(self) -> Iterator[FilmShot]:
        """All shots in the order of the film."""
        for frame, stretch in zip(self._firsts, self.stretches, strict=False):
            for shot in stretch.shots:
                yield FilmShot(frame + shot.first - stretch.first, shot)

    def slot_of(self, frame: int) -> Slot:
        """The slot whose picture this frame of the film is. Raises IndexError for a frame that the film has not."""
        if not 0 <= frame < len(self):
            raise IndexError(f"The film has no frame {frame}.")
        index = bisect_right(self._firsts, frame) - 1
        return Slot(self.stretches[index].first + frame - self._firsts[index])

    def frames_of(self, slot: int) -> tuple[int, ...]:
        """Every frame of the film that shows this slot of the show; a slot may be shown never, or more than once."""
        return tuple(
            frame + slot - stretch.first
            for frame, stretch in zip(self._firsts, self.stretches, strict=False)
            if stretch.first <= slot < stretch.end
        )


def whole_show(cuts: CutList, end: int) -> Edit:
    """All that was on air before slot end. Raises ValueError for a show without a slot."""
    return Edit([Stretch(cuts.shots(end))]) if end > 0 else Edit([])


def parts_of(edit: Edit, ranges: Sequence[tuple[int, int]]) -> Edit:
    """Ranges of the show's slots, (first, end) each, as the edit shows them; a stretch for each, in their order.

    Raises ValueError for a range that does not lie within one stretch of the edit.
    """
    return Edit(_part(edit, first, end) for first, end in ranges)


def _part(edit: Edit, first: int, end: int) -> Stretch:
    within = next((each for each in edit.stretches if each.first <= first < end <= each.end), None)
    if within is None:
        raise ValueError(f"Slots {first} to {end} do not lie within one stretch of the edit.")
    return Stretch(
        tuple(
            Shot(shot.camera, Slot(max(first, shot.first)), Slot(min(end, shot.end)))
            for shot in within.shots
            if shot.first < end and shot.end > first
        )
    )
