"""From checked tables to a `Campaign`: the typed inputs of both cores, and the names beside them.

It is called only on tables without a fault, so nothing is checked here. Journeys are in `journeys.py`.
"""

from __future__ import annotations

from collections import defaultdict

from api.campaign import Campaign, Table
from api.imports.checks.rules import NO_FLOORS
from api.imports.columns import TABLES
from api.imports.decided import answer, decisions_of, frozen_rules, offer_event
from api.imports.journeys import travel_minutes
from api.imports.settings_table import ReadSettings
from api.imports.tables import CheckedTables, Record
from assessment.councils import Choices, Places
from assessment.framework import BelowFloor, Floor, Framework, LastResort
from assessment.ratings import AgreedRating, Attendance, Rating
from scheduler.grid import Window
from scheduler.people import (
    Adjustment,
    Applicant,
    Assessor,
    DeclaredInterest,
    Interpreter,
    Pin,
    RolePlayer,
    ServiceUserGroup,
)
from scheduler.places import Room
from scheduler.problem import FirstChoiceRule, PanelRules, Problem
from scheduler.programme import Exercise, ExerciseKind, Session


def assembled(tables: CheckedTables, settings: ReadSettings) -> Campaign:
    """The campaign that these tables describe. Warnings about journeys are added to `tables`."""
    kept = {name: tables.by_name[name].table for name in TABLES if name in tables.by_name}
    problem = problem_of(tables, settings)
    return Campaign(
        tables=kept,
        settings=settings.values,
        names=_names(kept),
        problem=problem,
        framework=framework_of(tables, settings),
        places=Places(
            {r.text("council"): r.whole("places") for r in tables.records("councils")}, problem.lead_council
        ),
        choices=Choices({a.reference: a.choices for a in problem.applicants}),
        attendance=_attendance(tables),
        ratings=tuple(_rating(r) for r in tables.records("ratings")),
        agreed=tuple(_agreed(r) for r in tables.records("agreed")),
        council_lists=_council_lists(tables),
        decisions=decisions_of(tables),
        confirmed=frozenset(r.text("finding") for r in tables.records("confirmations")),
        frozen=tuple(frozen_rules(r) for r in tables.records("frozen_rules")),
        offer_events=tuple(offer_event(r) for r in tables.records("offer_events")),
        answers=tuple(answer(r) for r in tables.records("responses")),
    )


def problem_of(tables: CheckedTables, settings: ReadSettings) -> Problem:
    """What the scheduler needs: references only."""
    minutes, warnings = travel_minutes(tables)
    tables.warnings += warnings
    return Problem(
        lead_council=settings.text("lead_council"),
        councils=tuple(r.text("council") for r in tables.records("councils")),
        rooms=tuple(_room(r) for r in tables.records("rooms")),
        sessions=tuple(_session(r) for r in tables.records("sessions")),
        exercises=tuple(_exercise(r) for r in tables.records("exercises")),
        applicants=tuple(_applicant(r) for r in tables.records("applicants")),
        assessors=tuple(_assessor(r, tables, settings) for r in tables.records("assessors")),
        service_user_groups=_groups(tables),
        role_players=tuple(
            RolePlayer(r.text("role_player"), r.whole_or_none("minutes_max"))
            for r in tables.records("role_players")
        ),
        interpreters=tuple(Interpreter(r.text("interpreter")) for r in tables.records("interpreters")),
        travel_minutes=minutes,
        unavailable=_unavailable(tables),
        interests=tuple(_interest(r) for r in tables.records("interests")),
        pins=tuple(
            Pin(r.text("person"), r.text("session"), r.text("rule") == "must") for r in tables.records("pins")
        ),
        panel=_panel_rules(settings),
        grid_minutes=settings.whole("grid_minutes"),
        move_minutes=settings.whole("move_minutes"),
        travel_minutes_max_morning=_whole_or_none(settings, "travel_minutes_max_morning"),
        travel_late_start=settings.minutes("travel_late_start"),
        tiers=tuple(settings.parts("tiers")),
    )


def framework_of(tables: CheckedTables, settings: ReadSettings) -> Framework:
    """What the assessment needs to read ratings by. Weights are exact, from the digits as written."""
    *tie_break, last_resort = settings.parts("tie_break")
    rated = {r.text("exercise") for r in tables.records("exercises") if r.yes("rated")}
    low, high = settings.whole("scale_min"), settings.whole("scale_max")
    floors = () if settings.parts("floor_ratings") == NO_FLOORS else settings.parts("floor_ratings")
    pairs = [(int(rating), int(most)) for rating, most in (floor.split(":") for floor in floors)]
    return Framework(
        scale_min=low,
        scale_max=high,
        criteria=tuple(r.text("criterion") for r in tables.records("criteria")),
        weights={
            (r.text("exercise"), r.text("criterion")): r.number("weight") for r in tables.records("matrix")
        },
        raters_min=settings.whole("raters_min"),
        rating_gap_to_discuss=settings.whole("rating_gap_to_discuss"),
        floors=tuple(Floor(rating, most) for rating, most in pairs if low <= rating <= high),
        below_floor=BelowFloor(settings.text("below_floor")),
        standard_percent=settings.number("standard_percent"),
        tie_break=tuple(exercise for exercise in tie_break if exercise in rated),
        last_resort=LastResort(last_resort),
        lot_seed=settings.text("lot_seed"),
    )


def _names(tables: dict[str, Table]) -> dict[tuple[str, str], str]:
    return {
        (name, row[table.columns.index(TABLES[name].columns[0].name)]): row[table.columns.index("name")]
        for name, table in tables.items()
        if "name" in table.columns
        for row in table.rows
    }


