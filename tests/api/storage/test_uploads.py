"""Uploads in the database: kept with their files, and forgotten after a while."""

from __future__ import annotations

import datetime

from api.clock import utc_now
from api.storage.tables.campaigns import CampaignRecord, Partnership, StoredUpload
from api.storage.unit_of_work import Database, UnitOfWork

NOW = utc_now()


def upload(work: UnitOfWork, name: str, days: int, campaign: str = "c") -> None:
    at = NOW - datetime.timedelta(days=days)
    kept = StoredUpload(id=name, campaign_id=campaign, made_by="somebody", made_at=at)
    work.uploads.add(kept, [(f"{name}.csv", name.encode()), (f"{name}-2.csv", b"")])


def names(work: UnitOfWork, campaign: str = "c") -> list[str]:
    return [upload.id for upload, _ in work.uploads.of(campaign)]


def test_uploads_are_kept_in_order_and_forgotten_by_age_and_number(database: Database) -> None:
    with database.writing() as work:
        work.campaigns.add_partnership(Partnership(id="p", name="P", created_at=NOW))
        for campaign in ("c", "d"):
            record = CampaignRecord(id=campaign, partnership_id="p", name=campaign, created_at=NOW)
            work.campaigns.add(record)
        for days in (9, 8, 6, 3, 1):
            upload(work, f"u{days}", days)
        upload(work, "other", 9, "d")
    with database.writing() as work:
        assert [files for _, files in work.uploads.of("c", 1)] == [("u1.csv", "u1-2.csv")]
        assert names(work) == ["u1", "u3", "u6", "u8", "u9"]
        work.uploads.forget_before("c", NOW - datetime.timedelta(days=7))
        assert names(work) == ["u1", "u3", "u6"]
        work.uploads.forget_all_but("c", 2)
        assert (names(work), names(work, "d")) == (["u1", "u3"], ["other"])
    with database.reading() as work:
        kept = work.uploads.by_id("c", "u1")
        assert kept is not None
        assert work.uploads.files_of(kept) == [("u1.csv", b"u1"), ("u1-2.csv", b"")]
        assert work.uploads.by_id("d", "u1") is None
