"""What has been made of a session and stands in a folder: deliveries of the manifest, elsewhere a list of its own.

A file that is being made is entered before and again after it, so that a render that was killed is known as ours.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from director_app.post.jobs.order import JobError
from director_app.session.atomic import write_atomically
from director_app.session.lock import change_lock
from director_app.session.manifest import DeliveryPart, change_manifest, read_manifest

LIST_NAME = "deliveries.json"
"""In a folder that is no session's."""

_LIST_LOCK = ".deliveries.lock"


class ListedPart(DeliveryPart):
    """A file in a folder that may hold what was made of several sessions. session: the id of its own."""

    session: str | None = None


_LIST = TypeAdapter(tuple[ListedPart, ...])

_AnyPart = TypeVar("_AnyPart", bound=DeliveryPart)


class Replace(StrEnum):
    """What a job may replace: files that were made here and are as they were made, or any that is no recording."""

    OWN = "own"
    ANY = "any"


class Ledger:
    """Of one folder. Jobs of several programs may write into it: each entry is made while nobody else makes one."""

    def __init__(self, session: Path, folder: Path) -> None:
        """session: whose files stand in the folder, which may be the session's own."""
        self._session, self._folder = session, folder
        self._is_session = folder.exists() and folder.samefile(session)

    def entry(self, name: str) -> DeliveryPart | None:
        """What is known of a file; None: it was not made here. Raises ManifestError."""
        return next((each for each in self._read() if each.name == name), None)

    def made(self, name: str, order: str) -> DeliveryPart | None:
        """What is known of this very file, if it was asked for before and is there as it was made."""
        entry, path = self.entry(name), self._folder / name
        if entry is None or entry.order != order or entry.bytes is None or not path.is_file():
            return None
        return entry if path.stat().st_size == entry.bytes else None

    def refuse_strangers(self, name: str, replace: Replace, knows: Callable[[Path], bool]) -> None:
        """Raises JobError for a file in the way that was not made here of this session, or was changed since.

        knows: whether a file is one of ours by what stands in it.
        """
        path = self._folder / name
        if path.is_dir():
            raise JobError(f"{path} is a folder. Move it away, or make the files in another folder with --out.")
        if replace is Replace.ANY or not path.exists() or knows(path):
            return
        entry = self.entry(name)
        if isinstance(entry, ListedPart) and entry.session not in {None, self._id()}:
            raise JobError(
                f"{path} is there already, and was made of another session. It was left alone; make the files in "
                "another folder with --out, or replace it with --force."
            )
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
        if self._is_session:
            change_manifest(
                self._folder,
                lambda now: now.model_copy(update={"deliveries": (*_others(now.deliveries, part.name), part)}),
            )
        else:
            listed = ListedPart(**part.model_dump(), session=self._id())
            with change_lock(self._folder / _LIST_LOCK):
                content = _LIST.dump_json((*_others(self._listed(), part.name), listed), indent=1).decode()
                write_atomically(self._folder / LIST_NAME, content + "\n")

    def _id(self) -> str:
        return read_manifest(self._session).id

    def _read(self) -> Sequence[DeliveryPart]:
        return read_manifest(self._folder).deliveries if self._is_session else self._listed()

    def _listed(self) -> tuple[ListedPart, ...]:
        try:
            return _LIST.validate_python(json.loads((self._folder / LIST_NAME).read_text("utf-8")))
        except FileNotFoundError:
            return ()
        except (OSError, ValueError, ValidationError) as error:
            path = self._folder / LIST_NAME
            raise JobError(
                f"{path} cannot be read ({type(error).__name__}). Move it away, or use another folder."
            ) from None


def _others(parts: Sequence[_AnyPart], name: str) -> Iterator[_AnyPart]:
    return (each for each in parts if each.name != name)
