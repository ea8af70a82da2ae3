"""The highlights that were found in a past session, and which of them are films of their own. Reads only."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from director_app.post.jobs.order import Make
from director_app.session.manifest import DeliveryPart, Manifest


@dataclass(frozen=True, slots=True)
class PastClip:
    """From first_s up to end_s of the show. rank: 1 is the best. file: None where it is no film of its own."""

    rank: int
    title: str
    why: str
    first_s: float
    end_s: float
    file: Path | None = None

    @property
    def length_s(self) -> float:
        """Seconds."""
        return self.end_s - self.first_s


class _Clip(BaseModel):
    """As it stands in the facts of what was made: from slot first up to, not including, slot end."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    rank: int = Field(ge=1)
    first: int = Field(ge=0)
    end: int
    title: str = ""
    why: str = ""

    @model_validator(mode="after")
    def _has_a_length(self) -> "_Clip":
        if self.end <= self.first:
            raise ValueError("a clip ends after it begins")
        return self


def clips_of(folder: Path, manifest: Manifest) -> tuple[PastClip, ...]:
    """Best first. Of the film of all highlights, or where there is none, of the single clips."""
    films = dict(_films(folder, manifest))
    together = [
        clip
        for part in manifest.deliveries
        if part.make == Make.HIGHLIGHTS and part.bytes is not None
        for clip in _clips(part.facts.get("clips"))
    ]
    canvas = manifest.canvas.canvas()
    found = [
        PastClip(
            clip.rank,
            clip.title,
            clip.why,
            canvas.slot_time_s(clip.first),
            canvas.slot_time_s(clip.end),
            films.get((clip.first, clip.end)),
        )
        for clip in together or _alone(manifest)
    ]
    return tuple(sorted(found, key=lambda clip: (clip.rank, clip.first_s)))


def _films(folder: Path, manifest: Manifest) -> Iterator[tuple[tuple[int, int], Path]]:
    for part in _single(manifest):
        for clip in _clips([part.facts.get("clip")]):
            if (folder / part.name).is_file():
                yield (clip.first, clip.end), folder / part.name


def _alone(manifest: Manifest) -> list[_Clip]:
    return [clip for part in _single(manifest) for clip in _clips([part.facts.get("clip")])]


def _single(manifest: Manifest) -> Iterator[DeliveryPart]:
    return (part for part in manifest.deliveries if part.make == Make.CLIPS and part.bytes is not None)


def _clips(facts: Any) -> Iterator[_Clip]:
    """What is senseless is passed over."""
    for each in facts if isinstance(facts, list | tuple) else ():
        try:
            yield _Clip.model_validate(each)
        except ValidationError:
            continue
