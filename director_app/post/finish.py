"""What is added to a session when its files are closed: hashes and a picture. Each replaces the manifest once."""

from collections.abc import Callable
from pathlib import Path

from director_app.post.overview import draw_overview
from director_app.session.hashing import sha256_of
from director_app.session.manifest import FilePart, FileRole, read_manifest, write_manifest

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
    write_manifest(folder, read_manifest(folder).model_copy(update={"files": tuple(parts)}))


def add_overview(folder: Path) -> Path:
    """Draws overview.png and names it in the manifest. Raises ManifestError or OSError."""
    path = folder / OVERVIEW_NAME
    draw_overview(folder, path)
    manifest = read_manifest(folder)
    if manifest.file(FileRole.OVERVIEW) is None:
        part = FilePart(name=OVERVIEW_NAME, role=FileRole.OVERVIEW)
        write_manifest(folder, manifest.model_copy(update={"files": (*manifest.files, part)}))
    return path
