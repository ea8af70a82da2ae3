"""What can go wrong with show files and session folders, as sentences for people.

SessionError
├── ShowFileError          a show file says something that cannot be
├── ManifestError          a manifest is damaged or from a newer version
├── FolderError            a folder cannot be made, read or written
├── InUseError             another program is writing there
└── ReplayError            a session does not hold what a replay needs
"""


class SessionError(Exception):
    """Base of all: str() is for people and names the file and the next step."""


class ShowFileError(SessionError):
    """A show file says something that cannot be; str() has one line per fault."""


class ManifestError(SessionError):
    """A manifest is damaged or from a newer version; nothing was changed."""


class FolderError(SessionError):
    """A folder cannot be made, read or written."""


class InUseError(SessionError):
    """Another running program is writing there."""


class ReplayError(SessionError):
    """A session does not hold what a replay needs; nothing was changed."""
