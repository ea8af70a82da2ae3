"""What a crash leaves of a session."""

from pathlib import Path

from director_app.session.event_log import AGGREGATE_NAME, LOG_NAME
from director_app.session.manifest import FileRole, SessionState, read_manifest, write_manifest


def wreck_session(folder: Path, lines: int | None = None) -> Path:
    """Makes of a closed session what a crash right at its end would have left: manifest and log are not closed.

    lines: so many of the log had reached the disk; None: all but the closing ones.
    """
    manifest = read_manifest(folder)
    parts = tuple(
        part.model_copy(update={"bytes": None, "duration_s": None})
        for part in manifest.files
        if part.role is not FileRole.EVENTS
    )
    state = {"state": SessionState.RECORDING, "slots": None, "ended_at": None, "files": parts}
    write_manifest(folder, manifest.model_copy(update=state))
    log = (folder / LOG_NAME).read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in log if '"record_stop"' not in line and '"session_stop"' not in line][:lines]
    (folder / LOG_NAME).write_text("".join(kept), "utf-8")
    (folder / AGGREGATE_NAME).unlink()
    return folder
