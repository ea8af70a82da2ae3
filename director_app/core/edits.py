"""An edit: which pictures of a show a film consists of, as slots. What is rendered and what editors are given.

Pure: must know nothing of files. A film's own frames count from 0; slots are always the show's.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from director_app.core.canvas import Slot
from director_app.core.cut_list import CutList, Shot


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the show whose sound runs through: each shot begins in the slot in which the one before it ends.

    lead: frames of the film before it that show no slot: a title card. Raises ValueError for anything else.
    """

    shots: tuple[Shot, ...]
    lead: int = 0

    def __post_init__(self) -> None:
        if not self.shots:
            raise ValueError("A stretch needs at least one shot.")
        if self.lead < 0:
            raise ValueError(f"There cannot be {self.lead} frames before a stretch.")
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
    """A shot and the frame of the film, from 0, in which it begins.

    stretch: the number of the stretch that it belongs to, from 0. lead: frames right before it that show no slot.
    """

    frame: int
    shot: Shot
    stretch: int = 0
    lead: int = 0


class Edit:
    """Stretches of a show one after the other; at their joins the sound is joined, too."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        """Raises ValueError where there is none."""
        self.stretches: tuple[Stretch, ...] = tuple(stretches)
        if not self.stretches:
            raise ValueError("A film of nothing cannot be made.")
        ends = accumulate(each.lead + len(each) for each in self.stretches)
        self._ends: tuple[int, ...] = tuple(ends)
        self._firsts = tuple(end - len(each) for end, each in zip(self._ends, self.stretches, strict=True))

    def __len__(self) -> int:
        """Frames of the film."""
        return self._ends[-1]

    def __eq__(self, other: object) -> bool:
        """Whether the films are the same."""
        return isinstance(other, Edit) and self.stretches == other.stretches

    def __hash__(self) -> int:
        """Of what is compared."""
        return hash(self.stretches)

    def shots(self) -> Iterator[FilmShot]:
        """All shots in the order of the film."""
        for number, (frame, stretch) in enumerate(zip(self._firsts, self.stretches, strict=True)):
            for shot in stretch.shots:
                lead = stretch.lead if shot.first == stretch.first else 0
                yield FilmShot(frame + shot.first - stretch.first, shot, number, lead)

    def slot_of(self, frame: int) -> Slot:
        """The slot whose picture this frame of the film is. Raises IndexError for a frame that shows none."""
        index = bisect_right(self._ends, frame)
        if not 0 <= frame < len(self) or frame < self._firsts[index]:
            raise IndexError(f"The film shows no slot in frame {frame}.")
        return Slot(self.stretches[index].first + frame - self._firsts[index])

    def frames_of(self, slot: int) -> tuple[int, ...]:
        """Every frame of the film that shows this slot of the show; a slot may be shown never, or more than once."""
        return tuple(
            frame + slot - stretch.first
            for frame, stretch in zip(self._firsts, self.stretches, strict=True)
            if stretch.first <= slot < stretch.end
        )


def whole_show(cuts: CutList, end: int) -> Edit:
    """All that was on air before slot end. Raises ValueError for a show without a slot."""
    return Edit([Stretch(cuts.shots(end))]) if end > 0 else Edit([])


def with_leads(edit: Edit, frames: int) -> Edit:
    """The same with so many frames for a card before every stretch."""
    return Edit(replace(stretch, lead=frames) for stretch in edit.stretches)


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
