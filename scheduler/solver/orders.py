"""The running orders of a placement: any, for a first timetable, or those with the least waiting.

What is solved here is remembered in `Search`, so that nothing proven is solved again. Read `schedule.py` for
when it is called, `running_order/` for how one is found.
"""

from __future__ import annotations

from scheduler.problem import FirstChoiceRule
from scheduler.solver.placement.solve import Placement
from scheduler.solver.running_order.options import clusters
from scheduler.solver.running_order.solve import (
    RunningOrder,
    any_running_order,
    best_running_order,
    largest_running_order,
    lenient_running_order,
)
from scheduler.solver.search import Search
from scheduler.solver.staffing import SessionStaffing

ANY_ORDER_SECONDS = 20.0
# Of what is left, for any one of them: other people in the session may be timed in a second.
ANY_ORDER_SHARE = 0.15
# For sessions that have none otherwise; days of twelve people depend on it, so even at the end there are a
# few seconds for all such sessions together.
LAST_RESORT_SHARE = 0.2
LAST_RESORT_SECONDS = 5.0

Group = tuple[SessionStaffing, ...]


def _key(group: Group) -> object:
    return tuple(staffing.key for staffing in group)


def groups_of(search: Search, placement: Placement) -> list[Group]:
    """Who is in each cluster; where time ran out before, with more who may lack their first choice."""
    by_session = {staffing.session: staffing for staffing in placement.staffing()}
    found = clusters(search.problem, list(by_session))
    groups = [tuple(by_session[s] for s in cluster) for cluster in found]
    return [search.lenient.get(_key(group), group) for group in groups]


def any_order(search: Search, group: Group) -> RunningOrder:
    """The one found before for these people, or any.

    Where time runs out before one is found or disproved, one in which more may lack their first choice.
    """
    key = _key(group)
    if key in search.any_orders:
        return search.any_orders[key]
    seconds = search.budget.at_most(min(ANY_ORDER_SECONDS, search.budget.left * ANY_ORDER_SHARE))
    order = any_running_order(search.problem, group, search.params, search.budget, seconds)
    search.budget.spend(order.seconds)
    if order.entries is None and not order.impossible and _may_lack_more(search, group):
        order = lenient_running_order(search.problem, group, search.params, search.budget, seconds)
        search.budget.spend(order.seconds)
        if order.entries is not None:
            search.lenient[key] = order.staffing
    if order.entries is not None:
        search.any_orders[key] = search.any_orders[_key(order.staffing)] = order
    return order


def last_resort(search: Search, group: Group, of: int) -> RunningOrder:
    """For one group `of` so many without an order: one in which more may lack their first choice.

    Where there is none, one that leaves out as few people as can be.
    """
    left = max(LAST_RESORT_SECONDS / of, min(ANY_ORDER_SECONDS, search.budget.left * LAST_RESORT_SHARE))
    if _may_lack_more(search, group):
        order = lenient_running_order(search.problem, group, search.params, search.budget, left)
        search.budget.spend(order.seconds)
        if order.entries is not None:
            return order
        group = order.staffing
    order = largest_running_order(search.problem, group, search.params, search.budget, left)
    search.budget.spend(order.seconds)
    return order


def _may_lack_more(search: Search, group: Group) -> bool:
    soft = search.problem.panel.first_choice_rule is FirstChoiceRule.SOFT
    return soft and any(s.without_first_choice_max < len(s.applicants) for s in group)


def best_orders(search: Search, groups: list[Group], seconds: float) -> list[RunningOrder]:
    """The running orders of all clusters, each with a fair part of the seconds; proven ones are kept."""
    orders: list[RunningOrder] = []
    kept = search.budget.left - seconds
    for done, group in enumerate(groups):
        key = _key(group)
        if search.budget.stopped and key in search.any_orders:
            # Whoever asked to stop waits: what was found for the others so far is kept, and this as it is.
            orders.append(search.any_orders[key])
            continue
        if key not in search.proven_orders:
            unsolved = sum(_key(g) not in search.proven_orders for g in groups[done:])
            order = _best_order(search, group, (search.budget.left - kept) / unsolved)
            if order.entries is None or order.idle_minutes > order.idle_bound:
                orders.append(order)
                continue
            search.proven_orders[key] = order
        orders.append(search.proven_orders[key])
    return orders


def _best_order(search: Search, group: Group, seconds: float) -> RunningOrder:
    """The one with the least waiting found, starting from any; any, where time runs out before."""
    start = any_order(search, group)
    if start.impossible:
        return start
    limit, people = search.budget.at_most(seconds), start.staffing
    order = best_running_order(search.problem, people, search.params, search.budget, limit, start=start)
    search.budget.spend(order.seconds)
    if order.entries is None:
        return order if order.impossible else start
    search.any_orders[_key(group)] = search.any_orders[_key(people)] = order
    return order
