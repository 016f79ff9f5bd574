"""Entries of raters' devices: each is kept once, with what it said first, on its own person's sheet only."""

from __future__ import annotations

import datetime
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from api.clock import utc_now
from api.errors import BadInput
from api.services.doing import Doing
from api.services.save_ratings import (
    ENTRIES_MAX,
    EVIDENCE_CHARACTERS_MAX,
    Refused,
    Saved,
    Typed,
    filled_in,
    last_entry,
    save_ratings,
)
from api.storage.tables.ratings import RatingSheet
from tests.rating_made import DEVICE, another, fill, lock, made_sheet_of, publish_draft
from tests.service import Service

OTHER_DEVICE = "f" * 32
EARLY = datetime.datetime(2026, 1, 5, 9, 0, tzinfo=datetime.UTC)


def typed(
    sheet: RatingSheet, number: int, criterion: str, rating: int | None, evidence: str = "", minute: int = 0
) -> Typed:
    return Typed(number, sheet.id, criterion, rating, evidence, EARLY + datetime.timedelta(minutes=minute))


def save(
    service: Service,
    *entries: Typed,
    device: str = DEVICE,
    who: str = "assessor",
    person: str = "S01",
    sent_at: datetime.datetime | None = None,
) -> Saved:
    with service.database.writing() as work:
        doing = Doing(service.accounts[who].id, utc_now())
        return save_ratings(work, service.campaign, person, device, entries, doing, sent_at=sent_at)


def stands(service: Service, sheet: RatingSheet) -> dict[str, tuple[int | None, str]]:
    """What is filled in on a sheet."""
    with service.database.reading() as work:
        return {f.criterion: (f.rating, f.evidence) for f in filled_in(work, sheet) if f.saved_at}


@pytest.fixture
def sheet(any_service: Service) -> RatingSheet:
    publish_draft(any_service)
    return made_sheet_of(any_service)


def test_entry_sent_twice_is_kept_once_with_what_it_said_first(
    any_service: Service, sheet: RatingSheet
) -> None:
    first = save(any_service, typed(sheet, 1, "values", 4, "Spoke up."))
    again = save(any_service, typed(sheet, 1, "values", 2, "Something else."), typed(sheet, 2, "analysis", 3))
    assert [a.number for a in first.acknowledged] == [1]
    assert [(a.number, a.was_locked) for a in again.acknowledged] == [(1, False), (2, False)]
    assert again.acknowledged[0].saved_at == first.acknowledged[0].saved_at
    assert stands(any_service, sheet) == {"values": (4, "Spoke up."), "analysis": (3, "")}
    with any_service.database.reading() as work:
        assert [(e.number, e.rating) for e in work.ratings.entries(sheet.id)] == [(1, 4), (2, 3)]


def test_entries_that_arrive_out_of_order_count_as_they_were_typed(
    any_service: Service, sheet: RatingSheet
) -> None:
    save(any_service, typed(sheet, 3, "values", 5, minute=3), typed(sheet, 2, "values", 4, minute=2))
    save(any_service, typed(sheet, 1, "values", 1, minute=1))
    assert stands(any_service, sheet) == {"values": (5, "")}


def test_clock_that_was_put_right_does_not_turn_one_devices_entries_round(
    any_service: Service, sheet: RatingSheet
) -> None:
    save(any_service, typed(sheet, 1, "values", 1, minute=50), typed(sheet, 2, "values", 2, minute=5))
    assert stands(any_service, sheet) == {"values": (2, "")}


def test_two_devices_count_by_when_they_were_typed_on(any_service: Service, sheet: RatingSheet) -> None:
    save(any_service, typed(sheet, 1, "values", 3, "On the laptop.", minute=20), device=OTHER_DEVICE)
    # Kept back on the telephone for half an hour.
    save(any_service, typed(sheet, 1, "values", 1, "On the telephone.", minute=10))
    assert stands(any_service, sheet) == {"values": (3, "On the laptop.")}


@pytest.mark.parametrize("days", [-3, 3])
def test_clock_that_is_days_off_is_put_right_by_what_it_says_while_sending(
    any_service: Service, sheet: RatingSheet, days: int
) -> None:
    now, off = utc_now(), datetime.timedelta(days=days)
    minute = datetime.timedelta(minutes=1)
    on_laptop = [Typed(n, sheet.id, "values", n, "", now - back * minute) for n, back in ((1, 9), (2, 3))]
    save(any_service, *on_laptop, device=OTHER_DEVICE, sent_at=now)
    save(any_service, Typed(1, sheet.id, "values", 5, "", now + off - 6 * minute), sent_at=now + off)
    assert stands(any_service, sheet) == {"values": (2, "")}
    save(any_service, Typed(2, sheet.id, "values", 4, "", now + off - 2 * minute), sent_at=now + off)
    assert stands(any_service, sheet) == {"values": (4, "")}


