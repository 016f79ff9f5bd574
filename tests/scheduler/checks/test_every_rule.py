"""Laws of the checks: each rule finds its own flaw, no other does, and a sound timetable has none."""

from __future__ import annotations

import pytest

from scheduler.checks import CHECKS, MEASURES, breaches_of, tier_values
from scheduler.rules import RULES, TIERS
from tests.builders import tiny_problem, tiny_timetable
from tests.scheduler.checks.spoiled import SPOILED


def test_every_rule_has_a_check_of_its_name() -> None:
    assert [rule.key for rule in RULES] == list(CHECKS)
    assert [check.__name__ for check in CHECKS.values()] == list(CHECKS)


def test_every_tier_has_a_measure_of_its_name() -> None:
    assert [tier.key for tier in TIERS] == list(MEASURES)
    assert [measure.__name__ for measure in MEASURES.values()] == list(MEASURES)


def test_every_rule_has_a_spoiled_timetable() -> None:
    assert [rule.key for rule in RULES] == list(SPOILED)


def test_tiny_timetable_keeps_every_rule() -> None:
    assert breaches_of(tiny_problem(), tiny_timetable()) == []


@pytest.mark.parametrize("key", list(SPOILED))
def test_spoiled_timetable_was_sound_before(key: str) -> None:
    assert breaches_of(*SPOILED[key].sound()) == []


@pytest.mark.parametrize("key", list(SPOILED))
def test_spoiled_timetable_breaks_its_rule_alone(key: str) -> None:
    found = breaches_of(*SPOILED[key].broken())
    assert [breach.rule for breach in found] == [key] * SPOILED[key].breaches


@pytest.mark.parametrize("key", list(SPOILED))
def test_breach_is_one_sentence_with_a_session_and_a_size(key: str) -> None:
    problem, timetable = SPOILED[key].broken()
    for breach in breaches_of(problem, timetable):
        assert breach.session in problem.session_by_reference
        assert breach.size > 0
        assert breach.detail[-1:] == "."
        assert breach.detail[:1].isupper()


def test_breaches_of_allows_standby_assessors_after_a_repair() -> None:
    problem, timetable = SPOILED["standby_assessor_is_kept_in_reserve"].broken()
    assert breaches_of(problem, timetable, standby_allowed=True) == []


@pytest.mark.parametrize(
    "key", ["rotation_brings_everybody_together_once", "rotation_has_one_meeting_at_a_time"]
)
def test_breaches_of_leaves_rotations_out_when_told(key: str) -> None:
    problem, timetable = SPOILED[key].broken()
    assert breaches_of(problem, timetable, check_rotations=False) == []


def test_tier_values_come_in_the_order_of_the_tiers() -> None:
    assert list(tier_values(tiny_problem(), tiny_timetable())) == [tier.key for tier in TIERS]
