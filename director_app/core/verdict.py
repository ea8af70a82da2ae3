"""How bad a thing is that was looked at: one scale for everything the program examines."""

from enum import StrEnum


class Verdict(StrEnum):
    """GOOD needs nothing, ADVICE could be better, BAD keeps a show from working as it should."""

    GOOD = "good"
    ADVICE = "advice"
    BAD = "bad"
