"""Final Cut Pro 7 XML (xmeml 5): what Premiere and Resolve read.

Pictures are stacked from the bottom, so that the program lies on top: where a reader forgets that the angles are
switched off, it still shows the right one.
"""

from dataclasses import dataclass

from director_app.core.canvas import SAMPLE_RATE
from director_app.post.timelines.markup import Element, child, document
from director_app.post.timelines.model import Clip, Media, Timeline, Track
from director_app.post.timelines.timecode import drops_frames, is_pulled_down, smpte, timebase

_MIX_SIDES = (1, 2)
"""Channels of a file that are the program's sound; a track of this format holds one."""


def fcp7_text(timeline: Timeline) -> str:
    """The document."""
    root = Element("xmeml", version="5")
    _Writer(timeline).sequence(root)
    return document(root, "<!DOCTYPE xmeml>")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a clip item stands, for those that belong to it. Tracks and clips count from 1."""

    id: str
    kind: str
    track: int
    clip: int


class _Writer:
    """Writes every file in full where it is first used, and by its id from then on."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._fps = timeline.canvas.fps
        self._told: set[str] = set()

    def sequence(self, root: Element) -> None:
        """All of it."""
        timeline = self._timeline
        sequence = child(root, "sequence", id="sequence-1")
        child(sequence, "name", timeline.title)
        child(sequence, "duration", timeline.length)
        self._rate(sequence)
        self._timecode(sequence)
        media = child(sequence, "media")
        self._video(child(media, "video"))
        self._audio(child(media, "audio"))
        for marker in timeline.markers:
            made = child(sequence, "marker")
            child(made, "comment", marker.comment)
            child(made, "name", marker.name)
            child(made, "in", marker.frame)
            child(made, "out", -1)

    def _video(self, video: Element) -> None:
        canvas = self._timeline.canvas
        self._picture(child(child(video, "format"), "samplecharacteristics"), canvas.width, canvas.height)
        for number, angle in enumerate(self._timeline.angles, 1):
            track = child(video, "track")
            for index, clip in enumerate(angle.clips, 1):
                self._item(track, clip, _Place(f"angle-{number}-{index}", "video", number, index))
            self._ending(track, "FALSE")
        track = child(video, "track")
        for places, clip in zip(self._program_places(), self._timeline.program.clips, strict=True):
            self._links(self._item(track, clip, places[0]), places)
        self._ending(track, "TRUE")

    def _audio(self, audio: Element) -> None:
        child(audio, "numOutputChannels", len(_MIX_SIDES))
        form = child(child(audio, "format"), "samplecharacteristics")
        child(form, "depth", 16)
        child(form, "samplerate", SAMPLE_RATE)
        for side in _MIX_SIDES:
            track = child(audio, "track")
            for places, clip in zip(self._program_places(), self._timeline.program.clips, strict=True):
                self._links(self._item(track, clip, places[side], side), places)
            self._ending(track, "TRUE")
            child(track, "outputchannelindex", side)
        for number, microphone in enumerate(self._timeline.microphones, 1):
            self._microphone(child(audio, "track"), microphone, number)

    def _microphone(self, track: Element, microphone: Track, number: int) -> None:
        for index, clip in enumerate(microphone.clips, 1):
            place = _Place(f"microphone-{number}-{index}", "audio", len(_MIX_SIDES) + number, index)
            self._item(track, clip, place, channel=1)
        self._ending(track, "FALSE")
        child(track, "outputchannelindex", 1)

    def _program_places(self) -> list[tuple[_Place, ...]]:
        """For each clip of the program: its picture, and both sides of its sound."""
        on_top = len(self._timeline.angles) + 1
        return [
            (
                _Place(f"program-{index}", "video", on_top, index),
                *(_Place(f"sound-{side}-{index}", "audio", side, index) for side in _MIX_SIDES),
            )
            for index in range(1, len(self._timeline.program.clips) + 1)
        ]

    def _item(self, track: Element, clip: Clip, place: _Place, channel: int | None = None) -> Element:
        item = child(track, "clipitem", id=place.id)
        child(item, "name", clip.media.label)
        child(item, "enabled", "TRUE")
        child(item, "duration", clip.media.frames)
        self._rate(item)
        child(item, "start", clip.record)
        child(item, "end", clip.record_end)
        child(item, "in", clip.source)
        child(item, "out", clip.source_end)
        self._file(item, clip.media)
        if channel is not None:
            source = child(item, "sourcetrack")
            child(source, "mediatype", place.kind)
            child(source, "trackindex", channel)
        if clip.why is not None:
            child(child(item, "comments"), "mastercomment1", clip.why.reason)
        return item

    def _links(self, item: Element, places: tuple[_Place, ...]) -> None:
        for place in places:
            link = child(item, "link")
            child(link, "linkclipref", place.id)
            child(link, "mediatype", place.kind)
            child(link, "trackindex", place.track)
            child(link, "clipindex", place.clip)

    def _file(self, item: Element, media: Media) -> None:
        made = child(item, "file", id=media.id)
        if media.id in self._told:
            return
        self._told.add(media.id)
        child(made, "name", media.name)
        child(made, "pathurl", media.url)
        self._rate(made)
        child(made, "duration", media.frames)
        self._timecode(made)
        parts = child(made, "media")
        if media.camera is not None:
            canvas = self._timeline.canvas
            self._picture(child(child(parts, "video"), "samplecharacteristics"), canvas.width, canvas.height)
        for channels in media.channels:
            sound = child(parts, "audio")
            form = child(sound, "samplecharacteristics")
            child(form, "depth", 16 if media.camera is not None else 24)
            child(form, "samplerate", SAMPLE_RATE)
            child(sound, "channelcount", channels)

    def _picture(self, form: Element, width: int, height: int) -> None:
        self._rate(form)
        child(form, "width", width)
        child(form, "height", height)
        child(form, "anamorphic", "FALSE")
        child(form, "pixelaspectratio", "square")
        child(form, "fielddominance", "none")

    def _rate(self, parent: Element) -> None:
        rate = child(parent, "rate")
        child(rate, "timebase", timebase(self._fps))
        child(rate, "ntsc", "TRUE" if is_pulled_down(self._fps) else "FALSE")

    def _timecode(self, parent: Element) -> None:
        made = child(parent, "timecode")
        self._rate(made)
        child(made, "string", smpte(0, self._fps))
        child(made, "frame", 0)
        child(made, "displayformat", "DF" if drops_frames(self._fps) else "NDF")

    @staticmethod
    def _ending(track: Element, enabled: str) -> None:
        child(track, "enabled", enabled)
        child(track, "locked", "FALSE")
