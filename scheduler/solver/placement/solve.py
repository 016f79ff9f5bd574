"""Solve the placement tier by tier: each is proven or bounded, held, and the next one takes its turn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.rules import FIXED_TIERS
from scheduler.solver.engine import PLACEMENT, Answer, Budget, Sink, solve, with_later_seed
from scheduler.solver.linear import solve_linear
from scheduler.solver.placement.constraints import add_constraints
from scheduler.solver.placement.cuts import add_cuts
from scheduler.solver.placement.extract import staffing_of
from scheduler.solver.placement.ideal import IDEAL_TIERS, ideal_values
from scheduler.solver.placement.objective import Aim, aims_of, role_players_short
from scheduler.solver.placement.options import Options, StaffingCut, TimingCut
from scheduler.solver.placement.variables import Variables, build_variables
from scheduler.solver.staffing import SessionStaffing

# Spreading role players is a small assignment; it needs a blink, and must not eat the run.
STAFFING_SECONDS = 5.0

# Sums of many small numbers, which a linear-programming solver bounds far better than CP-SAT does.
LINEAR_TIERS = ("applicant_travel_minutes", "assessor_travel_minutes")
# With more applicants than this, all that counting allows is too much to ask for at once.
LARGE_APPLICANTS = 300
# How the time for that is shared out over several seeds.
IDEAL_SHARES = (0.2, 0.2, 0.6)
# In large campaigns all of it is one try, and longer: without a first placement there is nothing.
LARGE_SHARE = 2.4
# The share of a linear tier's time that CP-SAT has afterwards, where HiGHS has not proven it.
SECOND_SHARE = 0.1


@dataclass(frozen=True)
class TierBound:
    """What one tier came to in the placement: a value that a placement has, and a bound on all."""

    name: str
    value: int
    bound: int


class Placement:
    """One placement model, solved tier after tier. `improve` may be called as long as `aims` remain."""

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
        self._options = Options(problem, tuple(timing_cuts), tuple(staffing_cuts), numbered=True)
        self._v = self._model()
        self._last: Answer | None = None
        self.aims: tuple[Aim, ...] = aims_of(problem)
        self.tiers: list[TierBound] = []
        self.impossible = False
        # No placement keeps the tiers so far and every cut learned since.
        self.exhausted = False

    @property
    def first_tiers(self) -> int:
        """How many tiers come before the first complete timetable: those that counting can settle.

        In large campaigns just the two that always come first, since the others take long.
        """
        if self._is_large:
            return len(FIXED_TIERS)
        return sum(1 for _ in takewhile(lambda aim: aim.__name__ in IDEAL_TIERS, self.aims))

    def reach_ideal(self, seconds: float) -> bool:
        """Try for at most `seconds` to settle the first tiers at once, at the best that counting allows.

        Where that fails, and in large campaigns at once, just the two tiers that always come first.
        """
        ideal = ideal_values(self._options)
        if ideal is None:
            return False
        for number in [len(FIXED_TIERS)] if self._is_large else [self.first_tiers, len(FIXED_TIERS)]:
            first = self.aims[:number]
            v = self._model()
            for aim in first:
                v.model.add(aim(v) == ideal[aim.__name__])
            # Luck plays its part: now and then a seed takes ten times as long as another.
            for again, share in enumerate((LARGE_SHARE,) if self._is_large else IDEAL_SHARES):
                params = with_later_seed(self._params, again)
                answer = solve(v.model, params, self._budget, seconds * share, PLACEMENT)
                self._budget.spend(answer.seconds)
                if answer.proven:
                    break
            if answer.found:
                self._v = v
                self._keep(answer)
                self.tiers = [TierBound(a.__name__, ideal[a.__name__], ideal[a.__name__]) for a in first]
                return True
        return False

    @property
    def _is_large(self) -> bool:
        return len(self._options.problem.applicants) > LARGE_APPLICANTS

    def improve(self, seconds: float, sink: Sink | None = None) -> TierBound | None:
        """Solve the next tier for at most `seconds`; None where no placement at all was found."""
        aim = self.aims[len(self.tiers)]
        if self._options.numbered and aim.__name__ not in IDEAL_TIERS and self._last is not None:
            self._count_by_mix()
        expression = aim(self._v)
        self._v.model.minimize(expression)
        bound = 0
        if self._last is not None and aim.__name__ in LINEAR_TIERS:
            bound = self._improve_linear(expression, seconds * (1 - SECOND_SHARE))
            seconds *= SECOND_SHARE
        elif self._last is not None and aim.__name__ == "heaviest_load":
            bound = self._lighten(seconds * (1 - SECOND_SHARE))
            self._v.model.minimize(expression)
            seconds *= SECOND_SHARE
        if self._last is None or self._last.of(expression) > bound:
            answer = solve(self._v.model, self._params, self._budget, seconds, PLACEMENT, sink)
            self._budget.spend(answer.seconds)
            bound = max(bound, answer.bound)
            if answer.found:
                self._keep(answer)
            if self._last is None:
                self.impossible = answer.impossible
                return None
        value = self._last.of(expression)
        found = TierBound(aim.__name__, value, max(0, min(bound, value)))
        self.tiers.append(found)
        _hold(self._v, aim, found)
        return found

    def _state_heaviest(self) -> None:
        """Let `heaviest` be what it is: until it is an aim it may stand anywhere above."""
        assert self._last is not None
        last, sessions = self._last, self._options.problem.sessions
        heaviest = 0
        for x in self._options.assessors:
            worked = sum(last.of(self._v.staffs[x.reference, s.reference]) for s in sessions)
            heaviest = max(heaviest, -(-100 * worked // max(1, x.half_days_max)))
        self._v.model.clear_hints()  # type: ignore[no-untyped-call]
        for variable in self._v.all_variables():
            is_heaviest = variable.index == self._v.heaviest.index
            self._v.model.add_hint(variable, heaviest if is_heaviest else last.of(variable))
        seconds = STAFFING_SECONDS
        answer = solve(self._v.model, self._params, self._budget, seconds, PLACEMENT, workers=1, fixed=True)
        self._budget.spend(answer.seconds)
        self._keep(answer if answer.found else last)

    def _count_by_mix(self) -> None:
        """From here on panels are counted by their mix of councils, where these are not too many.

        CP-SAT finds first placements sooner with numbered panels; for travel, mixes leave no room for
        fractions that mean nothing.
        """
        assert self._last is not None
        before, last, options = self._v, self._last, self._options
        self._options = replace(self._options, numbered=False)
        self._v = self._held_model()
        if self._options.mixes is None:
            self._keep(last)
            return
        same = self._v.model.clone()
        for mine, found in zip(self._v.presences(), before.presences(), strict=True):
            same.add(same.get_int_var_from_proto_index(mine.index) == last.of(found))
        answer = solve(same, self._params, self._budget, STAFFING_SECONDS, PLACEMENT, workers=1)
        self._budget.spend(answer.seconds)
        if answer.found:
            self._keep(answer)
        else:
            self._options, self._v = options, before

    def _held_model(self) -> Variables:
        """The model with what the tiers so far have come to."""
        v = self._model()
        for aim, found in zip(self.aims, self.tiers, strict=False):
            _hold(v, aim, found)
        return v

    def _improve_linear(self, expression: cp_model.LinearExprT, seconds: float) -> int:
        """What HiGHS makes of it, kept where it is better; returns its bound."""
        assert self._last is not None
        before = self._last
        answer = solve_linear(self._v.model, self._params, self._budget, seconds)
        self._budget.spend(answer.seconds)
        self._keep(answer if answer.found and answer.value < before.of(expression) else before)
        return answer.bound

    def _lighten(self, seconds: float) -> int:
        """Ask HiGHS for the next lighter load, and the next, until there is none; returns a bound.

        With a load to keep to, everybody has a whole number of half-days, which says far more to a linear
        solver than a share does.
        """
        assert self._last is not None
        assessors = self._options.assessors
        loads = {-(-100 * n // x.half_days_max) for x in assessors for n in range(x.half_days_max + 1) if n}
        self._state_heaviest()
        ends = self._budget.left - seconds
        while lighter := [load for load in (0, *sorted(loads)) if load < self._last.of(self._v.heaviest)]:
            model = self._v.model.clone()
            model.clear_objective()  # type: ignore[no-untyped-call]
            model.add(model.get_int_var_from_proto_index(self._v.heaviest.index) <= lighter[-1])
            for x in assessors:
                worked = [
                    model.get_int_var_from_proto_index(self._v.staffs[x.reference, s.reference].index)
                    for s in self._options.problem.sessions
                ]
                model.add(sum(worked) <= x.half_days_max * lighter[-1] // 100)
            answer = solve_linear(model, self._params, self._budget, max(0.0, self._budget.left - ends))
            self._budget.spend(answer.seconds)
            if not answer.found:
                return self._last.of(self._v.heaviest) if answer.impossible else 0
            self._keep(answer)
        return self._last.of(self._v.heaviest)

    def reopen(self) -> None:
        """Go back to the first tier that is not proven, to look for longer from where it stands."""
        self._go_back(
            next((n for n, tier in enumerate(self.tiers) if tier.value > tier.bound), len(self.tiers))
        )

    def learn(
        self, timing_cuts: Iterable[TimingCut], staffing_cuts: Iterable[StaffingCut], seconds: float
    ) -> bool:
        """Take in further cuts; whether a placement that keeps the tiers so far was found within `seconds`.

        What is known of waiting is forgotten, since cuts may be about that.
        """
        self._options = replace(
            self._options,
            timing_cuts=(*self._options.timing_cuts, *timing_cuts),
            staffing_cuts=(*self._options.staffing_cuts, *staffing_cuts),
        )
        names = [tier.name for tier in self.tiers]
        self._go_back(names.index("idle_minutes") if "idle_minutes" in names else len(names))
        answer = solve(self._v.model, self._params, self._budget, seconds, PLACEMENT)
        self._budget.spend(answer.seconds)
        self.exhausted = answer.impossible
        if answer.found:
            self._keep(answer)
        return answer.found

    def back_to(self, names: tuple[str, ...]) -> None:
        """Forget every tier from the first that is none of these."""
        self._go_back(sum(1 for _ in takewhile(lambda tier: tier.name in names, self.tiers)))

    def _go_back(self, number: int) -> None:
        """To where just so many tiers were decided; what was found last stays as a hint."""
        before, last = self._v, self._last
        self.tiers = self.tiers[:number]
        self._v = self._held_model()
        if last is None:
            return
        self._last = last
        for mine, found in zip(self._v.all_variables(), before.all_variables(), strict=True):
            self._v.model.add_hint(mine, last.of(found))

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


def _hold(v: Variables, aim: Aim, found: TierBound) -> None:
    """From now on no worse than found. CP-SAT is helped by the bound as well; HiGHS is hindered by it."""
    v.model.add(aim(v) <= found.value)
    if found.name not in LINEAR_TIERS:
        v.model.add(aim(v) >= found.bound)
