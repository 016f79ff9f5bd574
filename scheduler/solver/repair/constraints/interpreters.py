"""Which two interpreters are with an applicant from now on."""

from __future__ import annotations

from collections import defaultdict

from scheduler.solver.repair.variables import Literal, RepairVariables


def interpreters_stay_with_their_applicant(r: RepairVariables) -> None:
    """Two each, theirs alone; those who have begun go on, unless they may be replaced."""
    for alias in r.scenario.aliases:
        if not r.scenario.needs_interpreters(alias):
            continue
        a = alias.reference
        pair = [interprets for (_, other), interprets in r.interprets.items() if other == a]
        r.model.add(sum(pair) == 2 * r.comes[a])
        for i in r.scenario.history.pair_of(alias.applicant, begun=True):
            if not r.scenario.may_be_replaced(i, alias.session):
                r.model.add(r.interprets.get((i, a), 0) >= r.comes[a])
    alone: dict[tuple[str, str], list[Literal]] = defaultdict(list)
    for (i, a), interprets in r.interprets.items():
        alone[i, r.alias_by_reference[a].session].append(interprets)
    for theirs in alone.values():
        r.model.add_at_most_one(theirs)


def interpreter_is_kept_apart_from_the_excluded(r: RepairVariables) -> None:
    """Rule `excluded_pair_never_meets`: from their own applicant, and from whoever shares a run with them."""
    problem = r.scenario.history.problem
    for (i, a), interprets in r.interprets.items():
        alias = r.alias_by_reference[a]
        if problem.excluded(alias.applicant, i):
            r.model.add(interprets == 0)
        v = r.order_of[alias.session]
        for (b, run), joins in v.joins.items():
            other = r.alias_by_reference[b].applicant
            if b != a and (a, run) in v.joins and problem.excluded(other, i):
                r.model.add(joins + v.joins[a, run] + interprets <= 2)
