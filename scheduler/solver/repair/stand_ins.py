"""Who could do the work of staff who are missing, at the same times and in the same rooms.

One who can do all of it comes before several, somebody already called upon before another; then the
campaign's own aims decide in their order, and last that standby assessors come before others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from scheduler.checks.repaired import ABOUT_MEMBERS, role_of
from scheduler.checks.tiers import without_first_choice_member
from scheduler.people import Assessor
from scheduler.programme import ExerciseKind
from scheduler.rules import tiers_of
from scheduler.solver.repair.board import Board, RunKey
from scheduler.timetable import Entry, Role, timetable_of

PLAIN_ROLES = (Role.ROLE_PLAYER, Role.SERVICE_USER_GROUP)


@dataclass(frozen=True, order=True)
class Duty:
    """What somebody who is missing would have done in one session: runs that one person takes over whole."""

    session: str
    role: Role
    person: str
    runs: tuple[RunKey, ...]


def find_stand_ins(board: Board) -> set[str]:
    """Put stand-ins into the runs that miss somebody; the applicants of those for whom there is nobody."""
    found: set[str] = set()
    called: list[str] = []
    for duties in _missing(board):
        waiting = list(duties)
        while waiting:
            best: tuple[tuple[object, ...], str, list[Duty]] | None = None
            for y in _candidates(board, waiting[0].role):
                could = _could(board, y, waiting)
                if could:
                    key = (-len(could), y not in called, *_aims(board, y, could), y)
                    if best is None or key < best[0]:
                        best = (key, y, could)
            if best is None and any(_can_be_shared(duty) for duty in waiting):
                waiting = [part for duty in waiting for part in _parts(duty)]
                continue
            if best is None:
                found.update(a for duty in waiting for run in duty.runs for a in board.applicants(run))
                break
            _, y, could = best
            called.append(y)
            for duty in could:
                for run, rows in _taken_over(board, y, duty):
                    board.put(run, rows)
            waiting = [duty for duty in waiting if duty not in could]
    return found | _still_together(board)


def keep_pins(board: Board) -> set[str]:
    """Let staff who must be in a session, and have lost their work there, take somebody else's.

    Where that cannot be, nobody may go on there with work of their kind: the applicants of all of it.
    """
    for person, session in sorted(board.problem.required_pins):
        role = role_of(board.problem, person)
        here = any(row.session == session for row in board.rows_of(person))
        if role not in (Role.ASSESSOR, *PLAIN_ROLES) or here or person in _members(board):
            continue
        if board.history.force.may_be_replaced(board.problem, person, board.date(session)):
            continue
        work = _work(board, session, role)
        able = [d for d in work if _is_fresh(board, d) and _may(board, person, d)]
        if able:
            for run, rows in _taken_over(board, person, able[0]):
                board.put(run, rows)
        elif work:
            return {a for duty in work for run in duty.runs for a in board.applicants(run)}
    return set()


def _still_together(board: Board) -> set[str]:
    """Applicants who would still meet somebody from whom a declared interest keeps them."""
    found: set[str] = set()
    for key in board.left():
        people = [row.person for row in board.rows(key)]
        for a in board.applicants(key):
            if any(y != a and board.problem.excluded(a, y) for y in people):
                found.add(a)
    return found


def _members(board: Board) -> set[str]:
    """Single service users have no rows of their own: their group has."""
    return {one for group in board.problem.service_user_groups for one in group.members}


def _work(board: Board, session: str, role: Role) -> list[Duty]:
    """What is left in a session for people of one role, by person."""
    runs: dict[str, list[RunKey]] = defaultdict(list)
    for key in board.left():
        for row in board.rows(key):
            if key[0] == session and row.role is role:
                runs[row.person].append(key)
    return [Duty(session, role, person, tuple(keys)) for person, keys in sorted(runs.items())]


def _is_fresh(board: Board, duty: Duty) -> bool:
    """Whether nobody would miss this person: they have begun nothing there, and no pin holds them."""
    begun = board.history.begun_rows.get(duty.person, [])
    pinned = (duty.person, duty.session) in board.problem.required_pins
    return not pinned and all(row.session != duty.session for row in begun)


def _can_be_shared(duty: Duty) -> bool:
    """Only role players may take turns: a panel keeps its members, and a session its group."""
    return duty.role is Role.ROLE_PLAYER and len(duty.runs) > 1


def _parts(duty: Duty) -> list[Duty]:
    return [replace(duty, runs=(run,)) for run in duty.runs] if _can_be_shared(duty) else [duty]


def _missing(board: Board) -> list[list[Duty]]:
    """By person who is missing, what they leave undone: of a panel or a group, all that is left."""
    runs: dict[tuple[Role, str], dict[str, list[RunKey]]] = defaultdict(lambda: defaultdict(list))
    for key in board.left():
        for row in board.rows(key):
            if row.role in (Role.ASSESSOR, *PLAIN_ROLES) and _is_missed(board, key, row):
                runs[row.role, row.person][row.session].append(key)
    found = []
    for (role, person), by_session in sorted(runs.items()):
        duties = []
        for session, keys in sorted(by_session.items()):
            if role is not Role.ROLE_PLAYER:
                keys = [key for key in board.left_of(person) if key[0] == session]
            duties.append(Duty(session, role, person, tuple(keys)))
        found.append(duties)
    return found


def _is_missed(board: Board, key: RunKey, row: Entry) -> bool:
    """Whether they are not there, or must give way because they may not meet somebody of this run."""
    history = board.history
    return history.is_hit(row) or (
        history.is_kept_apart(row, board.applicants(key)) and history.may_give_way(row)
    )


def _candidates(board: Board, role: Role) -> list[str]:
    problem = board.problem
    if role is Role.ASSESSOR:
        panels = {e.reference for e in problem.panel_exercises}
        return sorted(x.reference for x in problem.assessors if panels <= x.trained_for)
    return sorted(
        problem.role_player_by_reference if role is Role.ROLE_PLAYER else problem.group_by_reference
    )


def _could(board: Board, y: str, duties: list[Duty]) -> list[Duty]:
    """Those of the duties that this person could take over, as many as their half-days allow."""
    could = [duty for duty in duties if _may(board, y, duty)]
    assessor = board.problem.assessor_by_reference.get(y)
    if assessor is None or not could:
        return could
    worked = {row.session for row in board.rows_of(y)}
    room = assessor.half_days_max - len(worked)
    found = []
    for duty in could:
        room -= duty.session not in worked
        if room >= 0 or duty.session in worked:
            found.append(duty)
    return found


def _may(board: Board, y: str, duty: Duty) -> bool:
    problem, force = board.problem, board.history.force
    venue, date = problem.session_by_reference[duty.session].venue, board.date(duty.session)
    if y == duty.person or not board.may_work(y, duty.session):
        return False
    first, last = force.earliest(problem, y, date), force.latest(problem, y, date)
    if duty.role is Role.ASSESSOR and problem.must_start_late(y, venue):
        first = max(first, problem.travel_late_start)
    taken = list(_taken_over(board, y, duty))
    theirs = [row for _, rows in taken for row in rows if row.person == y]
    return (
        all(first <= row.start and row.end <= last and board.has_time(row) for row in theirs)
        and not any(problem.excluded(a, y) for run in duty.runs for a in board.applicants(run))
        and _fits(board, y, duty, taken, theirs)
    )


def _fits(
    board: Board, y: str, duty: Duty, taken: list[tuple[RunKey, list[Entry]]], theirs: list[Entry]
) -> bool:
    """What is asked of each role alone."""
    problem = board.problem
    here = [row for row in board.rows_of(y) if row.session == duty.session]
    if duty.role is Role.ASSESSOR:
        panel = timetable_of(row for _, rows in taken for row in rows)
        names = {row.panel for row in (*here, *theirs)}
        return len(names) == 1 and not any(True for check in ABOUT_MEMBERS for _ in check(problem, panel))
    table = problem.role_player_by_reference if duty.role is Role.ROLE_PLAYER else problem.group_by_reference
    limit = table[y].minutes_max
    if limit is not None and sum(row.window.minutes for row in (*here, *theirs)) > limit:
        return False
    return duty.role is Role.ROLE_PLAYER or _may_serve(board, y, duty)


def _may_serve(board: Board, group: str, duty: Duty) -> bool:
    """Every member may be there, and those who are have a round each."""
    problem = board.problem
    found = problem.group_by_reference[group]
    present = len(board.history.force.present_members(found))
    barred = problem.unavailable | problem.forbidden_pins
    return not any((one, duty.session) in barred for one in found.members) and all(
        present * e.station_minutes <= e.minutes
        for e in (board.exercise(run) for run in duty.runs)
        if e.kind is ExerciseKind.GROUP and e.station_minutes is not None
    )


def _taken_over(board: Board, y: str, duty: Duty) -> Iterator[tuple[RunKey, list[Entry]]]:
    """The runs of a duty with this person in the other's place."""
    for run in duty.runs:
        rows = board.rows(run)
        yield (
            run,
            [
                replace(row, person=y) if (row.person, row.role) == (duty.person, duty.role) else row
                for row in rows
            ],
        )


