"""Rotations after a repair: those that can stay do, in their order; only a run with new people is made anew.

Who is absent leaves a rest where their meetings were. Somebody who joins a run takes the order of somebody
who has left it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scheduler.grid import Window
from scheduler.problem import Problem
from scheduler.programme import ExerciseKind
from scheduler.solver.repair.history import History
from scheduler.solver.rotations import rotations_of
from scheduler.timetable import Entry, Meeting, Role, Sitting, timetable_of


def rotations_after(history: History, entries: Sequence[Entry]) -> tuple[Meeting, ...]:
    """The meetings of all rotating runs; those that have begun are as they were."""
    begun = {(run.session, run.reference) for run in history.begun}
    problem = _with_present_members(history)
    old = {(run.session, run.exercise, run.reference): run for run in history.left}
    found = [m for m in history.old.meetings if (m.session, m.sitting) in begun]
    for run in timetable_of(entries).sittings:
        exercise = problem.exercise_by_reference[run.exercise]
        if exercise.kind is not ExerciseKind.GROUP or exercise.station_minutes is None:
            continue
        if (run.session, run.reference) in begun:
            continue
        before = old.get((run.session, run.exercise, run.reference))
        kept = _kept(problem, history, before, run) if before is not None else None
        found.extend(rotations_of(problem, run.entries) if kept is None else kept)
    return tuple(sorted(found))


def _kept(problem: Problem, history: History, before: Sitting, run: Sitting) -> list[Meeting] | None:
    """The old run's meetings at the new run's time and for its people; None where they do not fit."""
    members = problem.group_by_reference[run.of(Role.SERVICE_USER_GROUP)[0].person].members
    come = [a for a in run.applicants if a not in before.applicants]
    gone = [a for a in before.applicants if a not in run.applicants]
    if len(come) > len(gone):
        return None
    instead_of = dict(zip(gone, come, strict=False))
    later = _contact(run).start - _contact(before).start
    meetings = [
        replace(
            m, applicant=instead_of.get(m.applicant, m.applicant), start=m.start + later, end=m.end + later
        )
        for m in history.old.meetings
        if (m.session, m.sitting) == (run.session, run.reference) and m.service_user in members
    ]
    kept = [m for m in meetings if m.applicant in run.applicants]
    met = sorted((m.applicant, m.service_user) for m in kept)
    wanted = sorted((a, u) for a in run.applicants for u in members)
    return kept if met == wanted else None


def _contact(run: Sitting) -> Window:
    return run.of(Role.SERVICE_USER_GROUP)[0].window


def _with_present_members(history: History) -> Problem:
    groups = (
        replace(group, members=history.force.present_members(group))
        for group in history.problem.service_user_groups
    )
    return replace(history.problem, service_user_groups=tuple(groups))
