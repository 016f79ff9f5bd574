"""The chair's page: whom to call together, what hangs on what, and what to look at again."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from api.exports.packs.washup_agenda import DiscrepancyLine
from api.exports.packs.washup_chair import (
    ChairSheet,
    ChangeLine,
    FlagLine,
    LookLine,
    OwedLine,
    PanelLine,
    StakeLine,
    chair_sheet,
    position_words,
    shortened,
)
from api.services.prepare_washup import prepare_washup
from api.templating import render
from assessment.allocation.result import Outcome
from assessment.ratings import AgreedRating
from assessment.standard import Appointable
from assessment.washup_effect import Position
from tests.api.campaigns import copy_of_sound, sound_campaign
from tests.api.exports.page_text import page_of
from tests.api.services.test_prepare_washup import FLAGS, campaign_at


def test_page_of_the_sound_campaign() -> None:
    sheet = chair_sheet(prepare_washup(sound_campaign()))
    what = DiscrepancyLine("2", "A1", "Service-user round", "Values and ethics", "3, 5", "2", "", waits=False)
    assert sheet == ChairSheet(
        answers=(
            "Nothing is missing: all 6 cells of the matrix are complete for 2 applicants.",
            "1 agreed rating changed no overall score, no rank and no offer.",
        ),
        panels=(PanelLine("1", "P1, P2", "0", "1"), PanelLine("2", "U1, U2", "1", "0")),
        stakes=(
            StakeLine(
                what,
                "ranked 1, offered Somerset",
                "ranked 2, offered Somerset",
                "ranked 1, offered Somerset",
                "nobody's",
            ),
        ),
        look=(),
        changes=(
            ChangeLine(
                "A2",
                "1",
                "3.61",
                "3.61",
                "ranked 2, offered Gloucestershire",
                "ranked 2, offered Gloucestershire",
                "",
            ),
        ),
        flags=(),
        owed=(),
    )


def test_offer_that_hangs_on_a_discrepancy_is_told_to_the_chair() -> None:
    """With one place at Somerset for both, A1 keeps it unless the round is settled at the lowest rating."""
    campaign = sound_campaign()
    choices = replace(campaign.choices, by_applicant=dict.fromkeys(("A1", "A2", "A3"), ("SOM",)))
    places = replace(campaign.places, by_council={"SOM": 1})
    sheet = chair_sheet(prepare_washup(replace(campaign, choices=choices, places=places)))
    assert [(stake.lowest, stake.moved) for stake in sheet.stakes] == [
        ("ranked 2, reserve list", "A2 and A1")
    ]
    assert sheet.answers[2] == ("Offers hang on 1 open discrepancy: see below, and do not tell the panels.")


def test_agreed_ratings_to_look_at_flags_and_what_is_owed_are_listed(tmp_path: Path) -> None:
    campaign = campaign_at(copy_of_sound(tmp_path, {"flags.csv": FLAGS.encode()}))
    ratings = tuple(each for each in campaign.ratings if (each.applicant, each.assessor) != ("A1", "P3"))
    odd = AgreedRating("A1", "interview", "values", Fraction(5), "")
    sheet = chair_sheet(prepare_washup(replace(campaign, ratings=ratings, agreed=(odd,))))
    why = "It needs a reason. The ratings were not far apart. It lies outside the first ratings."
    assert sheet.look == (LookLine("A1", "Interview", "Values and ethics", "3, 4", "5", why),)
    assert sheet.flags == (
        FlagLine("F02", "A2", "Open: a named person has to decide"),
        FlagLine("F01", "A1", "Decided: no concern"),
    )
    assert sheet.owed == (OwedLine("not known", "Written exercise", "1"),)
    html = render(
        "documents/washup_chair.html", title="Wash-up", campaign_name="Made up", pack=sheet, styles=""
    )
    assert (page_of(html).faults, page_of(html).headings) == ([], ["Wash-up: the chair's page"])


@pytest.mark.parametrize(
    ("position", "words"),
    [
        (Position(), "not in the order of merit"),
        (Position(None, None, Appointable.UNRANKABLE, Outcome.UNRANKABLE), "ratings missing"),
        (Position(Fraction(2), None, Appointable.NO, Outcome.NOT_APPOINTABLE), "not appointable"),
        (Position(Fraction(4), None, Appointable.PANEL_DISCUSSION, Outcome.NOT_PLACED), "panel to decide"),
        (Position(Fraction(4), 3, Appointable.YES), "ranked 3"),
        (Position(Fraction(4), 3, Appointable.YES, Outcome.NOT_PLACED), "ranked 3, no place"),
        (Position(Fraction(4), 3, Appointable.YES, Outcome.OFFER, "SOM"), "ranked 3, offered Somerset"),
    ],
)
def test_position_is_told_in_words(position: Position, words: str) -> None:
    assert position_words(sound_campaign(), position) == words


def test_long_lists_are_shortened() -> None:
    assert shortened(["A1", "A2"]) == "A1 and A2"
    assert shortened([f"A{n}" for n in range(1, 5)], most=2) == "A1, A2 and 2 more"
