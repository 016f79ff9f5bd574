"""A council's own trainees: only after a release, only its own, and only what it may know of each."""

from __future__ import annotations

import datetime

from api.campaign import Campaign
from api.clock import utc_now
from api.presenters.desk_trainees import OwnTrainees, Told, Trainee
from api.services.council_receipts import council_receipts
from api.services.open_campaign import open_campaign
from api.services.own_trainees import own_trainees, trainees_table
from tests.api.released import answer, rate_everybody, record_event, release
from tests.service import Service

FIRST = datetime.datetime(2015, 8, 3, 9, 0)
DEADLINE = datetime.datetime(2015, 8, 5, 9, 0)


def campaign_of(service: Service) -> Campaign:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        campaign = open_campaign(work, record).campaign
        assert campaign is not None
        return campaign


def own(service: Service, council: str) -> OwnTrainees:
    return own_trainees(campaign_of(service), council, utc_now())


def test_nothing_is_told_before_a_release(service: Service) -> None:
    assert own(service, "SOM") == OwnTrainees(Told.NOT_YET)
    rate_everybody(service)
    assert own(service, "SOM") == OwnTrainees(Told.NOT_YET)
    assert council_receipts(campaign_of(service), utc_now()) == (Told.NOT_YET, ())


def test_after_a_release_each_council_has_its_own(service: Service) -> None:
    rate_everybody(service)
    given = release(service)
    assert {council: own(service, council).references for council in given} == given
    assert own(service, "NSO") == OwnTrainees(
        Told.RELEASED,
        1,
        FIRST,
        (Trainee("A007", "Kofi Cottersby", "kofi.cottersby@example.org", False, DEADLINE, ()),),
    )


def test_arrangements_are_told_once_somebody_has_accepted_and_upgrades_look_like_any_acceptance(
    service: Service,
) -> None:
    rate_everybody(service)
    release(service)
    answer(service, ("A007", "accept"), ("A008", "accept_and_upgrade"), ("A006", "accept"))
    assert [(t.state, t.answer_by, t.arrangements) for t in own(service, "NSO").trainees] == [
        ("accepted", None, ("step-free access",))
    ]
    assert [(t.state, t.arrangements) for t in own(service, "BAN").trainees] == [("accepted", ())]
    assert trainees_table(own(service, "SOM")).rows == (
        ("A005", "Theo Dinglewood", "theo.dinglewood@example.org", "offered", "2015-08-05 09:00", ""),
        ("A006", "Idris Hallowby", "idris.hallowby@example.org", "accepted", "", "25 per cent extra time"),
    )


def test_whoever_declines_is_gone_and_nothing_is_there_once_the_release_is_undone(service: Service) -> None:
    rate_everybody(service)
    release(service)
    answer(service, ("A007", "decline"))
    assert own(service, "NSO").trainees == ()
    undo = {"kind": "undo", "by": "Dana Quill", "reason": "Released too early."}
    record_event(service, event="E02", at="2015-08-03 13:00", undoes="A007", **undo)
    record_event(service, event="E03", at="2015-08-03 13:01", undoes="E01", **undo)
    assert own(service, "NSO") == OwnTrainees(Told.NOT_YET)


def test_where_the_record_does_not_hold_councils_are_told_nothing(service: Service) -> None:
    rate_everybody(service)
    release(service)
    answer(service, ("A003", "accept"))
    assert own(service, "SOM") == OwnTrainees(Told.HELD_UP)
    assert own_trainees(None, "SOM", utc_now()) == OwnTrainees(Told.HELD_UP)
