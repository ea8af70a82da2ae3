"""events.jsonl: what happened in a session, one object a line, appended while it happens.

append() never touches the disk: a thread writes, so that a disk that stalls cannot keep the director waiting.
"""

import json
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO

from director_app.session.atomic import write_atomically

LOG_NAME = "events.jsonl"
AGGREGATE_NAME = "events.json"
_SYNC_S = 2.0
_ERRORS = "backslashreplace"

EventRecord = dict[str, Any]
"""seq: int from 0, t_s: session seconds, type: str, and the fields of the type."""


class EventLog:
    """One writer of one session's events. append() may be called from any thread.

    error: the first thing that kept events from the file; what is no error of the system is wrapped as one.
    """

    def __init__(self, folder: Path, on_event: Callable[[EventRecord], None] = lambda _event: None) -> None:
        """Creates the file. Raises OSError.

        on_event: is given every event in order, in the thread that appends it; it must not block.
        """
        self._on_event = on_event
        # Names of devices and texts of errors need not be valid text; a lone surrogate stands as its JSON escape.
        self._file = (folder / LOG_NAME).open("x", encoding="utf-8", errors=_ERRORS)
        self._lines: SimpleQueue[str | None] = SimpleQueue()
        self._lock = threading.Lock()
        self._next_seq = 0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="event log")
        self.error: OSError | None = None
        self._thread.start()

    def append(self, kind: str, t_s: float, fields: Mapping[str, Any]) -> EventRecord:
        """Adds one event; returns it as it will stand in the file."""
        with self._lock:
            record = {"seq": self._next_seq, "t_s": round(t_s, 4), "type": kind, **fields}
            self._next_seq += 1
            self._lines.put(json.dumps(record, ensure_ascii=False) + "\n")
            self._on_event(record)
        return record

    def close(self, deadline_s: float = 60.0) -> None:
        """Writes what waits and joins. Idempotent; disk errors stand in `error`. Later events are lost."""
        if self._closed:
            return
        self._closed = True
        self._lines.put(None)
        self._thread.join(deadline_s)
        if self._thread.is_alive():
            raise TimeoutError(f"{LOG_NAME} could not be finished within {deadline_s:g} s.")

    def _run(self) -> None:
        synced_s = time.monotonic()
        going_on = True
        while going_on:
            text, going_on = self._waiting_text()
            self._attempt(partial(self._write, text))
            if time.monotonic() - synced_s >= _SYNC_S:
                synced_s = time.monotonic()
                self._attempt(self._sync)
        self._attempt(self._sync)
        self._attempt(self._file.close)

    def _attempt(self, step: Callable[[], None]) -> None:
        try:
            step()
        except OSError as error:
            self.error = self.error or error
        except Exception as error:  # noqa: BLE001 - the thread's outer edge: one bad line must not cost the next ones
            self.error = self.error or OSError(f"{type(error).__name__}: {error}")

    def _write(self, text: str) -> None:
        if text:
            self._file.write(text)
            self._file.flush()

    def _sync(self) -> None:
        os.fsync(self._file.fileno())

    def _waiting_text(self) -> tuple[str, bool]:
        """Everything that waits, and whether more may come."""
        lines: list[str] = []
        try:
            line = self._lines.get(timeout=_SYNC_S)
            while line is not None:
                lines.append(line)
                line = self._lines.get_nowait()
        except Empty:
            return "".join(lines), True
        return "".join(lines), False


def read_events(folder: Path) -> list[EventRecord]:
    """All complete lines of events.jsonl in order, each with type and t_s; torn or damaged ones are passed over.

    Raises OSError.
    """
    with (folder / LOG_NAME).open(encoding="utf-8", errors="replace") as file:
        return list(_complete(file))


def _complete(lines: Iterator[str]) -> Iterator[EventRecord]:
    for line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict) and isinstance(record.get("type"), str) and _is_time(record.get("t_s")):
            yield record


def _is_time(given: object) -> bool:
    return isinstance(given, int | float) and not isinstance(given, bool)


def append_events(folder: Path, events: Sequence[EventRecord]) -> None:
    """Adds events to a log that nobody is writing, numbered on from its last one. Raises OSError."""
    path = folder / LOG_NAME
    known = read_events(folder) if path.exists() else []
    numbers = [each["seq"] for each in known if isinstance(each.get("seq"), int)]
    first = max(numbers, default=-1) + 1
    lines = [
        json.dumps({"seq": number, **event}, ensure_ascii=False) + "\n" for number, event in enumerate(events, first)
    ]
    with path.open("a+b") as file:
        # A line torn by the crash must not swallow the next one.
        if file.seek(0, os.SEEK_END) and not _ends_in_line(file):
            file.write(b"\n")
        file.write("".join(lines).encode(errors=_ERRORS))
        file.flush()
        os.fsync(file.fileno())


def _ends_in_line(file: BinaryIO) -> bool:
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def aggregate(folder: Path) -> None:
    """Writes events.json, the same events as one document. Raises OSError."""
    document = {"schema_version": 1, "events": read_events(folder)}
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    write_atomically(folder / AGGREGATE_NAME, text.encode(errors=_ERRORS).decode())
