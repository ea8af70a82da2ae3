"""Renders a film until it is done or killed. Usage: ... SESSION OUTPUT [smart|full]

Says every step of its progress on standard output, so that whoever waits can kill it in the middle of one.
"""

import sys
from pathlib import Path

from director_app.core.sources import CameraId
from director_app.post.render.film import render_film
from director_app.post.render.order import FilmOrder, Way
from director_app.post.render.progress import Progress, Stage
from director_app.session.manifest import read_manifest
from tests.helpers.rendered import random_edit


def order_of(session: Path, output: Path, way: Way) -> FilmOrder:
    """The same film every time."""
    manifest = read_manifest(session)
    edit = random_edit([CameraId(each.id) for each in manifest.cameras], manifest.slots or 0)
    return FilmOrder(session, edit, output, way=way)


def _say(stage: Stage, done: int, of: int) -> None:
    sys.stdout.write(f"{stage.name} {done} {of}\n")
    sys.stdout.flush()


def main() -> None:
    """Renders."""
    session, output, way = Path(sys.argv[1]), Path(sys.argv[2]), Way(sys.argv[3])
    render_film(order_of(session, output, way), Progress(_say))


if __name__ == "__main__":
    main()
