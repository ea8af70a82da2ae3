"""How commands end: exit codes, and the one place that turns expected errors into sentences."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from enum import IntEnum
from io import TextIOWrapper

import typer
from rich.console import Console

from director_app.capture.errors import SourceError
from director_app.session.errors import SessionError


class ExitCode(IntEnum):
    """DONE: all well. PROBLEMS: it ran, and something is wrong with what it made or looked at.

    BAD_INPUT: nothing was done; the sentence says what to change. ENDED_EARLY: a show was closed, complete and
    safe, before anybody asked for it, because the disk was nearly full. TRY_AGAIN: the very same command goes on
    where this one ended, later or on another computer (the system's own number for that, EX_TEMPFAIL).
    """

    DONE = 0
    PROBLEMS = 1
    BAD_INPUT = 2
    ENDED_EARLY = 3
    TRY_AGAIN = 75


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


def is_expected(error: Exception) -> bool:
    """Whether it is one of those that can go wrong outside this program; str() of them is for people."""
    if isinstance(error, (SessionError, SourceError)):
        return True
    # Here, because it brings FFmpeg and numpy along: a command that needs neither shall not wait for them.
    from director_app.media.encoder import EncoderError  # noqa: PLC0415

    return isinstance(error, EncoderError)


@contextmanager
def sentences() -> Iterator[None]:
    """While nothing is done yet: expected errors end the program with their sentence and BAD_INPUT; others pass."""
    try:
        yield
    except Exception as error:  # what is expected is known only when it is there: see is_expected; others pass on
        if not (isinstance(error, BadInput) or is_expected(error)):
            raise
        tell_error(error)
        raise typer.Exit(ExitCode.BAD_INPUT) from None


def tell_error(error: Exception) -> None:
    """The sentences of an expected error."""
    for line in str(error).splitlines():
        news.print(line, style="red", markup=False)


class ToldOnce:
    """Tells of the first fault in something that a show can go on without, and is silent about the next ones."""

    def __init__(self, sentence: str) -> None:
        """sentence: what no longer works, and what goes on."""
        self._sentence = sentence
        self._told = False

    def tell(self, error: Exception) -> None:
        """Never raises: standard error may be the very thing that does not work."""
        if self._told:
            return
        self._told = True
        with suppress(OSError, ValueError):
            news.print(f"{self._sentence} ({str(error) or type(error).__name__})", style="yellow", markup=False)


def let_streams_print_anything() -> None:
    """Names of files need not be valid text; printing them must not end a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
