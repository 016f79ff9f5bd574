"""Tiers 1 to 4 of a tiny campaign by trying everything, written from the campaign format alone.

Nothing of the solver is used here. Whoever could be placed where, before whom and with whose help is listed
in full and put in order of the tiers; the first of these that has a running order is the answer. Running
orders are found by trying every start, room, run and role player in turn. Slow, and meant to be plain.
Read `test_exhaustive.py` next.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product

from scheduler.people import Applicant, Assessor
from scheduler.problem import FirstChoiceRule, Problem
from scheduler.programme import Exercise, ExerciseKind, Session
from scheduler.timetable import Timetable
from tests.scheduler.solver.backtracking import Staffed, StaffedPanel, running_order

Tiers = tuple[int, int, int, int]


@dataclass(frozen=True)
class Best:
    """The best tiers 1 to 4, and one timetable (without rotations) that has them."""

    tiers: Tiers
    timetable: Timetable


def best_of(problem: Problem) -> Best | None:
    """None where not even an empty timetable keeps every rule (a `must` pin of an assessor)."""
    listed: list[tuple[Tiers, tuple[Staffed, ...]]] = []
    for where in product((None, *problem.sessions), repeat=len(problem.applicants)):
        attending = {s: tuple(a for a, t in zip(problem.applicants, where, strict=True) if t is s) for s in problem.sessions}
        if all(_may_attend(problem, a, s) for s, people in attending.items() for a in people):
            ways = [list(_staffings(problem, s, people)) for s, people in attending.items() if people]
            for chosen in product(*ways):
                if _go_together(problem, chosen):
                    listed.append((_tiers(problem, chosen), chosen))
    listed.sort(key=lambda pair: pair[0])
    tried: dict[tuple[Staffed, ...], Timetable | None] = {}
    for tiers, chosen in listed:
        rows = []
        for together in _by_day(problem, chosen):
            key = tuple(_what_matters(problem, staffed, len(together) > 1) for staffed in together)
            if key not in tried:
                tried[key] = running_order(problem, together)
            found = tried[key]
            if found is None:
                break
            rows.extend(found.entries)
        else:
            return Best(tiers, Timetable(tuple(rows)))
    return None
