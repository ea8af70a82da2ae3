"""Times, sizes and rates as people read them: 0.8 s, 9 min, 1:24:10, 1.7 GB. Words only."""

from collections.abc import Sequence

_LONGEST_NAME = 40


def clock(seconds: float) -> str:
    """Hours, minutes and seconds: 00:42:18."""
    whole = max(0, int(seconds))
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def length(seconds: float) -> str:
    """A length or a position without leading zeros: 1:24:10, 58:07, 0:14."""
    whole = max(0, int(seconds))
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"


def spoken(seconds: float) -> str:
    """How long something lasts or lasts on: 6 h 12 min, 9 min, 40 s."""
    if seconds >= 100 * 3600:
        return "over 99 h"
    minutes = int(seconds // 60)
    if minutes >= 60:
        return f"{minutes // 60} h {minutes % 60} min"
    return f"{minutes} min" if minutes >= 2 else f"{max(0, int(seconds))} s"


def size(count: float) -> str:
    """Bytes: 1.7 GB, 212 kB."""
    for unit, one in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= one:
            return f"{count / one:.1f} {unit}" if count < 100 * one else f"{count / one:.0f} {unit}"
    return f"{count:.0f} B"


def rate(bits_per_s: float) -> str:
    """23.1 Mb/s."""
    return f"{bits_per_s / 1e6:.1f} Mb/s"


def level(db: float) -> str:
    """A meter's figure with a real minus sign: −16."""
    return f"\u2212{abs(db):.0f}" if round(db) < 0 else f"{db:.0f}"


def counted(count: int, one: str, many: str) -> str:
    """1 microphone, 3 microphones."""
    return f"{count} {one if count == 1 else many}"


def joined(parts: Sequence[str]) -> str:
    """One, two and three."""
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else "".join(parts)


def short(name: str, most: int = _LONGEST_NAME) -> str:
    """A name of at most so many letters; cut ones end in an ellipsis."""
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
