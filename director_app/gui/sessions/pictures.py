"""Pictures of past shows: asked for in the window's thread, made in another, kept while they are needed.

Nothing is written into a session.
"""

from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QImage

from director_app.engine.past_sessions import PastSession
from director_app.engine.past_show import Picture, picture_of, thumbnail_of
from director_app.gui.sessions.errands import Errands, Urgency

_THUMBNAILS = 400
_PICTURES = 48
"""About 60 MB at 640 x 360 on a screen of twice the resolution; less on others."""

Place = tuple[Path, str, float, int, int]
"""Folder, state, seconds (-1: the thumbnail), width, height."""


class Pictures:
    """Newest pictures last; the oldest go. One thread, the window's."""

    def __init__(self, errands: Errands) -> None:
        self._errands = errands
        self._thumbnails: OrderedDict[Place, QImage | None] = OrderedDict()
        self._pictures: OrderedDict[Place, QImage | None] = OrderedDict()
        self._asked: set[Place] = set()

    def thumbnail(self, session: PastSession, width: int, height: int, arrived: Callable[[], None]) -> QImage | None:
        """What there is; else it is asked for, and arrived is called once it is there."""
        place = (session.folder, session.state.value, -1.0, width, height)
        make = partial(thumbnail_of, session, width, height)
        return self._kept(place, f"thumbnail {session.folder}", make, arrived)

    def still(
        self, session: PastSession, t_s: float, size: tuple[int, int], arrived: Callable[[], None]
    ) -> QImage | None:
        """A moment of the program that stands there for longer: every wish is made, after what is more urgent."""
        place = (session.folder, session.state.value, t_s, *size)
        make = partial(picture_of, session, t_s, *size)
        return self._kept(place, f"still {t_s} of {session.folder}", make, arrived)

    def _kept(
        self, place: Place, key: str, make: Callable[[], Picture | None], arrived: Callable[[], None]
    ) -> QImage | None:
        if place in self._thumbnails or place in self._asked:
            return self._thumbnails.get(place)
        self._asked.add(place)

        def done(image: QImage | None) -> None:
            self._asked.discard(place)
            _keep(self._thumbnails, place, image, _THUMBNAILS)
            arrived()

        self._errands.ask(key, lambda: _image(make()), done, Urgency.THUMBNAIL)
        return None

    def forget(self) -> None:
        """Thumbnails that have not been made yet are no longer waited for; whoever wants one asks again."""
        self._errands.forget(Urgency.THUMBNAIL)
        self._asked.clear()

    def at(
        self, session: PastSession, t_s: float, size: tuple[int, int], arrived: Callable[[Path, QImage], None]
    ) -> QImage | None:
        """The same for a moment of the program; only the newest wish is made."""
        width, height = size
        place = (session.folder, session.state.value, t_s, width, height)
        if (known := self._pictures.get(place)) is not None:
            self._pictures.move_to_end(place)
            return known

        def done(image: QImage | None) -> None:
            if image is not None:
                _keep(self._pictures, place, image, _PICTURES)
                arrived(session.folder, image)

        self._errands.ask("scrub", lambda: _image(picture_of(session, t_s, width, height)), done, Urgency.SCRUB)
        return None


def _keep(shelf: OrderedDict[Place, QImage | None], place: Place, image: QImage | None, most: int) -> None:
    shelf[place] = image
    while len(shelf) > most:
        shelf.popitem(last=False)


def _image(picture: Picture | None) -> QImage | None:
    """A copy, because a QImage does not own numpy's pixels."""
    if picture is None:
        return None
    height, width, _ = picture.shape
    return QImage(picture.tobytes(), width, height, width * 4, QImage.Format.Format_RGB32).copy()
