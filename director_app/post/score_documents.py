"""score.json: the score card of a session as JSON, to be shown by windows and read by scripts."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from director_app.core.score import LATE_S, Score
from director_app.core.score_advice import AdviceRules, Tried, best_trials
from director_app.post.score import ScoreCard
from director_app.post.score_sentences import card_sentences
from director_app.session.atomic import write_atomically

SCORE_NAME = "score.json"
SCHEMA = 1


def write_score(card: ScoreCard) -> Path:
    """Replaces the score card in the session's folder; nothing else there is touched. Raises OSError."""
    path = card.session.folder / SCORE_NAME
    write_atomically(path, json.dumps(score_document(card), ensure_ascii=False, indent=1) + "\n")
    return path


def score_document(card: ScoreCard) -> dict[str, Any]:
    """live, plan, replayed: null where they are not known; why, stands in unknown. Times in seconds."""
    planned, again = card.planned, card.again
    helpful = [] if again is None else best_trials(again.same, again.tried)
    return {
        "schema": SCHEMA,
        "session": card.session.manifest.id,
        "length_s": round(card.session.length_s, 3),
        "heard_from": card.heard.heard_from,
        "speech_s": round(card.speech_s, 2),
        "late_s": LATE_S,
        "live": _score(card.live),
        "plan": None
        if planned is None
        else {**_figures(planned.score), "like_it_pct": round(planned.like_it_pct, 2)},
        "replayed": None
        if again is None
        else {
            "same": _figures(again.same),
            "late_cuts": again.late,
            "tried": [_tried(each, helps=each in helpful) for each in again.tried],
            "margins": asdict(AdviceRules()),
        },
        "rhythm": {key: round(value, 3) for key, value in asdict(card.rhythm).items()},
        "wrong_cuts": len(card.facts.wrong_cuts),
        "markers": [asdict(each) for each in card.facts.markers],
        "pictures": _pictures(card),
        "gain_control_s": card.heard.gain_control_s,
        "sentences": [asdict(each) for each in card_sentences(card)],
        "unknown": list(card.unknown),
    }


def _score(score: Score | None) -> dict[str, Any] | None:
    return None if score is None else _figures(score)


def _figures(score: Score) -> dict[str, Any]:
    fields: Mapping[str, float] = asdict(score) | {
        "quality": score.quality,
        "false_cuts_per_minute": score.false_cuts_per_minute,
        "ping_pongs_per_minute": score.ping_pongs_per_minute,
    }
    return {key: round(value, 3) for key, value in fields.items()}


def _tried(tried: Tried, *, helps: bool) -> dict[str, Any]:
    return {"changed": tried.trial.knob, "to": tried.trial.value, "helps": helps, **_figures(tried.score)}


def _pictures(card: ScoreCard) -> dict[str, Any]:
    return {
        "missing": card.missing,
        "repeated": dict(card.facts.repeated),
        "out_of_use": [asdict(each) for each in card.facts.out_of_use],
    }
