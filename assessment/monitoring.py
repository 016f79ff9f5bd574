"""Selection rates by group, for monitoring alone: counted apart from everything that decides.

Only `api.services.monitor_selection` imports this file, and no other code reads the table it counts. Out come
counts, never people, told so that nobody can be picked out:

1. Of the stages only so many are told that, of all applicants together, at least `LEAST` end before, between
   and after them; so the totals hold no count below `LEAST` (`stages_told`).
2. For each characteristic, groups with any count below `LEAST` are counted together, and with the next
   smallest until no count is below it (`folded`). Where this leaves no two lines to compare, the earliest
   stage is left out, then the next (`table_of`). So a table always holds everybody, no count in it is below
   `LEAST`, and no line is left out that a subtraction could find. Rates, ratios and tests are made of its
   counts and of nothing else.
3. What is kept back may then be any number from 0 to at least `LEAST`, as far as anybody can tell who knows
   all that is told: people of a folded line can be exchanged between its groups, and people between two
   stages told as one against those of another line, without a change in any number told. Tables of other
   characteristics say nothing more, for they share only the totals.

A ratio below four fifths is a line drawn in the United States (Uniform Guidelines on Employee Selection
Procedures, 1978, 29 CFR 1607.4 D) and errs often in small samples. So each ratio stands beside Fisher's exact
test (two-sided, a line against all others compared), and its p also as Holm adjusts it for the number of
tests (Scandinavian Journal of Statistics 6, 1979, 65-70).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from itertools import combinations, pairwise

LEAST = 5
OTHERS = "all other answers together"
NOT_KNOWN = frozenset(
    {
        "prefer not to say",
        "not known",
        "unknown",
        "not stated",
        "not disclosed",
        "rather not say",
        "no answer",
    }
)
# A characteristic, the stages from and to, and the line held against all others.
Test = tuple[str, int, int, str]


class LineKind(StrEnum):
    """Whom a line counts: one group, several answers together, or those whose answer is not known."""

    GROUP = "group"
    OTHERS = "others"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people of one line ended where: `ended[k]` passed k stages and no more."""

    kind: LineKind
    group: str
    ended: tuple[int, ...]

    @property
    def size(self) -> int:
        return sum(self.ended)

    @property
    def is_small(self) -> bool:
        return min(self.ended) < LEAST

    def reached(self, stage: int) -> int:
        """How many passed at least so many stages."""
        return sum(self.ended[stage:])


