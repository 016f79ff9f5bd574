"""A rehearsal for a page: what may be asked, and that it is the very rehearsal of the command."""

from __future__ import annotations

import pytest

from api.errors import BadInput
from api.services.ask_rehearsal import (
    ANSWERS_MOST,
    PLAYS_LEAST,
    RELEASE,
    USUAL,
    look_at_rehearsal,
    plays_most,
    rehearsal_asked,
)
from api.services.rehearse_offers import rehearse_offers
from assessment.offers.rehearsal import Answering
from tests.api.campaigns import said
from tests.api.routes.results_made import campaign_after
from tests.api.services.test_look_at_results import results, tiny
from tests.service import Service


def test_usual_assumptions_are_those_of_the_command() -> None:
    asked = rehearsal_asked(USUAL, 1_000)
    assert (asked.decline, asked.upgrade, asked.withdraw, asked.plays, asked.seed) == (15, 60, 3, 300, 0)
    assert rehearsal_asked(USUAL, 200).plays == 200


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(BadInput) as bad:
        rehearsal_asked({"decline": "x", "upgrade": "101", "withdraw": "2", "plays": "5", "seed": "-1"}, 500)
    assert said(bad.value.faults) == [
        'rehearsal: column decline: found "x"; wanted per cent from 0 to 100',
        'rehearsal: column upgrade: found "101"; wanted per cent from 0 to 100',
        'rehearsal: column plays: found "5"; wanted a whole number from 100 to 500',
        'rehearsal: column seed: found "-1"; wanted a whole number from 0 to 2,147,483,647',
    ]


def test_large_campaigns_are_played_less_often() -> None:
    found = results(tiny())
    assert plays_most(found) == 1_000
    assert ANSWERS_MOST // 600 == PLAYS_LEAST


def test_rehearsal_is_that_of_the_command(service: Service) -> None:
    campaign_after(service)
    found = results(tiny())
    assert found.campaign is not None
    asked = rehearsal_asked({**USUAL, "plays": "100"}, 1_000)
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        done = look_at_rehearsal(work, record, found, asked)
    assert done == rehearse_offers(found.campaign, Answering(0.15, 0.6, 0.03), 100, 0, RELEASE)
