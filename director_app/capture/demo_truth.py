"""What is true in the demo show: who speaks when, who holds the floor, how far each mouth is open, when eyes close.

Made with the sound by scripts/make_demo.py; tests and the score card measure against it. Must not play or draw.
"""

import json
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from director_app.session.resources import resource

DemoPerson = Literal["ana", "ben", "cara"]

DEMO_PEOPLE: tuple[DemoPerson, ...] = ("ana", "ben", "cara")

DEMO_LENGTH_S = 60.0
"""After this the show begins again, in picture and in sound."""


class Eyes(IntEnum):
    """The eyes' states, in the order of the drawn sprites."""

    OPEN = 0
    HALF = 1
    SHUT = 2


_BLINK = ((0.0, Eyes.HALF), (0.05, Eyes.SHUT), (0.14, Eyes.HALF), (0.20, Eyes.OPEN))
"""A blink's states, each with the seconds after its begin."""


@dataclass(frozen=True, slots=True)
class Span:
    """One person from start_s to end_s of the show."""

    who: str
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class DemoTruth:
    """The truth about one round of the show.

    speech: every stretch of voice. turns: speech joined over short pauses. floor: who holds the floor, without gaps
    from the first turn on. mouths: per person one digit per frame at mouth_fps, 0 shut (and always 0 in silence) to
    9 wide open. blinks_s: when each person's eyes begin to close.
    """

    length_s: float
    mouth_fps: int
    speech: tuple[Span, ...]
    turns: tuple[Span, ...]
    floor: tuple[Span, ...]
    mouths: Mapping[str, str]
    blinks_s: Mapping[str, tuple[float, ...]]

    def mouth(self, who: str, show_s: float) -> int:
        """The mouth of `who`, 0..9, at show_s; times beyond the length belong to the next round."""
        frames = self.mouths[who]
        # A frame shown at k / fps must not fall back to k - 1 by rounding.
        return int(frames[int(show_s * self.mouth_fps + 1e-6) % len(frames)])

    def eyes(self, who: str, show_s: float) -> Eyes:
        """The eyes of `who` at show_s."""
        at_s = show_s % self.length_s
        blinks = self.blinks_s[who]
        last = bisect_right(blinks, at_s) - 1
        if last < 0:
            return Eyes.OPEN
        since_s = at_s - blinks[last]
        return next(state for start_s, state in reversed(_BLINK) if since_s >= start_s)


@lru_cache(maxsize=1)
def demo_truth() -> DemoTruth:
    """Reads the truth once. Raises FileNotFoundError when the installation lacks the demo show."""
    found: dict[str, Any] = json.loads(resource("demo", "demo.json").read_text(encoding="utf-8"))
    return DemoTruth(
        length_s=float(found["length_s"]),
        mouth_fps=int(found["fps"]),
        speech=_spans(found["speech"]),
        turns=_spans(found["turns"]),
        floor=_spans(found["floor"]),
        mouths=dict(found["mouths"]),
        blinks_s={who: tuple(times) for who, times in found["blinks_s"].items()},
    )


def demo_microphone_file(who: DemoPerson) -> Path:
    """The microphone of `who`: Ogg/Opus, mono, 48 kHz, DEMO_LENGTH_S long, aligned with the others, made to loop.

    Raises FileNotFoundError when the installation lacks the demo show.
    """
    return resource("demo", f"mic_{who}.opus")


def _spans(rows: list[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple(Span(row["who"], float(row["start_s"]), float(row["end_s"])) for row in rows)
