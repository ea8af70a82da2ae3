"""The formats there are, and how a timeline becomes a file of one of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from director_app.post.timelines.edl import edl_text
from director_app.post.timelines.fcp7 import fcp7_text
from director_app.post.timelines.fcpxml import fcpxml_text
from director_app.post.timelines.kdenlive import kdenlive_text
from director_app.post.timelines.model import Timeline
from director_app.post.timelines.otio import otio_text
from director_app.post.timelines.seal import sealed
from director_app.session.atomic import write_atomically


class Format(StrEnum):
    """By the names that people type."""

    OTIO = "otio"
    EDL = "edl"
    FCP7 = "fcp7"
    FCPXML = "fcpxml"
    KDENLIVE = "kdenlive"


@dataclass(frozen=True, slots=True)
class _Form:
    ending: str
    text: Callable[[Timeline], str]


_FORMS: Mapping[Format, _Form] = {
    Format.OTIO: _Form("otio", otio_text),
    Format.EDL: _Form("edl", edl_text),
    Format.FCP7: _Form("xml", fcp7_text),
    Format.FCPXML: _Form("fcpxml", fcpxml_text),
    Format.KDENLIVE: _Form("kdenlive", kdenlive_text),
}


def file_name(form: Format) -> str:
    """Under which an export finds it again: timeline.otio."""
    return f"timeline.{_FORMS[form].ending}"


def timeline_text(timeline: Timeline, form: Format) -> str:
    """The whole file, sealed; the same for the same timeline."""
    return sealed(_FORMS[form].text(timeline))


def write_timeline(timeline: Timeline, form: Format, path: Path) -> None:
    """Replaces the file, whole or not at all; media are named as seen from its folder. Raises OSError."""
    write_atomically(path, timeline_text(timeline, form))
