"""A law: from all that is told, nobody can work out a count that was kept back.

It is tried in two ways. In small worlds every possible table of counts is told, and those that are told alike
are compared: that is what somebody can know who also knows the program. On larger made-up campaigns a solver
looks for the least and the greatest value that each count kept back can have, for somebody who knows every
total and even which groups were counted together.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise, product

import pytest

from assessment.monitoring import LEAST, OTHERS, LineKind, Table, Tally, stages_told, table_of
from tests.assessment.test_monitoring import line

Counts = tuple[tuple[int, ...], ...]  # group by group, how many ended where
TOO_FEW = 3  # possible values: a count that can be one of so many is as good as told


def parted(number: int, parts: int) -> Iterator[tuple[int, ...]]:
    if parts == 1:
        yield (number,)
        return
    for first in range(number + 1):
        for rest in parted(number - first, parts - 1):
            yield (first, *rest)


def worlds(totals: Sequence[int], groups: int) -> Iterator[Counts]:
    """Every way in which so many, ended there, can be of these groups."""
    for columns in product(*(list(parted(total, groups)) for total in totals)):
        yield tuple(zip(*columns, strict=True))


def tallies_of(world: Counts) -> list[Tally]:
    """The last group's answer is not known. A group that nobody is in does not appear."""
    kinds = [LineKind.GROUP] * (len(world) - 1) + [LineKind.NOT_KNOWN]
    groups = enumerate(zip(kinds, world, strict=True))
    return [line(kind, f"G{number}", *ended) for number, (kind, ended) in groups if any(ended)]


def told_of(world: Counts) -> Table:
    totals = [sum(column) for column in zip(*world, strict=True)]
    return table_of("any", tallies_of(world), stages_told(totals))


def counts_of(ended: Sequence[int]) -> list[int]:
    """Everybody of a group at a stage, those selected, and those not selected, at any step."""
    return [sum(ended[start:end]) for start, end in combinations(range(len(ended) + 1), 2)]


@pytest.mark.parametrize("not_known", [False, True])
@pytest.mark.parametrize(
    ("totals", "groups"), [((12, 11, 13), 2), ((12, 11, 10, 12), 2), ((12, 13), 3), ((10, 11), 3)]
)
def test_in_small_worlds_no_count_below_the_least_is_given_away(
    totals: Sequence[int], groups: int, not_known: bool
) -> None:
    """Where one group's answers are not known, it takes three to compare two."""
    told_alike: dict[Table, list[Counts]] = defaultdict(list)
    for world in worlds(totals, groups):
        told_alike[told_of(world if not_known else (*world, (0,) * len(totals)))].append(world)
    narrow = []
    for table, alike in told_alike.items():
        for group in range(groups):
            for values in zip(*(counts_of(world[group]) for world in alike), strict=True):
                if any(0 < value < LEAST for value in values) and len(set(values)) <= TOO_FEW:
                    narrow.append((table, group, sorted(set(values))))
    assert narrow == []
    assert (len(told_alike) > 1) == (groups - not_known > 1)


def made_up(rng: random.Random) -> Counts:
    """A campaign's counts: two to five groups of very different size, the last not known, three stages."""
    sizes = [rng.choice((60, 40)), *(rng.choice((1, 2, 4, 9, 25)) for _ in range(rng.randint(1, 4)))]
    world = []
    for size in sizes:
        ends = [rng.choices(range(4), weights=(2, 3, 4, 3))[0] for _ in range(size)]
        world.append(tuple(ends.count(end) for end in range(4)))
    return tuple(world)


def test_everything_told_is_at_least_the_least_count() -> None:
    rng = random.Random(5)
    for _ in range(300):
        world = made_up(rng)
        table = told_of(world)
        assert [each for each in table.lines if min(each.ended) < LEAST] == []
        whole = tuple(sum(column) for column in zip(*(each.ended for each in table.lines), strict=True))
        ends = (0, *table.stages, 4)
        totals = [sum(column) for column in zip(*world, strict=True)]
        assert not table.lines or whole == tuple(sum(totals[a:b]) for a, b in pairwise(ends))


def test_solver_finds_every_small_count_kept_back_to_lie_in_a_wide_range() -> None:
    """At least `LEAST` wide; or as wide as the total, where so few of all applicants ended there."""
    rng = random.Random(1)
    tried: list[tuple[Counts, int, int, int, bool]] = []
    while len(tried) < 60:
        world = made_up(rng)
        table = told_of(world)
        for group, start, end in small_counts(world) if table.lines else ():
            low, high = range_of(world, table, group, start, end)
            wide = min(LEAST, sum(sum(ended[start:end]) for ended in world))
            tried.append((world, group, start, end, high - low >= wide))
    assert [each for each in tried if not each[-1]] == []


def small_counts(world: Counts) -> list[tuple[int, int, int]]:
    return [
        (group, start, end)
        for group, ended in enumerate(world)
        for start, end in combinations(range(len(ended) + 1), 2)
        if any(ended) and sum(ended[start:end]) < LEAST
    ]


def range_of(world: Counts, table: Table, group: int, start: int, end: int) -> tuple[int, int]:
    """The least and the greatest that one count can be, by all that is told and every total."""
    from ortools.sat.python import cp_model

    found = []
    for sign in (1, -1):
        model = cp_model.CpModel()
        ended = [[model.new_int_var(0, 200, "") for _ in row] for row in world]
        for stage, column in enumerate(zip(*world, strict=True)):
            model.add(sum(row[stage] for row in ended) == sum(column))
        for own, of_line in lines_with_groups(world, table):
            for (a, b), number in zip(pairwise((0, *table.stages, 4)), of_line.ended, strict=True):
                model.add(sum(sum(ended[each][a:b]) for each in own) == number)
        asked = sum(ended[group][start:end])
        model.minimize(sign * asked)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        assert solver.solve(model) == cp_model.OPTIMAL
        found.append(solver.value(asked))
    return found[0], found[1]


def lines_with_groups(world: Counts, table: Table) -> list[tuple[list[int], Tally]]:
    """Each line told with the groups in it, as the table itself never says."""
    names = {f"G{number}": number for number, ended in enumerate(world) if any(ended)}
    alone = {each.group for each in table.lines}
    rest = [number for name, number in names.items() if name not in alone]
    return [([names[each.group]] if each.group in names else rest, each) for each in table.lines]


def test_solver_sees_a_count_that_is_given_away() -> None:
    """Two groups told and the third left out: the totals give it away. The test above would see it."""
    world = ((20, 20), (15, 15), (1, 2))
    leaky = Table("any", (1,), (line(LineKind.GROUP, "G0", 20, 20), line(LineKind.GROUP, "G1", 15, 15)))
    assert range_of(world, leaky, 2, 0, 1) == (1, 1)
    folded = Table("any", (1,), (line(LineKind.GROUP, "G0", 20, 20), line(LineKind.OTHERS, OTHERS, 16, 17)))
    assert range_of(world, folded, 2, 0, 1) == (0, 16)
