"""FCPXML 1.10: what Final Cut Pro and Resolve read. The order of elements is the format's own and must stay.

Every time is a whole number of the sequence's frames: Final Cut refuses cuts beside its grid.
"""

from fractions import Fraction

from director_app.core.canvas import Canvas
from director_app.post.timelines.markup import Element, Value, child, document
from director_app.post.timelines.model import Clip, Gap, Media, Timeline, Track
from director_app.post.timelines.timecode import drops_frames

_NAMED = {1080: 1920, 720: 1280}
"""Height -> width of the sizes for which Final Cut has names."""


def fcpxml_text(timeline: Timeline) -> str:
    """The document."""
    root = Element("fcpxml", version="1.10")
    resources = child(root, "resources")
    _format(resources, timeline.canvas)
    for media in timeline.media:
        _asset(resources, media, timeline.canvas.fps)
    event = child(child(root, "library"), "event", name=timeline.title)
    sequence = child(
        child(event, "project", name=timeline.title),
        "sequence",
        format="format",
        duration=_time(timeline.length, timeline.canvas.fps),
        tcStart="0s",
        tcFormat=_counting(timeline.canvas.fps),
        audioLayout="stereo",
        audioRate="48k",
    )
    _spine(child(sequence, "spine"), timeline)
    return document(root, "<!DOCTYPE fcpxml>")


def _time(frames: int, fps: Fraction) -> str:
    return f"{frames * fps.denominator}/{fps.numerator}s" if frames else "0s"


def _counting(fps: Fraction) -> str:
    return "DF" if drops_frames(fps) else "NDF"


def _format(resources: Element, canvas: Canvas) -> None:
    named = {}
    if _NAMED.get(canvas.height) == canvas.width:
        rate = f"{float(canvas.fps):.2f}".removesuffix(".00").replace(".", "")
        named["name"] = f"FFVideoFormat{canvas.height}p{rate}"
    child(
        resources,
        "format",
        id="format",
        **named,
        frameDuration=_time(1, canvas.fps),
        width=canvas.width,
        height=canvas.height,
    )


def _asset(resources: Element, media: Media, fps: Fraction) -> None:
    pictures: dict[str, Value] = (
        {} if media.camera is None else {"hasVideo": 1, "format": "format", "videoSources": 1}
    )
    asset = child(
        resources,
        "asset",
        id=media.id,
        name=media.label,
        start="0s",
        duration=_time(media.frames, fps),
        **pictures,
        hasAudio=1,
        audioSources=1,
        audioChannels=sum(media.channels),
        audioRate=48000,
    )
    child(asset, "media-rep", kind="original-media", src=media.url)


def _spine(spine: Element, timeline: Timeline) -> None:
    fps = timeline.canvas.fps
    items = list(timeline.program.items()) or [Gap(0, timeline.length)]
    for item in items:
        if isinstance(item, Gap):
            made = child(spine, "gap", name="Gap", offset=_time(item.record, fps), start="0s")
            made.set("duration", _time(item.length, fps))
        else:
            made = _clip(spine, item, item.record, fps, audioRole="dialogue")
        if item is items[0]:
            _connected(made, _start(item), timeline)
        _markers(made, item, timeline)
        if isinstance(item, Clip):
            _heard(made, item.media)


def _start(item: Clip | Gap) -> int:
    """The item's own time at its first frame, by which everything within it counts."""
    return item.source if isinstance(item, Clip) else 0


def _clip(parent: Element, clip: Clip, offset: int, fps: Fraction, **more: Value) -> Element:
    pictures = {} if clip.media.camera is None else {"format": "format"}
    return child(
        parent,
        "asset-clip",
        ref=clip.media.id,
        offset=_time(offset, fps),
        name=clip.media.label,
        start=_time(clip.source, fps),
        duration=_time(clip.length, fps),
        **pictures,
        tcFormat=_counting(fps),
        **more,
    )


def _connected(first: Element, start: int, timeline: Timeline) -> None:
    """Angles above and microphones below, all of them switched off. Connected clips count by their parent's time."""

    def lane(number: int, track: Track, **more: Value) -> None:
        for clip in track.clips:
            _clip(first, clip, start + clip.record, timeline.canvas.fps, lane=number, enabled=0, **more)

    for number, angle in enumerate(timeline.angles, 1):
        lane(number, angle, srcEnable="video")
    for number, microphone in enumerate(timeline.microphones, 1):
        lane(-number, microphone, audioRole="dialogue")


def _markers(parent: Element, item: Clip | Gap, timeline: Timeline) -> None:
    fps = timeline.canvas.fps
    for marker in timeline.markers_in(item):
        start = _start(item) + marker.frame - item.record
        made = child(parent, "marker", start=_time(start, fps), duration=_time(1, fps), value=marker.name)
        if marker.comment:
            made.set("note", marker.comment)


def _heard(clip: Element, media: Media) -> None:
    """The mix, and not the camera's own microphones beside it."""
    mix, *others = media.channels
    channel = mix + 1
    if others:
        child(clip, "audio-channel-source", srcCh=", ".join(map(str, range(1, channel))), role="dialogue")
    for channels in others:
        numbers = ", ".join(map(str, range(channel, channel + channels)))
        child(clip, "audio-channel-source", srcCh=numbers, role="dialogue", enabled=0)
        channel += channels
