"""How much sound is taken at a time, and how long after it was spoken it is acted on: chosen here and nowhere else.

The show, `director cut` and the replay ask with nothing but the programme delay, and so agree. Must not know who
takes the sound, or what it costs.
"""

from dataclasses import dataclass

from director_app.core.canvas import EVIDENCE_HOP_S

ARRIVAL_S = 0.04
"""Sound is there at most this long after it was spoken: devices, and files in their place, hand it on in blocks of up
to 40 ms."""

WAITS_LONG_S = 1.0
"""From this programme delay on it makes no difference when within a tenth of a second sound is heard: the cut still
falls on the first word. Measured, 0.12 s against 0.06 s: Q -0.6 at no delay, -0.5 at 0.75 s, -0.1 at 1.0 s."""


@dataclass(frozen=True, slots=True)
class SoundBatch:
    """hops: how many hops of 20 ms are taken together."""

    hops: int

    @property
    def latency_s(self) -> float:
        """What is spoken is acted on at most so long afterwards by an engine that keeps up.

        Measured with the demo show on two cores: at most 0.054 s with one hop, 0.091 s with four; while others
        compete for the cores, 99 % within 0.07 s and 0.105 s.
        """
        return self.hops * EVIDENCE_HOP_S + ARRIVAL_S


AT_ONCE = SoundBatch(1)
"""As soon as a hop is over; costs some 2 % of a core, because waking up with cold caches costs more than the work."""

TOGETHER = SoundBatch(4)
"""80 ms in one go."""


def sound_batch(programme_delay_s: float) -> SoundBatch:
    """As a show with this delay takes its sound."""
    return TOGETHER if programme_delay_s >= WAITS_LONG_S else AT_ONCE
