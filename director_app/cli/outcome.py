"""How commands end: exit codes, and the one place that turns expected errors into sentences."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from io import TextIOWrapper

import typer
from rich.console import Console

from director_app.capture.errors import SourceError
from director_app.media.encoder import EncoderError
from director_app.session.errors import SessionError


class ExitCode(IntEnum):
    """DONE: all well. PROBLEMS: it ran, and something is wrong with what it made or looked at.

    BAD_INPUT: nothing was done; the sentence says what to change. ENDED_EARLY: a show was closed, complete and
    safe, before anybody asked for it, because the disk was nearly full.
    """

    DONE = 0
    PROBLEMS = 1
    BAD_INPUT = 2
    ENDED_EARLY = 3


class _Patient(Console):
    """Goes on when nobody listens any more: a closed pipe must never end a recording."""

    def on_broken_pipe(self) -> None:
        """Prints into nowhere from now on."""
        self.quiet = True


news = _Patient(stderr=True, highlight=False, soft_wrap=True, emoji=False)
"""For people: everything but results goes to standard error."""

screen = _Patient(stderr=True, highlight=False, emoji=False)
"""For what is drawn again and again in a terminal; cut to its width."""

results = _Patient(highlight=False, soft_wrap=True, emoji=False)
"""For people and scripts: what a command was asked for."""


class BadInput(Exception):  # noqa: N818 - a command's way to say no, not a fault
    """Raised with one sentence (or one per line) by commands that cannot begin."""


@contextmanager
def sentences() -> Iterator[None]:
    """Expected errors end the program with their sentence and BAD_INPUT; others pass."""
    try:
        yield
    except (SessionError, SourceError, EncoderError, BadInput) as error:
        for line in str(error).splitlines():
            news.print(line, style="red", markup=False)
        raise typer.Exit(ExitCode.BAD_INPUT) from None


def let_streams_print_anything() -> None:
    """Names of files need not be valid text; printing them must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
