"""The score card of a session: how good its cut was, and what would have helped, found out by replaying it.

Gathers only: what a figure means, core/score says; what a sentence needs, core/score_advice. Changes nothing that was
recorded.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from director_app.core.cut_list import Shot, cut_list
from director_app.core.decisions import Cause
from director_app.core.rules import SwitchRules
from director_app.core.score import Score, alike, score
from director_app.core.score_advice import Knob, Trial, Tried, trials
from director_app.core.score_reference import Reference, reference
from director_app.core.score_rhythm import Rhythm, rhythm
from director_app.core.shot_costs import CUT_COST_S, Talk
from director_app.core.shot_plan import plan
from director_app.core.sources import CameraId
from director_app.core.styles import Style
from director_app.media.mp4_reader import Mp4Reader, UnreadableError
from director_app.post.cuts import recorded_cuts
from director_app.post.cutting import ProgramSettings
from director_app.post.logged_facts import LoggedFacts, log_problem, logged_facts
from director_app.post.other_ways import changed_rules, with_delay
from director_app.post.recorded_show import RecordedShow, read_recorded_show
from director_app.post.replay import replay_all
from director_app.post.replay_differences import late_cuts
from director_app.post.score_sound import sound_sentences
from director_app.post.session_edits import faulty_costs, minimum_slots
from director_app.post.session_talk import ClosedSession, SessionTalk, talk_of_session
from director_app.session.errors import SessionError
from director_app.session.manifest import FileRole

LEAST_SPEECH_S = 20.0
"""Less of it says nothing about a way of directing."""


class Step(StrEnum):
    """What takes its time."""

    HEARING = "Hearing who spoke when"
    PLANNING = "Planning the best cut"
    LISTENING = "Listening to the microphones"
    REPLAYING = "Directing the show again in other ways"


Tell = Callable[[Step, float], None]
"""Is told what is going on and how much of it is done, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Again:
    """The show directed again. same: with its own settings, which is what the trials are compared with; late: cuts
    for which the show itself had been late. tried: in the order of trials(). shots: of each trial.
    """

    same: Score
    late: int
    tried: tuple[Tried, ...]
    shots: tuple[tuple[Shot, ...], ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """The best cut there is when everything is known. like_it_pct: share of the show that was cut just so."""

    score: Score
    like_it_pct: float


@dataclass(frozen=True, slots=True)
class ScoreCard:
    """Of one session. live: None where nobody is heard to speak; planned, again: None where they say nothing.

    missing: slots without a picture in the program, None where it cannot be read. sound: sentences about microphones.
    unknown: why something is not known, as sentences.
    """

    session: ClosedSession
    heard: SessionTalk
    facts: LoggedFacts
    shots: tuple[Shot, ...]
    rhythm: Rhythm
    live: Score | None
    planned: Planned | None
    again: Again | None
    missing: int | None
    sound: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_damaged(self) -> bool:
        """Whether a file of the session is missing or damaged, so that figures are not what they could be."""
        return bool(self.heard.problems) or self.missing is None

    @property
    def speech_s(self) -> float:
        """Of all people together."""
        return speech_s(self.heard.talk)


def speech_s(talk: Talk) -> float:
    """Of all people together, seconds."""
    return sum(end_s - start_s for spans in talk.speech.values() for start_s, end_s in spans)


def score_session(session: ClosedSession, tell: Tell = lambda _step, _share: None) -> ScoreCard:
    """Takes about a minute for an hour with three microphones."""
    facts = logged_facts(session.manifest, session.events, session.length_s)
    heard = talk_of_session(session, lambda share: tell(Step.HEARING, share))
    shots = recorded_cuts(session.manifest, session.events).shots(session.length)
    known = reference(heard.talk, session.manifest.cast(), facts.out_of_use)
    unknown = [each for each in (log_problem(session.events), *heard.problems) if each is not None]
    spared = facts.takes | facts.fault_cuts
    live = planned = again = None
    if speech_s(heard.talk) > 0 and shots:
        live = score(shots, known, spared)
        tell(Step.PLANNING, 0.0)
        planned = _planned(session, heard, facts, known, shots)
        try:
            again = _again(session, heard, known, tell)
        except SessionError as error:
            unknown.append(f"What would have helped is not known. {error}")
    tell(Step.LISTENING, 0.0)
    return ScoreCard(
        session=session,
        heard=heard,
        facts=facts,
        shots=shots,
        rhythm=rhythm(shots, facts.takes, session.canvas.fps),
        live=live,
        planned=planned,
        again=again,
        missing=_missing(session, unknown),
        sound=tuple(sound_sentences(session, heard)),
        unknown=tuple(unknown),
    )


def _planned(
    session: ClosedSession, heard: SessionTalk, facts: LoggedFacts, known: Reference, shots: Sequence[Shot]
) -> Planned:
    """By the shortest shot of the show; takes are decided anew."""
    cast = session.manifest.cast()
    cuts = plan(faulty_costs(heard.talk, cast, facts), minimum_slots(session), CUT_COST_S)
    order: list[CameraId] = [camera.id for camera in cast.cameras]
    best = cut_list(order[cuts[0].camera], ((each.slot, order[each.camera]) for each in cuts)).shots(session.length)
    return Planned(score(best, known), 100 * alike(best, shots) / session.length)


def _again(session: ClosedSession, heard: SessionTalk, known: Reference, tell: Tell) -> Again | None:
    """None where there is nothing to direct. Raises SessionError where a replay cannot be made."""
    if len(session.manifest.cameras) < 2 or speech_s(heard.talk) < LEAST_SPEECH_S:
        return None
    show = read_recorded_show(session.folder)
    chosen = trials(show.settings.programme_delay_s, show.style, show.rules.minimum_shot_s)
    ways = [(show.rules, show.settings), *(_way(show, trial) for trial in chosen)]
    tell(Step.REPLAYING, 0.0)
    replayed = replay_all(show, ways, lambda end_s: tell(Step.REPLAYING, min(1.0, end_s / session.length_s)))
    shots = [each.air.shots(session.length) for each in replayed]
    scores = [
        score(each, known, (cut.slot for cut in again.placed if cut.cut.cause in (Cause.TAKE, Cause.FAULT)))
        for each, again in zip(shots, replayed, strict=True)
    ]
    tried = tuple(Tried(trial, each) for trial, each in zip(chosen, scores[1:], strict=True))
    return Again(scores[0], late_cuts(show), tried, tuple(shots[1:]))


def _way(show: RecordedShow, trial: Trial) -> tuple[SwitchRules, ProgramSettings]:
    style = trial.value if isinstance(trial.value, Style) else None
    seconds = None if isinstance(trial.value, Style) else trial.value
    rules = changed_rules(
        show,
        style,
        seconds if trial.knob is Knob.DELAY else None,
        seconds if trial.knob is Knob.MINIMUM_SHOT else None,
    )
    return rules, with_delay(show.settings, rules.programme_delay_s)


def _missing(session: ClosedSession, unknown: list[str]) -> int | None:
    part = session.manifest.file(FileRole.PROGRAM)
    if part is None:
        return None
    path = session.folder / part.name
    try:
        if not path.is_file():
            raise UnreadableError(f"{part.name} is missing.")
        with Mp4Reader(path) as program:
            return max(0, session.length - len(program.video.index_entries))
    except UnreadableError as error:
        unknown.append(f"Whether pictures are missing in the program is not known: {error}")
        return None