@dataclass(frozen=True, slots=True)
class Table:
    """One characteristic as it may be told, everybody in it; `lines` count by the ends of `stages` only.

    `stages` are numbers of the campaign's stages, from 1. Without lines the characteristic is kept back.
    """

    characteristic: str
    stages: tuple[int, ...]
    lines: tuple[Tally, ...]

    @property
    def compared(self) -> tuple[Tally, ...]:
        return tuple(line for line in self.lines if line.kind is not LineKind.NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One line at one step: of `n` at stage `since` (0 is everybody), `selected` got to stage `until`.

    `ratio` is to the highest rate of the lines compared; `p` and `adjusted_p` are of the exact test against
    all other lines compared. The three come together, or not at all where a line is not compared.
    """

    characteristic: str
    since: int
    until: int
    kind: LineKind
    group: str
    n: int
    selected: int
    ratio: Fraction | None = None
    p: float | None = None
    adjusted_p: float | None = None

    @property
    def rate(self) -> Fraction:
        return Fraction(self.selected, self.n)


@dataclass(frozen=True)
class Monitoring:
    """All that may be told. `people` is None where even their number is small; `tests` counts the tests."""

    people: int | None
    totals: tuple[Comparison, ...]
    tables: tuple[Table, ...]
    comparisons: tuple[Comparison, ...]
    tests: int


def monitoring_of(
    reached: Mapping[str, int], answers: Mapping[str, Mapping[str, str]], stages: int
) -> Monitoring:
    """Count and compare. `reached` says how many of the `stages` each applicant passed, 0 for none.

    `answers` holds for each characteristic the group of each applicant. Whoever is not in it is not known,
    nor whose answer is one of `NOT_KNOWN`. Answers that differ by capitals only are one group.
    """
    ended = [list(reached.values()).count(passed) for passed in range(stages + 1)]
    everybody = Tally(LineKind.GROUP, "", tuple(ended))
    told = stages_told(everybody.ended)
    tables = [table_of(name, tallied(group_of, reached, stages), told) for name, group_of in answers.items()]
    pairs = [(test_of(table, each), each) for table in tables for each in comparisons_of(table)]
    return Monitoring(
        people=len(reached) if len(reached) >= LEAST else None,
        totals=tuple(step("", at_stages(everybody, told), told, *ends) for ends in steps(told)),
        tables=tuple(tables),
        comparisons=tuple(with_adjusted_p(pairs)),
        tests=len({test for test, each in pairs if each.p is not None}),
    )


def tallied(group_of: Mapping[str, str], reached: Mapping[str, int], stages: int) -> list[Tally]:
    """One characteristic's groups by name, those not known last."""
    spelling: dict[str, str] = {}
    ended: dict[str, list[int]] = {}
    for applicant, passed in reached.items():
        answer = group_of.get(applicant, "")
        key = "" if answer.casefold() in NOT_KNOWN else answer.casefold()
        spelling.setdefault(key, answer)
        ended.setdefault(key, [0] * (stages + 1))[passed] += 1
    return [
        Tally(LineKind.GROUP, spelling[key], tuple(ended[key]))
        if key
        else Tally(LineKind.NOT_KNOWN, "not known", tuple(ended[key]))
        for key in sorted(ended, key=lambda key: (not key, key))
    ]


def stages_told(ended: Sequence[int]) -> tuple[int, ...]:
    """The most stages such that at least `LEAST` of all applicants end between any two; later ones sooner."""
    every = range(1, len(ended))
    possible = [
        chosen
        for number in range(len(ended))
        for chosen in combinations(every, number)
        if min(ended_between(ended, chosen)) >= LEAST
    ]
    return max(possible, key=lambda chosen: (len(chosen), chosen), default=())


def table_of(characteristic: str, tallies: Sequence[Tally], told: tuple[int, ...]) -> Table:
    """The characteristic at as many stages as allow two lines to be compared; the earliest go first."""
    for first in range(len(told)):
        stages = told[first:]
        table = Table(characteristic, stages, folded([at_stages(each, stages) for each in tallies]))
        if len(table.compared) > 1:
            return table
    return Table(characteristic, (), ())


def folded(tallies: Sequence[Tally]) -> tuple[Tally, ...]:
    """Small lines counted together, and with the next smallest until nothing in the sum is small."""
    together = [each for each in tallies if each.is_small]
    rest = sorted((each for each in tallies if not each.is_small), key=lambda each: each.size)
    while together and rest and counted_together(together).is_small:
        together.append(rest.pop(0))
    if not together:
        return tuple(tallies)
    kept = tuple(each for each in tallies if each in rest)
    return (*kept, counted_together(together))


def counted_together(tallies: Sequence[Tally]) -> Tally:
    columns = zip(*(each.ended for each in tallies), strict=True)
    return Tally(LineKind.OTHERS, OTHERS, tuple(sum(column) for column in columns))


def at_stages(tally: Tally, stages: Sequence[int]) -> Tally:
    """The line with nobody told apart but by these stages."""
    return Tally(tally.kind, tally.group, ended_between(tally.ended, stages))


def ended_between(ended: Sequence[int], stages: Sequence[int]) -> tuple[int, ...]:
    ends = [0, *stages, len(ended)]
    return tuple(sum(ended[start:end]) for start, end in pairwise(ends))


def steps(stages: Sequence[int]) -> list[tuple[int, int]]:
    """From each stage told to the next, as places in `stages` (0 is everybody); then the whole way."""
    found = [(place, place + 1) for place in range(len(stages))]
    return [*found, (0, len(stages))] if len(stages) > 1 else found


def step(characteristic: str, line: Tally, stages: Sequence[int], since: int, until: int) -> Comparison:
    number = (0, *stages)
    n, selected = line.reached(since), line.reached(until)
    return Comparison(characteristic, number[since], number[until], line.kind, line.group, n, selected)


def comparisons_of(table: Table) -> Iterator[Comparison]:
    """Every line at every step; ratios and exact tests from the table's own counts."""
    for since, until in steps(table.stages):
        found = [step(table.characteristic, line, table.stages, since, until) for line in table.lines]
        compared = [each for each in found if each.kind is not LineKind.NOT_KNOWN]
        highest = max(each.rate for each in compared)
        for each in found:
            if each.kind is LineKind.NOT_KNOWN:
                yield each
            else:
                yield replace(each, ratio=each.rate / highest, p=exact_p(each, compared))


def exact_p(one: Comparison, compared: Sequence[Comparison]) -> float:
    """Fisher's exact test, two-sided: those selected and not selected of one line, and of all the others."""
    from scipy.stats import fisher_exact

    n, selected = sum(each.n for each in compared), sum(each.selected for each in compared)
    others = (selected - one.selected, n - one.n - selected + one.selected)
    found = fisher_exact([[one.selected, one.n - one.selected], list(others)], alternative="two-sided")
    return min(1.0, float(found.pvalue))


def test_of(table: Table, each: Comparison) -> Test:
    """What names a test. Where two lines are compared, theirs is one and the same test."""
    return each.characteristic, each.since, each.until, each.group if len(table.compared) > 2 else ""


def with_adjusted_p(pairs: Sequence[tuple[Test, Comparison]]) -> list[Comparison]:
    """The comparisons, each p also adjusted by Holm's step-down rule over all tests made."""
    p_by_test = {test: each.p for test, each in pairs if each.p is not None}
    adjusted: dict[Test, float] = {}
    least = 0.0
    for place, test in enumerate(sorted(p_by_test, key=lambda test: (p_by_test[test], test))):
        least = max(least, min(1.0, (len(p_by_test) - place) * p_by_test[test]))
        adjusted[test] = least
    # Two lines of one test differ by rounding alone, and should not.
    return [replace(each, p=p_by_test.get(test), adjusted_p=adjusted.get(test)) for test, each in pairs]
