"""Who spoke when in a recorded session, with hindsight: from its microphone files, else from what the show heard.

Changes nothing in the session. Must not judge what was shown.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from director_app.capture.errors import SourceError
from director_app.core.canvas import SAMPLE_RATE, Canvas
from director_app.core.shot_costs import Talk
from director_app.core.sources import MicrophoneId
from director_app.core.turns import Span, floor, turns
from director_app.post.cutting import ProgramSettings, Sound
from director_app.post.logged_facts import logged_speech
from director_app.post.microphone_files import MicrophoneFiles, open_microphone_files
from director_app.post.recut import hear_all
from director_app.session.errors import ManifestError, SessionError
from director_app.session.event_log import EventRecord, read_events
from director_app.session.manifest import FILE_NAME, FileRole, Manifest, SessionState, read_manifest

_LONGEST_S = 360_000.0
"""No show lasts a hundred hours."""

_LEAST_MISSING_S = 1.0
"""A show that was killed has files that end not quite together."""

Hear = Callable[[float], None]
"""Is told how much of the sound has been heard, 0 to 1."""


class NotClosedError(SessionError):
    """A session that is being recorded, or that a crash has left; nothing was changed."""


class HeardFrom(StrEnum):
    """SOUND: the microphone files. LOG: what the running show heard. NOTHING: there are no microphones."""

    SOUND = "sound"
    LOG = "log"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ClosedSession:
    """What is read of a session before it is listened to. length: slots."""

    folder: Path
    manifest: Manifest
    events: Sequence[EventRecord]
    length: int

    @property
    def canvas(self) -> Canvas:
        """Its program."""
        return self.manifest.canvas.canvas()

    @property
    def length_s(self) -> float:
        """Seconds."""
        return self.canvas.slot_time_s(self.length)


@dataclass(frozen=True, slots=True)
class SessionTalk:
    """gain_control_s: when automatic gain control was noticed, None never. problems: what could not be heard, as
    sentences. silent: microphones that gave no sound at all.
    """

    talk: Talk
    heard_from: HeardFrom
    gain_control_s: float | None = None
    problems: tuple[str, ...] = ()
    silent: tuple[MicrophoneId, ...] = ()


def read_closed_session(folder: Path) -> ClosedSession:
    """A session that was closed or recovered. Raises ManifestError or NotClosedError."""
    manifest = read_manifest(folder)
    if manifest.state is SessionState.RECORDING:
        raise NotClosedError(
            f"{folder} is still being recorded, or was not closed. If no show runs in it, first: "
            f"director recover {folder}"
        )
    length = max(0, manifest.slots or 0)
    cameras = {camera.id for camera in manifest.cameras}
    if (
        any(each.camera not in cameras for each in manifest.microphones)
        or length > _LONGEST_S * manifest.canvas.fps[0]
    ):
        raise ManifestError(
            f"{folder / FILE_NAME} is damaged: a microphone has no camera, or the show is longer than a show can be. "
            "The recordings beside it were not touched."
        )
    return ClosedSession(folder, manifest, _events(folder), length)


def _events(folder: Path) -> list[EventRecord]:
    """Without lines whose time damage has made senseless; a log that is not there says nothing."""
    try:
        return [each for each in read_events(folder) if 0 <= each["t_s"] <= _LONGEST_S]
    except OSError:
        return []


def microphone_paths(session: ClosedSession) -> list[Path]:
    """In the order of the microphones; whether the files are there, nobody has looked. Raises SessionError."""
    parts = [session.manifest.file(FileRole.MICROPHONE, each.id) for each in session.manifest.microphones]
    if missing := [
        each.label for each, part in zip(session.manifest.microphones, parts, strict=True) if part is None
    ]:
        raise SessionError(f"The microphone of {missing[0]} has no file.")
    return [session.folder / part.name for part in parts if part is not None]


def talk_of_session(session: ClosedSession, hear: Hear = lambda _share: None) -> SessionTalk:
    """Reads all sound once; takes some ten seconds for an hour."""
    if not session.manifest.microphones:
        return SessionTalk(_talk(session, {}), HeardFrom.NOTHING)
    try:
        heard = _from_sound(session, hear)
    except (SourceError, SessionError) as error:
        heard = SessionTalk(_talk(session, {}), HeardFrom.LOG, problems=(str(error),))
    logged = logged_speech(session.manifest, session.events, session.length_s)
    if not heard.problems or (heard.heard_from is HeardFrom.SOUND and not any(logged.values())):
        return heard
    # Who is not heard in a damaged file would be taken for silent, and right pictures for wrong ones.
    problems = (*heard.problems, "So it was taken from the log who spoke when.")
    return replace(heard, talk=_talk(session, logged), heard_from=HeardFrom.LOG, problems=problems)


def _from_sound(session: ClosedSession, hear: Hear) -> SessionTalk:
    with ExitStack() as stack:
        files = stack.enter_context(open_microphone_files(microphone_paths(session)))
        settings = ProgramSettings(session.manifest.programme_delay_s, canvas=session.canvas)
        hindsight, heard = hear_all(_telling(files, session, hear), session.manifest.cast(), settings)
        warnings, lengths = files.warnings(), files.lengths()
    length_s = session.length_s
    problems = [each.sentence for each in warnings if each.kind != "silent"]
    if not problems and min(lengths) / SAMPLE_RATE < length_s - _LEAST_MISSING_S:
        problems = [f"Of {length_s:.1f} s of a microphone only {min(lengths) / SAMPLE_RATE:.1f} s are in its file."]
    microphones = [MicrophoneId(each.id) for each in session.manifest.microphones]
    silent = tuple(
        microphones[each.microphone] for each in warnings if each.kind == "silent" and each.microphone is not None
    )
    speech = {
        microphone: [(first_s, min(end_s, length_s)) for first_s, end_s in spans if first_s < length_s]
        for microphone, spans in heard.speech.items()
    }
    return SessionTalk(_talk(session, speech), HeardFrom.SOUND, hindsight.gain_control_s, tuple(problems), silent)


def _telling(files: MicrophoneFiles, session: ClosedSession, hear: Hear) -> Sound:
    """The same sound; says after each piece how much of it that was."""
    whole = max(1, round(session.length_s * SAMPLE_RATE))
    for ticks in files.ticks():
        yield ticks
        hear(min(1.0, ticks[-1].end_sample / whole))


def _talk(session: ClosedSession, speech: Mapping[MicrophoneId, Sequence[Span]]) -> Talk:
    every = turns(speech)
    return Talk(speech, every, floor(every, session.length_s), session.canvas.fps, session.length)
