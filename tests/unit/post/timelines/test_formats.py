"""Every format at every rate: the same frame at every cut, whoever reads it; and names that are made to break it."""

import json
import re
import xml.etree.ElementTree as ET
from fractions import Fraction
from typing import Any

import opentimelineio as otio
import pytest

from director_app.core.edits import Edit
from director_app.post.timelines.formats import Format, timeline_text
from director_app.post.timelines.gather import live_edit, timeline_of
from director_app.post.timelines.model import Timeline
from director_app.post.timelines.seal import is_intact
from director_app.session.manifest import FileRole, Manifest
from tests.helpers.editing import film, log, rates, shortened, show, switches
from tests.helpers.timeline_readers import READERS, Row

THIRTY = Fraction(30)
XML = (Format.FCP7, Format.FCPXML, Format.KDENLIVE)


def rows_of(manifest: Manifest, edit: Edit) -> list[Row]:
    """What every reader must find."""
    return [
        (name, each.frame, each.shot.first, each.shot.end - each.shot.first)
        for each in edit.shots()
        if (part := manifest.file(FileRole.ISO, each.shot.camera)) and (name := part.name)
    ]


def small(**changes: Any) -> Timeline:
    """Thirty seconds with two cuts, a take, a wrong cut, a marker and trouble."""
    manifest = show(slots=900, **changes)
    canvas = manifest.canvas.canvas()
    events = [
        *switches(canvas, ((100, "b"), (400, "a"))),
        *log(
            canvas,
            ("manual_cut", 700, {"slot": 700, "to": "c", "reason": "Your take."}),
            ("wrong_cut", 450, {"slot": 400}),
            ("marker", 501, {"label": "Laughter"}),
            ("source_lost", 600, {"source": "b"}),
        ),
    ]
    return timeline_of(manifest, events, live_edit(manifest, events))


@pytest.mark.parametrize("form", Format)
@pytest.mark.parametrize("name", rates)
def test_the_same_frame_stands_at_every_cut(form: Format, name: str) -> None:
    fps = rates[name]
    manifest = show(fps)
    events = switches(manifest.canvas.canvas())
    edit = live_edit(manifest, events)
    text = timeline_text(timeline_of(manifest, events, edit), form)
    assert READERS[form](text, fps) == rows_of(manifest, edit)
    assert len(rows_of(manifest, edit)) == 9


@pytest.mark.parametrize("form", Format)
def test_a_film_of_parts_of_the_show_lies_gaplessly(form: Format) -> None:
    manifest = show(slots=900)
    edit = film([("a", 300, 350), ("b", 350, 500)], [("c", 0, 40)], [("b", 350, 360)])
    text = timeline_text(timeline_of(manifest, [], edit), form)
    assert READERS[form](text, THIRTY) == rows_of(manifest, edit)


@pytest.mark.parametrize("form", Format)
def test_after_a_gap_every_clip_is_where_it_was(form: Format) -> None:
    manifest = shortened(show(slots=900), "cam_2_iso.mp4", 150)
    events = switches(manifest.canvas.canvas(), ((100, "b"), (400, "a")))
    text = timeline_text(timeline_of(manifest, events, live_edit(manifest, events)), form)
    assert READERS[form](text, THIRTY) == [
        ("cam_1_iso.mp4", 0, 0, 100),
        ("cam_2_iso.mp4", 100, 100, 50),
        ("cam_1_iso.mp4", 400, 400, 500),
    ]


@pytest.mark.parametrize("form", Format)
def test_the_same_timeline_gives_the_same_text_whose_seal_breaks_with_any_change(form: Format) -> None:
    text = timeline_text(small(), form)
    assert text == timeline_text(small(), form)
    assert is_intact(text) and text.count("ai-director-seal") == 1
    assert not is_intact(text + "\n")
    assert not is_intact(text.replace("cam_2", "cam_3", 1))
    assert not is_intact("")


HOSTILE = "\x00\x1b]0;]]>\n*  LOC: 00:00:00:00 & <b> \"x\" 'y' بن 日本 \ud800\ufffe {} %s"


@pytest.mark.parametrize("form", Format)
def test_no_name_breaks_a_format(form: Format) -> None:
    base = show(slots=900)
    manifest = base.model_copy(
        update={
            "title": HOSTILE * 5,
            "cameras": tuple(each.model_copy(update={"label": HOSTILE}) for each in base.cameras),
            "microphones": tuple(each.model_copy(update={"label": HOSTILE}) for each in base.microphones),
        }
    )
    canvas = manifest.canvas.canvas()
    events = [
        *log(
            canvas, ("switch", 100, {"slot": 100, "to": "b", "reason": HOSTILE}), ("marker", 300, {"label": HOSTILE})
        ),
        *log(canvas, ("source_lost", 600, {"source": "b", "detail": HOSTILE})),
    ]
    text = timeline_text(timeline_of(manifest, events, live_edit(manifest, events)), form)
    assert READERS[form](text, THIRTY) == [("cam_1_iso.mp4", 0, 0, 100), ("cam_2_iso.mp4", 100, 100, 800)]
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe]", text)
    assert "بن 日本" in text
    assert text.encode().decode() == text


