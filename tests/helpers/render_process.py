"""Renders a film up to a step of its progress and waits there to be killed. Usage: ... SESSION OUTPUT WAY STAGE DONE

Says "there" on standard output when STAGE has come to DONE.
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


def main() -> None:
    """Renders; reading what nobody writes is how it waits."""
    session, output, way = Path(sys.argv[1]), Path(sys.argv[2]), Way(sys.argv[3])
    last, least = sys.argv[4], int(sys.argv[5])

    def wait(stage: Stage, done: int, of: int) -> None:
        if stage.name == last and done >= least:
            sys.stdout.write("there\n")
            sys.stdout.flush()
            sys.stdin.readline()

    render_film(order_of(session, output, way), Progress(wait))


if __name__ == "__main__":
    main()
