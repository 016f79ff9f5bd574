"""Who gets which letter, and what stands in it."""

from __future__ import annotations

from dataclasses import replace

from api.exports.documents import Document, Kind, documents_of, html_of
from api.exports.letters import OfferLetter, RegretLetter, ReserveLetter, letters_of, without_letter
from assessment.councils import Choices
from assessment.ranking import Appointable, OrderOfMerit
from scheduler.timetable import timetable_of
from tests.api.exports.page_text import text_of
from tests.api.exports.tiny_campaign import CHOICES, Outcomes, tiny_campaign, tiny_outcomes


def letter_texts(outcomes: Outcomes) -> dict[str, str]:
    campaign = tiny_campaign()
    documents = documents_of(campaign, timetable_of(()), outcomes.order, outcomes.allocation)
    letters: list[Document] = [each for each in documents if each.kind is Kind.LETTER]
    return {each.subject: text_of(html_of(each, campaign)) for each in letters}


def test_letters_follow_the_allocation() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    assert letters_of(campaign, outcomes.order, outcomes.allocation) == (
        OfferLetter("A1", "Anwen Ashby", "Somerset", "Bristol", "first choice", (), "48 hours"),
        OfferLetter("A2", "Bilal Birch", "Somerset", "Devon", "second choice", ("Somerset",), "48 hours"),
        ReserveLetter("A3", "Chidi Cole", "Somerset", 1, ("Bristol", "Devon"), "48 hours"),
    )


def test_nobody_below_the_standard_is_told_they_met_it() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign, {"A1": 5, "A2": 2, "A3": 4, "A4": 1})
    letters = letters_of(campaign, outcomes.order, outcomes.allocation)
    assert [letter for letter in letters if isinstance(letter, RegretLetter)] == [
        RegretLetter("A2", "Bilal Birch", "Somerset", met_standard=False),
        RegretLetter("A4", "Dina Dale", "Somerset", met_standard=False),
    ]


def test_regret_for_want_of_a_place_says_that_the_standard_was_met() -> None:
    campaign = replace(tiny_campaign(), choices=Choices({**CHOICES, "A3": ("SOM",)}))
    outcomes = tiny_outcomes(campaign)
    assert letters_of(campaign, outcomes.order, outcomes.allocation)[-1] == RegretLetter(
        "A3", "Chidi Cole", "Somerset", met_standard=True
    )


def test_no_letter_goes_to_the_unrankable() -> None:
    outcomes = tiny_outcomes(tiny_campaign())
    assert without_letter(outcomes.order) == ("A4",)


def test_no_letter_goes_out_before_the_panel_has_decided() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    waiting = tuple(
        replace(line, appointable=Appointable.PANEL_DISCUSSION) if line.applicant == "A3" else line
        for line in outcomes.order.lines
    )
    order = OrderOfMerit(waiting)
    assert without_letter(order) == ("A3", "A4")
    assert [letter.reference for letter in letters_of(campaign, order, outcomes.allocation)] == ["A1", "A2"]


def test_offer_letter_says_council_choice_and_time_to_answer() -> None:
    texts = letter_texts(tiny_outcomes(tiny_campaign()))
    assert "You are offered a place with Bristol, your first choice." in texts["A1"]
    assert "You are offered a place with Devon, which was your second choice." in texts["A2"]
    assert (
        "Please answer within 48 hours of the day this letter was sent, counting working days only."
        in texts["A1"]
    )
    assert (
        "be moved if a place comes free" in texts["A1"],
        "be moved if a place comes free" in texts["A2"],
    ) == (
        False,
        True,
    )


def test_reserve_letter_says_the_position() -> None:
    assert "you are number 1 on the reserve list" in letter_texts(tiny_outcomes(tiny_campaign()))["A3"]


def test_letters_name_no_other_applicant() -> None:
    texts = letter_texts(tiny_outcomes(tiny_campaign()))
    names = {"A1": "Anwen Ashby", "A2": "Bilal Birch", "A3": "Chidi Cole", "A4": "Dina Dale"}
    found = {who: [n for ref, n in names.items() if ref != who and n in text] for who, text in texts.items()}
    assert found == {"A1": [], "A2": [], "A3": []}