@pytest.mark.parametrize("form", XML)
def test_a_folder_of_any_name_is_found(form: Format) -> None:
    manifest = show(slots=900)
    text = timeline_text(timeline_of(manifest, [], live_edit(manifest, []), "../Gäste & <co>"), form)
    plain, address = "../Gäste & <co>/cam_1_iso.mp4", "../G%C3%A4ste%20%26%20%3Cco%3E/cam_1_iso.mp4"
    root = ET.fromstring(text)
    found = {each.text for each in root.iter()} | {each.get("src") for each in root.iter()}
    assert (plain if form is Format.KDENLIVE else address) in found


# --- what each format must have besides its cuts


def test_edl_says_how_it_counts_names_its_reels_and_places_its_marks() -> None:
    lines = timeline_text(small(), Format.EDL).split("\r\n")
    assert lines[:3] == ["TITLE: The Open Table", "FCM: NON-DROP FRAME", ""]
    assert "002  CAM2     AA/V  C        00:00:03:10 00:00:13:10 00:00:03:10 00:00:13:10" in lines
    assert "* COMMENT: 2 Ben: B has the floor at 100." in lines
    assert [line for line in lines if line.startswith("* LOC")] == [
        "* LOC: 00:00:03:10 GREEN   Cut to 2 Ben: B has the floor at 100.",
        "* LOC: 00:00:13:10 GREEN   Cut to 1 Ana: A has the floor at 400.",
        "* LOC: 00:00:13:10 RED     Wrong cut: Marked by the producer.",
        "* LOC: 00:00:16:21 YELLOW  Laughter",
        "* LOC: 00:00:20:00 MAGENTA Camera 2 Ben stopped",
        "* LOC: 00:00:23:10 BLUE    Take to 3 Wide: Your take.",
    ]


@pytest.mark.parametrize(
    ("name", "word", "code"), [("29.97", "DROP FRAME", "00:01:00;02"), ("60", "NON-DROP FRAME", "00:00:30:00")]
)
def test_edl_drops_numbers_where_the_standard_does(name: str, word: str, code: str) -> None:
    manifest = show(rates[name])
    events = switches(manifest.canvas.canvas(), ((1800, "b"),))
    text = timeline_text(timeline_of(manifest, events, live_edit(manifest, events)), Format.EDL)
    assert f"FCM: {word}\r\n" in text and code in text


def others_rows(document: Any) -> list[tuple[int, int, int]]:
    """Where each clip of the program lies, where it begins in its source, and its length, in frames."""
    track = next(each for each in reversed(document.video_tracks()) if len(each) > 1)
    return [
        (
            item.range_in_parent().start_time.to_frames(),
            item.source_range.start_time.to_frames(),
            item.duration().to_frames(),
        )
        for item in track
    ]


@pytest.mark.parametrize("name", rates)
def test_readers_of_others_find_the_same_in_edl_and_fcp7(name: str) -> None:
    fps = rates[name]
    manifest = show(fps)
    events = switches(manifest.canvas.canvas())
    made = timeline_of(manifest, events, live_edit(manifest, events))
    edl = otio.adapters.read_from_string(timeline_text(made, Format.EDL), "cmx_3600", rate=float(fps))
    fcp7 = otio.adapters.read_from_string(timeline_text(made, Format.FCP7), "fcp_xml")
    for document in (edl, fcp7):
        assert others_rows(document) == [(clip.record, clip.source, clip.length) for clip in made.program.clips]


@pytest.mark.parametrize("name", ["24", "30", "60"])
def test_a_reader_of_others_finds_the_same_in_fcpxml(name: str) -> None:
    """At the other rates this reader itself is wrong: it cuts fractions of a frame off."""
    fps = rates[name]
    manifest = show(fps)
    events = switches(manifest.canvas.canvas())
    made = timeline_of(manifest, events, live_edit(manifest, events))
    library = otio.adapters.read_from_string(timeline_text(made, Format.FCPXML), "fcpx_xml")
    (document,) = (each for each in library if isinstance(each, otio.schema.Timeline))
    assert others_rows(document) == [(clip.record, clip.source, clip.length) for clip in made.program.clips]


