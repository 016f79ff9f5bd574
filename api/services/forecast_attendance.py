"""Forecast attendance: how many of those invited will come, and how many to book for each session.

The rate is read from words here; the reckoning is `scheduler.forecast`'s, the sheet
`api.exports.packs.forecast_sheet`'s.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from api.campaign import Campaign, Table
from api.errors import BadInput, Fault, shown
from api.exports.packs.forecast_sheet import Forecast, forecast_sheet
from api.exports.tables import csv_text, write_files
from api.imports.timetable import read_timetable
from api.services.check_campaign import check_campaign
from api.services.identify_campaign import campaign_sha256, versions
from api.services.plan_capacity import campaign_before_invitations
from api.services.schedule_campaign import json_bytes
from api.services.single_paper import paper_files
from scheduler.forecast.advice import advice_for
from scheduler.forecast.rate import LEAST_MEAN, AttendanceRate, rate_of_interval
from scheduler.forecast.simulate import BookedSession, play_campaign
from scheduler.planning.sessions import interviews_with, session_capacity
from scheduler.problem import Problem
from scheduler.timetable import Timetable

# South West 2015, the one figure of this kind that was published.
RATE_OF_2015 = "87/106"
RATE_WANTED = "a rate such as 87/106, or 0.82 with --of 106, or an interval such as 0.74..0.88"
INVITED_MAX = 1_000_000
BOOKING_COLUMNS = (
    "interviews",
    "panels",
    "sessions",
    "booked",
    "overflow_percent",
    "overflow_played_percent",
    "any_overflow_played_percent",
    "turned_away",
    "empty_interviews",
    "panels_idle",
    "absence_percent",
    "recommended",
)
SESSION_COLUMNS = (
    "session",
    "booked",
    "interviews",
    "panels",
    "come",
    "come_low",
    "come_high",
    "overflow_percent",
    "turned_away",
    "empty_interviews",
    "panels_idle",
    "panels_deserted",
    "absence_percent",
)


@dataclass(frozen=True)
class Forecasted:
    """A forecast and the campaign it is for."""

    campaign: Campaign
    forecast: Forecast
    warnings: tuple[str, ...]


def forecast_attendance(
    path: Path, timetable: Path | None, rate: AttendanceRate, risk: float, plays: int, seed: int
) -> Forecasted:
    """Forecast the sessions of a timetable or, without one, all sessions at their counted capacity.

    `risk` is a chance from 0 to below 1/2. Raises `BadInput`.
    """
    checked = check_campaign(path) if timetable is not None else campaign_before_invitations(path)
    campaign, warnings = checked.campaign, checked.warnings
    booked = None
    if timetable is not None:
        found = read_timetable(timetable, campaign)
        if found.timetable is None:
            raise BadInput(found.faults, (*warnings, *found.warnings))
        booked = found.timetable
    try:
        forecast = forecast_sessions(campaign, booked, rate, risk, plays, seed)
    except BadInput as bad:
        raise BadInput(bad.faults, warnings) from bad
    return Forecasted(campaign, forecast, warnings)


def forecast_sessions(
    campaign: Campaign, timetable: Timetable | None, rate: AttendanceRate, risk: float, plays: int, seed: int
) -> Forecast:
    """The same for a campaign and a timetable in hand. Raises `BadInput` where nobody is interviewed."""
    if timetable is None:
        sessions = counted_sessions(campaign.problem)
        lacking = Fault(
            "sessions", None, None, "no session that can hold anybody", "one with rooms and staff"
        )
    else:
        sessions = timetabled_sessions(campaign.problem, timetable)
        lacking = Fault("timetable", None, None, "nobody in any session", "a timetable with applicants in it")
    if not any(session.interviews for session in sessions):
        raise BadInput([lacking])
    return Forecast(
        rate=rate,
        risk=risk,
        seed=seed,
        timetabled=timetable is not None,
        campaign=play_campaign(sessions, rate, plays, seed),
        advice=advice_for(sessions, rate, risk, plays, seed),
    )


def rate_from(text: str, of: int | None) -> AttendanceRate:
    """The rate that was meant. Raises `BadInput`."""
    try:
        rate = _rate(text.replace(" ", ""), of)
    except (ValueError, ZeroDivisionError) as bad:
        raise BadInput([Fault("--rate", None, None, shown(text), RATE_WANTED)]) from bad
    if rate.mean < LEAST_MEAN:
        found = f"{shown(text)}, of whom hardly anybody comes"
        raise BadInput([Fault("--rate", None, None, found, "the share who come, at least a quarter of them")])
    return rate


def counted_sessions(problem: Problem) -> list[BookedSession]:
    """Every offered session, booked to what counting lets it hold."""
    found = [session_capacity(problem, session) for session in problem.sessions]
    return [
        BookedSession(
            s.session, s.applicants, s.applicants, -(-s.applicants // s.per_panel) if s.per_panel else 0
        )
        for s in found
        if s.applicants
    ]


def timetabled_sessions(problem: Problem, timetable: Timetable) -> list[BookedSession]:
    """Every session of the timetable with its panels; it can interview what those panels could see."""
    booked: dict[str, set[str]] = {}
    for applicant, where in timetable.session_of_applicant.items():
        booked.setdefault(where, set()).add(applicant)
    found = []
    for session in problem.sessions:
        if people := booked.get(session.reference):
            sizes = [len(p.applicants) for p in timetable.panels if p.session == session.reference]
            on_panels = tuple(size for size in sizes if size)
            found.append(
                BookedSession(
                    session.reference,
                    len(people),
                    interviews_with(problem, session, len(sizes)),
                    len(sizes),
                    on_panels if sum(on_panels) == len(people) else (),
                )
            )
    return found


def write_forecast(done: Forecasted, out: Path) -> None:
    """Write `forecast.csv`, `forecast_sessions.csv`, `forecast.json` and the sheet. Raises `OSError`."""
    files = {f"{table.name}.csv": csv_text(table).encode() for table in forecast_tables(done.forecast)}
    files["forecast.json"] = json_bytes(_record(done))
    write_files(files | forecast_papers(done.campaign, done.forecast), out)


def forecast_tables(forecast: Forecast) -> tuple[Table, ...]:
    """`forecast`, a row for each number of bookings, and `forecast_sessions`, a row for each session."""
    return (_booking_table(forecast), _session_table(forecast))


def forecast_papers(campaign: Campaign, forecast: Forecast) -> dict[str, bytes]:
    """The sheet as HTML and as PDF, by file name. Raises `BadInput` where this computer cannot make PDF."""
    return paper_files("forecast", "How many to invite", forecast_sheet(campaign, forecast), campaign)


def _rate(text: str, of: int | None) -> AttendanceRate:
    if found := re.fullmatch(r"(\d+)/(\d+)", text):
        attended, invited = int(found[1]), int(found[2])
        if of is not None or not 0 <= attended <= invited <= INVITED_MAX:
            raise ValueError(text)
        return AttendanceRate(attended, invited) if invited else _nothing(text)
    if found := re.fullmatch(r"([^.]*(?:\.\d+)?%?)\.\.([^.]*(?:\.\d+)?%?)", text):
        if of is not None:
            raise ValueError(text)
        return rate_of_interval(_share(found[1]), _share(found[2]))
    if of is None:
        raise ValueError(text)
    return AttendanceRate(_share(text) * of, of)


def _nothing(text: str) -> AttendanceRate:
    raise ValueError(text)


def _share(text: str) -> float:
    """0.82 or 82%."""
    if not re.fullmatch(r"\d+(\.\d+)?%?|\.\d+", text):
        raise ValueError(text)
    share = float(text[:-1]) / 100 if text.endswith("%") else float(text)
    if not 0 <= share <= 1:
        raise ValueError(text)
    return share


def _booking_table(forecast: Forecast) -> Table:
    rows = []
    for advice in forecast.advice:
        for line in advice.lines:
            look, played = line.by_formula, line.played
            rows.append(
                (
                    str(advice.interviews),
                    str(advice.panels),
                    ";".join(advice.sessions),
                    str(look.booked),
                    _percent(look.overflow),
                    _percent(played.overflow),
                    _percent(played.any_overflow),
                    f"{look.turned_away:.3f}",
                    f"{look.empty:.3f}",
                    f"{look.idle:.3f}",
                    _percent(look.absence),
                    "yes" if look.booked == advice.book else "no",
                )
            )
    return Table("forecast", BOOKING_COLUMNS, tuple(rows))


def _session_table(forecast: Forecast) -> Table:
    rows = [
        (
            s.planned.session,
            str(s.planned.booked),
            str(s.planned.interviews),
            str(s.planned.panels),
            f"{s.come:.3f}",
            str(s.come_low),
            str(s.come_high),
            _percent(s.overflow),
            f"{s.turned_away:.3f}",
            f"{s.empty:.3f}",
            f"{s.idle:.3f}",
            f"{s.empty_panels:.3f}" if s.planned.panel_sizes else "",
            _percent(s.absence),
        )
        for s in forecast.campaign.sessions
    ]
    return Table("forecast_sessions", SESSION_COLUMNS, tuple(rows))


def _record(done: Forecasted) -> dict[str, object]:
    forecast = done.forecast
    rate, played = forecast.rate, forecast.campaign
    low, high = rate.interval
    return {
        "rate": {
            "attended": rate.attended,
            "invited": rate.invited,
            "observed": rate.observed,
            "interval": [low, high],
            "posterior": {"distribution": "beta", "alpha": rate.alpha, "beta": rate.beta, "mean": rate.mean},
        },
        "risk_percent": 100 * forecast.risk,
        "simulations": played.plays,
        "seed": forecast.seed,
        "timetabled": forecast.timetabled,
        "booked": played.booked,
        "interviews": forecast.interviews,
        "come": played.come,
        "come_low": played.come_at(0.05),
        "come_high": played.come_at(0.95),
        "come_counts": {str(number): times for number, times in played.come_counts.items()},
        "any_overflow": played.any_overflow,
        "invite": forecast.invite,
        "book": [
            {"interviews": a.interviews, "panels": a.panels, "sessions": list(a.sessions), "book": a.book}
            for a in forecast.advice
        ],
        "input_sha256": campaign_sha256(done.campaign),
        "versions": versions(),
    }


def _percent(share: float) -> str:
    return f"{100 * share:.2f}"
