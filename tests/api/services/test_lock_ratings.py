"""Locking: what a sheet says becomes rows of the campaign, and nothing and nobody changes them any more."""

from __future__ import annotations

import pytest

from api.campaign import Table
from api.errors import BadInput, Fault
from api.services.change_tables import IMPORT, add_row, change_row, put_tables, remove_row, undo_change
from api.services.lock_ratings import entries_sha256, lock_sheet
from api.services.open_campaign import plain_tables
from api.storage.tables.ratings import RatingSheet
from tests.rating_made import Held, entry, fill, held, made_sheet_of, publish_draft, send
from tests.service import Service


@pytest.fixture
def sheet(any_service: Service) -> RatingSheet:
    publish_draft(any_service)
    return made_sheet_of(any_service)


def lock_now(
    service: Service, sheet: RatingSheet, *, is_partial: bool = False, is_copied: bool = False
) -> bool:
    with held(service) as at:
        kept = at.work.ratings.sheet(at.record.id, sheet.id, held=True)
        assert kept is not None
        changed = lock_sheet(at.work, at.record, kept, at.doing, is_partial=is_partial, is_copied=is_copied)
        return changed is not None


def rows(at: Held) -> list[tuple[str, ...]]:
    table = at.work.campaigns.tables(at.record).get("ratings")
    return [row.cells for row in table.rows] if table else []


def test_locked_sheet_becomes_rows_of_the_campaign(any_service: Service, sheet: RatingSheet) -> None:
    fill(any_service.browser("assessor"), any_service, sheet, 4)
    with held(any_service) as at:
        assert rows(at) == []
    assert lock_now(any_service, sheet)
    with held(any_service) as at:
        assert rows(at) == [
            ("A007", "interview", criterion, "S01", "4", f"Saw {criterion} of A007, noted by S01.")
            for criterion in sheet.criteria
        ]
        assert {str(r.rating) for r in at.campaign.ratings} == {"4"}
        change = at.work.campaigns.change(at.record, at.record.change)
        assert change is not None
        assert (change.kind, change.sentence) == ("rating", "Locked S01's ratings of A007: interview")
        kept = at.work.ratings.sheet(at.record.id, sheet.id)
        assert kept is not None
        assert kept.locked_by == any_service.accounts["assessor"].id
        act, facts = [(e.act, e.facts) for e, _ in at.work.audit.entries(at.record.id)][-1]
        assert act == "ratings locked"
        assert facts == {
            "applicant": "A007",
            "exercise": "interview",
            "rater": "S01",
            "criteria": 5,
            "entries_sha256": entries_sha256(at.work, kept),
        }
    assert not lock_now(any_service, sheet)


def test_everything_that_is_lacking_is_told(any_service: Service, sheet: RatingSheet) -> None:
    send(
        any_service.browser("assessor"),
        any_service,
        entry(1, sheet.id, "values", 3, "Spoke up."),
        entry(2, sheet.id, "communication", 3, " \n "),
        entry(3, sheet.id, "analysis", None, "Saw something."),
    )
    with pytest.raises(BadInput) as lacks:
        lock_now(any_service, sheet)
    seen = "what you saw or heard that led you to the rating"
    assert lacks.value.faults == (
        Fault("ratings", None, "communication", "no evidence", seen),
        Fault("ratings", None, "analysis", "no rating", "a rating from 1 to 5"),
        Fault("ratings", None, "reflection", "no rating", "a rating from 1 to 5"),
        Fault("ratings", None, "motivation", "no rating", "a rating from 1 to 5"),
    )
    with pytest.raises(BadInput) as lacks:
        lock_now(any_service, sheet, is_partial=True)
    assert [fault.column for fault in lacks.value.faults] == ["communication"]


def test_where_there_was_no_more_to_see_what_there_is_is_locked(
    any_service: Service, sheet: RatingSheet
) -> None:
    with pytest.raises(BadInput) as empty:
        lock_now(any_service, sheet, is_partial=True)
    assert [(f.column, f.found) for f in empty.value.faults] == [(None, "no rating at all")]
    send(any_service.browser("assessor"), any_service, entry(1, sheet.id, "values", 2, "Left after a while."))
    assert lock_now(any_service, sheet, is_partial=True)
    with held(any_service) as at:
        assert rows(at) == [("A007", "interview", "values", "S01", "2", "Left after a while.")]


def test_copied_sheet_says_on_whose_behalf(any_service: Service, sheet: RatingSheet) -> None:
    fill(any_service.browser("assessor"), any_service, sheet)
    lock_now(any_service, sheet, is_copied=True)
    with held(any_service) as at:
        facts = [e.facts for e, _ in at.work.audit.entries(at.record.id)][-1]
        assert facts["on_behalf_of"] == "S01"


