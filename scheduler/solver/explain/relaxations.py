"""What it means that an obstacle is removed: the same campaign without that rule, or without those facts.

A removal never takes anything away that a timetable could use: whatever was possible stays so. Limits on
what there is (panels, rooms, people) are lifted by as much as `spare` more applicants can need.
Read `obstacles.py` for which facts there are, `scheduler/explanation.py` for what they look like.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from scheduler.explanation import Fact, Obstacle, ObstacleKind
from scheduler.people import Adjustment, Assessor, Interpreter, RolePlayer, ServiceUserGroup
from scheduler.places import Room
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import ExerciseKind

Removal = Callable[[Problem, tuple[Fact, ...], int], Problem]


def without(problem: Problem, obstacles: Iterable[Obstacle], spare: int = 1) -> Problem:
    """The campaign with these obstacles removed, `spare` being how many applicants there is no room for."""
    for obstacle in sorted(obstacles, key=lambda o: o.kind is ObstacleKind.PANEL_SIZE):
        # How small a panel can be depends on what else is asked of it, so that comes last.
        problem = REMOVALS[obstacle.kind](problem, obstacle.facts, spare)
    return problem


def only(problem: Problem, applicants: Iterable[str]) -> Problem:
    """The campaign as if nobody but these had applied, with the pins and interests of these alone."""
    kept = set(applicants)
    gone = {a.reference for a in problem.applicants} - kept
    return replace(
        problem,
        applicants=tuple(a for a in problem.applicants if a.reference in kept),
        pins=tuple(pin for pin in problem.pins if pin.person not in gone),
        interests=tuple(i for i in problem.interests if i.applicant not in gone and i.person not in gone),
    )


def ideal_assessor(problem: Problem, reference: str, council: str) -> Assessor:
    """Somebody who may do whatever an assessor can be asked for."""
    return Assessor(
        reference,
        council,
        frozenset(exercise.reference for exercise in problem.exercises),
        half_days_max=len(problem.sessions),
        chair=True,
        safer_recruitment=True,
        lived_experience=True,
    )


def _panel_rule(**changes: Any) -> Removal:
    return lambda problem, facts, spare: replace(problem, panel=replace(problem.panel, **changes))


def _smaller_panels(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    """As small as leaves a seat for everybody whom the other rules ask for, one by one."""
    panel = problem.panel
    hard = panel.first_choice_rule is FirstChoiceRule.HARD
    choices = min(panel.interviews_max, len(problem.councils))
    asked = (
        panel.lead_members,
        panel.safer_recruitment_members,
        panel.chair_members,
        panel.lived_experience_members,
        panel.first_choice_members * choices if hard else 0,
    )
    return replace(problem, panel=replace(panel, size=min(max(1, sum(asked)), panel.size)))


def _one_council(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    return replace(problem, panel=replace(problem.panel, one_council_max=problem.panel.size))


def _interviews(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    most = max(problem.panel.interviews_max, len(problem.applicants))
    return replace(problem, panel=replace(problem.panel, interviews_max=most))


def _late_start(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    return replace(problem, travel_minutes_max_morning=None)


def _lengths(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    """Everything takes a minute and nobody needs time to move, so that no session is too short."""
    instant = tuple(
        replace(
            exercise,
            minutes=1,
            preparation_minutes=0,
            writing_minutes=0,
            station_minutes=None,
            within_minutes=None,
            extra_time=False,
        )
        for exercise in problem.exercises
    )
    rested = tuple(replace(a, adjustment=replace(a.adjustment, break_minutes=0)) for a in problem.applicants)
    return replace(problem, exercises=instant, applicants=rested, grid_minutes=1, move_minutes=0)


def _sequence(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    free = tuple(replace(exercise, after=None, within_minutes=None) for exercise in problem.exercises)
    return replace(problem, exercises=free)


def _group_sizes(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    free = tuple(replace(exercise, group_min=1, group_max=None) for exercise in problem.exercises)
    return replace(problem, exercises=free)


def _panels_max(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    named = {session for (session,) in facts}
    return replace(
        problem,
        sessions=tuple(
            replace(s, panels_max=s.panels_max + spare) if s.reference in named else s
            for s in problem.sessions
        ),
    )


def _rooms(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    """For each (venue, kind) as many more rooms as there are applicants too many, fit for anybody."""
    rooms = [
        Room(
            f"{venue} {kind}+{number}",
            venue,
            frozenset({ExerciseKind(kind)}),
            seats=max(1, len(problem.applicants)),
            step_free=True,
            quiet=True,
        )
        for venue, kind in facts
        for number in range(1, spare + 1)
    ]
    return replace(problem, rooms=(*problem.rooms, *rooms))


def _assessors(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    """A whole panel more from each of these councils, free in every session."""
    more = [
        ideal_assessor(problem, f"{council}+{number}", council)
        for (council,) in facts
        for number in range(1, problem.panel.size * spare + 1)
    ]
    return replace(problem, assessors=(*problem.assessors, *more))


def _of_assessors(change: Callable[[Problem, Assessor], Assessor]) -> Removal:
    def removal(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
        named = {assessor for (assessor,) in facts}
        return replace(
            problem,
            assessors=tuple(change(problem, x) if x.reference in named else x for x in problem.assessors),
        )

    return removal


def _unlimited(problem: Problem, assessor: Assessor) -> Assessor:
    return replace(assessor, half_days_max=max(assessor.half_days_max, len(problem.sessions)))


def _trained(problem: Problem, assessor: Assessor) -> Assessor:
    return replace(assessor, trained_for=frozenset(e.reference for e in problem.exercises))


def _called_in(problem: Problem, assessor: Assessor) -> Assessor:
    return replace(assessor, standby=False)


def _groups(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    more = tuple(ServiceUserGroup(f"group+{n}", (f"user+{n}",)) for n in range(1, spare + 1))
    return replace(problem, service_user_groups=(*problem.service_user_groups, *more))


def _role_players(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    more = tuple(RolePlayer(f"player+{n}") for n in range(1, spare + 1))
    return replace(problem, role_players=(*problem.role_players, *more))


def _interpreters(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    more = tuple(Interpreter(f"interpreter+{n}") for n in range(1, 2 * spare + 1))
    return replace(problem, interpreters=(*problem.interpreters, *more))


def _minutes_max(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    named = {person for (person,) in facts}
    return replace(
        problem,
        service_user_groups=tuple(
            replace(g, minutes_max=None) if g.reference in named else g for g in problem.service_user_groups
        ),
        role_players=tuple(
            replace(r, minutes_max=None) if r.reference in named else r for r in problem.role_players
        ),
    )


def _clashes(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    """Every session on a day of its own; availability is by session and stays what it is."""
    days = (datetime.timedelta(days=number) for number in range(len(problem.sessions)))
    first = min((session.date for session in problem.sessions), default=datetime.date.min)
    apart = tuple(replace(s, date=first + day) for s, day in zip(problem.sessions, days, strict=True))
    return replace(problem, sessions=apart)


def _availability(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    named = {person for (person,) in facts}
    return replace(
        problem, unavailable=frozenset(pair for pair in problem.unavailable if pair[0] not in named)
    )


def _pins(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    return replace(problem, pins=tuple(p for p in problem.pins if (p.person, p.session) not in facts))


def _interests(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    return replace(
        problem,
        interests=tuple(
            i for i in problem.interests if not (i.excluded and (i.applicant, i.person) in facts)
        ),
    )


def _arrangements(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    nothing = Adjustment()
    changed = []
    for applicant in problem.applicants:
        columns = [column for who, column in facts if who == applicant.reference]
        dropped: dict[str, Any] = {column: getattr(nothing, column) for column in columns}
        changed.append(replace(applicant, adjustment=replace(applicant.adjustment, **dropped)))
    return replace(problem, applicants=tuple(changed))


def _others(problem: Problem, facts: tuple[Fact, ...], spare: int) -> Problem:
    """Without these applicants. Who is left may be too few for a group, or for the pins of assessors."""
    named = {applicant for (applicant,) in facts}
    rest = only(problem, (a.reference for a in problem.applicants if a.reference not in named))
    applicants = {a.reference for a in rest.applicants}
    return replace(
        rest,
        exercises=tuple(replace(exercise, group_min=1) for exercise in rest.exercises),
        pins=tuple(pin for pin in rest.pins if not pin.must or pin.person in applicants),
    )


REMOVALS: dict[ObstacleKind, Removal] = {
    ObstacleKind.LEAD_MEMBERS: _panel_rule(lead_members=0),
    ObstacleKind.SAFER_RECRUITMENT: _panel_rule(safer_recruitment_members=0),
    ObstacleKind.CHAIR: _panel_rule(chair_members=0),
    ObstacleKind.LIVED_EXPERIENCE: _panel_rule(lived_experience_members=0),
    ObstacleKind.FIRST_CHOICE: _panel_rule(first_choice_rule=FirstChoiceRule.OFF),
    ObstacleKind.ONE_COUNCIL: _one_council,
    ObstacleKind.PANEL_SIZE: _smaller_panels,
    ObstacleKind.INTERVIEWS_MAX: _interviews,
    ObstacleKind.LATE_START: _late_start,
    ObstacleKind.LENGTHS: _lengths,
    ObstacleKind.SEQUENCE: _sequence,
    ObstacleKind.GROUP_SIZES: _group_sizes,
    ObstacleKind.PANELS_MAX: _panels_max,
    ObstacleKind.ROOMS: _rooms,
    ObstacleKind.ASSESSORS: _assessors,
    ObstacleKind.HALF_DAYS: _of_assessors(_unlimited),
    ObstacleKind.TRAINING: _of_assessors(_trained),
    ObstacleKind.STANDBY: _of_assessors(_called_in),
    ObstacleKind.GROUPS: _groups,
    ObstacleKind.ROLE_PLAYERS: _role_players,
    ObstacleKind.INTERPRETERS: _interpreters,
    ObstacleKind.MINUTES_MAX: _minutes_max,
    ObstacleKind.CLASHES: _clashes,
    ObstacleKind.STAFF_AVAILABILITY: _availability,
    ObstacleKind.PIN: _pins,
    ObstacleKind.INTEREST: _interests,
    ObstacleKind.ARRANGEMENT: _arrangements,
    ObstacleKind.AVAILABILITY: _availability,
    ObstacleKind.OTHERS: _others,
}
