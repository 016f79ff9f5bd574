"""Solve the placement tier by tier: each is proven or bounded, held, and the next one takes its turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.solver.engine import PLACEMENT, Answer, Budget, Sink, solve
from scheduler.solver.placement.constraints import add_constraints
from scheduler.solver.placement.cuts import add_cuts
from scheduler.solver.placement.extract import staffing_of
from scheduler.solver.placement.ideal import ideal_values
from scheduler.solver.placement.objective import TIERS, role_players_short
from scheduler.solver.placement.options import Options, StaffingCut, TimingCut
from scheduler.solver.placement.variables import Variables, build_variables
from scheduler.solver.staffing import SessionStaffing

# Spreading role players is a small assignment; it needs a blink, and must not eat the run.
STAFFING_SECONDS = 5.0


@dataclass(frozen=True)
class TierBound:
    """What one tier came to in the placement: a value that a placement has, and a bound on all."""

    name: str
    value: int
    bound: int


class Placement:
    """One placement model, solved tier after tier. `improve` may be called as long as tiers remain."""

    def __init__(
        self,
        problem: Problem,
        params: Params,
        budget: Budget,
        timing_cuts: Iterable[TimingCut] = (),
        staffing_cuts: Iterable[StaffingCut] = (),
    ) -> None:
        self._params = params
        self._budget = budget
        self._options = Options(problem, tuple(timing_cuts), tuple(staffing_cuts))
        self._v = self._model()
        self._last: Answer | None = None
        self.tiers: list[TierBound] = []
        self.impossible = False

    def reach_ideal(self, seconds: float) -> bool:
        """Try for at most `seconds` to settle tiers 1 to 4 at once, at the best that counting allows."""
        ideal = ideal_values(self._options)
        if ideal is None:
            return False
        v = self._model()
        for tier, value in zip(TIERS, ideal, strict=False):
            v.model.add(tier(v) == value)
        answer = solve(v.model, self._params, self._budget, seconds, PLACEMENT)
        self._budget.spend(answer.seconds)
        if answer.found:
            self._v = v
            self._keep(answer)
            self.tiers = [TierBound(t.__name__, n, n) for t, n in zip(TIERS, ideal, strict=False)]
        return answer.found

    def improve(self, seconds: float, sink: Sink | None = None) -> TierBound | None:
        """Solve the next tier for at most `seconds`; None where no placement at all was found."""
        tier = TIERS[len(self.tiers)]
        expression = tier(self._v)
        self._v.model.minimize(expression)
        answer = solve(self._v.model, self._params, self._budget, seconds, PLACEMENT, sink)
        self._budget.spend(answer.seconds)
        if answer.found:
            self._keep(answer)
        if self._last is None:
            self.impossible = answer.impossible
            return None
        value = self._last.of(expression)
        found = TierBound(tier.__name__, value, max(0, min(answer.bound, value)))
        self.tiers.append(found)
        self._v.model.add(expression <= value)
        self._v.model.add(expression >= found.bound)
        return found

    def reopen(self) -> None:
        """Go back to the first tier that is not proven, to look for longer from where it stands."""
        proven = next((n for n, tier in enumerate(self.tiers) if tier.value > tier.bound), len(self.tiers))
        self.tiers, held = self.tiers[:proven], self._last
        self._v = self._model()
        for tier, found in zip(TIERS, self.tiers, strict=False):
            self._v.model.add(tier(self._v) == found.value)
        if held is not None:
            self._keep(held)

    def staffing(self) -> tuple[SessionStaffing, ...]:
        """Who is in each session, with role players spread to where panels need them."""
        assert self._last is not None
        v, plays = self._model(), {plays.index for plays in self._v.plays.values()}
        for mine, found in zip(v.all_variables(), self._v.all_variables(), strict=True):
            if found.index not in plays:
                v.model.add(mine == self._last.of(found))
        v.model.minimize(role_players_short(v))
        seconds = self._budget.at_most(STAFFING_SECONDS)
        answer = solve(v.model, self._params, self._budget, seconds, PLACEMENT, workers=1)
        self._budget.spend(answer.seconds)
        return staffing_of(v, answer) if answer.found else staffing_of(self._v, self._last)

    def _model(self) -> Variables:
        v = build_variables(cp_model.CpModel(), self._options)
        add_constraints(v)
        add_cuts(v)
        return v

    def _keep(self, answer: Answer) -> None:
        """The next tier starts from here."""
        self._last = answer
        self._v.model.clear_hints()  # type: ignore[no-untyped-call]
        for variable in self._v.all_variables():
            self._v.model.add_hint(variable, answer.of(variable))
