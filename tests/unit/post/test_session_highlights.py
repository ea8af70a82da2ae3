"""Highlights of sessions: heard from the files, or from the log; closed, recovered, soundless, damaged."""

from pathlib import Path

import pytest

from director_app.core.edits import parts_of, whole_show
from director_app.post.cuts import recorded_cuts
from director_app.post.highlights import session_highlights
from director_app.post.recover import recover_session
from director_app.post.session_talk import HeardFrom, NotClosedError, read_closed_session
from director_app.session.errors import ManifestError
from director_app.session.manifest import FileRole, read_manifest, write_manifest


def test_forty_seconds_give_one_clip_of_a_third_at_most(talk: Path) -> None:
    before = {path.name: path.read_bytes() for path in talk.iterdir()}
    shares: list[float] = []
    made = session_highlights(talk, hear=shares.append)
    assert (made.heard_from, made.problems, made.found.why_none) == (HeardFrom.SOUND, (), None)
    (clip,) = made.found.clips
    assert 6 * 30 <= clip.end - clip.first <= 40 * 30 / 3
    assert " talk with each other; " in clip.why
    assert shares == sorted(shares)
    session = read_closed_session(talk)
    film = parts_of(whole_show(recorded_cuts(session.manifest, session.events), session.length), made.found.ranges())
    assert len(film) == clip.end - clip.first
    assert {path.name: path.read_bytes() for path in talk.iterdir()} == before


def test_the_log_serves_where_a_microphone_is_lost(talk: Path) -> None:
    heard = session_highlights(talk).found.clips[0]
    (talk / "mic_2.flac").unlink()
    made = session_highlights(talk)
    assert made.heard_from is HeardFrom.LOG
    assert "mic_2.flac" in made.problems[0]
    (clip,) = made.found.clips
    assert clip.first < heard.end
    assert clip.end > heard.first


def test_a_session_of_three_seconds_is_too_short_and_says_so(wreck: Path) -> None:
    with pytest.raises(NotClosedError):
        session_highlights(wreck)
    recover_session(wreck)
    made = session_highlights(wreck)
    assert made.found.clips == ()
    assert made.found.why_none == "The show lasts 3 s: highlights need 30 s or more."


def test_a_show_without_microphones_has_none(talk: Path) -> None:
    manifest = read_manifest(talk)
    files = tuple(part for part in manifest.files if part.role is not FileRole.MICROPHONE)
    write_manifest(talk, manifest.model_copy(update={"microphones": (), "files": files}))
    made = session_highlights(talk)
    assert made.heard_from is HeardFrom.NOTHING
    assert made.found.why_none == "Nobody is heard to speak in this show, so it has no highlights."


def test_what_is_no_session_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ManifestError):
        session_highlights(tmp_path)
