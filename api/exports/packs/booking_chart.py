"""The geometry of the forecast's chart: by number of bookings the chance of overflow, and empty interviews.

Two rows of bars over one scale of bookings; `templates/components/booking_chart.html` draws it. Lengths are
in the units of the drawing's own view box.
"""

from __future__ import annotations

from dataclasses import dataclass

from scheduler.forecast.advice import Advice

WIDTH = 760
LEFT = 20
ROW_HEIGHT = 110
FIRST_BASE = 150
SECOND_BASE = 326
HEIGHT = 382
# Narrower bars have no room for their number.
NUMBER_WIDTH = 34
BAR_SHARE = 0.62


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar with the number written over it, "" where there is no room for it."""

    x: float
    y: float
    width: float
    height: float
    centre: float
    words: str
    words_y: float
    title: str


@dataclass(frozen=True, slots=True)
class Column:
    """One number of bookings. `label` is "" where there is no room; `book` marks the recommended one."""

    label: str
    overflow: Bar
    empty: Bar
    book: bool


@dataclass(frozen=True, slots=True)
class BookingChart:
    """A drawing of `width` x `height`; `reference` is unique on its page, `risk_y` the risk's height."""

    reference: str
    title: str
    width: int
    height: int
    left: int
    first_base: int
    second_base: int
    columns: tuple[Column, ...]
    risk_y: float
    risk_words: str


def booking_chart(reference: str, advice: Advice, risk: float) -> BookingChart:
    """The chart of one kind of session."""
    step = (WIDTH - LEFT * 2) / len(advice.lines)
    width = step * BAR_SHARE
    most_empty = max(line.by_formula.empty for line in advice.lines) or 1.0
    risk_y = round(FIRST_BASE - risk * ROW_HEIGHT, 1)
    columns = []
    for place, line in enumerate(advice.lines):
        look = line.by_formula
        centre = LEFT + step * (place + 0.5)
        chance = percent_words(look.overflow)
        empty = f"{look.empty:.1f}"
        columns.append(
            Column(
                label=str(look.booked) if step >= NUMBER_WIDTH or place % 4 == 0 else "",
                overflow=_bar(
                    centre,
                    width,
                    look.overflow,
                    FIRST_BASE,
                    _short(chance),
                    f"{look.booked} booked: overflow {chance}",
                    risk_y,
                ),
                empty=_bar(
                    centre,
                    width,
                    look.empty / most_empty,
                    SECOND_BASE,
                    empty,
                    f"{look.booked} booked: {empty} empty interviews",
                    SECOND_BASE,
                ),
                book=look.booked == advice.book,
            )
        )
    return BookingChart(
        reference=reference,
        title=f"Chance of overflow and empty interviews, sessions that can interview {advice.interviews}",
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        first_base=FIRST_BASE,
        second_base=SECOND_BASE,
        columns=tuple(columns),
        risk_y=risk_y,
        risk_words=f"dashed line: accepted risk {100 * risk:g} %",
    )


def percent_words(share: float) -> str:
    """A chance in percent: whole, or with a decimal below ten; what is small but not nought is said so."""
    percent = 100 * share
    if 0 < percent < 0.05:
        return "under 0.1 %"
    if 99.5 <= percent < 100:
        return "over 99 %"
    return f"{percent:.0f} %" if percent >= 9.95 or percent == 0 else f"{percent:.1f} %"


def _short(chance: str) -> str:
    """A chance as it fits over a bar: the chart's heading says that it is in per cent."""
    return chance.removesuffix(" %").replace("under ", "<").replace("over ", ">")


def _bar(centre: float, width: float, share: float, base: int, words: str, title: str, above: float) -> Bar:
    height = max(share * ROW_HEIGHT, 0.0)
    shown = words if width / BAR_SHARE >= NUMBER_WIDTH else ""
    return Bar(
        x=round(centre - width / 2, 1),
        y=round(base - height, 1),
        width=round(width, 1),
        height=round(height, 1),
        centre=round(centre, 1),
        words=shown,
        words_y=round(min(base - height, above) - 5, 1),
        title=title,
    )
