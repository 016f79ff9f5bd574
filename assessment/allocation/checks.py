"""Whether an allocation is sound, asked of the result alone.

Nothing here knows how the places were given out: a check reads the problem and the lines, and names every
pair of applicant and council that breaks its sentence. It also serves an allocation changed by hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from assessment.allocation.problem import AllocationProblem
from assessment.allocation.result import Allocation, Outcome


@dataclass(frozen=True, slots=True)
class OffendingPair:
    """One applicant and council that break a check, and how. `council` is empty where none is concerned."""

    applicant: str
    council: str
    why: str


@dataclass(frozen=True, slots=True)
class AllocationCheck:
    """One check: its key, what it asks as a sentence, and the pairs that break it."""

    key: str
    sentence: str
    pairs: tuple[OffendingPair, ...]

    @property
    def kept(self) -> bool:
        return not self.pairs


@dataclass(frozen=True)
class AllocationChecks:
    """Every check of one allocation, in the order of the catalogue below."""

    rule: str
    checks: tuple[AllocationCheck, ...]

    @property
    def all_kept(self) -> bool:
        return all(check.kept for check in self.checks)


def checks_of(problem: AllocationProblem, allocation: Allocation) -> AllocationChecks:
    """Ask every check of an allocation, under the allocation's own rule."""
    return AllocationChecks(
        rule=allocation.rule,
        checks=tuple(
            AllocationCheck(key, sentence, tuple(offending(problem, allocation)))
            for key, (sentence, offending) in CATALOGUE.items()
        ),
    )


def over_capacity(problem: AllocationProblem, allocation: Allocation) -> Iterable[OffendingPair]:
    offers = list(offered_pairs(allocation))
    count_by_council = Counter(council for _, council in offers)
    for applicant, council in offers:
        count, places = count_by_council[council], problem.places_at(council)
        if count > places:
            yield OffendingPair(applicant, council, f"{council} has {places} places and {count} offers.")


def not_listed(problem: AllocationProblem, allocation: Allocation) -> Iterable[OffendingPair]:
    lists = problem.lists_of_councils(allocation.rule)
    wanted = None if lists is None else {council: set(listed) for council, listed in lists.items()}
    for line in allocation.lines:
        if line.outcome is not Outcome.OFFER:
            continue
        applicant, council, choices = line.applicant, line.council or "", problem.choices_of(line.applicant)
        if council not in choices:
            why = f"{applicant} did not list {council}." if council else "The offer names no council."
            yield OffendingPair(applicant, council, why)
        elif line.choice != choices.index(council) + 1:
            why = f"{council} is choice {choices.index(council) + 1}, not choice {line.choice}."
            yield OffendingPair(applicant, council, why)
        elif wanted is not None and applicant not in wanted.get(council, ()):
            yield OffendingPair(applicant, council, f"{council} did not put {applicant} on its list.")


def passed_over(problem: AllocationProblem, allocation: Allocation) -> Iterable[OffendingPair]:
    """The allocation is not stable: some would rather have each other than what they have."""
    council_by_applicant = dict(offered_pairs(allocation))
    for applicant, council, holder in pairs_passed_over(problem, council_by_applicant, allocation.rule):
        if holder is None:
            why = f"{council} has a place free that {applicant} would rather have."
        else:
            why = f"{council} has an offer to {holder}, who is lower; {applicant} would rather have it."
        yield OffendingPair(applicant, council, why)


def not_appointable(problem: AllocationProblem, allocation: Allocation) -> Iterable[OffendingPair]:
    for applicant, council in offered_pairs(allocation):
        if applicant not in problem.rank_by_applicant:
            yield OffendingPair(applicant, council, f"{applicant} has no rank and cannot be offered a place.")


