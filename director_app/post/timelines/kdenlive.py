"""Kdenlive projects, which `melt` plays, too: sound tracks below, the program's pictures on top.

Times are whole frames, never clock times, which MLT would round at 29.97.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from math import gcd
from zlib import crc32

from director_app.core.canvas import Canvas
from director_app.post.timelines.markup import Element, Value, child, document
from director_app.post.timelines.model import Clip, MarkerKind, Media, Timeline, Track

_VERSION = "1.04"
"""Of the project format: Kdenlive from 21.12 on reads it as its own."""

_ADDED_BY_KDENLIVE = 237

_CATEGORY = {
    MarkerKind.CUT: 0,
    MarkerKind.TAKE: 1,
    MarkerKind.MARKER: 2,
    MarkerKind.TROUBLE: 3,
    MarkerKind.WRONG: 4,
}
"""Where several marks lie on one frame, of which Kdenlive keeps one guide, the last of these gives its colour."""


class _Part(StrEnum):
    """What of a file a track plays; the words stand in names of producers."""

    PICTURE = "picture"
    SOUND = "sound"


class _Hide(StrEnum):
    """What of a track is not played, in MLT's words."""

    PICTURE = "video"
    SOUND = "audio"
    ALL = "both"


@dataclass(frozen=True, slots=True)
class _Lane:
    """A track of the project."""

    track: Track
    part: _Part
    hide: _Hide


def kdenlive_text(timeline: Timeline) -> str:
    """The document."""
    lanes = _lanes(timeline)
    root = Element("mlt", LC_NUMERIC="C", producer="main_bin", version="7.0.0")
    _profile(root, timeline)
    for number, media in enumerate(timeline.media):
        _producer(root, media, number, media.id)
    _bin(root, timeline, lanes)
    _black(root, timeline.length)
    for part in _Part:
        used = {clip.media for lane in lanes if lane.part is part for clip in lane.track.clips}
        for number, media in enumerate(timeline.media):
            if media in used:
                made = _producer(root, media, number, f"{media.id}_{part}")
                _set(made, "set.test_audio" if part is _Part.PICTURE else "set.test_image", 1)
    for number, lane in enumerate(lanes):
        _lane(root, timeline, lane, number)
    _stack(root, timeline, lanes)
    return document(root)


def _lanes(timeline: Timeline) -> Sequence[_Lane]:
    """From the bottom up."""
    return [
        *(_Lane(each, _Part.SOUND, _Hide.ALL) for each in reversed(timeline.microphones)),
        _Lane(timeline.program, _Part.SOUND, _Hide.PICTURE),
        *(_Lane(each, _Part.PICTURE, _Hide.ALL) for each in reversed(timeline.angles)),
        _Lane(timeline.program, _Part.PICTURE, _Hide.SOUND),
    ]


def _set(element: Element, name: str, value: Value) -> None:
    child(element, "property", value, name=name)


def _profile(root: Element, timeline: Timeline) -> None:
    canvas = timeline.canvas
    common = gcd(canvas.width, canvas.height)
    child(
        root,
        "profile",
        description=f"{canvas.width}x{canvas.height} {float(canvas.fps):.2f} fps",
        width=canvas.width,
        height=canvas.height,
        progressive=1,
        sample_aspect_num=1,
        sample_aspect_den=1,
        display_aspect_num=canvas.width // common,
        display_aspect_den=canvas.height // common,
        frame_rate_num=canvas.fps.numerator,
        frame_rate_den=canvas.fps.denominator,
        colorspace=_colour_space(canvas),
    )


def _colour_space(canvas: Canvas) -> int:
    return 709 if canvas.height >= 720 else 601


def _producer(root: Element, media: Media, number: int, producer: str) -> Element:
    """number: of the file, from 0. Files of the bin count from 2 in Kdenlive."""
    made = child(root, "producer", id=producer, in_=0, out=media.frames - 1)
    sound, picture = (1, 0) if media.camera is not None else (0, -1)
    for name, value in (
        ("length", media.frames),
        ("eof", "pause"),
        ("resource", media.path),
        ("mlt_service", "avformat"),
        ("seekable", 1),
        ("audio_index", sound),
        ("video_index", picture),
        ("kdenlive:id", number + 2),
        ("kdenlive:clipname", media.label),
        ("kdenlive:folderid", -1),
        ("kdenlive:clip_type", 0 if media.camera is not None else 1),
    ):
        _set(made, name, value)
    return made


