"""How time and memory grow with the number of applicants: the figures, and the exponent through them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tests.benchmarks.campaigns import SIZES, SMALL
from tests.benchmarks.measure import apart
from tests.benchmarks.report import Line, Part, Table
from tests.benchmarks.traced import first_and_settled

SECONDS = 600.0
HEAD = ("applicants", "first complete timetable, s", "tiers 1 and 2 proven, s", "peak memory, MiB")
# Below this, loading the solver is most of what is measured.
LARGE = 106


def measure_growth(quick: bool) -> Part:
    """Each size in a process of its own, until everybody is placed and tiers 1 and 2 are proven."""
    measured: list[tuple[int, float | None, float | None, float | None]] = []
    for name in SMALL if quick else SIZES:
        people = int(name.removeprefix("size-"))
        run = apart(SECONDS + 60, first_and_settled, name, 30.0 if quick else SECONDS)
        trace = run.value
        complete, settled = (trace.complete, trace.settled) if trace else (None, None)
        measured.append((people, complete, settled, run.peak_mib if trace else None))
    rows = [(f"{people:,}", *map(_shown, figures)) for people, *figures in measured]
    lines = [
        Line(
            what,
            "",
            f"{_said(measured, column, 0)}; from {LARGE} applicants {_said(measured, column, LARGE)}",
            None,
        )
        for column, what in enumerate(HEAD[1:], start=1)
    ]
    words = "The exponent is the slope of a least-squares line through the logarithms."
    return Part("Growth", tuple(lines), (Table("Figures", HEAD, tuple(rows), words),), quick)


def exponent(sizes: Sequence[float], figures: Sequence[float]) -> float | None:
    """b of figure = a * size^b, by least squares on the logarithms; None with fewer than two sizes."""
    if len(set(sizes)) < 2:
        return None
    xs, ys = [math.log(size) for size in sizes], [math.log(figure) for figure in figures]
    x_mean, y_mean = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - x_mean) * (y - y_mean) for x, y in zip(xs, ys, strict=True))
    return above / sum((x - x_mean) ** 2 for x in xs)


def _said(
    measured: Sequence[tuple[int, float | None, float | None, float | None]], column: int, least: int
) -> str:
    known = [
        (row[0], figure)
        for row in measured
        if row[0] >= least and (figure := row[column]) is not None and figure > 0
    ]
    found = exponent([size for size, _ in known], [figure for _, figure in known])
    return "no exponent" if found is None else f"exponent {found:.2f}"


def _shown(figure: float | None) -> str:
    return "not reached" if figure is None else f"{figure:.2f}" if figure < 100 else f"{figure:.0f}"
