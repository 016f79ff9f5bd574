"""Noting who is here, on both databases: kept in the campaign's tables, never over what others noted."""

from __future__ import annotations

import pytest

from api.campaign import Table
from api.errors import BadInput
from api.presenters.day_terms import LATER, Here, Noted
from api.services.change_tables import IMPORT, ChangedMeanwhile, put_tables, undo_change
from api.services.check_in import Seen, check_in, note_arrival
from api.services.day_of_session import ATTENDANCE, STAFF_ATTENDANCE
from tests.api.published import day_now, held, manager, opened_now, publish_tiny
from tests.service import Service


def tap(service: Service, person: str, seen: Seen, at: int) -> None:
    with service.database.writing() as work:
        record = held(work, service)
        check_in(work, record, day_now(work, record), person, seen, at, manager(service))


def note(service: Service, person: str, seen: Seen, noted: Noted) -> None:
    with service.database.writing() as work:
        record = held(work, service)
        note_arrival(work, record, day_now(work, record), person, seen, noted, manager(service))


def seen(service: Service, person: str) -> Seen:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        arrival = day_now(work, record).of(person)
        assert arrival is not None
        return Seen(arrival.row_id, arrival.since)


def rows(service: Service, table: str = ATTENDANCE) -> list[dict[str, str]]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        kept = opened_now(work, record).tables[table]
        return [
            {c: text for c, text in zip(kept.columns, row.cells, strict=True) if text} for row in kept.rows
        ]


def test_tap_notes_the_time_and_the_session(service: Service) -> None:
    publish_tiny(service)
    tap(service, "A001", Seen(), 545)
    assert rows(service) == [
        {"applicant": "A001", "session": "H01", "status": "attended", "arrived": "09:05"}
    ]
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        latest = work.campaigns.change(record, record.change)
        assert latest is not None
        assert (latest.kind, latest.made_by) == ("day", service.accounts["centre_manager"].id)


def test_second_who_saw_nothing_is_told_who_was_quicker(any_service: Service) -> None:
    publish_tiny(any_service)
    tap(any_service, "A001", Seen(), 545)
    with pytest.raises(ChangedMeanwhile) as told:
        tap(any_service, "A001", Seen(), 550)
    assert told.value.by == any_service.accounts["centre_manager"].id
    with pytest.raises(ChangedMeanwhile):
        note(any_service, "A001", Seen(), Noted(Here.ABSENT))
    assert [row["arrived"] for row in rows(any_service)] == ["09:05"]


def test_second_who_saw_an_older_row_is_told(service: Service) -> None:
    publish_tiny(service)
    tap(service, "A001", Seen(), 545)
    both_saw = seen(service, "A001")
    note(service, "A001", both_saw, Noted(Here.HERE, "09:00", id_seen="yes"))
    with pytest.raises(ChangedMeanwhile):
        note(service, "A001", both_saw, Noted(Here.ABSENT))
    (row,) = rows(service)
    assert (row["status"], row["arrived"], row["id_seen"]) == ("attended", "09:00", "yes")


def test_certificates_to_follow_keep_their_date(service: Service) -> None:
    publish_tiny(service)
    noted = Noted(Here.HERE, "08:50", id_seen="yes", certificates=LATER, certificates_by="2015-07-20")
    note(service, "A003", Seen(), noted)
    (row,) = rows(service)
    assert (row["certificates_seen"], row["certificates_by"]) == ("no", "2015-07-20")


def test_tap_keeps_what_else_was_noted(service: Service) -> None:
    publish_tiny(service)
    note(service, "A003", Seen(), Noted(Here.LATE, "09:40"))
    tap(service, "A003", seen(service, "A003"), 575)
    assert rows(service) == [
        {"applicant": "A003", "session": "H01", "status": "attended", "arrived": "09:35"}
    ]


def test_wrong_tap_is_put_right(any_service: Service) -> None:
    publish_tiny(any_service)
    tap(any_service, "A001", Seen(), 545)
    note(any_service, "A001", seen(any_service, "A001"), Noted(Here.NOT_YET))
    assert rows(any_service) == [{"applicant": "A001", "session": "H01", "status": "invited"}]
    tap(any_service, "S01", Seen(), 545)
    assert rows(any_service, STAFF_ATTENDANCE) == [
        {"person": "S01", "session": "H01", "status": "here", "arrived": "09:05"}
    ]
    note(any_service, "S01", seen(any_service, "S01"), Noted(Here.NOT_YET))
    assert rows(any_service, STAFF_ATTENDANCE) == []


def test_what_does_not_hold_together_is_refused_at_once(service: Service) -> None:
    publish_tiny(service)
    for noted, columns in (
        (Noted(None), ["status"]),
        (Noted(Here.HERE), ["arrived"]),
        (Noted(Here.LATE, certificates=LATER), ["arrived", "certificates_by"]),
        (Noted(Here.LEFT, "10:00", "09:50"), ["left"]),
        (Noted(Here.HERE, "soon"), ["arrived"]),
    ):
        with pytest.raises(BadInput) as bad:
            note(service, "A001", Seen(), noted)
        assert [fault.column for fault in bad.value.faults] == columns


def test_table_of_an_older_workbook_gets_the_new_columns(any_service: Service) -> None:
    publish_tiny(any_service)
    old = Table(
        ATTENDANCE,
        ("applicant", "session", "status"),
        (("A001", "H01", "confirmed"), ("A003", "H01", "confirmed")),
    )
    with any_service.database.writing() as work:
        put_tables(
            work, held(work, any_service), {ATTENDANCE: old}, IMPORT, "Brought in", manager(any_service)
        )
    left = Noted(Here.LEFT, "08:50", "11:20", id_seen="yes")
    note(any_service, "A001", seen(any_service, "A001"), left)
    note(any_service, "A003", seen(any_service, "A003"), Noted(Here.ABSENT))
    assert rows(any_service) == [
        {
            "applicant": "A001",
            "session": "H01",
            "status": "left_early",
            "arrived": "08:50",
            "left": "11:20",
            "id_seen": "yes",
        },
        {"applicant": "A003", "session": "H01", "status": "did_not_attend"},
    ]


def test_what_was_noted_is_not_taken_back_with_the_last_change(service: Service) -> None:
    publish_tiny(service)
    tap(service, "A001", Seen(), 545)
    with pytest.raises(BadInput), service.database.writing() as work:
        undo_change(work, held(work, service), manager(service))
