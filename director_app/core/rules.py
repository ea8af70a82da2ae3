"""The numbers of directing, each with its unit. Holds no behaviour beyond refusing impossible numbers."""

from dataclasses import dataclass

HARD_MINIMUM_SHOT_S = 1.5
"""No automatic shot is ever shorter: below this a cut reads as a mistake."""


@dataclass(frozen=True, slots=True)
class SwitchRules:
    """How the director cuts by itself.

    confirm_s: own speech a newcomer needs before the floor is his, seconds.
    quiet_s: silence of the holder before somebody else may take the floor, seconds.
    pause_s: silence after which a newcomer's speech is counted from zero again, seconds.
    interrupt_s: own speech with which a newcomer takes the floor although the holder still speaks, seconds.
    minimum_shot_s: shortest automatic shot, seconds, at least HARD_MINIMUM_SHOT_S.
    cuts_per_minute: at most this many cuts in any 60 s.
    hold_after_take_s: how long a take keeps the automatic off; None stays manual.
    """

    confirm_s: float = 0.4
    quiet_s: float = 0.3
    pause_s: float = 0.4
    interrupt_s: float = 2.0
    minimum_shot_s: float = 2.0
    cuts_per_minute: int = 15
    hold_after_take_s: float | None = 8.0

    def __post_init__(self) -> None:
        """Raises ValueError with one sentence."""
        if self.minimum_shot_s < HARD_MINIMUM_SHOT_S:
            raise ValueError(
                f"A minimum shot of {self.minimum_shot_s:g} s is too short: use {HARD_MINIMUM_SHOT_S:g} s or more."
            )
        if self.cuts_per_minute < 1:
            raise ValueError("At least one cut a minute must be allowed: set cuts_per_minute to 1 or more.")
        if min(self.confirm_s, self.quiet_s, self.pause_s, self.interrupt_s) < 0:
            raise ValueError("Times of the switching rules cannot be negative.")
        if self.hold_after_take_s is not None and self.hold_after_take_s <= 0:
            raise ValueError('A hold lasts longer than 0 s; to keep the take, use "stay manual".')
