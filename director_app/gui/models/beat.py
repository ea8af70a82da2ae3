"""When the window looks at the show again: about thirty times a second, in the middle of a slot of the program.

Every slot begins with the encoders' work. A window that woke then would wait for a processor and for the interpreter,
and one that kept a time of its own would come across it again and again. Must not read a clock.
"""

import math
from fractions import Fraction
from functools import lru_cache

_WANTED_HZ = 30
_MIDDLE = 0.5
"""Share of a slot after which the encoders have done most of their work, and the next slot is still far away."""


def beat_s(fps: Fraction) -> float:
    """Seconds from one look to the next: as many whole slots as come nearest to a thirtieth of a second."""
    return _beat(fps)[0]


def until_look_s(t_s: float, fps: Fraction) -> float:
    """Seconds from the session time t_s to the next look, half a beat away at least: after a late one none follows
    at once."""
    beat, first = _beat(fps)
    number = math.ceil(t_s / beat - first + 0.5)
    return (number + first) * beat - t_s


@lru_cache(maxsize=16)
def _beat(fps: Fraction) -> tuple[float, float]:
    """Its length in seconds, and the share of it after which the window looks."""
    slots = max(1, round(fps / _WANTED_HZ))
    return float(slots / fps), (slots - 1 + _MIDDLE) / slots
