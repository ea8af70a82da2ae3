"""When a camera counts as frozen, black or back: the watchdog's rules. Sees observations, never pictures."""

from dataclasses import dataclass

from director_app.core.sources import SourceState

NO_FRAME_S = 1.0
STILL_S = 3.0
DARK_S = 3.0


@dataclass(frozen=True, slots=True)
class Observation:
    """What a camera's feed knows at one moment; ages in seconds, infinite for never.

    connected: the reader is open. frame_age_s: since the last picture of this opening arrived. still_s: how long
    the pictures have been identical (0 for sources that may be still). dark_s: how long they have been dark.
    """

    connected: bool
    frame_age_s: float
    still_s: float = 0.0
    dark_s: float = 0.0


def camera_state(seen: Observation, before: SourceState) -> SourceState:
    """The state that follows from an observation.

    A camera that never gave a picture is opening; one that was there is lost until it gives a picture again,
    whether or not it can be opened meanwhile.
    """
    if not seen.connected or seen.frame_age_s == float("inf"):
        return SourceState.OPENING if before is SourceState.OPENING else SourceState.LOST
    if seen.frame_age_s > NO_FRAME_S or seen.still_s >= STILL_S:
        return SourceState.FROZEN
    if seen.dark_s >= DARK_S:
        return SourceState.BLACK
    return SourceState.OK
