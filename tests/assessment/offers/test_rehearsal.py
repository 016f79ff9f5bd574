"""The rehearsal: extremes that can be told beforehand, and that it plays by the rules of the passes."""

from __future__ import annotations

from assessment.offers.book import Market
from assessment.offers.rehearsal import (
    Answering,
    ApplicantRehearsed,
    CouncilRehearsed,
    Rehearsal,
    rehearse,
)
from tests.assessment.offers.markets import market

EVERYBODY_ACCEPTS = Answering(decline=0, upgrade=0, withdraw=0)
EVERYBODY_DECLINES = Answering(decline=1, upgrade=0, withdraw=0)
# A1 to A3 fill SOM, PLY and CON; everybody would rather be in SOM; A4 is waiting.
CHAIN = {"A1": "SOM", "A2": "SOM PLY", "A3": "SOM PLY CON", "A4": "SOM PLY CON"}
PLACES = {"SOM": 1, "PLY": 1, "CON": 1}


def rehearsed(asked: Market, answering: Answering, plays: int = 20) -> Rehearsal:
    return rehearse(asked, answering, plays, seed=7)


def test_where_everybody_accepts_the_release_is_the_end() -> None:
    found = rehearsed(market(CHAIN, PLACES), EVERYBODY_ACCEPTS)
    assert (found.filled, found.passes) == (3, 0)
    assert found.councils[0] == CouncilRehearsed("SOM", 1, 1, 1.0, 1, 1, 0.0, 0.0, 0.0, 1)
    assert found.applicants == (
        ApplicantRehearsed("A1", 1, 1.0, 1.0),
        ApplicantRehearsed("A2", 2, 1.0, 0.0),
        ApplicantRehearsed("A3", 3, 1.0, 0.0),
        ApplicantRehearsed("A4", 4, 0.0, 0.0),
    )


def test_where_everybody_declines_everybody_is_asked_and_nothing_is_filled() -> None:
    found = rehearsed(market(CHAIN, PLACES), EVERYBODY_DECLINES)
    assert found.filled == 0
    assert [each.short for each in found.councils] == [1.0, 1.0, 1.0]
    assert [each.any_offer for each in found.applicants] == [1.0, 1.0, 1.0, 1.0]


def test_upgrades_leave_the_last_council_empty_where_nobody_waits_for_it() -> None:
    # A1 always gives SOM up; A2 and A3 go up, and nobody is left for CON.
    three = {"A1": "SOM", "A2": "SOM PLY", "A3": "SOM PLY CON"}
    asked = market(three, PLACES)
    found = rehearse(asked, Answering(decline=0.5, upgrade=1, withdraw=0), 400, seed=7)
    con = found.councils[2]
    assert con.short_by_domino > 0.1
    assert con.short >= con.short_by_domino
    assert con.left_upwards == con.short_by_domino


def test_withdrawals_are_drawn_once_for_everybody_who_accepts() -> None:
    alone = market({f"A{number}": "SOM" for number in range(1, 41)}, {"SOM": 40})
    found = rehearse(alone, Answering(decline=0, upgrade=0, withdraw=0.25), 200, seed=7)
    assert 28 < found.filled < 32


def test_same_seed_gives_the_same_rehearsal_and_another_another() -> None:
    asked, answering = market(CHAIN, PLACES), Answering(0.3, 0.5, 0.1)
    assert rehearse(asked, answering, 50, seed=1) == rehearse(asked, answering, 50, seed=1)
    assert rehearse(asked, answering, 50, seed=1) != rehearse(asked, answering, 50, seed=2)
