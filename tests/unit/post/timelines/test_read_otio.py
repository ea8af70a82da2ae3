"""An edited .otio becomes an edit: what a person may do comes back as done, all else is refused with its place."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest

from director_app.core.edits import Edit
from director_app.post.timelines.errors import TimelineError
from director_app.post.timelines.formats import Format, write_timeline
from director_app.post.timelines.gather import live_edit, timeline_of
from director_app.post.timelines.read_otio import read_otio
from director_app.session.manifest import Manifest
from tests.helpers.editing import film, rates, show, switches

SHOW = show(slots=900)
CUTS = ((100, "b"), (400, "a"))
EVENTS = switches(SHOW.canvas.canvas(), CUTS)

RationalTime, TimeRange = otio.opentime.RationalTime, otio.opentime.TimeRange
schema = otio.schema

Change = Callable[[Any], None]
"""What a person does: is given the document as opentimelineio has read it."""


def written(folder: Path, edit: Edit | None = None, manifest: Manifest = SHOW) -> Path:
    path = folder / "edited.otio"
    write_timeline(timeline_of(manifest, EVENTS, edit or live_edit(manifest, EVENTS)), Format.OTIO, path)
    return path


def changed(folder: Path, change: Change) -> Path:
    """The live cut after somebody has worked on it."""
    path = written(folder)
    document = otio.core.deserialize_json_from_file(str(path))
    change(document)
    assert otio.core.serialize_json_to_file(document, str(path))
    return path


def span(first: float, length: float, rate: float = 30.0) -> Any:
    return TimeRange(RationalTime(first, rate), RationalTime(length, rate))


def program(document: Any) -> Any:
    return next(each for each in document.tracks if each.name == "Program")


# --- what comes back


@pytest.mark.parametrize("name", rates)
def test_what_was_exported_comes_back_the_same_at_every_rate(tmp_path: Path, name: str) -> None:
    manifest = show(rates[name])
    events = switches(manifest.canvas.canvas())
    edit = live_edit(manifest, events)
    path = tmp_path / "timeline.otio"
    write_timeline(timeline_of(manifest, events, edit), Format.OTIO, path)
    assert read_otio(path, manifest) == edit


@pytest.mark.parametrize(
    "edit",
    [
        film([("a", 0, 1)]),
        film([("a", 899, 900)]),
        film([("b", 500, 600), ("c", 600, 700)], [("a", 0, 10), ("b", 10, 20)]),
        film([("a", 100, 200)], [("a", 100, 200)], [("a", 300, 400)]),
        film([("c", 400, 500)], [("c", 399, 400)]),
    ],
    ids=["one picture", "the last picture", "later first", "twice", "backwards"],
)
def test_parts_in_any_order_come_back_as_their_stretches(tmp_path: Path, edit: Edit) -> None:
    assert read_otio(written(tmp_path, edit), SHOW) == edit


def _other_camera(document: Any) -> None:
    clip = program(document)[1]
    clip.media_reference = document.tracks[2][0].media_reference.clone()


def _trim(document: Any) -> None:
    program(document)[1].source_range = span(110, 200)


def _roll(document: Any) -> None:
    first, second = program(document)[0], program(document)[1]
    first.source_range, second.source_range = span(0, 90), span(90, 310)


def _split(document: Any) -> None:
    track = program(document)
    track[1].source_range = span(100, 50)
    half = track[1].clone()
    half.source_range = span(150, 250)
    track.insert(2, half)


def _take_out(document: Any) -> None:
    del program(document)[1]


def _swap(document: Any) -> None:
    track = program(document)
    first = track[0].clone()
    del track[0]
    track.append(first)


def _pad(document: Any) -> None:
    program(document).append(schema.Gap(source_range=span(0, 50)))
    program(document).insert(0, schema.Gap(source_range=span(0, 0)))


def _rename(document: Any) -> None:
    for clip in program(document):
        clip.name = "x"
        clip.metadata.clear()
        clip.media_reference.metadata.clear()
        clip.media_reference.target_url = f"C:\\Shows\\My show\\{clip.media_reference.target_url}"


def _whole(document: Any) -> None:
    del program(document)[1:]
    program(document)[0].source_range = None


def _clocked(document: Any) -> None:
    """As editors do that think a file begins at one o'clock, and write rates and times as decimals."""
    for clip in program(document):
        reference, shown = clip.media_reference, clip.source_range
        reference.available_range = span(108_000, 900, 29.999)
        clip.source_range = span(108_000 + shown.start_time.value + 1e-7, shown.duration.value, 30.001)


