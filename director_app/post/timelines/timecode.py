"""Time as editors write it: hours, minutes, seconds and frames, counted by the rules of SMPTE 12M.

At 29.97 and 59.94 frames per second numbers are dropped, never frames, so that the timecode keeps up with the clock:
two (four) at the start of every minute but each tenth. At 23.976 the standard knows no such thing.
"""

from fractions import Fraction


def timebase(fps: Fraction) -> int:
    """Frames that a second of timecode counts: 30 for 29.97."""
    return round(fps)


def is_pulled_down(fps: Fraction) -> bool:
    """Whether it is one of the rates that are a thousandth slower than their name."""
    return fps.denominator == 1001


def drops_frames(fps: Fraction) -> bool:
    """Whether its timecode leaves numbers out."""
    return is_pulled_down(fps) and timebase(fps) % 30 == 0


def smpte(frame: int, fps: Fraction) -> str:
    """Timecode of a frame counted from 0: 00:01:00;02 for frame 1800 at 29.97; a colon where no number is dropped."""
    base, separator = timebase(fps), ":"
    if drops_frames(fps):
        frame, separator = _renumbered(frame, base), ";"
    seconds, frames = divmod(frame, base)
    return f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{separator}{frames:02d}"


def _renumbered(frame: int, base: int) -> int:
    """The number that the frame has when dropped numbers are counted as well."""
    dropped = base // 15
    in_minute = 60 * base - dropped
    in_ten_minutes = 10 * in_minute + dropped
    tens, rest = divmod(frame, in_ten_minutes)
    return frame + 9 * dropped * tens + dropped * max(0, (rest - dropped) // in_minute)
