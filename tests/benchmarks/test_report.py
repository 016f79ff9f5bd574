"""The benchmarks' own arithmetic: which result is better, the exponent, and parts merged into a report."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.benchmarks.bars.growth import exponent
from tests.benchmarks.peers.judged import Judged, better, never_worse
from tests.benchmarks.report import Line, Part, Table, merged, within
from tests.benchmarks.traced import Trace


def judged(values: tuple[int, ...], seconds: float = 1.0, breaches: tuple[str, ...] = ()) -> Judged:
    return Judged("somebody", "somewhere", values, breaches, seconds)


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        (judged((0, 4, 9)), judged((0, 5, 1)), True),
        (judged((1, 4, 1)), judged((0, 9, 9)), False),
        (judged((0, 4, 9)), judged((0, 4, 9)), None),
        (judged((3, 4, 9)), judged((0, 4, 9), breaches=("pins_are_kept",)), True),
        (judged(()), judged((5, 5, 5)), False),
    ],
    ids=["earlier tier decides", "worse", "equal", "unsound is worst", "none is worst"],
)
def test_results_are_compared_tier_by_tier(one: Judged, other: Judged, verdict: bool | None) -> None:
    assert better(one, other) is verdict
    assert better(other, one) is (None if verdict is None else not verdict)


def test_equal_results_are_compared_by_time() -> None:
    quick, slow = judged((0, 4), 1.0), judged((0, 4), 2.0)
    assert (never_worse(quick, slow), never_worse(slow, quick)) == (True, False)


def test_exponent_is_that_of_an_exact_power() -> None:
    sizes = [12, 50, 106, 1000]
    assert exponent(sizes, [3 * size**1.5 for size in sizes]) == pytest.approx(1.5)
    assert exponent([12, 12], [1, 2]) is None


def test_a_bar_of_seconds_holds_up_to_its_limit() -> None:
    assert within("x", 5, 5.0) == Line("x", "at most 5 s", "5.00 s", True)
    assert within("x", 5, 4.0, also=False) == Line("x", "at most 5 s", "4.00 s", False)
    assert within("x", 5, None) == Line("x", "at most 5 s", "not reached", False)


def test_a_part_run_alone_replaces_only_itself(tmp_path: Path) -> None:
    old = Part("Second", (Line("two", "", "2", None),), quick=True)
    merged(tmp_path, {"two": old}, ("one", "two"))
    merged(tmp_path, {"one": Part("First")}, ("one", "two"))
    new = Part("Second", (Line("two", "at most 3", "3", True),), (Table("T", ("a",), (("1",),), "Words."),))
    text = merged(tmp_path, {"two": new}, ("one", "two"))
    record = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert record["parts"] == json.loads(json.dumps({"one": asdict(Part("First")), "two": asdict(new)}))
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == text
    assert text.split("\n\n")[2:] == [
        "## First",
        "## Second",
        "| what | bar | measured | holds |\n| --- | --- | --- | --- |\n| two | at most 3 | 3 | yes |",
        "### T",
        "| a |\n| --- |\n| 1 |",
        "Words.\n",
    ]


def test_trace_knows_when_everybody_was_placed_and_when_that_was_proven() -> None:
    from scheduler.result import Progress

    trace = Trace()
    steps = [
        Progress(0, "unplaced", 0, 0, True),
        Progress(0, "panel_half_days", 4, 4, True),
        Progress(0, "unplaced", 0, None),
        Progress(0, "panel_half_days", 5, None),
        Progress(0, "panel_half_days", 4, None),
        Progress(0, "idle_minutes", 30, None),
        Progress(0, "idle_minutes", 30, None),
    ]
    for second, progress in enumerate(steps):
        trace.hear(progress, float(second))
    assert (trace.complete, trace.settled, trace.reached) == (2.0, 4.0, 5.0)
    assert trace.proven == {"unplaced": 0.0, "panel_half_days": 1.0}