def _effects(document: Any) -> None:
    program(document)[0].effects.append(schema.Effect(effect_name="Grade"))
    program(document)[0].effects.append(schema.LinearTimeWarp(time_scalar=1.0))
    program(document)[0].enabled = True


LIVE = film([("a", 0, 100), ("b", 100, 400), ("a", 400, 900)])


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_other_camera, film([("a", 0, 100), ("c", 100, 400), ("a", 400, 900)])),
        (_trim, film([("a", 0, 100)], [("b", 110, 310)], [("a", 400, 900)])),
        (_roll, film([("a", 0, 90), ("b", 90, 400), ("a", 400, 900)])),
        (_split, LIVE),
        (_take_out, film([("a", 0, 100)], [("a", 400, 900)])),
        (_swap, film([("b", 100, 400), ("a", 400, 900)], [("a", 0, 100)])),
        (_pad, LIVE),
        (_rename, LIVE),
        (_whole, film([("a", 0, 900)])),
        (_clocked, LIVE),
        (_effects, LIVE),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_a_person_did_comes_back(tmp_path: Path, change: Change, expected: Edit) -> None:
    assert read_otio(changed(tmp_path, change), SHOW) == expected


# --- what is refused


def _set(where: int, **fields: Any) -> Change:
    def change(document: Any) -> None:
        for name, value in fields.items():
            setattr(program(document)[where], name, value)

    return change


def _insert(at: int, make: Callable[[], Any]) -> Change:
    return lambda document: program(document).insert(at, make())


def _effect(make: Callable[[], Any]) -> Change:
    return lambda document: program(document)[1].effects.append(make())


def _address(address: str) -> Change:
    def change(document: Any) -> None:
        program(document)[1].media_reference.target_url = address

    return change


def _other_session(document: Any) -> None:
    program(document)[1].media_reference.metadata["ai_director"]["session"] = "another"


def _angle_on(document: Any) -> None:
    document.tracks[0].enabled = True


def _all_off(document: Any) -> None:
    program(document).enabled = False


def _nested(document: Any) -> None:
    inner = schema.Stack("Titles")
    inner.append(program(document).clone())
    program(document)[1] = inner


def _stack_of_stacks(document: Any) -> None:
    inner = schema.Stack("Scene 1")
    inner.append(program(document).clone())
    document.tracks[:] = [inner]


def _late_clock(document: Any) -> None:
    document.global_start_time = RationalTime(108_000, 30)
    program(document).insert(1, schema.Gap(source_range=span(0, 3)))


def _trimmed_track(document: Any) -> None:
    program(document).source_range = span(10, 20)


def _trimmed_stack(document: Any) -> None:
    document.tracks.source_range = span(10, 20)


def _empty(document: Any) -> None:
    program(document).clear()


def _transition() -> Any:
    return schema.Transition(in_offset=RationalTime(5, 30), out_offset=RationalTime(5, 30))


