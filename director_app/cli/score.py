"""`director score`: how good the cut of a session was, and what would have helped."""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from director_app.cli.cut import STDOUT, check_writable, write_json
from director_app.cli.outcome import ExitCode, news, results
from director_app.core.canvas import timecode
from director_app.core.score import LATE_S, Score
from director_app.post.score import ScoreCard, Step, score_session
from director_app.post.score_documents import SCORE_NAME, score_document, write_score
from director_app.post.score_sentences import card_sentences
from director_app.post.session_talk import HeardFrom, read_closed_session

_WIDTH = 100
_TENTHS = 10
_LONG_S = 300.0


@dataclass(frozen=True, slots=True)
class ScoreOrder:
    """What the command was asked for. as_json: instead of text. out: a file for the JSON as well."""

    folder: Path
    as_json: bool = False
    out: Path | None = None


def print_score(order: ScoreOrder) -> ExitCode:
    """Computes the card, prints it and leaves it in the session. Raises SessionError or BadInput before that."""
    folder, out = order.folder, order.out
    inputs = folder.iterdir() if folder.is_dir() else ()
    check_writable(out, (path for path in inputs if path.name != SCORE_NAME))
    session = read_closed_session(folder)
    card = score_session(session, _Progress(session.length_s).tell)
    document = score_document(card)
    if order.as_json:
        results.print(json.dumps(document, ensure_ascii=False, indent=1), markup=False)
    elif out != STDOUT:
        for line in card_lines(card):
            results.print(line, markup=False)
    write_json(None if order.as_json and out == STDOUT else out, document)
    try:
        write_score(card)
    except OSError as error:
        news.print(
            f"{folder / SCORE_NAME} could not be written: {error.strerror or error}. The session is as it was; "
            "keep the card with: --out FILE",
            style="yellow",
            markup=False,
        )
        return ExitCode.PROBLEMS
    return ExitCode.PROBLEMS if card.is_damaged else ExitCode.DONE


class _Progress:
    """Says on standard error what takes its time: each step once, and in long shows every tenth of it."""

    def __init__(self, length_s: float) -> None:
        self._tenths = _TENTHS if length_s >= _LONG_S else 0
        self._step: Step | None = None
        self._told = 0

    def tell(self, step: Step, share: float) -> None:
        """share: of the step, 0 to 1."""
        tenth = int(share * self._tenths)
        if step is self._step and tenth <= self._told:
            return
        known = f": {100 * tenth // _TENTHS} %" if step is self._step else ""
        self._step, self._told = step, tenth
        news.print(f"{step.value}{known}", style="dim", markup=False)


def card_lines(card: ScoreCard) -> Iterator[str]:
    """For people."""
    yield f"{card.session.manifest.title}, {timecode(card.session.length_s)}"
    yield ""
    for name, value in _figures(card):
        yield f"{name:<24}{value}"
    for about in card_sentences(card):
        yield ""
        yield from textwrap.wrap(about.sentence, _WIDTH)
    for sentence in card.unknown:
        yield ""
        yield from textwrap.wrap(sentence, _WIDTH)


def _figures(card: ScoreCard) -> Iterator[tuple[str, str]]:
    live, planned, rhythm = card.live, card.planned, card.rhythm
    if live is not None:
        best = "" if planned is None else f" (with hindsight {planned.score.right_of_speech_pct:.0f} %)"
        heard = ", by what the show had heard" if card.heard.heard_from is HeardFrom.LOG else ""
        yield (
            "Right picture",
            f"{live.right_of_speech_pct:.0f} % of the speech{best}, {live.right_of_all_pct:.0f} % in all{heard}",
        )
        if planned is not None:
            yield "As with hindsight", f"{planned.like_it_pct:.0f} % of the show"
        yield from _mistakes(live)
    yield (
        "Cuts",
        f"{rhythm.cuts}, {rhythm.cuts_per_minute:.1f} a minute; median shot {rhythm.shot_median_s:.1f} s",
    )
    yield "By hand", f"{_counted(rhythm.takes, 'take', 'takes')}, {rhythm.by_hand_pct:.0f} % of the time"
    yield "Marked as wrong", _counted(len(card.facts.wrong_cuts), "cut", "cuts")
    yield "Pictures", _pictures(card)


def _mistakes(live: Score) -> Iterator[tuple[str, str]]:
    changes = _counted(live.floor_changes, "change", "changes")
    yield (
        "Follows the floor",
        f"in {live.latency_median_s:.2f} s (median), 95 % within {live.latency_p95_s:.1f} s; "
        f"{live.late} of {changes} later than {LATE_S:g} s",
    )
    yield "False cuts", f"{live.false_cuts}, {live.false_cuts_per_minute:.1f} a minute"
    yield "To and fro", f"{live.ping_pongs}, {live.ping_pongs_per_minute:.1f} a minute"


def _pictures(card: ScoreCard) -> str:
    gone_s = sum(each.end_s - each.start_s for each in card.facts.out_of_use)
    missing = "not known whether any are missing" if card.missing is None else f"{card.missing} missing"
    repeated = sum(card.facts.repeated.values())
    return f"{missing}, {repeated} repeated, {gone_s:.1f} s without a usable camera picture"


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
