"""What can go wrong while a film is made, as sentences for people.

SessionError
└── RenderError            a film cannot be made; nothing stands under its name that was not there before
    ├── MissingPicturesError   a recording lacks pictures that the film needs
    ├── DiskFullError          there is no room for the film
    ├── ToolError              the ffmpeg program is missing, too old, or has failed
    └── RenderCancelledError   whoever asked for it wants it no more
"""

from director_app.session.errors import SessionError


class RenderError(SessionError):
    """A film cannot be made; str() says why and what to do."""


class MissingPicturesError(RenderError):
    """A recording lacks pictures that the film needs."""


class DiskFullError(RenderError):
    """There is no room for the film."""


class ToolError(RenderError):
    """The ffmpeg program is missing, too old, or has failed."""


class RenderCancelledError(RenderError):
    """Whoever asked for the film wants it no more."""
