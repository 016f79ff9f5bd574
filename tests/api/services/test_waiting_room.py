"""Where each applicant is and goes next, at any minute; those who are not waited for are not there."""

from __future__ import annotations

from api.presenters.day_terms import Here, Noted
from api.services.check_in import Seen, note_arrival
from api.services.waiting_room import places_at
from tests.api.published import day_now, held, manager, publish_tiny
from tests.service import Service


def places(service: Service, minute: int) -> list[tuple[str, str, str]]:
    with service.database.writing() as work:
        found = places_at(day_now(work, held(work, service)), minute)
    return [(p.applicant, p.now.room if p.now else "", p.next.room if p.next else "") for p in found]


def note(service: Service, person: str, noted: Noted) -> None:
    with service.database.writing() as work:
        record = held(work, service)
        note_arrival(work, record, day_now(work, record), person, Seen(), noted, manager(service))


def test_now_and_next_follow_the_published_timetable(service: Service) -> None:
    publish_tiny(service)
    assert places(service, 10 * 60 + 20) == [
        ("A001", "TAU-L", "TAU-W"),
        ("A003", "TAU-1", "TAU-L"),
        ("A004", "TAU-3", "TAU-L"),
        ("A007", "TAU-L", "TAU-S"),
        ("A008", "TAU-L", "TAU-Q"),
    ]
    assert places(service, 9 * 60 + 50)[0] == ("A001", "", "TAU-L")
    assert places(service, 12 * 60 + 50) == [
        ("A003", "TAU-Q", ""),
        *((a, "", "") for a in ("A001", "A004", "A007", "A008")),
    ]


def test_whoever_is_away_or_has_gone_is_not_waited_for(service: Service) -> None:
    publish_tiny(service)
    note(service, "A001", Noted(Here.ABSENT))
    note(service, "A003", Noted(Here.WITHDREW))
    note(service, "A004", Noted(Here.LEFT, "09:00", "10:00"))
    note(service, "A007", Noted(Here.LEFT, "09:00", "11:00"))
    assert [applicant for applicant, _, _ in places(service, 10 * 60 + 20)] == ["A007", "A008"]
