"""A `Problem` written down as a campaign's tables, so that the small problems of the solver's tests can be
campaigns too. Everybody lives where everything is, and travels only as the problem says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from api.campaign import Campaign, Table
from api.imports.read import Reading, raw_tables_of, read_tables
from scheduler.grid import clock
from scheduler.problem import Problem
from scheduler.programme import Exercise

HERE = ("51.0", "-3.1")


def tables_of(problem: Problem) -> dict[str, Table]:
    """All tables of a campaign that reads as this problem."""
    venues = sorted({session.venue for session in problem.sessions} | {room.venue for room in problem.rooms})
    travellers = [*problem.applicant_by_reference, *problem.assessor_by_reference]
    tables = [
        _table("settings", "setting,value", _settings(problem)),
        _table(
            "councils",
            "council,name,places,latitude,longitude",
            [(council, f"Council {council}", "9", *HERE) for council in problem.councils],
        ),
        _table("venues", "venue,name,latitude,longitude", [(v, f"Hall {v}", *HERE) for v in venues]),
        _table(
            "rooms",
            "room,venue,use,seats,step_free,quiet",
            [
                (
                    r.reference,
                    r.venue,
                    ";".join(sorted(r.use)),
                    str(r.seats),
                    _yes(r.step_free),
                    _yes(r.quiet),
                )
                for r in problem.rooms
            ],
        ),
        _table(
            "sessions",
            "session,venue,date,start,end,panels_max",
            [
                (
                    s.reference,
                    s.venue,
                    s.date.isoformat(),
                    *_clocks(s.window.start, s.window.end),
                    str(s.panels_max),
                )
                for s in problem.sessions
            ],
        ),
        _table("exercises", ",".join(_exercise(problem.exercises[0])), map(_cells, problem.exercises)),
        _table("applicants", *_applicants(problem)),
        _table("assessors", *_assessors(problem)),
        _table(
            "service_user_groups",
            "group,minutes_max",
            [(g.reference, _or_none(g.minutes_max)) for g in problem.service_user_groups],
        ),
        _table(
            "service_users",
            "service_user,group",
            [(user, g.reference) for g in problem.service_user_groups for user in g.members],
        ),
        _table(
            "role_players",
            "role_player,minutes_max",
            [(p.reference, _or_none(p.minutes_max)) for p in problem.role_players],
        ),
        _table("interpreters", "interpreter", [(i.reference,) for i in problem.interpreters]),
        _table(
            "travel",
            "from,venue,minutes",
            [(who, v, str(problem.travel_of(who, v))) for who in travellers for v in venues],
        ),
        _table(
            "availability",
            "person,session,available",
            [
                (person, session, "no")
                for person, session in sorted(problem.unavailable)
                if session in problem.session_by_reference
            ],
        ),
        _table(
            "interests",
            "applicant,person,kind,decision",
            [
                (i.applicant, i.person, i.kind, "exclude" if i.excluded else "allow")
                for i in problem.interests
            ],
        ),
        _table(
            "pins",
            "person,session,rule",
            [(p.person, p.session, "must" if p.must else "must_not") for p in problem.pins],
        ),
    ]
    required = ("applicants", "assessors")
    return {table.name: table for table in tables if table.rows or table.name in required}


def reading_of(tables: Mapping[str, Table]) -> Reading:
    return read_tables(raw_tables_of(tables))


def campaign_of(problem: Problem) -> Campaign | None:
    """The campaign, or None where the format does not allow such a one (two musts of one applicant)."""
    return reading_of(tables_of(problem)).campaign


def _settings(problem: Problem) -> list[tuple[str, str]]:
    panel = problem.panel
    morning = problem.travel_minutes_max_morning
    return [
        ("format", "1"),
        ("campaign_name", "Made-up"),
        ("lead_council", problem.lead_council),
        ("grid_minutes", str(problem.grid_minutes)),
        ("move_minutes", str(problem.move_minutes)),
        ("panel_size", str(panel.size)),
        ("panel_lead_members", str(panel.lead_members)),
        ("panel_first_choice_members", str(panel.first_choice_members)),
        ("panel_first_choice_rule", panel.first_choice_rule.value),
        ("panel_one_council_max", str(panel.one_council_max)),
        ("panel_safer_recruitment_members", str(panel.safer_recruitment_members)),
        ("panel_chair_members", str(panel.chair_members)),
        ("panel_lived_experience_members", str(panel.lived_experience_members)),
        ("panel_interviews_max", str(panel.interviews_max)),
        ("travel_minutes_max_morning", "" if morning is None else str(morning)),
        ("travel_late_start", clock(problem.travel_late_start)),
        ("tie_break", "lot"),
        ("tiers", ";".join(problem.tiers)),
    ]


def _exercise(exercise: Exercise) -> dict[str, str]:
    return {
        "exercise": exercise.reference,
        "kind": exercise.kind.value,
        "minutes": str(exercise.minutes),
        "preparation_minutes": str(exercise.preparation_minutes),
        "writing_minutes": str(exercise.writing_minutes),
        "group_min": str(exercise.group_min),
        "group_max": _or_none(exercise.group_max),
        "station_minutes": _or_none(exercise.station_minutes),
        "after": exercise.after or "",
        "within_minutes": _or_none(exercise.within_minutes),
        "role_player": _yes(exercise.role_player),
        "extra_time": _yes(exercise.extra_time),
    }


def _cells(exercise: Exercise) -> tuple[str, ...]:
    return tuple(_exercise(exercise).values())


def _applicants(problem: Problem) -> tuple[str, list[tuple[str, ...]]]:
    most = max((len(a.choices) for a in problem.applicants), default=1)
    choices = ",".join(f"choice_{n + 1}" for n in range(most))
    columns = f"applicant,{choices},extra_time_percent,step_free,quiet_room,interpreter,break_minutes"
    rows = [
        (
            a.reference,
            *(*a.choices, *[""] * (most - len(a.choices))),
            str(a.adjustment.extra_time_percent),
            _yes(a.adjustment.step_free),
            _yes(a.adjustment.quiet_room),
            _yes(a.adjustment.interpreter),
            str(a.adjustment.break_minutes),
        )
        for a in problem.applicants
    ]
    return columns, rows


def _assessors(problem: Problem) -> tuple[str, list[tuple[str, ...]]]:
    columns = "assessor,council,trained_for,half_days_max,chair,safer_recruitment,lived_experience,standby"
    rows: list[tuple[str, ...]] = [
        (
            x.reference,
            x.council,
            ";".join(sorted(x.trained_for)),
            str(x.half_days_max),
            _yes(x.chair),
            _yes(x.safer_recruitment),
            _yes(x.lived_experience),
            _yes(x.standby),
        )
        for x in problem.assessors
    ]
    return columns, rows


def _table(name: str, columns: str, rows: Iterable[tuple[str, ...]]) -> Table:
    return Table(name, tuple(columns.split(",")), tuple(rows))


def _clocks(*minutes: int) -> tuple[str, ...]:
    return tuple(clock(each) for each in minutes)


def _or_none(number: int | None) -> str:
    return "" if number is None else str(number)


def _yes(value: bool) -> str:
    return "yes" if value else "no"
