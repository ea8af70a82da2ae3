"""What can go wrong with a source, as sentences for people.

SourceError
├── SourceNotFoundError    there is no such device, file or address (yet); trying again may help
├── SourceLostError        it was there and has gone; trying again may help
└── SourceUnusableError    it is there but can never be used (a file that is no video); trying again is useless
"""


class SourceError(Exception):
    """Base of all: str() is one sentence that names the device, file or address and says what to do next."""


class SourceNotFoundError(SourceError):
    """There is no such device, file or address (yet)."""


class SourceLostError(SourceError):
    """The source was there and has gone, or stopped answering."""


class SourceUnusableError(SourceError):
    """The source is there and can never be used."""
