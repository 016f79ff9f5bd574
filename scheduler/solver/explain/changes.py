"""What an organiser can do about it: every change of a kind and size, and the campaign with changes made.

A change only ever adds. `candidates` leaves out what cannot help: a change that touches none of the
obstacles of a reason leaves that reason as it is. How the best are found is in `ways_out.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from scheduler.explanation import Change, ChangeKind, Fact, Obstacle, ObstacleKind
from scheduler.people import Assessor, Interpreter, RolePlayer, ServiceUserGroup
from scheduler.places import Room
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import ExerciseKind, Session

K, C = ObstacleKind, ChangeKind
Making = Callable[[Problem, Change], Problem]
Facts = dict[ObstacleKind, tuple[Fact, ...]]

MINUTES_MOST = 120
DAY_ENDS = 24 * 60
# The largest size that is looked at, where sizes are not minutes; 1 for those that are not listed.
SIZES = {C.HALF_DAYS: 4, C.PANELS_MAX: 4, C.INTERVIEWS_MAX: 6, C.ASSESSOR: 2, C.RULE: 3}
IN_MINUTES = frozenset({C.SESSION_END, C.MINUTES_MAX, C.LATE_START, C.WITHIN_MINUTES})
# The settings that a rule's change lowers or raises, each with the obstacle it lessens.
LOWERED = {
    "panel_lead_members": K.LEAD_MEMBERS,
    "panel_safer_recruitment_members": K.SAFER_RECRUITMENT,
    "panel_chair_members": K.CHAIR,
    "panel_lived_experience_members": K.LIVED_EXPERIENCE,
    "panel_size": K.PANEL_SIZE,
}
TRAITS_BY_NUMBER = {
    "chair": "chair_members",
    "safer_recruitment": "safer_recruitment_members",
    "lived_experience": "lived_experience_members",
}
ROOM_TRAITS = ("step_free", "quiet")
# Seats of a new room where the campaign has no room of its kind to go by.
SEATS = 12


def sizes_of(kind: ChangeKind, problem: Problem) -> list[int]:
    """From the cheapest on; minutes in steps of the grid."""
    if kind in IN_MINUTES:
        return list(range(problem.grid_minutes, MINUTES_MOST + 1, problem.grid_minutes))
    return list(range(1, SIZES.get(kind, 1) + 1))


def candidates(kind: ChangeKind, problem: Problem, size: int, obstacles: Iterable[Obstacle]) -> list[Change]:
    """Every change of this kind and size that touches one of the obstacles."""
    facts: Facts = {}
    for obstacle in obstacles:
        facts[obstacle.kind] = (*facts.get(obstacle.kind, ()), *obstacle.facts)
    return [Change(kind, target, size) for target in dict.fromkeys(_TARGETS[kind](problem, size, facts))]


def applied(problem: Problem, changes: Iterable[Change]) -> Problem:
    """The campaign with these changes made."""
    for change in changes:
        problem = _MAKINGS[change.kind](problem, change)
    return problem


def traits_of(change: Change) -> tuple[str, ...]:
    """What a new person or room must have besides, of all that it might be asked."""
    return change.target[2:] if change.kind in (C.ASSESSOR, C.ROOM) else ()


# Targets -------------------------------------------------------------------------------------------------


def _of(kind: ObstacleKind) -> Callable[[Problem, int, Facts], Iterator[Fact]]:
    return lambda problem, size, facts: iter(facts.get(kind, ()))


def _in_each_session(kind: ObstacleKind) -> Callable[[Problem, int, Facts], Iterator[Fact]]:
    return lambda problem, size, facts: iter([(s.reference,) for s in problem.sessions if kind in facts])


def _absences(kind: ObstacleKind) -> Callable[[Problem, int, Facts], Iterator[Fact]]:
    def targets(problem: Problem, size: int, facts: Facts) -> Iterator[Fact]:
        for (person,) in facts.get(kind, ()):
            for session in problem.sessions:
                if (person, session.reference) in problem.unavailable:
                    yield (_group_of(problem, person), session.reference)

    return targets


def _group_of(problem: Problem, person: str) -> str:
    """A service user comes with the whole group."""
    groups = (group.reference for group in problem.service_user_groups if person in group.members)
    return next(groups, person)


def _later_ends(problem: Problem, size: int, facts: Facts) -> Iterator[Fact]:
    """Sessions that may end later without running into the next one of their day."""
    if not facts.keys() & {K.LENGTHS, K.LATE_START}:
        return
    for session in problem.sessions:
        end = session.window.end
        following = [
            other.window.start
            for other in problem.sessions
            if other.date == session.date and other.window.start >= end
        ]
        if end + size <= min([DAY_ENDS, *following]):
            yield (session.reference,)


def _new_assessors(problem: Problem, size: int, facts: Facts) -> Iterator[Fact]:
    traits = [trait for trait, number in TRAITS_BY_NUMBER.items() if getattr(problem.panel, number)]
    for (council,) in facts.get(K.ASSESSORS, ()):
        for session in problem.sessions:
            yield (council, session.reference, *traits)


def _new_rooms(problem: Problem, size: int, facts: Facts) -> Iterator[Fact]:
    for venue, kind in facts.get(K.ROOMS, ()):
        yield (venue, kind, *ROOM_TRAITS)


def _one_if(kind: ObstacleKind) -> Callable[[Problem, int, Facts], Iterator[Fact]]:
    return lambda problem, size, facts: iter([()] if kind in facts else [])


def _late_starts(problem: Problem, size: int, facts: Facts) -> Iterator[Fact]:
    first = min((session.window.start for session in problem.sessions), default=0)
    if K.LATE_START in facts and problem.travel_late_start - size >= first:
        yield ()


def _withins(problem: Problem, size: int, facts: Facts) -> Iterator[Fact]:
    if K.SEQUENCE in facts:
        yield from ((e.reference,) for e in problem.exercises if e.within_minutes is not None)


def _rules(problem: Problem, size: int, facts: Facts) -> Iterator[Fact]:
    panel = problem.panel
    for setting, kind in LOWERED.items():
        least = 1 if setting == "panel_size" else 0
        if kind in facts and getattr(panel, setting.removeprefix("panel_")) - size >= least:
            yield (setting,)
    if K.ONE_COUNCIL in facts and panel.one_council_max + size <= panel.size:
        yield ("panel_one_council_max",)
    if K.FIRST_CHOICE in facts and size == 1:
        yield ("panel_first_choice_rule",)
    if K.GROUP_SIZES in facts:
        for exercise in problem.exercises:
            if exercise.is_shared and exercise.group_max is not None:
                yield ("group_max", exercise.reference)
            if exercise.is_shared and exercise.group_min - size >= 1:
                yield ("group_min", exercise.reference)


_TARGETS: dict[ChangeKind, Callable[[Problem, int, Facts], Iterator[Fact]]] = {
    C.PIN: _of(K.PIN),
    C.APPLICANT_AVAILABLE: _absences(K.AVAILABILITY),
    C.STAFF_AVAILABLE: _absences(K.STAFF_AVAILABILITY),
    C.STANDBY: _of(K.STANDBY),
    C.HALF_DAYS: _of(K.HALF_DAYS),
    C.PANELS_MAX: _of(K.PANELS_MAX),
    C.SESSION_END: _later_ends,
    C.MINUTES_MAX: _of(K.MINUTES_MAX),
    C.INTERVIEWS_MAX: _of(K.INTERVIEWS_MAX),
    C.TRAINING: _of(K.TRAINING),
    C.ASSESSOR: _new_assessors,
    C.ROLE_PLAYER: _in_each_session(K.ROLE_PLAYERS),
    C.INTERPRETERS: _in_each_session(K.INTERPRETERS),
    C.GROUP: _in_each_session(K.GROUPS),
    C.ROOM: _new_rooms,
    C.LATE_START: _late_starts,
    C.WITHIN_MINUTES: _withins,
    C.RULE: _rules,
    C.INTEREST: _of(K.INTEREST),
}


# Changes made --------------------------------------------------------------------------------------------


def _pin(problem: Problem, change: Change) -> Problem:
    kept = tuple(pin for pin in problem.pins if (pin.person, pin.session) != change.target)
    return replace(problem, pins=kept)


def _available(problem: Problem, change: Change) -> Problem:
    person, session = change.target
    group = problem.group_by_reference.get(person)
    free = {(one, session) for one in (person, *(group.members if group else ()))}
    return replace(problem, unavailable=problem.unavailable - free)


def _assessor_with(changed: Callable[[Problem, Assessor, Change], Assessor]) -> Making:
    def making(problem: Problem, change: Change) -> Problem:
        (who,) = change.target
        return replace(
            problem,
            assessors=tuple(
                changed(problem, x, change) if x.reference == who else x for x in problem.assessors
            ),
        )

    return making


def _in_session(changed: Callable[[Session, Change], Session]) -> Making:
    def making(problem: Problem, change: Change) -> Problem:
        (where,) = change.target
        return replace(
            problem,
            sessions=tuple(changed(s, change) if s.reference == where else s for s in problem.sessions),
        )

    return making


def _later(session: Session, change: Change) -> Session:
    return replace(session, window=replace(session.window, end=session.window.end + change.size))


def _minutes(problem: Problem, change: Change) -> Problem:
    (who,), more = change.target, change.size
    return replace(
        problem,
        service_user_groups=tuple(
            replace(g, minutes_max=g.minutes_max + more)
            if g.reference == who and g.minutes_max is not None
            else g
            for g in problem.service_user_groups
        ),
        role_players=tuple(
            replace(r, minutes_max=r.minutes_max + more)
            if r.reference == who and r.minutes_max is not None
            else r
            for r in problem.role_players
        ),
    )


def _interviews(problem: Problem, change: Change) -> Problem:
    most = problem.panel.interviews_max + change.size
    return replace(problem, panel=replace(problem.panel, interviews_max=most))


def _new_assessor(problem: Problem, change: Change) -> Problem:
    """As many as the change's size, each for this one session."""
    council, session, *traits = change.target
    people = tuple(
        Assessor(
            f"{council}+{session}+{number}",
            council,
            frozenset(exercise.reference for exercise in problem.exercises),
            half_days_max=1,
            chair="chair" in traits,
            safer_recruitment="safer_recruitment" in traits,
            lived_experience="lived_experience" in traits,
        )
        for number in range(1, change.size + 1)
    )
    changed = replace(problem, assessors=(*problem.assessors, *people))
    return _there_only(changed, (x.reference for x in people), session)


