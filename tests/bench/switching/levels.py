"""How far apart people and microphones are: the settings of a made room. Figures only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Level:
    """In dB; noises against speech at its own microphone.

    bleed: direct path into a neighbour's microphone; tail: diffuse energy of the room; gain: how far (+-) microphones
    are set apart; loud: spread of voices; events_per_min: laughs, coughs, knocks; step_chance: that a gain is turned.
    """

    number: int
    bleed_db: tuple[float, float]
    tail_db: float
    reverberation_s: float
    noise_db: float
    babble_db: float
    hum_db: float
    gain_db: float
    loud_db: float
    events_per_min: float
    step_chance: float

    @property
    def has_babble(self) -> bool:
        """Other people talk in the same room."""
        return self.babble_db > -80


LEVELS = {
    "lav": Level(0, (-32, -24), -32, 0.30, -50, -90, -62, 2, 2.0, 1.5, 0.0),
    "table": Level(2, (-20, -12), -24, 0.40, -36, -60, -46, 4, 2.5, 3.0, 0.05),
    "room": Level(1, (-12, -6), -13, 0.70, -24, -26, -38, 6, 3.0, 4.0, 0.12),
    # Omnis half a metre away in a live room: beyond what is promised, to see how it breaks.
    "far": Level(3, (-6, -3), -8, 0.70, -24, -30, -38, 4, 3.0, 3.0, 0.0),
}
"""By name; the number goes into the seed."""
PROMISED = ("lav", "table", "room")
