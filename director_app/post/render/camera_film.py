"""One camera's whole recording as a film to hand on: its own packets, and the clean mix instead of many tracks."""

from pathlib import Path

from director_app.core.canvas import Slot
from director_app.core.cut_list import Shot
from director_app.core.edits import Edit, Stretch
from director_app.core.sources import CameraId
from director_app.post.render.errors import MissingPicturesError
from director_app.post.render.order import Chapter, Delivery, FilmOrder
from director_app.post.render.source import Lack, RenderSource, lack_sentence


def camera_order(session: Path, camera: CameraId, output: Path, delivery: Delivery | None = None) -> FilmOrder:
    """For render_film: from slot 0 to the end of what this camera recorded.

    Raises MissingPicturesError when there is nothing of it, ManifestError, RenderError.
    """
    with RenderSource(session) as source:
        known = source.camera(camera)
        iso = source.isos.get(camera)
        end = min(source.slots, iso.index.end) if iso is not None else 0
        if not end:
            lack = lack_sentence(source, Lack(camera, 0, source.slots))
            raise MissingPicturesError(f"{lack} There is no film of it.")
        title = f"{source.manifest.title} - {known.label}"
    edit = Edit([Stretch((Shot(camera, Slot(0), Slot(end)),))])
    return FilmOrder(session, edit, output, delivery or Delivery(), title=title, chapters=(Chapter(0, title),))
