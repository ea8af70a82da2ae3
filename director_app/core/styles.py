"""The three styles of directing: one table of numbers. What each number means stands in core/rules.py."""

from enum import StrEnum
from typing import Any

from director_app.core.rules import SwitchRules


class Style(StrEnum):
    """How a show is cut. calm: fewer, surer cuts. normal: the best score. lively: early cuts, listeners, wides."""

    CALM = "calm"
    NORMAL = "normal"
    LIVELY = "lively"


LOOKAHEAD_S = 1.0
"""Waiting longer than this before a decision teaches nothing: speech of 1 s is a turn."""

_TABLE: dict[Style, dict[str, Any]] = {
    Style.CALM: {
        "minimum_shot_s": 3.0,
        "cuts_per_minute": 10,
        "wide_silence_s": 6.0,
        "ping_pong_cuts": 4,
    },
    Style.NORMAL: {
        "minimum_shot_s": 1.5,
        "cuts_per_minute": 20,
        "ping_pong_cuts": 6,
    },
    Style.LIVELY: {
        "minimum_shot_s": 1.5,
        "cuts_per_minute": 20,
        "wide_overlap_s": 1.0,
        "wide_silence_s": 4.0,
        "listen_after_s": 25.0,
    },
}

_CONFIRM_S = {Style.CALM: 0.7, Style.NORMAL: 0.4, Style.LIVELY: 0.25}
"""Own speech that is asked for when nothing can be waited for, seconds."""

_CONFIRM_AHEAD_S = {Style.CALM: 0.85, Style.NORMAL: 0.75, Style.LIVELY: 0.65}
"""The same when the programme delay gives a second to wait."""


def rules(style: Style, programme_delay_s: float, **chosen: Any) -> SwitchRules:
    """The rules of a style at this delay; what was chosen by hand (not None) goes before. Raises ValueError."""
    share = min(programme_delay_s, LOOKAHEAD_S) / LOOKAHEAD_S
    confirm_s = _CONFIRM_S[style] + share * (_CONFIRM_AHEAD_S[style] - _CONFIRM_S[style])
    delayed = {
        "confirm_s": round(confirm_s, 3),
        "confirm_overlap_s": round(max(confirm_s, 0.6), 3),
        "quiet_s": round(0.3 + 0.2 * share, 3),
        "programme_delay_s": programme_delay_s,
    }
    by_hand = {name: value for name, value in chosen.items() if value is not None}
    return SwitchRules(**(delayed | _TABLE[style] | by_hand))
