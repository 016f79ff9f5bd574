"""The samples' ratings are whole, plausible, and level where the places run out."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest

from api import samples
from api.campaign import Table
from api.samples import SAMPLE_NAMES
from api.samples.attendance import came
from api.samples.programme import MATRIX

_CAMPAIGNS = [(name, seed) for name in SAMPLE_NAMES for seed in (0, 1)]


@cache
def sample_tables(name: str, seed: int) -> dict[str, Table]:
    return samples.sample_tables(name, seed)


def _ratings(name: str, seed: int) -> dict[tuple[str, str, str], list[int]]:
    cells: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for applicant, exercise, criterion, _, rating, _ in sample_tables(name, seed)["ratings"].rows:
        cells[applicant, exercise, criterion].append(int(rating))
    return cells


@pytest.mark.parametrize(("name", "seed"), _CAMPAIGNS)
def test_everybody_who_came_and_nobody_else_is_rated_in_every_cell(name: str, seed: int) -> None:
    status = {row[0]: row[2] for row in sample_tables(name, seed)["attendance"].rows}
    wanted = {(a, *cell) for a, state in status.items() if came(state) for cell in MATRIX}
    cells = _ratings(name, seed)
    assert set(cells) == wanted
    assert min(len(given) for given in cells.values()) >= 2
    assert {rating for given in cells.values() for rating in given} <= {1, 2, 3, 4, 5}


@pytest.mark.parametrize(("name", "seed"), _CAMPAIGNS)
def test_wide_gaps_and_agreed_ratings_are_the_same_cells(name: str, seed: int) -> None:
    wide = {cell for cell, given in _ratings(name, seed).items() if max(given) - min(given) >= 2}
    agreed = {(row[0], row[1], row[2]) for row in sample_tables(name, seed)["agreed"].rows}
    assert agreed == wide
    assert len(agreed) >= 2


@pytest.mark.parametrize(("name", "seed"), _CAMPAIGNS)
def test_each_rating_has_another_rater_and_a_sentence(name: str, seed: int) -> None:
    rows = sample_tables(name, seed)["ratings"].rows
    assert len({row[:4] for row in rows}) == len(rows)
    assert [row for row in rows if not row[5].endswith(".")] == []


@pytest.mark.parametrize(("name", "seed"), _CAMPAIGNS)
def test_service_users_rate_their_round_and_assessors_the_rest(name: str, seed: int) -> None:
    tables = sample_tables(name, seed)
    service_users = {row[0] for row in tables["service_users"].rows}
    strange = [
        row for row in tables["ratings"].rows if (row[3] in service_users) != (row[1] == "service_users")
    ]
    assert strange == []
