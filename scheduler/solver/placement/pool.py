"""A first placement by pooling: all panels of a session are one pool of members, and HiGHS fills the pools.

Whoever is in a session can always be dealt out to panels of the right size and mixture, council by council
round the panels, so for tiers 1 to 3 a pool says all there is to say; whom the panels serve it only bounds.
It is a small model that HiGHS solves in seconds where numbered panels take CP-SAT minutes, if luck is bad.
`fix` then puts what was found into the model with numbered panels, which has the last word.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.problem import FirstChoiceRule
from scheduler.solver.engine import Answer, Budget
from scheduler.solver.linear import solve_linear
from scheduler.solver.placement.constraints import add_constraints
from scheduler.solver.placement.cuts import add_cuts
from scheduler.solver.placement.objective import AIM_BY_TIER
from scheduler.solver.placement.options import Options, PanelsApart
from scheduler.solver.placement.variables import Variables, build_variables


@dataclass(frozen=True)
class Pools:
    """What came of it: whether all that was asked for was found, or is more than can be."""

    answer: Answer
    _v: Variables

    def fix(self, v: Variables) -> None:
        """Let `v` have just these staff in each session, and as many applicants of each kind.

        Classes may be coarser here, where first choices were left out of account.
        """
        of = self.answer.of
        mine, theirs = (
            [
                *w.held.values(),
                *w.staffs.values(),
                *w.works.values(),
                *w.plays.values(),
                *w.interprets.values(),
            ]
            for w in (v, self._v)
        )
        for variable, found in zip(mine, theirs, strict=True):
            v.model.add(variable == of(found))
        finer: defaultdict[int, list[int]] = defaultdict(list)
        for k in v.options.classes:
            finer[self._v.options.class_of[k.members[0].reference].number].append(k.number)
        for (number, s), attends in self._v.attends.items():
            v.model.add(sum(v.attends[k, s] for k in finer[number]) == of(attends))


def fill_pools(
    options: Options, goal: Mapping[str, int], params: Params, budget: Budget, seconds: float
) -> Pools:
    """Ask HiGHS for at most `seconds` for pools in which each tier of `goal` has just its value."""
    rule = options.problem.panel.first_choice_rule
    problem = options.problem
    if rule is not FirstChoiceRule.HARD and "without_first_choice_member" not in goal:
        problem = replace(problem, panel=replace(problem.panel, first_choice_rule=FirstChoiceRule.OFF))
    v = build_variables(cp_model.CpModel(), replace(options, problem=problem, apart=PanelsApart.NOT))
    add_constraints(v)
    add_cuts(v)
    for tier, value in goal.items():
        v.model.add(AIM_BY_TIER[tier](v) == value)
    return Pools(solve_linear(v.model, params, budget, seconds), v)
