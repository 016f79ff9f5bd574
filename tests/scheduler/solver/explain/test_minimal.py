"""The smallest part for which something holds: found whatever it is, with the early items preferred."""

from __future__ import annotations

import itertools

from scheduler.solver.explain.minimal import minimal


def test_minimal_finds_any_part_that_is_needed() -> None:
    items = list(range(7))
    for size in (1, 2, 3):
        for needed in itertools.combinations(items, size):
            found = minimal(lambda part, needed=needed: set(needed) <= set(part), items)  # type: ignore[misc]
            assert found == list(needed)


def test_minimal_keeps_early_items_rather_than_late_ones() -> None:
    assert minimal(lambda part: len(part) >= 2, [1, 2, 3, 4]) == [1, 2]


def test_minimal_of_nothing_is_nothing() -> None:
    assert minimal(lambda part: True, list[int]()) == []


def test_minimal_keeps_what_it_may_not_ask_about() -> None:
    assert minimal(lambda part: 4 in part, [1, 2, 3, 4], calls=0) == [1, 2, 3, 4]
    assert minimal(lambda part: 4 in part, [1, 2, 3, 4], calls=3) == [1, 2, 4]
