"""What would have helped a show, in sentences, from the scores of replays. Says nothing that no replay has shown.

Must not replay anything itself.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from director_app.core.score import LATE_S, Score
from director_app.core.styles import Style


class Knob(StrEnum):
    """What a replay changed."""

    DELAY = "programme delay"
    STYLE = "style"
    MINIMUM_SHOT = "shortest shot"


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that is changed: a programme delay or a shortest shot in seconds, or a style."""

    knob: Knob
    value: float | Style

    @property
    def words(self) -> str:
        """As the subject of a sentence."""
        match self.knob:
            case Knob.DELAY:
                return f"A programme delay of {self.value:g} s"
            case Knob.STYLE:
                return f'The style "{self.value}"'
            case Knob.MINIMUM_SHOT:
                return f"A shortest shot of {self.value:g} s"


@dataclass(frozen=True, slots=True)
class Tried:
    """A trial and how good the replay with it was."""

    trial: Trial
    score: Score


@dataclass(frozen=True, slots=True)
class AdviceRules:
    """When a difference is worth a sentence. better: points of quality; hardly: fewer points are no difference.
    enough: with this share of the best gain, the value nearer to the show's own is named. beside: less than this
    share of the best gain is not worth a sentence of its own. late, false, to_and_fro: cuts; right_pct, right_s: of
    right picture. At least one of these must be better for a sentence.
    """

    better: float = 1.0
    hardly: float = 0.5
    enough: float = 0.7
    beside: float = 0.3
    late: int = 2
    false: int = 2
    to_and_fro: int = 2
    right_pct: float = 0.5
    right_s: float = 3.0


def trials(delay_s: float, style: Style, minimum_shot_s: float) -> tuple[Trial, ...]:
    """What is worth trying beside a show's own settings; of each kind the nearest first."""
    delays = sorted((each for each in _DELAYS_S if each != delay_s), key=lambda each: abs(each - delay_s))
    shots = sorted((each for each in _SHOTS_S if each != minimum_shot_s), key=lambda each: abs(each - minimum_shot_s))
    return (
        *(Trial(Knob.DELAY, each) for each in delays),
        *(Trial(Knob.STYLE, each) for each in Style if each is not style),
        *(Trial(Knob.MINIMUM_SHOT, each) for each in shots),
    )


_DELAYS_S = (0.5, 1.0, 2.0)
_SHOTS_S = (1.5, 2.5)


def best_trials(before: Score, tried: Sequence[Tried], rules: AdviceRules | None = None) -> list[Tried]:
    """Of each kind the best one that is really better, the most helpful first. before: a replay without a change.

    tried: of each kind those nearest to the show's own settings first.
    """
    margins = rules or AdviceRules()
    gains = [
        (each.score.quality - before.quality, each) for each in tried if any(_gains(before, each.score, margins))
    ]
    better = [(gain, each) for gain, each in gains if gain >= margins.better]
    found: list[tuple[float, Tried]] = []
    for knob in Knob:
        own = [(gain, each) for gain, each in better if each.trial.knob is knob]
        most = max((gain for gain, _ in own), default=0.0)
        found += [(gain, each) for gain, each in own if gain >= margins.enough * most][:1]
    most = max((gain for gain, _ in found), default=0.0)
    found = [(gain, each) for gain, each in found if gain >= margins.beside * most]
    return [each for _, each in sorted(found, key=lambda pair: -pair[0])]


def sentence(before: Score, tried: Tried, rules: AdviceRules | None = None) -> str:
    """What one of best_trials() would have brought, and what it would have cost."""
    margins = rules or AdviceRules()
    gains, costs = list(_gains(before, tried.score, margins)), list(_costs(before, tried.score, margins))
    return f"{tried.trial.words} would have {_listed(gains)}{', but ' + _listed(costs) if costs else ''}."


def _gains(before: Score, after: Score, margins: AdviceRules) -> Iterator[str]:
    if before.late - after.late >= margins.late:
        yield f"saved {before.late - after.late} late cuts (later than {LATE_S:g} s)"
    more_pct = after.right_of_speech_pct - before.right_of_speech_pct
    if more_pct >= margins.right_pct and 60 * before.minutes * more_pct / 100 >= margins.right_s:
        yield (
            f"shown the right person for {after.right_of_speech_pct:.0f} % of the speech "
            f"instead of {before.right_of_speech_pct:.0f} %"
        )
    if before.false_cuts - after.false_cuts >= margins.false:
        yield f"made {before.false_cuts - after.false_cuts} false cuts fewer"
    if before.ping_pongs - after.ping_pongs >= margins.to_and_fro:
        yield f"saved {before.ping_pongs - after.ping_pongs} cuts to and fro"


def _costs(before: Score, after: Score, margins: AdviceRules) -> Iterator[str]:
    if after.late - before.late >= margins.late:
        yield f"followed {after.late - before.late} times more too late"
    if after.false_cuts - before.false_cuts >= margins.false:
        yield f"made {after.false_cuts - before.false_cuts} false cuts more"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
