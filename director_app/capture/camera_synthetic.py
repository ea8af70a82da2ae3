"""A moving test picture with a machine-readable strip and a flash each second: for tests, benches and first tries."""

import time
from collections import deque
from collections.abc import Callable
from fractions import Fraction

import numpy as np

from director_app.capture.pacing import Pace
from director_app.capture.reader import I420, Liveness, Picture
from director_app.media.frame import Frame
from director_app.media.strip import draw_strip, redraw_strip

_PHASES = 8
_GRAIN = 6
_COLOURS = ((90, 110), (170, 120), (120, 150), (140, 90), (100, 160), (150, 140), (110, 100), (128, 128), (90, 150))
"""U and V of each camera's band, so that people tell cameras apart at a glance."""


class SyntheticCamera:
    """A CameraReader; picture k belongs at epoch + k / fps and says so in its strip.

    A white square stands at the top left during the first picture of every second.
    """

    liveness = Liveness.MADE

    def __init__(
        self,
        index: int,
        size: tuple[int, int],
        fps: Fraction,
        epoch_ns: int | None = None,
        now_ns: Callable[[], int] = time.perf_counter_ns,
    ) -> None:
        """index: 0..15, drawn in the strip. size: width and height, even. epoch_ns: when picture 0 was due."""
        self._index = index
        self._width, self._height = size
        self._pace = Pace(fps, epoch_ns, now_ns)
        self._fps = fps
        self._drawn: list[I420] = []
        self._homes: list[deque[I420]] = []

    def open(self) -> None:
        """Draws the pictures that will be shown in turn."""
        self._drawn = [self._draw(phase) for phase in range(_PHASES)]
        self._homes = [deque() for _ in range(_PHASES)]
        self._pace.begin()

    def read(self, timeout_s: float) -> Picture | None:
        """The picture of the next tick, given away."""
        tick = self._pace.wait(timeout_s)
        if tick is None:
            return None
        frame = self._frame(tick.number % _PHASES)
        self._flash(frame.picture, tick.number)
        redraw_strip(frame.picture, self._index, tick.number)
        return Picture(frame, tick.due_ns)

    def _frame(self, phase: int) -> Frame:
        """A buffer that holds this phase already: only strip and flash are drawn anew."""
        home = self._homes[phase]
        return Frame(home.pop() if home else self._drawn[phase].copy(), home)

    def close(self) -> None:
        """Idempotent."""
        self._pace.end()

    def _draw(self, phase: int) -> I420:
        width, height = self._width, self._height
        picture = np.empty((height * 3 // 2, width), np.uint8)
        texture = np.random.default_rng(self._index).integers(0, 24, (height // 4 + 1, width // 4 + 1), np.uint8)
        picture[:height] = np.linspace(40, 200, width, dtype=np.uint8)
        picture[:height] += np.kron(texture, np.ones((4, 4), np.uint8))[:height, :width]
        # A sensor is never silent; without its noise the pictures would be far easier to encode than a camera's.
        grain = np.random.default_rng((self._index, phase)).integers(0, _GRAIN, (height, width), np.uint8)
        picture[:height] += grain
        band = picture[height // 3 : height // 2, :]
        band[:] = np.roll(band, phase * width // _PHASES, axis=1)
        u, v = _COLOURS[self._index % len(_COLOURS)]
        chroma = picture[height:].reshape(-1)
        chroma[: chroma.size // 2], chroma[chroma.size // 2 :] = u, v
        draw_strip(picture, self._index, 0)
        return picture

    def _flash(self, picture: I420, number: int) -> None:
        # Whole numbers: number % fps < 1.
        luma = 235 if number * self._fps.denominator % self._fps.numerator < self._fps.denominator else 16
        if picture[0, 0] != luma:
            side = self._height // 8
            picture[:side, :side] = luma
