"""events.jsonl: written while it happens, readable after a crash, appended to by recovery."""

import json
import threading
from pathlib import Path

import pytest

from director_app.session.event_log import (
    AGGREGATE_NAME,
    LOG_NAME,
    EventLog,
    aggregate,
    append_events,
    read_events,
)


def log_with(folder: Path, *lines: str) -> None:
    (folder / LOG_NAME).write_text("".join(lines), "utf-8")


def line(seq: int, kind: str = "marker") -> str:
    return json.dumps({"seq": seq, "t_s": seq / 10, "type": kind}) + "\n"


def test_events_are_numbered_and_stand_in_order(tmp_path: Path) -> None:
    log = EventLog(tmp_path)
    written = [log.append("marker", number / 7, {"label": f"Größe {number}"}) for number in range(100)]
    log.close()
    log.close()
    assert read_events(tmp_path) == written
    assert [event["seq"] for event in written] == list(range(100))
    assert log.error is None


def test_a_second_log_never_replaces_the_first(tmp_path: Path) -> None:
    EventLog(tmp_path).close()
    with pytest.raises(FileExistsError):
        EventLog(tmp_path)


def test_a_failing_disk_is_remembered_and_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = EventLog(tmp_path)

    def fail(_: str) -> int:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(log, "_write", fail)
    log.append("marker", 0.0, {})
    log.close()
    assert log.error is not None and log.error.errno == 5


def test_a_disk_that_fails_once_costs_only_what_was_written_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = EventLog(tmp_path)
    write, failed = log._file.write, threading.Event()

    def fail_once(text: str) -> int:
        if not failed.is_set():
            failed.set()
            raise OSError(5, "Input/output error")
        return write(text)

    monkeypatch.setattr(log._file, "write", fail_once)
    log.append("marker", 0.0, {})
    assert failed.wait(5)
    after = log.append("marker", 1.0, {})
    log.close()
    assert read_events(tmp_path) == [after]
    assert log.error is not None and log.error.errno == 5


def test_an_unknown_error_costs_only_what_was_written_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = EventLog(tmp_path)
    write, failed = log._write, threading.Event()

    def fail_once(text: str) -> None:
        if text and not failed.is_set():
            failed.set()
            raise ValueError("odd")
        write(text)

    monkeypatch.setattr(log, "_write", fail_once)
    log.append("marker", 0.0, {})
    assert failed.wait(5)
    after = log.append("marker", 1.0, {})
    log.close()
    assert read_events(tmp_path) == [after]
    assert str(log.error) == "ValueError: odd"


def test_text_that_no_encoding_knows_is_written_and_read_again(tmp_path: Path) -> None:
    log = EventLog(tmp_path)
    written = [log.append("marker", 0.0, {"label": "cam\udcff"}), log.append("marker", 1.0, {"label": "Größe"})]
    log.close()
    assert log.error is None
    assert read_events(tmp_path) == written
    append_events(tmp_path, [{"t_s": 2.0, "type": "marker", "label": "\ud800"}])
    aggregate(tmp_path)
    document = json.loads((tmp_path / AGGREGATE_NAME).read_text("utf-8"))
    assert [event["label"] for event in document["events"]] == ["cam\udcff", "Größe", "\ud800"]


@pytest.mark.parametrize("torn", ['{"seq": 2, "t_s": 0.2, "ty', "\x00\x00\x00", "[]\n", '{"type": "x"}\n', "null\n"])
def test_a_damaged_line_is_passed_over(torn: str, tmp_path: Path) -> None:
    log_with(tmp_path, line(0), line(1), torn)
    assert [event["seq"] for event in read_events(tmp_path)] == [0, 1]


def test_recovery_goes_on_numbering_behind_a_torn_line(tmp_path: Path) -> None:
    log_with(tmp_path, line(0), line(7), '{"seq": 8, "t_s": 0.')
    append_events(tmp_path, [{"t_s": 1.0, "type": "switch"}, {"t_s": 2.0, "type": "record_stop"}])
    assert [(event["seq"], event["type"]) for event in read_events(tmp_path)] == [
        (0, "marker"),
        (7, "marker"),
        (8, "switch"),
        (9, "record_stop"),
    ]


def test_a_log_that_ends_well_gets_no_empty_line(tmp_path: Path) -> None:
    log_with(tmp_path, line(0))
    append_events(tmp_path, [{"t_s": 1.0, "type": "record_stop"}])
    assert (tmp_path / LOG_NAME).read_text().count("\n") == 2


def test_a_missing_log_is_begun(tmp_path: Path) -> None:
    append_events(tmp_path, [{"t_s": 1.0, "type": "record_stop"}])
    assert [event["seq"] for event in read_events(tmp_path)] == [0]


def test_the_aggregate_holds_the_same_events(tmp_path: Path) -> None:
    log_with(tmp_path, line(0), line(1))
    aggregate(tmp_path)
    document = json.loads((tmp_path / AGGREGATE_NAME).read_text("utf-8"))
    assert document == {"schema_version": 1, "events": read_events(tmp_path)}
