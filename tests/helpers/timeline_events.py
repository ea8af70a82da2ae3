"""Events of a running show as its log has them, for timelines."""

from typing import Any


def event(kind: str, t_s: float, **fields: Any) -> dict[str, Any]:
    """Any line."""
    return {"type": kind, "t_s": t_s, **fields}


def cut(t_s: float, slot: int, before: str, after: str, kind: str = "switch", **fields: Any) -> dict[str, Any]:
    """A cut that was decided at t_s."""
    whole = {"from": before, "to": after, "reason": "Because.", "evidence": [], "blocked_by": [], **fields}
    return event(kind, t_s, slot=slot, **whole)