REFUSED: list[tuple[str, Change, str]] = [
    ("gap", _insert(1, lambda: schema.Gap(source_range=span(0, 30))), "at 00:00:03:10 there is a gap"),
    ("leading gap", _insert(0, lambda: schema.Gap(source_range=span(0, 30))), "at 00:00:00:00 there is a gap"),
    ("clip off", _set(1, enabled=False), "at 00:00:03:10 there is a gap"),
    ("the editor's clock", _late_clock, "at 01:00:03:10 there is a gap"),
    ("transition", _insert(1, _transition), "at 00:00:03:10 there is a transition"),
    (
        "speed",
        _effect(lambda: schema.LinearTimeWarp(time_scalar=2.0)),
        'at 00:00:03:10 clip "2 Ben" is frozen or played',
    ),
    ("freeze", _effect(schema.FreezeFrame), 'at 00:00:03:10 clip "2 Ben" is frozen or played'),
    ("time effect", _effect(schema.TimeEffect), 'at 00:00:03:10 clip "2 Ben" is frozen or played'),
    ("nested", _nested, 'at 00:00:03:10 clip "Titles" is no clip'),
    ("stack of stacks", _stack_of_stacks, 'at 00:00:00:00 "Scene 1" is a timeline within the timeline'),
    (
        "foreign",
        _address("file:///films/jaws.mp4"),
        'at 00:00:03:10 clip "2 Ben" shows jaws.mp4, which is no camera\'s',
    ),
    ("the program", _address("program.mp4"), "shows program.mp4, which is no camera's"),
    ("a microphone", _address("mic_1.flac"), "shows mic_1.flac, which is no camera's"),
    ("a name to break it", _address("http://[x"), "has no media file|which is no camera's"),
    ("other session", _other_session, "shows cam_2_iso.mp4 of another session"),
    (
        "other folder",
        _address("file:///s/7e0d9d60-52c5-4f0e-8a94-9d2f3c0f7a55/cam_2_iso.mp4"),
        "shows cam_2_iso.mp4 of another session",
    ),
    ("missing", _set(1, media_reference=schema.MissingReference()), 'clip "2 Ben" has no media file'),
    (
        "made up",
        _set(1, media_reference=schema.GeneratorReference(generator_kind="SMPTEBars")),
        'clip "2 Ben" has no media file',
    ),
    ("beyond", _set(1, source_range=span(700, 201)), "shows frames 700 to 901 of cam_2_iso.mp4, which has 900"),
    ("before", _set(1, source_range=span(-5, 20)), "shows frames -5 to 15 of cam_2_iso.mp4"),
    ("no length", _set(1, source_range=span(5, 0)), 'clip "2 Ben" is 0 frames long'),
    ("backwards", _set(1, source_range=span(50, -10)), 'clip "2 Ben" is -10 frames long'),
    ("other rate", _set(1, source_range=span(5, 10, 25)), "counts 25 frames per second; the session has 30"),
    ("nearly the rate", _set(1, source_range=span(5, 10, 30000 / 1001)), "counts 29.97 frames per second"),
    ("no rate", _set(1, source_range=span(5, 10, float("inf"))), "counts inf frames per second"),
    ("between frames", _set(1, source_range=span(5.5, 10)), "begins or ends between two frames"),
    ("endless", _set(1, source_range=span(0, 1e300)), "has a time that cannot be"),
    ("two tracks", _angle_on, 'more than one picture track is switched on: "1 Ana", "Program"'),
    ("no track", _all_off, "no picture track with clips is switched on"),
    ("no clips", _empty, "no picture track with clips is switched on"),
    ("trimmed track", _trimmed_track, 'track "Program" is trimmed'),
    ("trimmed as a whole", _trimmed_stack, "the timeline as a whole is trimmed"),
]


@pytest.mark.parametrize(("change", "sentence"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_what_cannot_be_rendered_is_refused_with_its_place(tmp_path: Path, change: Change, sentence: str) -> None:
    path = changed(tmp_path, change)
    with pytest.raises(TimelineError, match=sentence) as refused:
        read_otio(path, SHOW)
    said = str(refused.value)
    assert said.startswith(f"{path}: ") and said.endswith(".") and "\n" not in said


def test_a_camera_that_the_session_does_not_know_is_refused(tmp_path: Path) -> None:
    path = written(tmp_path)
    with pytest.raises(TimelineError, match=r"cam_2_iso\.mp4, whose camera the session does not know"):
        read_otio(path, SHOW.model_copy(update={"cameras": (SHOW.cameras[0], SHOW.cameras[2])}))
