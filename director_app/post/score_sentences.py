"""A score card in sentences: what would have helped, what was lost, what is wrong with the sound. Words only.

Says nothing that is not on the card; whatever would have helped was found by a replay.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from director_app.core.cut_list import Shot
from director_app.core.score_advice import AdviceRules, Tried, best_trials, sentence
from director_app.post.score import LEAST_SPEECH_S, Again, ScoreCard

_MARGINS = AdviceRules()

REPEATED_PCT = 1.0
"""Fewer repeated pictures of a camera nobody sees."""

GONE_S = 0.5
_NEAR_S = 1.0


class About(StrEnum):
    """What a sentence is about."""

    CUT = "cut"
    PICTURES = "pictures"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence, or few that belong together."""

    about: About
    sentence: str


def card_sentences(card: ScoreCard) -> tuple[Said, ...]:
    """In the order in which people want to read them."""
    return (
        *(Said(About.CUT, each) for each in _about_the_cut(card)),
        *(Said(About.PICTURES, each) for each in _about_pictures(card)),
        *(Said(About.SOUND, each) for each in card.sound),
    )


def _about_the_cut(card: ScoreCard) -> Iterator[str]:
    if card.live is None:
        yield (
            "The show has no microphones: nobody can say whether the right person was on air."
            if not card.session.manifest.microphones
            else "Nobody is heard to speak: there is no right or wrong picture."
        )
        return
    if len(card.session.manifest.cameras) == 1:
        yield "There was one camera: nothing could be cut."
        return
    if card.again is not None:
        yield from _from_replays(card, card.again)
    elif card.speech_s < LEAST_SPEECH_S:
        yield f"Only {card.speech_s:.0f} s are spoken: too little to say what would have helped."
    is_better = card.planned is not None and card.planned.score.quality >= card.live.quality + _MARGINS.better
    if card.planned is not None and is_better and card.speech_s >= LEAST_SPEECH_S:
        yield (
            "A re-cut, which knows what comes, would show the right person for "
            f"{card.planned.score.right_of_speech_pct:.0f} % of the speech instead of "
            f"{card.live.right_of_speech_pct:.0f} %."
        )


def _from_replays(card: ScoreCard, again: Again) -> Iterator[str]:
    assert card.live is not None
    if again.late and again.same.quality >= card.live.quality + _MARGINS.better:
        yield (
            f"This computer was late for {_counted(again.late, 'cut', 'cuts')}; in time, the right person would have "
            f"been on air for {again.same.right_of_speech_pct:.0f} % of the speech instead of "
            f"{card.live.right_of_speech_pct:.0f} %. Close other programs, or record smaller pictures."
        )
    helpful = best_trials(again.same, again.tried)
    yield from (sentence(again.same, each) for each in helpful)
    yield from _against_marks(card, again, helpful)
    if not helpful:
        yield (
            "No other programme delay, style or shortest shot that was tried would have been better by "
            f"{_MARGINS.better:g} of 100 points."
        )


def _against_marks(card: ScoreCard, again: Again, helpful: Sequence[Tried]) -> Iterator[str]:
    """The trial that avoids most of what the producer found wrong, and is no worse in anything else."""
    marked = [shot for shot in card.shots[1:] if shot.first in card.facts.wrong_cuts]
    near = round(_NEAR_S * card.session.canvas.fps)
    found = [
        (sum(not _is_made(shot, shots, near) for shot in marked), tried in helpful, tried)
        for tried, shots in zip(again.tried, again.shots, strict=True)
        if tried.score.quality > again.same.quality - _MARGINS.hardly
    ]
    avoided, _, tried = max(found, key=lambda each: each[:2], default=(0, False, None))
    if tried is not None and avoided:
        which = "the cut" if len(marked) == 1 else f"{avoided} of the {len(marked)} cuts"
        yield f"{tried.trial.words} would not have made {which} that you marked as wrong."


def _is_made(cut: Shot, shots: Sequence[Shot], near: int) -> bool:
    return any(shot.camera == cut.camera and abs(shot.first - cut.first) <= near for shot in shots[1:])


def _about_pictures(card: ScoreCard) -> Iterator[str]:
    titles = {camera.id: camera.title for camera in card.session.manifest.cast().cameras}
    for camera, title in titles.items():
        gone_s = sum(each.end_s - each.start_s for each in card.facts.out_of_use if each.camera == camera)
        if gone_s >= GONE_S:
            yield f"Camera {title} gave no usable pictures for {gone_s:.1f} s."
        repeated = 100 * card.facts.repeated.get(camera, 0) / max(1, card.session.length)
        if repeated >= REPEATED_PCT:
            yield (
                f"{repeated:.0f} % of the pictures of camera {title} are repeated: the camera, its cable or this "
                "computer was too slow."
            )
    if card.missing:
        yield f"The program lacks {_counted(card.missing, 'picture', 'pictures')}."


def _counted(count: int, one: str, several: str) -> str:
    return f"{count} {one if count == 1 else several}"
