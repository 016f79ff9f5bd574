"""The order of merit and the allocation as papers."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from api.exports.packs.outcomes import (
    CouncilSheet,
    MeritSheetLine,
    OutcomeLine,
    TraineeLine,
    council_sheet,
    merit_sheet,
    overall_allocation,
    tie_break_order,
    why_words,
)
from assessment.councils import Places
from assessment.ranking import Appointable, OrderOfMerit
from tests.api.exports.tiny_campaign import APPLICANT_NAMES, tiny_campaign, tiny_outcomes

WHY_4 = "Overall 4.00 of 5 is 80 %; the standard of 60 % is met and no floor is broken."
WHY_NOT = "Ratings are missing: Interview for values (0 of 1)."
WHY_5 = "Overall 5.00 of 5 is 100 %; the standard of 60 % is met and no floor is broken."


def test_merit_sheet_is_by_reference_with_what_broke_each_tie() -> None:
    campaign = tiny_campaign()
    order = tiny_outcomes(campaign).order
    sheet = merit_sheet(campaign, order)
    assert (sheet.places, sheet.ranked, sheet.score_max) == (4, 3, "5")
    assert sheet.lines == (
        MeritSheetLine("1", "A1", "5.00", "100.00", "Yes", WHY_5, "", False),
        MeritSheetLine("2", "A2", "4.00", "80.00", "Yes", WHY_4, "Lot", False),
        MeritSheetLine("3", "A3", "4.00", "80.00", "Yes", WHY_4, "Lot", False),
        MeritSheetLine("", "A4", "", "", "Ratings missing", WHY_NOT, "", False),
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
    overall = overall_allocation(campaign, outcomes.order, outcomes.allocation)
    assert (overall.places, overall.offers, overall.first_choices) == (4, 2, 1)
    assert overall.lines == (
        OutcomeLine(
            "A1", "Anwen Ashby", "Offer", "Bristol", "1", "", "Rank 1. Offered the first choice, Bristol."
        ),
        OutcomeLine(
            "A2",
            "Bilal Birch",
            "Offer",
            "Devon",
            "2",
            "",
            "Rank 2. The first choice, Somerset, has no places. Offered the second choice, Devon.",
        ),
        OutcomeLine(
            "A3",
            "Chidi Cole",
            "Reserve list",
            "",
            "",
            "1",
            "Rank 3. The first choice, Bristol, filled its last place at rank 1. "
            "The second choice, Devon, filled its last place at rank 2. On the reserve list.",
        ),
        OutcomeLine("A4", "Dina Dale", "Not ranked", "", "", "", WHY_NOT),
    )


def test_whoever_waits_for_a_decision_is_not_called_without_a_place() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    waiting = [
        replace(line, appointable=Appointable.PANEL_DISCUSSION) if line.applicant == "A3" else line
        for line in outcomes.order.lines
    ]
    overall = overall_allocation(campaign, OrderOfMerit(tuple(waiting)), outcomes.allocation)
    assert [line.outcome for line in overall.lines] == [
        "Offer",
        "Offer",
        "Waits for a decision",
        "Not ranked",
    ]


def test_reasons_name_each_exercise_once_and_every_council() -> None:
    campaign = tiny_campaign({"criteria": {"values": "Values, ethics", "writing": "Writing"}})
    weights = {(e, c): Fraction(1) for e in ("interview", "written") for c in ("values", "writing")}
    campaign = replace(campaign, framework=replace(campaign.framework, weights=weights))
    assert why_words(
        campaign,
        "There are three: interview / values 2.67, interview / writing 2.00, written / writing 1.50. So 2.",
    ) == (
        "There are three: Interview for Values, ethics 2.67; Writing 2.00; "
        "Written exercise for Writing 1.50. So 2."
    )


def test_reasons_change_no_word_that_only_looks_like_a_reference() -> None:
    campaign = tiny_campaign({"councils": {"Rank": "Somerset", "12": "Devon"}})
    campaign = replace(campaign, places=Places({"Rank": 1, "12": 1}, "Rank"))
    why = "Rank 12. The first choice, 12, filled its last place at rank 12. Offered choice 12, Rank."
    assert why_words(campaign, why) == (
        "Rank 12. The first choice, Devon, filled its last place at rank 12. Offered choice 12, Somerset."
    )


def test_chain_of_tie_breaks_is_read_as_a_sentence() -> None:
    campaign = tiny_campaign(tie_break="interview; written ;lot")
    assert tie_break_order(campaign) == ("Interview", "Written exercise", "by lot")
    assert tie_break_order(tiny_campaign(tie_break="panel")) == ("by the panel's decision",)
