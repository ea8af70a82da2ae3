"""Reading SHOW.toml, and turning its faults into sentences with the place and the next step."""

import difflib
import json
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from director_app.session import show as tables
from director_app.session.errors import ShowFileError
from director_app.session.show import Show

_LARGEST = 1 << 20

_TYPES = {
    "int_type": "a whole number",
    "float_type": "a number",
    "string_type": 'text in "quotes"',
    "bool_type": "true or false",
    "tuple_type": "a list",
    "path_type": 'a path in "quotes"',
    "model_type": "a table",
    "model_attributes_type": "a table",
}


def read_show(path: Path) -> Show:
    """The show of a file; relative paths in it count from the file's folder.

    Raises ShowFileError: one line per fault.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise ShowFileError(f"{path} is no show file: it is larger than 1 MB. Name another file.")
        content = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise ShowFileError(f"{path} does not exist. Make one with: director init {path}") from None
    except OSError as error:
        raise ShowFileError(f"{path} cannot be read: {error.strerror or error}. Name another file.") from None
    except UnicodeDecodeError:
        raise ShowFileError(f"{path} is no show file: it is not UTF-8 text. Save it as UTF-8.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise ShowFileError(f"{path} is no valid TOML: {error}. Correct that line.") from None
    except ValueError:  # from the system: NUL and lone surrogates, as a damaged settings file may hold them
        raise ShowFileError(f"{str(path)!a} cannot be the name of a file. Name another file.") from None
    return _with_absolute_paths(parse_show(content, str(path)), path.parent)


@dataclass(frozen=True, slots=True)
class ShowFault:
    """table: such as "camera", "" for the show as a whole. row: from 0, of tables that stand several times.

    key: "" for the table as a whole. place: all of it in words.
    """

    table: str
    row: int | None
    key: str
    place: str
    sentence: str


def parse_show(content: dict[str, Any], name: str) -> Show:
    """Validates what a TOML parser gave; name stands in the sentences. Raises ShowFileError."""
    show, faults = examine_show(content)
    if show is None:
        raise ShowFileError("\n".join(f"{name}, {fault.place}: {fault.sentence}" for fault in faults))
    return show


def examine_show(content: dict[str, Any]) -> tuple[Show | None, list[ShowFault]]:
    """The show, or what keeps it from being one."""
    try:
        return Show.model_validate(content), []
    except ValidationError as error:
        lines: dict[str, list[ErrorDetails]] = {}
        for fault in _told(error):
            lines.setdefault(_place(fault, content), []).append(fault)
        return None, [
            ShowFault(*_table_row_key(faults[0]), place, each)
            for place, faults in lines.items()
            for each in _sentences(faults)
        ]


def _table_row_key(fault: ErrorDetails) -> tuple[str, int | None, str]:
    parts = list(fault["loc"])
    table = str(parts[0]) if parts else ""
    row = parts[1] if len(parts) > 1 and isinstance(parts[1], int) else None
    rest = [part for part in parts[1 if row is None else 2 :] if part not in _KINDS]
    return table, row, str(rest[0]) if rest else ""


def _told(error: ValidationError) -> list[ErrorDetails]:
    """All faults, without "too few cameras" where the cameras there are have faults of their own."""
    faults = error.errors()
    inner = {fault["loc"][0] for fault in faults if len(fault["loc"]) > 1}
    return [fault for fault in faults if fault["type"] != "too_short" or fault["loc"][0] not in inner]


def _with_absolute_paths(show: Show, base: Path) -> Show:
    def absolute(table: Any) -> Any:
        path = getattr(table, "path", None)
        return table if path is None else table.model_copy(update={"path": _resolve(base, path)})

    return show.model_copy(
        update={
            "sessions": None if show.sessions is None else _resolve(base, show.sessions),
            "camera": tuple(absolute(camera) for camera in show.camera),
            "microphone": tuple(absolute(microphone) for microphone in show.microphone),
        }
    )


def _resolve(base: Path, path: Path) -> Path:
    return (base / path.expanduser()).resolve()


def _place(fault: ErrorDetails, content: dict[str, Any]) -> str:
    """Where it is, in words: 'camera 2 ("Ben"), url'."""
    parts = list(fault["loc"])
    if not parts:
        return "as a whole"
    first = str(parts[0])
    if len(parts) > 1 and isinstance(parts[1], int):
        tables_of_kind = content.get(first)
        label = ""
        if isinstance(tables_of_kind, list) and parts[1] < len(tables_of_kind):
            entry = tables_of_kind[parts[1]]
            if isinstance(entry, dict) and isinstance(entry.get("label"), str):
                label = f" ({_show(entry['label'][:40])})"
        # After the index pydantic names the kind, which the person has not written as a key.
        rest = parts[3:] if len(parts) > 2 and parts[2] in _KINDS else parts[2:]
        return ", ".join([f"{first} {parts[1] + 1}{label}", *map(str, rest[:1])])
    return ", ".join(str(part) for part in parts[:2])


def _sentences(faults: list[ErrorDetails]) -> list[str]:
    """What is wrong at one place; where two kinds of value may stand, one sentence says so for both."""
    may_be = [_kind_of_value(fault) for fault in faults]
    wanted = [each for each in may_be if each is not None]
    if len(faults) > 1 and len(wanted) == len(faults):
        return [f"{_show(faults[0].get('input'))} is not {' or '.join(wanted)}."]
    return list(dict.fromkeys(_sentence(fault) for fault in faults))


def _kind_of_value(fault: ErrorDetails) -> str | None:
    if fault["type"] == "literal_error":
        return str(fault.get("ctx", {}).get("expected")).replace("'", '"')
    return _TYPES.get(fault["type"])


def _sentence(fault: ErrorDetails) -> str:
    kind = fault["type"]
    wanted = _kind_of_value(fault)
    if wanted is not None:
        return f"{_show(fault.get('input'))} is not {wanted}."
    if kind in _SENTENCES:
        return _SENTENCES[kind](fault)
    message = fault["msg"][0].lower() + fault["msg"][1:]
    return f"{_show(fault.get('input'))} cannot be: {message}."


def _no_such_key(fault: ErrorDetails) -> str:
    return f"there is no such key.{_guess(str(fault['loc'][-1]), _known_keys(fault['loc']))}"


def _no_such_kind(fault: ErrorDetails) -> str:
    context = fault.get("ctx", {})
    return f'there is no kind "{context.get("tag")}"; use one of {", ".join(sorted(_KINDS))}.'


_SENTENCES: dict[str, Callable[[ErrorDetails], str]] = {
    "extra_forbidden": _no_such_key,
    "missing": lambda _: "this key is missing.",
    "union_tag_not_found": lambda _: f"the key kind is missing; it is one of {', '.join(sorted(_KINDS))}.",
    "union_tag_invalid": _no_such_kind,
    "value_error": lambda fault: f"{fault['msg'].removeprefix('Value error, ')}.",
    "string_pattern_mismatch": lambda fault: (
        f"{_show(fault.get('input'))} is no id: use up to 32 small letters, digits and underscores."
    ),
    "too_short": lambda _: "at least one is needed.",
    "string_too_long": lambda fault: f"it is too long: at most {_limit(fault, 'max_length')} letters.",
    "string_too_short": lambda _: "it is empty; write at least one letter.",
    "greater_than_equal": lambda fault: f"{_show(fault.get('input'))} is too small: at least {_limit(fault, 'ge')}.",
    "greater_than": lambda fault: f"{_show(fault.get('input'))} is too small: more than {_limit(fault, 'gt')}.",
    "less_than_equal": lambda fault: f"{_show(fault.get('input'))} is too large: at most {_limit(fault, 'le')}.",
    "too_long": lambda fault: f"at most {fault.get('ctx', {}).get('max_length')} can be used.",
}


def _limit(fault: ErrorDetails, name: str) -> str:
    return f"{fault.get('ctx', {}).get(name):g}"


def _show(given: Any) -> str:
    text = json.dumps(given, ensure_ascii=False) if isinstance(given, str | bool) else str(given)
    return text if len(text) <= 60 else text[:57] + "..."


def _guess(wrong: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(wrong, list(known), n=1)
    return f" Did you mean {near[0]}?" if near else ""


_TABLES: dict[str, type[BaseModel]] = {
    "canvas": tables.CanvasTable,
    "recording": tables.RecordingTable,
    "directing": tables.DirectingTable,
    "after": tables.AfterTable,
    "titles": tables.TitlesTable,
}
_CAMERA_TABLES: dict[str, type[BaseModel]] = {
    "device": tables.DeviceCameraTable,
    "stream": tables.StreamCameraTable,
    "file": tables.FileCameraTable,
    "synthetic": tables.SyntheticCameraTable,
    "demo": tables.DemoCameraTable,
}
_MICROPHONE_TABLES: dict[str, type[BaseModel]] = {
    "device": tables.DeviceMicrophoneTable,
    "file": tables.FileMicrophoneTable,
    "synthetic": tables.SyntheticMicrophoneTable,
    "demo": tables.DemoMicrophoneTable,
}
_KINDS: frozenset[str] = frozenset(_CAMERA_TABLES)


def _known_keys(place: tuple[int | str, ...]) -> Iterable[str]:
    """The keys that may stand where the unknown one stands."""
    first = str(place[0])
    if len(place) == 1:
        return Show.model_fields
    if first in _TABLES:
        return _TABLES[first].model_fields
    of_kind = _CAMERA_TABLES if first == "camera" else _MICROPHONE_TABLES
    table = of_kind.get(str(place[2])) if len(place) > 2 else None
    return table.model_fields if table else ()
