"""What lies over a camera's pictures for a while: a name, live or not. Drawn before; blended in slot by slot.

Knows neither packets nor threads; its end may be moved by one thread while another one paints.
"""

from dataclasses import dataclass

import av
import numpy as np

from director_app.core.canvas import Canvas
from director_app.core.lower_thirds import opacity
from director_app.core.sources import CameraId
from director_app.media.frame import I420
from director_app.media.layer import Layer


@dataclass(eq=False, slots=True)
class Dress:
    """A layer over the camera's pictures from slot first up to, not including, slot end."""

    camera: CameraId
    first: int
    end: int
    layer: Layer
    canvas: Canvas

    def paint(self, slot: int, picture: I420) -> None:
        """As this slot shows it, in place."""
        seen = opacity(self.first, self.end, slot, self.canvas)
        if seen > 0:
            self.layer.paint(picture, seen)


class Painter:
    """Takes decoders' pictures and gives dressed ones, in one buffer that is used again and again."""

    def __init__(self, dress: Dress) -> None:
        canvas = dress.canvas
        self._dress = dress
        self._picture: I420 = np.empty((canvas.height * 3 // 2, canvas.width), np.uint8)

    def painted(self, slot: int, frame: av.VideoFrame) -> I420:
        """Good until the next one. The decoder's own buffer stays as it is: later pictures are made from it."""
        np.copyto(self._picture, frame.to_ndarray(format="yuv420p"))
        self._dress.paint(slot, self._picture)
        return self._picture
