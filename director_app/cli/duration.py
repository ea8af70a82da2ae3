"""Durations as people type them: 90, 90s, 10m, 1h30m."""

import re

from director_app.cli.outcome import BadInput

_LONGEST_S = 7 * 24 * 3600.0

_PATTERN = re.compile(
    r"(?:(?P<h>[0-9]+(?:\.[0-9]+)?)h)?(?:(?P<m>[0-9]+(?:\.[0-9]+)?)m)?(?:(?P<s>[0-9]+(?:\.[0-9]+)?)s?)?"
)


def seconds_of(text: str) -> float:
    """Seconds of a duration. Raises BadInput."""
    match = _PATTERN.fullmatch(text.strip().lower())
    parts = match.groupdict() if match and text.strip() else {}
    seconds = sum(float(parts.get(unit) or 0) * factor for unit, factor in (("h", 3600), ("m", 60), ("s", 1)))
    if not 0 < seconds <= _LONGEST_S:
        raise BadInput(f'"{text}" is no duration. Write it like 90s, 10m or 1h30m, up to a week.')
    return seconds


def spoken(seconds: float) -> str:
    """A duration for people: 45 s, 12 min, 3 h 20 min."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"{minutes} min"
    return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"


def size(count: float) -> str:
    """Bytes for people: 1.7 GB."""
    for unit in ("B", "kB", "MB", "GB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit in {"B", "kB"} else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} TB"
