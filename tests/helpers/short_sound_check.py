"""A sound check that is over in seconds: it listens for less, and less speech is enough for it."""

import pytest

from director_app.speech import sound_check, sound_check_course, sound_findings


def shorten(monkeypatch: pytest.MonkeyPatch) -> None:
    """For one test."""
    monkeypatch.setattr(sound_check_course, "ENOUGH_S", 0.9)
    monkeypatch.setattr(sound_check_course, "QUIET_S", 0.5)
    monkeypatch.setattr(sound_check, "LEAST_SPEECH_S", 0.6)
    monkeypatch.setattr(sound_findings, "LEAST_SPEECH_S", 0.6)
