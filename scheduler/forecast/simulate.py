"""Whole campaigns played many times over: one rate for the year, then who comes to which session.

All sessions of one play share its rate, which is why a bad year is bad everywhere; that no formula for a
single session can say. Seeded: the same seed gives the same plays.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scheduler.forecast.exact import idle_panels, interviews_by_panel
from scheduler.forecast.rate import AttendanceRate


@dataclass(frozen=True, slots=True)
class BookedSession:
    """One session as it is planned: who sees how many. `panel_sizes` are the applicants of each panel.

    Without a timetable `panel_sizes` is empty and `booked` stands for whoever will be invited.
    """

    session: str
    booked: int
    interviews: int
    panels: int
    panel_sizes: tuple[int, ...] = ()


@dataclass(frozen=True)
class SessionForecast:
    """One session over all plays; `come_low` and `come_high` hold nine in ten of them."""

    planned: BookedSession
    come: float
    come_low: int
    come_high: int
    overflow: float
    turned_away: float
    empty: float
    idle: float
    empty_panels: float
    absence: float


@dataclass(frozen=True)
class CampaignForecast:
    """The whole campaign over all plays. `come_counts` says how many plays had how many people come.

    `any_overflow` is the chance that at least one session has too many.
    """

    plays: int
    sessions: tuple[SessionForecast, ...]
    come_counts: Mapping[int, int]
    any_overflow: float

    @property
    def booked(self) -> int:
        return sum(session.planned.booked for session in self.sessions)

    @property
    def come(self) -> float:
        return sum(number * times for number, times in self.come_counts.items()) / self.plays

    def come_at(self, share: float) -> int:
        """The number of people that at least this share of plays does not exceed."""
        return _quantile(self.come_counts, share, self.plays)


@dataclass(frozen=True, slots=True)
class Played:
    """One number of bookings for each of some like sessions, over all plays.

    `overflow` is the chance for one session, `any_overflow` that it happens in at least one of them.
    """

    booked: int
    overflow: float
    any_overflow: float
    empty: float


def play_campaign(
    sessions: Sequence[BookedSession], rate: AttendanceRate, plays: int, seed: int
) -> CampaignForecast:
    """Play the sessions as they are booked."""
    chance = random.Random(seed)
    come_by_session: list[Counter[int]] = [Counter() for _ in sessions]
    deserted = [0] * len(sessions)
    totals: Counter[int] = Counter()
    overflows = 0
    for _ in range(plays):
        share, total, too_many = rate.drawn(chance), 0, False
        for place, session in enumerate(sessions):
            come = 0
            for size in session.panel_sizes or (session.booked,):
                here = sum(chance.random() < share for _ in range(size))
                deserted[place] += not here
                come += here
            come_by_session[place][come] += 1
            total += come
            too_many = too_many or come > session.interviews
        totals[total] += 1
        overflows += too_many
    found = zip(sessions, come_by_session, deserted, strict=True)
    return CampaignForecast(
        plays=plays,
        sessions=tuple(_session_forecast(s, counts, empty, plays) for s, counts, empty in found),
        come_counts=dict(sorted(totals.items())),
        any_overflow=overflows / plays,
    )


def play_bookings(
    interviews: int, sessions: int, bookings: Sequence[int], rate: AttendanceRate, plays: int, seed: int
) -> list[Played]:
    """Play so many like sessions, each with these numbers of bookings in turn.

    The same people come or stay away whatever the number, so that lines of the table can be compared.
    """
    chance = random.Random(seed)
    most = max(bookings, default=0)
    overflow, any_overflow, empty = ([0] * (most + 1) for _ in range(3))
    for _ in range(plays):
        share = rate.drawn(chance)
        first_overflow = most + 1
        for _ in range(sessions):
            come = 0
            for booked in range(1, most + 1):
                come += chance.random() < share
                if come > interviews:
                    overflow[booked] += 1
                    first_overflow = min(first_overflow, booked)
                else:
                    empty[booked] += interviews - come
        if first_overflow <= most:
            any_overflow[first_overflow] += 1
    for booked in range(1, most + 1):
        any_overflow[booked] += any_overflow[booked - 1]
    rounds = plays * sessions
    return [
        Played(
            b, overflow[b] / rounds, any_overflow[b] / plays, empty[b] / rounds if b else float(interviews)
        )
        for b in bookings
    ]


def _session_forecast(
    planned: BookedSession, counts: Counter[int], deserted: int, plays: int
) -> SessionForecast:
    by_panel = interviews_by_panel(planned.interviews, planned.panels)
    seats = planned.interviews

    def mean(of: Mapping[int, float]) -> float:
        return sum(of[come] * times for come, times in counts.items()) / plays

    return SessionForecast(
        planned=planned,
        come=mean({come: come for come in counts}),
        come_low=_quantile(counts, 0.05, plays),
        come_high=_quantile(counts, 0.95, plays),
        overflow=mean({come: come > seats for come in counts}),
        turned_away=mean({come: max(0, come - seats) for come in counts}),
        empty=mean({come: max(0, seats - come) for come in counts}),
        idle=mean({come: idle_panels(by_panel, come) for come in counts}),
        empty_panels=deserted / plays if planned.panel_sizes else 0.0,
        absence=mean({come: come < planned.booked for come in counts}),
    )


def _quantile(counts: Mapping[int, int], share: float, plays: int) -> int:
    seen = 0
    for number in sorted(counts):
        seen += counts[number]
        if seen >= share * plays:
            return number
    return max(counts, default=0)
