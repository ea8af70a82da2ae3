"""What sound checks have found out about devices, kept in one file of the user's data folder for the shows to come.

What a newer version has written stays in the file, and is passed over where it is not understood. Must not measure.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

import platformdirs
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from director_app.session import show as tables
from director_app.session.atomic import write_atomically
from director_app.session.errors import FolderError
from director_app.session.manifest import PriorPart

FILE_NAME = "sound-checks.json"
_MOST_KEPT = 50

USED_FOR = timedelta(hours=24)
"""A gain is soon turned; an older check could say worse than nothing."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class CheckedDevice(_Part):
    """One microphone. offset_db: how much louder than the mean of those checked with it; own_db, noise_db: dBFS."""

    key: str
    label: str
    offset_db: float = Field(allow_inf_nan=False)
    own_db: float = Field(allow_inf_nan=False)
    noise_db: float = Field(allow_inf_nan=False)


class KeptCheck(_Part):
    """Microphones that were checked together. bleed_db: [talker, microphone], as the calibration knows it."""

    at: AwareDatetime
    devices: tuple[CheckedDevice, ...]
    bleed_db: tuple[tuple[float, ...], ...]

    @model_validator(mode="after")
    def _belongs_together(self) -> Self:
        count = len(self.devices)
        if not count or [len(row) for row in self.bleed_db] != [count] * count:
            raise ValueError("its bleed is not that of its devices")
        if not all(math.isfinite(each) for row in self.bleed_db for each in row):
            raise ValueError("its bleed is no number")
        return self

    @property
    def keys(self) -> tuple[str, ...]:
        """Of its devices."""
        return tuple(device.key for device in self.devices)


@dataclass(frozen=True, slots=True)
class KeptChecks:
    """Oldest first. problem: why the file could not be read, as a sentence; as good as no file."""

    checks: tuple[KeptCheck, ...]
    problem: str | None = None


def default_file() -> Path:
    """In the user's data folder."""
    return Path(platformdirs.user_data_dir("AI Director", appauthor=False)) / FILE_NAME


def device_key(table: tables.MicrophoneTable) -> str:
    """What makes a microphone the same one in another show: its device and channel, its file, its person."""
    match table:
        case tables.DeviceMicrophoneTable():
            parts = [table.kind, table.device, table.host_api or "", str(table.channel)]
        case tables.FileMicrophoneTable():
            parts = [table.kind, str(table.path), str(table.channel)]
        case tables.DemoMicrophoneTable():
            parts = [table.kind, table.who]
        case _:
            parts = [table.kind, table.id]
    return json.dumps(parts, ensure_ascii=False)


def read_checks(path: Path) -> KeptChecks:
    """Never raises: a show goes on without."""
    try:
        raw = _raw(path)
    except FileNotFoundError:
        return KeptChecks(())
    except OSError as error:
        return KeptChecks((), f"{path} cannot be read: {error.strerror or error}. Earlier sound checks are not used.")
    except (ValueError, RecursionError):
        return KeptChecks((), f"{path} is damaged and not used; the next sound check replaces it.")
    return KeptChecks(tuple(check for each in raw if (check := _understood(each)) is not None))


def keep_check(path: Path, check: KeptCheck) -> None:
    """Replaces what was kept of the same devices. Raises FolderError; the file is the old one then."""
    try:
        raw = _raw(path)
    except (OSError, ValueError, RecursionError):
        raw = []
    others = [each for each in raw if (kept := _understood(each)) is None or set(kept.keys) != set(check.keys)]
    content = {"schema_version": 1, "checks": [*others[-_MOST_KEPT + 1 :], check.model_dump(mode="json")]}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    except OSError as error:
        raise FolderError(f"{path} cannot be written: {error.strerror or error}. The result is not kept.") from None


def prior_for(checks: Sequence[KeptCheck], keys: Sequence[str], now: datetime) -> PriorPart | None:
    """What the newest check of all these microphones together says of them; None if there is none of late."""
    check = newest_check(checks, keys, now)
    if check is None:
        return None
    rows = [check.keys.index(key) for key in keys]
    devices = [check.devices[row] for row in rows]
    mean_db = sum(device.offset_db for device in devices) / len(devices)
    return PriorPart(
        checked_at=check.at,
        offsets_db=tuple(round(device.offset_db - mean_db, 2) for device in devices),
        bleed_db=tuple(tuple(round(check.bleed_db[one][other], 2) for other in rows) for one in rows),
        own_db=tuple(round(device.own_db, 2) for device in devices),
    )


def newest_check(checks: Sequence[KeptCheck], keys: Sequence[str], now: datetime) -> KeptCheck | None:
    """The newest one of all these microphones together; None if there is none of late."""
    for check in reversed(checks):
        if keys and set(keys) <= set(check.keys) and check.at <= now <= check.at + USED_FOR:
            return check
    return None


def _raw(path: Path) -> list[Any]:
    """Raises OSError, ValueError or RecursionError."""
    content = json.loads(path.read_text("utf-8"))
    checks = content.get("checks") if isinstance(content, dict) else None
    if not isinstance(checks, list):
        raise ValueError("no list of checks")
    return checks


def _understood(raw: Any) -> KeptCheck | None:
    try:
        return KeptCheck.model_validate(raw)
    except ValidationError:
        return None