def _room(r: Record) -> Room:
    uses = (
        frozenset(ExerciseKind)
        if r.parts("use") == ("any",)
        else frozenset(map(ExerciseKind, r.parts("use")))
    )
    return Room(r.text("room"), r.text("venue"), uses, r.whole("seats"), r.yes("step_free"), r.yes("quiet"))


def _session(r: Record) -> Session:
    window = Window(r.minutes("start"), r.minutes("end"))
    return Session(r.text("session"), r.text("venue"), r.date("date"), window, r.whole("panels_max"))


def _exercise(r: Record) -> Exercise:
    return Exercise(
        reference=r.text("exercise"),
        kind=ExerciseKind(r.text("kind")),
        minutes=r.whole("minutes"),
        preparation_minutes=r.whole("preparation_minutes"),
        writing_minutes=r.whole("writing_minutes"),
        group_min=r.whole("group_min"),
        group_max=r.whole_or_none("group_max"),
        station_minutes=r.whole_or_none("station_minutes"),
        after=r.text("after") or None,
        within_minutes=r.whole_or_none("within_minutes"),
        role_player=r.yes("role_player"),
        extra_time=r.yes("extra_time"),
    )


def _applicant(r: Record) -> Applicant:
    adjustment = Adjustment(
        extra_time_percent=r.whole("extra_time_percent"),
        step_free=r.yes("step_free"),
        quiet_room=r.yes("quiet_room"),
        interpreter=r.yes("interpreter"),
        break_minutes=r.whole("break_minutes"),
    )
    return Applicant(r.text("applicant"), tuple(council for council in r.choices if council), adjustment)


def _assessor(r: Record, tables: CheckedTables, settings: ReadSettings) -> Assessor:
    half_days = r.whole_or_none("half_days_max")
    return Assessor(
        reference=r.text("assessor"),
        council=r.text("council"),
        trained_for=frozenset(r.parts("trained_for")) or tables.keys("exercises"),
        half_days_max=settings.whole("assessor_half_days_max") if half_days is None else half_days,
        chair=r.yes("chair"),
        safer_recruitment=r.yes("safer_recruitment"),
        lived_experience=r.yes("lived_experience"),
        standby=r.yes("standby"),
    )


def _groups(tables: CheckedTables) -> tuple[ServiceUserGroup, ...]:
    members = defaultdict(list)
    for r in tables.records("service_users"):
        members[r.text("group")].append(r.text("service_user"))
    return tuple(
        ServiceUserGroup(r.text("group"), tuple(members[r.text("group")]), r.whole_or_none("minutes_max"))
        for r in tables.records("service_user_groups")
    )


def _unavailable(tables: CheckedTables) -> frozenset[tuple[str, str]]:
    """Who cannot be where. A service user who cannot come keeps the whole group away."""
    sessions = {r.text("session") for r in tables.records("sessions")}
    yes: dict[str, set[str]] = defaultdict(set)
    no: dict[str, set[str]] = defaultdict(set)
    for r in tables.records("availability"):
        (yes if r.yes("available") else no)[r.text("person")].add(r.text("session"))
    away = {person: sessions - yes[person] if yes[person] else no[person] for person in {*yes, *no}}
    for r in tables.records("service_users"):
        away[r.text("group")] = away.get(r.text("group"), set()) | away.get(r.text("service_user"), set())
    return frozenset((person, session) for person, those in away.items() for session in those)


def _interest(r: Record) -> DeclaredInterest:
    excluded = r.text("decision") == "exclude"
    return DeclaredInterest(r.text("applicant"), r.text("person"), r.text("kind"), excluded)


def _panel_rules(settings: ReadSettings) -> PanelRules:
    return PanelRules(
        size=settings.whole("panel_size"),
        lead_members=settings.whole("panel_lead_members"),
        first_choice_members=settings.whole("panel_first_choice_members"),
        first_choice_rule=FirstChoiceRule(settings.text("panel_first_choice_rule")),
        one_council_max=settings.whole("panel_one_council_max"),
        safer_recruitment_members=settings.whole("panel_safer_recruitment_members"),
        chair_members=settings.whole("panel_chair_members"),
        lived_experience_members=settings.whole("panel_lived_experience_members"),
        interviews_max=settings.whole("panel_interviews_max"),
    )


def _attendance(tables: CheckedTables) -> dict[str, Attendance] | None:
    # A table with no row yet, as the blank workbook has one, does not say that nobody came.
    if not tables.records("attendance"):
        return None
    return {r.text("applicant"): Attendance(r.text("status")) for r in tables.records("attendance")}


def _rating(r: Record) -> Rating:
    return Rating(
        r.text("applicant"), r.text("exercise"), r.text("criterion"), r.text("assessor"), r.number("rating")
    )


def _agreed(r: Record) -> AgreedRating:
    cell = (r.text("applicant"), r.text("exercise"), r.text("criterion"))
    return AgreedRating(*cell, r.number("rating"), r.text("reason"))


def _council_lists(tables: CheckedTables) -> dict[str, tuple[str, ...]]:
    lists: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for r in tables.records("council_lists"):
        lists[r.text("council")].append((r.whole("position"), r.text("applicant")))
    return {council: tuple(applicant for _, applicant in sorted(rows)) for council, rows in lists.items()}


def _whole_or_none(settings: ReadSettings, name: str) -> int | None:
    return settings.whole(name) if settings.text(name) else None
