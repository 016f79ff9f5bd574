"""The tie-break: each step of the chain, and the lot against the `openssl` command."""

from __future__ import annotations

import subprocess
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessment.framework import Framework
from assessment.scoring import score_sheet
from assessment.tie_break import Standing, lot_number, lot_order, separated
from tests.assessment.builders import WEIGHTS, framework, ratings

# Worked out with: printf %s A01 | openssl dgst -sha256 -hmac autumn
LOT_BY_APPLICANT = {
    "A01": "c080e5d074a4e2127786c8a632fe98b02f4343c101ae7f138970eff815e1a478",
    "A02": "a3c7e6ac91a65fa68c949fdf33a53f357b6a84a65b5f880eeb79d6c569783c5a",
    "A03": "6796a0f5d0ca31991d4dadc52c7b6fbe04eab6cd1b65af727e098235dbaeeda2",
    "A04": "4bb1a355b2c3dc2dd65070030d4f46d9ca9d925cf0244dc42ecf4a7ef0cdff5d",
}


def order_of(frame: Framework, cells_by_applicant: dict[str, list[str]]) -> list[Standing]:
    given_ratings = [
        rating
        for applicant, cells in cells_by_applicant.items()
        for rating in ratings(applicant, cells, frame.weights)
    ]
    sheet = score_sheet(frame, list(cells_by_applicant), given_ratings, [])
    assert len(set(sheet.overall.values())) == 1  # else there is no tie to break
    return separated(frame, sheet, list(cells_by_applicant))


def test_first_exercise_separates_and_is_named_for_both() -> None:
    # 3 x 4 + 2 x 3 + 2 x 3 + 3 = 27 and 3 x 3 + 2 x 3 + 2 x 4 + 4 = 27
    assert order_of(
        framework(), {"A01": ["3 3", "3 3", "4 4", "4 4"], "A02": ["4 4", "3 3", "3 3", "3 3"]}
    ) == [
        Standing(("A02",), "interview"),
        Standing(("A01",), "interview"),
    ]


def test_interview_is_compared_by_its_weighted_mean() -> None:
    # Both interviews have a plain mean of 3.5; weighted, A01 has 18 / 5 and A02 has 17 / 5.
    assert order_of(
        framework(), {"A01": ["4 4", "3 3", "3 3", "3 3"], "A02": ["3 3", "4 4", "3 3", "4 4"]}
    ) == [
        Standing(("A01",), "interview"),
        Standing(("A02",), "interview"),
    ]


def test_second_exercise_separates_those_the_first_leaves_level() -> None:
    tied = {
        "A01": ["3 3", "3 3", "3 3", "5 5"],
        "A02": ["3 3", "3 3", "4 4", "3 3"],
        "A03": ["4 4", "3 3", "2 3", "3 3"],
    }
    # A03: 12 + 6 + 5 + 3 = 26, as the others: 9 + 6 + 6 + 5 and 9 + 6 + 8 + 3
    assert order_of(framework(), tied) == [
        Standing(("A03",), "interview"),
        Standing(("A02",), "service_users"),
        Standing(("A01",), "service_users"),
    ]


def test_third_exercise_separates_those_the_second_leaves_level() -> None:
    weights = WEIGHTS | {("presentation", "analysis"): Fraction(1)}
    tied = {"A01": ["3 3", "3 3", "3 3", "3 3", "4 4"], "A02": ["3 3", "3 3", "3 3", "4 4", "3 3"]}
    assert order_of(framework(weights=weights), tied) == [
        Standing(("A02",), "written"),
        Standing(("A01",), "written"),
    ]


def test_exercise_of_weight_zero_is_compared_by_its_plain_mean() -> None:
    frame = framework(weights=WEIGHTS | {("written", "analysis"): Fraction(0)}, tie_break=("written",))
    assert order_of(frame, {"A01": ["3 3", "3 3", "3 3", "3 3"], "A02": ["3 3", "3 3", "3 3", "3 4"]}) == [
        Standing(("A02",), "written"),
        Standing(("A01",), "written"),
    ]


def test_exercise_that_the_matrix_does_not_rate_is_passed_over() -> None:
    frame = framework(tie_break=("role_play", "interview"))
    assert order_of(frame, {"A01": ["3 3", "3 3", "4 4", "4 4"], "A02": ["4 4", "3 3", "3 3", "3 3"]}) == [
        Standing(("A02",), "interview"),
        Standing(("A01",), "interview"),
    ]


def test_applicants_level_on_every_exercise_stay_together() -> None:
    alike = ["3 3", "3 3", "3 3", "3 3"]
    assert order_of(framework(), {"A01": alike, "A02": alike}) == [Standing(("A01", "A02"), "")]


def test_somebody_alone_on_a_score_needs_no_tie_break() -> None:
    assert order_of(framework(), {"A01": ["3 3", "3 3", "3 3", "3 3"]}) == [Standing(("A01",), "")]


def test_lot_number_is_the_known_digest() -> None:
    assert {applicant: lot_number("autumn", applicant) for applicant in LOT_BY_APPLICANT} == LOT_BY_APPLICANT


def test_lot_order_has_the_lower_number_first() -> None:
    assert lot_order("autumn", ["A01", "A02", "A03", "A04"]) == ["A04", "A03", "A02", "A01"]


def test_lot_number_is_what_openssl_says() -> None:
    for seed, applicant in (("autumn", "A017"), ("seed of 14 July 2015", "A001"), ("Gwynedd a môr", "Ŵ-1")):
        printed = subprocess.run(
            ["openssl", "dgst", "-sha256", "-hmac", seed],
            input=applicant.encode(),
            capture_output=True,
            check=True,
        ).stdout.decode()
        assert lot_number(seed, applicant) == printed.split("= ")[1].strip()


@given(st.text(min_size=1), st.sets(st.text(min_size=1), max_size=8))
def test_lot_order_does_not_depend_on_the_order_asked(seed: str, applicants: set[str]) -> None:
    there = sorted(applicants)
    assert lot_order(seed, there) == lot_order(seed, there[::-1])
