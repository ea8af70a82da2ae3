"""Where the cuts of a program can fall: one word for a show, its manifest, its replay and the option of a command."""

from enum import StrEnum


class CutsFall(StrEnum):
    """Where a program can change its picture: ANYWHERE where the programme delay leaves time to make heads."""

    KEY_FRAMES = "key-frames"
    ANYWHERE = "anywhere"
