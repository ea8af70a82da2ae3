"""The pictures of a film one by one, decoded: for recordings whose packets cannot stand in one file.

Frame-exact for any codec, because pictures are found by their times. Holds one picture.
"""

from collections.abc import Iterator
from contextlib import suppress
from itertools import repeat
from pathlib import Path

import av
import numpy as np

from director_app.core.canvas import Canvas
from director_app.core.edits import Edit
from director_app.core.sources import CameraId
from director_app.media.frame import I420
from director_app.post.render.cards import card_picture
from director_app.post.render.drawn import Drawn
from director_app.post.render.errors import MissingPicturesError
from director_app.post.render.order import Missing
from director_app.post.render.pictures import placeholder_picture
from director_app.post.render.source import Lack, RenderSource, lack_sentence


class DecodedPictures:
    """One pass over an edit. lacking: what was replaced by placeholders."""

    def __init__(self, source: RenderSource, edit: Edit, missing: Missing, drawn: Drawn | None = None) -> None:
        """drawn: what is drawn into the pictures."""
        self._source, self._edit, self._missing = source, edit, missing
        self._drawn = drawn or Drawn(source.canvas)
        self.lacking: list[Lack] = []

    def pictures(self) -> Iterator[I420]:
        """Of the canvas, in the order of the film. Raises MissingPicturesError."""
        for each in self._edit.shots():
            shot, over = each.shot, self._drawn.over(each)
            if each.lead:
                yield from repeat(
                    card_picture(self._source, self._drawn.cards[each.stretch], each, self._drawn), each.lead
                )
            iso, slot = self._source.isos.get(shot.camera), int(shot.first)
            while slot < shot.end:
                can_be_shown, until = (False, int(shot.end)) if iso is None else iso.index.run(slot, shot.end)
                if iso is not None and can_be_shown:
                    for picture in _decoded(iso.reader.path, self._source.canvas, slot, until):
                        over.paint(slot, picture)
                        yield picture
                        slot += 1
                    until = iso.index.next_key(slot + 1, until) if slot < until else until
                yield from self._instead(shot.camera, slot, until)
                slot = until

    def _instead(self, camera: CameraId, first: int, end: int) -> Iterator[I420]:
        if first >= end:
            return
        lack = Lack(camera, first, end)
        if self._missing is Missing.REFUSE:
            raise MissingPicturesError(f"{lack_sentence(self._source, lack)} Ask for a placeholder picture there.")
        self.lacking.append(lack)
        picture = placeholder_picture(self._source, camera)
        yield from repeat(picture, end - first)


def _decoded(path: Path, canvas: Canvas, first: int, end: int) -> Iterator[I420]:
    """Pictures of these slots; fewer where one of them cannot be decoded."""
    with suppress(OSError, av.FFmpegError), av.open(str(path)) as container:
        video = container.streams.video[0]
        assert video.time_base is not None
        video.thread_type = "AUTO"
        video.codec_context.options = {"err_detect": "explode"}
        container.seek(round(first / canvas.fps / video.time_base), stream=video, backward=True)
        slot = first
        for frame in container.decode(video):
            own = round((frame.pts or 0) * video.time_base * canvas.fps)
            if own < first:
                continue
            if own != slot or slot >= end:
                return
            picture = frame.to_ndarray(format="yuv420p", width=canvas.width, height=canvas.height)
            yield np.ascontiguousarray(picture, np.uint8)
            slot += 1
            if slot == end:
                return
