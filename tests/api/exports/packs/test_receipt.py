"""What a receipt says on paper, to each kind of applicant; and that it says nothing of anybody else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.campaign import Campaign
from api.exports.documents import html_of, receipt_documents
from api.exports.packs.receipt import ChoiceLine, ReceiptPaper, grouped, receipt_lines, receipt_paper
from assessment.allocation.deferred_acceptance import allocate_by_council_lists
from assessment.allocation.merit import allocate_by_merit
from assessment.allocation.problem import AllocationProblem
from assessment.allocation.receipts import Receipts, receipts_of
from assessment.councils import Choices
from assessment.ranking import Appointable, OrderOfMerit
from tests.api.exports.page_text import page_of, text_of
from tests.api.exports.tiny_campaign import APPLICANT_NAMES, CHOICES, PLACES, tiny_campaign
from tests.assessment.builders import order

SECRET = b"sixteen made-up!"
ORDER = order("A1", "A2", "A3", others={"A4": Appointable.UNRANKABLE})


def receipts(campaign: Campaign, merit: OrderOfMerit = ORDER) -> Receipts:
    lists = campaign.council_lists or None
    problem = AllocationProblem(merit, campaign.choices, campaign.places, lists)
    allocate = allocate_by_council_lists if lists else allocate_by_merit
    return receipts_of(problem, allocate(problem), "0" * 64, SECRET)


def paper(applicant: str, campaign: Campaign | None = None, merit: OrderOfMerit = ORDER) -> ReceiptPaper:
    found = campaign or tiny_campaign()
    made = receipts(found, merit)
    return receipt_paper(found, made.statement, made.by_applicant[applicant])


def test_offer_of_a_lower_choice_says_why_and_what_may_yet_come() -> None:
    """Somerset has no places and Devon has one; A2 takes it. Bristol's one went to A1."""
    campaign = replace(tiny_campaign(), choices=Choices({**CHOICES, "A2": ("SOM", "BRI", "DEV", "COR")}))
    assert paper("A2", campaign) == ReceiptPaper(
        reference="A2",
        name="Bilal Birch",
        lead_council="Somerset",
        decision="You are offered a place with Devon, your third choice.",
        by_lists=False,
        settled=True,
        lines=(
            ChoiceLine("First", "Somerset", "0", "none", "2", "It has no places."),
            ChoiceLine(
                "Second",
                "Bristol",
                "1",
                "1",
                "2",
                "Its one place went to somebody higher in the order of merit.",
            ),
            ChoiceLine("Third", "Devon", "1", "2", "2", "Your place."),
            ChoiceLine("Fourth", "Cornwall", "2", "still free", "2", "Not needed: a higher choice is yours."),
        ),
        prospect="A place that comes free at Bristol may yet be offered to you, if you accept your offer and "
        "ask to be moved up.",
        fingerprint=grouped(receipts(campaign).statement.sha256),
    )


def test_reserve_says_where_a_place_may_come_free() -> None:
    found = paper("A3")
    assert (found.decision, found.prospect) == (
        "There is no place for you now. You are number 1 on the reserve list.",
        "A place that comes free at Bristol or Devon may yet be offered to you.",
    )


def test_by_council_lists_positions_on_the_councils_own_lists_are_told() -> None:
    campaign = replace(tiny_campaign(), council_lists={"BRI": ("A3", "A1"), "DEV": ("A2",)})
    assert paper("A1", campaign).lines == (
        ChoiceLine("First", "Bristol", "1", "1", "2", "Its one place went to somebody higher on its list."),
        ChoiceLine("Second", "Somerset", "0", "none", "not on list", "It has no places."),
    )
    assert paper("A3", campaign).lines[1] == ChoiceLine(
        "Second", "Devon", "1", "1", "not on list", "Not needed: a higher choice is yours."
    )
    wanted_nowhere = replace(campaign, choices=Choices({**CHOICES, "A1": ("DEV",)}))
    found = paper("A1", wanted_nowhere)
    assert (found.decision, found.prospect, found.lines) == (
        "You met the standard, and there is no place that could be offered to you.",
        "",
        (ChoiceLine("First", "Devon", "1", "1", "not on list", "It did not put you on its list."),),
    )


@pytest.mark.parametrize(
    ("appointable", "decision", "settled"),
    [
        (
            Appointable.NO,
            "You are not among those who can be offered a place. Our letter says why.",
            True,
        ),
        (
            Appointable.UNRANKABLE,
            "Ratings of yours are missing, so you have no place in the order of merit yet.",
            False,
        ),
        (
            Appointable.PANEL_DISCUSSION,
            "Your result is not settled yet: a named person has still to decide.",
            False,
        ),
    ],
)
def test_those_without_a_rank_are_told_so_and_no_more(
    appointable: Appointable, decision: str, settled: bool
) -> None:
    found = paper("A4", merit=order("A1", "A2", "A3", others={"A4": appointable}))
    assert (found.decision, found.settled, found.lines, found.prospect) == (decision, settled, (), "")


def test_lines_for_a_terminal_hold_the_numbers() -> None:
    campaign = tiny_campaign()
    made = receipts(campaign)
    said = [receipt_lines(campaign, made.statement, each) for each in made.by_applicant.values()]
    assert [lines[0] for lines in said] == [
        "A1, rank 1: offer, Bristol (first choice).",
        "A2, rank 2: offer, Devon (second choice).",
        "A3, rank 3: reserve list, number 1.",
        "A4, without a rank: unrankable.",
    ]
    assert said[2][1:] == [
        "  First choice, Bristol: Its one place went to somebody higher in the order of merit. (1 place, "
        "the last to number 1; own number 3)",
        "  Second choice, Devon: Its one place went to somebody higher in the order of merit. (1 place, "
        "the last to number 2; own number 3)",
    ]


def test_papers_are_well_formed_and_name_nobody_else() -> None:
    campaign = tiny_campaign()
    documents = receipt_documents(campaign, [paper(applicant) for applicant in APPLICANT_NAMES])
    assert [document.stem for document in documents] == [f"receipts/{each}" for each in APPLICANT_NAMES]
    for document in documents:
        html = html_of(document, campaign)
        page = page_of(html)
        assert (page.faults, page.links, page.headings) == ([], [], ["How your result came about"])
        text = text_of(html)
        assert [each for each, name in APPLICANT_NAMES.items() if name in text or each in text.split()] == [
            document.subject
        ]


def test_paper_of_somebody_with_every_choice_open_to_them_tells_their_place() -> None:
    assert paper("A1").lines[0] == ChoiceLine("First", "Bristol", "1", "1", "1", "Your place.")
    assert PLACES["BRI"] == 1


def test_fingerprint_is_in_groups_of_four() -> None:
    assert grouped("0123456789") == "0123 4567 89"
