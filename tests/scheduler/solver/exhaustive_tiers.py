"""Every tier of a tiny campaign by trying everything, written from the campaign format alone.

Nothing of the solver and nothing of the checks is used here. Placements come from `exhaustive.py`, the least
waiting of each from `backtracking.py`; here the tiers are measured and put in the campaign's own order. Slow,
and meant to be plain.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import combinations

from scheduler.problem import FirstChoiceRule, Problem
from scheduler.rules import tiers_of
from scheduler.timetable import Entry, Timetable, timetable_of
from tests.scheduler.solver.backtracking import Quickest, quickest_order
from tests.scheduler.solver.exhaustive import Whole, all_placements, by_day, lacks_first_choice

IDLE = "idle_minutes"
SEPARATE_GROUP = 1_000_000


@dataclass(frozen=True)
class Optimum:
    """The best value of each of the campaign's tiers, in its order, and one timetable that has them.

    The timetable is without rotations. `placements` counts those as good in every tier that comes before
    waiting, or in all of them where waiting is not aimed for.
    """

    values: tuple[int, ...]
    timetable: Timetable
    placements: int


Ranked = tuple[tuple[int, ...], Whole]


def optimum_of(problem: Problem) -> Optimum | None:
    """None where not even an empty timetable keeps every rule (a `must` pin of an assessor)."""
    waiting = _Waiting(problem)
    order = [tier.key for tier in tiers_of(problem)]
    before = order.index(IDLE) if IDLE in order else len(order)
    for unplaced in range(len(problem.applicants) + 1):
        alike: dict[tuple[int, ...], list[Whole]] = defaultdict(list)
        for chosen in all_placements(problem, unplaced):
            values = measured(problem, chosen)
            alike[tuple(values[key] for key in order[:before])].append(chosen)
        for first, placements in sorted(alike.items(), key=lambda pair: pair[0]):
            ranked = _ranked(problem, placements, order[before:], waiting)
            if ranked:
                last, chosen = min(ranked, key=lambda pair: pair[0])
                return Optimum((*first, *last), waiting.timetable(chosen), len(placements))
    return None


def _ranked(problem: Problem, placements: list[Whole], last: list[str], waiting: _Waiting) -> list[Ranked]:
    """Each of these that has a running order, with its values of the last tiers."""
    found: list[Ranked] = []
    for chosen in placements:
        idle = waiting.least(chosen)
        if idle is not None:
            values = {**measured(problem, chosen), IDLE: idle}
            found.append((tuple(values[key] for key in last), chosen))
            if not last:
                break
    return found


class _Waiting:
    """The least waiting of any placement; remembers each day's, for many placements ask for the same."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.quickest: dict[Hashable, Quickest | None] = {}

    def least(self, chosen: Whole) -> int | None:
        """None where these sessions have no running order. Each is first tried alone, which is soon done."""
        total = 0
        for day in by_day(chosen):
            alone = [self._of((staffed,)) for staffed in day]
            found = self._of(day) if None not in alone else None
            if found is None:
                return None
            total += found.idle_minutes
        return total

    def timetable(self, chosen: Whole) -> Timetable:
        """With these very people: what is remembered may be others'."""
        rows: list[Entry] = []
        for day in by_day(chosen):
            found = quickest_order(self.problem, day)
            rows.extend(found.rows if found is not None else ())
        return timetable_of(rows)

    def _of(self, day: Whole) -> Quickest | None:
        key = _what_times_depend_on(self.problem, day)
        if key not in self.quickest:
            self.quickest[key] = quickest_order(self.problem, day)
        return self.quickest[key]


def measured(problem: Problem, chosen: Whole) -> dict[str, int]:
    """Every tier but waiting, by name: who is where with whom decides them all."""
    panels = [(staffed.session, panel) for staffed in chosen for panel in staffed.panels]
    council = {x.reference: x.council for x in problem.assessors}
    half_days = {x.reference: x.half_days_max for x in problem.assessors}
    worked = Counter(x for _, panel in panels for x in panel.members)
    lacking = 0
    for _, panel in panels:
        councils = Counter(council[x] for x in panel.members)
        lacking += sum(lacks_first_choice(problem, a, councils) for a in panel.applicants)
    return {
        "unplaced": len(problem.applicants) - sum(len(s.applicants) for s in chosen),
        "panel_half_days": len(panels),
        "sessions_held": len(chosen),
        "without_first_choice_member": (
            lacking if problem.panel.first_choice_rule is FirstChoiceRule.SOFT else 0
        ),
        "applicant_travel_minutes": sum(
            problem.travel_of(a, staffed.session.venue) for staffed in chosen for a in staffed.applicants
        ),
        "assessor_travel_minutes": sum(
            problem.travel_of(x, session.venue) for session, panel in panels for x in panel.members
        ),
        "heaviest_load": max((-(-100 * n // half_days[x]) for x, n in worked.items()), default=0),
        "assessor_links": _links([panel.members for _, panel in panels]),
    }


def _links(panels: list[tuple[str, ...]]) -> int:
    """A million for each separate group of those who sit together, and one for each repeated pairing."""
    groups: list[set[str]] = []
    for members in panels:
        touched = [group for group in groups if group & set(members)]
        groups = [group for group in groups if group not in touched]
        groups.append(set(members).union(*touched))
    together = Counter(pair for members in panels for pair in combinations(sorted(members), 2))
    return SEPARATE_GROUP * len(groups) + sum(together.values()) - len(together)


def _what_times_depend_on(problem: Problem, day: Whole) -> Hashable:
    """The sessions of one day with their people; of an assessor only which panels, and whether from late on.

    Which assessor may meet which applicant was settled when the panels were chosen.
    """
    seats: dict[str, list[tuple[str, tuple[str, ...], bool]]] = defaultdict(list)
    for staffed in day:
        venue = staffed.session.venue
        for panel in staffed.panels:
            for x in panel.members:
                late = problem.must_start_late(x, venue)
                seats[x].append((staffed.session.reference, panel.applicants, late))
    sessions = [
        (s.session.reference, s.applicants, tuple(p.applicants for p in s.panels), s.group, s.pairs)
        for s in day
    ]
    return tuple(sessions), tuple(sorted(tuple(own) for own in seats.values()))
