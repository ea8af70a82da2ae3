"""The score card that was worked out for a past session, as far as windows show it. Reads only, judges nothing."""

import json
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from director_app.post.score_documents import SCORE_NAME
from director_app.session.manifest import Manifest

_LONGEST = 20_000_000


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, allow_inf_nan=False)


class LiveScore(_Part):
    """Of the cut as it was on air, in percent, seconds and counts; what each means stands in core/score."""

    right_of_speech_pct: float
    latency_median_s: float
    latency_p95_s: float
    ping_pongs: int
    ping_pongs_per_minute: float


class LiveRhythm(_Part):
    """Of the same cut. by_hand_pct: share of the time in shots that takes began."""

    cuts: int
    cuts_per_minute: float
    takes: int
    by_hand_pct: float


class Sentence(_Part):
    """about: cut, pictures or sound."""

    about: str
    sentence: str


class PastScore(_Part):
    """live: None where nobody is heard to speak. speech_s: how long anybody speaks."""

    version: Literal[1] = Field(alias="schema")
    session: str
    speech_s: float
    live: LiveScore | None
    rhythm: LiveRhythm
    sentences: tuple[Sentence, ...] = ()


def score_of(folder: Path, manifest: Manifest) -> PastScore | None:
    """None where none was worked out, and where it cannot be read or is another session's: it can be made again."""
    path = folder / SCORE_NAME
    try:
        if path.stat().st_size > _LONGEST:
            return None
        score = PastScore.model_validate(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, ValidationError, RecursionError):
        return None
    return score if score.session == manifest.id else None
