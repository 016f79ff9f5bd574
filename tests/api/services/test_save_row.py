"""Saving a row beside others: a new column or another order is no conflict, and what each did is told."""

from __future__ import annotations

from api.campaign import Table
from api.clock import utc_now
from api.services.change_tables import IMPORT, RowChanged, put_tables
from api.services.doing import Doing
from api.services.save_row import Conflict, add_column, columns_to_add, save_row
from api.storage.tables.campaigns import CampaignRecord
from api.storage.unit_of_work import UnitOfWork
from tests.service import Service, tables_before_the_day

OTHER, ME = Doing("other", utc_now()), Doing("me", utc_now())


def held(service: Service, work: UnitOfWork) -> CampaignRecord:
    record = work.campaigns.held(service.campaign)
    assert record is not None
    return record


def test_a_column_added_meanwhile_is_no_conflict(service: Service) -> None:
    with service.database.writing() as work:
        record = held(service, work)
        row = work.campaigns.tables(record)["applicants"].rows[0]
        add_column(work, record, "applicants", "choice_5", OTHER)
        done = save_row(work, record, "applicants", row.row_id, row.since, {"name": "Mine"}, ME)
        assert done == RowChanged(3, row.row_id, ())


def test_another_order_meanwhile_is_no_conflict(service: Service) -> None:
    pins = tables_before_the_day()["pins"]
    with service.database.writing() as work:
        record = held(service, work)
        row = work.campaigns.tables(record)["pins"].rows[0]
        turned = Table("pins", pins.columns, tuple(reversed(pins.rows)))
        put_tables(work, record, {"pins": turned}, IMPORT, "Turned", OTHER)
        done = save_row(work, record, "pins", row.row_id, row.since, {"rule": "must_not"}, ME)
        assert isinstance(done, RowChanged)


def test_a_row_looked_at_but_not_changed_stays_as_others_left_it(service: Service) -> None:
    with service.database.writing() as work:
        record = held(service, work)
        row = work.campaigns.tables(record)["applicants"].rows[0]
        save_row(work, record, "applicants", row.row_id, row.since, {"name": "Theirs"}, OTHER)
        done = save_row(work, record, "applicants", row.row_id, row.since, {"name": row.cells[1]}, ME)
        now = work.campaigns.tables(record)["applicants"].rows[0]
        assert (done, now.cells[1]) == (RowChanged(2, row.row_id, ()), "Theirs")


def test_a_conflict_says_what_each_did(service: Service) -> None:
    with service.database.writing() as work:
        record = held(service, work)
        row = work.campaigns.tables(record)["applicants"].rows[0]
        save_row(work, record, "applicants", row.row_id, row.since, {"name": "Theirs"}, OTHER)
        typed = {"name": "Theirs", "extra_time_percent": "25"}
        done = save_row(work, record, "applicants", row.row_id, row.since, typed, ME)
        assert isinstance(done, Conflict)
        assert (done.changed_by_them, done.changed_by_me, done.by, done.now) == (
            ("name",),
            ("name", "extra_time_percent"),
            "other",
            2,
        )
        assert done.both == {**(done.theirs or {}), "extra_time_percent": "25"}


def test_columns_to_add_are_those_of_the_format_and_the_next_choice() -> None:
    assert columns_to_add("applicants", ("applicant", "name", "choice_1", "choice_2"))[-2:] == (
        "break_minutes",
        "choice_3",
    )
    assert columns_to_add("travel", ("from", "venue", "minutes")) == ()
