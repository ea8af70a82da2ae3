"""Opens an .otio file that anybody may have written: what would take the library down never reaches it.

The library reads nested objects by recursion, without a limit, and follows references in circles.
"""

import json
from pathlib import Path
from typing import Any

import opentimelineio as otio

from director_app.post.timelines.errors import TimelineError

MOST_BYTES = 50_000_000
"""An eight-hour show with twenty cuts a minute takes 35 MB."""

_DEEPEST = 64
"""Objects within objects; ours go 9 deep, with other programs' notes perhaps 20."""

_REFERENCE = "SerializableObjectRef"

_UNREADABLE = (
    otio.exceptions.OTIOError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What the library raises for documents that are not as they should be."""


def open_document(path: Path) -> Any:
    """An opentimelineio.schema.Timeline with tracks. Raises TimelineError, for whatever the file may hold."""
    text = _text(path)
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise TimelineError(f"{path} is no OpenTimelineIO file: it is not the JSON that one consists of.") from None
    schema = content.get("OTIO_SCHEMA") if isinstance(content, dict) else None
    if not str(schema).startswith("Timeline."):
        raise TimelineError(f"{path} holds no timeline. Export the edited timeline itself as .otio from your editor.")
    _check_shape(path, content)
    try:
        document = otio.core.deserialize_json_from_string(text)
        if not isinstance(document, otio.schema.Timeline) or document.tracks is None:
            raise TypeError("no timeline with tracks")
    except _UNREADABLE as error:
        what = " ".join(str(error).split())[:200]
        raise TimelineError(f"{path} is a damaged OpenTimelineIO file, or of a newer version: {what}.") from None
    return document


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise TimelineError(f"{path} cannot be read: {error.strerror or error}.") from None
    except ValueError:  # a job may name anything
        raise TimelineError(f"{str(path)!r} is no name of a file.") from None
    if len(data) > MOST_BYTES:
        raise TimelineError(f"{path} is larger than {MOST_BYTES // 1_000_000} MB; no timeline of a show is.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TimelineError(f"{path} is no OpenTimelineIO file: it is no text.") from None


def _check_shape(path: Path, content: object) -> None:
    """Without recursion."""
    level = [content]
    for _ in range(_DEEPEST):
        below: list[object] = []
        for each in level:
            if isinstance(each, dict):
                if str(each.get("OTIO_SCHEMA")).startswith(_REFERENCE):
                    raise TimelineError(
                        f"{path} uses one object in two places, which is not read here. Export it anew."
                    )
                below += each.values()
            elif isinstance(each, list):
                below += each
        level = below
        if not level:
            return
    raise TimelineError(f"{path} is nested more than {_DEEPEST} deep; no timeline of a show is.")
