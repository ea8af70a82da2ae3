"""The printed tables: readable, within their width, honest verdicts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.bench.switching import json_out, options
from tests.bench.switching.cost import Cost, table
from tests.bench.switching.cut_list import Cut
from tests.bench.switching.faults import Fault
from tests.bench.switching.goals import Goal
from tests.bench.switching.orders import Order, faulty, real, simulated
from tests.bench.switching.pool import pool
from tests.bench.switching.program import MODES, Warned
from tests.bench.switching.report import Report
from tests.bench.switching.score import Score, score
from tests.bench.switching.show_run import COMPARED, Run, ShowResult
from tests.bench.switching.table import WIDTH, Table, verdict
from tests.bench.switching.truth import Truth
from tests.bench.switching.turn_taking import simulate

BAD = score(Truth(240.0, (((0, 100),), ((101, 240),))), [Cut(5.0 + 3 * n, n % 2) for n in range(70)])
GOOD = score(Truth(240.0, (((0, 100),), ((101, 240),))), [Cut(0.0, 0), Cut(101.0, 1)])
GAIN_CONTROL = Warned("gain_control", 12.345)


def result(order: Order, run: Run, *, compared: bool = False) -> ShowResult:
    """The same run in all modes."""
    others = dict.fromkeys(COMPARED, run) if compared else {}
    return ShowResult(order, 4, {mode.name: run for mode in MODES}, others)


def report(*, bootstrap: bool = True) -> Report:
    """Of all modes."""
    return Report(MODES, Table(bootstrap))


@pytest.mark.parametrize("scored", [BAD, GOOD], ids=["bad", "good"])
@pytest.mark.parametrize("made", [report(bootstrap=True), report(bootstrap=False)], ids=["interval", "plain"])
def test_no_line_is_wider_than_the_page(scored: Score, made: Report) -> None:
    run = Run(scored, (GAIN_CONTROL,), is_causal=True)
    excerpts = [simulate(2, 240.0, seed) for seed in range(8)]
    levels = ["lav", "table", "room"]
    lines = [
        *made.real([result(order, run, compared=True) for order in real(excerpts, levels)]),
        *made.simulated([result(order, run) for order in simulated(8, 7, levels)], 7),
        *made.faulty([result(order, run) for order in faulty(excerpts)]),
        *table([Cost(mode, 1000.0, 300.0, 30.0, 31.0, 0.9) for mode in MODES]),
    ]
    assert max(len(line) for line in lines) <= WIDTH
    assert not [line for line in lines if line != line.rstrip()]


def test_columns_stand_under_their_names() -> None:
    for each in (Table(with_interval=True), Table(with_interval=False)):
        first, second = each.head()
        line = each.line("lav", pool([BAD]), Goal(92, 93.5, 0.7))
        for name in ("Q", "%", "median", "p95", "right", "false"):
            end = second.index(name) + len(name)
            assert line[end - 1] != " "
            assert line[end : end + 1] in {" ", ""}
        assert first.index("worst") < second.rindex("Q", 0, second.index("right"))


def test_a_verdict_says_what_is_short() -> None:
    pooled = pool([GOOD])
    assert verdict(pooled, Goal()) == ""
    assert verdict(pooled, Goal(99, 99, 0.1)) == "ok"
    assert verdict(replace(pooled, quality=91.9), Goal(92)) == "short: Q"
    assert verdict(replace(pooled, quality=50, on_floor_pct=60, false_per_min=3), Goal(92, 93, 0.7)) == (
        "short: Q right false"
    )


def test_a_verdict_judges_what_is_printed() -> None:
    assert verdict(replace(pool([GOOD]), quality=91.96), Goal(92)) == "ok"
    assert verdict(replace(pool([GOOD]), false_per_min=0.7049), Goal(92, None, 0.7)) == "ok"


def test_over_the_floor_is_short_but_told_apart() -> None:
    goal = Goal(80, floor=75)
    assert verdict(replace(pool([GOOD]), quality=76), goal) == "short, over 75"
    assert verdict(replace(pool([GOOD]), quality=74), goal) == "short: Q"


def test_warnings_count_where_they_should_and_where_they_should_not() -> None:
    excerpts = [simulate(2, 240.0, seed) for seed in range(8)]
    warned = Run(GOOD, (GAIN_CONTROL, Warned("gain_control", 40.0)))
    late = Run(GOOD, (Warned("gain_control", 21.0),))
    orders = faulty(excerpts)
    lines = list(report().faulty([result(order, warned) for order in orders]))
    assert lines[-1].endswith("in 8 of 8 shows (goal: all)  ok")
    assert any("8/8 12.3 s" in line for line in lines)
    lines = list(report().faulty([result(order, late if n == 3 else warned) for n, order in enumerate(orders)]))
    assert lines[-1].endswith("in 7 of 8 shows (goal: all)  short")
    lines = list(report().real([result(order, warned) for order in real(excerpts, ["lav"])]))
    assert "warned of gain control where there is none: lav 8 shows (goal: none)  short" in lines


def test_who_looks_ahead_is_named() -> None:
    order = real([simulate(2, 240.0, 1)], ["lav"])[0]
    lines = list(report().real([result(order, Run(GOOD, is_causal=False))]))
    assert lines[-5] == "causal, shows cut off at two points: 4 of 4 runs look ahead  short"
    assert lines[-4] == "  sim1-meeting_lav_2000 (live) looks ahead"


def test_cost_is_judged_by_mode() -> None:
    live, offline = (
        Cost(mode, 1000.0, 300.0, cpu_s, 2.0, 0.9) for mode, cpu_s in ((MODES[0], 1.2), (MODES[3], 19.0))
    )
    lines = list(table([live, offline]))
    assert lines[-2].endswith("1 ms CPU, 100 x  short: CPU")
    assert lines[-1].endswith("20 ms CPU, 100 x  ok")


def test_json_holds_everything_per_show(tmp_path: Path) -> None:
    order = real([simulate(2, 240.0, 1)], ["lav"])[0]
    json_out.write(tmp_path / "out.json", {"dev": [result(order, Run(BAD, (GAIN_CONTROL,)), compared=True)]}, [])
    written = json.loads((tmp_path / "out.json").read_text())
    assert [row.get("mode", row.get("method")) for row in written["shows"]] == [
        *(mode.name for mode in MODES),
        *COMPARED,
    ]
    first = written["shows"][0]
    assert first["score"]["quality"] == BAD.quality
    assert first["score"]["false_per_min"] == BAD.false_per_min
    assert first["warnings"] == [{"kind": "gain_control", "t_s": 12.345}]
    assert first["fault"] == Fault.NONE


def test_options_are_checked(capsys: pytest.CaptureFixture[str]) -> None:
    given = options.parse(["--set", "dev", "--levels", "room,lav", "--modes", "offline,live", "--n", "3"], None)
    assert given.sets == ("dev",)
    assert given.levels == ("lav", "room")
    assert [mode.name for mode in given.modes] == ["live", "offline"]
    assert given.shows == 3
    assert options.parse([], None).sets == ("dev", "sim", "robust")
    for wrong in (["--levels", "loud"], ["--n", "0"], ["--modes", ""]):
        with pytest.raises(SystemExit):
            options.parse(wrong, None)
    assert "choose from lav,table,room,far" in capsys.readouterr().err
