"""What is known about a made show: who speaks when, and what else can be heard. Knows nothing of cuts."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

OWN_DATA = Path(__file__).parent
"""The folder of excerpts.json and voices/."""

Span = tuple[float, float]
"""Seconds from and to."""
Speakers = tuple[tuple[Span, ...], ...]
"""When each speaks; speaker k sits at microphone k and before camera k."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A window of talk without its sound."""

    name: str
    duration_s: float
    speakers: Speakers


@dataclass(frozen=True, slots=True)
class SoundEvent:
    """A laugh, a knock; microphone is None where everybody's heard it alike."""

    t_s: float
    duration_s: float
    microphone: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class GainStep:
    """Somebody turned a microphone's gain."""

    microphone: int
    t_s: float
    gain_db: int


@dataclass(frozen=True, slots=True)
class Truth:
    """A made show. bleed_db[i][j]: how loud speaker i is in microphone j against his own."""

    duration_s: float
    speakers: Speakers
    events: tuple[SoundEvent, ...] = ()
    level: str = ""
    seed: int = 0
    bleed_db: list[list[float]] = field(default_factory=list)
    gains_db: list[float] = field(default_factory=list)
    loudness_db: list[float] = field(default_factory=list)
    gain_steps: tuple[GainStep, ...] = ()


def speakers(rows: Sequence[Sequence[Sequence[float]]]) -> Speakers:
    """From the lists of a JSON file."""
    return tuple(tuple((float(on_s), float(off_s)) for on_s, off_s in spans) for spans in rows)


def read_excerpts(path: Path) -> list[Excerpt]:
    """All of a file such as excerpts.json; raises OSError, ValueError or KeyError."""
    return [
        Excerpt(row["id"], float(row["duration"]), speakers(row["speakers"])) for row in json.loads(path.read_text())
    ]


def as_json(truth: Truth) -> Mapping[str, Any]:
    """For those who keep made shows."""
    return {
        "duration": truth.duration_s,
        "speakers": truth.speakers,
        "events": [{"t": e.t_s, "d": e.duration_s, "mic": e.microphone, "kind": e.kind} for e in truth.events],
        "level": truth.level,
        "seed": truth.seed,
        "bleed_db": truth.bleed_db,
        "gains_db": truth.gains_db,
        "loud_db": truth.loudness_db,
        "gain_steps": [{"mic": s.microphone, "t": s.t_s, "db": s.gain_db} for s in truth.gain_steps],
    }
