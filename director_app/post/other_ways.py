"""Other ways to direct a recorded show: another style, delay or shortest shot, and all else as it was.

Decides what is replayed, never how: the replay takes these rules and settings as it takes the show's own.
"""

from dataclasses import asdict, replace

from director_app.core import styles
from director_app.core.rules import SwitchRules
from director_app.core.styles import Style
from director_app.post.cutting import ProgramSettings, cuts_of_a_show
from director_app.post.recorded_show import RecordedShow


def changed_rules(
    show: RecordedShow, style: Style | None, programme_delay_s: float | None, minimum_shot_s: float | None
) -> SwitchRules:
    """The rules of the show with another style, delay or shortest shot; what else was set by hand stays.

    Raises ValueError with one sentence.
    """
    rules = asdict(show.rules)
    by_hand = {name: rules[name] for name in _named_by_hand(show) if name in rules}
    if minimum_shot_s is not None:
        by_hand["minimum_shot_s"] = minimum_shot_s
    delay_s = show.settings.programme_delay_s if programme_delay_s is None else programme_delay_s
    return replace(styles.rules(style or show.style, delay_s), **by_hand)


def _named_by_hand(show: RecordedShow) -> tuple[str, ...]:
    """Rules that the show file named. Sessions that have not noted it: whatever is not as the style has it now."""
    directing = show.manifest.directing
    if directing is not None and directing.by_hand is not None:
        return directing.by_hand
    base = asdict(styles.rules(show.style, show.settings.programme_delay_s))
    differs = (name for name, value in asdict(show.rules).items() if value != base[name])
    return tuple(name for name in differs if name != "programme_delay_s")


def with_delay(settings: ProgramSettings, programme_delay_s: float) -> ProgramSettings:
    """The same program with another delay, which may leave time to make heads, or no more."""
    before, after = (
        cuts_of_a_show(settings.canvas, delay_s) for delay_s in (settings.programme_delay_s, programme_delay_s)
    )
    fall = settings.cuts_fall if before is after else after
    return replace(settings, programme_delay_s=programme_delay_s, cuts_fall=fall)
