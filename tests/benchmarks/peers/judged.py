"""Every peer's timetable through the same checks, and one peer's result against another's."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from scheduler.checks import breaches_of, tier_values
from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.rules import tiers_of
from scheduler.timetable import Timetable
from tests.benchmarks.campaigns import problem_of
from tests.benchmarks.peers.orders import PeerPanel, timetable_from

# The share of a peer's time that its placement may take; running orders get what is left.
PLACEMENT_SHARE = 0.75


@dataclass(frozen=True)
class Judged:
    """One peer on one campaign: its tiers as the checks measure them, and the breaches, by rule.

    `seconds` is when its last better timetable was in hand. `note` says why there is none, or what it is.
    """

    peer: str
    campaign: str
    values: tuple[int, ...]
    breaches: tuple[str, ...]
    seconds: float
    peak_mib: float = 0.0
    note: str = ""

    @property
    def stands(self) -> bool:
        """Whether there is a timetable, and a sound one."""
        return bool(self.values) and not self.breaches


def better(one: Judged, other: Judged) -> bool | None:
    """Whether `one` is better tier by tier; None where all are equal. An unsound timetable is the worst."""
    if one.stands != other.stands:
        return one.stands
    if one.values == other.values:
        return None
    return one.values < other.values


def never_worse(ours: Judged, other: Judged) -> bool:
    """The bar: better, or equal in every tier and no slower."""
    verdict = better(ours, other)
    return ours.seconds <= other.seconds if verdict is None else verdict


def judge(peer: str, campaign: str, timetable: Timetable, seconds: float, note: str = "") -> Judged:
    problem = problem_of(campaign)
    measured = tier_values(problem, timetable)
    values = tuple(measured[tier.key] for tier in tiers_of(problem))
    broken = tuple(sorted({breach.rule for breach in breaches_of(problem, timetable)}))
    return Judged(peer, campaign, values, broken, seconds, note=note)


def ours(campaign: str, seconds: float) -> Judged:
    from tests.benchmarks.traced import traced

    result, trace = traced(problem_of(campaign), Params(seconds=seconds))
    proven = sum(tier.proven for tier in result.objective)
    note = f"{proven} of {len(result.objective)} tiers proven"
    return judge("ours", campaign, result.timetable, trace.reached, note)


def first_come(campaign: str, seconds: float) -> Judged:
    from tests.benchmarks.peers.first_come import first_come_placement

    return _placed("first come", campaign, seconds, lambda problem, params: first_come_placement(problem))


def direct(campaign: str, seconds: float) -> Judged:
    from tests.benchmarks.peers.direct import direct_placement

    return _placed("direct model", campaign, seconds, direct_placement)


def timefold(campaign: str, seconds: float) -> Judged:
    from tests.benchmarks.peers.timefold_peer import NoTimefold, timefold_placement, timefold_python

    try:
        python = timefold_python()
        return _placed(
            "Timefold",
            campaign,
            seconds,
            lambda problem, params: timefold_placement(problem, params, python),
        )
    except NoTimefold as none:
        return Judged("Timefold", campaign, (), (), 0.0, note=f"left out: {none}")


def _placed(
    peer: str, campaign: str, seconds: float, place: Callable[[Problem, Params], list[PeerPanel]]
) -> Judged:
    """A peer that only places people; the times are found for it. What it takes to start is not counted."""
    problem, began = problem_of(campaign), time.monotonic()
    allowed = seconds * PLACEMENT_SHARE
    panels = place(problem, Params(seconds=allowed))
    spent = min(time.monotonic() - began, allowed)
    timetable, reached = timetable_from(problem, panels, Params(seconds=max(1.0, seconds - spent)))
    return judge(peer, campaign, timetable, spent + reached)
