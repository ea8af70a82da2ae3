"""How a verdict is shown: a mark in its colour, and the text behind it."""

from rich.text import Text

from director_app.core.verdict import Verdict

_STYLES = {Verdict.GOOD: "green", Verdict.ADVICE: "yellow", Verdict.BAD: "red"}
_MARKS = {Verdict.GOOD: "ok", Verdict.ADVICE: "!", Verdict.BAD: "bad"}


def verdict_line(verdict: Verdict, text: str) -> Text:
    """One line; the text is shown as it is."""
    return Text.assemble((f"{_MARKS[verdict]:<4}", _STYLES[verdict]), text)
