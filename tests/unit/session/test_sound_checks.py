"""What sound checks leave behind: kept by device, found again in any order, and never in the way of a show."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from director_app.core.cuts_fall import CutsFall
from director_app.core.sources import CameraId
from director_app.engine.manifests import opening_manifest
from director_app.media.encoder import EncoderSettings
from director_app.session.errors import FolderError, ManifestError
from director_app.session.library import new_session_folder
from director_app.session.manifest import FILE_NAME as MANIFEST
from director_app.session.manifest import PriorPart, read_manifest, write_manifest
from director_app.session.show_file import parse_show
from director_app.session.sound_checks import (
    USED_FOR,
    CheckedDevice,
    KeptCheck,
    device_key,
    keep_check,
    prior_for,
    read_checks,
)
from tests.helpers.shows import small_show, tables

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def checked(keys: str, at: datetime = NOW, first_db: float = 3.0) -> KeptCheck:
    """One device a letter; each is set 2 dB softer than the one before."""
    count = len(keys)
    devices = tuple(
        CheckedDevice(key=key, label=key.upper(), offset_db=first_db - 2 * row, own_db=-30.0 - row, noise_db=-60.0)
        for row, key in enumerate(keys)
    )
    bleed = tuple(
        tuple(0.0 if one == other else -10.0 * one - other for other in range(count)) for one in range(count)
    )
    return KeptCheck(at=at, devices=devices, bleed_db=bleed)


def test_what_was_kept_is_found_again_in_the_order_of_the_show(tmp_path: Path) -> None:
    path = tmp_path / "not there yet" / "checks.json"
    assert read_checks(path).checks == ()
    keep_check(path, checked("abc"))
    prior = prior_for(read_checks(path).checks, ["c", "a"], NOW + timedelta(hours=1))
    assert prior == PriorPart(
        checked_at=NOW, offsets_db=(-2.0, 2.0), bleed_db=((0.0, -20.0), (-2.0, 0.0)), own_db=(-32.0, -30.0)
    )


@pytest.mark.parametrize(
    ("keys", "now"),
    [("abd", NOW), ("", NOW), ("ab", NOW + USED_FOR + timedelta(seconds=1)), ("ab", NOW - timedelta(seconds=1))],
)
def test_what_was_not_checked_together_or_not_of_late_is_not_used(keys: str, now: datetime) -> None:
    assert prior_for([checked("abc")], list(keys), now) is None


def test_a_newer_check_of_the_same_devices_takes_the_place_of_the_older(tmp_path: Path) -> None:
    path = tmp_path / "checks.json"
    for hour, keys in enumerate(("ab", "abc", "ba")):
        keep_check(path, checked(keys, NOW + timedelta(hours=hour), float(hour)))
    kept = read_checks(path).checks
    assert [check.keys for check in kept] == [("a", "b", "c"), ("b", "a")]
    prior = prior_for(kept, ["a", "b"], NOW + timedelta(hours=3))
    assert prior is not None and prior.checked_at == NOW + timedelta(hours=2)


def test_what_a_newer_version_wrote_stays_and_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "checks.json"
    unknown = {"at": "a day of a new kind", "devices": 7}
    known = {**checked("ab").model_dump(mode="json"), "colour": "blue"}
    path.write_text(json.dumps({"schema_version": 9, "checks": [unknown, known]}), "utf-8")
    assert [check.keys for check in read_checks(path).checks] == [("a", "b")]
    keep_check(path, checked("cd"))
    assert json.loads(path.read_text("utf-8"))["checks"][:2] == [unknown, known]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"checks": 5}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_file_is_told_of_and_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "checks.json"
    path.write_bytes(content)
    kept = read_checks(path)
    assert kept.checks == ()
    assert kept.problem is not None and str(path) in kept.problem and "damaged" in kept.problem
    keep_check(path, checked("ab"))
    assert len(read_checks(path).checks) == 1


@pytest.mark.parametrize("bleed", [[], [[0.0]], [[0.0, 1.0], [2.0]], [[0.0, float("nan")], [1.0, 0.0]]])
def test_a_check_that_does_not_fit_together_is_none(tmp_path: Path, bleed: Any) -> None:
    path = tmp_path / "checks.json"
    path.write_text(json.dumps({"checks": [{**checked("ab").model_dump(mode="json"), "bleed_db": bleed}]}), "utf-8")
    assert read_checks(path).checks == ()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderError, match="cannot be written"):
        keep_check(tmp_path / "file" / "checks.json", checked("ab"))
    assert read_checks(tmp_path / "file" / "checks.json").checks == ()


def test_a_device_is_known_by_what_it_is_not_by_what_it_is_called(tmp_path: Path) -> None:
    given: list[dict[str, Any]] = [
        {"kind": "device", "device": "Mixer", "channel": 1},
        {"kind": "device", "device": "Mixer", "channel": 2},
        {"kind": "device", "device": "Mixer", "channel": 1, "host_api": "ALSA"},
        {"kind": "file", "path": str(tmp_path / "ana.wav")},
        {"kind": "demo", "who": "ana"},
        {"kind": "synthetic"},
    ]
    keys = []
    for label in ("Ana", "Ben"):
        microphones = [{"id": f"m{row}", "label": label, "camera": "a", **each} for row, each in enumerate(given)]
        keys.append([device_key(table) for table in parse_show(tables(microphone=microphones), "this").microphone])
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == len(given)


def test_a_manifest_holds_what_the_show_began_with(tmp_path: Path) -> None:
    show = small_show()
    settings = EncoderSettings(show.canvas.canvas())
    folder = new_session_folder(tmp_path)
    prior = prior_for([checked("abc")], ["b", "a"], NOW)
    write_manifest(folder, opening_manifest(folder, show, settings, CameraId("a"), CutsFall.KEY_FRAMES, prior))
    assert read_manifest(folder).prior == prior
    damaged = json.loads((folder / MANIFEST).read_text("utf-8"))
    damaged["microphones"].pop()
    (folder / MANIFEST).write_text(json.dumps(damaged), "utf-8")
    with pytest.raises(ManifestError, match="made with other microphones"):
        read_manifest(folder)
