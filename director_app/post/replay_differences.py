"""In what a replay is not the show that was recorded, as sentences, and where it need not be: the engine was late.

Compares only: what a session notes, post/recorded_show reads.
"""

from collections.abc import Sequence

from director_app.core.decisions import NameOff, NameOn
from director_app.post.cutting import PlacedCut
from director_app.post.recorded_show import LoggedCut, RecordedShow
from director_app.post.replay import Replayed

_LATE_LASTS_S = 10.0
"""A key frame that came too late moves the regular ones after it, and with them later cuts."""

_SAME_TIME_S = 1e-4
"""Logs round to this."""


def differences(show: RecordedShow, again: Replayed) -> list[str]:
    """What is not as the show logged it, as sentences; slots count only where the engine had kept up."""
    end_s = min(again.end_s, show.logged_until_s)
    logged = [cut for cut in show.cuts if cut.t_s < end_s]
    placed = [cut for cut in again.placed if cut.cut.at_s < end_s]
    found: list[str] = []
    same_slots = timely(logged)
    for number, (before, after) in enumerate(zip(logged, placed, strict=False), 1):
        if (what := _difference(before, after)) is not None:
            found.append(f"Cut {number} {what}.")
            return found
        if before.slot != after.slot and same_slots[number - 1]:
            found.append(
                f"Cut {number}, decided at {before.t_s:.2f} s, fell on slot {before.slot}; replayed, on {after.slot}."
            )
    if len(logged) != len(placed):
        found.append(f"The show made {len(logged)} cuts; replayed, it makes {len(placed)}.")
    return found or _name_differences(show, again, end_s)


def _difference(before: LoggedCut, after: PlacedCut) -> str | None:
    cut = after.cut
    if abs(before.t_s - cut.at_s) > _SAME_TIME_S:
        return f"was decided at {before.t_s:.4f} s; replayed, at {cut.at_s:.4f} s"
    if before.target != cut.target:
        return f"at {before.t_s:.2f} s went to {before.target}; replayed, to {cut.target}"
    if before.reason != cut.reason:
        return f'at {before.t_s:.2f} s was made because "{before.reason}"; replayed, because "{cut.reason}"'
    return None


def _name_differences(show: RecordedShow, again: Replayed, end_s: float) -> list[str]:
    """What is not as logged of names. Their slots are those of the moment: a late engine shows them later."""
    logged = [(each.t_s, each.who) for each in show.names if each.t_s < end_s]
    named = [(round(each.name.at_s, 4), _who(each.name)) for each in again.named if each.name.at_s < end_s]
    for number, (before, after) in enumerate(zip(logged, named, strict=False), 1):
        if abs(before[0] - after[0]) > _SAME_TIME_S or before[1] != after[1]:
            return [f"Name {number} was {_told_name(before)}; replayed, {_told_name(after)}."]
    if len(logged) != len(named):
        return [f"The show made {len(logged)} decisions about names; replayed, it makes {len(named)}."]
    return []


def _told_name(name: tuple[float, str | None]) -> str:
    return f"taken away at {name[0]:.4f} s" if name[1] is None else f"that of {name[1]} at {name[0]:.4f} s"


def _who(name: NameOn | NameOff) -> str | None:
    return name.microphone if isinstance(name, NameOn) else None


def timely(cuts: Sequence[LoggedCut]) -> list[bool]:
    """Whether the slot of each cut is the same in a replay; not where the engine had been late shortly before."""
    found: list[bool] = []
    late_until_s = 0.0
    for cut in cuts:
        if cut.late_s > 0:
            late_until_s = cut.t_s + _LATE_LASTS_S
        found.append(cut.t_s >= late_until_s)
    return found


def late_cuts(show: RecordedShow) -> int:
    """Cuts for which the engine had been late, so that their slots need not be the same again."""
    return sum(cut.late_s > 0 for cut in show.cuts)
