"""Everything in a campaign that can stand in the way of one more applicant, as facts that can be removed.

Only what limits anything is listed: a rule that is off, or an assessor who is always free, is no obstacle.
The order is that of preference: where different reasons can be given, the one is looked for whose obstacles
stand early, so that a rule or a number of people comes before the affairs of one person.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from scheduler.explanation import WHOLE, Fact, Obstacle, ObstacleKind
from scheduler.people import Adjustment
from scheduler.problem import FirstChoiceRule, Problem

K = ObstacleKind


def obstacles_of(problem: Problem, focus: Iterable[str]) -> list[Obstacle]:
    """Every obstacle, facts of one sort together. `focus`: the applicants whose session is asked for.

    The other applicants are one obstacle as well; where `focus` is empty, nobody is.
    """
    wanted = set(focus)
    others = [a.reference for a in problem.applicants if wanted and a.reference not in wanted]
    found = [
        *_panel_obstacles(problem),
        *_programme_obstacles(problem),
        *_staff_obstacles(problem),
        Obstacle(K.CLASHES, WHOLE if any(problem.session_clashes()) else ()),
        Obstacle(K.PIN, tuple(sorted({(pin.person, pin.session) for pin in problem.pins}))),
        Obstacle(K.INTEREST, tuple(sorted(problem.excluded_pairs))),
        Obstacle(K.ARRANGEMENT, tuple(_arrangements(problem))),
        Obstacle(K.AVAILABILITY, _restricted(problem, (a.reference for a in problem.applicants))),
        Obstacle(K.OTHERS, _ones(others)),
    ]
    return [obstacle for obstacle in found if obstacle.facts]


def split(obstacle: Obstacle) -> list[Obstacle]:
    """One obstacle for each of its facts."""
    return [Obstacle(obstacle.kind, (fact,)) for fact in obstacle.facts]


def _panel_obstacles(problem: Problem) -> Iterable[Obstacle]:
    if not problem.panel_exercises:
        return
    panel = problem.panel
    limits = {
        K.LEAD_MEMBERS: panel.lead_members > 0,
        K.SAFER_RECRUITMENT: panel.safer_recruitment_members > 0,
        K.CHAIR: panel.chair_members > 0,
        K.LIVED_EXPERIENCE: panel.lived_experience_members > 0,
        K.FIRST_CHOICE: panel.first_choice_rule is FirstChoiceRule.HARD,
        K.ONE_COUNCIL: panel.one_council_max < panel.size,
        K.PANEL_SIZE: panel.size > 1,
        K.INTERVIEWS_MAX: panel.interviews_max < len(problem.applicants),
    }
    yield from (Obstacle(kind) for kind, limiting in limits.items() if limiting)
    yield Obstacle(K.PANELS_MAX, _ones(s.reference for s in problem.sessions))
    lead = problem.lead_council
    yield Obstacle(K.ASSESSORS, ((lead,),))
    yield Obstacle(K.ASSESSORS, _ones(council for council in problem.councils if council != lead))
    for ours in (True, False):
        people = [x for x in problem.assessors if (x.council == lead) is ours]
        few = (x.reference for x in people if x.half_days_max < len(problem.sessions))
        yield Obstacle(K.HALF_DAYS, _ones(few))
        yield Obstacle(K.STAFF_AVAILABILITY, _restricted(problem, (x.reference for x in people)))
    needed = {exercise.reference for exercise in problem.panel_exercises}
    untrained = (x.reference for x in problem.assessors if not needed <= x.trained_for)
    yield Obstacle(K.TRAINING, _ones(untrained))
    yield Obstacle(K.STANDBY, _ones(x.reference for x in problem.assessors if x.standby))


def _programme_obstacles(problem: Problem) -> Iterable[Obstacle]:
    yield Obstacle(K.LENGTHS)
    if any(exercise.after is not None for exercise in problem.exercises):
        yield Obstacle(K.SEQUENCE)
    if any(e.is_shared and (e.group_min > 1 or e.group_max is not None) for e in problem.exercises):
        yield Obstacle(K.GROUP_SIZES)
    if problem.travel_minutes_max_morning is not None:
        yield Obstacle(K.LATE_START)
    venues = dict.fromkeys(session.venue for session in problem.sessions)
    kinds = dict.fromkeys(exercise.kind.value for exercise in problem.exercises)
    for kind in kinds:
        yield Obstacle(K.ROOMS, tuple((venue, kind) for venue in venues))


def _staff_obstacles(problem: Problem) -> Iterable[Obstacle]:
    users = [user for group in problem.service_user_groups for user in group.members]
    if problem.group_exercises:
        groups = [group.reference for group in problem.service_user_groups]
        limited = [g.reference for g in problem.service_user_groups if g.minutes_max is not None]
        yield Obstacle(K.GROUPS)
        yield Obstacle(K.MINUTES_MAX, _ones(limited))
        yield Obstacle(K.STAFF_AVAILABILITY, _restricted(problem, (*groups, *users)))
    if any(exercise.role_player for exercise in problem.exercises):
        players = [player.reference for player in problem.role_players]
        limited = [player.reference for player in problem.role_players if player.minutes_max is not None]
        yield Obstacle(K.ROLE_PLAYERS)
        yield Obstacle(K.MINUTES_MAX, _ones(limited))
        yield Obstacle(K.STAFF_AVAILABILITY, _restricted(problem, players))
    if any(applicant.adjustment.interpreter for applicant in problem.applicants):
        yield Obstacle(K.INTERPRETERS)
        people = (interpreter.reference for interpreter in problem.interpreters)
        yield Obstacle(K.STAFF_AVAILABILITY, _restricted(problem, people))


def _arrangements(problem: Problem) -> Iterable[Fact]:
    nothing = Adjustment()
    for applicant in problem.applicants:
        for column in (field.name for field in fields(Adjustment)):
            if getattr(applicant.adjustment, column) != getattr(nothing, column):
                yield (applicant.reference, column)


def _restricted(problem: Problem, people: Iterable[str]) -> tuple[Fact, ...]:
    """Those who are not available everywhere."""
    known = {s.reference for s in problem.sessions}
    away = {person for person, session in problem.unavailable if session in known}
    return _ones(person for person in dict.fromkeys(people) if person in away)


def _ones(references: Iterable[str]) -> tuple[Fact, ...]:
    return tuple((reference,) for reference in references)
