"""The rules as one text: the same rules give the same text, and what changed is told in words."""

from __future__ import annotations

import json
from fractions import Fraction

from assessment.framework import BelowFloor, Framework
from assessment.frozen_rules import differences, rules_text, sha256_of
from tests.assessment.builders import WEIGHTS, framework


def text(frame: Framework | None = None, rule: str = "merit", hours: int = 48) -> str:
    return rules_text(frame or framework(), rule, hours)


def test_rules_hold_everything_that_decides_and_of_the_seed_only_its_fingerprint() -> None:
    assert json.loads(text()) == {
        "allocation_rule": "merit",
        "below_floor": "not_appointable",
        "floor_ratings": ["1:0", "2:2"],
        "lot_seed_sha256": sha256_of("autumn"),
        "matrix": {
            "interview / analysis": "2",
            "interview / empathy": "3",
            "service_users / empathy": "2",
            "written / analysis": "1",
        },
        "offer_hours": "48",
        "raters_min": "2",
        "rating_gap_to_discuss": "2",
        "scale": "1 to 5",
        "standard_percent": "60",
        "tie_break": ["interview", "service_users", "written", "lot"],
    }


def test_same_rules_in_another_order_of_the_matrix_are_the_same_text() -> None:
    turned = dict(reversed(WEIGHTS.items()))
    assert text(framework(weights=turned)) == text()


def test_differences_are_told_one_by_one() -> None:
    changed = framework(
        standard_percent=Fraction(55),
        below_floor=BelowFloor.PANEL_DISCUSSION,
        weights={**WEIGHTS, ("written", "analysis"): Fraction(3, 2)},
        tie_break=("interview",),
        lot_seed="",
    )
    assert differences(text(), text(changed, "council_lists", 24)) == (
        "allocation_rule was merit and is council_lists",
        "below_floor was not_appointable and is panel_discussion",
        f"lot_seed_sha256 was {sha256_of('autumn')} and is empty",
        "matrix written / analysis was 1 and is 1.5",
        "offer_hours was 48 and is 24",
        "standard_percent was 60 and is 55",
        "tie_break was interview;service_users;written;lot and is interview;lot",
    )


def test_nothing_differs_between_the_same_rules() -> None:
    assert differences(text(), text()) == ()


def test_text_that_somebody_wrote_over_cannot_be_read() -> None:
    assert differences("see the minutes", text()) == ("the frozen rules cannot be read",)
    assert differences("[1, 2]", text()) == ("the frozen rules cannot be read",)
