"""No edit and no import brings, changes or takes away a release: two people agree to one on its own page."""

from __future__ import annotations

from collections.abc import Callable

from api.campaign import Table
from api.clock import utc_now
from api.errors import BadInput, Fault
from api.services.change_tables import EDIT, IMPORT, OFFERS, add_row, change_row, put_tables, remove_row
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from tests.service import Service, tables_before_the_day

WANTED = "the page Offers, where one person proposes it and another agrees"
RELEASE = {
    "event": "E01",
    "at": "2015-08-03 09:00",
    "kind": "release",
    "offers_sha256": "0" * 64,
    "by": "One Person",
    "second_by": "Another Person",
}
PLACES = {
    "event": "E01",
    "at": "2015-08-03 09:00",
    "kind": "places",
    "council": "SOM",
    "places": "3",
    "by": "One Person",
    "reason": "A place more.",
}
BROUGHT = Table("offer_events", tuple(RELEASE), (tuple(RELEASE.values()),))
FROM_NOBODY = Fault("offer_events", 2, "kind", "release that nobody agreed to", WANTED)
GONE = Fault("offer_events", 2, "kind", "release changed or taken away", WANTED)


def test_release_cannot_be_typed_into_the_table(any_service: Service) -> None:
    faults = _faults_of(any_service, lambda w, r: add_row(w, r, "offer_events", RELEASE, _doing()))
    assert faults == (FROM_NOBODY,)


def test_release_cannot_be_brought_into_a_campaign_that_is_there(any_service: Service) -> None:
    faults = _faults_of(
        any_service, lambda w, r: put_tables(w, r, {"offer_events": BROUGHT}, IMPORT, "Brought in", _doing())
    )
    assert faults == (FROM_NOBODY,)


def test_campaign_brought_in_whole_has_its_releases(any_service: Service) -> None:
    campaign = any_service.new_campaign({**tables_before_the_day(), "offer_events": BROUGHT})
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(campaign)
        assert record is not None
        assert len(open_campaign(work, record).tables["offer_events"].rows) == 1


def test_release_that_was_agreed_to_is_neither_changed_nor_removed(any_service: Service) -> None:
    agreed = _faults_of(any_service, lambda w, r: add_row(w, r, "offer_events", RELEASE, _doing(), OFFERS))
    assert agreed == ()

    def change(work: UnitOfWork, record: CampaignRecord) -> None:
        row = open_campaign(work, record).tables["offer_events"].rows[0]
        other = {"second_by": "Somebody Else"}
        change_row(work, record, "offer_events", row.row_id, row.since, other, _doing(), EDIT)

    def remove(work: UnitOfWork, record: CampaignRecord) -> None:
        row = open_campaign(work, record).tables["offer_events"].rows[0]
        remove_row(work, record, "offer_events", row.row_id, row.since, _doing(), EDIT)

    assert _faults_of(any_service, change) == (FROM_NOBODY, GONE)
    assert _faults_of(any_service, remove) == (GONE,)


def test_other_events_may_be_typed_in(any_service: Service) -> None:
    assert _faults_of(any_service, lambda w, r: add_row(w, r, "offer_events", PLACES, _doing())) == ()


def _faults_of(service: Service, act: Callable[[UnitOfWork, CampaignRecord], object]) -> tuple[Fault, ...]:
    """What an act on the held campaign is refused for; nothing where it is done."""
    try:
        with service.database.writing() as work:
            record = work.campaigns.held(service.campaign)
            assert record is not None
            act(work, record)
    except BadInput as bad:
        return tuple(bad.faults)
    return ()


def _doing() -> Doing:
    return Doing("program", utc_now())
