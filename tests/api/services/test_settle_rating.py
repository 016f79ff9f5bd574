"""Settling a rating: what it needs, that it can be put right, that nothing is lost; on both databases."""

from __future__ import annotations

import pytest

from api.clock import utc_now
from api.errors import BadInput
from api.services.change_tables import ChangedMeanwhile, undo_change
from api.services.doing import Doing
from api.services.open_campaign import open_campaign
from api.services.settle_rating import NotInWashup, agreed_row, settle_rating
from api.storage.repositories.audit import AuditFilter
from tests.api.campaigns import said
from tests.api.routes.washup_made import begin, come, lock_begun, rate, two_apart
from tests.rating_made import held, note_attendance, publish_draft
from tests.service import Service

KEY = ("A007", "interview", "values")


def settle(service: Service, rating: str, reason: str, seen: int = 0, key: tuple[str, str, str] = KEY) -> int:
    with held(service, "organiser") as at:
        return settle_rating(at.work, at.record, key, seen, rating, reason, at.doing).change


def refused(service: Service, rating: str, reason: str, seen: int = 0) -> list[str]:
    with pytest.raises(BadInput) as bad:
        settle(service, rating, reason, seen)
    return said(bad.value.faults)


def agreed(service: Service) -> list[tuple[str, ...]]:
    with service.database.reading() as work:
        record = work.campaigns.by_id(service.campaign)
        assert record is not None
        table = open_campaign(work, record).tables.get("agreed")
    return [row.cells for row in table.rows] if table else []


def test_agreed_rating_and_its_reason_become_a_row(any_service: Service) -> None:
    two_apart(any_service)
    change = settle(any_service, "3.5", "  Both read \n the notes again. ")
    assert agreed(any_service) == [(*KEY, "3.5", "Both read the notes again.")]
    with any_service.database.writing() as work:
        record = work.campaigns.held(any_service.campaign)
        assert record is not None
        made = work.campaigns.change(record, change)
        assert made is not None
        assert (made.kind, made.sentence) == ("washup", "Added agreed A007")
        ((entry, private),) = work.audit.newest(record.id, AuditFilter(act="rating agreed"), 5)
        assert (entry.facts, private) == ({"cell": list(KEY), "change": change, "again": False}, None)
        with pytest.raises(BadInput):
            undo_change(work, record, Doing(any_service.accounts["organiser"].id, utc_now()))


def test_it_can_be_put_right_with_a_new_reason_and_its_history_stays(any_service: Service) -> None:
    two_apart(any_service)
    first = settle(any_service, "3.5", "Both read the notes again.")
    assert refused(any_service, "3", "Both read the notes again.", first) == [
        "agreed: column reason: found the reason that was there; wanted why it is another rating now"
    ]
    settle(any_service, "3", "The second example does not count.", first)
    assert agreed(any_service) == [(*KEY, "3", "The second example does not count.")]
    with any_service.database.reading() as work:
        record = work.campaigns.by_id(any_service.campaign)
        assert record is not None
        row = agreed_row(open_campaign(work, record), KEY)
        assert row is not None
        states = work.campaigns.history_of_row(record, row.row_id)
    assert [state.cells[3] for state in states] == ["3", "3.5"]


def test_rating_off_the_scale_is_refused(service: Service) -> None:
    two_apart(service)
    for rating in ("", "0", "5.5", "three", "3,5", "-1", "1e1", "٣", "3.", ".5", "NaN"):
        (fault,) = refused(service, rating, "because")
        assert fault.startswith("agreed: column rating: found ")
        assert fault.endswith("wanted a rating from 1 to 5, such as 3 or 3.5")


def test_reason_is_needed_and_not_endless(service: Service) -> None:
    two_apart(service)
    assert refused(service, "3", " \n ") == [
        "agreed: column reason: found no reason; wanted why this is the right rating"
    ]
    assert refused(service, "3", "x" * 2_001) == [
        "agreed: column reason: found 2,001 characters; wanted at most 2,000 characters"
    ]


def test_nothing_is_settled_while_somebody_has_still_to_lock(service: Service) -> None:
    publish_draft(service)
    come(service, "A007")
    rate(service, "S01", 2)
    sheet = begin(service, "S04", 4)
    waits = "agreed: found S04 not locked yet; wanted everybody who is to rate here to have locked"
    assert refused(service, "3", "because") == [waits]
    lock_begun(service, sheet)
    settle(service, "3", "because")


def test_whoever_comes_second_is_told(service: Service) -> None:
    two_apart(service)
    first = settle(service, "3", "because")
    with pytest.raises(ChangedMeanwhile) as meanwhile:
        settle(service, "4", "another reason")
    assert meanwhile.value.by == service.accounts["organiser"].id
    assert meanwhile.value.now is not None
    assert meanwhile.value.now.since == first


def test_cell_that_is_none_is_not_in_the_wash_up(service: Service) -> None:
    two_apart(service)
    note_attendance(service, "A002", "withdrew")
    for key in (
        ("A999", "interview", "values"),
        ("A007", "interview", "writing"),
        ("A007", "nowhere", "values"),
        ("A002", "written", "analysis"),
    ):
        with pytest.raises(NotInWashup):
            settle(service, "3", "because", key=key)


def test_locked_rating_that_was_mistyped_can_be_settled_though_nobody_is_far_apart(service: Service) -> None:
    publish_draft(service)
    come(service, "A007")
    rate(service, "S01", 3)
    rate(service, "S04", 4)
    settle(service, "4", "S01 pressed the wrong number.")
    assert agreed(service) == [(*KEY, "4", "S01 pressed the wrong number.")]
