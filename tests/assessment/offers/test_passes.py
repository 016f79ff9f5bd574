"""Passes: upgrades before those waiting, only to a higher choice, and places held for those yet to answer."""

from __future__ import annotations

import pytest

from assessment.allocation.merit import allocate_by_merit
from assessment.errors import PanelDecisionNeeded
from assessment.offers.book import Market
from assessment.offers.moves import Move
from assessment.offers.passes import HeldBack, NewOffer, NextPass, Upgrade, next_pass
from tests.assessment.builders import order, problem
from tests.assessment.offers.markets import (
    changes,
    gives_out,
    market,
    played,
    release,
    says,
)

ACCEPT, OPEN, DECLINE = Move.ACCEPT, Move.ACCEPT_AND_UPGRADE, Move.DECLINE
# A1 to A3 fill SOM, PLY and CON; everybody would rather be in SOM.
CHAIN = market(
    {"A1": "SOM", "A2": "SOM PLY", "A3": "SOM PLY CON", "A4": "SOM PLY CON", "A5": "CON"},
    {"SOM": 1, "PLY": 1, "CON": 1},
)


def passed(asked: Market, *answers: tuple[str, Move]) -> NextPass:
    return next_pass(asked, played(asked, release(), *(says(a, move) for a, move in answers)).book)


def test_vacated_place_goes_up_through_the_upgrades_and_what_is_left_to_those_waiting() -> None:
    assert passed(CHAIN, ("A1", DECLINE), ("A2", OPEN), ("A3", OPEN)) == NextPass(
        upgrades=(Upgrade("A2", "PLY", "SOM", 1, ()), Upgrade("A3", "CON", "PLY", 2, ())),
        offers=(NewOffer("A4", "CON", 3),),
        held_back=(),
    )


def test_nobody_is_upgraded_who_did_not_ask_for_it() -> None:
    found = passed(CHAIN, ("A1", DECLINE), ("A2", ACCEPT), ("A3", OPEN))
    assert found.upgrades == (Upgrade("A3", "CON", "SOM", 1, ()),)


def test_place_waits_for_those_who_have_not_answered() -> None:
    found = passed(CHAIN, ("A1", DECLINE))
    assert found == NextPass((), (), (HeldBack("SOM", 1, ("A2", "A3")),))


def test_upgrade_does_not_wait_for_somebody_lower_who_has_not_answered() -> None:
    found = passed(CHAIN, ("A1", DECLINE), ("A2", OPEN))
    assert found == NextPass((Upgrade("A2", "PLY", "SOM", 1, ()),), (), (HeldBack("PLY", 1, ("A3",)),))


def test_upgrade_waits_for_somebody_higher_who_has_not_answered() -> None:
    found = passed(CHAIN, ("A1", DECLINE), ("A3", OPEN))
    assert found == NextPass((), (), (HeldBack("SOM", 1, ("A2",)),))


def test_second_free_place_need_not_wait() -> None:
    asked = played(
        CHAIN, release(), changes("SOM", 3), *(says(a, m) for a, m in (("A1", ACCEPT), ("A3", OPEN)))
    )
    assert next_pass(CHAIN, asked.book) == NextPass(
        upgrades=(Upgrade("A3", "CON", "SOM", 1, ()),),
        offers=(NewOffer("A4", "CON", 3),),
        held_back=(HeldBack("SOM", 1, ("A2",)),),
    )


def test_upgrade_comes_before_somebody_waiting_who_stands_higher_and_says_so() -> None:
    # A2 listed SOM only; A3 holds PLY and would rather have SOM.
    asked = market({"A1": "SOM", "A2": "SOM", "A3": "SOM PLY"}, {"SOM": 1, "PLY": 1})
    found = passed(asked, ("A1", DECLINE), ("A3", OPEN))
    assert found == NextPass((Upgrade("A3", "PLY", "SOM", 1, ("A2",)),), (), ())


def test_by_council_lists_the_councils_own_order_decides() -> None:
    asked = market(
        {"A1": "SOM", "A2": "SOM PLY", "A3": "SOM PLY", "A4": "SOM"},
        {"SOM": 1, "PLY": 2},
        {"SOM": "A1 A3 A2", "PLY": "A2 A3"},
    )
    found = passed(asked, ("A1", DECLINE), ("A2", OPEN), ("A3", OPEN))
    # A4 is not on the list of SOM.
    assert found == NextPass((Upgrade("A3", "PLY", "SOM", 1, ()),), (), ())


def level_at_the_line() -> Market:
    asked = problem(
        order("A1", "A2 A3"), {"A1": "SOM", "A2": "SOM PLY", "A3": "SOM PLY"}, {"SOM": 1, "PLY": 2}
    )
    return Market(asked, allocate_by_merit(asked), 48)


def test_upgrade_between_applicants_who_are_level_is_the_panels_decision() -> None:
    with pytest.raises(PanelDecisionNeeded):
        passed(level_at_the_line(), ("A1", DECLINE), ("A2", OPEN), ("A3", OPEN))


def test_pass_that_the_panel_has_to_decide_is_refused_in_the_ledger() -> None:
    asked = level_at_the_line()
    answers = (says("A1", DECLINE), says("A2", OPEN), says("A3", OPEN))
    ledger = played(asked, release(), *answers, gives_out())
    assert [refusal.act for refusal in ledger.refusals] == ["E2"]
    assert "A2, A3 share rank 2" in ledger.refusals[0].why