def test_evidence_is_the_same_after_a_file_was_written_and_read(
    any_service: Service, sheet: RatingSheet
) -> None:
    words = " Said:\n “no\tway”\x07 \x0b and\r\nleft; =1+1 "
    browser = any_service.browser("assessor")
    send(browser, any_service, entry(1, sheet.id, "values", 2, words))
    lock_now(any_service, sheet, is_partial=True)
    with held(any_service) as at:
        assert [row[5] for row in rows(at)] == ["Said: “no way” and left; =1+1"]
    organiser = any_service.browser("organiser")
    book = organiser.get(f"{any_service.base}/bring-in/campaign.xlsx").content
    answer = organiser.post(f"{any_service.base}/bring-in", files=[("files", ("campaign.xlsx", book))])
    page = organiser.get(answer.headers["location"]).text
    assert "nothing would change" in page


@pytest.fixture
def locked(any_service: Service, sheet: RatingSheet) -> Service:
    fill(any_service.browser("assessor"), any_service, sheet, 4)
    lock_now(any_service, sheet)
    return any_service


def test_no_import_changes_or_removes_a_locked_rating(locked: Service) -> None:
    with held(locked, "organiser") as at:
        table = plain_tables(at.work.campaigns.tables(at.record))["ratings"]
    better = [(*row[:4], "5", row[5]) if row[2] == "values" else row for row in table.rows]
    for changed in (better, table.rows[1:], ()):
        new = Table("ratings", table.columns, tuple(changed))
        with held(locked, "organiser") as at, pytest.raises(BadInput) as refused:
            put_tables(at.work, at.record, {"ratings": new}, IMPORT, "Brought in", at.doing)
        assert refused.value.faults[0] == Fault(
            "ratings",
            2,
            "rating",
            "another rating, or none, of A007 by S01 in interview / values",
            "4, as it was locked; the wash-up settles what ought to count instead",
        )
    # More beside them, and in another order, is no change of them.
    more = (*reversed(table.rows), ("A003", "interview", "values", "S01", "3", "Copied."))
    with held(locked, "organiser") as at:
        put_tables(
            at.work, at.record, {"ratings": Table("ratings", table.columns, more)}, IMPORT, "More", at.doing
        )
        assert len(rows(at)) == 6


def test_no_row_of_a_locked_rating_is_changed_or_removed(locked: Service) -> None:
    with held(locked, "organiser") as at:
        row = at.work.campaigns.tables(at.record)["ratings"].rows[0]
    for cells in ({"rating": "5"}, {"evidence": "Other words."}, {"assessor": "S04"}):
        with held(locked, "organiser") as at, pytest.raises(BadInput):
            change_row(at.work, at.record, "ratings", row.row_id, row.since, cells, at.doing)
    with held(locked, "organiser") as at, pytest.raises(BadInput):
        remove_row(at.work, at.record, "ratings", row.row_id, row.since, at.doing)
    with held(locked, "organiser") as at, pytest.raises(BadInput):
        add_row(
            at.work,
            at.record,
            "ratings",
            dict(zip(("applicant", "exercise", "criterion", "assessor", "rating"), row.cells, strict=False)),
            at.doing,
        )
    with held(locked, "organiser") as at:
        assert {cells[4] for cells in rows(at)} == {"4"}


def test_lock_cannot_be_taken_back_and_stays_when_later_changes_are(locked: Service) -> None:
    with held(locked, "organiser") as at, pytest.raises(BadInput) as refused:
        undo_change(at.work, at.record, at.doing)
    assert refused.value.faults[0].found == "the latest change: Locked S01's ratings of A007: interview"
    with held(locked, "organiser") as at:
        row = at.work.campaigns.tables(at.record)["applicants"].rows[0]
        change_row(at.work, at.record, "applicants", row.row_id, row.since, {"name": "Obi Other"}, at.doing)
    with held(locked, "organiser") as at:
        undo_change(at.work, at.record, at.doing)
        assert len(rows(at)) == 5


def test_ratings_that_no_longer_fit_the_campaign_are_told(any_service: Service, sheet: RatingSheet) -> None:
    fill(any_service.browser("assessor"), any_service, sheet)
    with held(any_service, "organiser") as at:
        row = {"applicant": "A007", "exercise": "interview", "criterion": "values", "assessor": "S01"}
        add_row(at.work, at.record, "ratings", {**row, "rating": "1"}, at.doing)
    with pytest.raises(BadInput) as refused:
        lock_now(any_service, sheet)
    assert {fault.table for fault in refused.value.faults} == {"ratings"}
    with held(any_service) as at:
        kept = at.work.ratings.sheet(at.record.id, sheet.id)
        assert kept is not None
        assert (kept.locked_at, len(rows(at))) == (None, 1)
