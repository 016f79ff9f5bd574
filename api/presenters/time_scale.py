"""The time axis of a session's chart, for a script that lets a block be dragged along it."""

from __future__ import annotations

from dataclasses import dataclass

from api.exports.packs.chart import TICK_MINUTES, Chart
from api.imports.cells import minutes_of


@dataclass(frozen=True, slots=True)
class TimeScale:
    """At `x` of the drawing it is `first` minutes after midnight; times are multiples of `step` minutes."""

    x: float
    first: int
    units_per_minute: float
    step: int


def time_scale(chart: Chart, step: int) -> TimeScale | None:
    """None for a chart with less than two marks of time."""
    if len(chart.ticks) < 2:
        return None
    one, other = chart.ticks[:2]
    return TimeScale(one.x, minutes_of(one.label), round((other.x - one.x) / TICK_MINUTES, 4), step)
