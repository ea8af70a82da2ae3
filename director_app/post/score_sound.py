"""What a session's own sound says of its microphones, as the sound check would have said it before the show.

Two minutes are enough (they take four seconds): a microphone that is set wrong is so from the beginning. Whose
microphones are swapped cannot be told afterwards. Changes nothing in the session.
"""

import platform
from collections.abc import Sequence
from contextlib import ExitStack

import numpy as np

from director_app.capture.errors import SourceError
from director_app.core.canvas import EVIDENCE_HOP_S
from director_app.core.verdict import Verdict
from director_app.media.sound.packets import Pcm24, SoundTick
from director_app.post.microphone_files import open_microphone_files
from director_app.post.session_talk import ClosedSession, SessionTalk, microphone_paths
from director_app.session.errors import SessionError
from director_app.speech import gain_control_advice
from director_app.speech.sound_check import measure
from director_app.speech.sound_check_course import OverheardCourse, people
from director_app.speech.sound_findings import Finding, Place, What, findings

_LISTENED_S = 120.0
_SHORTEST_S = 10.0

_TOLD = frozenset({What.DUPLICATED, What.GAIN_CONTROL, What.CLIPPING, What.QUIET, What.NOISY, What.BLEEDING})
"""That somebody said nothing is no fault of his microphone."""


def sound_sentences(session: ClosedSession, heard: SessionTalk) -> list[str]:
    """Worst first; none where there is nothing to say, or no sound to listen to."""
    if not session.manifest.microphones or session.length_s < _SHORTEST_S:
        return []
    labels = {each.id: each.label for each in session.manifest.microphones}
    silent = [f"{labels[each]}'s microphone gave no sound at all." for each in heard.silent]
    return [*silent, *_set_wrong(session, heard)]


def _set_wrong(session: ClosedSession, heard: SessionTalk) -> list[str]:
    found = [each for each in _findings(session) if each.what in _TOLD and each.verdict is not Verdict.GOOD]
    if heard.gain_control_s is not None and not any(each.what is What.GAIN_CONTROL for each in found):
        return [gain_control_advice.warning((), platform.system()), *(each.sentence for each in found)]
    return [each.sentence for each in found]


def _findings(session: ClosedSession) -> list[Finding]:
    labels = [each.label for each in session.manifest.microphones]
    course = OverheardCourse(people(labels))
    try:
        with ExitStack() as stack:
            files = stack.enter_context(open_microphone_files(microphone_paths(session)))
            for ticks in files.ticks():
                course.hear(_samples(ticks))
                if ticks[-1].index * EVIDENCE_HOP_S >= _LISTENED_S:
                    break
    except (SourceError, SessionError):
        return []
    places = [
        Place(each.label, each.camera, f"{each.source} {each.channel}") for each in session.manifest.microphones
    ]
    return findings(measure(course.sound(), people(labels)), places, platform.system())


def _samples(ticks: Sequence[SoundTick]) -> Pcm24:
    return np.concatenate([tick.samples for tick in ticks], axis=1)
