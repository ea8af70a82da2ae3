"""Why a camera came on air: by the log of the show, and by whoever has planned other cuts since."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from director_app.core.canvas import Slot
from director_app.core.cut_list import Shot
from director_app.core.sources import CameraId
from director_app.post.cuts import CUT_TYPES, recorded_cuts
from director_app.post.timelines.model import Why
from director_app.post.timelines.words import clean
from director_app.session.event_log import EventRecord
from director_app.session.manifest import Manifest

Cut = tuple[Slot, CameraId]
"""From this slot on this camera is on air."""

AS_LOGGED: Mapping[Cut, Why] = MappingProxyType({})
"""No cut but those of the log."""

_OPENS = Why("The show opens.", by_hand=False)


class Reasons:
    """Why each camera came on air."""

    def __init__(
        self, manifest: Manifest, events: Sequence[EventRecord], more: Mapping[Cut, Why] = AS_LOGGED
    ) -> None:
        """more: of cuts that were not made live."""
        logged: dict[Cut, Why] = {
            (Slot(event["slot"]), CameraId(str(event.get("to")))): _why(event)
            for event in events
            if event["type"] in CUT_TYPES and isinstance(event.get("slot"), int)
        }
        decided = sorted(logged)
        self._live = recorded_cuts(manifest, events).shots(manifest.slots or 0)
        self._whys = [logged.get((shot.first, shot.camera)) or _late(shot, decided, logged) for shot in self._live]
        live = {(shot.first, shot.camera): why for shot, why in zip(self._live, self._whys, strict=True) if why}
        self._cuts: Mapping[Cut, Why] = {**live, **logged, **more}

    def of_cut(self, shot: Shot) -> Why | None:
        """Of a cut to this very camera in this very slot."""
        return self._cuts.get((shot.first, shot.camera))

    def while_live(self, shot: Shot) -> Why | None:
        """Of the live cut that had put this camera on air; None if another was on air then."""
        index = bisect_right(self._live, shot.first, key=lambda each: each.first) - 1
        return self._whys[index] if index >= 0 and self._live[index].camera == shot.camera else None


def _late(live: Shot, decided: Sequence[Cut], logged: Mapping[Cut, Why]) -> Why | None:
    """A cut that fell later than decided stands in the log on the slot where it was wanted. decided: by slot."""
    if live.first == 0:
        return _OPENS
    index = bisect_right(decided, live.first, key=lambda each: each[0]) - 1
    return logged[decided[index]] if index >= 0 and decided[index][1] == live.camera else None


def _why(event: EventRecord) -> Why:
    return Why(clean(str(event.get("reason") or "")), by_hand=event["type"] == "manual_cut")
