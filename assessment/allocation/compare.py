"""What other aims would give: the chosen rule beside three exact optima, and who would be passed over.

So that a rule is chosen with eyes open, before the campaign opens. The optima are nobody's rule: each looks
at the whole instead of at one applicant after the other, and so may give a place to somebody lower that
somebody higher would rather have had. They come from OR-Tools as flows of least cost in whole numbers. Of
allocations that are equally good for an aim, the one best for the highest in the order of merit is taken,
then for the next, and so on: there is exactly one, and whom it passes over is passed over for the aim's sake.
Where councils have lists of their own, those highest on the lists come before that. Read `checks.py` for what
being passed over means.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from assessment.allocation.checks import pairs_passed_over
from assessment.allocation.deferred_acceptance import places_by_council_lists
from assessment.allocation.merit import places_by_merit
from assessment.allocation.problem import AllocationProblem, AllocationRule
from assessment.errors import CannotAssess
from assessment.ranking import Appointable, MeritLine, OrderOfMerit

# The solver multiplies costs by its number of nodes, and counts in 64 bits.
COST_MAX = 2**60

# By applicant: which choice each council is that could take them; and what each costs, None being no place.
Options = Mapping[str, Mapping[str, int]]
Prices = Mapping[str, Mapping[str | None, int]]


class Aim(StrEnum):
    """What an allocation could be made the best at."""

    MOST_PLACES = "most_places"
    MOST_FIRST_CHOICES = "most_first_choices"
    BEST_WORST_CHOICE = "best_worst_choice"


SENTENCES: Mapping[Aim, str] = {
    Aim.MOST_PLACES: "As many places filled as can be.",
    Aim.MOST_FIRST_CHOICES: "As many first choices given as can be; then as many places filled as can be.",
    Aim.BEST_WORST_CHOICE: "As many places filled as can be; then the lowest choice given to anybody as high "
    "as can be.",
}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """An applicant who would rather have a council that has somebody lower instead.

    `choice` is the council's number among the applicant's choices. `holder` is the lowest who holds a place
    there, None where the council has a place free.
    """

    applicant: str
    council: str
    choice: int
    holder: str | None


@dataclass(frozen=True)
class Compared:
    """One allocation, by a rule or for an aim (`way`): who holds a place where, and who is passed over.

    `choices_given` counts those who hold their first, second, ... choice; `unplaced` the appointable
    applicants who hold no place.
    """

    way: str
    council_by_applicant: Mapping[str, str]
    choices_given: tuple[int, ...]
    unplaced: int
    passed_over: tuple[PassedOver, ...]

    @property
    def filled(self) -> int:
        return sum(self.choices_given)

    @property
    def first_choices(self) -> int:
        return sum(self.choices_given[:1])

    @property
    def worst_choice(self) -> int:
        """The lowest choice given to anybody, 0 where nobody is given any."""
        return max((number for number, count in enumerate(self.choices_given, start=1) if count), default=0)

    def applicants_passed_over(self, council: str | None = None) -> int:
        """How many applicants are passed over, in all or at one council."""
        return len({each.applicant for each in self.passed_over if council in (None, each.council)})


def compare(problem: AllocationProblem, rule: AllocationRule) -> tuple[Compared, ...]:
    """The chosen rule, the other rule where it can be compared, and the optimum for each aim.

    Where the chosen rule itself does as well as can be, its allocation is the optimum. The optima offer
    nobody a council that the rule could not offer them. Each rule is judged by its own measure of who is
    passed over, the optima by the chosen rule's.

    :raises PanelDecisionNeeded: as `allocate_by_merit`.
    :raises CouncilListsInDoubt: as `allocate_by_council_lists`.
    """
    own, *others = [
        looked_at(problem, each, each, places_by(problem, each)) for each in rules_of(problem, rule)
    ]
    best = [looked_at(problem, rule, aim, optimum(problem, rule, aim)) for aim in Aim]
    return (own, *others, *(replace(own, way=each.way) if as_good(own, each) else each for each in best))


def as_good(own: Compared, best: Compared) -> bool:
    """Whether an allocation is as good as the optimum, for the aim of the optimum."""
    if best.way == Aim.MOST_PLACES:
        return own.filled == best.filled
    if best.way == Aim.MOST_FIRST_CHOICES:
        return (own.first_choices, own.filled) == (best.first_choices, best.filled)
    return (own.filled, own.worst_choice) == (best.filled, best.worst_choice)


def play(
    problem: AllocationProblem,
    rule: AllocationRule,
    applicants: Sequence[str],
    appointable: Fraction,
    plays: int,
    seed: int,
) -> Iterator[tuple[Compared, ...]]:
    """Compare on orders of merit drawn by lot, before anybody knows the real one.

    Each play draws a new order, every order as likely as any other, and takes the first of it as
    appointable: `appointable` is their share, above 0 and at most 1, rounded half up. The problem's own order
    is not looked at.
    """
    count = int(len(applicants) * appointable + Fraction(1, 2))
    lot = random.Random(seed)
    for _ in range(plays):
        drawn = lot.sample(applicants, count)
        lines = (MeritLine(n, each, None, None, Appointable.YES, "", "") for n, each in enumerate(drawn, 1))
        yield compare(replace(problem, order=OrderOfMerit(tuple(lines))), rule)


def rules_of(problem: AllocationProblem, chosen: AllocationRule) -> list[AllocationRule]:
    """The rules that can be compared, the chosen one first."""
    others = [each for each in AllocationRule if each is not chosen]
    return [chosen, *(each for each in others if each is AllocationRule.MERIT or problem.council_lists)]


def places_by(problem: AllocationProblem, rule: AllocationRule) -> dict[str, str]:
    """Who holds a place where by a rule."""
    return places_by_merit(problem) if rule is AllocationRule.MERIT else places_by_council_lists(problem)


def optimum(problem: AllocationProblem, rule: AllocationRule, aim: Aim) -> dict[str, str]:
    """Who holds a place where in the one best allocation for an aim.

    Of those equally good for the aim, by council lists the one with the least sum of the holders' positions
    on the lists is taken; and of those that are left the one best for the first in order of merit, and so
    on.

    :raises CannotAssess: there are more applicants than whole numbers of 64 bits can tell apart.
    """
    options = options_by_applicant(problem, rule)
    if aim is Aim.BEST_WORST_CHOICE:
        options = without_low_choices(problem, options)
    prices = prices_for(problem, rule, options, aim)
    free_places = dict(problem.places.by_council)
    council_by_applicant: dict[str, str] = {}
    waiting = list(options)
    while waiting and any(free_places.values()):
        # The costs of one flow can tell a few applicants' order apart. Their places are then settled, and of
        # the optimum for the others nothing is given up by that.
        settled = settled_at_once(options, prices, len(waiting) + len(free_places))
        found = cheapest(waiting, options, free_places, prices, settled)
        for applicant in waiting[:settled]:
            if council := found.get(applicant):
                council_by_applicant[applicant] = council
                free_places[council] -= 1
        waiting = waiting[settled:]
    return council_by_applicant


def options_by_applicant(problem: AllocationProblem, rule: AllocationRule) -> Options:
    """For every appointable applicant, in order of merit, the councils that could take them, and which choice
    each is."""
    return {
        applicant: {
            council: choice
            for choice, council in enumerate(problem.choices_of(applicant), start=1)
            if problem.places_at(council) > 0 and applicant in problem.standing_at(council, rule)
        }
        for applicant in problem.rank_by_applicant
    }


def without_low_choices(problem: AllocationProblem, options: Options) -> Options:
    """Only the choices down to the first number at which as many places can be filled as with all of them."""

    def filled(found: Options) -> int:
        prices = prices_for(problem, AllocationRule.MERIT, found, Aim.MOST_PLACES)
        return len(cheapest(list(found), found, problem.places.by_council, prices, 0))

    most = filled(options)
    for lowest in range(1, lowest_choice(options)):
        higher = {
            applicant: {council: choice for council, choice in own.items() if choice <= lowest}
            for applicant, own in options.items()
        }
        if filled(higher) == most:
            return higher
    return options


def prices_for(problem: AllocationProblem, rule: AllocationRule, options: Options, aim: Aim) -> Prices:
    """What each council costs for each applicant.

    Being without a place costs 1; for the aim of first choices, being without a first choice costs more than
    all that together. By council lists a position costs itself, and all positions together less than 1 did.
    """
    by_lists = rule is AllocationRule.COUNCIL_LISTS
    not_first = len(options) + 1 if aim is Aim.MOST_FIRST_CHOICES else 0
    longest = max(map(len, problem.positions_by_council.values()), default=0) if by_lists else 0
    unit = len(options) * longest + 1
    return {
        applicant: {
            None: unit * (not_first + 1),
            **{
                council: unit * not_first * (choice > 1)
                + (problem.standing_at(council, rule)[applicant] if by_lists else 0)
                for council, choice in own.items()
            },
        }
        for applicant, own in options.items()
    }


def lowest_choice(options: Options) -> int:
    return max((choice for own in options.values() for choice in own.values()), default=0)


def settled_at_once(options: Options, prices: Prices, nodes: int) -> int:
    """For how many applicants the costs of one flow can tell who comes before whom."""
    dearest = max(max(own.values()) for own in prices.values())
    room = COST_MAX // ((dearest + 1) * (nodes + 2))
    base, count = lowest_choice(options) + 2, 0
    while room >= base ** (count + 1):
        count += 1
    if not count:
        raise CannotAssess([f"{nodes} applicants and councils are too many to find an exact optimum for."])
    return count


def cheapest(
    applicants: Sequence[str], options: Options, places: Mapping[str, int], prices: Prices, settled: int
) -> dict[str, str]:
    """Who holds a place where at the least cost.

    Of allocations that cost the same, the one best for the first applicant is taken, then for the second, and
    so on for the first `settled` applicants.
    """
    # Slow to load, and without types.
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # type: ignore[import-untyped]

    flow = SimpleMinCostFlow()
    last = lowest_choice(options) + 1
    base = last + 1
    node_by_council = {council: len(applicants) + place for place, council in enumerate(places)}
    no_place = len(applicants) + len(places)
    ends: list[tuple[str, str | None]] = []
    for node, applicant in enumerate(applicants):
        weight = base ** (settled - 1 - node) if node < settled else 0
        for council, price in prices[applicant].items():
            to = no_place if council is None else node_by_council[council]
            choice = last if council is None else options[applicant][council]
            cost = price * base**settled + choice * weight
            flow.add_arc_with_capacity_and_unit_cost(node, to, 1, cost)
            ends.append((applicant, council))
        flow.set_node_supply(node, 1)
    for council, node in node_by_council.items():
        flow.add_arc_with_capacity_and_unit_cost(node, no_place, places[council], 0)
    flow.set_node_supply(no_place, -len(applicants))
    if flow.solve() != flow.OPTIMAL:
        raise ArithmeticError("no flow of least cost was found")
    return {
        applicant: council
        for arc, (applicant, council) in enumerate(ends)
        if council is not None and flow.flow(arc)
    }


def looked_at(
    problem: AllocationProblem, rule: AllocationRule, way: str, council_by_applicant: Mapping[str, str]
) -> Compared:
    given = Counter(
        problem.choices_of(applicant).index(council) for applicant, council in council_by_applicant.items()
    )
    return Compared(
        way=str(way),
        council_by_applicant=council_by_applicant,
        choices_given=tuple(given[place] for place in range(most_choices(problem))),
        unplaced=len(problem.rank_by_applicant) - len(council_by_applicant),
        passed_over=tuple(
            PassedOver(applicant, council, problem.choices_of(applicant).index(council) + 1, holder)
            for applicant, council, holder in pairs_passed_over(problem, council_by_applicant, rule)
        ),
    )


def most_choices(problem: AllocationProblem) -> int:
    """How many councils the applicant with the most choices listed."""
    return max(map(len, problem.choices.by_applicant.values()), default=0)
