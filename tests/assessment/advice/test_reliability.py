"""Which agreement is told of which exercise and criterion."""

from __future__ import annotations

from assessment.advice.reliability import reliabilities
from tests.assessment.builders import framework, ratings

FRAME = framework()


def test_every_exercise_comes_with_its_criteria() -> None:
    given = [
        *ratings("A01", ["3 4", "4 4", "3 3", "2 3"]),
        *ratings("A02", ["5 4", "5 5", "4 4", "3 3"]),
        *ratings("A03", ["2 2", "1 2", "3 2", "5 4"]),
    ]
    found = reliabilities(FRAME, given)
    assert [(each.exercise, each.criterion, each.applicants, each.ratings) for each in found] == [
        ("interview", "", 3, 6),
        ("interview", "empathy", 3, 6),
        ("interview", "analysis", 3, 6),
        ("service_users", "", 3, 6),
        ("service_users", "empathy", 3, 6),
        ("written", "", 3, 6),
        ("written", "analysis", 3, 6),
    ]
    assert all(each.one_way and each.two_way and not each.why_not for each in found)
    assert [each.alpha_nominal is None for each in found] == [not each.criterion for each in found]


def test_exercise_of_one_criterion_agrees_as_the_criterion_does() -> None:
    given = [*ratings("A01", ["", "", "3 4", ""]), *ratings("A02", ["", "", "5 5", ""])]
    whole, criterion = (each for each in reliabilities(FRAME, given) if each.exercise == "service_users")
    assert whole.one_way == criterion.one_way


def test_two_way_forms_need_the_same_assessors_for_everybody() -> None:
    given = [*ratings("A01", ["", "", "3 4", ""]), *ratings("A02", ["", "", "5 5 4", ""])]
    (found,) = (each for each in reliabilities(FRAME, given) if each.criterion and each.applicants)
    assert found.one_way is not None
    assert found.two_way is None


def test_what_cannot_be_said_comes_with_its_reason() -> None:
    given = [*ratings("A01", ["3", "4 4", "", ""]), *ratings("A02", ["4", "4 4", "", ""])]
    assert {(each.exercise, each.criterion): each.why_not for each in reliabilities(FRAME, given)} == {
        ("interview", ""): FEW,
        ("interview", "empathy"): FEW,
        ("interview", "analysis"): SAME,
        ("service_users", ""): FEW,
        ("service_users", "empathy"): FEW,
        ("written", ""): FEW,
        ("written", "analysis"): FEW,
    }


FEW = "Fewer than two applicants were rated by two assessors, so agreement cannot be measured."
SAME = "Every rating is the same, so there is nothing that assessors could agree or differ on."
