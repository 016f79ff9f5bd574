"""The closing lines of a stage: plain words, with what is proven and what is not kept apart."""

from __future__ import annotations

import pytest

from api.services.allocate_places import allocate_places
from api.services.rank_applicants import rank_applicants
from api.services.summarise import (
    allocation_lines,
    breach_lines,
    placed_lines,
    ranking_lines,
    rotation_lines,
    schedule_lines,
    tier_line,
)
from scheduler.balance import RotationBalance
from scheduler.result import Result, Status, TierOutcome, Unplaced
from scheduler.rules import Breach
from scheduler.timetable import timetable_of
from tests.api.campaigns import sound_campaign


@pytest.mark.parametrize(
    ("outcome", "line"),
    [
        (
            TierOutcome("panel_half_days", 36, 36, True),
            "36 panels are needed, and no plan needs fewer (panel_half_days 36, proven).",
        ),
        (
            TierOutcome("panel_half_days", 1, 1, True),
            "1 panel is needed, and no plan needs fewer (panel_half_days 1, proven).",
        ),
        (
            TierOutcome("sessions_held", 10, 9, False),
            "10 sessions are held (sessions_held); not proven, no plan has fewer than 9.",
        ),
        (
            TierOutcome("applicant_travel_minutes", 4210, 4210, True),
            "Applicants' travel, one way, in minutes: 4,210, proven the least.",
        ),
        (
            TierOutcome("idle_minutes", 300, 12, False, "proven for this placement"),
            "Applicants' waiting between activities, in minutes: 300, proven for this placement, "
            "no plan is below 12.",
        ),
    ],
)
def test_tier_is_said_with_its_proof_or_its_bound(outcome: TierOutcome, line: str) -> None:
    assert tier_line(outcome) == line


def test_everybody_placed_is_one_sentence() -> None:
    assert placed_lines(106, ()) == ["All applicants have a session: 106 of 106 placed."]


def test_each_applicant_without_a_place_has_a_reason() -> None:
    unplaced = (Unplaced("A7", "no session they can come to"), Unplaced("A8", "A8 is pinned into S01."))
    assert placed_lines(8, unplaced) == [
        "6 of 8 applicants have a session. Without one:",
        "  A7: no session they can come to",
        "  A8 is pinned into S01.",
    ]


def test_applicants_with_the_same_reason_stand_together() -> None:
    unplaced = [Unplaced(a, f"Both sessions that {a} could attend are full.") for a in ("A1", "A2")]
    assert placed_lines(8, [*unplaced, Unplaced("A3", "A3 is pinned into S01.")]) == [
        "5 of 8 applicants have a session. Without one:",
        "  A1, A2: Both sessions that each of them could attend are full.",
        "  A3 is pinned into S01.",
    ]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.INFEASIBLE, "It is proven that no timetable keeps all the rules and pins."),
        (Status.UNKNOWN, "No timetable was found in the time given. There may be one: allow more seconds."),
    ],
)
def test_campaign_without_a_timetable_says_what_is_known(status: Status, said: str) -> None:
    result = Result(status, timetable_of([]), (), (Unplaced("A1", "x"),), 1.0, 0, 1)
    assert schedule_lines(sound_campaign(), result)[-1] == said


@pytest.mark.parametrize(
    ("balances", "lines"),
    [
        ([], []),
        (
            [RotationBalance("S01", 3, 3, 0, 0, 0, 0), RotationBalance("S02", 2, 2, 8, 0, 1, 2)],
            [
                "Rotations: over a session each service user follows each other equally often;"
                " nobody rests two rounds running."
            ],
        ),
        (
            [RotationBalance("S01", 3, 3, 0, 0, 0, 0), RotationBalance("S02", 1, 2, 9, 4, 1, 2)],
            [
                "Rotations: over a session each service user follows each other equally often,"
                " give or take 1; 4 times somebody rests two rounds running."
            ],
        ),
    ],
)
def test_rotations_are_told_in_one_line(balances: list[RotationBalance], lines: list[str]) -> None:
    assert rotation_lines(balances) == lines


def test_breaches_stand_under_their_rule_and_are_counted() -> None:
    one = Breach("pins_are_kept", ("A1",), "S01", None, 1, "A1 must be in S01 but is in S02.")
    other = Breach("room_seats_are_not_exceeded", ("T1",), "S01", None, 2, "T1 holds 3 of 1.")
    assert breach_lines([one, other, one]) == [
        "A pinned person is in the session they must be in, and not in one they must not.",
        "  A1 must be in S01 but is in S02.",
        "  A1 must be in S01 but is in S02.",
        "A room never holds more applicants than it has seats.",
        "  T1 holds 3 of 1.",
        "3 breaches.",
    ]


def test_ranking_and_allocation_of_the_sound_campaign_are_told_in_full() -> None:
    campaign = sound_campaign()
    ranked = rank_applicants(campaign)
    assert ranking_lines(campaign, ranked) == [
        "2 of 3 applicants came, 2 are rated; 2 are appointable and ranked.",
        "Ratings are far apart and the wash-up has not settled them; the mean counts until it does: "
        "A1 service_users / values.",
        "The rules were not frozen before the first session (stepup freeze does it).",
    ]
    assert allocation_lines(campaign, allocate_places(campaign, ranked)) == [
        "2 offers for 4 places:",
        "  Somerset: 1 of 2",
        "  Gloucestershire: 1 of 1",
        "  Swindon: 0 of 1",
        "Every check of the allocation is kept.",
    ]