def test_fcp7_switches_angles_off_writes_files_once_and_ties_sound_to_its_picture() -> None:
    made = small()
    root = ET.fromstring(timeline_text(made, Format.FCP7))
    video, audio = root.findall(".//video/track"), root.findall(".//sequence/media/audio/track")
    assert [each.findtext("enabled") for each in video] == ["FALSE", "FALSE", "FALSE", "TRUE"]
    assert [each.findtext("enabled") for each in audio] == ["TRUE", "TRUE", "FALSE", "FALSE"]
    described = [each.findtext("pathurl") for each in root.iter("file") if len(each)]
    assert sorted(map(str, described)) == sorted(media.url for media in made.media)
    formats = root.findall(".//samplecharacteristics")
    assert all(
        each.find("width") is not None and each.find("rate") is not None
        for each in formats
        if each.find("depth") is None
    )
    items = {each.get("id"): each for each in root.iter("clipitem")}
    assert len(items) == len(root.findall(".//clipitem"))
    for item in [*video[-1].findall("clipitem"), *audio[0].findall("clipitem"), *audio[1].findall("clipitem")]:
        links = item.findall("link")
        tied = [items[link.findtext("linkclipref")] for link in links]
        assert [each.findtext("start") for each in tied] == [item.findtext("start")] * 3
        for link, each in zip(links, tied, strict=True):
            tracks = video if link.findtext("mediatype") == "video" else audio
            track = tracks[int(link.findtext("trackindex") or "") - 1]
            assert track.findall("clipitem")[int(link.findtext("clipindex") or "") - 1] is each
    marks = root.findall(".//sequence/marker")
    assert [(each.findtext("in"), each.findtext("out")) for each in marks][:2] == [("100", "-1"), ("400", "-1")]
    assert marks[0].findtext("comment") == "B has the floor at 100."


@pytest.mark.parametrize(
    ("name", "base", "ntsc", "form"),
    [
        ("23.976", "24", "TRUE", "NDF"),
        ("25", "25", "FALSE", "NDF"),
        ("29.97", "30", "TRUE", "DF"),
        ("59.94", "60", "TRUE", "DF"),
    ],
)
def test_fcp7_names_rates_by_timebase_and_ntsc(name: str, base: str, ntsc: str, form: str) -> None:
    manifest = show(rates[name])
    root = ET.fromstring(timeline_text(timeline_of(manifest, [], live_edit(manifest, [])), Format.FCP7))
    assert {each.findtext("timebase") for each in root.iter("rate")} == {base}
    assert {each.findtext("ntsc") for each in root.iter("rate")} == {ntsc}
    assert {each.findtext("displayformat") for each in root.iter("timecode")} == {form}


ORDER = {
    "fcpxml": "resources library ",
    "resources": "format (asset )+",
    "asset": "media-rep ",
    "library": "event ",
    "event": "project ",
    "project": "sequence ",
    "sequence": "spine ",
    "spine": "((asset-clip|gap) )+",
    "asset-clip": "(asset-clip )*(marker )*(audio-channel-source )*",
    "gap": "(asset-clip )*(marker )*",
}
"""Of children, as far as they are used here; an element that is not named has none."""

NEEDED = {
    "fcpxml": {"version"},
    "format": {"id", "frameDuration", "width", "height"},
    "asset": {"id", "start", "duration", "hasAudio"},
    "media-rep": {"src"},
    "sequence": {"format", "duration"},
    "asset-clip": {"ref", "offset", "duration", "start"},
    "gap": {"offset", "duration"},
    "marker": {"start", "value"},
    "audio-channel-source": {"srcCh"},
}
ALLOWED = {
    "format": {"name"},
    "asset": {"name", "hasVideo", "format", "videoSources", "audioSources", "audioChannels", "audioRate"},
    "media-rep": {"kind"},
    "event": {"name"},
    "project": {"name"},
    "sequence": {"tcStart", "tcFormat", "audioLayout", "audioRate"},
    "asset-clip": {"name", "format", "tcFormat", "audioRole", "lane", "enabled", "srcEnable"},
    "gap": {"name", "start"},
    "marker": {"duration", "note"},
    "audio-channel-source": {"role", "enabled"},
}


