"""From a solved repair back to rows: real references, the old names of panels and runs, groups, interpreters.

A run keeps the name of the old run of its exercise with which it shares most applicants; a new one is named
after its start like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from scheduler.changes import face
from scheduler.solver.engine import Answer
from scheduler.solver.repair.history import History
from scheduler.solver.repair.variables import RepairVariables
from scheduler.solver.running_order.extract import entries_of
from scheduler.solver.running_order.variables import Variables
from scheduler.timetable import Entry, Role, Sitting, timetable_of


@dataclass(frozen=True)
class Found:
    """The rows of all runs that have not begun, in every session; and who is `left_out` of them."""

    entries: tuple[Entry, ...]
    left_out: tuple[str, ...]


def found_of(r: RepairVariables, answer: Answer) -> Found:
    history = r.scenario.history
    stays = [run for run in history.left if run.session not in r.scenario.at_hand]
    names = {run.reference for run in (*history.begun, *stays)}
    rows = [row for run in stays for row in run.entries]
    new = [row for v in r.orders for row in _rows(r, v, answer)]
    at_hand = [run for run in history.left if run.session in r.scenario.at_hand]
    rows += _with_names(new, at_hand, names)
    rows = _as_they_were(rows, history)
    placed = {row.person for row in new if row.role is Role.APPLICANT}
    return Found(tuple(sorted(rows)), tuple(a for a in r.scenario.applicants if a not in placed))


def whole(history: History, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """What has begun, as it was, and these rows."""
    return (*(row for run in history.begun for row in run.entries), *entries)


def _as_they_were(rows: list[Entry], history: History) -> list[Entry]:
    """Rows that tell nobody anything new are the old ones, as whoever wrote them wrote them."""
    old = {(row.person, row.sitting, face(row)): row for run in history.left for row in run.entries}
    return [old.get((row.person, row.sitting, face(row)), row) for row in rows]


def _rows(r: RepairVariables, v: Variables, answer: Answer) -> Iterator[Entry]:
    panels = {f"{s}-P{p + 1}": r.panel_name((s, p)) for s, p in v.options.panels}
    for row in entries_of(v, answer):
        named = replace(row, panel=panels.get(row.panel, ""))
        if row.role is Role.APPLICANT:
            yield replace(named, person=r.alias_by_reference[row.person].applicant)
            for (i, a), interprets in r.interprets.items():
                if a == row.person and answer.of(interprets):
                    yield replace(named, person=i, role=Role.INTERPRETER)
        elif row.role is Role.SERVICE_USER_GROUP:
            serving = next(g for (g, s), leads in r.leads.items() if s == row.session and answer.of(leads))
            yield replace(named, person=serving)
        else:
            yield named


def _with_names(new: list[Entry], old: list[Sitting], taken: set[str]) -> Iterator[Entry]:
    """The new rows under the old runs' names where they are the same, else under names nobody has yet."""
    taken = {*taken, *(run.reference for run in old)}
    free = {(run.session, run.exercise, run.reference): set(run.applicants) for run in old}
    for run in timetable_of(new).sittings:
        people = set(run.applicants)
        like = [key for key in sorted(free) if key[:2] == (run.session, run.exercise) and free[key] & people]
        if like:
            best = max(like, key=lambda key: len(free[key] & people))
            name = best[2]
            del free[best]
        else:
            number = 1
            while (name := f"{run.session}-{run.exercise}-{number}") in taken:
                number += 1
        taken.add(name)
        yield from (replace(row, sitting=name) for row in run.entries)
