"""Small files that are replaced whole or not at all, and hashes that can be stopped."""

import hashlib
import os
from pathlib import Path

import pytest

from director_app.session.atomic import write_atomically
from director_app.session.hashing import HashingStopped, sha256_of


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_atomically(path, "one")
    write_atomically(path, "zwei ÄÖÜ")
    assert path.read_text("utf-8") == "zwei ÄÖÜ"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_whatever_fails_the_old_file_stays_and_nothing_lies_beside_it(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    write_atomically(path, "old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if step == "fsync":
        monkeypatch.setattr("os.fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(path, "new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.json"]


def test_what_a_killed_writer_has_left_is_swept_and_what_another_writes_now_is_not(tmp_path: Path) -> None:
    left, now, others = (tmp_path / name for name in (".a.json.abcdefg1", ".a.json.abcdefg2", ".b.json.abcdefg3"))
    for each in (left, now, others):
        each.write_text("half")
    for each in (left, others):
        os.utime(each, (1_000_000_000, 1_000_000_000))

    write_atomically(tmp_path / "a.json", "whole")

    assert {each.name for each in tmp_path.iterdir()} == {"a.json", now.name, others.name}


def test_a_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(range(256)) * 10_000)
    assert sha256_of(path) == hashlib.sha256(path.read_bytes()).hexdigest()


def test_hashing_stops_between_two_pieces(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(bytes(3 << 20))
    asked: list[int] = []

    def once() -> bool:
        asked.append(1)
        return len(asked) < 2

    with pytest.raises(HashingStopped):
        sha256_of(path, once)
    assert len(asked) == 2
