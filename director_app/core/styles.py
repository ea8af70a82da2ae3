"""The three styles of directing: one table of numbers. What each number means, and its unit, stands in core/rules.py.

What a number does to the score Q (100 is perfect; 48 conversations at lav and table level, 1.0 s programme delay):
normal 95.9, lively 91.4, calm 88.8. Each alone, changed in normal: minimum_shot_s 2.0 costs 1.2 and 3.0 costs 5.0;
wide_overlap_s 1.0 costs 1.0; listen_after_s 25 costs 3.8; wide_silence_s 4.0 costs 0.6; confirm_s 0.1 longer costs
0.3 but saves a fifth of the false cuts; cuts_per_minute 15 instead of 20 costs up to 1.4 in lively talk;
ping_pong_cuts 6 costs nothing. The score counts who should be seen, not what is pleasant: hence the styles.
"""

from enum import StrEnum
from typing import Any

from director_app.core.rules import SwitchRules


class Style(StrEnum):
    """How a show is cut. calm: fewer, surer cuts. normal: the best score. lively: early cuts, listeners, wides."""

    CALM = "calm"
    NORMAL = "normal"
    LIVELY = "lively"


LOOKAHEAD_S = 1.0
"""A programme delay that allows to wait for nearly a whole turn of 1 s ..."""

FULL_LOOKAHEAD_S = 1.4
"""... and one that allows all of it; waiting longer than that before a decision teaches nothing."""

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

_CONFIRM_S = {Style.CALM: 0.7, Style.NORMAL: 0.35, Style.LIVELY: 0.25}
"""Own speech that is asked for when nothing can be waited for, seconds."""

_CONFIRM_AHEAD_S = {Style.CALM: 0.85, Style.NORMAL: 0.68, Style.LIVELY: 0.65}
"""The same when the programme delay gives a second to wait."""


_QUIET_S, _QUIET_AHEAD_S = 0.37, 0.5
"""Silence of the holder that is asked for, without and with a second to wait, seconds. At no delay 0.3 costs 0.5
points of quality in live rooms and 0.1 a whole one, because a breath is taken for an end."""


def rules(style: Style, programme_delay_s: float, **chosen: Any) -> SwitchRules:
    """The rules of a style at this delay; what was chosen by hand (not None) goes before. Raises ValueError."""
    share = min(programme_delay_s, LOOKAHEAD_S) / LOOKAHEAD_S
    confirm_s = _CONFIRM_S[style] + share * (_CONFIRM_AHEAD_S[style] - _CONFIRM_S[style])
    beyond = min(max(0.0, programme_delay_s - LOOKAHEAD_S) / (FULL_LOOKAHEAD_S - LOOKAHEAD_S), 1.0)
    confirm_s += 0.2 * beyond
    delayed = {
        "confirm_s": round(confirm_s, 3),
        "confirm_overlap_s": round(max(confirm_s + 0.07 * share, 0.6), 3),
        "quiet_s": round(_QUIET_S + share * (_QUIET_AHEAD_S - _QUIET_S) + 0.1 * beyond, 3),
        "programme_delay_s": programme_delay_s,
    }
    by_hand = {name: value for name, value in chosen.items() if value is not None}
    return SwitchRules(**(delayed | _TABLE[style] | by_hand))
