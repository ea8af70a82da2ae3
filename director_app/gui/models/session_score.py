"""The score card of a past session: six figures, and the sentences on what would have helped. Holds no Qt."""

from collections.abc import Sequence
from dataclasses import dataclass

from director_app.engine.past_score import PastScore
from director_app.engine.past_show import PastShow, ShowFigures
from director_app.gui.models.session_words import camera_name, one_line, span
from director_app.gui.models.words import counted, length, spoken

SHOWN_SENTENCES = 3
_UNKNOWN = "–"


@dataclass(frozen=True, slots=True)
class Figure:
    """One cell of the score card: 5.3, "a minute", "446 in all"."""

    name: str
    value: str
    unit: str = ""
    detail: str = ""

    @property
    def spoken(self) -> str:
        """For people who hear the window."""
        return " ".join(part for part in (self.name, self.value, self.unit, self.detail) if part)


def figures(show: PastShow) -> tuple[Figure, ...]:
    """Of the score card where one was worked out, else of the log; empty where neither says anything."""
    if show.score is not None:
        return _scored(show.score, show)
    return _logged(show)


def sentences(score: PastScore | None) -> tuple[str, ...]:
    """In the order in which people want to read them."""
    return () if score is None else tuple(one_line(each.sentence) for each in score.sentences)


def shown_sentences(all_of_them: Sequence[str], *, is_open: bool) -> tuple[tuple[str, ...], str]:
    """What stands there, and the words of the button below: "" for none."""
    rest = len(all_of_them) - SHOWN_SENTENCES
    if rest <= 0:
        return tuple(all_of_them), ""
    if is_open:
        return tuple(all_of_them), "Fewer"
    return tuple(all_of_them[:SHOWN_SENTENCES]), f"{rest} more"


def _scored(score: PastScore, show: PastShow) -> tuple[Figure, ...]:
    live, rhythm = score.live, score.rhythm
    pace = Figure("Cuts", f"{rhythm.cuts_per_minute:.1f}", "a minute", f"{rhythm.cuts} in all")
    takes = counted(rhythm.takes, "take", "takes") if rhythm.takes else "all cuts by itself"
    by_hand = Figure("Manual", f"{rhythm.by_hand_pct:.0f}", "% of the time", takes)
    lost = _lost(show.figures or ShowFigures())
    if live is None:
        nobody = "nobody is heard to speak"
        unknown = [Figure(name, _UNKNOWN, "", nobody) for name in ("On the floor", "Median latency", "Ping-pong")]
        return (unknown[0], pace, *unknown[1:], by_hand, lost)
    speech = f"of {spoken(score.speech_s)} of speech"
    return (
        Figure("On the floor", f"{live.right_of_speech_pct:.1f}", "%", speech),
        pace,
        Figure("Median latency", f"{live.latency_median_s:.1f}", "s", f"95 % within {live.latency_p95_s:.1f} s"),
        Figure("Ping-pong", f"{live.ping_pongs_per_minute:.2f}", "a minute", f"{live.ping_pongs} in all"),
        by_hand,
        lost,
    )


def _logged(show: PastShow) -> tuple[Figure, ...]:
    known = show.figures
    if known is None or show.length_s <= 0:
        return ()
    return (
        Figure("Cuts", f"{known.cuts * 60 / show.length_s:.1f}", "a minute", f"{known.cuts} in all"),
        _takes(known),
        _longest(known),
        _most(known, show),
        Figure("Marked wrong", str(known.wrong_cuts), "", f"of {counted(known.cuts, 'cut', 'cuts')}"),
        _lost(known),
    )


def _takes(known: ShowFigures) -> Figure:
    share = f"{known.takes * 100 / known.cuts:.0f} % of the cuts" if known.cuts else ""
    return Figure("Your takes", str(known.takes), "", share if known.takes else "all cuts by itself")


def _longest(known: ShowFigures) -> Figure:
    shot = known.longest
    if shot is None:
        return Figure("Longest shot", "0:00")
    return Figure("Longest shot", length(shot.length_s), "", f"{shot.number} {one_line(shot.label)}")


def _most(known: ShowFigures, show: PastShow) -> Figure:
    if not known.on_air_s:
        return Figure("Most on air", "0", "%")
    number = max(known.on_air_s, key=lambda each: known.on_air_s[each])
    share = known.on_air_s[number] * 100 / max(sum(known.on_air_s.values()), 1e-9)
    return Figure("Most on air", f"{share:.0f}", "%", camera_name(show.session.manifest, number))


def _lost(known: ShowFigures) -> Figure:
    total = sum(known.lost_s.values())
    if not known.lost_s:
        return Figure("Lost picture", "0", "s", "no camera was lost")
    each = ", ".join(f"{span(lost)} camera {number}" for number, lost in sorted(known.lost_s.items()))
    if len(known.lost_s) == 1:
        each = f"camera {next(iter(known.lost_s))}"
    value, _, unit = span(total).partition(" ")
    return Figure("Lost picture", value, unit, each)
