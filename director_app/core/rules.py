"""The numbers of directing, each with its unit. Holds no behaviour beyond refusing impossible numbers."""

from dataclasses import dataclass

HARD_MINIMUM_SHOT_S = 1.5
"""No automatic shot is ever shorter: below this a cut reads as a mistake."""

MOST_DELAY_S = 3.0
"""Longest programme delay: beyond it the wait costs more than it can teach."""

WHY_NO_SHORTER_SHOT = "a shorter shot reads as a mistake"
WHY_NO_LONGER_DELAY = "a longer one teaches the director nothing more"


@dataclass(frozen=True, slots=True)
class SwitchRules:
    """How the director cuts by itself; presets stand in core/styles.py. Times in seconds.

    The floor. confirm_s: own speech a newcomer needs before the floor is his. confirm_overlap_s: the same when he
    began while the holder spoke. alone_s: how much of it must have fallen while the holder was quiet. quiet_s:
    silence of the holder before somebody else may take the floor. pause_s: a newcomer's speech is counted from zero
    again after this silence while others speak; pause_alone_s: the same while nobody speaks. interrupt_s: own speech
    with which a newcomer takes the floor although the holder still speaks.

    Where the cut falls, as far as the programme delay allows. onset_lead_s: so long before the newcomer was first
    heard. stop_lead_s: so long before the holder was found quiet.

    The rhythm. minimum_shot_s: shortest automatic shot, at least HARD_MINIMUM_SHOT_S; the opening shot is free.
    cuts_per_minute: at most this many cuts in any 60 s. hold_after_take_s: how long a take keeps the automatic off;
    None stays manual.

    Taste; None switches a rule off. wide_overlap_s: several people speak for so long: wide. wide_silence_s: nobody
    has spoken for so long: wide. listen_after_s: a shot so old gives way to a listener, listen_for_s: for so long.
    ping_pong_cuts: so many cuts to and fro between two cameras within ping_pong_within_s call for the wide shot, at
    least for ping_pong_wide_s.

    programme_delay_s: how far the program runs behind the room, 0 to MOST_DELAY_S; a cut may fall that far back.
    """

    confirm_s: float = 0.4
    confirm_overlap_s: float = 0.6
    alone_s: float = 0.2
    quiet_s: float = 0.3
    pause_s: float = 0.5
    pause_alone_s: float = 1.5
    interrupt_s: float = 4.0
    onset_lead_s: float = 0.2
    stop_lead_s: float = 0.3
    minimum_shot_s: float = 1.5
    cuts_per_minute: int = 15
    hold_after_take_s: float | None = 8.0
    wide_overlap_s: float | None = None
    wide_silence_s: float | None = None
    listen_after_s: float | None = None
    listen_for_s: float = 3.0
    ping_pong_cuts: int | None = None
    ping_pong_within_s: float = 10.0
    ping_pong_wide_s: float = 5.0
    programme_delay_s: float = 0.0

    def __post_init__(self) -> None:
        """Raises ValueError with one sentence."""
        if self.minimum_shot_s < HARD_MINIMUM_SHOT_S:
            raise ValueError(
                f"A minimum shot of {self.minimum_shot_s:g} s is too short: use {HARD_MINIMUM_SHOT_S:g} s or more, "
                f"because {WHY_NO_SHORTER_SHOT}."
            )
        if not 0 <= self.programme_delay_s <= MOST_DELAY_S:
            raise ValueError(
                f"A programme delay of {self.programme_delay_s:g} s cannot be: use 0 to {MOST_DELAY_S:g} s; "
                f"{WHY_NO_LONGER_DELAY}."
            )
        if self.cuts_per_minute < 1:
            raise ValueError("At least one cut a minute must be allowed: set cuts_per_minute to 1 or more.")
        if min(self._times()) < 0:
            raise ValueError("Times of the switching rules cannot be negative.")
        if self.hold_after_take_s is not None and self.hold_after_take_s <= 0:
            raise ValueError('A hold lasts longer than 0 s; to keep the take, use "stay manual".')
        if self.ping_pong_cuts is not None and self.ping_pong_cuts < 3:
            raise ValueError("Two cuts are no ping-pong: set ping_pong_cuts to 3 or more, or leave it out.")

    def _times(self) -> list[float]:
        every = (
            self.confirm_s,
            self.confirm_overlap_s,
            self.alone_s,
            self.quiet_s,
            self.pause_s,
            self.pause_alone_s,
            self.interrupt_s,
            self.onset_lead_s,
            self.stop_lead_s,
            self.wide_overlap_s,
            self.wide_silence_s,
            self.listen_after_s,
            self.listen_for_s,
            self.ping_pong_within_s,
            self.ping_pong_wide_s,
        )
        return [each for each in every if each is not None]