def test_clock_that_is_ahead_counts_no_later_than_it_was_saved(
    any_service: Service, sheet: RatingSheet
) -> None:
    ahead = Typed(1, sheet.id, "values", 1, "", utc_now() + datetime.timedelta(days=1))
    save(any_service, ahead)
    later = Typed(1, sheet.id, "values", 2, "", utc_now() + datetime.timedelta(days=1))
    save(any_service, later, device=OTHER_DEVICE)
    assert stands(any_service, sheet) == {"values": (2, "")}


def test_what_can_never_be_kept_is_refused_alone(any_service: Service, sheet: RatingSheet) -> None:
    another(any_service, "S04")
    theirs = made_sheet_of(any_service, "S04")
    saved = save(
        any_service,
        typed(theirs, 1, "values", 3),
        replace(typed(sheet, 2, "values", 3), sheet="nothing"),
        typed(sheet, 3, "writing", 3),
        typed(sheet, 4, "values", 0),
        typed(sheet, 5, "values", 6),
        typed(sheet, 6, "values", 3, "x" * (EVIDENCE_CHARACTERS_MAX + 1)),
        typed(sheet, 0, "values", 3),
        typed(sheet, 8, "values", 5, "Kept.\0"),
    )
    assert [a.number for a in saved.acknowledged] == [8]
    assert saved.refused == (
        Refused(1, "this is not your sheet"),
        Refused(2, "this is not your sheet"),
        Refused(3, "this criterion is not rated here"),
        Refused(4, "a rating is from 1 to 5"),
        Refused(5, "a rating is from 1 to 5"),
        Refused(6, "the evidence is longer than 10,000 characters"),
        Refused(0, "entries are numbered from 1"),
    )
    assert stands(any_service, sheet) == {"values": (5, "Kept.")}
    assert stands(any_service, theirs) == {}


def test_entry_after_the_lock_is_kept_and_does_not_count(any_service: Service, sheet: RatingSheet) -> None:
    browser = any_service.browser("assessor")
    fill(browser, any_service, sheet, 3)
    with any_service.database.reading() as work:
        before = last_entry(work, sheet)
    lock(browser, any_service, sheet)
    late = save(any_service, typed(sheet, 99, "values", 5, "Too late."))
    assert [(a.number, a.was_locked) for a in late.acknowledged] == [(99, True)]
    assert stands(any_service, sheet)["values"] == (3, "Saw values of A007, noted by S01.")
    with any_service.database.reading() as work:
        assert last_entry(work, sheet) == before
        assert work.ratings.begun(any_service.campaign) == {sheet.id: 5}


def test_device_of_somebody_else_is_told_so(any_service: Service, sheet: RatingSheet) -> None:
    another(any_service, "S04")
    theirs = made_sheet_of(any_service, "S04")
    save(any_service, typed(sheet, 1, "values", 4))
    saved = save(any_service, typed(theirs, 1, "values", 2), who="S04", person="S04")
    assert saved == Saved((), (Refused(1, "another device has this name"),))
    assert (stands(any_service, sheet), stands(any_service, theirs)) == ({"values": (4, "")}, {})


def test_same_entries_sent_at_once_from_everywhere_land_once(
    any_service: Service, sheet: RatingSheet
) -> None:
    entries = [typed(sheet, n, "values", 1 + n % 5, f"Entry {n}.") for n in range(1, 9)]
    with ThreadPoolExecutor(4) as senders:
        done = list(senders.map(lambda _: save(any_service, *entries), range(8)))
    assert {tuple(a.number for a in saved.acknowledged) for saved in done} == {tuple(range(1, 9))}
    with any_service.database.reading() as work:
        kept = [(e.number, e.evidence) for e in work.ratings.entries(sheet.id)]
    assert kept == [(n, f"Entry {n}.") for n in range(1, 9)]


def test_faulty_device_and_too_many_entries_are_refused_whole(
    any_service: Service, sheet: RatingSheet
) -> None:
    for device in ("short", "x" * 65, "é" * 20, "0123456789abcde!"):
        with pytest.raises(BadInput):
            save(any_service, typed(sheet, 1, "values", 3), device=device)
    with pytest.raises(BadInput):
        save(any_service, *(typed(sheet, n, "values", 3) for n in range(1, ENTRIES_MAX + 2)))
    assert stands(any_service, sheet) == {}
