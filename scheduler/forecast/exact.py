"""One session by formula: of `booked` people so many come, when the rate itself is not known for sure.

The number that comes is beta-binomial. `simulate.py` plays what no formula holds: sessions together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from scheduler.forecast.rate import AttendanceRate


@dataclass(frozen=True, slots=True)
class Outlook:
    """What to expect of one session. Chances are from 0 to 1, the others mean numbers.

    `overflow` is the chance that more come than the session can interview; `turned_away` how many then,
    on average over all sessions; `empty` interviews nobody comes for; `idle` panels that have nobody to see
    when those who come are seen by as few panels as can be; `absence` the chance that at least one is away.
    """

    booked: int
    overflow: float
    turned_away: float
    empty: float
    idle: float
    absence: float


def attendance_chances(rate: AttendanceRate, booked: int) -> list[float]:
    """The chance that just 0, 1, … `booked` come."""
    a, b = rate.alpha, rate.beta
    whole = _log_beta(a, b)
    return [
        math.comb(booked, come) * math.exp(_log_beta(a + come, b + booked - come) - whole)
        for come in range(booked + 1)
    ]


def outlook(rate: AttendanceRate, booked: int, interviews: int, panels: int) -> Outlook:
    """What to expect when `booked` are invited to a session with `panels` and `interviews` among them."""
    chances = attendance_chances(rate, booked)
    by_panel = interviews_by_panel(interviews, panels)
    return Outlook(
        booked=booked,
        overflow=sum(chances[interviews + 1 :]),
        turned_away=sum(c * max(0, come - interviews) for come, c in enumerate(chances)),
        empty=sum(c * max(0, interviews - come) for come, c in enumerate(chances)),
        idle=sum(c * idle_panels(by_panel, come) for come, c in enumerate(chances)),
        absence=1 - chances[booked],
    )


def absence_at_known_rate(share: float, booked: int) -> float:
    """The chance of at least one absence, were the rate known exactly."""
    return 1 - share**booked


def interviews_by_panel(interviews: int, panels: int) -> tuple[int, ...]:
    """The interviews shared as evenly as can be, the fullest panel first."""
    if not panels:
        return ()
    each, more = divmod(interviews, panels)
    return tuple(each + (number < more) for number in range(panels))


def idle_panels(by_panel: tuple[int, ...], come: int) -> int:
    """Panels with nobody to see, when the fullest panels are filled first."""
    needed = 0
    while needed < len(by_panel) and come > 0:
        come -= by_panel[needed]
        needed += 1
    return len(by_panel) - needed


def _log_beta(a: float, b: float) -> float:
    return math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
