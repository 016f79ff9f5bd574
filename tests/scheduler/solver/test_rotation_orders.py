"""Rotations in numbers: designs are sound, and over a session as even as the best of all there are."""

from __future__ import annotations

from collections import Counter
from itertools import combinations_with_replacement, pairwise, permutations, product

import pytest

from scheduler.solver.rotation_orders import (
    REST,
    Design,
    balanced_designs,
    rotation_has_one_meeting_at_a_time,
)


def chosen(members: int, *sizes: int) -> tuple[Design, ...]:
    return balanced_designs(members, sizes)


def follows(designs: tuple[Design, ...]) -> Counter[tuple[int, int]]:
    return Counter(
        pair
        for design in designs
        for row in design
        for pair in pairwise(user for user in row if user != REST)
    )


def spread(members: int, designs: tuple[Design, ...]) -> int:
    found = follows(designs)
    counts = [found[pair] for pair in permutations(range(members), 2)]
    return max(counts) - min(counts)


def squares(designs: tuple[Design, ...]) -> int:
    return sum(times**2 for times in follows(designs).values())


def every_design(applicants: int, members: int) -> list[Design]:
    """By trying all rows for each applicant, and throwing away what is no rotation."""
    rounds = max(applicants, members)
    rows = sorted(set(permutations([*range(members), *[REST] * (rounds - members)])))
    found = []
    for design in combinations_with_replacement(rows, applicants):
        columns = ([user for user in column if user != REST] for column in zip(*design, strict=True))
        if all(len(set(column)) == len(column) for column in columns):
            found.append(design)
    return found


@pytest.mark.parametrize(("applicants", "members"), list(product(range(1, 5), range(1, 5))))
def test_rotation_has_one_meeting_at_a_time_in_every_design_and_none_is_missed(
    applicants: int, members: int
) -> None:
    assert sorted(rotation_has_one_meeting_at_a_time(applicants, members)) == every_design(
        applicants, members
    )


@pytest.mark.parametrize(("applicants", "members"), [(3, 5), (6, 6), (4, 7), (7, 5), (9, 2)])
def test_rotation_has_one_meeting_at_a_time_in_large_runs_too(applicants: int, members: int) -> None:
    for design in rotation_has_one_meeting_at_a_time(applicants, members):
        assert [sorted(user for user in row if user != REST) for row in design] == [
            list(range(members))
        ] * applicants
        for column in zip(*design, strict=True):
            met = [user for user in column if user != REST]
            assert len(set(met)) == len(met)


@pytest.mark.parametrize(
    ("members", "sizes"),
    [
        *((members, (size,)) for members in range(2, 5) for size in range(1, 5)),
        *((3, sizes) for sizes in product(range(1, 4), repeat=2)),
        *((2, sizes) for sizes in product(range(1, 5), repeat=3)),
        *((3, sizes) for sizes in ((1, 1, 1), (2, 2, 2), (3, 3, 3), (1, 2, 3), (3, 3, 2), (2, 1, 2))),
        *((4, sizes) for sizes in ((1, 1), (1, 2), (4, 1), (4, 4), (3, 4), (4, 2))),
    ],
)
def test_orders_are_as_even_as_the_best_of_all_there_are(members: int, sizes: tuple[int, ...]) -> None:
    every = product(*(every_design(size, members) for size in sizes))
    least_squares, least_spread = map(
        min, zip(*((squares(each), spread(members, each)) for each in every), strict=True)
    )
    found = chosen(members, *sizes)
    assert (squares(found), spread(members, found)) == (least_squares, least_spread)


@pytest.mark.parametrize(
    ("members", "size", "runs"),
    [
        *((4, size, runs) for size in (1, 2, 3, 4) for runs in (1, 2, 3, 4, 5)),
        *((5, size, runs) for size in (2, 3, 4, 5) for runs in (2, 4)),
        *((3, size, runs) for size in (2, 3, 4) for runs in (2, 4)),
        *((6, size, runs) for size in (4, 5, 6) for runs in (2, 3)),
    ],
)
def test_orders_of_common_sizes_differ_by_at_most_one(members: int, size: int, runs: int) -> None:
    """And by nothing, where the number of meetings that follow another can be shared out evenly."""
    every, pairs = runs * size * (members - 1), members * (members - 1)
    assert spread(members, chosen(members, *[size] * runs)) == (1 if every % pairs else 0)


def test_designs_are_the_same_each_time() -> None:
    again = balanced_designs.__wrapped__(5, (3, 4))
    assert again == chosen(5, 3, 4)
