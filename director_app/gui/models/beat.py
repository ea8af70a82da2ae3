"""When the window looks at the show again: about thirty times a second, in the middle of a slot of the program.

Every slot begins with the encoders' work. A window that woke then would wait for a processor and for the interpreter,
and one that kept a time of its own would come across it again and again. Must not read a clock.
"""

import math
from fractions import Fraction

_WANTED_HZ = 30
_MIDDLE = 0.5
"""Share of a slot after which the encoders have done most of their work, and the next slot is still far away."""


class Beat:
    """Of a program with so many frames per second.

    beat_s: seconds from one look to the next: as many whole slots as come nearest to a thirtieth of a second.
    """

    def __init__(self, fps: Fraction) -> None:
        slots = max(1, round(fps / _WANTED_HZ))
        self.beat_s = float(slots / fps)
        self._first = (slots - 1 + _MIDDLE) / slots

    def until_look_s(self, t_s: float) -> float:
        """Seconds from the session time t_s to the next look, half a beat away at least: after a late one none
        follows at once."""
        number = math.ceil(t_s / self.beat_s - self._first + 0.5)
        return (number + self._first) * self.beat_s - t_s
