"""Lets a recorded show be directed once more: its microphone files and all that came from outside go through the same
objects again, with the same settings or with others. Changes nothing in the session.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import numpy as np

from director_app.capture.errors import SourceError
from director_app.core.canvas import BLOCK_SAMPLES, SAMPLE_RATE
from director_app.core.cut_list import CutList
from director_app.core.cuts_fall import CutsFall
from director_app.core.evidence import Heard
from director_app.core.live_names import LiveNames, NameRules
from director_app.core.rules import SwitchRules
from director_app.media.sound.packets import SoundTick
from director_app.post.cutting import DryShow, PlacedCut, PlacedName, ProgramSettings, Sound, heard_in
from director_app.post.microphone_files import open_microphone_files
from director_app.post.recorded_show import RecordedShow, Told
from director_app.session.errors import ReplayError
from director_app.session.manifest import FileRole, SessionState, TitlesPart
from director_app.speech.prior import calibration_of

_LEAST_MISSING_S = 0.05

_TELL_EVERY_HOPS = 3000
"""A minute of sound."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """The same show again. end_s: up to where the sound of every microphone is there."""

    placed: tuple[PlacedCut, ...]
    air: CutList
    end_s: float
    named: tuple[PlacedName, ...] = ()


def replay(show: RecordedShow, rules: SwitchRules, settings: ProgramSettings) -> Replayed:
    """Directs the show once more. Raises ReplayError when its sound is not all there."""
    return replay_all(show, [(rules, settings)])[0]


def replay_all(
    show: RecordedShow,
    ways: Sequence[tuple[SwitchRules, ProgramSettings]],
    hear: Callable[[float], None] = lambda _end_s: None,
) -> list[Replayed]:
    """Directs the show once more in several ways, which all hear the same: the sound is analysed once.

    hear: is told now and then up to where, in seconds. Raises ReplayError when its sound is not all there.
    """
    shows = [_Retold(show, rules, settings) for rules, settings in ways]
    with ExitStack() as stack:
        sound = _SessionSound(show, stack)
        microphones = [microphone.id for microphone in show.cast.microphones]
        heard_now = heard_in(sound.ticks(), microphones, calibration_of(show.manifest.prior))
        for hops, heard in enumerate(heard_now):
            for each in shows:
                each.follow(hops, heard)
            if hops % _TELL_EVERY_HOPS == 0:
                hear(heard.t_s)
        end_s = sound.whole_until_s()
    return [each.replayed(end_s) for each in shows]


class _Retold:
    """One way of directing, which is told what came from outside when so many hops had been heard."""

    def __init__(self, show: RecordedShow, rules: SwitchRules, settings: ProgramSettings) -> None:
        self._dry = DryShow(show.cast, rules, settings, show.states, _names_of(show))
        self._told = deque(show.told)

    def follow(self, hops: int, heard: Heard) -> None:
        while self._told and self._told[0].hops <= hops:
            self._tell(self._told.popleft())
        self._dry.follow(heard)

    def replayed(self, end_s: float) -> Replayed:
        """When all has been heard."""
        while self._told:
            self._tell(self._told.popleft())
        return Replayed(tuple(self._dry.placed), self._dry.cuts, end_s, tuple(self._dry.named))

    def _tell(self, told: Told) -> None:
        self._dry.tell(told.event, told.t_s)


def _names_of(show: RecordedShow) -> LiveNames:
    """As the show decided about names; one that could not compose refused them all."""
    titles = show.manifest.titles or TitlesPart()
    composes = show.settings.cuts_fall is not CutsFall.KEY_FRAMES
    named = [microphone.id for microphone in show.cast.microphones]
    return LiveNames(
        show.cast, named, NameRules(titles.live, titles.seconds, None if composes else "None are shown.")
    )


class _SessionSound:
    """All microphones of a session, in the order of its cast."""

    def __init__(self, show: RecordedShow, stack: ExitStack) -> None:
        self._show = show
        parts = [show.manifest.file(FileRole.MICROPHONE, microphone.id) for microphone in show.cast.microphones]
        broken = [part.problem for part in parts if part is not None and part.problem]
        if None in parts or broken:
            raise ReplayError(
                f"{show.folder} cannot be replayed: {broken[0] if broken else 'a microphone has no file.'}"
            )
        paths = [show.folder / part.name for part in parts if part is not None]
        try:
            self._files = stack.enter_context(open_microphone_files(paths))
        except SourceError as error:
            raise ReplayError(f"{show.folder} cannot be replayed: {error}") from None

    def ticks(self) -> Sound:
        """In order; a show without microphones has ticks all the same."""
        if self._show.cast.microphones:
            return self._files.ticks()
        return _empty_ticks(self._end_sample())

    def whole_until_s(self) -> float:
        """When all has been read: up to where every file reaches. Raises ReplayError for one that is damaged."""
        damage = [warning for warning in self._files.warnings() if warning.kind != "silent"]
        expected = self._end_sample() / SAMPLE_RATE
        reached = min((samples / SAMPLE_RATE for samples in self._files.lengths()), default=expected)
        if damage:
            raise ReplayError(f"{self._show.folder} cannot be replayed: {damage[0].sentence}")
        # A show that was killed has files of different lengths; one that was closed has not.
        if self._show.manifest.state is SessionState.CLOSED and reached < expected - _LEAST_MISSING_S:
            raise ReplayError(
                f"{self._show.folder} cannot be replayed: of {expected:.1f} s of a microphone only "
                f"{reached:.1f} s are in its file."
            )
        return reached

    def _end_sample(self) -> int:
        return self._show.manifest.canvas.canvas().first_sample_of(self._show.manifest.slots or 0)


def _empty_ticks(end_sample: int) -> Iterator[Sequence[SoundTick]]:
    nothing = np.zeros((0, BLOCK_SAMPLES), np.int32)
    for index, start in enumerate(range(0, end_sample, BLOCK_SAMPLES)):
        yield (SoundTick(index, start, nothing, min(BLOCK_SAMPLES, end_sample - start), ()),)
