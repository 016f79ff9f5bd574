"""The end of a session, on both databases: what is open, who signed off, that later changes are told."""

from __future__ import annotations

import pytest

from api.errors import BadInput
from api.presenters.day_terms import Here, Noted
from api.services.change_tables import ChangedMeanwhile
from api.services.check_in import Seen, note_arrival
from api.services.note_incident import incidents_of, note_incident
from api.services.sign_off import left_open, sign_off
from tests.api.published import day_now, held, manager, opened_now, publish_tiny
from tests.service import Service


def note(service: Service, person: str, noted: Noted, seen: Seen | None = None) -> None:
    with service.database.writing() as work:
        record = held(work, service)
        day = day_now(work, record)
        note_arrival(work, record, day, person, seen or Seen(), noted, manager(service))


def sign(service: Service, seen: Seen, at: str = "13:15", words: str = "") -> None:
    with service.database.writing() as work:
        record = held(work, service)
        sign_off(work, record, day_now(work, record), seen, at, words, "Mona Manager", manager(service))


def incident(service: Service, at: str, applicant: str, what: str) -> None:
    with service.database.writing() as work:
        record = held(work, service)
        opened, day = opened_now(work, record), day_now(work, record)
        note_incident(work, record, opened, day, at, applicant, what, "Mona Manager", manager(service))


def test_open_is_what_is_not_known_not_seen_or_not_locked(any_service: Service) -> None:
    publish_tiny(any_service)
    note(any_service, "A001", Noted(Here.HERE, "09:00", id_seen="yes", certificates="yes"))
    note(any_service, "A003", Noted(Here.HERE, "09:00", id_seen="no", certificates="no"))
    note(any_service, "A004", Noted(Here.LATE, "09:30"))
    note(any_service, "A007", Noted(Here.ABSENT))
    note(any_service, "S01", Noted(Here.HERE, "08:40"))
    with any_service.database.writing() as work:
        record = held(work, any_service)
        campaign = opened_now(work, record).campaign
        found = left_open(work, record, campaign, day_now(work, record))
    assert [a.person for a in found.applicants] == ["A004", "A008"]
    assert "S01" not in [a.person for a in found.staff]
    assert len(found.staff) == 6
    assert [a.person for a in found.identity] == ["A003"]
    assert [a.person for a in found.certificates] == ["A003"]
    # A001 and A003: an interview before two, a round before the group's four, and three pieces of writing.
    assert (found.locked, found.unlocked, found.sheets) == (0, found.sheets, 2 * (2 + 4 + 3 * 2))


def test_signing_off_is_kept_with_name_time_and_note(service: Service) -> None:
    publish_tiny(service)
    sign(service, Seen(), "13:20", "Certificates of A003 to follow.")
    with service.database.writing() as work:
        signed = day_now(work, held(work, service)).signed
    assert signed is not None
    assert (signed.at, signed.by, signed.note, signed.later) == (
        "2015-07-06 13:20",
        "Mona Manager",
        "Certificates of A003 to follow.",
        0,
    )
    with pytest.raises(ChangedMeanwhile):
        sign(service, Seen(), "13:25")


def test_what_is_noted_later_is_counted_until_it_is_signed_off_again(any_service: Service) -> None:
    publish_tiny(any_service)
    sign(any_service, Seen())
    note(any_service, "A001", Noted(Here.HERE, "09:00"))
    incident(any_service, "13:30", "A001", "Left a scarf behind.")
    with any_service.database.writing() as work:
        signed = day_now(work, held(work, any_service)).signed
    assert signed is not None
    assert signed.later == 2
    sign(any_service, Seen(signed.row_id, signed.since), "14:00")
    with any_service.database.writing() as work:
        again = day_now(work, held(work, any_service)).signed
    assert again is not None
    assert (again.at, again.later) == ("2015-07-06 14:00", 0)


def test_incidents_are_numbered_and_told_in_order_of_time(service: Service) -> None:
    publish_tiny(service)
    incident(service, "10:40", "", "The fire alarm rang; everybody was out for six minutes.")
    incident(service, "9:05", "A003", "Felt unwell and had a glass of water.")
    with service.database.writing() as work:
        found = incidents_of(opened_now(work, held(work, service)), "H01")
    assert [(i.reference, i.at, i.applicant, i.noted_by) for i in found] == [
        ("N02", "2015-07-06 09:05", "A003", "Mona Manager"),
        ("N01", "2015-07-06 10:40", "", "Mona Manager"),
    ]


def test_incident_says_what_is_lacking(service: Service) -> None:
    publish_tiny(service)
    with pytest.raises(BadInput) as bad:
        incident(service, "later", "A002", " ")
    assert [fault.column for fault in bad.value.faults] == ["at", "what", "applicant"]
    with pytest.raises(BadInput) as bad:
        sign(service, Seen(), "", "x" * 2_001)
    assert [fault.column for fault in bad.value.faults] == ["at", "note"]