def _new_player(problem: Problem, change: Change) -> Problem:
    (session,) = change.target
    player = RolePlayer(f"player+{session}")
    changed = replace(problem, role_players=(*problem.role_players, player))
    return _there_only(changed, [player.reference], session)


def _new_interpreters(problem: Problem, change: Change) -> Problem:
    (session,) = change.target
    pair = tuple(Interpreter(f"interpreter+{session}+{number}") for number in (1, 2))
    changed = replace(problem, interpreters=(*problem.interpreters, *pair))
    return _there_only(changed, (i.reference for i in pair), session)


def _new_group(problem: Problem, change: Change) -> Problem:
    """As large as the smallest that there is."""
    (session,) = change.target
    number = min((len(group.members) for group in problem.service_user_groups), default=1)
    users = tuple(f"user+{session}+{n}" for n in range(1, number + 1))
    group = ServiceUserGroup(f"group+{session}", users)
    changed = replace(problem, service_user_groups=(*problem.service_user_groups, group))
    return _there_only(changed, [group.reference], session)


def _there_only(problem: Problem, people: Iterable[str], session: str) -> Problem:
    away = {(p, s.reference) for p in people for s in problem.sessions if s.reference != session}
    return replace(problem, unavailable=problem.unavailable | away)


def _new_room(problem: Problem, change: Change) -> Problem:
    """As large as the largest of its kind anywhere in the campaign."""
    venue, kind, *traits = change.target
    alike = [room.seats for room in problem.rooms if ExerciseKind(kind) in room.use]
    room = Room(
        f"{venue}+{kind}",
        venue,
        frozenset({ExerciseKind(kind)}),
        max([1, *alike]) if alike else SEATS,
        step_free="step_free" in traits,
        quiet="quiet" in traits,
    )
    return replace(problem, rooms=(*problem.rooms, room))


