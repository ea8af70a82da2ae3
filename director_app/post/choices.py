"""What can be chosen of a cut made without pictures, or made again: words for options and orders, nothing more.

Must import nothing that does the work: a command's options and an order are read without loading it.
"""

from enum import StrEnum


class Mode(StrEnum):
    """LIVE decides as a running show does; OFFLINE knows what comes."""

    LIVE = "live"
    OFFLINE = "offline"


class Takes(StrEnum):
    """What becomes of the producer's takes in a cut made again: KEEP them where they are, or DECIDE anew there."""

    KEEP = "keep"
    DECIDE = "decide"
