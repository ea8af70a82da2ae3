"""What each format says of a film, read plainly by nothing that wrote it: a row for every shot of the program."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

import opentimelineio as otio

from director_app.post.timelines.formats import Format

Row = tuple[str, int, int, int]
"""File, first frame in the film, first frame in the file, length."""


def edl_rows(text: str, fps: Fraction) -> list[Row]:
    """Timecode is turned back into frames by OpenTimelineIO."""
    assert all(line.endswith("\r") for line in text.split("\n")[:-1])
    found: list[Row] = []
    times: list[int] = []
    for line in text.split("\r\n"):
        if re.match(r"\d{3,}  ", line):
            reel, channels, cut, *codes = line.split()[1:]
            assert len(reel) <= 8 and (channels, cut) == ("AA/V", "C")
            times = [otio.opentime.from_timecode(code, float(fps)).to_frames() for code in codes]
        elif line.startswith("* FROM CLIP NAME: "):
            first, end, record, record_end = times
            assert end - first == record_end - record
            found.append((line.removeprefix("* FROM CLIP NAME: "), record, first, end - first))
    return found


def fcp7_rows(text: str, fps: Fraction) -> list[Row]:
    """Of the one picture track that is switched on."""
    root = ET.fromstring(text)
    files = {
        each.get("id"): each.findtext("name") or "" for each in root.iter("file") if each.find("name") is not None
    }
    (track,) = (each for each in root.findall(".//video/track") if each.findtext("enabled") == "TRUE")
    return [_fcp7_row(item, files) for item in track.findall("clipitem")]


def _fcp7_row(item: ET.Element, files: Mapping[str | None, str]) -> Row:
    start, end, first, out = (int(item.findtext(tag) or "") for tag in ("start", "end", "in", "out"))
    file = item.find("file")
    assert file is not None and end - start == out - first
    return files[file.get("id")], start, first, end - start


def fcpxml_rows(text: str, fps: Fraction) -> list[Row]:
    """Of the primary storyline; every time must lie on the grid of frames."""
    root = ET.fromstring(text)
    names = {each.get("id"): each[0].get("src") or "" for each in root.iter("asset")}
    (spine,) = root.iter("spine")

    def frames(clip: ET.Element, name: str) -> int:
        value = Fraction((clip.get(name) or "").removesuffix("s")) * fps
        assert value.denominator == 1
        return int(value)

    return [
        (names[clip.get("ref")], frames(clip, "offset"), frames(clip, "start"), frames(clip, "duration"))
        for clip in spine.findall("asset-clip")
    ]


def kdenlive_rows(text: str, fps: Fraction) -> list[Row]:
    """Of the topmost track, whose pictures must not be hidden."""
    root = ET.fromstring(text)
    by_id = {each.get("id"): each for each in root if each.get("id")}
    timeline = by_id["timeline"]
    tracks = [by_id[each.get("producer")] for each in timeline.findall("track")]
    top = tracks[-1].findall("track")
    assert [each.get("hide") for each in top] == ["audio", "audio"] and timeline.findall("track")[-1].get(
        "hide"
    ) is None
    return list(_playlist_rows(by_id[top[0].get("producer")], by_id))


def _playlist_rows(playlist: ET.Element, by_id: Mapping[str | None, ET.Element]) -> Iterator[Row]:
    at = 0
    for item in playlist:
        if item.tag == "blank":
            at += int(item.get("length") or "")
        elif item.tag == "entry":
            first, last = int(item.get("in") or ""), int(item.get("out") or "")
            producer = by_id[item.get("producer")]
            (name,) = (each.text for each in producer if each.get("name") == "resource")
            yield name or "", at, first, last - first + 1
            at += last - first + 1


def otio_rows(text: str, fps: Fraction) -> list[Row]:
    """Of the one picture track that is switched on."""
    document = otio.core.deserialize_json_from_string(text)
    (track,) = (each for each in document.video_tracks() if each.enabled)
    assert all(each.source_range.start_time.rate == float(fps) for each in track.find_clips())
    return [
        (
            clip.media_reference.target_url,
            clip.range_in_parent().start_time.to_frames(),
            clip.source_range.start_time.to_frames(),
            clip.source_range.duration.to_frames(),
        )
        for clip in track.find_clips()
    ]


READERS: Mapping[Format, Callable[[str, Fraction], list[Row]]] = {
    Format.OTIO: otio_rows,
    Format.EDL: edl_rows,
    Format.FCP7: fcp7_rows,
    Format.FCPXML: fcpxml_rows,
    Format.KDENLIVE: kdenlive_rows,
}
