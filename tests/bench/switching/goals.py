"""What the program should reach. Figures only."""

from collections.abc import Mapping
from typing import NamedTuple


class Goal(NamedTuple):
    """None: no goal, only shown. floor: a Q that is not enough but must be kept."""

    quality: float | None = None
    on_floor_pct: float | None = None
    false_per_min: float | None = None
    floor: float | None = None


Goals = Mapping[tuple[str, str], Goal]
"""By mode and level."""
NO_GOAL = Goal()

REAL: Goals = {
    ("live", "lav"): Goal(92, 93.5, 0.7),
    ("live", "table"): Goal(92, 93.5, 0.7),
    ("live", "room"): Goal(89, 91, 1.1),
    ("delayed", "lav"): Goal(97, 97.8, 0.3),
    ("delayed", "table"): Goal(97, 97.8, 0.3),
    ("delayed", "room"): Goal(95, 96, 0.7),
    ("offline", "lav"): Goal(98.7, 99, 0.08),
    ("offline", "table"): Goal(98.9, 99.1, 0.1),
    ("offline", "room"): Goal(97.2, 97.8, 0.25),
}
SIMULATED: Goals = {
    ("live", "lav"): Goal(85),
    ("live", "table"): Goal(85),
    ("live", "room"): Goal(82),
    ("delayed", "lav"): Goal(96),
    ("delayed", "table"): Goal(95.5),
    ("delayed", "room"): Goal(93),
    ("offline", "lav"): Goal(97.5),
    ("offline", "table"): Goal(98),
    ("offline", "room"): Goal(96.5),
}

FAULTY: Goals = {("gain-control", "live"): Goal(80, floor=75)}
"""By fault and mode."""
WARNED_WITHIN_S = 20.0
"""Of gain control, in every show that has it; in no other."""
EARLIER = {
    ("gain-control", "live"): 68.0,
    ("gain-control", "offline"): 72.0,
    ("silent-extra", "live"): 91.1,
    ("silent-extra", "offline"): 98.6,
    ("gain-turned", "live"): 89.9,
    ("gain-turned", "offline"): 94.6,
    ("far", "live"): 75.0,
    ("far", "offline"): 90.0,
}
"""Q that an earlier method reached, by fault and mode."""

CPU_MS = {"live": 1.0, "offline": 20.0}
"""Per second of one microphone."""
TIMES_REAL_TIME = 100.0
