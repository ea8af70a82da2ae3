"""What would have helped a show, in sentences, from the scores of replays. Says nothing that no replay has shown.

Must not replay anything itself.
"""

from collections.abc import Iterable, Iterator, Sequence
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
    share of the best gain is not worth a sentence of its own. late, false, to_and_fro: cuts. right_pct: of speech.
    """

    better: float = 1.0
    hardly: float = 0.5
    enough: float = 0.7
    beside: float = 0.3
    late: int = 2
    false: int = 2
    to_and_fro: int = 2
    right_pct: float = 0.5


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
    gains = [(each.score.quality - before.quality, each) for each in tried]
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
    """What a better trial would have brought, and what it would have cost."""
    margins = rules or AdviceRules()
    gains = list(_differences(before, tried.score, margins))
    costs = list(_costs(before, tried.score, margins))
    said = _listed(gains) if gains else f"been better by {tried.score.quality - before.quality:.1f} of 100 points"
    return f"{tried.trial.words} would have {said}{', but ' + _listed(costs) if costs else ''}."


def _differences(before: Score, after: Score, margins: AdviceRules) -> Iterator[str]:
    if before.late - after.late >= margins.late:
        yield f"saved {before.late - after.late} late cuts (later than {LATE_S:g} s)"
    if after.right_of_speech_pct - before.right_of_speech_pct >= margins.right_pct:
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


def _listed(parts: Iterable[str]) -> str:
    every = list(parts)
    return " and ".join([", ".join(every[:-1]), every[-1]]) if len(every) > 1 else every[0]
