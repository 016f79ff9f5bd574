"""Sheets and entries as they are kept: each once, whoever comes twice; read in the order they were typed."""

from __future__ import annotations

import datetime

import pytest

from api.services.create_campaign import create_campaign, create_partnership
from api.services.doing import Doing
from api.storage.repositories.ratings import as_typed
from api.storage.tables.ratings import RatingEntry, RatingSheet
from api.storage.unit_of_work import Database

NOW = datetime.datetime(2026, 7, 6, 9, 0, tzinfo=datetime.UTC)


def sheet(reference: str, campaign: str, rater: str = "S01", applicant: str = "A001") -> RatingSheet:
    return RatingSheet(
        id=reference,
        campaign_id=campaign,
        applicant=applicant,
        exercise="interview",
        rater=rater,
        person=rater,
        criteria=["values"],
        scale_min=1,
        scale_max=5,
        opened_at=NOW,
    )


def entry(
    sheet: str, number: int, rating: int | None = 3, device: str = "phone", minute: int = 0
) -> RatingEntry:
    return RatingEntry(
        sheet_id=sheet,
        device=device,
        number=number,
        criterion="values",
        rating=rating,
        typed_at=NOW + datetime.timedelta(minutes=minute),
        saved_at=NOW,
        by="somebody",
    )


@pytest.fixture
def campaigns(database: Database) -> tuple[str, str]:
    with database.writing() as work:
        doing = Doing("program", NOW)
        partnership = create_partnership(work, "South West", doing)
        first, second = (create_campaign(work, partnership, name, doing) for name in ("One", "Two"))
        return first.id, second.id


def test_sheet_is_opened_once_and_found_within_its_campaign_only(
    database: Database, campaigns: tuple[str, str]
) -> None:
    here, there = campaigns
    with database.writing() as work:
        assert work.ratings.open_sheet(sheet("one", here)).id == "one"
        assert work.ratings.open_sheet(sheet("two", here)).id == "one"
        assert work.ratings.open_sheet(sheet("three", there)).id == "three"
        work.ratings.open_sheet(sheet("four", here, "S02"))
    with database.reading() as work:
        assert work.ratings.sheet(there, "one") is None
        assert [s.id for s in work.ratings.sheets_of_person(here, "S01")] == ["one"]
        assert sorted(s.id for s in work.ratings.sheets(here)) == ["four", "one"]
        assert [s.rater for s in work.ratings.sheets_about(here, "A001", "interview")] == ["S01", "S02"]
        assert work.ratings.of_rater(here, "A001", "interview", "S03") is None


def test_entry_is_added_once_and_stays_as_it_was_first(
    database: Database, campaigns: tuple[str, str]
) -> None:
    with database.writing() as work:
        work.ratings.open_sheet(sheet("one", campaigns[0]))
        work.ratings.add_entries([entry("one", 1, 4), entry("one", 2, 5)])
        work.ratings.add_entries([])
    with database.writing() as work:
        work.ratings.add_entries([entry("one", 2, 1), entry("one", 3, 2)])
    with database.reading() as work:
        assert [(e.number, e.rating) for e in work.ratings.entries("one")] == [(1, 4), (2, 5), (3, 2)]
        assert [e.number for e in work.ratings.entries_numbered("phone", [3, 1, 9])] == [1, 3]
        assert work.ratings.last_saved_at("one") == NOW
        assert work.ratings.entries_of(["one", "none"])["none"] == []


def test_counts_are_of_sheets_that_say_something(database: Database, campaigns: tuple[str, str]) -> None:
    here, there = campaigns
    with database.writing() as work:
        for reference, campaign, rater in (("one", here, "S01"), ("two", here, "S02"), ("far", there, "S01")):
            work.ratings.open_sheet(sheet(reference, campaign, rater))
        late = entry("two", 3)
        late.was_locked = True
        work.ratings.add_entries([entry("one", 1, None), entry("far", 2), late])
    with database.writing() as work:
        locked = work.ratings.sheet(here, "two", held=True)
        assert locked is not None
        locked.locked_at = NOW
        work.ratings.save_sheet(locked)
    with database.reading() as work:
        assert (work.ratings.begun(here), work.ratings.begun(there)) == ({}, {"far": 1})
        assert sorted(work.ratings.with_entries(here)) == ["one", "two"]
        assert work.ratings.locked_keys(here) == {("A001", "interview", "S02")}


def test_sheet_that_nothing_is_on_can_be_taken_back(database: Database, campaigns: tuple[str, str]) -> None:
    with database.writing() as work:
        work.ratings.remove_sheet(work.ratings.open_sheet(sheet("one", campaigns[0])))
    with database.reading() as work:
        assert work.ratings.sheets(campaigns[0]) == []


def test_order_of_typing_follows_clocks_and_each_devices_numbers() -> None:
    entries = [
        entry("one", 2, device="phone", minute=9),
        entry("one", 1, device="laptop", minute=5),
        # The telephone's clock was put back between its second and its third entry.
        entry("one", 3, device="phone", minute=4),
        entry("one", 1, device="phone", minute=1),
    ]
    assert [(e.device, e.number) for e in as_typed(entries)] == [
        ("phone", 1),
        ("phone", 2),
        ("phone", 3),
        ("laptop", 1),
    ]
