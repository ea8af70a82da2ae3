"""One line of the table."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Sense(StrEnum):
    """Which side of the goal is good; SHOWN has no goal."""

    AT_MOST = "<="
    AT_LEAST = ">="
    SHOWN = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """name  value  unit  goal  ok|short, and the conditions behind it."""

    name: str
    value: float
    unit: str
    sense: Sense = Sense.SHOWN
    goal: float = 0.0
    remark: str = ""

    @property
    def verdict(self) -> str:
        """ok, short, or a dash for figures that are only shown."""
        if self.sense is Sense.SHOWN:
            return "-"
        good = self.value <= self.goal if self.sense is Sense.AT_MOST else self.value >= self.goal
        return "ok" if good else "short"

    def line(self) -> str:
        """As printed."""
        goal = "-" if self.sense is Sense.SHOWN else f"{self.sense.value} {self.goal:g}"
        return f"{self.name:<26}{self.value:>10.4g}  {self.unit:<10}{goal:<10}{self.verdict:<7}{self.remark}".rstrip()


def at_most(name: str, value: float, unit: str, goal: float, remark: str = "") -> Row:
    """A row that is good when small."""
    return Row(name, value, unit, Sense.AT_MOST, goal, remark)


def at_least(name: str, value: float, unit: str, goal: float, remark: str = "") -> Row:
    """A row that is good when large."""
    return Row(name, value, unit, Sense.AT_LEAST, goal, remark)


def shown(name: str, value: float, unit: str, remark: str = "") -> Row:
    """A row for comparison."""
    return Row(name, value, unit, Sense.SHOWN, 0.0, remark)


def unmeasured(name: str, why: str) -> Row:
    """A row whose program is not on this computer."""
    return Row(name, math.nan, "", Sense.SHOWN, 0.0, f"not measured: {why}")
