"""Who gets which letter, and what stands in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.campaign import Campaign
from api.exports.documents import Document, Kind, documents_of, html_of
from api.exports.letters import OfferLetter, RegretLetter, ReserveLetter, letters_of, without_letter
from assessment.councils import Choices, Places
from assessment.ranking import Appointable, OrderOfMerit
from scheduler.timetable import timetable_of
from tests.api.exports.page_text import text_of
from tests.api.exports.tiny_campaign import CHOICES, Outcomes, tiny_campaign, tiny_outcomes

TIME = "48 hours (two working days)"


def letter_texts(outcomes: Outcomes, campaign: Campaign | None = None) -> dict[str, str]:
    campaign = campaign or tiny_campaign()
    documents = documents_of(campaign, timetable_of(()), outcomes.order, outcomes.allocation)
    letters: list[Document] = [each for each in documents if each.kind is Kind.LETTER]
    return {each.subject: text_of(html_of(each, campaign)) for each in letters}


def test_letters_follow_the_allocation() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    assert letters_of(campaign, outcomes.order, outcomes.allocation) == (
        OfferLetter("A1", "Anwen Ashby", "Somerset", "Bristol", "first choice", (), TIME),
        OfferLetter("A2", "Bilal Birch", "Somerset", "Devon", "second choice", (), TIME),
        ReserveLetter("A3", "Chidi Cole", "Somerset", 1, ("Bristol", "Devon"), TIME),
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
        "A3", "Chidi Cole", "Somerset", met_standard=True, councils=("Somerset",)
    )
    text = letter_texts(outcomes, campaign)["A3"]
    assert "You met the standard, and we are sorry that there is no place for you this time." in text
    assert "a council that you listed (Somerset), and it has no place that could be offered to you." in text


def test_higher_choice_is_only_held_out_where_there_are_places() -> None:
    campaign = replace(tiny_campaign(), places=Places({"SOM": 1, "DEV": 1, "BRI": 1}, "SOM"))
    campaign = replace(campaign, choices=Choices({**CHOICES, "A1": ("SOM",)}))
    outcomes = tiny_outcomes(campaign)
    letters = {each.reference: each for each in letters_of(campaign, outcomes.order, outcomes.allocation)}
    assert letters["A2"] == OfferLetter(
        "A2", "Bilal Birch", "Somerset", "Devon", "second choice", ("Somerset",), TIME
    )


def test_reserve_letter_names_only_councils_that_have_the_applicant_on_their_list() -> None:
    campaign = replace(tiny_campaign(), council_lists={"BRI": ("A1", "A3"), "DEV": ("A2",)})
    outcomes = tiny_outcomes(campaign)
    allocation = replace(outcomes.allocation, rule="council_lists")
    letters = {each.reference: each for each in letters_of(campaign, outcomes.order, allocation)}
    assert letters["A3"] == ReserveLetter("A3", "Chidi Cole", "Somerset", 1, ("Bristol",), TIME)


def test_shared_position_on_the_reserve_list_is_said() -> None:
    campaign = tiny_campaign()
    outcomes = tiny_outcomes(campaign)
    third = outcomes.allocation.lines[2]
    lines = (*outcomes.allocation.lines[:2], third, replace(third, applicant="A1"))
    letters = letters_of(campaign, outcomes.order, replace(outcomes.allocation, lines=lines))
    assert [each.shared for each in letters if isinstance(each, ReserveLetter)] == [True, True]


@pytest.mark.parametrize(
    ("hours", "said"),
    [("24", "24 hours (one working day)"), ("48", TIME), ("36", "36 hours"), ("1", "1 hour")],
)
def test_time_to_answer_is_said_in_whole_days_where_it_is_some(hours: str, said: str) -> None:
    campaign = tiny_campaign(offer_hours=hours)
    outcomes = tiny_outcomes(campaign)
    letters = letters_of(campaign, outcomes.order, outcomes.allocation)
    assert [each.hours for each in letters if isinstance(each, OfferLetter)] == [said, said]


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
    assert "You are offered a training place with Bristol, your first choice." in texts["A1"]
    assert "You are offered a training place with Devon, which was your second choice." in texts["A2"]
    assert (
        "Please answer within 48 hours (two working days) of the time this letter was sent. "
        "Saturdays, Sundays and bank holidays do not count." in texts["A1"]
    )
    assert "If you accept, Bristol will write to you about what happens next." in texts["A1"]


def test_offer_letter_offers_a_move_only_where_one_could_come() -> None:
    campaign = replace(tiny_campaign(), places=Places({"SOM": 1, "DEV": 1, "BRI": 1}, "SOM"))
    campaign = replace(campaign, choices=Choices({**CHOICES, "A1": ("SOM",)}))
    found = {
        who: "be moved if a place comes free with a council you put higher on your list (Somerset)" in text
        for who, text in letter_texts(tiny_outcomes(campaign), campaign).items()
    }
    assert found == {"A1": False, "A2": True, "A3": False}


def test_reserve_letter_says_the_position() -> None:
    text = letter_texts(tiny_outcomes(tiny_campaign()))["A3"]
    assert "You are number 1 on the reserve list." in text
    assert "A place may yet come free with Bristol or Devon." in text


def test_letters_name_no_other_applicant() -> None:
    texts = letter_texts(tiny_outcomes(tiny_campaign()))
    names = {"A1": "Anwen Ashby", "A2": "Bilal Birch", "A3": "Chidi Cole", "A4": "Dina Dale"}
    found = {who: [n for ref, n in names.items() if ref != who and n in text] for who, text in texts.items()}
    assert found == {"A1": [], "A2": [], "A3": []}
