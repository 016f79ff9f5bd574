"""The order of merit and the allocation as pages."""

from __future__ import annotations

from api.presenters.outcomes import CheckLine, allocation_view, merit_view
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
    view = allocation_view(campaign, outcomes.allocation, outcomes.checks)
    assert (view.places, view.offers, view.first_choices, view.first_choice_percent) == (4, 2, 1, 50)
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
    bars = allocation_view(campaign, tiny_outcomes(campaign).allocation, None).chart.bars
    assert [(bar.first_width, bar.other_width, bar.free_width) for bar in bars] == [
        (0.0, 0.0, 0.0),
        (0.0, 120.0, 0.0),
        (120.0, 0.0, 0.0),
        (0.0, 0.0, 240.0),
    ]


def test_check_that_is_not_kept_shows_who_breaks_it() -> None:
    campaign = tiny_campaign()
    broken = AllocationCheck("capacity", "No council is over.", (OffendingPair("A1", "BRI", "BRI is over."),))
    view = allocation_view(campaign, tiny_outcomes(campaign).allocation, AllocationChecks("merit", (broken,)))
    assert view.checks == (CheckLine("No council is over.", False, ("BRI is over.",)),)
