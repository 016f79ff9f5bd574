"""So many people at least change, whatever the repair, if everybody who is there is kept in their session.

Four counts, without a solver. What reaches them is the least there can be. Read `in_place.py` next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterator

from scheduler.programme import ExerciseKind
from scheduler.solver.repair.history import History
from scheduler.timetable import Role, Sitting


def least_changed(history: History, sessions: Container[str]) -> int:
    """The most that any count says of these sessions together."""
    runs = [run for run in history.left if run.session in sessions]
    return max(_cannot_stay(history, runs), *_fewer_runs(history, runs), _kept_apart(history, runs))


def _cannot_stay(history: History, runs: list[Sitting]) -> int:
    """Those whose own rows cannot stay, and one more where they cannot have filled the gaps themselves.

    Take a run at its old time and place that misses staff. Either its applicants change, or somebody who was
    not in it takes the gap; and that is nobody of those who cannot stay, if these are only staff missing
    here.
    """
    cannot: set[str] = set()
    for run in runs:
        if history.is_touched(run):
            displaced = history.is_displaced(run)
            cannot.update(row.person for row in run.entries if displaced or history.is_hit(row))
    there = {p for p in cannot if not history.force.is_absent(history.problem, p)} - history.force.left_out
    gaps = ((run, _missing(history, run)) for run in runs)
    return len(there) + any(
        missing and there <= missing and _must_be_held(history, run, runs) for run, missing in gaps
    )


def _kept_apart(history: History, runs: list[Sitting]) -> int:
    """Of two whom a declared interest keeps apart one changes, if both are there."""
    kept = set(history.applicants)
    return int(
        any(
            history.is_kept_apart(row, kept.intersection(run.applicants)) and not history.is_hit(row)
            for run in runs
            for row in run.entries
        )
    )


def _missing(history: History, run: Sitting) -> set[str]:
    """Staff of the run who are not there for it; interpreters go where their applicant goes."""
    staff = (row for row in run.entries if row.role not in (Role.APPLICANT, Role.INTERPRETER))
    return {row.person for row in staff if history.is_hit(row)}


def _must_be_held(history: History, run: Sitting, runs: list[Sitting]) -> bool:
    """Whether it stays unless its applicants change: all are kept, in it and in runs like it to staff."""
    if history.is_displaced(run):
        return False
    kept = set(history.applicants)
    first, room = run.window.start, {row.room for row in run.entries}
    like = (
        other
        for other in runs
        if (other.session, other.exercise) == (run.session, run.exercise)
        and other.window.start == first
        and {row.room for row in other.entries} == room
    )
    return all(a in kept for other in like for a in other.applicants)


def _fewer_runs(history: History, runs: list[Sitting]) -> Iterator[int]:
    """By session: with fewer interviews all members of some panel notice, and some role player does."""
    problem, kept = history.problem, set(history.applicants)
    members: dict[str, list[int]] = defaultdict(list)
    fewer: dict[str, set[bool]] = defaultdict(set)
    for run in runs:
        exercise = problem.exercise_by_reference[run.exercise]
        if exercise.kind is ExerciseKind.PANEL:
            assessors = run.of(Role.ASSESSOR)
            members[run.session].append(
                sum(not history.force.is_absent(problem, row.person) for row in assessors)
            )
        if not exercise.is_shared and not kept.issuperset(run.applicants):
            fewer[run.session].add(exercise.kind is ExerciseKind.PANEL)
            players = [row for other in runs for row in other.of(Role.ROLE_PLAYER)]
            gone = any(history.force.is_absent(problem, row.person) for row in players)
            if exercise.role_player and not gone:
                members[f"{run.session} role players"] = [1]
    for session, kinds in sorted(fewer.items()):
        panel = min(members[session]) if True in kinds else 0
        yield panel + sum(members[f"{session} role players"][:1])
