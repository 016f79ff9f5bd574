"""The door: `schedule` makes the best timetable it can prove or find in the time it is given.

1. The placement's tiers 1 to 4 (in large campaigns 1 and 2), then any running order for each session: a first
   complete timetable.
2. The placement's other tiers, then running orders with the least waiting, then assessors linked as well as
   can be at these times; again from the first tier that is not proven, as long as there is time.
Tiers come in the campaign's own order; their numbers here are the catalogue's. Whenever a running order
proves impossible, the placement is told (a cut) and solved again, so the bounds stay true. The solver never
has the last word: every timetable goes through `scheduler.checks`, and the values of the tiers are what the
checks measure (`search.py`).
"""

from __future__ import annotations

from contextlib import suppress

from scheduler.capacity import reasons_for
from scheduler.checks import breaches_of
from scheduler.params import Params, Stop
from scheduler.problem import Problem
from scheduler.result import STOPPED_TOO_SOON, Result, Status, TierOutcome, Unplaced, Watcher
from scheduler.solver.cuts import exact_cut_of, staffing_cut_of, timing_cut_of, waiting_cuts_of
from scheduler.solver.engine import Budget, Stopped
from scheduler.solver.linking import link, link_elsewhere, seconds_for_orders
from scheduler.solver.orders import any_order, best_orders, groups_of, last_resort
from scheduler.solver.placement.solve import Placement
from scheduler.solver.running_order.solve import RunningOrder
from scheduler.solver.search import Search
from scheduler.timetable import timetable_of

# The share of what is left of the budget that each placement tier may take before it is left with its bound.
SHARE_BY_TIER = {
    "unplaced": 0.30,
    "panel_half_days": 0.20,
    "sessions_held": 0.20,
    "without_first_choice_member": 0.20,
    "applicant_travel_minutes": 0.40,
    "assessor_travel_minutes": 0.40,
    "heaviest_load": 0.25,
    "idle_minutes": 0.10,
}
PLACEMENT_TIERS = frozenset(SHARE_BY_TIER)
# The same for reaching, in one go, the best that counting allows for tiers 1 to 4.
IDEAL_SHARE = 0.25
# In large campaigns, where without a first placement there is nothing.
LARGE_SHARE = 0.6
# The share of what is left for finding a placement again that keeps every tier so far and a new cut too.
RELEARN_SHARE = 0.2
# With less time left than this, beyond what running orders take, another round is not worth its start.
ROUND_SECONDS = 1.0


def schedule(
    problem: Problem, params: Params = Params(), watch: Watcher | None = None, stop: Stop | None = None
) -> Result:
    """The best timetable of `problem` that `params.seconds` allow, tier by tier, with bounds and proofs.

    `watch` is called with every new value or bound. Once asked to `stop`, from any thread, the run ends
    within about a second with the best so far and the bounds known so far. Always returns a timetable
    without a breach: an empty one, `infeasible` or `unknown`, where pins of assessors allow none or none was
    found. Raises `UnsoundTimetable` if the checks find a breach in the solver's work.
    """
    search = Search(problem, params, Budget(params, stop), watch or (lambda progress: None))
    with suppress(Stopped):
        placement = _first_timetable(search)
        search.budget.settle()
        if placement is not None and search.best is not None:
            _better_timetable(search, placement)
    return _result(search)


def _first_timetable(search: Search) -> Placement | None:
    """The first tiers and any running orders, cut and solved again until all sessions have one."""
    placement = _place(search)
    while placement is not None:
        before = search.budget.left
        orders = [any_order(search, group) for group in groups_of(search, placement)]
        search.reserve = max(search.reserve, 1.5 * (before - search.budget.left))
        known = _known(search)
        learned = _learn(search, orders)
        if not learned or search.best is None or search.budget.left <= 0:
            _take(search, orders)
        if not learned or search.budget.left <= 0:
            return placement
        if not _place_again(search, placement, known):
            placement = _place(search)
    return None


def _better_timetable(search: Search, placement: Placement) -> None:
    """All other tiers, round after round; from tier 1 again where a running order cannot be."""
    while search.budget.left > 0:
        _count_further(search, placement)
        _improve(search, placement, len(placement.aims))
        orders = best_orders(search, groups_of(search, placement), seconds_for_orders(search))
        known = _known(search)
        impossible = _learn(search, orders)
        if not impossible:
            if _take(search, orders):
                link(search, orders)
            _learn_of_waiting(search, orders)
        if _nothing_left(search) or search.budget.left < search.reserve + ROUND_SECONDS:
            link_elsewhere(search, placement)
            return
        if known == _known(search):
            placement.reopen()
        elif not _place_again(search, placement, known):
            again = _place(search)
            if again is None:
                return
            placement = again


def _known(search: Search) -> tuple[int, int]:
    return len(search.timing_cuts), len(search.staffing_cuts)


