"""Cuts a recorded conversation with hindsight: what comes later may decide what is shown now."""

from collections.abc import Sequence
from dataclasses import dataclass

from director_app.core.canvas import Slot
from director_app.core.rules import SwitchRules
from director_app.core.sources import CameraId, Cast
from director_app.post.cutting import PlacedCut, ProgramSettings, Sound
from director_app.session.errors import SessionError


class RecutError(SessionError):
    """Sound that cannot be cut with hindsight."""


@dataclass(frozen=True, slots=True)
class LockedCut:
    """A cut that must stay where it is."""

    slot: Slot
    camera: CameraId


def offline_cuts(
    sound: Sound,
    cast: Cast,
    rules: SwitchRules,
    settings: ProgramSettings,
    locked: Sequence[LockedCut] = (),
) -> list[PlacedCut]:
    """The cuts in the order of their slots. Raises RecutError."""
    del sound, cast, rules, settings, locked
    raise RecutError("Cutting with hindsight is not there yet. Use --mode live.")
