"""Every check of plausibility on ratings that differ by one slip; and silence where there is none.

The campaign is made up: applicants who differ, three raters in each of three exercises, four criteria. Slips
that need a larger one (panels, papers, raters) are planted by the drill (`tests/api/services/`).
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from assessment.framework import Framework
from assessment.plausibility import CHECKS, Finding, findings, unknown_names, unresolved
from assessment.ratings import Attendance, Rating
from tests.assessment.builders import framework

EXERCISES = ("interview", "written", "service_users")
CRITERIA = ("empathy", "analysis", "values", "writing")
WEIGHTS = {(exercise, criterion): Fraction(1) for exercise in EXERCISES for criterion in CRITERIA}
APPLICANTS = tuple(f"A{number:02}" for number in range(1, 25))
# What each criterion adds for one half of the applicants and takes from the other: so exchanging two is seen.
STRENGTH = {"empathy": 1.0, "analysis": -1.0, "values": 0.3, "writing": -0.3}
Slip = Callable[[list[Rating]], list[Rating]]


def frame() -> Framework:
    return framework(weights=WEIGHTS)


def made_up(seed: int = 1) -> list[Rating]:
    """Three raters for each exercise, the same for all; each applicant's form is four rows."""
    rng = random.Random(seed)
    ability = {applicant: 1.5 + 3 * (place % 8) / 7 for place, applicant in enumerate(APPLICANTS)}
    half = {applicant: (-1) ** (place // 8) for place, applicant in enumerate(APPLICANTS)}
    return [
        Rating(applicant, exercise, criterion, f"{exercise[0].upper()}{number}", on_scale(level))
        for exercise in EXERCISES
        for number in (1, 2, 3)
        for applicant in APPLICANTS
        for criterion in CRITERIA
        for level in (ability[applicant] + half[applicant] * STRENGTH[criterion] + rng.gauss(0, 0.35),)
    ]


def on_scale(level: float) -> Fraction:
    return Fraction(min(5, max(1, round(level))))


def found(ratings: list[Rating], **known: object) -> set[str]:
    return {finding.check for finding in findings(frame(), ratings, **known)}  # type: ignore[arg-type]


def changed(ratings: list[Rating], rater: str, change: Callable[[int, Rating], Rating]) -> list[Rating]:
    """One rater's ratings of their exercise changed, each told its place in their column."""
    own = iter(range(len(ratings)))
    return [change(next(own), each) if each.assessor == rater else each for each in ratings]


def exchanged(
    ratings: list[Rating], rater: str, swap: Callable[[Rating], tuple[str, str, str]]
) -> list[Rating]:
    """One rater's numbers moved to other cells of their own."""
    of = {
        (each.applicant, each.exercise, each.criterion): each.rating
        for each in ratings
        if each.assessor == rater
    }
    return changed(ratings, rater, lambda _, each: replace(each, rating=of[swap(each)]))


def constant(ratings: list[Rating]) -> list[Rating]:
    return changed(ratings, "I1", lambda _, each: replace(each, rating=Fraction(3)))


def row_numbers(ratings: list[Rating]) -> list[Rating]:
    return changed(ratings, "I1", lambda place, each: replace(each, rating=Fraction(place % 4 + 1)))


def upside_down(ratings: list[Rating]) -> list[Rating]:
    return changed(ratings, "I1", lambda _, each: replace(each, rating=6 - each.rating))


def in_order(ratings: list[Rating]) -> list[Rating]:
    column = iter(sorted(each.rating for each in ratings if each.assessor == "I1"))
    return changed(ratings, "I1", lambda _, each: replace(each, rating=next(column)))


def two_applicants(ratings: list[Rating]) -> list[Rating]:
    other = {"A01": "A08", "A08": "A01"}
    return exchanged(
        ratings, "I1", lambda each: (other.get(each.applicant, each.applicant), each.exercise, each.criterion)
    )


def shifted(ratings: list[Rating]) -> list[Rating]:
    before = dict(zip(APPLICANTS[1:], APPLICANTS, strict=False))
    return exchanged(
        ratings,
        "I1",
        lambda each: (before.get(each.applicant, each.applicant), each.exercise, each.criterion),
    )


def two_criteria(ratings: list[Rating]) -> list[Rating]:
    other = {"empathy": "analysis", "analysis": "empathy"}
    return exchanged(
        ratings, "I1", lambda each: (each.applicant, each.exercise, other.get(each.criterion, each.criterion))
    )


SLIPS: tuple[tuple[Slip, str], ...] = (
    (constant, "constant_column"),
    (row_numbers, "row_numbers"),
    (upside_down, "upside_down"),
    (in_order, "sorted_column"),
    (two_applicants, "two_applicants_exchanged"),
    (shifted, "shifted_rows"),
    (two_criteria, "criteria_exchanged"),
)


@pytest.mark.parametrize(("slip", "check"), SLIPS, ids=[check for _, check in SLIPS])
def test_slip_is_found_by_its_check(slip: Slip, check: str) -> None:
    assert check in found(slip(made_up()))


@pytest.mark.parametrize("seed", range(1, 21))
def test_ratings_without_a_slip_raise_nothing(seed: int) -> None:
    assert found(made_up(seed)) == set()


@pytest.mark.parametrize("level", [1, 3, 5])
def test_ratings_that_are_all_alike_raise_nothing(level: int) -> None:
    """Where everybody gives the same, nobody stands out."""
    assert found([replace(each, rating=Fraction(level)) for each in made_up()]) == set()


def test_no_ratings_raise_nothing() -> None:
    assert found([]) == set()


def test_rating_by_somebody_kept_apart_is_found() -> None:
    assert found(made_up(), apart={("A05", "I2")}) == {"kept_apart"}


def test_ratings_of_somebody_who_did_not_come_are_found() -> None:
    attendance = dict.fromkeys(APPLICANTS, Attendance.ATTENDED) | {"A05": Attendance.DID_NOT_ATTEND}
    assert found(made_up(), attendance=attendance) == {"rated_but_absent"}


def test_form_under_another_applicant_is_found() -> None:
    astray = [
        replace(each, applicant="A06", assessor="I4")
        if (each.applicant, each.assessor) == ("A05", "I1")
        else each
        for each in made_up()
    ]
    assert "rating_of_another" in found(astray)


def test_column_copied_word_for_word_is_found() -> None:
    ratings = made_up()
    first = {(r.applicant, r.exercise, r.criterion): r.rating for r in ratings if r.assessor == "I1"}
    copied = changed(
        ratings,
        "I2",
        lambda _, each: replace(each, rating=first[each.applicant, each.exercise, each.criterion]),
    )
    evidence = [
        f"{each.applicant}{each.criterion}" + ("" if each.assessor in ("I1", "I2") else each.assessor)
        for each in copied
    ]
    assert "copied_column" in found(copied, evidence=evidence)


def test_form_copied_word_for_word_is_found() -> None:
    ratings = made_up()
    own = {r.criterion: r.rating for r in ratings if (r.assessor, r.applicant) == ("I1", "A05")}
    copied = [
        replace(each, rating=own[each.criterion])
        if (each.assessor, each.applicant) == ("I1", "A06")
        else each
        for each in ratings
    ]
    evidence = [
        each.assessor
        + each.criterion
        + ("A05" if (each.assessor, each.applicant) == ("I1", "A06") else each.applicant)
        for each in copied
    ]
    assert "copied_form" in found(copied, evidence=evidence)


def findings_of(slip: Slip) -> tuple[Finding, ...]:
    return findings(frame(), slip(made_up()))


def test_held_finding_passes_once_it_is_confirmed_by_its_name() -> None:
    held = findings_of(constant)
    names = frozenset(finding.name for finding in held)
    assert "constant_column:I1:interview" in names
    assert (unresolved(held, frozenset()) != (), unresolved(held, names)) == (True, ())


def test_refused_finding_cannot_be_confirmed() -> None:
    refused = findings_of(row_numbers)
    names = frozenset(finding.name for finding in refused)
    assert [finding.check for finding in unresolved(refused, names)] == ["row_numbers"]


def test_confirmed_name_without_a_finding_is_told() -> None:
    assert unknown_names(findings_of(constant), {"constant_column:I9:interview"}) == (
        "constant_column:I9:interview",
    )


def test_names_begin_with_their_check_and_no_two_checks_share_a_key() -> None:
    keys = [check.key for check in CHECKS]
    assert len(set(keys)) == len(keys)
    for slip, _ in SLIPS:
        assert all(finding.name.startswith(f"{finding.check}:") for finding in findings_of(slip))
