"""What is added to a session when its files are closed: hashes and a picture. Each replaces the manifest once."""

from collections.abc import Callable
from pathlib import Path

from director_app.post.overview import draw_overview
from director_app.session.hashing import sha256_of
from director_app.session.manifest import FilePart, FileRole, Manifest, change_manifest, read_manifest

OVERVIEW_NAME = "overview.png"


def add_hashes(folder: Path, keep_going: Callable[[], bool] = lambda: True) -> None:
    """SHA-256 and size of every file into the manifest. Raises ManifestError, OSError, HashingStopped."""
    manifest = read_manifest(folder)
    parts = []
    for part in manifest.files:
        path = folder / part.name
        if path.is_file():
            part = part.model_copy(  # noqa: PLW2901 - the part as it will stand in the manifest
                update={"bytes": path.stat().st_size, "sha256": sha256_of(path, keep_going)}
            )
        parts.append(part)
    change_manifest(folder, lambda now: now.model_copy(update={"files": tuple(parts)}))


def add_overview(folder: Path, keep_going: Callable[[], bool] = lambda: True) -> Path:
    """Draws overview.png and names it in the manifest. Raises ManifestError, OSError, OverviewStopped."""
    path = folder / OVERVIEW_NAME
    draw_overview(folder, path, keep_going)
    part = FilePart(name=OVERVIEW_NAME, role=FileRole.OVERVIEW)

    def named(now: Manifest) -> Manifest:
        return now if now.file(FileRole.OVERVIEW) else now.model_copy(update={"files": (*now.files, part)})

    change_manifest(folder, named)
    return path