def _aims(board: Board, y: str, duties: list[Duty]) -> tuple[int, ...]:
    """How good this choice is in the campaign's aims, in their order, and then whether it spares others."""
    assessor = board.problem.assessor_by_reference.get(y)
    if assessor is None:
        return ()
    worked = {row.session for row in board.rows_of(y)}
    new = [duty for duty in duties if duty.session not in worked]
    by_key = {
        "without_first_choice_member": _lacking(board, y, duties),
        "assessor_travel_minutes": sum(
            board.problem.travel_of(y, board.problem.session_by_reference[d.session].venue) for d in new
        ),
        "heaviest_load": max(_heaviest(board), _load(assessor, len(worked) + len(new))),
    }
    aims = (by_key[tier.key] for tier in tiers_of(board.problem) if tier.key in by_key)
    return (*aims, 0 if assessor.standby else len(new))


def _lacking(board: Board, y: str, duties: list[Duty]) -> int:
    rows = (row for duty in duties for _, found in _taken_over(board, y, duty) for row in found)
    return without_first_choice_member(board.problem, timetable_of(rows))


def _heaviest(board: Board) -> int:
    return max(
        (
            _load(x, len({row.session for row in board.rows_of(x.reference)}))
            for x in board.problem.assessors
            if not board.history.force.is_absent(board.problem, x.reference)
        ),
        default=0,
    )


def _load(assessor: Assessor, sessions: int) -> int:
    """In percent of their own half-days, rounded up."""
    return -(-100 * sessions // max(assessor.half_days_max, 1))
