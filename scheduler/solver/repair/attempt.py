"""One model of a repair, and how it is solved: the first aims together, then the later ones.

Which sessions are in it, and who must keep their own day, is decided in `stages.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from scheduler.params import Params
from scheduler.solver.engine import BEST_ORDER, Answer, Budget, Stopped, solve
from scheduler.solver.repair import aims
from scheduler.solver.repair.changed import add_changed
from scheduler.solver.repair.choices import Choices, choices_of, hint
from scheduler.solver.repair.constraints import add_rules
from scheduler.solver.repair.extract import Found, found_of
from scheduler.solver.repair.hints import add_hints
from scheduler.solver.repair.history import History
from scheduler.solver.repair.scenario import Scenario
from scheduler.solver.repair.variables import RepairVariables, build_repair_variables

# Less than this no model can be solved in.
LEAST_SECONDS = 0.2


@dataclass(frozen=True)
class Reached:
    """The best that one model gave in the first aims; `bound` is on people changed, given the first two.

    `proven` says that all three are the least possible in this model.
    """

    found: Found
    choices: Choices
    unplaced: int
    elsewhere: int
    people: int
    bound: int
    proven: bool

    @property
    def values(self) -> tuple[int, int, int]:
        return (self.unplaced, self.elsewhere, self.people)


@dataclass
class Attempt:
    """One model, solved again and again under different conditions."""

    r: RepairVariables
    params: Params
    budget: Budget

    def solve(
        self,
        seconds: float,
        held: Iterable[str] = (),
        guess: Choices | None = None,
    ) -> Reached | None:
        """Fewest not kept, then fewest elsewhere, then fewest changed. `held` keep their own day."""
        r, model = self.r, self.r.model.clone()
        for a in held:
            model.add(r.changed[a] == 0)
        if guess is not None:
            hint(model, guess)
        weights = self._weights()
        model.minimize(sum(w * part for w, part in zip(weights, self._first_aims(), strict=True)))
        try:
            answer = solve(model, self.params, self.budget, max(LEAST_SECONDS, seconds), BEST_ORDER)
        except Stopped:
            return None
        self.budget.spend(answer.seconds)
        if answer.impossible and not held:
            raise RuntimeError("leaving everybody out is always a repair, and the model does not know it")
        return self._reached(answer, weights) if answer.found else None

    def better_in_later_aims(self, reached: Reached, seconds: float, held: Iterable[str] = ()) -> Reached:
        """As good in the first aims, with the least minutes of change and then the best in the usual aims."""
        r, model = self.r, self.r.model.clone()
        for part, value in zip(self._first_aims(), reached.values, strict=True):
            model.add(part <= value)
        for a in held:
            model.add(r.changed[a] == 0)
        for aim in (aims.minutes_of_change, aims.usual_aims):
            expression = aim(r, model)
            hint(model, reached.choices)
            model.minimize(expression)
            try:
                answer = solve(model, self.params, self.budget, max(LEAST_SECONDS, seconds / 2), BEST_ORDER)
            except Stopped:
                break
            self.budget.spend(answer.seconds)
            if not answer.found:
                break
            model.add(expression <= answer.value)
            reached = replace(reached, found=found_of(r, answer), choices=choices_of(r, answer))
        return reached

    def _first_aims(self) -> tuple[aims.Expression, aims.Expression, aims.Expression]:
        return (aims.unplaced(self.r), aims.elsewhere(self.r), aims.people_changed(self.r))

    def _weights(self) -> tuple[int, int, int]:
        people = len(self.r.changed) + 1
        return people * (len(self.r.scenario.applicants) + 1), people, 1

    def _reached(self, answer: Answer, weights: tuple[int, int, int]) -> Reached:
        unplaced, elsewhere, people = (answer.of(part) for part in self._first_aims())
        rest = answer.bound - weights[0] * unplaced - weights[1] * elsewhere
        return Reached(
            found=found_of(self.r, answer),
            choices=choices_of(self.r, answer),
            unplaced=unplaced,
            elsewhere=elsewhere,
            people=people,
            bound=max(0, min(people, rest)),
            proven=answer.proven,
        )


def attempt_at(
    scenario: Scenario,
    likely: History,
    params: Params,
    budget: Budget,
    already_changed: frozenset[str] = frozenset(),
) -> Attempt:
    """The model of this scenario, its search begun at a `likely` repair.

    Whoever has changed already, in other sessions, is not counted again.
    """
    r = build_repair_variables(scenario)
    add_rules(r)
    add_changed(r, already_changed)
    add_hints(r, likely)
    return Attempt(r, params, budget)
