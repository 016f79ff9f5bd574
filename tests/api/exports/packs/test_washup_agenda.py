"""The panels' paper: what is to be agreed, panel by panel, without a rater, a rank or an offer."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from api.exports.packs.washup_agenda import (
    DiscrepancyLine,
    PanelSheet,
    WashupAgendaSheet,
    agenda_answers,
    washup_agenda_sheet,
)
from api.services.prepare_washup import prepare_washup
from api.templating import render
from assessment.ratings import AgreedRating
from tests.api.campaigns import sound_campaign
from tests.api.exports.page_text import page_of


def test_sheet_of_each_panel_has_its_open_discrepancies() -> None:
    assert washup_agenda_sheet(prepare_washup(sound_campaign())) == WashupAgendaSheet(
        answers=(
            "1 discrepancy has to be discussed by 1 panel; the widest is 2 apart.",
            "1 discrepancy is settled.",
            "Ratings of one thing that are 2 or more apart are discussed.",
        ),
        scale="1 to 5",
        panels=(
            PanelSheet(
                "2",
                "Applicant A1, 1 rating to agree.",
                (
                    DiscrepancyLine(
                        "2", "A1", "Service-user round", "Values and ethics", "3, 5", "2", "", waits=False
                    ),
                ),
            ),
        ),
        settled=(
            DiscrepancyLine("1", "A2", "Interview", "Values and ethics", "2, 5", "3", "3.5", waits=False),
        ),
    )


def test_paper_names_no_rater_and_nobody() -> None:
    washup = prepare_washup(sound_campaign())
    text = page_of(_html(washup_agenda_sheet(washup))).text
    unwanted = ("P1", "P2", "P3", "U1", "U2", "Dil", "Eve", "Hal", "Isa", "Ada", "Bram", "rank", "offer")
    assert [word for word in unwanted if word in text.split()] == []
    assert page_of(_html(washup_agenda_sheet(washup))).faults == []


def test_cell_that_is_still_to_be_rated_waits_and_shows_no_rating() -> None:
    campaign = sound_campaign()
    frame = replace(campaign.framework, raters_min=3)
    sheet = washup_agenda_sheet(prepare_washup(replace(campaign, framework=frame)))
    (line,) = (line for panel in sheet.panels for line in panel.lines)
    assert (line.waits, line.ratings, line.spread) == (True, "", "")
    assert "Wait: not everybody has rated yet." in page_of(_html(sheet)).text


def test_nothing_to_discuss_is_said_first() -> None:
    campaign = sound_campaign()
    settled = AgreedRating("A1", "service_users", "values", Fraction(4), "read again")
    washup = prepare_washup(replace(campaign, agreed=(*campaign.agreed, settled)))
    assert agenda_answers(washup)[:2] == (
        "No discrepancy has to be discussed.",
        "2 discrepancies are settled.",
    )
    assert washup_agenda_sheet(washup).panels == ()


def _html(sheet: WashupAgendaSheet) -> str:
    return render("documents/washup.html", title="Wash-up", campaign_name="Made up", pack=sheet, styles="")
