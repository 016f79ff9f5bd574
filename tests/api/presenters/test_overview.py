"""The answers on the first page say what was counted or proven, and no more."""

from __future__ import annotations

from dataclasses import replace

from api.presenters.overview import (
    Answer,
    BreachLine,
    attention,
    breach_lines,
    came_words,
    letter_remarks,
    outcome_answers,
    timetable_answers,
)
from assessment.allocation.checks import AllocationCheck, AllocationChecks, OffendingPair
from assessment.ratings import Attendance
from scheduler.result import Result, Status, TierOutcome
from scheduler.rules import Breach
from scheduler.timetable import timetable_of
from tests.api.exports.tiny_campaign import tiny_campaign, tiny_outcomes
from tests.builders import tiny_timetable, without_rows

CAME = dict.fromkeys(("A1", "A2", "A3", "A4"), Attendance.ATTENDED)
OPEN = "One case is not settled yet, and may change who is offered a place. Send no letter before it is."
BREACH = Breach("person_is_in_one_place_at_a_time", ("A1",), "S1", None, 10, "A1 is in two rooms.")


def result_of(*outcomes: TierOutcome) -> Result:
    return Result(Status.FEASIBLE, timetable_of(()), outcomes, (), 1.0, 0, 1)


def test_proven_timetable_says_that_no_plan_does_better() -> None:
    result = result_of(TierOutcome("panel_half_days", 3, 3, True), TierOutcome("sessions_held", 3, 3, True))
    assert timetable_answers(tiny_campaign(), tiny_timetable(), result, ()) == (
        Answer("All 4 applicants have a session.", "people.html#applicants"),
        Answer("3 panels are needed and no plan needs fewer.", "#sessions"),
        Answer("3 sessions are held and no plan holds fewer.", "#sessions"),
        Answer("No rule is broken.", ""),
    )


def test_unproven_timetable_says_how_low_a_plan_could_be() -> None:
    result = result_of(TierOutcome("panel_half_days", 3, 2, False))
    answers = timetable_answers(tiny_campaign(), tiny_timetable(), result, ())
    assert [answer.sentence for answer in answers[1:3]] == [
        "3 panels are needed; no plan can need fewer than 2.",
        "3 sessions are held.",
    ]


def test_proof_of_another_number_is_not_claimed() -> None:
    result = result_of(TierOutcome("panel_half_days", 2, 2, True))
    answers = timetable_answers(tiny_campaign(), tiny_timetable(), result, ())
    assert answers[1].sentence == "3 panels are needed."


def test_applicant_without_a_session_and_breaches_are_counted() -> None:
    timetable = without_rows(tiny_timetable(), person="A4")
    answers = timetable_answers(tiny_campaign(), timetable, None, (BREACH, BREACH))
    assert (answers[0], answers[-1]) == (
        Answer("3 of 4 applicants have a session.", "#unplaced"),
        Answer("There are 2 breaches of the rules.", "#breaches"),
    )
    assert timetable_answers(tiny_campaign(), timetable, None, (BREACH,))[-1] == Answer(
        "There is 1 breach of the rules.", "#breaches"
    )


def test_breach_comes_with_its_rule() -> None:
    assert breach_lines([BREACH]) == (
        BreachLine("Nobody is in two activities at once.", "A1 is in two rooms."),
    )


def test_outcome_answers_go_from_who_came_to_who_has_an_offer() -> None:
    campaign = replace(tiny_campaign(), attendance=CAME)
    outcomes = tiny_outcomes(campaign)
    assert outcome_answers(campaign, outcomes.order, outcomes.allocation, outcomes.checks) == (
        Answer("All 4 applicants came.", "people.html#applicants"),
        Answer("3 of them meet the standard. One case is not settled yet.", "merit.html"),
        Answer(
            "2 of 4 places have an offer. "
            "1 of the 2 offers (50 per cent) is for the applicant's first choice.",
            "allocation.html",
        ),
        Answer("The allocation passes all six of its checks.", "allocation.html#checks"),
    )


def test_those_who_came_are_counted() -> None:
    campaign = replace(tiny_campaign(), attendance=CAME)
    order = tiny_outcomes(campaign).order
    assert came_words(campaign, replace(order, lines=order.lines[:3])) == "3 of 4 applicants came."


def test_nobody_is_said_to_have_come_where_nobody_took_it_down() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    fewer = replace(outcomes.order, lines=outcomes.order.lines[:3])
    assert came_words(campaign, fewer) == "3 of 4 applicants have ratings."
    assert letter_remarks(campaign, fewer, outcomes.allocation) == (
        "No letter is written to the applicant who has no ratings.",
    )


def test_nothing_is_said_of_outcomes_before_the_day() -> None:
    assert outcome_answers(tiny_campaign(), None, None, None) == ()
    assert letter_remarks(tiny_campaign(), None, None) == ()
    assert attention(None, None) == ()


def test_failed_check_is_said() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    failed = AllocationCheck(
        "capacity", "No council has more offers than places.", (OffendingPair("A1", "BRI", "Too many."),)
    )
    checks = AllocationChecks("merit", (failed, *outcomes.checks.checks[1:]))
    answers = outcome_answers(campaign, outcomes.order, outcomes.allocation, checks)
    assert answers[-1].sentence == "The allocation fails 1 of its 6 checks."


def test_remarks_say_who_gets_no_letter() -> None:
    campaign = replace(tiny_campaign(), attendance=CAME)
    outcomes = tiny_outcomes(campaign)
    fewer = replace(outcomes.order, lines=outcomes.order.lines[1:])
    assert letter_remarks(campaign, fewer, outcomes.allocation) == (
        "No letter is written to A4 before their case is settled: "
        "ratings are missing, or the panel has still to decide.",
        "No letter is written to the applicant who did not come.",
    )


def test_warnings_of_both_stages_are_for_attention() -> None:
    outcomes = tiny_outcomes(tiny_campaign())
    order = replace(outcomes.order, warnings=("One.",))
    allocation = replace(outcomes.allocation, warnings=("Two.",))
    assert attention(order, allocation) == (OPEN, "One.", "Two.")
    settled = replace(order, lines=order.lines[:3])
    assert attention(settled, allocation) == ("One.", "Two.")
