"""How many to book for each session, from fewer to more, and the most that keeps within a stated risk.

The chances of one session are by formula, those of several together by play, side by side so that each can be
held against the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.forecast.exact import Outlook, outlook
from scheduler.forecast.rate import AttendanceRate
from scheduler.forecast.simulate import BookedSession, Played, play_bookings

# The table begins with so many fewer than the session can interview, and ends at an even chance of overflow.
FEWER = 2
EVEN_CHANCE = 0.5
MORE_AT_LEAST = 3


@dataclass(frozen=True, slots=True)
class Booking:
    """One line: a number of bookings, by formula and as played."""

    by_formula: Outlook
    played: Played


@dataclass(frozen=True)
class Advice:
    """For all sessions that can interview the same number with the same panels.

    `book` is the most for which the chance of overflow in one session is no more than the risk.
    """

    interviews: int
    panels: int
    sessions: tuple[str, ...]
    lines: tuple[Booking, ...]
    book: int

    @property
    def line(self) -> Booking:
        """The line that is recommended."""
        return next(line for line in self.lines if line.by_formula.booked == self.book)


def advice_for(
    sessions: Sequence[BookedSession], rate: AttendanceRate, risk: float, plays: int, seed: int
) -> tuple[Advice, ...]:
    """Advice for each kind of session, the commonest first. `risk` is from 0 up to, not including, 1/2.

    Sessions that can interview nobody are left out.
    """
    kinds = Counter((s.interviews, s.panels) for s in sessions if s.interviews)
    return tuple(
        _advice(
            interviews,
            panels,
            tuple(s.session for s in sessions if (s.interviews, s.panels) == (interviews, panels)),
            rate,
            risk,
            plays,
            seed,
        )
        for interviews, panels in sorted(kinds, key=lambda kind: (-kinds[kind], -kind[0], -kind[1]))
    )


def _advice(
    interviews: int,
    panels: int,
    sessions: tuple[str, ...],
    rate: AttendanceRate,
    risk: float,
    plays: int,
    seed: int,
) -> Advice:
    looks = [
        outlook(rate, booked, interviews, panels) for booked in range(max(1, interviews - FEWER), interviews)
    ]
    while len(looks) < FEWER + MORE_AT_LEAST + 1 or looks[-1].overflow < EVEN_CHANCE:
        looks.append(outlook(rate, (looks[-1].booked if looks else 0) + 1, interviews, panels))
    played = play_bookings(interviews, len(sessions), [each.booked for each in looks], rate, plays, seed)
    book = max(each.booked for each in looks if each.overflow <= risk)
    lines = tuple(Booking(look, play) for look, play in zip(looks, played, strict=True))
    return Advice(interviews, panels, sessions, lines, book)
