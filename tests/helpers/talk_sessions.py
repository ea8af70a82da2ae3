"""Sessions of talk without pictures: real microphone files, and the log of a show that had heard them.

For those who read a session's sound and log only, and cannot wait for as long as a show lasts.
"""

import shutil
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from director_app.core.sources import SourceState
from director_app.core.speaking import Speaking
from director_app.engine.manifests import closed_manifest, opening_manifest
from director_app.media.encoder import EncoderSettings
from director_app.post.cutting import DryShow, PlacedCut, ProgramSettings, cuts_of_a_show, heard_in
from director_app.post.microphone_files import open_microphone_files
from director_app.session.event_log import EventRecord, append_events
from director_app.session.manifest import FileRole, SessionState, write_manifest
from director_app.session.show_file import parse_show
from tests.helpers.shows import tables


def talk_session(
    sessions: Path, sounds: Sequence[Path], delay_s: float = 1.0, more: Sequence[EventRecord] = ()
) -> Path:
    """A closed session of a camera and a microphone for each sound (FLAC), and a wide camera; nobody touched a key.

    more: further lines of its log, with t_s.
    """
    folder = sessions / str(uuid.uuid4())
    folder.mkdir(parents=True)
    content: dict[str, Any] = tables(len(sounds), delay_s)
    content["camera"].append({"id": "wide", "label": "Wide", "kind": "synthetic", "wide": True})
    show = parse_show(content, "this test")
    settings = EncoderSettings(show.canvas.canvas())
    program = ProgramSettings(delay_s, None, settings.canvas, settings.period_slots)
    cast = show.cast()
    dry = DryShow(cast, show.directing.rules(), program)
    manifest = opening_manifest(folder, show, settings, dry.opening, cuts_of_a_show(settings.canvas, delay_s))
    names = [part.name for part in manifest.files if part.role is FileRole.MICROPHONE]
    for name, sound in zip(names, sounds, strict=True):
        shutil.copy(sound, folder / name)
    speaking, lines, end_s = Speaking(), [], 0.0
    with open_microphone_files([folder / name for name in names]) as files:
        for heard in heard_in(files.ticks(), [microphone.id for microphone in cast.microphones]):
            dry.follow(heard)
            lines += [
                _line(each.at_s, "speaking_start" if each.speaks else "speaking_stop", microphone=each.microphone)
                for each in speaking.hear(heard)
            ]
            end_s = heard.t_s
    slots = settings.canvas.slot_at(end_s)
    states = {camera.id: SourceState.OK for camera in cast.cameras}
    lines += [_line(0.0, "record_start", opening=dry.opening, states=states), *map(_cut, dry.placed), *more]
    lines.append(_line(settings.canvas.slot_time_s(slots), "record_stop"))
    append_events(folder, sorted(lines, key=lambda line: float(line["t_s"])))
    write_manifest(folder, closed_manifest(manifest, slots, {}, {}, SessionState.CLOSED))
    return folder


def _line(t_s: float, kind: str, **fields: Any) -> EventRecord:
    return {"t_s": round(t_s, 4), "type": kind, **fields}


def _cut(placed: PlacedCut) -> EventRecord:
    """As the director writes it, without what only people read."""
    cut = placed.cut
    return _line(cut.at_s, "switch", to=cut.target, slot=placed.slot, cause=cut.cause, reason=cut.reason)
