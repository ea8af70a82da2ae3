"""What can go wrong with timelines, as sentences for people."""

from director_app.session.errors import SessionError


class TimelineError(SessionError):
    """A session cannot be exported, or a timeline cannot be read; str() names the file and the place in it."""
