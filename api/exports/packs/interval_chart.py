"""The geometry of a chart of estimates: one line each, a point with the interval it may lie in.

`templates/components/interval_chart.html` draws it. Lengths are in the units of the drawing's own view box.
What is filled and what is hollow, and which lines are shaded, is said in words beside every line too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

WIDTH = 560
LABEL_MARGIN = 14
LETTER_WIDTH = 6.2
# The dots at the edges of shaded lines come in squares of this size; both edges lie on their grid.
PATTERN_GRID = 6
WORDS_WIDTH = 116
TOP = 34
ROW_HEIGHT = 17
BOTTOM = 10
TICK_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
TICKS_MOST = 8
ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class Estimate:
    """One line to be drawn: what it is, its value and interval, and in words what the signs say."""

    label: str
    value: float
    low: float
    high: float
    filled: bool
    shaded: bool
    words: str


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line as drawn; `y` is its middle."""

    y: float
    point: float
    low: float
    high: float
    estimate: Estimate
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on the scale."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class IntervalChart:
    """A drawing of `width` x `height`; `reference` is unique on its page.

    `reference_x` is the upright dashed line, None where there is none, and `reference_words` what it is.
    """

    reference: str
    title: str
    scale_words: str
    width: int
    height: float
    left: int
    right: int
    top: int
    row_height: int
    lines: tuple[DrawnLine, ...]
    ticks: tuple[Tick, ...]
    reference_x: float | None
    reference_words: str


def interval_chart(
    reference: str,
    title: str,
    scale_words: str,
    estimates: Sequence[Estimate],
    line_at: float | None,
    line_words: str,
) -> IntervalChart:
    """The chart of at least one estimate; `line_at` is a value that all are to be compared with."""
    everything = [value for each in estimates for value in (each.low, each.high)]
    everything += [] if line_at is None else [line_at]
    step = tick_step(max(everything) - min(everything))
    least, most = floor(min(everything) / step + ROUNDING), ceil(max(everything) / step - ROUNDING)
    most = max(most, least + 1)
    longest = max(len(each.label) for each in estimates)
    left = ceil((LABEL_MARGIN + LETTER_WIDTH * longest) / PATTERN_GRID) * PATTERN_GRID
    right = WIDTH - WORDS_WIDTH

    def at(value: float) -> float:
        return round(left + (value / step - least) / (most - least) * (right - left), 1)

    lines = [
        DrawnLine(
            y=TOP + ROW_HEIGHT * (place + 0.5),
            point=at(each.value),
            low=at(each.low),
            high=at(each.high),
            estimate=each,
            title=f"{each.label}: {number_words(each.value, 2)}, from {number_words(each.low, 2)} to "
            f"{number_words(each.high, 2)}; {each.words}",
        )
        for place, each in enumerate(estimates)
    ]
    places = 0 if step >= 1 else 1 if step >= 0.1 else 2
    return IntervalChart(
        reference=reference,
        title=title,
        scale_words=scale_words,
        width=WIDTH,
        height=TOP + ROW_HEIGHT * len(lines) + BOTTOM,
        left=left,
        right=right,
        top=TOP,
        row_height=ROW_HEIGHT,
        lines=tuple(lines),
        ticks=tuple(
            Tick(at(number * step), number_words(number * step, places)) for number in range(least, most + 1)
        ),
        reference_x=None if line_at is None else at(line_at),
        reference_words=line_words,
    )


def tick_step(span: float) -> float:
    """The smallest round step that needs no more than a few numbers."""
    return next((step for step in TICK_STEPS if span / step <= TICKS_MOST - 1), TICK_STEPS[-1])


def number_words(value: float, places: int) -> str:
    """A number with so many decimals, a true minus sign, and no minus nought."""
    text = f"{abs(value):.{places}f}"
    return f"\N{MINUS SIGN}{text}" if value < 0 and float(text) else text
