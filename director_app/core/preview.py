"""Which camera stands ready as the next one: what Enter takes. A proposal; it never cuts.

Asked in this order: the producer's own choice, what the automatic would show by now, whoever had the floor last
before its holder, the wide shot. A camera on air or without a picture is never next.
"""

from collections.abc import Callable
from dataclasses import dataclass

from director_app.core.sources import CameraId, Cast, MicrophoneId


@dataclass(frozen=True, slots=True)
class Next:
    """The camera that stands ready, and why in a few words, to be read after its name."""

    camera: CameraId
    reason: str


class Preview:
    """Remembers who had the floor and what the producer chose. One owner, one thread."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._holders: list[MicrophoneId] = []
        self._chosen: CameraId | None = None

    def took_floor(self, holder: MicrophoneId) -> None:
        """Somebody took the floor."""
        if holder in self._holders:
            self._holders.remove(holder)
        self._holders.append(holder)

    def choose(self, camera: CameraId) -> None:
        """The producer makes this camera the next; it stays until it comes on air."""
        self._chosen = camera

    def cut(self, camera: CameraId) -> None:
        """This camera came on air."""
        if camera == self._chosen:
            self._chosen = None

    def next(self, on_air: CameraId, proposed: CameraId | None, may_come: Callable[[CameraId], bool]) -> Next | None:
        """proposed: what the automatic would show by now. may_come: whether a camera has a picture."""
        for candidate in self._candidates(proposed):
            if candidate.camera != on_air and may_come(candidate.camera):
                return candidate
        return None

    def _candidates(self, proposed: CameraId | None) -> list[Next]:
        candidates = [] if self._chosen is None else [Next(self._chosen, "your choice")]
        if not self._holders:
            return candidates
        holder = self._cast.microphone(self._holders[-1])
        if proposed is not None:
            candidates.append(Next(proposed, "has the floor" if proposed == holder.camera else "auto would show it"))
        candidates.append(Next(holder.camera, "has the floor"))
        earlier = [self._cast.microphone(each) for each in reversed(self._holders[:-1])]
        candidates += [Next(each.camera, f"spoke last before {holder.label}") for each in earlier[:1]]
        candidates += [Next(each.camera, "spoke before") for each in earlier[1:]]
        if self._cast.wide is not None:
            candidates.append(Next(self._cast.wide, "shows everybody"))
        return candidates
