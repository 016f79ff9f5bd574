"""Solve the placement tier by tier: each is proven or bounded, held, and the next one takes its turn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from itertools import takewhile

from ortools.sat.python import cp_model

from scheduler.params import Params
from scheduler.problem import Problem
from scheduler.rules import FIXED_TIERS
from scheduler.solver.engine import PLACEMENT, Answer, Budget, Sink, Stopped, solve, with_later_seed
from scheduler.solver.linear import linear_has_time, solve_linear
from scheduler.solver.placement.constraints import add_constraints
from scheduler.solver.placement.cuts import add_cuts
from scheduler.solver.placement.extract import staffing_of
from scheduler.solver.placement.ideal import IDEAL_TIERS, ideal_values
from scheduler.solver.placement.objective import (
    AIM_BY_TIER,
    Aim,
    aims_of,
    role_players_short,
    without_first_choice_member,
)
from scheduler.solver.placement.options import Options, PanelsApart, StaffingCut, TimingCut
from scheduler.solver.placement.pool import Pools, fill_pools
from scheduler.solver.placement.variables import Variables, build_variables
from scheduler.solver.staffing import SessionStaffing

# Spreading role players is a small assignment; it needs a blink, and must not eat the run.
STAFFING_SECONDS = 5.0

# Sums of many small numbers, which a linear-programming solver bounds far better than CP-SAT does.
LINEAR_TIERS = ("applicant_travel_minutes", "assessor_travel_minutes")
# With more applicants than this, all that counting allows is too much to ask for at once.
LARGE_APPLICANTS = 300
# The ways to ask for that, each with its share of the time still left. CP-SAT is soonest on an ordinary
# campaign, but now and then a seed takes ten times as long as another; pools are slower, but do not depend
# on luck, and for a large campaign they are the only way.
TRIES = (("ask", 0.2), ("pool", 0.5), ("ask", 1.0))
LARGE_TRIES = (("pool", 0.8), ("ask", 1.0))
# Dealing pools out to panels takes a second or two, even for a thousand applicants.
DEAL_SECONDS = 10.0
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
        self._options = Options(problem, tuple(timing_cuts), tuple(staffing_cuts), PanelsApart.BY_NUMBER)
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
        return len(FIXED_TIERS) if self._is_large else self.counted_tiers

    @property
    def counted_tiers(self) -> int:
        """How many tiers counting can settle, before the first that it cannot."""
        return sum(1 for _ in takewhile(lambda aim: aim.__name__ in IDEAL_TIERS, self.aims))

    @property
    def _is_large(self) -> bool:
        return len(self._options.problem.applicants) > LARGE_APPLICANTS

    def reach_ideal(self, seconds: float) -> bool:
        """Try for at most `seconds` to settle the first tiers at once, at the best that counting allows.

        Where that fails, just the two tiers that always come first.
        """
        return any(self.reach(number, seconds) for number in sorted({self.first_tiers, 2}, reverse=True))

    def reach(self, number: int, seconds: float) -> bool:
        """Try for at most `seconds` to settle so many tiers at once, at the best that counting allows.

        Whether any were: the first of them may do, where first choices cannot all be met.
        """
        ideal = ideal_values(self._options)
        if ideal is None or any(tier.value != ideal.get(tier.name) for tier in self.tiers):
            return False
        goal = {aim.__name__: ideal[aim.__name__] for aim in self.aims[:number]}
        ends = self._budget.left - seconds
        for again, (way, share) in enumerate(LARGE_TRIES if self._is_large else TRIES):
            limit = (self._budget.left - ends) * share
            reached = self._pool(goal, limit) if way == "pool" else self._ask(goal, limit, again)
            if reached is not None:
                break
        return bool(self.tiers)

    def _ask(self, goal: Mapping[str, int], seconds: float, again: int) -> bool | None:
        """Whether CP-SAT reaches the goal, with another seed than before; None where time ran out."""
        v = self._model()
        for tier, value in goal.items():
            v.model.add(AIM_BY_TIER[tier](v) == value)
        if self._last is not None:
            _hint(v, self._last)
        params = with_later_seed(self._params, again)
        answer = solve(v.model, params, self._budget, seconds, PLACEMENT)
        self._budget.spend(answer.seconds)
        if answer.found:
            self._v = v
            self._keep(answer)
            self.tiers = [TierBound(name, value, value) for name, value in goal.items()]
        return answer.found if answer.proven else None

    def _pool(self, goal: Mapping[str, int], seconds: float) -> bool | None:
        """Whether HiGHS does with pools of members; None where it is not known for every tier of the goal."""
        pools = fill_pools(self._options, goal, self._params, self._budget, seconds)
        self._budget.spend(pools.answer.seconds)
        dealt = self._deal(pools) if pools.answer.found else None
        if dealt is None:
            return False if pools.answer.impossible else None
        v = self._model()
        reached = takewhile(lambda tier: dealt.of(AIM_BY_TIER[tier[0]](v)) == tier[1], goal.items())
        self.tiers = [TierBound(name, value, value) for name, value in reached]
        self._v = self._held_model()
        self._keep(dealt)
        return True if len(self.tiers) == len(goal) else None

    def _deal(self, pools: Pools) -> Answer | None:
        """The pools dealt out to numbered panels, with as few as can be lacking their first choice."""
        v = self._model()
        pools.fix(v)
        v.model.minimize(without_first_choice_member(v))
        answer = solve(v.model, self._params, self._budget, DEAL_SECONDS, PLACEMENT)
        self._budget.spend(answer.seconds)
        return answer if answer.found else None

    def improve(self, seconds: float, sink: Sink | None = None) -> TierBound | None:
        """Solve the next tier for at most `seconds`; None where no placement at all was found."""
        aim = self.aims[len(self.tiers)]
        by_mix = self._options.apart is PanelsApart.BY_MIX
        if not by_mix and aim.__name__ not in IDEAL_TIERS and self._last is not None:
            self._count_by_mix()
        expression = aim(self._v)
        self._v.model.minimize(expression)
        bound = 0
        if self._last is not None and aim.__name__ in LINEAR_TIERS:
            if linear_has_time(self._v.model, self._budget, seconds * (1 - SECOND_SHARE)):
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
        self._options = replace(self._options, apart=PanelsApart.BY_MIX)
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
        near, everywhere = self._venues_of(timing_cuts, staffing_cuts), frozenset(self._options.venues)
        found = near != everywhere and self._solve_with_new_cuts(seconds, near)
        return found or self._solve_with_new_cuts(seconds, everywhere)

    def _solve_with_new_cuts(self, seconds: float, venues: Set[str]) -> bool:
        """Whether there is a placement that keeps every cut, with all that is at other venues as it is."""
        last, model = self._last, self._v.model
        everywhere = venues == set(self._options.venues)
        if not everywhere and last is not None:
            model = model.clone()
            sessions = {s for venue in venues for s in self._options.sessions_at(venue)}
            for variable in self._v.presences_outside(sessions):
                model.add(model.get_int_var_from_proto_index(variable.index) == last.of(variable))
        answer = solve(model, self._params, self._budget, seconds, PLACEMENT)
        self._budget.spend(answer.seconds)
        self.exhausted = everywhere and answer.impossible
        if answer.found:
            self._keep(answer)
        return answer.found

    def _venues_of(
        self, timing_cuts: Iterable[TimingCut], staffing_cuts: Iterable[StaffingCut]
    ) -> frozenset[str]:
        sessions = {s for cut in timing_cuts for s in cut.sessions}
        sessions |= {staffed.session for cut in staffing_cuts for staffed in cut.sessions}
        return frozenset(self._options.problem.session_by_reference[s].venue for s in sessions)

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
        staffing = staffing_of(v, answer) if answer.found else staffing_of(self._v, self._last)
        if any(tier.name == "without_first_choice_member" for tier in self.tiers):
            return staffing
        # As long as that tier has not had its turn, what is lacking here is mere chance.
        return tuple(replace(s, without_first_choice_max=len(s.applicants)) for s in staffing)

    def _model(self) -> Variables:
        if self._budget.stopped:
            raise Stopped
        v = build_variables(cp_model.CpModel(), self._options)
        add_constraints(v)
        add_cuts(v)
        return v

    def _keep(self, answer: Answer) -> None:
        """The next tier starts from here."""
        self._last = answer
        _hint(self._v, answer)


def _hint(v: Variables, answer: Answer) -> None:
    v.model.clear_hints()  # type: ignore[no-untyped-call]
    for variable in v.all_variables():
        v.model.add_hint(variable, answer.of(variable))


def _hold(v: Variables, aim: Aim, found: TierBound) -> None:
    """From now on no worse than found. CP-SAT is helped by the bound as well; HiGHS is hindered by it."""
    v.model.add(aim(v) <= found.value)
    if found.name not in LINEAR_TIERS:
        v.model.add(aim(v) >= found.bound)
