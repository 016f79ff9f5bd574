"""A repaired timetable held against every rule, with what was told to the repairs taken into account.

Its runs fall into stretches: those that had begun at the first repair, those that had at the second, and so
on. Rules about who works together hold within each stretch (a panel may have another member after a repair
than before), all others over the whole timetable. What may change from one stretch to the next, and whether
the absent, late and leaving are treated as such, is judged here under the rule that it concerns.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from scheduler.checks import attendance, panels, rotations, staff, time
from scheduler.checks.runs import excluded_pair_never_meets
from scheduler.checks.views import exercise_of, run_panel, run_room
from scheduler.checks.wording import activity, listed, run_name, sentence_start, times
from scheduler.disruption import InForce, Repair, in_force, with_moved_sessions
from scheduler.grid import clock
from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.rules import Breach
from scheduler.timetable import Entry, Role, Sitting, Timetable, timetable_of

Check = Callable[[Problem, Timetable], Iterator[Breach]]

AVAILABLE = "person_attends_only_when_available"
KEEPS = "panel_keeps_its_members_and_room"
ONE_GROUP = "session_has_one_service_user_group"
PAIR = "interpreters_stay_with_their_applicant"

# About who sits on a panel: judged with a panel that changed taken for two.
ABOUT_MEMBERS: tuple[Check, ...] = (
    panels.panel_keeps_its_members_and_room,
    panels.panel_has_its_full_size,
    panels.panel_has_lead_authority_members,
    panels.panel_has_first_choice_members,
    panels.panel_is_not_one_councils_alone,
    panels.panel_has_safer_recruitment_training,
    panels.panel_has_a_chair,
    panels.panel_has_lived_experience,
)
# About who stays with whom: judged on the runs of one stretch at a time.
STRETCH_BY_STRETCH: tuple[Check, ...] = (
    staff.session_has_one_service_user_group,
    staff.interpreters_stay_with_their_applicant,
    rotations.rotation_brings_everybody_together_once,
    rotations.rotation_has_one_meeting_at_a_time,
)


@dataclass(frozen=True)
class Repaired:
    """A timetable with its repairs, oldest first. Sessions are at the start that now holds."""

    problem: Problem
    timetable: Timetable
    repairs: tuple[Repair, ...]

    def stretch(self, run: Sitting) -> int:
        """How many repairs came before this run began."""
        session = self.problem.session_by_reference[run.session]
        start = run.window.start
        return sum(not repair.disruption.now.has_passed(session, start) for repair in self.repairs)

    def force(self, stretch: int) -> InForce:
        return in_force(self.repairs[:stretch])


def breaches_by_rule(
    problem: Problem, timetable: Timetable, repairs: Sequence[Repair], checks: Mapping[str, Check]
) -> list[Breach]:
    """Every breach of a repaired timetable, in the order of `checks` (the catalogue's, or a part of it)."""
    moved = with_moved_sessions(problem, in_force(repairs))
    repaired = Repaired(moved, timetable, tuple(repairs))
    found: dict[str, list[Breach]] = defaultdict(list)
    for breach in (*_judged(repaired, checks), *_of_the_disruptions(repaired), *_between_stretches(repaired)):
        found[breach.rule].append(breach)
    return [breach for key in checks for breach in found[key]]


def by_members(problem: Problem, timetable: Timetable, repairs: Sequence[Repair]) -> Timetable:
    """The timetable with a panel that has other members, or another room, after a repair under two names."""
    repaired = Repaired(problem, timetable, tuple(repairs))
    names: dict[tuple[str, str, str], str] = {}
    for (_, panel), runs in _runs_by_panel(repaired).items():
        name, before = panel, None
        for stretch in sorted({repaired.stretch(run) for run in runs}):
            held = [run for run in runs if repaired.stretch(run) == stretch]
            now = ({row.person for run in held for row in run.of(Role.ASSESSOR)}, {run_room(r) for r in held})
            if before is not None and now != before:
                name = f"{panel} from {clock(min(run.window.start for run in held))}"
            before = now
            names |= {(run.session, run.exercise, run.reference): name for run in held}
    rows = (
        replace(row, panel=names.get((row.session, row.exercise, row.sitting), row.panel))
        if row.panel
        else row
        for row in timetable.entries
    )
    return timetable_of(rows, timetable.meetings)


def without_a_session(problem: Problem, timetable: Timetable, repairs: Sequence[Repair]) -> tuple[str, ...]:
    """Applicants who are not absent and have no rows, or whom a repair could not keep to their last one."""
    force = in_force(repairs)
    return tuple(
        a.reference
        for a in problem.applicants
        if a.reference not in force.absent
        and (a.reference in force.left_out or a.reference not in timetable.applicant_entries)
    )


def _judged(repaired: Repaired, checks: Mapping[str, Check]) -> Iterator[Breach]:
    """The rules themselves, each on the rows that it is asked of."""
    problem, timetable = repaired.problem, repaired.timetable
    split = by_members(problem, timetable, repaired.repairs)
    stretches = [_stretch(repaired, number) for number in range(len(repaired.repairs) + 1)]
    for check in checks.values():
        if check in ABOUT_MEMBERS:
            yield from check(problem, split)
        elif check in STRETCH_BY_STRETCH:
            for number, rows in enumerate(stretches):
                yield from check(_with_present_members(problem, repaired.force(number)), rows)
        elif check is staff.standby_assessor_is_kept_in_reserve:
            yield from check(problem, stretches[0])
        elif check is excluded_pair_never_meets:
            # An interest may be declared when the two have met; what has begun by then cannot be undone.
            yield from check(problem, stretches[-1])
        elif check is attendance.applicant_does_every_exercise_once:
            yield from _every_exercise_once(repaired)
        elif check is time.applicant_has_the_break_they_need:
            yield from check(problem, _without_excused(repaired))
        elif check is attendance.pins_are_kept:
            yield from check(_without_void_pins(repaired), timetable)
        else:
            yield from check(problem, timetable)


def _stretch(repaired: Repaired, number: int) -> Timetable:
    """The rows of one stretch; meetings of no known run are the first's."""
    runs = {(r.session, r.reference): repaired.stretch(r) for r in repaired.timetable.sittings}
    by_run = {(r.session, r.exercise, r.reference): repaired.stretch(r) for r in repaired.timetable.sittings}
    entries = (e for e in repaired.timetable.entries if by_run[e.session, e.exercise, e.sitting] == number)
    meetings = (m for m in repaired.timetable.meetings if runs.get((m.session, m.sitting), 0) == number)
    return timetable_of(entries, meetings)


def _with_present_members(problem: Problem, force: InForce) -> Problem:
    groups = tuple(replace(g, members=force.present_members(g)) for g in problem.service_user_groups)
    return replace(problem, service_user_groups=groups)


def _every_exercise_once(repaired: Repaired) -> Iterator[Breach]:
    """The absent, and those who could not be kept, need not do what is left; nobody does anything twice."""
    yield from attendance.applicant_does_every_exercise_once(repaired.problem, _without_excused(repaired))
    excused = _excused(repaired)
    for person in sorted(excused & repaired.timetable.applicant_entries.keys()):
        done = [row.exercise for row in repaired.timetable.applicant_entries[person]]
        for exercise in sorted({e for e in done if done.count(e) > 1}):
            detail = f"{person} does {exercise} {done.count(exercise)} times instead of once."
            session = repaired.timetable.applicant_entries[person][0].session
            size = done.count(exercise) - 1
            yield Breach("applicant_does_every_exercise_once", (person,), session, None, size, detail)


def _excused(repaired: Repaired) -> frozenset[str]:
    force = repaired.force(len(repaired.repairs))
    return force.absent | force.left_out


def _without_excused(repaired: Repaired) -> Timetable:
    """Without applicants whose day was cut short: the rest of it, their break too, need not have come."""
    excused, rows = _excused(repaired), repaired.timetable.entries
    return timetable_of(e for e in rows if e.role is not Role.APPLICANT or e.person not in excused)


def _without_void_pins(repaired: Repaired) -> Problem:
    """A `must` pin of staff ends with the session's work for them, or where they may be replaced."""
    problem, force = repaired.problem, repaired.force(len(repaired.repairs))
    last = [run for run in repaired.timetable.sittings if repaired.stretch(run) == len(repaired.repairs)]
    roles = {(run.session, row.role) for run in last for row in run.entries}

    def stands(person: str, session: str) -> bool:
        date = problem.session_by_reference[session].date
        if person in problem.applicant_by_reference:
            return person not in force.absent
        role = role_of(problem, person)
        return not force.may_be_replaced(problem, person, date) and (session, role) in roles

    pins = tuple(pin for pin in problem.pins if not pin.must or stands(pin.person, pin.session))
    return replace(problem, pins=pins)


def role_of(problem: Problem, person: str) -> Role | None:
    """As what a person works; a service user as their group does. None for an applicant."""
    if person in problem.assessor_by_reference:
        return Role.ASSESSOR
    if person in problem.role_player_by_reference:
        return Role.ROLE_PLAYER
    if person in problem.interpreter_by_reference:
        return Role.INTERPRETER
    return None if person in problem.applicant_by_reference else Role.SERVICE_USER_GROUP


def _of_the_disruptions(repaired: Repaired) -> Iterator[Breach]:
    """Nobody works or sits an exercise while they are not there, nor in a room that is lost."""
    problem = repaired.problem
    for run in repaired.timetable.sittings:
        force = repaired.force(repaired.stretch(run))
        room = run_room(run)
        if room in force.rooms_lost:
            detail = (
                f"{sentence_start(run_name(run))} ({times(run.window)}) is in room {room}, which is lost."
            )
            who = tuple(sorted({row.person for row in run.entries}))
            yield Breach("room_suits_the_exercise", who, run.session, run.window, 1, detail)
        for row in run.entries:
            fault = _fault_of(problem, force, row)
            if fault:
                detail = f"{row.person} is in {activity(row)} but {fault}."
                yield Breach(AVAILABLE, (row.person,), row.session, row.window, 1, detail)


def _fault_of(problem: Problem, force: InForce, row: Entry) -> str:
    date = problem.session_by_reference[row.session].date
    earliest = force.earliest(problem, row.person, date)
    latest = force.latest(problem, row.person, date)
    if force.is_absent(problem, row.person):
        return "is absent"
    if row.start < earliest:
        return f"is late until {clock(earliest)}"
    return f"leaves by {clock(latest)}" if row.end > latest else ""


def _between_stretches(repaired: Repaired) -> Iterator[Breach]:
    """Only those are replaced who are absent, late or leaving, and only a lost room is left."""
    for (session, panel), runs in _runs_by_panel(repaired).items():
        for before, after, force in _steps(repaired, runs):
            yield from _lost(repaired, KEEPS, before, after, force, Role.ASSESSOR, f"Panel {panel}")
            room = run_room(before)
            if run_room(after) != room and room not in force.rooms_lost:
                detail = f"Panel {panel} leaves room {room} for {run_room(after)}, and {room} is not lost."
                who = tuple(row.person for row in after.of(Role.ASSESSOR))
                yield Breach(KEEPS, who, session, after.window, 1, detail)
    groups: dict[str, list[Sitting]] = defaultdict(list)
    pairs: dict[tuple[str, str], list[Sitting]] = defaultdict(list)
    for run in repaired.timetable.sittings:
        if exercise_of(repaired.problem, run).kind is ExerciseKind.GROUP:
            groups[run.session].append(run)
        for a in run.applicants:
            applicant = repaired.problem.applicant_by_reference.get(a)
            if applicant is not None and applicant.adjustment.interpreter:
                pairs[run.session, a].append(run)
    for session, runs in sorted(groups.items()):
        for before, after, force in _steps(repaired, runs):
            yield from _lost(repaired, ONE_GROUP, before, after, force, Role.SERVICE_USER_GROUP, session)
    for (session, a), runs in sorted(pairs.items()):
        for before, after, force in _steps(repaired, runs):
            others = _interpreters_of_others(repaired, session, a)
            yield from _lost(repaired, PAIR, before, after, force, Role.INTERPRETER, a, others)


def _steps(repaired: Repaired, runs: Iterable[Sitting]) -> Iterator[tuple[Sitting, Sitting, InForce]]:
    """Each two runs next to each other, in order of time, that lie in different stretches."""
    for before, after in pairwise(sorted(runs, key=lambda run: run.window.start)):
        if repaired.stretch(before) < repaired.stretch(after):
            yield before, after, repaired.force(repaired.stretch(after))


def _lost(
    repaired: Repaired,
    rule: str,
    before: Sitting,
    after: Sitting,
    force: InForce,
    role: Role,
    whose: str,
    others: frozenset[str] = frozenset(),
) -> Iterator[Breach]:
    """A breach for those of `role` who are no longer there without a reason; `others` never were theirs."""
    date = repaired.problem.session_by_reference[after.session].date
    gone = {row.person for row in before.of(role)} - {row.person for row in after.of(role)} - others
    kept = [p for p in sorted(gone) if not force.may_be_replaced(repaired.problem, p, date)]
    if kept:
        when = f"from {run_name(after)} ({times(after.window)}) on"
        are = "is" if len(kept) == 1 else "are"
        detail = (
            f"{sentence_start(whose)} is without {listed(kept)} {when},"
            f" who {are} neither absent nor late nor leaving."
        )
        yield Breach(rule, tuple(kept), after.session, after.window, len(kept), detail)


def _interpreters_of_others(repaired: Repaired, session: str, applicant: str) -> frozenset[str]:
    """Interpreters who are in some run without this applicant: in shared runs they were there for others."""
    return frozenset(
        row.person
        for run in repaired.timetable.sittings
        if run.session == session and applicant not in run.applicants
        for row in run.of(Role.INTERPRETER)
    )


def _runs_by_panel(repaired: Repaired) -> dict[tuple[str, str], list[Sitting]]:
    found: dict[tuple[str, str], list[Sitting]] = defaultdict(list)
    for run in repaired.timetable.sittings:
        if exercise_of(repaired.problem, run).kind is ExerciseKind.PANEL and run_panel(run):
            found[run.session, run_panel(run)].append(run)
    return dict(sorted(found.items()))