def _bin(root: Element, timeline: Timeline, lanes: Sequence[_Lane]) -> None:
    made = child(root, "playlist", id="main_bin")
    for name, value in (
        ("version", _VERSION),
        ("documentid", crc32(timeline.session.encode())),
        ("activeTrack", len(lanes) - 1),
        ("guides", json.dumps(list(_guides(timeline)), ensure_ascii=False)),
        ("groups", json.dumps(list(_groups(timeline)), ensure_ascii=False)),
    ):
        _set(made, f"kdenlive:docproperties.{name}", value)
    _set(made, "xml_retain", 1)
    for media in timeline.media:
        child(made, "entry", producer=media.id, in_=0, out=media.frames - 1)


def _guides(timeline: Timeline) -> Iterator[dict[str, Value]]:
    for frame, marks in groupby(timeline.markers, key=lambda marker: marker.frame):
        found = list(marks)
        kind = max(_CATEGORY[mark.kind] for mark in found)
        yield {"comment": " / ".join(mark.text for mark in found), "pos": frame, "type": kind}


def _groups(timeline: Timeline) -> Iterator[dict[str, object]]:
    """Picture and sound of a shot, so that they move as one. Kdenlive counts tracks from the lowest, from 0."""
    sound, picture = len(timeline.microphones), len(timeline.microphones) + 1 + len(timeline.angles)
    for clip in timeline.program.clips:
        leaves = [{"data": f"{track}:{clip.record}", "leaf": "clip", "type": "Leaf"} for track in (picture, sound)]
        yield {"children": leaves, "type": "AVSplit"}


def _black(root: Element, length: int) -> None:
    made = child(root, "producer", id="black_track", in_=0, out=length - 1)
    for name, value in (
        ("length", length),
        ("eof", "pause"),
        ("resource", "black"),
        ("mlt_service", "color"),
        ("mlt_image_format", "rgba"),
        ("set.test_audio", 0),
    ):
        _set(made, name, value)


def _lane(root: Element, timeline: Timeline, lane: _Lane, number: int) -> None:
    """A track is a tractor of two playlists: the second holds what overlaps in mixes."""
    ids = {media: position + 2 for position, media in enumerate(timeline.media)}
    filled, spare = (child(root, "playlist", id=f"playlist_{number}_{each}") for each in ("clips", "mixes"))
    made = child(root, "tractor", id=f"track_{number}", in_=0, out=timeline.length - 1)
    for element in (filled, spare, made):
        if lane.part is _Part.SOUND:
            _set(element, "kdenlive:audio_track", 1)
    _set(made, "kdenlive:track_name", lane.track.name)
    _set(made, "kdenlive:timeline_active", 1)
    for playlist in (filled, spare):
        child(made, "track", hide=lane.hide, producer=playlist.get("id") or "")
    for item in lane.track.items():
        if isinstance(item, Clip):
            producer = f"{item.media.id}_{lane.part}"
            entry = child(filled, "entry", producer=producer, in_=item.source, out=item.source_end - 1)
            _set(entry, "kdenlive:id", ids[item.media])
        else:
            child(filled, "blank", length=item.length)


def _stack(root: Element, timeline: Timeline, lanes: Sequence[_Lane]) -> None:
    """The project's tracks one over another, and how they become one picture and one sound."""
    made = child(root, "tractor", id="timeline", in_=0, out=timeline.length - 1)
    child(made, "track", producer="black_track")
    for number, lane in enumerate(lanes):
        track = child(made, "track", producer=f"track_{number}")
        if lane.hide is _Hide.ALL:
            track.set("hide", lane.hide)
    for number, lane in enumerate(lanes, 1):
        transition = child(made, "transition", id=f"transition_{number}")
        for name, value in _transition(lane.part):
            _set(transition, name, value)
        _set(transition, "a_track", 0)
        _set(transition, "b_track", number)
        _set(transition, "internal_added", _ADDED_BY_KDENLIVE)
        _set(transition, "always_active", 1)


def _transition(part: _Part) -> Sequence[tuple[str, Value]]:
    if part is _Part.SOUND:
        return (("mlt_service", "mix"), ("kdenlive_id", "mix"), ("sum", 1), ("accepts_blanks", 1))
    return (("mlt_service", "qtblend"), ("kdenlive_id", "qtblend"), ("compositing", 0), ("distort", 0))