@pytest.mark.parametrize(
    "manifest", [show(slots=900), shortened(show(slots=900), "cam_1_iso.mp4", 0)], ids=["whole", "gap"]
)
def test_fcpxml_has_its_elements_in_order_and_all_attributes_it_needs(manifest: Manifest) -> None:
    events = [
        *switches(manifest.canvas.canvas(), ((100, "b"), (400, "c"))),
        *log(manifest.canvas.canvas(), ("marker", 30, {})),
    ]
    text = timeline_text(timeline_of(manifest, events, live_edit(manifest, events)), Format.FCPXML)
    root = ET.fromstring(text)
    assert text.splitlines()[1] == "<!DOCTYPE fcpxml>" and root.get("version") == "1.10"
    for each in root.iter():
        children = "".join(f"{one.tag} " for one in each)
        assert re.fullmatch(ORDER.get(each.tag, ""), children), each.tag
        needed, there = NEEDED.get(each.tag, set()), set(each.keys())
        assert needed <= there <= needed | ALLOWED.get(each.tag, set()), each.tag
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    refs = {each.get("ref") or each.get("format") for each in root.iter() if each.get("ref") or each.get("format")}
    assert len(ids) == len(set(ids)) and refs <= set(ids)


def test_fcpxml_keeps_angles_and_microphones_off_and_marks_within_their_clips() -> None:
    root = ET.fromstring(timeline_text(small(), Format.FCPXML))
    (spine,) = root.iter("spine")
    connected = [each for each in root.iter("asset-clip") if each.get("lane")]
    assert [(each.get("lane"), each.get("enabled")) for each in connected] == [
        (lane, "0") for lane in ("1", "2", "3", "-1", "-2")
    ]
    marks = [
        (mark.get("start"), mark.get("value"), mark.get("note")) for clip in spine for mark in clip.iter("marker")
    ]
    assert marks[0] == ("100/30s", "Cut to 2 Ben", "B has the floor at 100.") and len(marks) == 6
    channels = [(each.get("srcCh"), each.get("enabled")) for each in spine[0].findall("audio-channel-source")]
    assert channels == [("1, 2", None), ("3", "0")]


def test_fcpxml_connects_angles_of_a_later_part_by_the_time_of_the_first_clip() -> None:
    manifest = show(slots=900)
    edit = film([("a", 300, 350)], [("c", 10, 40)])
    root = ET.fromstring(timeline_text(timeline_of(manifest, [], edit), Format.FCPXML))
    second = [(each.get("offset"), each.get("start")) for each in root.iter("asset-clip") if each.get("lane") == "2"]
    assert second == [("300/30s", "300/30s"), ("350/30s", "10/30s")]


def test_kdenlive_hides_angles_mutes_microphones_and_keeps_one_guide_a_frame() -> None:
    made = small()
    root = ET.fromstring(timeline_text(made, Format.KDENLIVE))
    by_id = {each.get("id"): each for each in root}
    hidden = [by_id[each.get("producer")][-1].get("hide") for each in by_id["timeline"].findall("track")[1:]]
    assert hidden == ["both", "both", "video", "both", "both", "both", "audio"]
    properties = {each.get("name"): each.text or "" for each in by_id["main_bin"].findall("property")}
    guides = json.loads(properties["kdenlive:docproperties.guides"])
    assert [each["pos"] for each in guides] == [100, 400, 501, 600, 700]
    assert guides[1]["comment"] == "Cut to 1 Ana: A has the floor at 400. / Wrong cut: Marked by the producer."
    groups = json.loads(properties["kdenlive:docproperties.groups"])
    assert [leaf["data"] for leaf in groups[1]["children"]] == ["6:100", "2:100"] and len(groups) == 4
    used = {each.get("producer") for each in root.iter("entry")} | {
        each.get("producer") for each in root.iter("track")
    }
    assert used <= set(by_id)


def test_otio_has_angles_and_microphones_off_and_reasons_in_marks_and_clips() -> None:
    document = otio.core.deserialize_json_from_string(timeline_text(small(), Format.OTIO))
    tracks = [(each.name, each.kind, each.enabled) for each in document.tracks]
    assert tracks == [
        ("1 Ana", "Video", False),
        ("2 Ben", "Video", False),
        ("3 Wide", "Video", False),
        ("Program", "Video", True),
        ("Mix", "Audio", True),
        ("Ana", "Audio", False),
        ("Ben", "Audio", False),
    ]
    mark = document.tracks.markers[0]
    assert (mark.name, mark.comment, mark.marked_range.start_time.to_frames()) == (
        "Cut to 2 Ben",
        "B has the floor at 100.",
        100,
    )
    take = list(document.tracks[3])[-1]
    assert dict(take.metadata["ai_director"])["by"] == "producer"
    assert take.metadata["ai_director"]["reason"] == "Your take."
    assert not otio.adapters.read_from_string(timeline_text(small(), Format.OTIO), "otio_json").find_children(
        descended_from_type=otio.schema.Gap
    )
