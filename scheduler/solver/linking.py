"""The last aim: assessors who sit together with as many others as can be (`assessor_links`).

First the times stay as they are and only seats change; that is nearly always enough. In a small campaign
where it is not, the times may change too, and then the placement, until every other one has been tried.
"""

from __future__ import annotations

from scheduler.solver.cuts import exact_cut_of
from scheduler.solver.orders import best_orders, groups_of
from scheduler.solver.placement.solve import Placement
from scheduler.solver.running_order.solve import RunningOrder, linked_running_orders
from scheduler.solver.search import Bound, Search

# Of what is left when the times are set, for better seats at these times.
LINK_SHARE = 0.15
# In campaigns with no more panels than this, times and placements are tried anew for the sake of links.
PANELS_MAX = 8
# Where waiting is no aim of the campaign.
IDLE_NO_LIMIT = 10**6
# Of what is left, for finding one more placement.
ANOTHER_SHARE = 0.3


def link(search: Search, orders: list[RunningOrder]) -> None:
    """The same times with assessors who sit with as many others as can be."""
    if not search.links_are_least and all(order.entries is not None for order in orders):
        _link(search, orders, idle_max=None, share=LINK_SHARE)


def link_elsewhere(search: Search, placement: Placement) -> None:
    """Other times, then other placements that keep every earlier tier; for small campaigns.

    When none is left untried, what was found is proven the least.
    """
    if search.best is None or search.tiers[-1:] != ("assessor_links",):
        return
    *earlier, _ = search.outcomes()
    if any(not tier.proven for tier in earlier) or len(search.best.timetable.panels) > PANELS_MAX:
        return
    held = {tier.name: tier.value for tier in earlier}
    idle_max = held.get("idle_minutes")
    all_tried = True
    while not search.links_are_least and search.budget.left > 0:
        orders = best_orders(search, groups_of(search, placement))
        if any(order.entries is None for order in orders):
            all_tried &= all(order.entries is not None or order.impossible for order in orders)
        elif idle_max is None or sum(order.idle_minutes for order in orders) <= idle_max:
            all_tried &= _link(search, orders, idle_max if idle_max is not None else IDLE_NO_LIMIT, share=0.5)
        else:
            all_tried &= sum(order.idle_bound for order in orders) > idle_max
        exact = exact_cut_of([staffing for order in orders for staffing in order.staffing])
        if not placement.learn((), (exact,), search.budget.left * ANOTHER_SHARE):
            if placement.exhausted and all_tried:
                least = search.best.values[-1]
                search.bounds.append(Bound("assessor_links", tuple(held.items()), least))
            return


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
