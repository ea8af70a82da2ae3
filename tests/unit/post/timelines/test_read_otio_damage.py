"""Files that are no timelines of ours, or are damaged: a sentence, never a traceback, and hardly any time."""

import json
from pathlib import Path
from typing import Any

import pytest

from director_app.core.edits import Edit
from director_app.post.timelines.errors import TimelineError
from director_app.post.timelines.otio_document import MOST_BYTES
from director_app.post.timelines.read_otio import read_otio
from tests.unit.post.timelines.test_read_otio import LIVE, SHOW, written


def deep(levels: int) -> str:
    return '{"OTIO_SCHEMA": "Timeline.1", "metadata": ' + '{"a": ' * levels + "1" + "}" * levels + "}"


def with_tracks(tracks: object) -> str:
    return json.dumps({"OTIO_SCHEMA": "Timeline.1", "name": "x", "metadata": {}, "tracks": tracks})


def stack(*children: object) -> dict[str, object]:
    return {
        "OTIO_SCHEMA": "Stack.1",
        "name": "tracks",
        "metadata": {},
        "OTIO_REF_ID": "1",
        "children": list(children),
    }


GARBAGE = {
    "nothing": "",
    "words": "TITLE: A list of cuts\n",
    "a list": "[1, 2]",
    "a number": "3",
    "not a timeline": '{"OTIO_SCHEMA": "Clip.2"}',
    "no schema": "{}",
    "tomorrow's": '{"OTIO_SCHEMA": "Timeline.99"}',
    "no tracks": '{"OTIO_SCHEMA": "Timeline.1"}',
    "null": with_tracks(None),
    "tracks of a wrong kind": with_tracks({"OTIO_SCHEMA": "Clip.2"}),
    "children of wrong kinds": with_tracks(stack(3, None, "x")),
    "unknown things": with_tracks(stack({"OTIO_SCHEMA": "Foo.1"})),
    "empty": with_tracks(stack()),
    "a circle": with_tracks(stack({"OTIO_SCHEMA": "SerializableObjectRef.1", "id": "1"})),
    "100 deep": deep(100),
    "900 deep": deep(900),
    "100,000 deep": deep(100_000),
    "lists within lists": "[" * 200_000,
}


@pytest.mark.parametrize("text", GARBAGE.values(), ids=GARBAGE)
def test_garbage_is_refused_with_a_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "garbage.otio"
    path.write_text(text, "utf-8")
    with pytest.raises(TimelineError) as refused:
        read_otio(path, SHOW)
    said = str(refused.value)
    assert said.startswith(str(path)) and said.endswith(".") and "\n" not in said and len(said) < 600


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00" * 1000, b"PK\x03\x04\x80"], ids=["wide", "zeros", "zip"])
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "bytes.otio"
    path.write_bytes(data)
    with pytest.raises(TimelineError, match="is no OpenTimelineIO file"):
        read_otio(path, SHOW)


def test_a_huge_file_is_refused_and_hardly_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.otio"
    with path.open("wb") as file:
        file.truncate(2 * MOST_BYTES)
    with pytest.raises(TimelineError, match="larger than 50 MB"):
        read_otio(path, SHOW)


def test_a_file_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(TimelineError, match="cannot be read: No such file"):
        read_otio(tmp_path / "none.otio", SHOW)
    with pytest.raises(TimelineError, match="is no name of a file"):
        read_otio(tmp_path / "none\0.otio", SHOW)


@pytest.mark.parametrize("of", ["Clip.2", "RationalTime.1", "TimeRange.1", "ExternalReference.1"])
@pytest.mark.parametrize(
    "by", [None, 3, "x", [], {}, {"OTIO_SCHEMA": "Nothing.1"}, {"OTIO_SCHEMA": "Gap.1"}], ids=str
)
def test_any_part_may_be_something_else(tmp_path: Path, of: str, by: object) -> None:
    """Whatever one replaces, the answer is an edit or a sentence."""
    path = written(tmp_path)
    content = json.loads(path.read_text("utf-8"))
    _replace_last(content, of, by)
    path.write_text(json.dumps(content), "utf-8")
    assert outcome(path) == LIVE or str(outcome(path)).endswith(".")


def outcome(path: Path) -> Edit | str:
    try:
        return read_otio(path, SHOW)
    except TimelineError as error:
        return str(error)


def _replace_last(content: Any, of: str, by: object) -> None:
    """Replaces the last object of the schema within the program."""
    places: list[tuple[Any, Any]] = []
    level: list[Any] = [content["tracks"]["children"][3]]
    while level:
        each = level.pop()
        for key, value in each.items() if isinstance(each, dict) else enumerate(each):
            if isinstance(value, dict) and value.get("OTIO_SCHEMA") == of:
                places.append((each, key))
            if isinstance(value, dict | list):
                level.append(value)
    where, key = places[-1]
    where[key] = by
