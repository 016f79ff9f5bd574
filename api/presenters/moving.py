"""The page of one run and of one person: who, where, why there, and what a change may choose from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from api.campaign import Campaign
from api.exports.packs.legend import Sign, signs_of
from api.exports.packs.runs import Run, SessionHead, head_of, runs_of
from api.exports.packs.session_chart import row_anchor
from api.exports.packs.wording import counted, day_and_date, half_day, hours
from api.presenters.breaches import BreachLine
from api.presenters.why_here import role_words, why_here
from scheduler.grid import clock
from scheduler.timetable import Role, Timetable

Choice = tuple[str, str]
Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class PersonHere:
    """One person of a run. `rule` is what a pin says of them and this session: must, must_not or nothing."""

    reference: str
    name: str
    role: str
    why: tuple[str, ...]
    can_be_pinned: bool
    rule: str


@dataclass(frozen=True, slots=True)
class SittingView:
    """One run. `wrong` are the breaches it is part of, each the rule and what is wrong."""

    place: Place
    head: SessionHead
    sign: Sign
    hours: str
    start: str
    preparation: str
    writing: str
    room: str
    room_name: str
    panel: str
    people: tuple[PersonHere, ...]
    wrong: tuple[tuple[str, str], ...]
    rooms: tuple[Choice, ...]
    members: tuple[Choice, ...]
    others: tuple[Choice, ...]


def sitting_view(
    campaign: Campaign, timetable: Timetable, place: Place, breaches: Iterable[BreachLine]
) -> SittingView | None:
    """One run of the timetable, None where it has none of this name."""
    session, exercise, sitting = place
    if session not in campaign.problem.session_by_reference:
        return None
    runs = runs_of(campaign, timetable, session)
    run = next((r for r in runs if (r.exercise, r.sitting) == (exercise, sitting)), None)
    if run is None:
        return None
    return SittingView(
        place=place,
        head=head_of(campaign, session),
        sign=signs_of(campaign)[exercise],
        hours=hours(run.contact_start, run.contact_end),
        start=clock(run.start),
        preparation=hours(run.start, run.contact_start) if run.contact_start > run.start else "",
        writing=hours(run.contact_end, run.end) if run.end > run.contact_end else "",
        room=run.room,
        room_name=campaign.name_of("rooms", run.room),
        panel=run.panel,
        people=tuple(_people(campaign, timetable, run)),
        wrong=wrong_words(breach for breach in breaches if place in breach.sittings),
        rooms=_rooms(campaign, run),
        members=tuple((m, campaign.name_of("assessors", m)) for m in run.assessors if run.panel),
        others=_other_assessors(campaign, timetable, run) if run.panel else (),
    )


def wrong_words(breaches: Iterable[BreachLine]) -> tuple[tuple[str, str], ...]:
    """Breaches as pairs: the rule, and what is wrong."""
    return tuple((breach.sentence, breach.detail) for breach in breaches)


def broken_words(breaches: Sequence[BreachLine]) -> str:
    """How much is broken: 1 rule; or 2 rules, in 5 places."""
    rules = counted(len({breach.rule for breach in breaches}), "rule")
    places = len(breaches)
    return rules if places == 1 else f"{rules}, in {counted(places, 'place')}"


def run_choices(campaign: Campaign, timetable: Timetable, session: str) -> tuple[Choice, ...]:
    """The runs of a session to choose from: their anchor in its table, and a line in words."""
    signs = signs_of(campaign)
    return tuple(
        (
            row_anchor((run.session, run.exercise, run.sitting)),
            f"{clock(run.start)} {signs[run.exercise].letter} {signs[run.exercise].name}, "
            f"{campaign.name_of('rooms', run.room)}: {', '.join(run.applicants) or 'nobody'}",
        )
        for run in runs_of(campaign, timetable, session)
    )


def place_of_anchor(timetable: Timetable, session: str, anchor: str) -> Place | None:
    """The run of a session that such a choice means."""
    places = ((s.session, s.exercise, s.reference) for s in timetable.sittings if s.session == session)
    return next((place for place in places if row_anchor(place) == anchor), None)


def session_choices(campaign: Campaign, timetable: Timetable, leaving_out: str = "") -> tuple[Choice, ...]:
    """The sessions in order of time, with how many are in each."""
    problem = campaign.problem
    ordered = sorted(problem.sessions, key=lambda s: (s.date, s.window.start, s.reference))
    inside = timetable.session_of_applicant
    return tuple(
        (
            s.reference,
            f"{s.reference}, {day_and_date(s.date)} in the {half_day(s.window.start)}, "
            f"{campaign.name_of('venues', s.venue)}: "
            f"{counted(sum(where == s.reference for where in inside.values()), 'applicant')}",
        )
        for s in ordered
        if s.reference != leaving_out
    )


def applicant_choices(campaign: Campaign, timetable: Timetable, leaving_out: str) -> tuple[Choice, ...]:
    """Everybody else, with the session they are in."""
    inside = timetable.session_of_applicant
    return tuple(
        (a.reference, f"{_named(campaign, 'applicants', a.reference)}: {inside.get(a.reference, 'no place')}")
        for a in campaign.problem.applicants
        if a.reference != leaving_out
    )


def person_table(campaign: Campaign, person: str) -> str:
    """Which table somebody is in: applicants, assessors, …; empty where they are in none."""
    problem = campaign.problem
    known: dict[str, Collection[str]] = {
        "applicants": problem.applicant_by_reference,
        "assessors": problem.assessor_by_reference,
        "service_user_groups": problem.group_by_reference,
        "service_users": {m for group in problem.service_user_groups for m in group.members},
        "role_players": problem.role_player_by_reference,
        "interpreters": problem.interpreter_by_reference,
    }
    return next((table for table, people in known.items() if person in people), "")


def _people(campaign: Campaign, timetable: Timetable, run: Run) -> Iterable[PersonHere]:
    groups = (
        (Role.APPLICANT, run.applicants),
        (Role.ASSESSOR, run.assessors),
        (Role.ROLE_PLAYER, run.role_players),
        (Role.SERVICE_USER_GROUP, run.groups),
        (Role.INTERPRETER, run.interpreters),
    )
    rules = {(p.person, p.session): "must" if p.must else "must_not" for p in campaign.problem.pins}
    for role, people in groups:
        for person in people:
            yield PersonHere(
                reference=person,
                name=campaign.person_name(person),
                role=role_words(role),
                why=why_here(campaign, timetable, person, run.session),
                can_be_pinned=role in (Role.APPLICANT, Role.ASSESSOR),
                rule=rules.get((person, run.session), ""),
            )


def _rooms(campaign: Campaign, run: Run) -> tuple[Choice, ...]:
    problem = campaign.problem
    session = problem.session_by_reference[run.session]
    exercise = problem.exercise_by_reference[run.exercise]
    fit = {room.reference for room in problem.rooms_for(exercise, session.venue)} | {run.room}
    return tuple(
        (room.reference, f"{campaign.name_of('rooms', room.reference)} ({counted(room.seats, 'seat')})")
        for room in problem.rooms
        if room.reference in fit
    )


def _other_assessors(campaign: Campaign, timetable: Timetable, run: Run) -> tuple[Choice, ...]:
    """Those who could come first, then the busy, then who said no."""
    problem = campaign.problem
    date = problem.session_by_reference[run.session].date
    on_that_day = {s.reference for s in problem.sessions if s.date == date}
    ranked = []
    for assessor in problem.assessors:
        who = assessor.reference
        if who in run.assessors:
            continue
        mine = {row.session for row in timetable.by_person.get(who, [])}
        if not problem.available(who, run.session):
            rank, state = 3, "cannot come"
        elif run.session in mine:
            rank, state = 2, "in this session already"
        elif mine & on_that_day:
            rank, state = 1, "elsewhere that day"
        else:
            rank, state = 0, f"free, {len(mine)} of {assessor.half_days_max} half-days taken"
        council = campaign.name_of("councils", assessor.council)
        ranked.append((rank, who, f"{_named(campaign, 'assessors', who)}, {council}: {state}"))
    return tuple((who, words) for _, who, words in sorted(ranked))


def _named(campaign: Campaign, table: str, person: str) -> str:
    name = campaign.name_of(table, person)
    return person if name == person else f"{person} {name}"
