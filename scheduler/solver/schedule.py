"""The door: `schedule` makes the best timetable it can prove or find in the time it is given.

1. The placement's tiers 1 to 4, then any running order for each session: a first complete timetable.
2. Tiers 5 to 7, then running orders with the least waiting: the answer, if it is better.
Whenever a running order proves impossible, the placement is told (a cut) and solved again, so the bounds
stay true. The solver never has the last word: every timetable goes through `scheduler.checks`, and the
values of the tiers are what the checks measure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from scheduler.capacity import reasons_for
from scheduler.checks import breaches_of, tier_values
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.result import Progress, Result, Status, TierOutcome, Unplaced, Watcher
from scheduler.rules import TIERS, Breach
from scheduler.solver.cuts import exact_cut_of, staffing_cut_of, timing_cut_of
from scheduler.solver.engine import Budget, Sink
from scheduler.solver.placement.options import StaffingCut, TimingCut
from scheduler.solver.placement.solve import Placement, TierBound
from scheduler.solver.rotations import rotations_of
from scheduler.solver.running_order.options import SessionStaffing, clusters
from scheduler.solver.running_order.solve import (
    RunningOrder,
    any_running_order,
    best_running_order,
    largest_running_order,
)
from scheduler.timetable import Entry, Timetable, timetable_of

FIRST_TIERS = 4
PLACEMENT_TIERS = 7

# The share of what is left of the budget that each placement tier may take before it is left with its bound.
SHARE_BY_TIER = (0.30, 0.20, 0.20, 0.20, 0.30, 0.30, 0.25)
# The same for reaching, in one go, the best that counting allows for tiers 1 to 4.
IDEAL_SHARE = 0.2
ANY_ORDER_SECONDS = 20.0


class UnsoundTimetable(RuntimeError):
    """The checks found a breach in what the solver made: a fault of the program, never of the user."""

    def __init__(self, breaches: list[Breach]) -> None:
        super().__init__("; ".join(sorted({breach.rule for breach in breaches})))
        self.breaches = breaches


@dataclass(frozen=True)
class _Candidate:
    timetable: Timetable
    values: tuple[int, ...]
    seconds: float


@dataclass(frozen=True)
class _Bound:
    """No timetable whose earlier tiers are at most `earlier` has less than `bound` in tier `number`."""

    number: int
    earlier: tuple[int, ...]
    bound: int


@dataclass
class _Search:
    """What is known so far: cuts, bounds of the last placement, and the best sound timetable."""

    problem: Problem
    params: Params
    budget: Budget
    watch: Watcher
    timing_cuts: list[TimingCut] = field(default_factory=list)
    staffing_cuts: list[StaffingCut] = field(default_factory=list)
    bounds: list[_Bound] = field(default_factory=list)
    # Once a cut is a time-out and no proof, later bounds are no bounds and are not recorded.
    exact: bool = True
    idle_bound: int = 0
    best: _Candidate | None = None
    first_complete_seconds: float | None = None
    # Seconds to keep for running orders: what the first ones took, and half as much again.
    reserve: float = 0.0


def schedule(problem: Problem, params: Params = Params(), watch: Watcher | None = None) -> Result:
    """The best timetable of `problem` that `params.seconds` allow, tier by tier, with bounds and proofs.

    `watch` is called with every new value or bound. Always returns a timetable without a breach (an empty
    one, with status `infeasible`, where the pins allow none). Raises `UnsoundTimetable` if the checks find
    a breach in the solver's work.
    """
    search = _Search(problem, params, Budget(params), watch or (lambda progress: None))
    placement = _first_timetable(search)
    if placement is not None and search.best is not None:
        _better_timetable(search, placement)
    return _result(search)


def _first_timetable(search: _Search) -> Placement | None:
    """Tiers 1 to 4 and any running orders, cut and solved again until all sessions have one."""
    while True:
        placement = _place(search)
        if placement is None:
            return None
        orders = _orders(search, placement.staffing(), best=False)
        learned = _learn(search, orders)
        if not learned or search.best is None or search.budget.left <= 0:
            _take(search, orders)
        if not learned or search.budget.left <= 0:
            return placement


def _better_timetable(search: _Search, placement: Placement) -> None:
    """Tiers 5 to 7 and the least waiting. Starts again with tier 1 when a running order proves impossible."""
    while search.budget.left > 0:
        _improve(search, placement, PLACEMENT_TIERS)
        orders = _orders(search, placement.staffing(), best=True)
        learned = _learn(search, orders)
        if not learned or search.budget.left <= 0:
            _take(search, orders)
            return
        again = _place(search)
        if again is None:
            return
        placement = again


def _place(search: _Search) -> Placement | None:
    placement = Placement(
        search.problem, search.params, search.budget, search.timing_cuts, search.staffing_cuts
    )
    if placement.reach_ideal(search.budget.left * IDEAL_SHARE):
        for number in range(len(placement.tiers)):
            _record(search, placement.tiers[: number + 1])
    _improve(search, placement, FIRST_TIERS)
    return placement if placement.tiers else None


def _improve(search: _Search, placement: Placement, up_to: int) -> None:
    while len(placement.tiers) < up_to:
        number = len(placement.tiers)
        seconds = max(1.0, (search.budget.left - search.reserve) * SHARE_BY_TIER[number])
        name = TIERS[number].key
        found = placement.improve(seconds, _sink(search, name))
        if found is None:
            return
        _record(search, placement.tiers)


def _record(search: _Search, tiers: list[TierBound]) -> None:
    """Keep the bound of the last of these tiers, and tell whoever watches."""
    *earlier, found = tiers
    if search.exact:
        search.bounds.append(_Bound(len(earlier), tuple(t.value for t in earlier), found.bound))
    _tell(search, found.name, found.value, found.bound, search.exact and found.value == found.bound)


def _orders(search: _Search, staffing: tuple[SessionStaffing, ...], best: bool) -> list[RunningOrder]:
    """The running orders of all clusters, each with all workers and a fair share of the time left."""
    by_session = {s.session: s for s in staffing}
    orders: list[RunningOrder] = []
    groups = [tuple(by_session[s] for s in cluster) for cluster in clusters(search.problem, list(by_session))]
    before = search.budget.left
    for done, group in enumerate(groups):
        fair_share = search.budget.left / (len(groups) - done)
        if best:
            order = best_running_order(
                search.problem, group, search.params, search.budget, max(0.5, fair_share)
            )
            search.budget.spend(order.seconds)
        if not best or (order.entries is None and not order.impossible):
            seconds = max(ANY_ORDER_SECONDS, fair_share / 2)
            order = any_running_order(search.problem, group, search.params, search.budget, seconds)
            search.budget.spend(order.seconds)
        orders.append(order)
    if not best:
        search.reserve = 1.5 * (before - search.budget.left)
    return orders


def _learn(search: _Search, orders: list[RunningOrder]) -> bool:
    """Turn orders that cannot be into cuts. Returns whether there was anything to learn."""
    learned = False
    for order in orders:
        if order.entries is not None:
            continue
        learned = True
        if not order.impossible:
            search.staffing_cuts.append(exact_cut_of(order.staffing))
            search.exact = False
            continue
        cuts = [timing_cut_of(search.problem, s, search.params, search.budget) for s in order.staffing]
        found = [cut for cut in cuts if cut is not None]
        search.timing_cuts.extend(found)
        if not found:
            cut = staffing_cut_of(search.problem, order.staffing, search.params, search.budget)
            search.staffing_cuts.append(cut)
    return learned


def _take(search: _Search, orders: list[RunningOrder]) -> None:
    """Make a timetable of the orders, dropping people only where a session has none, and keep the best."""
    entries: list[Entry] = []
    for order in orders:
        if order.entries is None:
            order = largest_running_order(
                search.problem, order.staffing, search.params, search.budget, ANY_ORDER_SECONDS
            )
            search.budget.spend(order.seconds)
        entries.extend(order.entries or ())
    timetable = timetable_of(entries, rotations_of(search.problem, entries))
    breaches = breaches_of(search.problem, timetable)
    if breaches and not any(order.entries is None for order in orders):
        raise UnsoundTimetable(breaches)
    if breaches:
        # Leaving people out of a session can break a pin into it; then this is no timetable at all.
        return
    measured = tier_values(search.problem, timetable)
    candidate = _Candidate(timetable, tuple(measured[t.key] for t in TIERS), search.budget.elapsed)
    if search.first_complete_seconds is None and not any(order.entries is None for order in orders):
        search.first_complete_seconds = candidate.seconds
    if search.best is None or candidate.values < search.best.values:
        search.best = candidate
        search.idle_bound = sum(order.idle_bound for order in orders)
        for tier, value in zip(TIERS, candidate.values, strict=True):
            _tell(search, tier.key, value, None, False)


def _result(search: _Search) -> Result:
    problem, params = search.problem, search.params
    if search.best is None and not breaches_of(problem, timetable_of([])):
        # No time for anything: a timetable with nobody in it is sound, and says so in its first tier.
        _take(search, [])
    timetable = timetable_of([]) if search.best is None else search.best.timetable
    values = tier_values(problem, timetable)
    objective = _objective(search, values)
    missing = [a.reference for a in problem.applicants if a.reference not in timetable.session_of_applicant]
    reasons = reasons_for(problem, missing, timetable)
    return Result(
        status=_status(search, objective),
        timetable=timetable,
        objective=objective,
        unplaced=tuple(Unplaced(a, reasons[a]) for a in missing),
        seconds=search.budget.elapsed,
        seed=params.seed,
        workers=params.workers,
        first_complete_seconds=search.first_complete_seconds,
    )


def _objective(search: _Search, values: dict[str, int]) -> tuple[TierOutcome, ...]:
    """Each tier as measured, beside the best bound that holds while the earlier tiers are what they are."""
    measured = tuple(values[tier.key] for tier in TIERS)
    return tuple(_outcome(search, number, measured) for number in range(len(TIERS)))


def _outcome(search: _Search, number: int, measured: tuple[int, ...]) -> TierOutcome:
    value = measured[number]
    # A cut only takes placements away, so a bound found before it holds after it too.
    bounds = [
        found.bound
        for found in search.bounds
        if found.number == number
        and all(mine <= theirs for mine, theirs in zip(measured, found.earlier, strict=False))
    ]
    bound = min(value, max(bounds, default=0))
    note = ""
    if number == PLACEMENT_TIERS and 0 < value == search.idle_bound:
        note = "proven for this placement"
    return TierOutcome(TIERS[number].key, value, bound, value == bound, note)


def _status(search: _Search, objective: tuple[TierOutcome, ...]) -> Status:
    if search.best is None:
        return Status.INFEASIBLE
    return Status.OPTIMAL if all(tier.proven for tier in objective) else Status.FEASIBLE


def _sink(search: _Search, tier: str) -> Sink:
    def sink(value: int | None, bound: int | None) -> None:
        _tell(search, tier, value, bound, False)

    return sink


def _tell(search: _Search, tier: str, value: int | None, bound: int | None, proven: bool) -> None:
    search.watch(Progress(search.budget.elapsed, tier, value, bound, proven))
