"""The cameras of the demo show: drawn people whose mouths move in step with the demo's microphones.

So that a new user sees the whole program at work without a camera. Must not play sound: the microphones are files
(demo_microphone_file) that start at the same epoch and are equally long.
"""

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Literal

from director_app.capture.demo_pictures import DemoPictures
from director_app.capture.demo_truth import (
    DEMO_LENGTH_S,
    DEMO_PEOPLE,
    DemoPerson,
    DemoTruth,
    Span,
    demo_microphone_file,
    demo_truth,
)
from director_app.capture.errors import SourceUnusableError
from director_app.capture.pacing import Pace
from director_app.capture.reader import Liveness, Picture
from director_app.media.strip import draw_strip

__all__ = [
    "DEMO_CAMERAS",
    "DEMO_LENGTH_S",
    "DEMO_PEOPLE",
    "DemoCamera",
    "DemoPerson",
    "DemoTruth",
    "DemoView",
    "Span",
    "demo_microphone_file",
    "demo_truth",
]

DemoView = Literal["ana", "ben", "cara", "wide"]

DEMO_CAMERAS: tuple[DemoView, ...] = ("ana", "ben", "cara", "wide")
"""Their places are the camera indices in the strip."""


class DemoCamera:
    """A CameraReader; frame k belongs at epoch + k / fps, shows the demo at that time and says k in its strip.

    A late reader skips frames. The show begins again every DEMO_LENGTH_S.
    """

    liveness = Liveness.MADE

    def __init__(
        self,
        who: DemoView,
        size: tuple[int, int],
        fps: Fraction,
        now_ns: Callable[[], int] = time.perf_counter_ns,
        *,
        epoch_ns: int | None = None,
    ) -> None:
        """size: width and height, even. epoch_ns: when the show began, one for all sources; None: at open()."""
        self._who = who
        self._size = size
        self._fps = fps
        self._pace = Pace(fps, epoch_ns, now_ns)
        self._pictures: DemoPictures | None = None

    def open(self) -> None:
        """Puts all pictures together (about half a second). Raises SourceUnusableError when the files are missing."""
        try:
            self._pictures = DemoPictures(self._who, self._size, demo_truth())
        except FileNotFoundError as error:
            raise SourceUnusableError(str(error)) from error
        self._pace.begin()

    def read(self, timeout_s: float) -> Picture | None:
        """The picture of the next frame; valid until the next read. Raises RuntimeError when not open."""
        if self._pictures is None:
            raise RuntimeError("this source is closed")
        tick = self._pace.wait(timeout_s)
        if tick is None:
            return None
        picture = self._pictures.show(float(tick.number / self._fps % Fraction(DEMO_LENGTH_S)))
        draw_strip(picture, DEMO_CAMERAS.index(self._who), tick.number)
        return Picture(picture, tick.due_ns)

    def close(self) -> None:
        """Idempotent."""
        self._pace.end()
        self._pictures = None
