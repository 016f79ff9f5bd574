"""Small made-up campaigns drawn from a seed: every kind of rule turns up, some campaigns ask for too much.

`random_problem` is for laws that hold of any campaign; `tiny_problem_of` is small enough for the exhaustive
search beside it. All people are made up. Read `tied_campaigns.py`, `test_random_campaigns.py` and
`exhaustive.py` next.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

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

PANEL, GROUP, SITTING, SOLO = ExerciseKind.PANEL, ExerciseKind.GROUP, ExerciseKind.SITTING, ExerciseKind.SOLO
COUNCILS = ("SOM", "DEV", "BRI")
FIRST_DAY = datetime.date(2015, 7, 14)
NINE = 9 * 60


def random_problem(seed: int) -> Problem:
    """Up to eight applicants, four sessions and four exercises."""
    rng = random.Random(seed)
    grid = rng.choice((5, 10, 15, 30))
    exercises = _exercises(rng, grid)
    sessions = _sessions(rng, grid, exercises)
    groups = random_groups(rng)
    problem = Problem(
        lead_council="SOM",
        councils=COUNCILS,
        rooms=_rooms(rng, sessions, exercises),
        sessions=sessions,
        exercises=exercises,
        applicants=tuple(random_applicant(rng, number) for number in range(1, rng.randint(2, 8) + 1)),
        assessors=random_assessors(rng, rng.randint(4, 10), exercises),
        service_user_groups=groups,
        role_players=random_role_players(rng),
        interpreters=tuple(Interpreter(f"I{n}") for n in range(1, rng.choice((2, 2, 3)) + 1)),
        panel=random_panel_rules(rng),
        grid_minutes=grid,
        move_minutes=rng.choice((0, 5, 5, 10)),
        travel_minutes_max_morning=rng.choice((None, 90)),
        travel_late_start=NINE + rng.choice((30, 60)),
    )
    return with_private_facts(rng, problem)


def tiny_problem_of(seed: int) -> Problem:
    """At most four applicants, two sessions, five assessors and three exercises on a coarse grid."""
    rng = random.Random(1000 + seed)
    grid = rng.choice((20, 30))
    exercises = _tiny_exercises(rng, grid)
    venues = ("V1", rng.choice(("V1", "V2")))
    days = (FIRST_DAY, FIRST_DAY + datetime.timedelta(days=rng.choice((0, 1, 1))))
    starts = (NINE, NINE + (rng.choice((0, 60, 120)) if days[0] == days[1] else 0))
    sessions = tuple(
        Session(f"S{i + 1}", venues[i], days[i], Window(starts[i], starts[i] + rng.choice((120, 150))), 2)
        for i in range(rng.choice((1, 2, 2)))
    )
    problem = Problem(
        lead_council="SOM",
        councils=COUNCILS,
        rooms=tuple(
            room for venue in sorted({s.venue for s in sessions}) for room in _tiny_rooms(rng, venue)
        ),
        sessions=tuple(replace(s, panels_max=rng.choice((1, 1, 2))) for s in sessions),
        exercises=exercises,
        applicants=tuple(random_applicant(rng, number) for number in range(1, rng.randint(2, 4) + 1)),
        assessors=random_assessors(rng, rng.randint(4, 5), exercises),
        service_user_groups=tuple(replace(g, members=g.members[:2]) for g in random_groups(rng)),
        role_players=random_role_players(rng),
        interpreters=(Interpreter("I1"), Interpreter("I2")),
        panel=replace(random_panel_rules(rng), size=2, one_council_max=rng.choice((1, 2))),
        grid_minutes=grid,
        move_minutes=rng.choice((0, 5, 10)),
        travel_minutes_max_morning=rng.choice((None, 90)),
        travel_late_start=NINE + 30,
    )
    return with_private_facts(rng, problem)


def _exercises(rng: random.Random, grid: int) -> tuple[Exercise, ...]:
    kinds = rng.choice(
        (
            (PANEL,),
            (PANEL, SITTING),
            (PANEL, SITTING, GROUP),
            (PANEL, SOLO, GROUP, SITTING),
            (PANEL, PANEL, SITTING),
            (PANEL, SOLO),
            (SOLO, GROUP, SITTING),
            (GROUP, SITTING),
            (PANEL, GROUP, GROUP),
        )
    )
    found = [random_exercise(rng, kind, number) for number, kind in enumerate(kinds, start=1)]
    if len(found) > 1 and rng.random() < 0.4:
        first, second = rng.sample(range(len(found)), 2)
        within = rng.choice((None, 30, 60))
        found[second] = replace(found[second], after=found[first].reference, within_minutes=within)
    return tuple(found)


def random_exercise(rng: random.Random, kind: ExerciseKind, number: int) -> Exercise:
    reference, minutes = f"{kind.value}{number}", rng.choice((20, 30, 40))
    exercise = Exercise(
        reference,
        kind,
        minutes,
        preparation_minutes=rng.choice((0, 0, 5, 10)),
        writing_minutes=rng.choice((0, 5, 10)) if kind in (PANEL, GROUP) else 0,
        role_player=kind in (PANEL, SOLO, GROUP) and rng.random() < 0.3,
        extra_time=rng.random() < 0.4,
    )
    if kind not in (GROUP, SITTING):
        return exercise
    least = rng.choice((1, 1, 1, 2))
    exercise = replace(exercise, group_min=least, group_max=rng.choice((None, least + 1, least + 3)))
    if kind is GROUP and rng.random() < 0.6:
        exercise = replace(exercise, station_minutes=rng.choice((minutes // 4, minutes // 4, minutes // 3)))
    return exercise


def _tiny_exercises(rng: random.Random, grid: int) -> tuple[Exercise, ...]:
    kinds = rng.choice(
        ((PANEL, SITTING), (PANEL, GROUP), (PANEL, SOLO), (PANEL, SITTING, SOLO), (GROUP, SOLO))
    )
    found = [random_exercise(rng, kind, number) for number, kind in enumerate(kinds, start=1)]
    if rng.random() < 0.4:
        within = rng.choice((None, 30, 60))
        found[1] = replace(found[1], after=found[0].reference, within_minutes=within)
    return tuple(found)


def _sessions(rng: random.Random, grid: int, exercises: tuple[Exercise, ...]) -> tuple[Session, ...]:
    """Long enough for one applicant, mostly for several; they overlap, touch or lie apart."""
    own = sum(e.preparation_minutes + e.minutes + e.writing_minutes + 10 for e in exercises)
    found: list[Session] = []
    for number in range(1, rng.choice((1, 2, 2, 3, 3, 4)) + 1):
        minutes = int(own * rng.choice((1.3, 1.8, 2.5))) // 10 * 10 + rng.choice((0, 5, 30))
        date = FIRST_DAY + datetime.timedelta(days=rng.choice((0, 0, 1)))
        start = NINE + rng.choice((0, 15, 60, 120))
        if found and rng.random() < 0.4:
            date, start = found[-1].date, found[-1].window.end + rng.choice((0, 0, 5))
        venue = rng.choice(("V1", "V1", "V2"))
        end = min(start + minutes, 23 * 60)
        if start < end:
            found.append(Session(f"S{number}", venue, date, Window(start, end), rng.choice((1, 1, 2, 3))))
    return tuple(found)


def _rooms(
    rng: random.Random, sessions: tuple[Session, ...], exercises: tuple[Exercise, ...]
) -> tuple[Room, ...]:
    """Nearly always a room for every kind; few of them, some for several kinds or for all."""
    kinds = sorted({exercise.kind for exercise in exercises})
    rooms: list[Room] = []
    for venue in sorted({session.venue for session in sessions}):
        uses = [frozenset({kind}) for kind in kinds if rng.random() < 0.97]
        uses += [frozenset({PANEL}), frozenset({PANEL, SOLO}), frozenset(ExerciseKind)][: rng.randint(0, 3)]
        for use in uses:
            step_free, quiet = rng.random() < 0.6, rng.random() < 0.6
            seats = rng.choice((1, 2, 3)) if use != frozenset({SITTING}) else rng.choice((2, 4))
            rooms.append(Room(f"R{len(rooms) + 1}", venue, use, seats, step_free, quiet))
    return tuple(rooms)


def _tiny_rooms(rng: random.Random, venue: str) -> tuple[Room, ...]:
    uses = rng.choice(
        (
            (frozenset({PANEL}), frozenset({SITTING, SOLO, GROUP})),
            (frozenset({PANEL, SOLO}), frozenset({SITTING, GROUP, SOLO})),
            (frozenset({PANEL}), frozenset({PANEL}), frozenset({SITTING, GROUP, SOLO})),
            (frozenset(ExerciseKind), frozenset({SITTING, GROUP})),
        )
    )
    return tuple(
        Room(f"{venue}R{n}", venue, use, rng.choice((1, 2, 3)), rng.random() < 0.8, rng.random() < 0.8)
        for n, use in enumerate(uses, start=1)
    )


def random_applicant(rng: random.Random, number: int) -> Applicant:
    choices = rng.sample(COUNCILS, rng.choice((1, 2, 3)))
    has = Adjustment()
    if rng.random() < 0.25:
        has = replace(has, extra_time_percent=rng.choice((10, 25, 50)))
    if rng.random() < 0.15:
        has = replace(has, step_free=True)
    if rng.random() < 0.15:
        has = replace(has, quiet_room=True)
    if rng.random() < 0.15:
        has = replace(has, interpreter=True)
    if rng.random() < 0.2:
        has = replace(has, break_minutes=rng.choice((5, 15, 20)))
    return Applicant(f"A{number}", tuple(choices), has)


def random_assessors(
    rng: random.Random, number: int, exercises: tuple[Exercise, ...]
) -> tuple[Assessor, ...]:
    panels = [exercise.reference for exercise in exercises if exercise.kind is PANEL]
    found = []
    for n in range(1, number + 1):
        partly = len(panels) > 1 and rng.random() < 0.15
        found.append(
            Assessor(
                f"B{n}",
                COUNCILS[n - 1] if n <= len(COUNCILS) else rng.choice(("SOM", "SOM", "DEV", "BRI")),
                frozenset(panels[:1] if partly else panels),
                half_days_max=rng.choice((0, 1, 2, 2, 4)) if n > 3 else 3,
                chair=rng.random() < 0.7,
                safer_recruitment=rng.random() < 0.8,
                lived_experience=rng.random() < 0.6,
                standby=n > 3 and rng.random() < 0.15,
            )
        )
    return tuple(found)


def random_panel_rules(rng: random.Random) -> PanelRules:
    size = rng.choice((1, 2, 2, 3))
    return PanelRules(
        size=size,
        lead_members=rng.choice((0, 1, 1)),
        first_choice_members=rng.choice((0, 1, 1, 1)),
        first_choice_rule=rng.choice(
            (FirstChoiceRule.SOFT, FirstChoiceRule.SOFT, FirstChoiceRule.HARD, FirstChoiceRule.OFF)
        ),
        one_council_max=rng.choice((1, 2, 2)),
        safer_recruitment_members=rng.choice((0, 1, 1)),
        chair_members=rng.choice((0, 0, 1)),
        lived_experience_members=rng.choice((0, 0, 1)),
        interviews_max=rng.choice((1, 2, 3)),
    )


def random_groups(rng: random.Random) -> tuple[ServiceUserGroup, ...]:
    return tuple(
        ServiceUserGroup(
            f"G{n}",
            tuple(f"U{n}{m}" for m in range(1, rng.choice((1, 2, 2, 3, 4)) + 1)),
            rng.choice((None, None, 90)),
        )
        for n in range(1, rng.choice((1, 2, 2, 3)) + 1)
    )


def random_role_players(rng: random.Random) -> tuple[RolePlayer, ...]:
    return tuple(
        RolePlayer(f"RP{n}", rng.choice((None, 60, 90))) for n in range(1, rng.choice((1, 2, 3)) + 1)
    )


def with_private_facts(rng: random.Random, problem: Problem) -> Problem:
    """Travel, availability, declared interests and pins for the people that there are."""
    applicants = [a.reference for a in problem.applicants]
    assessors = [x.reference for x in problem.assessors]
    sessions = [s.reference for s in problem.sessions]
    users = [user for group in problem.service_user_groups for user in group.members]
    players = [r.reference for r in problem.role_players]
    groups = [g.reference for g in problem.service_user_groups]
    interpreters = [i.reference for i in problem.interpreters]
    venues = sorted({s.venue for s in problem.sessions})
    travel = {(p, v): rng.choice((0, 20, 45, 95)) for p in (*applicants, *assessors) for v in venues}
    everybody = (*applicants, *assessors, *players, *groups, *users, *interpreters)
    unavailable = {(p, s) for p in everybody for s in sessions if rng.random() < 0.05}
    interests = [
        DeclaredInterest(rng.choice(applicants), rng.choice(kind), "colleague", excluded=rng.random() < 0.8)
        for kind in (assessors, assessors, players, users, groups, interpreters, applicants)
        if rng.random() < 0.25
    ]
    pins = [Pin(rng.choice(applicants), s, must=rng.random() < 0.5) for s in sessions if rng.random() < 0.2]
    pins += [Pin(rng.choice(assessors), s, must=rng.random() < 0.3) for s in sessions if rng.random() < 0.15]
    return replace(
        problem,
        travel_minutes=travel,
        unavailable=frozenset(unavailable),
        interests=tuple(i for i in interests if i.applicant != i.person),
        pins=tuple(pins),
    )
