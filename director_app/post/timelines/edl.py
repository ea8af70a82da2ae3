"""CMX3600 edit decision lists: one picture track with its sound, for every editor there is.

Must hold nothing that old readers stumble over: reels of eight characters, lines that end as on teleprinters.
"""

from collections.abc import Iterator

from director_app.post.timelines.model import Clip, Marker, MarkerKind, Media, Timeline
from director_app.post.timelines.seal import BLANK
from director_app.post.timelines.timecode import drops_frames, smpte
from director_app.post.timelines.words import clean

_LONGEST_TITLE = 70

_PICTURE_AND_STEREO = "AA/V"

_COLOURS = {
    MarkerKind.CUT: "GREEN",
    MarkerKind.TAKE: "BLUE",
    MarkerKind.MARKER: "YELLOW",
    MarkerKind.WRONG: "RED",
    MarkerKind.TROUBLE: "MAGENTA",
}


def edl_text(timeline: Timeline) -> str:
    """The list. Gaps are jumps of the record time; angles and microphones have no place in this format."""
    fps = timeline.canvas.fps
    lines = [
        f"TITLE: {clean(timeline.title, _LONGEST_TITLE)}",
        f"FCM: {'DROP FRAME' if drops_frames(fps) else 'NON-DROP FRAME'}",
        "",
    ]
    names = _reels(timeline)
    for number, clip in enumerate(timeline.program.clips, 1):
        lines += _event(timeline, number, clip, names[clip.media])
    # Readers want no note before the first event.
    lines.append(f"* {BLANK}")
    return "".join(f"{line}\r\n" for line in lines)


def _reels(timeline: Timeline) -> dict[Media, str]:
    """CAM1 for the first camera, and so on."""
    return {media: f"CAM{number}" for number, media in enumerate(timeline.media, 1)}


def _event(timeline: Timeline, number: int, clip: Clip, reel: str) -> Iterator[str]:
    fps = timeline.canvas.fps
    times = (clip.source, clip.source_end, clip.record, clip.record_end)
    yield f"{number:03d}  {reel:<8} {_PICTURE_AND_STEREO:<5} C        {' '.join(smpte(each, fps) for each in times)}"
    yield f"* FROM CLIP NAME: {clip.media.name}"
    yield f"* COMMENT: {clip.media.label}" + (f": {clip.why.reason}" if clip.why and clip.why.reason else "")
    for marker in timeline.markers_in(clip):
        yield _locator(timeline, marker)


def _locator(timeline: Timeline, marker: Marker) -> str:
    return f"* LOC: {smpte(marker.frame, timeline.canvas.fps)} {_COLOURS[marker.kind]:<7} {marker.text}"