def _late_start(problem: Problem, change: Change) -> Problem:
    return replace(problem, travel_late_start=problem.travel_late_start - change.size)


def _within(problem: Problem, change: Change) -> Problem:
    (named,) = change.target
    return replace(
        problem,
        exercises=tuple(
            replace(e, within_minutes=e.within_minutes + change.size)
            if e.reference == named and e.within_minutes is not None
            else e
            for e in problem.exercises
        ),
    )


def _rule(problem: Problem, change: Change) -> Problem:
    setting, *exercise = change.target
    if exercise:
        return _group_size(problem, setting, exercise[0], change.size)
    panel, field = problem.panel, setting.removeprefix("panel_")
    if setting == "panel_first_choice_rule":
        return replace(problem, panel=replace(panel, first_choice_rule=FirstChoiceRule.SOFT))
    if setting == "panel_one_council_max":
        return replace(problem, panel=replace(panel, one_council_max=panel.one_council_max + change.size))
    return replace(problem, panel=replace(panel, **{field: getattr(panel, field) - change.size}))


def _group_size(problem: Problem, column: str, named: str, size: int) -> Problem:
    exercises = []
    for exercise in problem.exercises:
        if exercise.reference == named and column == "group_min":
            exercise = replace(exercise, group_min=exercise.group_min - size)
        elif exercise.reference == named and exercise.group_max is not None:
            exercise = replace(exercise, group_max=exercise.group_max + size)
        exercises.append(exercise)
    return replace(problem, exercises=tuple(exercises))