def _place_again(search: Search, placement: Placement, known: tuple[int, int]) -> bool:
    """Whether there is a placement that keeps every tier so far and all cuts that are newer than `known`."""
    timing, staffing = search.timing_cuts[known[0] :], search.staffing_cuts[known[1] :]
    return placement.learn(timing, staffing, search.budget.left * RELEARN_SHARE)


def _learn_of_waiting(search: Search, orders: list[RunningOrder]) -> None:
    """Tell the placement where people wait longer than they would alone: others might not."""
    if "idle_minutes" not in search.tiers:
        return
    for order in orders:
        key = tuple(staffing.key for staffing in order.staffing)
        if key not in search.explained_orders and search.budget.left > 0:
            search.explained_orders.add(key)
            timing, staffing = waiting_cuts_of(search.problem, order, search.params, search.budget)
            search.timing_cuts.extend(timing)
            search.staffing_cuts.extend(staffing)


def _nothing_left(search: Search) -> bool:
    return all(tier.proven for tier in search.outcomes() if tier.name in PLACEMENT_TIERS)


def _place(search: Search) -> Placement | None:
    """A placement that is as good in the first tiers as can be found; None where there is none at all."""
    placement = Placement(
        search.problem, search.params, search.budget, search.timing_cuts, search.staffing_cuts
    )
    share = LARGE_SHARE if placement.first_tiers < placement.counted_tiers else IDEAL_SHARE
    if placement.reach_ideal(search.budget.left * share):
        _record_all(search, placement)
    _improve(search, placement, placement.first_tiers)
    search.impossible = search.exact and placement.impossible
    return placement if placement.tiers else None


def _count_further(search: Search, placement: Placement) -> None:
    """In large campaigns: what counting allows for the tiers that did not come before the first timetable."""
    number = placement.counted_tiers
    if len(placement.tiers) < number and placement.reach(number, search.budget.left * IDEAL_SHARE):
        _record_all(search, placement)


def _record_all(search: Search, placement: Placement) -> None:
    for number in range(len(placement.tiers)):
        search.record(placement.tiers[: number + 1])


def _improve(search: Search, placement: Placement, up_to: int) -> None:
    while len(placement.tiers) < up_to:
        tier = placement.aims[len(placement.tiers)].__name__
        seconds = search.budget.at_most((search.budget.left - search.reserve) * SHARE_BY_TIER[tier])
        if placement.improve(seconds, search.sink(tier)) is None:
            return
        search.record(placement.tiers)


def _learn(search: Search, orders: list[RunningOrder]) -> bool:
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


def _take(search: Search, orders: list[RunningOrder]) -> bool:
    """Offer the timetable of these orders, dropping people only where a session has none.

    Returns whether it was the best so far.
    """
    missing = sum(order.entries is None for order in orders)
    taken = [o if o.entries is not None else last_resort(search, o.staffing, missing) for o in orders]
    entries = [row for order in taken for row in order.entries or ()]
    complete = all(order.entries is not None and not order.dropped for order in taken)
    return search.offer(entries, sum(order.idle_bound for order in taken), complete)


def _result(search: Search) -> Result:
    problem, params = search.problem, search.params
    if search.best is None and not breaches_of(problem, timetable_of([])):
        # No time for anything: a timetable with nobody in it is sound, and says so in its first tier.
        search.offer([], 0, complete=False)
    timetable = timetable_of([]) if search.best is None else search.best.timetable
    objective = search.outcomes()
    missing = [a.reference for a in problem.applicants if a.reference not in timetable.session_of_applicant]
    status = _status(search, objective)
    if search.budget.stopped and search.first_complete_seconds is None:
        # Nothing is known of anybody yet, and whoever asked to stop waits.
        reasons = dict.fromkeys(missing, STOPPED_TOO_SOON)
    else:
        reasons = reasons_for(problem, missing, timetable)
    if status is Status.INFEASIBLE:
        # Nothing but pins can rule out even a timetable with nobody in it.
        pins = ", ".join(f"{person} in {s}" for person, s in sorted(_assessor_pins(problem)))
        reasons = dict.fromkeys(missing, f"No timetable keeps every pin of an assessor: {pins}.")
    return Result(
        status=status,
        timetable=timetable,
        objective=objective,
        unplaced=tuple(Unplaced(a, reasons[a]) for a in missing),
        seconds=search.budget.elapsed,
        seed=params.seed,
        workers=params.workers,
        first_complete_seconds=search.first_complete_seconds,
    )


def _status(search: Search, objective: tuple[TierOutcome, ...]) -> Status:
    if search.best is None:
        return Status.INFEASIBLE if search.impossible else Status.UNKNOWN
    return Status.OPTIMAL if all(tier.proven for tier in objective) else Status.FEASIBLE


def _assessor_pins(problem: Problem) -> set[tuple[str, str]]:
    return {(who, s) for who, s in problem.required_pins if who not in problem.applicant_by_reference}
