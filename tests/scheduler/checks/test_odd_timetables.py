"""Timetables as bad as any file could hold: the checks say what is wrong and never fall over."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from scheduler.checks import breaches_of, tier_values
from scheduler.rules import RULE_BY_KEY, TIERS
from scheduler.timetable import Entry, Role, Timetable, timetable_of
from tests.builders import tiny_problem, tiny_timetable, with_meetings


def scrambled(timetable: Timetable, seed: int) -> Timetable:
    """A third of the rows with one field taken from another row."""
    chance = random.Random(seed)
    fields = ("session", "exercise", "sitting", "room", "role", "person", "panel", "start")

    def spoilt(row: Entry) -> Entry:
        if chance.random() > 1 / 3:
            return row
        name, other = chance.choice(fields), chance.choice(timetable.entries)
        if name == "start":
            return replace(row, start=other.start, end=other.start + row.window.minutes)
        return replace(row, **{name: getattr(other, name)})

    return timetable_of([spoilt(row) for row in timetable.entries], timetable.meetings)


@pytest.mark.parametrize("seed", range(40))
def test_scrambled_timetable_is_judged_in_full(seed: int) -> None:
    timetable = scrambled(tiny_timetable(), seed)
    found = breaches_of(tiny_problem(), timetable)
    assert found
    assert {breach.rule for breach in found} - RULE_BY_KEY.keys() == set()
    assert list(tier_values(tiny_problem(), timetable)) == [tier.key for tier in TIERS]


def test_breaches_are_the_same_whatever_the_order_of_the_rows() -> None:
    timetable = scrambled(tiny_timetable(), seed=1)
    turned = timetable_of(reversed(timetable.entries), reversed(timetable.meetings))
    assert breaches_of(tiny_problem(), turned) == breaches_of(tiny_problem(), timetable)


@pytest.mark.parametrize("role", list(Role))
def test_row_in_the_wrong_role_is_never_overlooked(role: Role) -> None:
    timetable = tiny_timetable()
    for row in timetable.entries:
        if row.role is not role:
            rows = [replace(row, role=role) if other is row else other for other in timetable.entries]
            assert breaches_of(tiny_problem(), timetable_of(rows, timetable.meetings))


def test_every_row_and_every_meeting_is_needed() -> None:
    timetable = tiny_timetable()
    for row in timetable.entries:
        rest = timetable_of((other for other in timetable.entries if other is not row), timetable.meetings)
        assert breaches_of(tiny_problem(), rest)
    for meeting in timetable.meetings:
        rest = with_meetings(timetable, (other for other in timetable.meetings if other is not meeting))
        assert breaches_of(tiny_problem(), rest)


def test_every_row_given_twice_is_a_breach() -> None:
    timetable = tiny_timetable()
    for row in timetable.entries:
        assert breaches_of(tiny_problem(), timetable_of((*timetable.entries, row), timetable.meetings))