def _interest(problem: Problem, change: Change) -> Problem:
    return replace(
        problem,
        interests=tuple(
            i for i in problem.interests if not (i.excluded and (i.applicant, i.person) == change.target)
        ),
    )


_MAKINGS: dict[ChangeKind, Making] = {
    C.PIN: _pin,
    C.APPLICANT_AVAILABLE: _available,
    C.STAFF_AVAILABLE: _available,
    C.STANDBY: _assessor_with(lambda problem, x, change: replace(x, standby=False)),
    C.HALF_DAYS: _assessor_with(
        lambda problem, x, change: replace(x, half_days_max=x.half_days_max + change.size)
    ),
    C.PANELS_MAX: _in_session(lambda s, change: replace(s, panels_max=s.panels_max + change.size)),
    C.SESSION_END: _in_session(_later),
    C.MINUTES_MAX: _minutes,
    C.INTERVIEWS_MAX: _interviews,
    C.TRAINING: _assessor_with(
        lambda problem, x, change: replace(
            x, trained_for=x.trained_for | {e.reference for e in problem.panel_exercises}
        )
    ),
    C.ASSESSOR: _new_assessor,
    C.ROLE_PLAYER: _new_player,
    C.INTERPRETERS: _new_interpreters,
    C.GROUP: _new_group,
    C.ROOM: _new_room,
    C.LATE_START: _late_start,
    C.WITHIN_MINUTES: _within,
    C.RULE: _rule,
    C.INTEREST: _interest,
}
