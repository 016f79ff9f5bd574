"""The forecast: how many of those invited will come, and how many to book for each session.

It is for those who send the invitations; it names no person.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.booking_chart import BookingChart, booking_chart, percent_words
from api.exports.packs.wording import counted, day_and_date, half_day, listed
from scheduler.forecast.advice import Advice, Booking
from scheduler.forecast.exact import absence_at_known_rate
from scheduler.forecast.rate import AttendanceRate
from scheduler.forecast.simulate import CampaignForecast, SessionForecast

TWELVE = 12


@dataclass(frozen=True, slots=True)
class BookingLine:
    """One number of bookings for a session of this kind, in words."""

    booked: str
    overflow: str
    any_overflow: str
    empty: str
    idle: str
    absence: str
    book: bool


@dataclass(frozen=True, slots=True)
class KindOfSession:
    """All sessions that can interview the same number with the same panels."""

    title: str
    words: str
    sessions: str
    several: bool
    chart: BookingChart
    lines: tuple[BookingLine, ...]


@dataclass(frozen=True, slots=True)
class SessionLine:
    """One session as it is planned, over all plays."""

    reference: str
    when: str
    venue: str
    booked: str
    interviews: str
    come: str
    overflow: str
    empty: str
    idle: str
    empty_panels: str
    absence: str


@dataclass(frozen=True, slots=True)
class ForecastSheet:
    """`timetabled` tells a forecast for a timetable from one for counted capacity."""

    answers: tuple[str, ...]
    kinds: tuple[KindOfSession, ...]
    sessions: tuple[SessionLine, ...]
    timetabled: bool
    plays: str
    risk: str
    seed: int


@dataclass(frozen=True)
class Forecast:
    """Everything a forecast came to. `risk` is the accepted chance of overflow in one session."""

    rate: AttendanceRate
    risk: float
    seed: int
    timetabled: bool
    campaign: CampaignForecast
    advice: tuple[Advice, ...]

    @property
    def invite(self) -> int:
        """How many to invite in all, each session booked as recommended."""
        return sum(advice.book * len(advice.sessions) for advice in self.advice)

    @property
    def interviews(self) -> int:
        return sum(advice.interviews * len(advice.sessions) for advice in self.advice)


def forecast_sheet(campaign: Campaign, forecast: Forecast) -> ForecastSheet:
    """The sheet of one forecast."""
    return ForecastSheet(
        answers=forecast_answers(forecast),
        kinds=tuple(_kind(forecast, place) for place in range(len(forecast.advice))),
        sessions=tuple(_session_line(campaign, s) for s in forecast.campaign.sessions),
        timetabled=forecast.timetabled,
        plays=f"{forecast.campaign.plays:,}",
        risk=f"{100 * forecast.risk:g} %",
        seed=forecast.seed,
    )


def forecast_answers(forecast: Forecast) -> tuple[str, ...]:
    """What the forecast comes to, in a few sentences; the recommendation first."""
    return (
        _advice_words(forecast),
        _planned_words(forecast),
        _rate_words(forecast),
        _absence_words(forecast),
    )


def _advice_words(forecast: Forecast) -> str:
    each = [
        f"{advice.book} for {_sessions_words(advice)} that can interview {advice.interviews}"
        for advice in forecast.advice
    ]
    return (
        f"With an accepted risk of {100 * forecast.risk:g} % that more come to a session than it can "
        f"interview, book {listed(each)}: {forecast.invite:,} invitations in all."
    )


def _sessions_words(advice: Advice) -> str:
    number = len(advice.sessions)
    return "the session" if number == 1 else f"each of the {number} sessions"


def _planned_words(forecast: Forecast) -> str:
    played = forecast.campaign
    low, high = played.come_at(0.05), played.come_at(0.95)
    empty = sum(session.empty for session in played.sessions)
    idle = sum(session.idle for session in played.sessions)
    how = (
        "As timetabled"
        if forecast.timetabled
        else "With every session booked to what it can hold by counting"
    )
    held = counted(len(played.sessions), "session")
    return (
        f"{how}, {played.booked:,} are invited to {held} with {forecast.interviews:,} interviews. About "
        f"{played.come:.0f} will come (nine times in ten from {low:,} to {high:,}), about "
        f"{counted(round(empty), 'interview')} will stay empty, and on average {idle:.1f} panels will have "
        f"nobody to see once those who come are moved together. The chance that any session has too many is "
        f"{percent_words(played.any_overflow)}."
    )


def _rate_words(forecast: Forecast) -> str:
    rate = forecast.rate
    low, high = rate.interval
    return (
        f"The rate of attendance is taken as {100 * rate.observed:.0f} %, as if {rate.attended:.4g} of "
        f"{rate.invited:.4g} had come; it may well lie anywhere from {100 * low:.1f} % to "
        f"{100 * high:.1f} %, and that is allowed for."
    )


def _absence_words(forecast: Forecast) -> str:
    known = absence_at_known_rate(forecast.rate.observed, TWELVE)
    return (
        f"In a session of twelve the chance that at least one does not come is {percent_words(known)} "
        f"at just that rate: expect to change the timetable on the day."
    )


def _kind(forecast: Forecast, place: int) -> KindOfSession:
    advice = forecast.advice[place]
    number = len(advice.sessions)
    panels = f" with {counted(advice.panels, 'panel')}" if advice.panels else ""
    look = advice.line.by_formula
    words = (
        f"Recommended: {advice.book}. The chance that more than {advice.interviews} come is then "
        f"{percent_words(look.overflow)} in one session"
    )
    if number > 1:
        words += f", and {percent_words(advice.line.played.any_overflow)} in at least one of the {number}"
    words += f"; {look.empty:.1f} interviews of a session stay empty on average."
    return KindOfSession(
        title=f"Sessions that can interview {advice.interviews}{panels}",
        words=words,
        sessions=listed(advice.sessions),
        several=number > 1,
        chart=booking_chart(f"bookings-{place + 1}", advice, forecast.risk),
        lines=tuple(_booking_line(line, advice.book) for line in advice.lines),
    )


def _booking_line(line: Booking, book: int) -> BookingLine:
    look = line.by_formula
    return BookingLine(
        booked=str(look.booked),
        overflow=percent_words(look.overflow),
        any_overflow=percent_words(line.played.any_overflow),
        empty=f"{look.empty:.1f}",
        idle=f"{look.idle:.1f}",
        absence=percent_words(look.absence),
        book=look.booked == book,
    )


def _session_line(campaign: Campaign, played: SessionForecast) -> SessionLine:
    planned = played.planned
    session = campaign.problem.session_by_reference[planned.session]
    return SessionLine(
        reference=planned.session,
        when=f"{day_and_date(session.date)}, {half_day(session.window.start)}",
        venue=campaign.name_of("venues", session.venue),
        booked=str(planned.booked),
        interviews=str(planned.interviews),
        come=f"{played.come:.1f} ({played.come_low} to {played.come_high})",
        overflow=percent_words(played.overflow),
        empty=f"{played.empty:.1f}",
        idle=f"{played.idle:.1f}",
        empty_panels=f"{played.empty_panels:.2f}",
        absence=percent_words(played.absence),
    )


def kinds_in_words(advice: Sequence[Advice]) -> list[str]:
    """One line for each number of bookings near the recommended one, for a terminal."""
    return [
        f"  {line.by_formula.booked:>3} booked for {each.interviews}: overflow "
        f"{percent_words(line.by_formula.overflow):>11}, {line.by_formula.empty:4.1f} interviews empty"
        f"{'  <- recommended' if line.by_formula.booked == each.book else ''}"
        for each in advice
        for line in each.lines
        if abs(line.by_formula.booked - each.book) <= 3
    ]
