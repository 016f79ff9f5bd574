"""The last aim: assessors who sit together with as many others as can be (`assessor_links`).

First the times stay as they are and only seats change; that is nearly always enough. In a small campaign
where it is not, the times may change too, and then the placement, until every other one has been tried.
"""

from __future__ import annotations

from dataclasses import replace

from scheduler.solver.cuts import assessors_cut_of, exact_cut_of
from scheduler.solver.orders import Group, best_orders, groups_of
from scheduler.solver.placement.solve import Placement
from scheduler.solver.running_order.solve import RunningOrder, linked_running_orders
from scheduler.solver.search import Bound, Search

# Of what is left before the times are set, kept for better seats at these times; and how much at least, as a
# multiple of what it took before.
LINK_SHARE = 0.15
LINK_AGAIN = 1.5
# In campaigns with no more panels than this, times and placements are tried anew for the sake of links.
PANELS_MAX = 8
# Where waiting is no aim of the campaign.
IDLE_NO_LIMIT = 10**6
# Of what is left, for finding one more placement.
ANOTHER_SHARE = 0.3


def link(search: Search, orders: list[RunningOrder]) -> None:
    """The same times with assessors who sit with as many others as can be."""
    if not search.links_are_least and all(order.entries is not None for order in orders):
        before = search.budget.left
        _link(search, orders, idle_max=None, share=1.0)
        search.link_seconds = before - search.budget.left


def seconds_for_orders(search: Search) -> float:
    """What is left for running orders when the seats have what they need."""
    left = search.budget.left
    return max(0.0, left - max(LINK_SHARE * left, LINK_AGAIN * search.link_seconds))


def link_elsewhere(search: Search, placement: Placement) -> None:
    """Other times, then other placements that keep every earlier tier; for small campaigns.

    When none is left untried, what was found is proven the least.
    """
    if search.best is None or "assessor_links" not in search.tiers:
        return
    place = search.tiers.index("assessor_links")
    earlier = search.outcomes()[:place]
    if any(not tier.proven for tier in earlier) or len(search.best.timetable.panels) > PANELS_MAX:
        return
    held = {tier.name: tier.value for tier in earlier}
    placement.back_to(tuple(held))
    all_tried = True
    while not search.links_are_least and search.budget.left > 0:
        groups = groups_of(search, placement)
        staffing = [staffed for group in groups for staffed in group]
        if _least_of_these_assessors(search, groups) >= search.best.values[place]:
            cut = assessors_cut_of(search.problem, staffing)
        else:
            cut = exact_cut_of(staffing)
            all_tried &= _try(search, groups, held.get("idle_minutes"))
        if not placement.learn((), (cut,), search.budget.left * ANOTHER_SHARE):
            if placement.exhausted and all_tried:
                least = search.best.values[place]
                search.bounds.append(Bound("assessor_links", tuple(held.items()), least))
            return


def _try(search: Search, groups: list[Group], idle_max: int | None) -> bool:
    """The best links for just this placement; whether no more is to be had from it."""
    orders = best_orders(search, groups, search.budget.left)
    if any(order.entries is None for order in orders):
        return all(order.entries is not None or order.impossible for order in orders)
    if idle_max is None or sum(order.idle_minutes for order in orders) <= idle_max:
        return _link(search, orders, idle_max if idle_max is not None else IDLE_NO_LIMIT, share=0.5)
    return sum(order.idle_bound for order in orders) > idle_max


def _least_of_these_assessors(search: Search, groups: list[Group]) -> int:
    """What links there are at least among these assessors in these sessions, were there no applicants."""
    alone = [
        tuple(replace(s, applicants=(), pair_by_applicant={}, may_have_more=True) for s in g) for g in groups
    ]
    seconds = search.budget.at_most(search.budget.left * ANOTHER_SHARE)
    linked = linked_running_orders(search.problem, alone, (), search.params, search.budget, seconds)
    search.budget.spend(linked.seconds)
    return linked.links if linked.proven else 0


def _link(search: Search, orders: list[RunningOrder], idle_max: int | None, share: float) -> bool:
    """Offer what comes of it; whether it is proven the least, with times held where `idle_max` is None."""
    linked = linked_running_orders(
        search.problem,
        [order.staffing for order in orders],
        [row for order in orders for row in order.entries or ()],
        search.params,
        search.budget,
        search.budget.at_most(search.budget.left * share),
        idle_max,
    )
    search.budget.spend(linked.seconds)
    if linked.entries is not None:
        search.offer(linked.entries, sum(order.idle_bound for order in orders), complete=True)
    return linked.proven
