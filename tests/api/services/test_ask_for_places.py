"""A council asks for another number of places: one question at a time, its own to take back until decided."""

from __future__ import annotations

import datetime

import pytest

from api.clock import utc_now
from api.errors import BadInput
from api.presenters.desk_trainees import PlaceRequest
from api.services.ask_for_places import DecidedMeanwhile, ask_for_places, requests_of, withdraw_request
from api.services.change_tables import OFFERS, change_row
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from tests.api.services.test_own_trainees import campaign_of
from tests.service import Service

NINE = datetime.datetime(2015, 8, 4, 9, 0)
DOING = Doing("officer", utc_now())


def ask(service: Service, places: str, reason: str = "One more is funded.", council: str = "SOM") -> str:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        return ask_for_places(work, record, campaign, council, 2, places, reason, "Olu Officer", NINE, DOING)


def withdraw(service: Service, reference: str, council: str = "SOM") -> bool:
    with service.database.writing() as work:
        record = work.campaigns.held(service.campaign)
        assert record is not None
        return withdraw_request(work, record, council, reference, "Olu Officer", NINE, DOING)


def test_requests_are_numbered_over_all_councils_and_each_sees_its_own(any_service: Service) -> None:
    assert [ask(any_service, "3"), ask(any_service, "4", council="NSO")] == ["R01", "R02"]
    assert requests_of(campaign_of(any_service), "SOM") == (
        PlaceRequest("R01", 3, "One more is funded.", "Olu Officer", NINE, "", "", None, ""),
    )


def test_a_second_one_waits_until_the_first_is_withdrawn(any_service: Service) -> None:
    ask(any_service, "3")
    with pytest.raises(BadInput) as bad:
        ask(any_service, "4")
    assert [fault.found for fault in bad.value.faults] == ["request R01, which is still open"]
    assert withdraw(any_service, "R01")
    assert ask(any_service, "4") == "R02"
    assert [
        (r.reference, r.decision, r.decided_by) for r in requests_of(campaign_of(any_service), "SOM")
    ] == [
        ("R02", "", ""),
        ("R01", "withdrawn", "Olu Officer"),
    ]


def test_nobody_withdraws_another_council_s(any_service: Service) -> None:
    ask(any_service, "3")
    assert (withdraw(any_service, "R01", council="NSO"), withdraw(any_service, "R99")) == (False, False)


def test_what_is_decided_cannot_be_withdrawn(any_service: Service) -> None:
    ask(any_service, "3")
    with any_service.database.writing() as work:
        record = work.campaigns.held(any_service.campaign)
        assert record is not None
        row = work.campaigns.tables(record)["place_requests"].rows[0]
        decided = {"decision": "refused", "decided_by": "Dana Quill", "why": "No money."}
        change_row(work, record, "place_requests", row.row_id, row.since, decided, DOING, OFFERS)
    with pytest.raises(DecidedMeanwhile):
        withdraw(any_service, "R01")
    assert requests_of(campaign_of(any_service), "SOM")[0].why == "No money."


@pytest.mark.parametrize(
    ("places", "reason", "columns"),
    [
        ("", "", ["places", "reason"]),
        ("-1", "Fewer.", ["places"]),
        ("2.5", "Half a place.", ["places"]),
        ("99999", "Many.", ["places"]),
        ("2", "What we have already.", ["places"]),
        ("3", "x" * 2_001, ["reason"]),
    ],
)
def test_what_cannot_be_asked_is_said_field_by_field(
    service: Service, places: str, reason: str, columns: list[str]
) -> None:
    with pytest.raises(BadInput) as bad:
        ask(service, places, reason)
    assert [fault.column for fault in bad.value.faults] == columns
