"""What has been made of a session and stands in a folder: deliveries of the manifest, elsewhere a list of its own.

A file that is being made is entered before and again after it, so that a render that was killed is known as ours.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from director_app.post.jobs.order import JobError
from director_app.session.atomic import write_atomically
from director_app.session.manifest import DeliveryPart, change_manifest, read_manifest

LIST_NAME = "deliveries.json"
"""In a folder that is no session's."""

_LIST = TypeAdapter(tuple[DeliveryPart, ...])

Deliveries = tuple[DeliveryPart, ...]


class Replace(StrEnum):
    """What a job may replace: files that were made here and are as they were made, or any that is no recording."""

    OWN = "own"
    ANY = "any"


class Ledger:
    """Of one folder. One job at a time writes into it."""

    def __init__(self, session: Path, folder: Path) -> None:
        """session: whose files stand in the folder, which may be the session's own."""
        self._folder = folder
        self._is_session = folder.exists() and folder.samefile(session)

    def entry(self, name: str) -> DeliveryPart | None:
        """What is known of a file; None: it was not made here. Raises ManifestError."""
        return next((each for each in self._read() if each.name == name), None)

    def is_made(self, name: str, order: str) -> bool:
        """Whether this very file was asked for before, and is there as it was made."""
        entry, path = self.entry(name), self._folder / name
        return (
            entry is not None
            and entry.order == order
            and entry.bytes is not None
            and path.is_file()
            and path.stat().st_size == entry.bytes
        )

    def refuse_strangers(self, name: str, replace: Replace, knows: Callable[[Path], bool]) -> None:
        """Raises JobError for a file in the way that was not made here, or was changed since.

        knows: whether a file is one of ours by what stands in it.
        """
        path = self._folder / name
        if replace is Replace.ANY or not path.exists() or knows(path):
            return
        entry = self.entry(name)
        if entry is None or (entry.bytes is not None and path.stat().st_size != entry.bytes):
            raise JobError(
                f"{path} is there already and is not what was made here. It was left alone; move it away, or "
                "replace it with --force."
            )

    def begin(self, name: str, make: str, order: str) -> None:
        """The file is being made now. Raises OSError."""
        self._enter(DeliveryPart(name=name, make=make, order=order, made_at=datetime.now(UTC)))

    def finish(self, part: DeliveryPart) -> None:
        """The file is there. Raises OSError."""
        self._enter(part)

    def _enter(self, part: DeliveryPart) -> None:
        def entered(before: Deliveries) -> Deliveries:
            return (*(each for each in before if each.name != part.name), part)

        if self._is_session:
            change_manifest(self._folder, lambda now: now.model_copy(update={"deliveries": entered(now.deliveries)}))
        else:
            content = _LIST.dump_json(entered(self._read()), indent=1).decode()
            write_atomically(self._folder / LIST_NAME, content + "\n")

    def _read(self) -> Deliveries:
        if self._is_session:
            return read_manifest(self._folder).deliveries
        try:
            return _LIST.validate_python(json.loads((self._folder / LIST_NAME).read_text("utf-8")))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, ValidationError) as error:
            path = self._folder / LIST_NAME
            raise JobError(
                f"{path} cannot be read ({type(error).__name__}). Move it away, or use another folder."
            ) from None
