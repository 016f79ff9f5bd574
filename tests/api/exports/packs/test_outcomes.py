"""The order of merit and the allocation as papers."""

from __future__ import annotations

from dataclasses import replace

from api.exports.packs.outcomes import (
    CouncilSheet,
    MeritSheetLine,
    OutcomeLine,
    TraineeLine,
    council_sheet,
    merit_sheet,
    overall_allocation,
)
from assessment.councils import Places
from tests.api.exports.tiny_campaign import APPLICANT_NAMES, tiny_campaign, tiny_outcomes

WHY_4 = "Overall 4.00 of 5 is 80 %; the standard of 60 % is met and no floor is broken."
WHY_5 = "Overall 5.00 of 5 is 100 %; the standard of 60 % is met and no floor is broken."


def test_merit_sheet_is_by_reference_with_what_broke_each_tie() -> None:
    campaign = tiny_campaign()
    order = tiny_outcomes(campaign).order
    sheet = merit_sheet(campaign, order)
    assert (sheet.places, sheet.ranked) == (4, 3)
    assert sheet.lines == (
        MeritSheetLine("1", "A1", "5.00", "100.00", "Yes", WHY_5, "", False),
        MeritSheetLine("2", "A2", "4.00", "80.00", "Yes", WHY_4, "Lot", False),
        MeritSheetLine("3", "A3", "4.00", "80.00", "Yes", WHY_4, "Lot", False),
        MeritSheetLine("", "A4", "", "", "Ratings missing", order.lines[3].why, "", False),
    )
    assert [name for name in APPLICANT_NAMES.values() if name in repr(sheet)] == []


def test_cut_line_follows_the_last_place() -> None:
    campaign = replace(tiny_campaign(), places=Places({"SOM": 1, "BRI": 1}, "SOM"))
    sheet = merit_sheet(campaign, tiny_outcomes(campaign).order)
    assert [line.reference for line in sheet.lines if line.below_cut] == ["A3"]


def test_cut_line_is_not_drawn_where_places_outnumber_the_ranked() -> None:
    campaign = replace(tiny_campaign(), places=Places({"SOM": 2, "BRI": 1}, "SOM"))
    sheet = merit_sheet(campaign, tiny_outcomes(campaign).order)
    assert [line.reference for line in sheet.lines if line.below_cut] == []


def test_council_sheet_holds_its_own_trainees() -> None:
    campaign = tiny_campaign()
    allocation = tiny_outcomes(campaign).allocation
    assert council_sheet(campaign, allocation, "DEV") == CouncilSheet(
        "DEV", "Devon", 1, (TraineeLine("A2", "Bilal Birch", False),)
    )
    empty = council_sheet(campaign, allocation, "COR")
    assert (empty, empty.unfilled) == (CouncilSheet("COR", "Cornwall", 2, ()), 2)


def test_overall_allocation_holds_every_outcome() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    overall = overall_allocation(campaign, outcomes.allocation)
    whys = [line.why for line in outcomes.allocation.lines]
    assert (overall.places, overall.offers, overall.first_choices) == (4, 2, 1)
    assert overall.lines == (
        OutcomeLine("A1", "Anwen Ashby", "Offer", "Bristol", "1", "", whys[0]),
        OutcomeLine("A2", "Bilal Birch", "Offer", "Devon", "2", "", whys[1]),
        OutcomeLine("A3", "Chidi Cole", "Reserve list", "", "", "1", whys[2]),
        OutcomeLine("A4", "Dina Dale", "Not ranked", "", "", "", whys[3]),
    )
