"""OpenTimelineIO documents: everything a timeline knows, and the one format that is also read back.

Pictures are stacked from the bottom: angles that are switched off, the program on top. Markers lie on the stack,
where Resolve looks for them.
"""

import json
from collections.abc import Iterable
from typing import Any

import opentimelineio as otio

from director_app.core.canvas import Canvas
from director_app.post.timelines.model import Clip, Marker, MarkerKind, Media, Timeline, Track
from director_app.post.timelines.seal import BLANK

METADATA = "ai_director"
"""The key under which our own facts stand in metadata of any object."""

_COLOURS = {
    MarkerKind.CUT: otio.schema.MarkerColor.GREEN,
    MarkerKind.TAKE: otio.schema.MarkerColor.BLUE,
    MarkerKind.MARKER: otio.schema.MarkerColor.YELLOW,
    MarkerKind.WRONG: otio.schema.MarkerColor.RED,
    MarkerKind.TROUBLE: otio.schema.MarkerColor.ORANGE,
}


def otio_text(timeline: Timeline) -> str:
    """The document, its keys in order."""
    canvas = timeline.canvas
    facts = {
        "schema": 1,
        "session": timeline.session,
        "width": canvas.width,
        "height": canvas.height,
        "fps": [canvas.fps.numerator, canvas.fps.denominator],
        "seal": BLANK,
    }
    document = otio.schema.Timeline(timeline.title, metadata={METADATA: facts})
    writer = _Writer(timeline)
    video, audio = otio.schema.TrackKind.Video, otio.schema.TrackKind.Audio
    document.tracks.extend(
        [
            *(writer.track(each, video, enabled=False) for each in timeline.angles),
            writer.track(timeline.program, video, enabled=True),
            writer.track(Track("Mix", timeline.program.clips), audio, enabled=True),
            *(writer.track(each, audio, enabled=False) for each in timeline.microphones),
        ]
    )
    document.tracks.markers.extend(writer.marker(each) for each in timeline.markers)
    return json.dumps(json.loads(document.to_json_string()), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


class _Writer:
    """One timeline's objects."""

    def __init__(self, timeline: Timeline) -> None:
        self._session = timeline.session
        self._canvas: Canvas = timeline.canvas

    def track(self, track: Track, kind: str, *, enabled: bool) -> Any:
        """Clips and gaps, so that every clip lies where it belongs."""
        made = otio.schema.Track(track.name, kind=kind)
        made.enabled = enabled
        made.extend(self._items(track))
        return made

    def _items(self, track: Track) -> Iterable[Any]:
        for item in track.items():
            if isinstance(item, Clip):
                yield self._clip(item)
            else:
                yield otio.schema.Gap(source_range=self._range(0, item.length))

    def _clip(self, clip: Clip) -> Any:
        facts: dict[str, object] = {"session": self._session}
        if clip.why is not None:
            facts |= {"reason": clip.why.reason, "by": "producer" if clip.why.by_hand else "director"}
        return otio.schema.Clip(
            clip.media.label,
            media_reference=self._reference(clip.media),
            source_range=self._range(clip.source, clip.length),
            metadata={METADATA: facts},
        )

    def _reference(self, media: Media) -> Any:
        facts = {"session": self._session} | ({} if media.camera is None else {"camera": str(media.camera)})
        made = otio.schema.ExternalReference(media.url, self._range(0, media.frames), {METADATA: facts})
        made.name = media.name
        return made

    def marker(self, marker: Marker) -> Any:
        """One frame long; the reason is the comment."""
        return otio.schema.Marker(
            marker.name,
            self._range(marker.frame, 1),
            color=_COLOURS[marker.kind],
            metadata={METADATA: {"kind": marker.kind.value, "reason": marker.comment}},
            comment=marker.comment,
        )

    def _range(self, first: int, length: int) -> Any:
        rate = float(self._canvas.fps)
        return otio.opentime.TimeRange(
            otio.opentime.RationalTime(first, rate), otio.opentime.RationalTime(length, rate)
        )
