"""The show of `director demo` at the resolution that was asked for."""

from director_app.cli.outcome import BadInput
from director_app.session.demo_show import demo_show as show_of_size
from director_app.session.show import Show

_SIZES = {"720p": (1280, 720), "1080p": (1920, 1080)}


def demo_show(resolution: str) -> Show:
    """The demo as if it had been read from a show file. Raises BadInput."""
    if resolution not in _SIZES:
        raise BadInput(f'There is no resolution "{resolution}"; use {" or ".join(_SIZES)}.')
    return show_of_size(*_SIZES[resolution])
