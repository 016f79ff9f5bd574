"""The order of merit and the allocation as pages."""

from __future__ import annotations

import pytest

from api.presenters.outcomes import (
    CheckLine,
    allocation_view,
    filled_words,
    first_choice_words,
    merit_view,
)
from assessment.allocation.checks import AllocationCheck, AllocationChecks, OffendingPair
from tests.api.exports.tiny_campaign import tiny_campaign, tiny_outcomes


def test_merit_view_has_each_outcome_beside_the_reference() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    assert [
        (v.line.reference, v.outcome) for v in merit_view(campaign, outcomes.order, outcomes.allocation)
    ] == [
        ("A1", "Offer, Bristol"),
        ("A2", "Offer, Devon"),
        ("A3", "Reserve list, 1"),
        ("A4", "Not ranked"),
    ]
    assert [view.outcome for view in merit_view(campaign, outcomes.order, None)] == [""] * 4


def test_allocation_view_counts_places_offers_and_first_choices() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    view = allocation_view(campaign, outcomes.order, outcomes.allocation, outcomes.checks)
    assert (view.places, view.offers, view.filled, view.first_choices) == (
        4,
        2,
        "2 of 4 places have an offer.",
        "1 of the 2 offers (50 per cent) is for the applicant's first choice.",
    )
    assert [(s.council, len(s.trainees), s.unfilled) for s in view.councils] == [
        ("Somerset", 0, 0),
        ("Devon", 1, 0),
        ("Bristol", 1, 0),
        ("Cornwall", 0, 2),
    ]
    assert [line.reference for line in view.others] == ["A3", "A4"]
    assert [check.kept for check in view.checks] == [True] * 6


def test_places_chart_draws_every_place_to_one_scale() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    bars = allocation_view(campaign, outcomes.order, outcomes.allocation, None).chart.bars
    assert [(bar.first_width, bar.other_width, bar.free_width) for bar in bars] == [
        (0.0, 0.0, 0.0),
        (0.0, 120.0, 0.0),
        (120.0, 0.0, 0.0),
        (0.0, 0.0, 240.0),
    ]


def test_check_that_is_not_kept_shows_who_breaks_it() -> None:
    campaign = tiny_campaign()
    broken = AllocationCheck("capacity", "No council is over.", (OffendingPair("A1", "BRI", "BRI is over."),))
    outcomes = tiny_outcomes(campaign)
    checks = AllocationChecks("merit", (broken,))
    view = allocation_view(campaign, outcomes.order, outcomes.allocation, checks)
    assert view.checks == (CheckLine("No council is over.", False, ("BRI is over.",)),)


@pytest.mark.parametrize(
    ("offers", "places", "said"),
    [
        (26, 26, "All 26 places have an offer."),
        (25, 26, "25 of 26 places have an offer."),
        (1, 2, "1 of 2 places has an offer."),
        (1, 1, "1 of 1 place has an offer."),
        (0, 4, "0 of 4 places have an offer."),
    ],
)
def test_places_with_an_offer_are_counted_in_a_sentence(offers: int, places: int, said: str) -> None:
    assert filled_words(offers, places) == said


@pytest.mark.parametrize(
    ("first", "offers", "said"),
    [
        (22, 26, "22 of the 26 offers (85 per cent) are for the applicant's first choice."),
        (4, 4, "All 4 offers are for the applicant's first choice."),
        (1, 1, "It is for the applicant's first choice."),
        (0, 1, "It is not for the applicant's first choice."),
        (0, 0, ""),
    ],
)
def test_first_choices_are_counted_in_a_sentence(first: int, offers: int, said: str) -> None:
    assert first_choice_words(first, offers) == said