def not_exactly_once(problem: AllocationProblem, allocation: Allocation) -> Iterable[OffendingPair]:
    count_by_applicant = Counter(line.applicant for line in allocation.lines)
    expected = {line.applicant: 1 for line in problem.order.lines}
    for applicant in sorted(count_by_applicant.keys() | expected.keys()):
        count, wanted = count_by_applicant[applicant], expected.get(applicant, 0)
        if count != wanted:
            why = f"{applicant} has {count} lines in the allocation and {wanted} in the order of merit."
            yield OffendingPair(applicant, "", why)


def reserve_out_of_order(problem: AllocationProblem, allocation: Allocation) -> Iterable[OffendingPair]:
    ranks = {
        line.applicant: problem.rank_by_applicant[line.applicant]
        for line in allocation.lines
        if line.outcome is Outcome.RESERVE and line.applicant in problem.rank_by_applicant
    }
    higher = first_positions(sorted(ranks.values()))
    for line in allocation.lines:
        if line.outcome is Outcome.RESERVE:
            position = higher[ranks[line.applicant]] if line.applicant in ranks else None
            if line.reserve_position != position:
                why = f"Reserve position {line.reserve_position}; by order of merit it is {position}."
                yield OffendingPair(line.applicant, "", why)


def offered_pairs(allocation: Allocation) -> Iterable[tuple[str, str]]:
    for line in allocation.lines:
        if line.outcome is Outcome.OFFER:
            yield line.applicant, line.council or ""


def first_positions(ranks: Iterable[int]) -> dict[int, int]:
    """For ranks in order, the position of the first holder of each, counted from 1."""
    positions: dict[int, int] = {}
    for position, rank in enumerate(ranks, start=1):
        positions.setdefault(rank, position)
    return positions


def pairs_passed_over(
    problem: AllocationProblem, council_by_applicant: Mapping[str, str], rule: str
) -> Iterable[tuple[str, str, str | None]]:
    """Pairs that would both rather have each other than what they have, and who holds the place instead.

    Who holds it is the lowest with an offer there; None where the council has a place free.
    """
    standing = standing_by_council(problem, rule)
    count_by_council = Counter(council_by_applicant.values())
    lowest: dict[str, tuple[float, str]] = {}
    for applicant, council in council_by_applicant.items():
        place = standing(council).get(applicant, float("inf"))
        lowest[council] = max(lowest.get(council, (0.0, "")), (place, applicant))
    for applicant in problem.rank_by_applicant:
        for council in problem.choices_of(applicant):
            if council_by_applicant.get(applicant) == council:
                break
            if applicant not in standing(council):
                continue
            if count_by_council[council] < problem.places_at(council):
                yield applicant, council, None
            elif council in lowest and standing(council)[applicant] < lowest[council][0]:
                yield applicant, council, lowest[council][1]


def standing_by_council(problem: AllocationProblem, rule: str) -> Callable[[str], Mapping[str, int]]:
    """Where each applicant whom a council accepts stands with it; a lower number is better."""
    lists = problem.lists_of_councils(rule)
    ranks = problem.rank_by_applicant
    if lists is None:
        return lambda council: ranks
    positions = {
        council: {applicant: place for place, applicant in enumerate(listed, start=1) if applicant in ranks}
        for council, listed in lists.items()
    }
    return lambda council: positions.get(council, {})


Offending = Callable[[AllocationProblem, Allocation], Iterable[OffendingPair]]

CATALOGUE: Mapping[str, tuple[str, Offending]] = {
    "capacity": ("No council has more offers than places.", over_capacity),
    "listed_only": (
        "Nobody is offered a council they did not list, nor one that left them off its own list.",
        not_listed,
    ),
    "stability": (
        "Nobody is passed over: no council that an applicant would rather have has a place free or an offer "
        "to somebody lower.",
        passed_over,
    ),
    "appointable_only": ("Nobody is offered a place who is not appointable.", not_appointable),
    "everybody_once": ("Everybody in the order of merit has exactly one outcome.", not_exactly_once),
    "reserve_in_order": ("The reserve list is in order of merit.", reserve_out_of_order),
}
