"""What stops the ranking: findings that nobody confirmed, and those that stand behind others."""

from __future__ import annotations

from assessment.plausibility import Finding, Verdict, unknown_names, unresolved

FRONT = Finding(
    "upside_down:S1", "upside_down", Verdict.HELD, ("S1",), "", frozenset({("S1", "A1", "interview")}), 9.0
)


def behind(rater: str) -> Finding:
    name = f"two_applicants_exchanged:{rater}:A1:A2:interview"
    forms = frozenset({(rater, "A1", "interview"), (rater, "A2", "interview")})
    return Finding(name, "two_applicants_exchanged", Verdict.HELD, (rater,), "", forms, 1.0, FRONT.name)


def test_finding_behind_another_waits_for_it() -> None:
    assert unresolved([FRONT, behind("S1"), behind("S2")], frozenset()) == (FRONT,)


def test_confirming_the_one_in_front_settles_the_same_rater_and_nobody_else() -> None:
    found = [FRONT, behind("S1"), behind("S2")]
    assert unresolved(found, {FRONT.name}) == (behind("S2"),)
    assert unresolved(found, {FRONT.name, behind("S2").name}) == ()


def test_refused_finding_stops_whatever_is_confirmed() -> None:
    refused = Finding("row_numbers:S1:interview", "row_numbers", Verdict.REFUSED, ("S1",), "")
    assert unresolved([refused], {refused.name}) == (refused,)


def test_names_that_nothing_bears_are_told_in_order() -> None:
    assert unknown_names([FRONT], {FRONT.name, "b:1", "a:2"}) == ("a:2", "b:1")
