"""What a run knows so far: its cuts, its bounds, the best sound timetable, and who is told about it.

Nothing is solved here; `schedule.py` does that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from scheduler.checks import breaches_of, tier_values
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.result import Progress, TierOutcome, Watcher
from scheduler.rules import LINK_GROUP, Breach, tiers_of
from scheduler.solver.counting import least_groups_of_assessors
from scheduler.solver.engine import Budget, Sink
from scheduler.solver.placement.options import StaffingCut, TimingCut
from scheduler.solver.placement.solve import TierBound
from scheduler.solver.rotations import rotations_of
from scheduler.solver.running_order.solve import RunningOrder
from scheduler.solver.staffing import SessionStaffing
from scheduler.timetable import Entry, Timetable, timetable_of


class UnsoundTimetable(RuntimeError):
    """The checks found a breach in what the solver made: a fault of the program, never of the user."""

    def __init__(self, breaches: list[Breach]) -> None:
        super().__init__("; ".join(sorted({breach.rule for breach in breaches})))
        self.breaches = breaches


@dataclass(frozen=True)
class Candidate:
    """A sound timetable, with its tiers as the checks measure them.

    `idle_bound` is the least waiting possible for the same people in the same sessions.
    """

    timetable: Timetable
    values: tuple[int, ...]
    idle_bound: int


@dataclass(frozen=True)
class Bound:
    """No timetable whose tiers are at most those of `earlier` has less than `bound` in `tier`."""

    tier: str
    earlier: tuple[tuple[str, int], ...]
    bound: int


@dataclass
class Search:
    """One run. Running orders found are kept; `proven_orders` are those that no more time can better."""

    problem: Problem
    params: Params
    budget: Budget
    watch: Watcher
    timing_cuts: list[TimingCut] = field(default_factory=list)
    staffing_cuts: list[StaffingCut] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    # Once a cut is a time-out and no proof, later bounds are no bounds and are not recorded.
    exact: bool = True
    any_orders: dict[object, RunningOrder] = field(default_factory=dict)
    proven_orders: dict[object, RunningOrder] = field(default_factory=dict)
    # Where no order was found in time, the same people with more who may lack their first choice.
    lenient: dict[object, tuple[SessionStaffing, ...]] = field(default_factory=dict)
    # Those whose waiting has been told to the placement as cuts.
    explained_orders: set[object] = field(default_factory=set)
    best: Candidate | None = None
    first_complete_seconds: float | None = None
    # Proven: no timetable keeps the rules and the pins, not even one with nobody in it.
    impossible: bool = False
    # Seconds to keep for running orders: what the first ones took, and half as much again.
    reserve: float = 0.0
    # Seconds that better seats took last.
    link_seconds: float = 0.0

    @cached_property
    def tiers(self) -> tuple[str, ...]:
        """The keys of the campaign's aims, in its order."""
        return tuple(tier.key for tier in tiers_of(self.problem))

    @property
    def links_are_least(self) -> bool:
        """Whether assessors cannot be linked better than they are in the best timetable, or need not be."""
        outcomes = {outcome.name: outcome for outcome in self.outcomes()}
        return "assessor_links" not in outcomes or outcomes["assessor_links"].proven

    def record(self, tiers: list[TierBound]) -> None:
        """Keep the bound of the last of these tiers, and tell whoever watches."""
        *earlier, found = tiers
        if self.exact:
            held = tuple((tier.name, tier.value) for tier in earlier)
            self.bounds.append(Bound(found.name, held, found.bound))
        self.tell(found.name, found.value, found.bound, self.exact and found.value == found.bound)

    def offer(self, entries: Iterable[Entry], idle_bound: int, complete: bool) -> bool:
        """Take this timetable if it is better than the best so far; whether it was.

        `complete` says that nobody had to be left out of a session. Raises `UnsoundTimetable` if a complete
        one has a breach; one that is not may break a pin, and is then no timetable at all.
        """
        rows = tuple(entries)
        timetable = timetable_of(rows, rotations_of(self.problem, rows))
        breaches = breaches_of(self.problem, timetable)
        if breaches and complete:
            raise UnsoundTimetable(breaches)
        if breaches:
            return False
        if complete and self.first_complete_seconds is None:
            self.first_complete_seconds = self.budget.elapsed
        values = self._values(timetable)
        if self.best is not None and values >= self.best.values:
            return False
        self.best = Candidate(timetable, values, idle_bound)
        for tier, value in zip(self.tiers, values, strict=True):
            self.tell(tier, value, None)
        return True

    def outcomes(self) -> tuple[TierOutcome, ...]:
        """Each tier as measured, with the best bound that holds while the earlier tiers are what they are.

        Where there is no sound timetable, those of an empty one.
        """
        measured = self._values(timetable_of([])) if self.best is None else self.best.values
        return tuple(self._outcome(measured, number) for number in range(len(self.tiers)))

    def tell(self, tier: str, value: int | None, bound: int | None, proven: bool = False) -> None:
        self.watch(Progress(self.budget.elapsed, tier, value, bound, proven))

    def sink(self, tier: str) -> Sink:
        """Passes on what the solver finds while it is at this tier."""
        return lambda value, bound: self.tell(tier, value, bound)

    def _values(self, timetable: Timetable) -> tuple[int, ...]:
        measured = tier_values(self.problem, timetable)
        return tuple(measured[tier] for tier in self.tiers)

    def _outcome(self, measured: tuple[int, ...], number: int) -> TierOutcome:
        tier, value = self.tiers[number], measured[number]
        decided = dict(zip(self.tiers[:number], measured, strict=False))
        # A cut only takes placements away, so a bound found before it holds after it too.
        bounds = [
            found.bound
            for found in self.bounds
            if found.tier == tier
            and all(name in decided and decided[name] <= most for name, most in found.earlier)
        ]
        if tier == "assessor_links":
            bounds.append(LINK_GROUP * self._least_groups(measured, decided))
        bound = min(value, max(bounds, default=0))
        best_here = tier == "idle_minutes" and self.best is not None and 0 < value == self.best.idle_bound
        note = "proven for this placement" if best_here and value > bound else ""
        return TierOutcome(tier, value, bound, value == bound, note)

    def _least_groups(self, measured: tuple[int, ...], decided: dict[str, int]) -> int:
        """By counting panels and sessions, where these are settled; else whoever sits is in some group."""
        panels, problem = decided["panel_half_days"], self.problem
        if not self._outcome(measured, self.tiers.index("panel_half_days")).proven:
            return min(1, panels)
        sessions = decided.get("sessions_held", len(problem.sessions))
        return least_groups_of_assessors(panels, sessions, problem.panel.size)
